"""What the table's actions do with findings."""

from collections.abc import Callable

from tally_app.ui.handlers import Handlers


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
