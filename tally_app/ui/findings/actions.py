"""What the table's actions do with findings."""

from collections.abc import Callable
from pathlib import Path

from tally_app.storage.errors import StorageError
from tally_app.storage.export import write_export
from tally_app.ui.dialogs.file_dialog import FileDialog
from tally_app.ui.handlers import Handlers
from tally_app.wording.findings_file import findings_csv
from tally_app.wording.numbers import counted


class FindingActions(Handlers):
    """Handlers of the actions about findings, by key. From elsewhere they lead to the panel and change nothing."""

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what each action does."""
        return {
            "by_cause": self._by_cause,
            "next_slip": self._next_slip,
            "apply_repair": self._apply_repair,
            "accept_finding": self._accept_finding,
            "worst_first": self._worst_first,
            "export_findings": self._export,
        }

    def _by_cause(self) -> None:
        self._show_panel()
        self._bench.findings.toggle_by_cause()

    def _next_slip(self) -> None:
        if self._bench.entry.finish():
            self._show_panel()
            self._bench.findings.show_next_slip()

    def _apply_repair(self) -> None:
        """Apply the current candidate; from outside the panel, where nobody sees it, only show it."""
        findings = self._bench.findings
        if findings.holds_keyboard and findings.repair is not None:
            findings.apply_repair()
        else:
            self._next_slip()

    def _accept_finding(self) -> None:
        findings = self._bench.findings
        if not findings.holds_keyboard:
            if not self._bench.entry.finish():
                return
            self._show_panel()
            if self._bench.region is not None and self._bench.entry.cell is not None:
                findings.select_unit(self._bench.entry.cell.row)
        findings.ask_reason()

    def _export(self) -> None:
        """Ask where to, and write the findings as a table."""
        filters = self.tr("Tables for spreadsheets (*.csv)")
        name, _ = FileDialog.ask_to_save(self._window, self.tr("Export findings"), "findings.csv", filters)
        if name:
            self.export(Path(name))

    def export(self, target: Path) -> None:
        """Write every finding to a file, as a table for spreadsheets; over one that is there and no tally."""
        bench = self._bench
        bench.late.finish()
        document = bench.document
        findings = document.live.findings()
        try:
            write_export(target, findings_csv(bench.names, document.records, findings), overwrite=True)
        except StorageError as error:
            self._window.banner.show_problem(str(error))
            return
        count = counted(len(findings), self.tr("finding"), self.tr("findings"))
        self._window.banner.show_news(self.tr("{findings} written to {path}.").format(findings=count, path=target))

    def _worst_first(self) -> None:
        self._bench.regions.set_worst_first(not self._bench.regions.worst_first)

    def _show_panel(self) -> None:
        """Put the keyboard into the panel, wherever it is hidden."""
        dock = self._window.dock_of(self._bench.findings)
        if dock is not None:
            dock.show()
            dock.raise_()
        if not self._bench.findings.holds_keyboard:
            self._bench.findings.setFocus()
