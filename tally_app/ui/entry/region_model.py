"""The grid's model: positions become questions to the document; it stores no votes."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from tally_app.checks.finding import Finding, Severity
from tally_app.checks.repair import Repair, Repairs
from tally_app.count.figures import Cell, CellChange
from tally_app.document.document import Document, DraftChanged, FiguresChanged, LateFindingsChanged
from tally_app.document.second_entry import SECOND, SETTLEMENT, UnitState, row_of
from tally_app.document.signing import SIGN_OFF
from tally_app.election.election import Column
from tally_app.exchange.numbers import NumberRefused, parse_votes
from tally_app.ui.document_signals import DocumentSignals
from tally_app.ui.entry.looks import LOOK_ROLE, UNIT_ROLE, Look, Tone, UnitLine
from tally_app.ui.findings.slip_line import slips_at
from tally_app.ui.findings.tooltip import cell_tooltip
from tally_app.ui.gestures import Gestures
from tally_app.wording.names import Names
from tally_app.wording.numbers import grouped
from tally_app.wording.repairs import repair_sentence
from tally_app.wording.units import unit_line, unit_sentence

Index = QModelIndex | QPersistentModelIndex
_OF_THE_ROW = ("E102", "E103", "W107")
_ROOT = QModelIndex()


class RegionModel(QAbstractTableModel):
    """Units × (form columns + row sum) of one region."""

    def __init__(
        self,
        document: Document,
        signals: DocumentSignals,
        gestures: Gestures,
        names: Names,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._election = document.election
        self._gestures = gestures
        self._names = names
        self._region = 0
        self._rows = self._election.rows(0)
        signals.figures_changed.connect(self._on_document_figures_changed)
        signals.draft_changed.connect(self._on_document_draft_changed)
        signals.late_changed.connect(self._on_document_late_changed)

    @property
    def region(self) -> int:
        """Position of the region that is shown."""
        return self._region

    @property
    def frozen(self) -> bool:
        """Is the region signed off? Then none of its cells takes a figure."""
        return self._election.regions[self._region].key in self._document.signing.signed_regions

    @property
    def sum_column(self) -> int:
        """Position of the row-sum column, the last."""
        return len(self._election.columns)

    def show_region(self, region: int) -> None:
        """Show another region."""
        self.beginResetModel()
        self._region = region
        self._rows = self._election.rows(region)
        self.endResetModel()

    def use_names(self, names: Names) -> None:
        """Show names in another language."""
        self._names = names
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, max(self.rowCount() - 1, 0))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.sum_column)

    def cell(self, index: Index) -> Cell:
        """Return the document's cell at a position of a form column."""
        return Cell(self._rows.start + index.row(), index.column())

    def index_of(self, cell: Cell) -> QModelIndex:
        """Position of a cell of the region that is shown."""
        return self.index(cell.row - self._rows.start, cell.column)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Units of the region."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Form columns and the row sum."""
        return 0 if parent.isValid() else self.sum_column + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Form cells take figures unless the file is read-only or the region signed off; the row sum can be copied."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.isValid() and index.column() < self.sum_column and not (self._document.read_only or self.frozen):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name units and columns; a party's tooltip has its full name."""
        if orientation == Qt.Orientation.Vertical:
            return self._unit_heading(self._rows.start + section, role) if 0 <= section < len(self._rows) else None
        if section == self.sum_column:
            if role == LOOK_ROLE:
                return Look(margin=True)
            return self.tr("Row sum") if role == Qt.ItemDataRole.DisplayRole else None
        column = self._election.columns[section]
        if role == LOOK_ROLE:
            return Look(party=column.party)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heading(column)
        if role == Qt.ItemDataRole.ToolTipRole and column.party is not None:
            party = self._election.parties[column.party]
            return "\n".join(filter(None, (party.name.en, party.name.km, party.leader)))
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer with the figure's text, looks, findings or spoken name."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            value = self.value(index)
            return "" if value is None else grouped(value)
        if role == Qt.ItemDataRole.EditRole:
            value = self.value(index)
            return "" if value is None else str(value)
        if role == LOOK_ROLE:
            return self._sum_look(index) if index.column() == self.sum_column else self._look(index)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tooltip(index) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Enter a typed text as a gesture; the repaint comes from the document's event."""
        if role != Qt.ItemDataRole.EditRole or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        try:
            number = parse_votes(str(value))
        except NumberRefused:
            return False
        return self._gestures.enter(self.cell(index), number)

    def value(self, index: Index) -> int | None:
        """Return the figure at a position, the draft where it is being typed."""
        if index.column() == self.sum_column:
            figures = self._row_figures(index.row())
            counted = [figures[column] for column in self._election.ballot_columns]
            return sum(value or 0 for value in counted) if any(value is not None for value in counted) else None
        return self._row_figures(index.row())[index.column()]

    def _row_figures(self, row: int) -> list[int | None]:
        figures = list(self._entered(self._rows.start + row))
        draft = self._draft()
        if draft is not None and draft.cell.row == self._rows.start + row:
            figures[draft.cell.column] = draft.new
        return figures

    def _entered(self, row: int) -> tuple[int | None, ...]:
        """Return what is entered in a unit."""
        return self._document.book.row(row)

    def _draft(self) -> CellChange | None:
        """Return what is being typed."""
        draft = self._document.live.draft
        return draft.change if draft is not None else None

    def _unit_heading(self, row: int, role: int) -> object:
        second = self._document.second
        if role == Qt.ItemDataRole.DisplayRole:
            return self._names.unit(row)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            said = self._unit_sentence(row) if second.active else ""
            return "\n".join(filter(None, (self._names.unit(row), said)))
        return self._unit_line(row) if role == UNIT_ROLE and second.active else None

    def _unit_sentence(self, row: int) -> str:
        return unit_sentence(self._document.second, row, self._document.states.state(row))

    def _unit_line(self, row: int) -> UnitLine:
        """Say in few words how far a unit is under double entry."""
        state = self._document.states.state(row)
        tone = {UnitState.VERIFIED: Tone.GOOD, UnitState.DIFFERS: Tone.BAD}.get(state, Tone.MUTED)
        return UnitLine(unit_line(self._document.second, row, state), tone, state is UnitState.DIFFERS)

    def _row_findings(self, row: int) -> tuple[Finding, ...]:
        return self._document.live.unit_findings(self._region).get(self._rows.start + row, ())

    def _findings(self, index: Index) -> list[Finding]:
        findings = self._row_findings(index.row())
        if index.column() == self.sum_column:
            return [finding for finding in findings if finding.code in _OF_THE_ROW or finding.place.column is None]
        key = self._election.columns[index.column()].key
        return [finding for finding in findings if finding.place.column == key or key in _columns(finding)]

    def _probable(self, index: Index) -> tuple[Repair, ...]:
        """What a cell should probably hold, where one repair stands alone."""
        repairs = self._document.late.repairs
        return () if repairs is None else slips_at(repairs, self.cell(index))

    def _tooltip(self, index: Index) -> str:
        findings = self._findings(index)
        if index.column() == self.sum_column:
            return cell_tooltip(self._names, findings)
        repairs = self._document.late.repairs or Repairs()
        probable = [repair_sentence(self._names, repair, repairs) for repair in self._probable(index)]
        return cell_tooltip(self._names, findings, probable)

    def _look(self, index: Index) -> Look:
        draft = self._draft()
        drafted = draft is not None and draft.cell == self.cell(index)
        findings = self._findings(index)
        missing = any(finding.code == "E101" for finding in findings)
        severity = _worst([finding for finding in findings if finding.code != "E101"])
        party = self._election.columns[index.column()].party
        tone = Tone.DRAFT if drafted else Tone.PLAIN
        repair = not drafted and bool(self._probable(index))
        return Look(tone, missing=missing, computed=self.frozen, severity=severity, repair=repair, party=party)

    def _sum_look(self, index: Index) -> Look:
        findings = [f for f in self._row_findings(index.row()) if f.code != "E101"]
        severity = _worst(findings)
        figures = self._row_figures(index.row())
        pairs = zip(figures, self._election.columns, strict=True)
        complete = all(value is not None or not column.required for value, column in pairs)
        begun = any(value is not None for value in figures)
        tick = complete and begun and severity is None
        return Look(Tone.MUTED, computed=True, severity=severity, tick=tick, margin=True)

    def _heading(self, column: Column) -> str:
        if column.party is None:
            return self._names.column(column.key)
        return f"{self._election.parties[column.party].ballot}  {column.key}"

    def _spoken(self, index: Index) -> str:
        value = self.value(index)
        what = self.tr("not entered") if value is None else grouped(value)
        if index.column() == self.sum_column:
            where = self._names.unit(self._rows.start + index.row())
            return self.tr("{unit}, row sum: {value}").format(unit=where, value=what)
        return f"{self._names.cell(self.cell(index))}: {what}"

    def _on_document_figures_changed(self, event: FiguresChanged) -> None:
        if any(change.kind == SIGN_OFF for change in event.edit.records):
            self._emit_rows(self._rows.start, self._rows.stop - 1)
        changed = {change.cell.row for change in event.edit.cells}
        changed |= {row_of(self._election, c.key) for c in event.edit.records if c.kind in (SECOND, SETTLEMENT)}
        rows = sorted(row for row in changed if row in self._rows)
        if rows:
            self._emit_rows(rows[0], rows[-1])
            if self._document.second.active:
                start = self._rows.start
                self.headerDataChanged.emit(Qt.Orientation.Vertical, rows[0] - start, rows[-1] - start)

    def _on_document_draft_changed(self, event: DraftChanged) -> None:
        if event.cell is not None and event.cell.row in self._rows:
            self._emit_rows(event.cell.row, event.cell.row)

    def _on_document_late_changed(self, event: LateFindingsChanged) -> None:
        if (event.done or self._region in event.regions) and self._rows:
            self._emit_rows(self._rows[0], self._rows[-1])

    def _emit_rows(self, first: int, last: int) -> None:
        start = self._rows.start
        self.dataChanged.emit(self.index(first - start, 0), self.index(last - start, self.sum_column))


def _columns(finding: Finding) -> list[object]:
    """Other columns that a finding is about: those that are missing, or the one that looks swapped."""
    columns = finding.facts.get("columns")
    return [*(columns if isinstance(columns, list) else ()), finding.facts.get("neighbour")]


def _worst(findings: list[Finding]) -> Severity | None:
    severities = [finding.severity for finding in findings]
    return next((severity for severity in Severity if severity in severities), None)
