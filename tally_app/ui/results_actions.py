"""What the table's action for results does: a workbook for spreadsheets."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tally_app.storage.errors import StorageError
from tally_app.storage.export import write_export
from tally_app.ui.dialogs.file_dialog import FileDialog
from tally_app.ui.handlers import Handlers
from tally_app.wording.numbers import grouped
from tally_app.wording.results_file import results_workbook


class ResultActions(Handlers):
    """Handlers of the actions about all results together, by key."""

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what each action does."""
        return {"export_results": self._export}

    def _export(self) -> None:
        """Ask where to, and write the results as a workbook."""
        if not self._bench.finish():
            return
        filters = self.tr("Workbooks for spreadsheets (*.xlsx)")
        name, _ = FileDialog.ask_to_save(self._window, self.tr("Export results"), "results.xlsx", filters)
        if name:
            target = Path(name)
            asked = target.suffix.casefold() == ".xlsx"
            self.export(target if asked else target.with_name(target.name + ".xlsx"), overwrite=asked)

    def export(self, target: Path, *, overwrite: bool = False) -> None:
        """Write the results to a file; over one that is there, if the dialog has asked, but never over a tally."""
        bench = self._bench
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            bench.late.finish()
            written = results_workbook(bench.document, bench.names, datetime.now(UTC))
            write_export(target, [written], overwrite=overwrite)
        except StorageError as error:
            self._window.banner.show_problem(str(error))
            return
        finally:
            QApplication.restoreOverrideCursor()
        text = self.tr("Results as of event {event} written to {path}.")
        self._window.banner.show_news(text.format(event=grouped(bench.document.head.seq), path=target))
