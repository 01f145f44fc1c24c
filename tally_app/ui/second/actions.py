"""What the actions of double entry do: second entry on and off, settling differences, the list of units."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from tally_app.checks.finding import Finding
from tally_app.count.figures import Cell
from tally_app.document.second_entry import UnitState
from tally_app.ui.handlers import Handlers
from tally_app.ui.workbench import Workbench

if TYPE_CHECKING:
    from tally_app.ui.second.mode import SecondMode


class SecondActions(Handlers):
    """Handlers of the table's actions, by key."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.mode: SecondMode | None = None
        """The second entry that is going on."""

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what each action does."""
        return {"second_entry": self._toggle, "settle": self._settle, "unit_list": self._list_units}

    def attend(self, bench: Workbench) -> None:
        """Answer what is asked for in a file that was just opened."""
        bench.closed.connect(self._on_bench_closed)
        bench.entry.unit_opened.connect(self.settle_unit)
        bench.findings.finding_activated.connect(self._on_findings_finding_activated)

    def settle_unit(self, row: int) -> None:
        """Compare the entries of a unit, if they differ."""
        document = self._bench.document
        if self.mode is None and not document.read_only and document.states.state(row) is UnitState.DIFFERS:
            from tally_app.ui.second.settle import SettleDialog

            bench = self._bench
            dialog = SettleDialog(document, bench.gestures, bench.names, row, self._window)
            dialog.unit_shown.connect(self._on_dialog_unit_shown)
            dialog.open()

    def _toggle(self) -> None:
        if not self._bench.finish():
            return
        if self.mode is None:
            from tally_app.ui.second.mode import SecondMode

            self.mode = SecondMode(self._window, self._bench, self)
        else:
            self._end(closing=False)

    def _end(self, *, closing: bool) -> None:
        mode, self.mode = self.mode, None
        if mode is not None:
            mode.end(closing=closing)
            mode.deleteLater()

    def _settle(self) -> None:
        """Settle the unit that the keyboard is in, else the next one that differs."""
        bench = self._bench
        if not bench.finish():
            return
        at = bench.entry.cell.row if bench.region is not None and bench.entry.cell is not None else 0
        differing = bench.document.states.rows((UnitState.DIFFERS,))
        if not len(differing):
            self._window.banner.show_news(self.tr("No two entries differ. Nothing is to be settled."))
            return
        later = differing[differing >= at]
        self.settle_unit(int(later[0] if len(later) else differing[0]))

    def _list_units(self) -> None:
        from tally_app.ui.second.unit_list import UnitList

        bench = self._bench
        if bench.finish():
            dialog = UnitList(
                bench.document, bench.names, bench.region, second=self.mode is not None, parent=self._window
            )
            dialog.chosen.connect(bench.go_to_cell)
            dialog.open()

    def _on_bench_closed(self) -> None:
        self._end(closing=True)

    def _on_dialog_unit_shown(self, cell: Cell) -> None:
        self._bench.go_to_cell(cell)

    def _on_findings_finding_activated(self, finding: Finding) -> None:
        place = finding.place
        if finding.code == "E106" and place.region is not None and place.unit is not None:
            self.settle_unit(self._bench.document.election.row(place.region, place.unit))
