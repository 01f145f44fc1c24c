"""The grid's model while forms are typed a second time: it knows nothing of the first entries' figures."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from tally_app.checks.entry import Form, check_form
from tally_app.checks.finding import Finding, Severity
from tally_app.checks.repair import Repair
from tally_app.count.figures import Cell, CellChange
from tally_app.document.document import DraftChanged, LateFindingsChanged
from tally_app.document.second_entry import UnitState
from tally_app.ui.entry.looks import Look, Tone, UnitLine
from tally_app.ui.entry.region_model import RegionModel
from tally_app.wording.units import second_line, second_refusal

Index = QModelIndex | QPersistentModelIndex
_WAITING = (UnitState.ENTERED, UnitState.TYPED_AGAIN)


class SecondModel(RegionModel):
    """Units × (form columns + row sum) of one region, as they are typed the second time.

    Checks look at the second entry by itself. Whether it is the same as the first is said of a whole form, not of a
    field: whoever is shown where it differs, corrects it to the other figure without looking at the paper.
    """

    _typed: CellChange | None = None
    _at: int | None = None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Form cells take figures where this operator may make the second entry."""
        flags = super().flags(index)
        if flags & Qt.ItemFlag.ItemIsEditable and not self.takes(self._rows.start + index.row()):
            flags &= ~Qt.ItemFlag.ItemIsEditable
        return flags

    def takes(self, row: int) -> bool:
        """May this operator type the second entry of a unit?"""
        return not self.why_not(row)

    def why_not(self, row: int) -> str:
        """Say why this operator cannot type a unit; nothing where they can."""
        document = self._document
        return second_refusal(document.second, row, document.states.state(row), document.operator)

    def waits(self, row: int) -> bool:
        """Does a unit wait for this operator?"""
        return self._document.states.state(row) in _WAITING and self.takes(row)

    def set_draft(self, cell: Cell | None, value: int | None) -> bool:
        """Let *value* stand in a cell until it is entered or taken back; return whether it is news. No result moves."""
        before, self._typed = self._typed, None
        if cell is not None:
            old = self._document.second.figures(cell.row)[cell.column]
            self._typed = CellChange(cell, old, value) if old != value else None
        for change in (before, self._typed):
            if change is not None and change.cell.row in self._rows:
                self._emit_rows(change.cell.row, change.cell.row)
        return self._typed is not None

    def set_current(self, row: int | None) -> None:
        """Say in which row the keyboard is: what it leads to is said when it is left, or full."""
        before, self._at = self._at, row
        for changed in (before, row):
            if changed is not None and changed in self._rows:
                self._repaint_unit(changed)

    def repaint_units(self) -> None:
        """Another operator sits here now: other units can be typed."""
        if self._rows:
            self._emit_rows(self._rows[0], self._rows[-1])
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(self._rows) - 1)

    def _entered(self, row: int) -> tuple[int | None, ...]:
        return self._document.second.figures(row)

    def _draft(self) -> CellChange | None:
        return self._typed

    def _row_findings(self, row: int) -> tuple[Finding, ...]:
        figures = tuple(self._row_figures(row))
        return tuple(check_form(Form(self._election, self._region, self._rows.start + row, figures)))

    def _probable(self, index: Index) -> tuple[Repair, ...]:  # noqa: ARG002  # repairs look at the first entries
        return ()

    def _verdict(self, row: int) -> UnitState | None:
        """Return what a second entry led to; None as long as the clerk is at it."""
        state = self._document.states.state(row)
        figures = self._document.second.figures(row)
        at_it = self._typed is not None and self._typed.cell.row == row
        unfinished = row == self._at and any(value is None for value in figures)
        return None if at_it or unfinished or state not in (UnitState.VERIFIED, UnitState.DIFFERS) else state

    def _sum_look(self, index: Index) -> Look:
        verdict = self._verdict(self._rows.start + index.row())
        differs = Severity.WARNING if verdict is UnitState.DIFFERS else None
        tick = verdict is UnitState.VERIFIED
        return Look(Tone.MUTED, computed=True, severity=differs, tick=tick, margin=True)

    def _tooltip(self, index: Index) -> str:
        if index.column() == self.sum_column and self._verdict(self._rows.start + index.row()) is UnitState.DIFFERS:
            return self.tr("The two entries of this form differ. Somebody settles it from the paper.")
        return super()._tooltip(index)

    def _unit_line(self, row: int) -> UnitLine:
        document = self._document
        state = document.states.state(row)
        shown = state if self._verdict(row) is not None or state is UnitState.ENTERED else UnitState.TYPED_AGAIN
        if state in (UnitState.EMPTY, UnitState.BEGUN):
            shown = state
        tones = {UnitState.VERIFIED: Tone.GOOD, UnitState.ENTERED: Tone.DRAFT, UnitState.DIFFERS: Tone.BAD}
        tone = tones.get(shown, Tone.MUTED) if self.takes(row) else Tone.MUTED
        return UnitLine(second_line(document.second, row, shown, document.operator), tone)

    def _unit_sentence(self, row: int) -> str:
        return self.why_not(row) or self._unit_line(row).text

    def _repaint_unit(self, row: int) -> None:
        self._emit_rows(row, row)
        section = row - self._rows.start
        self.headerDataChanged.emit(Qt.Orientation.Vertical, section, section)

    def _on_document_draft_changed(self, event: DraftChanged) -> None:
        """What is typed into first entries is nothing here."""

    def _on_document_late_changed(self, event: LateFindingsChanged) -> None:
        """Late findings are the first entries'."""
