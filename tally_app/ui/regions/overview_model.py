"""The regions of the overview, and the totals that stay pinned below them."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont

from tally_app.checks.finding import Finding
from tally_app.checks.repair import Repair
from tally_app.count.figures import FigureKey
from tally_app.document.document import Document
from tally_app.document.sources import sources
from tally_app.exchange.numbers import NumberRefused
from tally_app.exchange.stated_text import read_stated
from tally_app.ui.findings.slip_line import slips_alone
from tally_app.ui.regions.columns import Kind, computed, difference, readable, stated_key, tied
from tally_app.ui.regions.table_model import NO_INDEX, Index, TableModel, findings_by_column, quiet
from tally_app.ui.theme import COLOURS
from tally_app.wording.names import Names

State = Callable[[FigureKey, str | None], None]


class RegionsModel(TableModel):
    """One row a region."""

    def __init__(self, document: Document, names: Names, font: QFont, parent: QObject | None = None) -> None:
        super().__init__(document, names, font, parent)
        self._found: dict[int, Mapping[int, list[Finding]]] = {}

    def refresh(self, regions: Iterable[int]) -> None:
        """Look again at some regions."""
        for region in regions:
            self._found.pop(region, None)
            self.repaint_rows(region, region)

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Return how many regions there are."""
        return 0 if parent.isValid() else len(self.election.regions)

    def row_name(self, row: int) -> str:
        """Return a region's name."""
        return self.names.text(self.election.regions[row].name)

    def plain(self, row: int, column: int) -> str:
        """Return a figure without grouping."""
        return computed(self.election, self.columns[column], self.live.region(row), self.election.regions[row].seats)

    def text(self, row: int, column: int) -> str:
        """Return a figure; a dot where the party does not stand, both numbers where a lot decides."""
        where = self.columns[column]
        if where.party is not None and not self.election.standing[row][where.party]:
            return readable(self.plain(row, column)) if self._votes(row, where.party) else "·"
        text = readable(self.plain(row, column))
        return self.tr("{least}–{most}").format(least=text, most=int(text) + 1) if self._open(row, column) else text

    def cell_findings(self, row: int, column: int) -> Sequence[Finding]:
        """Return what does not fit in a region's figure, its units' findings included."""
        if row not in self._found:
            everything = list(self.live.region(row).findings)
            for findings in self.live.unit_findings(row).values():
                everything += findings
            self._found[row] = findings_by_column(self, everything)
        return self._found[row].get(column, ())

    def probable(self, row: int, column: int) -> Sequence[Repair]:
        """Return the repairs that stand alone of the figures that a cell is the sum of."""
        repairs, where = self.document.late.repairs, self.columns[column]
        if repairs is None or where.kind not in (Kind.VOTES, Kind.FIELD):
            return ()
        key = where.field if where.party is None else self.election.parties[where.party].key
        at = self.election.column_index[key]
        rows = self.election.rows(row)
        return tuple(
            repair
            for repair in slips_alone(repairs)
            if any(cell.row in rows and cell.column == at for cell, _, _ in repair.changes)
        )

    def look(self, row: int, column: int) -> tuple[str, bool]:
        """Show what a draft changes in another colour, seats that it moves in bold."""
        draft = self.live.draft
        where = self.columns[column]
        if draft is not None and draft.region.region == row:
            before = computed(self.election, where, self.live.committed_region(row), self.election.regions[row].seats)
            if before != self.plain(row, column):
                return COLOURS.accent, where.kind is Kind.WON
        return quiet(self.text(row, column)), False

    def _open(self, row: int, column: int) -> bool:
        return tied(self.columns[column], self.live.region(row))

    def _votes(self, row: int, party: int) -> int:
        return self.live.region(row).votes[party]


