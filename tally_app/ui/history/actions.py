"""What the table's actions do with the history: one unit's, the state after an event, a file of it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from tally_app.document.past import past_of
from tally_app.document.second_entry import key_of
from tally_app.storage.errors import StorageError
from tally_app.storage.export import write_export
from tally_app.storage.past import NoSuchEvent
from tally_app.ui.dialogs.file_dialog import FileDialog
from tally_app.ui.handlers import Handlers
from tally_app.ui.main_window import MainWindow
from tally_app.ui.settings import Settings
from tally_app.ui.workbench import Workbench
from tally_app.wording.history_files import HARMLESS, Export
from tally_app.wording.numbers import counted, grouped

if TYPE_CHECKING:
    from tally_app.ui.history.past_window import PastWindow


class HistoryActions(Handlers):
    """Handlers of the actions about the history, by key. They do nothing while the history may not be seen."""

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._path = Path()
        self.windows: list[PastWindow] = []
        """Windows of past moments that are open."""

    def use(self, window: MainWindow) -> None:
        """Work in this window; where its history may not be seen, no past may either."""
        super().use(window)
        window.actions_by_key["history"].enabledChanged.connect(self._on_history_enabled_changed)

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what each action does."""
        return {
            "unit_history": self._unit_history,
            "show_past": self._show_chosen,
            "export_history": self.export,
        }

    def attend(self, bench: Workbench, path: Path) -> None:
        """Serve the history of a file that was just opened."""
        self._path = path
        bench.history.past_requested.connect(self.show_past)
        bench.history.header.export_requested.connect(self.export)
        bench.closed.connect(self._on_bench_closed)

    def show_past(self, seq: int) -> None:
        """Show the count as it was after an event, in a window of its own; the one that is there already, again."""
        for window in self.windows:
            if window.seq == seq:
                window.activateWindow()
                return
        try:
            document = past_of(self._bench.document, seq, self._path)
        except (StorageError, NoSuchEvent) as error:
            self._window.banner.show_problem(str(error))
            return
        from tally_app.ui.history.past_window import PastWindow

        window = PastWindow(document, self._settings.language, self._path)
        window.closed.connect(self._on_window_closed)
        if window.workbench is not None:
            window.workbench.history.past_requested.connect(self.show_past)
            window.workbench.show_region(self._bench.region)
        self.windows.append(window)
        window.resize(self._window.size())
        window.show()

    def export(self) -> None:
        """Ask for a file, and write the events to it that are shown."""
        if not self._may_be_seen:
            return
        suggested = self._path.with_name(f"{self._path.stem} history.csv")
        table, log = self.tr("Table for spreadsheets (*.csv)"), self.tr("NIST SP 1500-101 event log (*.json)")
        title = self.tr("Export the history")
        name, chosen = FileDialog.ask_to_save(self._window, title, str(suggested), f"{table};;{log}")
        if name:
            target = Path(name)
            asked = target.suffix.casefold() in (".csv", ".json")
            if not asked:
                target = target.with_name(target.name + (".json" if chosen == log else ".csv"))
            self.export_to(target, overwrite=asked)

    def export_to(self, target: Path, *, overwrite: bool = False) -> None:
        """Write the events that are shown: a NIST event log to a ``.json`` file, else a table."""
        bench = self._bench
        export = Export(bench.document, bench.names, bench.history.header.wanted)
        log = target.suffix.casefold() == ".json"
        pieces = export.nist(datetime.now(UTC)) if log else export.csv()
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            write_export(target, pieces, overwrite=overwrite)
        except StorageError as error:
            self._window.banner.show_problem(str(error))
            return
        finally:
            QApplication.restoreOverrideCursor()
        everything = counted(bench.document.head.seq, self.tr("event"), self.tr("events"))
        text = self.tr("Wrote {number} of {everything} to {path}.")
        text = text.format(number=grouped(export.events), everything=everything, path=target)
        self._window.banner.show_news(text if log else f"{text} {HARMLESS}")

    @property
    def _may_be_seen(self) -> bool:
        """Whoever types second entries must not look at the first ones."""
        return self._window.actions_by_key["history"].isEnabled()

    def _unit_history(self) -> None:
        bench = self._bench
        if not self._may_be_seen or not bench.finish():
            return
        cell = bench.entry.cell if bench.region is not None else None
        self._window.show_history()
        if cell is not None:
            election = bench.document.election
            region = election.regions[election.region_of(cell.row)].key
            bench.history.header.show_unit(region, key_of(election, cell.row), bench.names.unit(cell.row))

    def _show_chosen(self) -> None:
        if not self._may_be_seen:
            return
        seq = self._bench.history.chosen
        if seq is None:
            self._window.show_history()
        else:
            self.show_past(seq)

    def _on_history_enabled_changed(self, enabled: bool) -> None:
        if not enabled:
            self._on_bench_closed()

    def _on_bench_closed(self) -> None:
        for window in list(self.windows):
            window.close()

    def _on_window_closed(self, window: "PastWindow") -> None:
        if window in self.windows:
            self.windows.remove(window)
        window.deleteLater()
