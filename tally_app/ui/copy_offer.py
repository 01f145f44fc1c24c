"""Offering to go on in a copy, where a file can only be read: from a stick that cannot be written, say."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from tally_app.document.opening import tallies_folder, unused
from tally_app.storage.errors import ReadOnlyFile, StorageError
from tally_app.storage.place import os_error
from tally_app.ui.dialogs.file_dialog import FileDialog
from tally_app.ui.main_window import MainWindow

MakeCopy = Callable[[Path], int]
"""Writes a verified copy, and returns how many events it holds. Raises: StorageError: there is none."""


class CopyOffer(QObject):
    """A button in the banner that copies the file to the user's documents and opens the copy."""

    def __init__(self, window: MainWindow, open_copy: Callable[[Path], bool]) -> None:
        super().__init__(window)
        self._window = window
        self._open_copy = open_copy

    def make(self, text: str, path: Path, copy: MakeCopy) -> None:
        """Say *text* of the file *path*, and offer the copy."""
        folder = tallies_folder()
        offer = self.tr("To enter figures, go on in a copy of it in {folder}.")
        place = f"{folder.parent.name}/{folder.name}"
        self._window.banner.show_offer(
            f"{text} {offer.format(folder=place)}",
            self.tr("Copy and &go on"),
            partial(self._go_on, path, copy),
            problem=True,
        )

    def _go_on(self, path: Path, copy: MakeCopy) -> None:
        target = unused(tallies_folder() / path.name)
        try:
            target, events = self._copy_to(target, copy)
        except StorageError as error:
            self._window.banner.show_problem(str(error))
            return
        if events and self._open_copy(target):
            text = self.tr("You are in the copy now: {path}. It was read again and holds all {events} events.")
            self._window.banner.show_news(text.format(path=target, events=events))

    def _copy_to(self, target: Path, copy: MakeCopy) -> tuple[Path, int]:
        """Copy, where the documents cannot be written to a place that somebody chooses; 0 events if nobody does."""
        try:
            _make_folder(target.parent)
            return target, copy(target)
        except ReadOnlyFile:
            title, filters = self.tr("Copy to"), self.tr("Tallies (*.tally *.tally-training)")
            name, _ = FileDialog.ask_to_save(self._window, title, target.name, filters)
            return Path(name), copy(Path(name)) if name else 0


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise os_error(folder, error) from error
