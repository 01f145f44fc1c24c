"""A session of the window: opening and closing files, and what every action of the table does."""

import gc
import os
import platform
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QInputDialog

from tally_app.document.document import Document
from tally_app.document.opening import create_tally, documents_folder, make_sample, open_document
from tally_app.election.pack import PackError, bundled_packs
from tally_app.resources import resource
from tally_app.storage.copying import copy_unclosed
from tally_app.storage.errors import FileLocked, ReadOnlyFile, StorageError, UnclosedFile
from tally_app.storage.events import Stamp
from tally_app.ui.background import Verifier
from tally_app.ui.bench_actions import BenchActions
from tally_app.ui.copy_offer import CopyOffer
from tally_app.ui.dialogs.file_dialog import FileDialog
from tally_app.ui.findings.actions import FindingActions
from tally_app.ui.front import come_to_front
from tally_app.ui.handlers import Handlers
from tally_app.ui.history.actions import HistoryActions
from tally_app.ui.main_window import MainWindow
from tally_app.ui.neighbours import Neighbours, private_folder
from tally_app.ui.opener import Opener
from tally_app.ui.own_program import open_in_another_window, start_again
from tally_app.ui.results_actions import ResultActions
from tally_app.ui.second.actions import SecondActions
from tally_app.ui.settings import Settings
from tally_app.ui.sheets.actions import SheetActions
from tally_app.ui.signing.actions import SigningActions
from tally_app.ui.sources.actions import SourceActions
from tally_app.ui.trouble.actions import TroubleActions
from tally_app.ui.trouble.log import state_folder
from tally_app.ui.trouble.places import Places
from tally_app.ui.workbench import Workbench

_BLANK = "cambodia-senate-2024-blank"

_CHECK_AFTER_MS = 1000


def now() -> datetime:
    """Tell the time, in UTC."""
    return datetime.now(UTC)


