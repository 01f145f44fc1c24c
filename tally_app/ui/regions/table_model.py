"""What the two tables of the overview have in common: columns, headings, marks and plain text for copying."""

from collections.abc import Mapping, Sequence
from html import escape

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from tally_app.checks.finding import Finding, Severity
from tally_app.checks.repair import Repair, Repairs
from tally_app.document.document import Document
from tally_app.ui.findings.marks import STATE_OF
from tally_app.ui.regions.columns import Column, Kind, column_of, table_columns
from tally_app.ui.theme import COLOURS, SIZES, sized
from tally_app.wording.findings import sentence
from tally_app.wording.names import Names
from tally_app.wording.repairs import repair_sentence

ROLE_MARK = int(Qt.ItemDataRole.UserRole) + 1
ROLE_PROBABLE = ROLE_MARK + 1
"""Is the figure probably another one?"""
Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()  # never changed: Qt's "no parent"
_WORST = (Severity.ERROR, Severity.WARNING)


class TableModel(QAbstractTableModel):
    """Base of the regions' and of the totals' model."""

    computed_rows: frozenset[int] = frozenset()
    """Rows on a grey ground: nobody typed them."""
    bold_rows: frozenset[int] = frozenset()

    def __init__(self, document: Document, names: Names, font: QFont, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.election = document.election
        self.live = document.live
        self.names = names
        self.columns = table_columns(document.election)
        self._font = font

    def row_name(self, row: int) -> str:
        """Return a row's heading."""
        raise NotImplementedError

    def plain(self, row: int, column: int) -> str:
        """Return a cell's text as a spreadsheet reads it."""
        raise NotImplementedError

    def text(self, row: int, column: int) -> str:
        """Return a cell's text as it is shown."""
        raise NotImplementedError

    def cell_findings(self, row: int, column: int) -> Sequence[Finding]:
        """Return the errors and warnings about a cell."""
        raise NotImplementedError

    def probable(self, _row: int, _column: int) -> Sequence[Repair]:
        """Return what a cell, or a figure in its sum, should probably be."""
        return ()

    def look(self, row: int, column: int) -> tuple[str, bool]:
        """Return a cell's colour and whether it is bold."""
        raise NotImplementedError

    def ground(self, row: int) -> str:
        """Return the colour a row is painted on."""
        return COLOURS.window if row in self.computed_rows else COLOURS.base

    def emphasised(self, row: int) -> bool:
        """Is a row's name bold?"""
        return row in self.bold_rows

    def use_names(self, names: Names) -> None:
        """Name everything in another language."""
        self.names = names
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)
        self.repaint_rows(0, self.rowCount() - 1)

    def repaint_rows(self, first: int, last: int) -> None:
        """Say that rows changed."""
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name a column or a row."""
        if orientation == Qt.Orientation.Vertical:
            return self.row_name(section) if role == Qt.ItemDataRole.DisplayRole else None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.heading(column)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._full_heading(column)
        return None

    def heading(self, column: Column) -> str:
        """Return a column's short heading."""
        return {
            Kind.SEATS: self.tr("Seats"),
            Kind.VOTES: self.tr("Votes"),
            Kind.SHARE: "%",
            Kind.WON: self.tr("Seats"),
            Kind.VALID: self.tr("Party votes") if "valid" in self.election.column_index else self.tr("Valid votes"),
        }.get(column.kind) or self.names.column(column.field)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer what a cell says and how it looks."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(self.look(row, column)[0])
        if role == Qt.ItemDataRole.FontRole:
            return sized(self._font, SIZES.base, self.look(row, column)[1])
        return self._about_findings(row, column, role)

    def _about_findings(self, row: int, column: int, role: int) -> object:
        findings = self.cell_findings(row, column)
        if role == ROLE_MARK:
            return STATE_OF[min((f.severity for f in findings), key=_WORST.index)].value if findings else ""
        if role == ROLE_PROBABLE:
            return bool(self.probable(row, column))
        if role == Qt.ItemDataRole.ToolTipRole:
            lines = [f"<b>{finding.code}</b> {escape(sentence(self.names, finding))}" for finding in findings]
            lines += map(escape, self._probably(row, column))
            return "<qt>" + "<br>".join(lines) + "</qt>" if lines else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            place = f"{self.row_name(row)}, {self._full_heading(self.columns[column])}"
            said = self.text(row, column) or self.tr("not entered")
            sentences = (sentence(self.names, finding) for finding in findings)
            return ", ".join((place, said, *sentences, *self._probably(row, column)))
        return None

    def _probably(self, row: int, column: int) -> list[str]:
        repairs = self.document.late.repairs or Repairs()
        return [repair_sentence(self.names, repair, repairs) for repair in self.probable(row, column)]

    def _full_heading(self, column: Column) -> str:
        if column.party is None:
            return self.tr("Seats to fill") if column.kind is Kind.SEATS else self.heading(column)
        party = self.election.parties[column.party].key
        what = self.tr("percentage of all votes") if column.kind is Kind.SHARE else self.heading(column)
        return f"{self.names.party(party)}, {what}"


def findings_by_column(model: TableModel, findings: Sequence[Finding]) -> Mapping[int, list[Finding]]:
    """Arrange errors and warnings by the column they are about."""
    found: dict[int, list[Finding]] = {}
    for finding in findings:
        column = column_of(model.election, model.columns, finding)
        if finding.severity in _WORST and column is not None:
            found.setdefault(column, []).append(finding)
    return found


def quiet(text: str) -> str:
    """Return the colour of a figure: zeros step back."""
    return COLOURS.muted if text in ("0", "0.00", "·") else COLOURS.ink
