"""What the table's action for sheets does: one window of sheets beside the count."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from tally_app.count.figures import Cell
from tally_app.ui.handlers import Handlers
from tally_app.ui.settings import Settings
from tally_app.ui.workbench import Workbench

if TYPE_CHECKING:
    from tally_app.ui.sheets.window import SheetsWindow


class SheetActions(Handlers):
    """Handlers of the actions about sheets, by key."""

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._path = Path()
        self.sheets: SheetsWindow | None = None
        """The window of sheets, while it is open."""

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what each action does."""
        return {"sheets": self.show_sheets}

    def attend(self, bench: Workbench, path: Path) -> None:
        """Serve a file that was just opened."""
        self._path = path
        bench.closed.connect(self._on_bench_closed)
        bench.cell_changed.connect(self._on_bench_cell_changed)

    def show_sheets(self) -> None:
        """Show the sheet of the region that is shown, or of the chamber; the window that is there already, again."""
        bench = self._bench
        if not bench.finish():
            return
        if self.sheets is None:
            from tally_app.ui.sheets.window import SheetsWindow  # with Typst, printing and QR codes behind it

            self.sheets = SheetsWindow(
                bench.document, self._path, bench.signals, bench.names, self._settings, self._window
            )
            self.sheets.finished.connect(self._on_sheets_finished)
            self.sheets.choices.begin_at(bench.region)
        self.sheets.show()
        self.sheets.activateWindow()

    def _on_bench_cell_changed(self, _: Cell | None) -> None:
        """Another cell, or another language of names."""
        if self.sheets is not None:
            self.sheets.choices.use_names(self._bench.names)
            self.sheets.choices.follow(self._bench.region)

    def _on_bench_closed(self) -> None:
        if self.sheets is not None:
            self.sheets.done(0)

    def _on_sheets_finished(self, _: int) -> None:
        self.sheets = None