class Session(QObject):
    """One window and the file in it."""

    shown = Signal(object)
    """A file was opened; carries its Workbench."""

    def __init__(self, settings: Settings, operator: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._operator = operator
        self._origin = f"window@{platform.node()}"
        self._path: Path | None = None
        self._verifier: Verifier | None = None
        self._told_gone = False
        self._neighbours = Neighbours(private_folder(), self)
        self._neighbours.summoned.connect(self._on_neighbours_summoned)
        self._opener = Opener(self._neighbours, self._open_for_writing)
        self._bench_actions = BenchActions(self)
        self._history_actions = HistoryActions(settings, self)
        self._second_actions = SecondActions(self)
        self.source_actions = SourceActions(self)
        self._signing = SigningActions(self)
        self._sheet_actions = SheetActions(settings, self)
        self._trouble_actions = TroubleActions(Places(state_folder()), self._second_actions, self)
        self._groups: tuple[Handlers, ...] = (
            self._bench_actions,
            FindingActions(self),
            ResultActions(self),
            self._history_actions,
            self._second_actions,
            self.source_actions,
            self._signing,
            self._sheet_actions,
            self._trouble_actions,
        )
        self.window = MainWindow(self._handlers(), self.close)
        for group in self._groups:
            group.use(self.window)
        self._copy_offer = CopyOffer(self.window, self.open)
        self.window.status.show_operator(operator)
        self.window.start.sample_requested.connect(self.open_sample)
        self.window.start.new_requested.connect(self._on_start_new_requested)
        self.window.start.open_requested.connect(self._on_start_open_requested)
        self.window.start.recent_removed.connect(self._on_start_recent_removed)
        self._show_start()

    @property
    def document(self) -> Document | None:
        """The open document."""
        return self.window.workbench.document if self.window.workbench else None

    def open(self, path: Path) -> bool:
        """Open a file; read-only where it cannot be written or somebody else is writing it.

        Where another window shows it already, that one comes to the front. Then, and if it cannot be opened at all
        (False), what is open here stays so.
        """
        path = path.absolute().resolve()
        if self._shows(path):
            return True
        try:
            found = self._opener.open(path)
            if found is None:
                text = self.tr("{path} is open in a window of its own, which is in front now.")
                self.window.banner.show_news(text.format(path=path))
                return True
            document, hindrance = found, None
        except (ReadOnlyFile, FileLocked) as error:
            hindrance = error
            try:
                document = self._open(path, read_only=True)
            except StorageError as second:
                self.window.banner.show_problem(str(second))
                return False
        except UnclosedFile as error:
            self._copy_offer.make(str(error), path, partial(copy_unclosed, path))
            return False
        except StorageError as error:
            self.window.banner.show_problem(str(error))
            return False
        if not self.close():
            document.close()
            return False
        try:
            self._show(document, path)
        except Exception:
            # A fault of ours must not keep somebody from the other files: say it, and go back to the start.
            document.close()
            self._path = None
            self._neighbours.shows(None)
            self.window.show_start()
            sys.excepthook(*sys.exc_info())
            return False
        if hindrance is not None:
            self._say_read_only(document, path, hindrance)
        return True

    def _say_read_only(self, document: Document, path: Path, hindrance: ReadOnlyFile | FileLocked) -> None:
        if isinstance(hindrance, FileLocked):
            reason = self.tr("Opened for reading only. {reason}").format(reason=hindrance)
            self.window.banner.show_problem(reason)
            return

        def copy(target: Path) -> int:
            document.save_copy(target)
            return document.head.seq

        text = self.tr("Opened for reading only. {reason}").format(reason=hindrance.happened)
        self._copy_offer.make(text, path, copy)

    def open_sample(self) -> bool:
        """Open the user's own copy of the bundled 2024 election; as ``open``."""
        try:
            path = make_sample(documents_folder(), self._stamp())
        except StorageError as error:
            self.window.banner.show_problem(str(error))
            return False
        return self.open(path)

    def open_besides(self, path: Path) -> None:
        """Open a file that the desktop hands over: here if this window is free, else in another one."""
        path = path.absolute().resolve()
        if self._shows(path):
            come_to_front(self.window, "")
        elif self.document is None:
            self.open(path)
        elif not open_in_another_window(path):
            text = self.tr("{path} cannot be opened in a window of its own: close this file first, then open it here.")
            self.window.banner.show_problem(text.format(path=path))

    def restart(self, before: Callable[[], None]) -> None:
        """Start the program again in the same place, and end. What is being typed is not entered.

        The program is not well: each step is tried, whatever came of the one before. *before*: called before the end.
        """
        words = [] if self._operator == self._settings.operator else [f"--operator={self._operator}"]
        workbench = self.window.workbench
        if workbench is not None and self._path is not None:
            words.append(str(self._path))
            with suppress(Exception):
                self._trouble_actions.keep_for_restart()
            with suppress(Exception):
                self._settings.keep_layout(self.window.saveGeometry(), self.window.layout_state())
            with suppress(Exception):
                workbench.document.close()
        with suppress(Exception):
            self.leave()
        with suppress(Exception):
            before()
        if start_again(words):
            os._exit(0)  # the usual way out would enter what is being typed
        text = self.tr("The program cannot be started again from here. Close this window, and open the file anew.")
        self.window.banner.show_problem(text)

    def leave(self) -> None:
        """Let the other windows know that this one is gone."""
        self._neighbours.leave()

    def create(self, path: Path, pack: str, training: bool, double_entry: bool = False) -> None:
        """Make a new file and open it."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            create_tally(path, pack, training=training, stamp=self._stamp(), double_entry=double_entry)
        except (StorageError, PackError, OSError) as error:
            self.window.banner.show_problem(str(error))
            return
        self.open(path)

    def close(self) -> bool:
        """Enter what is being typed and close the file; the start screen comes back.

        False: what is being typed could not be entered, so the file stays open.
        """
        workbench = self.window.workbench
        if workbench is None:
            return True
        if not workbench.finish():
            text = self.tr(
                "The number in the open cell could not be entered, so the file stays open. Esc takes it back."
            )
            self.window.banner.show_problem(" ".join(filter(None, (self.window.banner.text, text))))
            return False
        if self._path is not None and not self._path.exists() and not self._told_gone:
            self._told_gone = True
            text = self.tr(
                "{path} is no longer there. Everything entered is still held here: save a copy before you close,"
                " or close again to leave without one."
            )
            self.window.banner.show_problem(text.format(path=self._path))
            return False
        if self._verifier is not None:
            self._verifier.stop()
            self._verifier = None
        self._settings.keep_layout(self.window.saveGeometry(), self.window.layout_state())
        workbench.close()
        self.window.show_start()
        workbench.deleteLater()
        gc.unfreeze()  # what was spared as long as the file was open
        self._path = None
        self._neighbours.shows(None)
        self._show_start()
        return True

    def _handlers(self) -> dict[str, Callable[[], None]]:
        handlers = {key: handler for group in self._groups for key, handler in group.handlers().items()}
        return handlers | {
            "new": self._new,
            "open": self._choose_file,
            "sample": self._sample,
            "save_copy": self._save_copy,
            "close": self._close,
            "quit": self._quit,
            "language": self._next_language,
            "restore_layout": self._restore_layout,
            "verify": self._verify,
            "operator": self._ask_operator,
            "keys": self._show_keys,
            "about": self._show_about,
        }

    @property
    def _bench(self) -> Workbench:
        """The workbench; actions that need it are disabled without one."""
        if self.window.workbench is None:
            raise RuntimeError("no file is open")
        return self.window.workbench

    def _shows(self, path: Path) -> bool:
        with suppress(OSError):  # not even there: a file of that name is another one
            return self._path is not None and path.samefile(self._path)
        return False

    def _open_for_writing(self, path: Path) -> Document:
        return self._open(path, read_only=False)

    def _open(self, path: Path, *, read_only: bool) -> Document:
        return open_document(path, operator=self._operator, clock=now, origin=self._origin, read_only=read_only)

    def _show(self, document: Document, path: Path) -> None:
        self._path = path
        self._neighbours.shows(path)
        self._told_gone = False
        self.window.banner.hide()
        workbench = Workbench(document, self._settings.language, self)
        workbench.region_seats.lot_row.lot_requested.connect(self._on_lot_row_lot_requested)
        workbench.regions.set_worst_first(self._settings.worst_first)
        workbench.regions.order_changed.connect(self._on_regions_order_changed)
        workbench.add_source_wanted.connect(self.source_actions.add_source)
        workbench.import_wanted.connect(self.source_actions.choose_table)
        self.window.show_workbench(workbench, path)
        self._history_actions.attend(workbench, path)
        self._second_actions.attend(workbench)
        self._sheet_actions.attend(workbench, path)
        layout = self._settings.layout()
        if layout is not None:
            self.window.restore_layout(*layout)
        self._settings.remember(path, document.election.pack.title.en, document.training)
        workbench.regions.setFocus()
        self._offer_to_watch(path)
        self._trouble_actions.attend(workbench, path)
        self.shown.emit(workbench)
        if not document.fully_checked:
            QTimer.singleShot(_CHECK_AFTER_MS, self, self._check_quietly)

    def _offer_to_watch(self, path: Path) -> None:
        """Offer, once, to look out for the figures of a training file of the same election."""
        offered = [file for file in self._settings.recent() if not self._settings.was_offered(path, file.path)]
        practice = self._signing.offer_to_watch(path, offered)
        if practice is not None:
            self._settings.note_offer(path, practice)

    def _show_start(self) -> None:
        self.window.start.set_recent(self._settings.recent())

    def _stamp(self) -> Stamp:
        return Stamp(now(), self._operator, self._origin)

    def _new(self) -> None:
        self._ask_new(_BLANK, False)

    def _ask_new(self, pack: str, training: bool) -> None:
        from tally_app.ui.dialogs.new_tally import NewTallyDialog

        folder = self._settings.folder or documents_folder()
        dialog = NewTallyDialog(bundled_packs(), folder, self.window)
        dialog.choose(pack, training)
        if dialog.exec() == NewTallyDialog.DialogCode.Accepted:
            self.create(dialog.path, dialog.pack, dialog.training, dialog.double_entry)

    def _sample(self) -> None:
        self.open_sample()

    def _choose_file(self) -> None:
        folder = str(self._settings.folder or documents_folder())
        filters = self.tr("Tallies (*.tally *.tally-training);;All files (*)")
        name = FileDialog.ask_to_open(self.window, self.tr("Open"), folder, filters)
        if name:
            self.open(Path(name))

    def _save_copy(self) -> None:
        if self._path is None:
            return
        suggested = self._path.with_name(f"{self._path.stem} {now().astimezone():%Y-%m-%d %H%M}{self._path.suffix}")
        filters = self.tr("Tallies (*.tally *.tally-training)")
        name, _ = FileDialog.ask_to_save(self.window, self.tr("Save a copy"), str(suggested), filters)
        if name:
            self.save_copy(Path(name))

    def save_copy(self, target: Path) -> None:
        """Write a compact, re-read, verified copy."""
        document = self._bench.document
        try:
            document.save_copy(target)
        except StorageError as error:
            self.window.banner.show_problem(str(error))
            return
        if self._path is not None and not self._path.exists():
            self._told_gone = True
            self.open(target)  # the file this was copied from is gone: go on in the copy
        text = self.tr("Copied to {path}; the copy was read again and holds all {events} events.")
        self.window.banner.show_news(text.format(path=target, events=document.head.seq))

    def _close(self) -> None:
        self.close()

    def _quit(self) -> None:
        self.window.close()

    def _next_language(self) -> None:
        language = "en" if self._settings.language == "km" else "km"
        self._settings.language = language
        self._bench.use_language(language)

    def _restore_layout(self) -> None:
        self.window.default_layout()

    def _on_regions_order_changed(self, worst_first: bool) -> None:
        self._settings.worst_first = worst_first

    def _on_lot_row_lot_requested(self, region: int) -> None:
        self._bench.show_region(region)
        self._bench_actions.record_lot()

    def _check_quietly(self) -> None:
        """Check what opening did not, once the window is there."""
        self._start_verifier(None)

    def _verify(self) -> None:
        self._start_verifier(self._on_verifier_found_whole)

    def _start_verifier(self, found_whole: Callable[[int], None] | None) -> None:
        """Check the file in the background; trouble is always said, that all is well only to who asked."""
        if self._path is None or (self._verifier is not None and self._verifier.running):
            return
        self._verifier = Verifier(self._path, self)
        if found_whole is not None:
            self._verifier.found_whole.connect(found_whole)
        self._verifier.found_problem.connect(self._on_verifier_found_problem)
        self._verifier.start()

    def _ask_operator(self) -> None:
        title, label = self.tr("Operator"), self.tr("Name written beside everything you enter:")
        name, accepted = QInputDialog.getText(self.window, title, label, text=self._operator)
        if accepted and name.strip():
            workbench = self.window.workbench
            if workbench is not None and not workbench.use_operator(name.strip()):
                return
            self._operator = name.strip()
            self._settings.operator = self._operator
            self.window.status.show_operator(self._operator)

    def _show_keys(self) -> None:
        from tally_app.ui.dialogs.help_card import HelpCard

        HelpCard(self.window).open()

    def _show_about(self) -> None:
        from tally_app.ui.dialogs.about import AboutDialog

        AboutDialog(resource("licences"), self.window).open()

    def _on_neighbours_summoned(self, token: str) -> None:
        come_to_front(self.window, token)

    def _on_verifier_found_whole(self, events: int) -> None:
        self.window.banner.show_news(self.tr("Verified: all {events} events hold.").format(events=events))

    def _on_verifier_found_problem(self, problem: str) -> None:
        text = self.tr("This file does not verify: {problem}. Keep it as it is, and go back to a copy that is whole.")
        self.window.banner.show_problem(text.format(problem=problem))

    def _on_start_new_requested(self, pack: str, training: bool) -> None:
        self._ask_new(pack, training)

    def _on_start_open_requested(self, path: Path | None) -> None:
        if path is None:
            self._choose_file()
        else:
            self.open(path)

    def _on_start_recent_removed(self, path: Path) -> None:
        self._settings.forget(path)
        self._show_start()
