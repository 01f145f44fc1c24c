"""The place of each open file, kept and found again; and the way to the log."""

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from tally_app.ui.handlers import Handlers
from tally_app.ui.second.actions import SecondActions
from tally_app.ui.trouble import safety
from tally_app.ui.trouble.log import log_folder
from tally_app.ui.trouble.places import Place, PlaceKeeper, Places, go_back, place_of
from tally_app.ui.workbench import Workbench


class TroubleActions(Handlers):
    """Brings a file back to where the keyboard was when the program ended without closing it."""

    def __init__(self, places: Places, second: SecondActions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._places = places
        self._second = second
        self._keeper: PlaceKeeper | None = None
        self._path = Path()

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what each action does."""
        return {"log_folder": self._open_log_folder}

    def attend(self, bench: Workbench, path: Path) -> None:
        """Go back to where the keyboard was, if this file was left open, and keep its place from now on."""
        left = self._places.left(path)
        self._path = path
        if left is not None and (left.restarting or not bench.document.read_only):
            self._places.forget(path)  # whatever comes of it: it must not keep the file from opening
            try:
                go_back(bench, left, self._second.handlers()["second_entry"])
            except Exception:
                sys.excepthook(*sys.exc_info())
            self._tell(bench, left)
        if not bench.document.read_only:
            self._keeper = PlaceKeeper(bench, self._keep, self._is_second, bench)
            bench.closed.connect(self._on_bench_closed)

    def keep_for_restart(self) -> None:
        """Keep where the keyboard is, for the program that starts next."""
        second = self._is_second()
        self._places.keep(self._path, place_of(self._bench, second=second, restarting=True))

    def _tell(self, bench: Workbench, left: Place) -> None:
        head = self.tr("The program ended unexpectedly while this file was open.")
        if left.restarting:
            head = self.tr("Started again, in the same place.")
        found = safety.ask(bench)
        said = safety.sentences(found._replace(typing=False), datetime.now().astimezone())
        if left.typing:
            said.append(self.tr("A number was being typed and was not entered: type it again from the paper."))
        self._window.trouble.show_past(head, " ".join(said))

    def _keep(self, place: Place) -> None:
        self._places.keep(self._path, place)

    def _is_second(self) -> bool:
        return self._second.mode is not None

    def _on_bench_closed(self) -> None:
        if self._keeper is not None:
            self._keeper.stop()
            self._keeper = None
        self._places.forget(self._path)

    def _open_log_folder(self) -> None:
        folder = log_folder()
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            text = self.tr("The log of the program, without votes or names, is in {folder}.")
            self._window.banner.show_news(text.format(folder=folder))