class TotalsModel(TableModel):
    """Three rows: the sum of the regions, what the chosen source states, and the difference."""

    TOTAL, STATED, DIFFERENCE = range(3)
    computed_rows = frozenset((TOTAL, DIFFERENCE))
    bold_rows = frozenset((TOTAL,))
    refused = Signal(str)
    """A text that is no figure was typed; it says what is expected."""

    def __init__(
        self, document: Document, names: Names, font: QFont, state: State, parent: QObject | None = None
    ) -> None:
        super().__init__(document, names, font, parent)
        self._state = state
        self.source = next((source.key for source in sources(document.election, document.records)), "")
        self._seats = sum(region.seats for region in document.election.regions)
        self._found: list[Mapping[int, list[Finding]]] | None = None

    def use_source(self, source: str) -> None:
        """Compare with what another source states; with nobody's where it is empty."""
        if bool(self.source) != bool(source):
            self.beginResetModel()
            self.source = source
            self._found = None
            self.endResetModel()
            return
        self.source = source
        self.refresh()

    def refresh(self) -> None:
        """Look again at everything."""
        self._found = None
        self.repaint_rows(0, self.rowCount() - 1)

    def key(self, column: int) -> FigureKey | None:
        """Return the key of the figure that the chosen source states in a column."""
        return stated_key(self.election, self.columns[column], self.source) if self.source else None

    def stated_column(self, figure: str, party: str | None) -> int | None:
        """Return the column of a figure, of a party (its key) or of all; None where nothing can be stated of it."""
        for column in range(len(self.columns)):
            key = self.key(column)
            if key is not None and (key.figure, key.party) == (figure, party):
                return column
        return None

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Return three, or one if nobody states anything."""
        return 0 if parent.isValid() else (3 if self.source else 1)

    def row_name(self, row: int) -> str:
        """Return a row's heading."""
        return (self.tr("Total"), self.tr("Stated"), self.tr("Difference"))[row]

    def plain(self, row: int, column: int) -> str:
        """Return a figure without grouping."""
        if row == self.DIFFERENCE:
            return self.text(row, column).replace(",", "").replace("−", "-").removeprefix("+")
        if row == self.STATED:
            return self._stated(column)
        return computed(self.election, self.columns[column], self.live.chamber, self._seats)

    def text(self, row: int, column: int) -> str:
        """Return a figure as it is shown."""
        if row != self.DIFFERENCE:
            return readable(self.plain(row, column))
        stated = self._stated(column)
        return difference(self.election, self.columns[column], self.live.chamber, stated) if stated else ""

    def cell_findings(self, row: int, column: int) -> Sequence[Finding]:
        """Return what does not fit: beside the stated figure if it is the chosen source's, else beside the total."""
        if self._found is None:
            everything = self.live.chamber.findings
            mine = [finding for finding in everything if self._is_mine(finding)]
            others = [finding for finding in everything if not self._is_mine(finding)]
            self._found = [findings_by_column(self, others), findings_by_column(self, mine), {}]
        return self._found[row].get(column, ())

    def look(self, row: int, column: int) -> tuple[str, bool]:
        """Show a difference in red and a draft's change in another colour; totals are bold."""
        text = self.text(row, column)
        if row == self.DIFFERENCE:
            return (COLOURS.muted, False) if text in ("", "0") else (COLOURS.bad, True)
        if row == self.STATED:
            return quiet(text), False
        if self.live.draft is not None:
            before = computed(self.election, self.columns[column], self.live.committed_chamber, self._seats)
            if before != self.plain(row, column):
                return COLOURS.accent, True
        return quiet(text), True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let stated figures be typed."""
        flags = super().flags(index)
        if index.row() == self.STATED and self.key(index.column()) and not self.document.read_only:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer as every table does; an editor begins with the figure as printed."""
        if role == Qt.ItemDataRole.EditRole and index.isValid():
            return self.plain(index.row(), index.column())
        return super().data(index, role)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Hand a stated figure to whoever enters it; the table changes once it is entered."""
        key = self.key(index.column())
        if role != Qt.ItemDataRole.EditRole or index.row() != self.STATED or key is None:
            return False
        try:
            stated = read_stated(key.figure, str(value))
        except NumberRefused:
            share = self.columns[index.column()].kind is Kind.SHARE
            expected = self.tr("a percentage like 86.99") if share else self.tr("a whole number")
            text = self.tr("“{text}” is not taken: what is stated here is {expected}.")
            self.refused.emit(text.format(text=str(value).strip(), expected=expected))
            return False
        if stated != self.document.statements.value(key):
            self._state(key, stated)
        return True

    def _is_mine(self, finding: Finding) -> bool:
        return self.source in (finding.facts.get("source"), finding.facts.get("other_source"))

    def _stated(self, column: int) -> str:
        key = self.key(column)
        return (self.document.statements.value(key) or "") if key else ""
