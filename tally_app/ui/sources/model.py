"""The side-by-side view as a table: a row a figure, a column a source, between what is computed and what differs."""

from enum import Enum, auto

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from tally_app.checks.finding import Finding, Severity
from tally_app.count.figures import FigureKey
from tally_app.document.document import Document
from tally_app.document.sources import sources
from tally_app.document.stated_view import Scope, StatedCell, StatedRow, Typed, stated_rows
from tally_app.exchange.numbers import NumberRefused
from tally_app.exchange.stated_text import read_stated
from tally_app.ui.gestures import Gestures
from tally_app.wording.findings import capital, sentence
from tally_app.wording.names import Names
from tally_app.wording.stating import difference_text, differences_text, readable, verdict_text

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class Part(Enum):
    """What a column holds."""

    COMPUTED = auto()
    SOURCE = auto()
    DIFFERENCE = auto()
    SEAT = auto()


class StatedModel(QAbstractTableModel):
    """Rows of ``stated_rows``; what is typed is handed to the gestures."""

    def __init__(self, document: Document, gestures: Gestures, names: Names, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._gestures = gestures
        self._names = names
        self.election = document.election
        self.scope = Scope()
        self._typed: Typed | None = None
        self._sources = [source.key for source in sources(document.election, document.records)]
        self.rows = stated_rows(document, self.scope)

    def show_scope(self, scope: Scope) -> None:
        """Show what is stated of the chamber, a region or a unit."""
        self.beginResetModel()
        self.scope = scope
        self._typed = None
        self.rows = stated_rows(self._document, scope)
        self.endResetModel()

    def use_sources(self) -> None:
        """Show the columns of the sources that there are now."""
        self.beginResetModel()
        self._sources = [source.key for source in sources(self._document.election, self._document.records)]
        self.rows = stated_rows(self._document, self.scope)
        self.endResetModel()

    def use_names(self) -> None:
        """Name everything in another language."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)

    def refresh(self) -> None:
        """Look again at every figure."""
        self.rows = stated_rows(self._document, self.scope, self._typed)
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def set_typed(self, typed: Typed | None) -> None:
        """Let a figure count as typed so far."""
        if typed != self._typed:
            self._typed = typed
            self.refresh()

    def part(self, column: int) -> Part:
        """Return what a column holds."""
        if column == 0:
            return Part.COMPUTED
        after = column - 1 - len(self._sources)
        return Part.SOURCE if after < 0 else Part.DIFFERENCE if after == 0 else Part.SEAT

    def cell(self, index: Index) -> StatedCell | None:
        """Return what a source states at a position; None in the other columns."""
        if not index.isValid() or self.part(index.column()) is not Part.SOURCE:
            return None
        return self.rows[index.row()].cells[index.column() - 1]

    def index_of(self, key: FigureKey) -> QModelIndex:
        """Position of a figure in the scope that is shown; invalid if it is not there."""
        for number, row in enumerate(self.rows):
            if (row.figure, row.party) == (key.figure, key.party):
                column = self._sources.index(key.source) + 1 if key.source in self._sources else 0
                return self.index(number, column)
        return QModelIndex()

    def starts_group(self, row: int) -> bool:
        """Does another kind of figures begin with this row?"""
        if row == 0:
            return False
        before, now = self.rows[row - 1], self.rows[row]
        return before.party is not None and before.figure != now.figure

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Figures of the scope."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Computed, the sources, differences, seats."""
        return 0 if parent.isValid() else len(self._sources) + 3

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What sources state is typed; the rest is computed."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.cell(index) is not None and not self._document.read_only:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name sources and figures."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if orientation == Qt.Orientation.Vertical:
            return self.row_name(self.rows[section])
        match self.part(section):
            case Part.COMPUTED:
                return self.tr("Computed")
            case Part.SOURCE:
                return capital(self._names.source_name(self._sources[section - 1]))
            case Part.DIFFERENCE:
                return self.tr("Difference")
            case Part.SEAT:
                return self.tr("Can change a seat?")

    def row_name(self, row: StatedRow) -> str:
        """Name a figure: ``CPP votes``, ``CPP %``, ``Ballots cast``."""
        figure = "%" if row.figure == "share" else self._names.figure(row.figure)
        return capital(figure) if row.party is None else f"{row.party} {figure}"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer with the figure's text, its findings, or how it is spoken."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index)
        if role == Qt.ItemDataRole.EditRole:
            cell = self.cell(index)
            return (cell.text or "") if cell is not None else self.plain(index)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(sentence(self._names, finding) for finding in self.findings(index)) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take down what a source states as a gesture; the repaint comes from the document's event."""
        cell = self.cell(index)
        if role != Qt.ItemDataRole.EditRole or cell is None or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        try:
            text = read_stated(cell.key.figure, str(value))
        except NumberRefused:
            return False
        return self._gestures.state(cell.key, text)

    def plain(self, index: Index) -> str:
        """Return a cell's text as a spreadsheet reads it."""
        row = self.rows[index.row()]
        match self.part(index.column()):
            case Part.COMPUTED:
                return row.computed or ""
            case Part.SOURCE:
                return row.cells[index.column() - 1].text or ""
            case _:
                return self._text(index)

    def findings(self, index: Index) -> tuple[Finding, ...]:
        """Return what contradicts a stated figure; in the other columns, the whole row's contradictions."""
        cell = self.cell(index)
        if cell is not None:
            return cell.findings if cell.text is not None else ()
        return self.rows[index.row()].findings if self.part(index.column()) is not Part.COMPUTED else ()

    def severity(self, index: Index) -> Severity | None:
        """Return the worst of what contradicts a stated figure."""
        if self.cell(index) is None:
            return None
        found = {finding.severity for finding in self.findings(index)}
        return next((severity for severity in Severity if severity in found), None)

    def _text(self, index: Index) -> str:
        row = self.rows[index.row()]
        match self.part(index.column()):
            case Part.COMPUTED:
                return readable(row.computed)
            case Part.SOURCE:
                return readable(row.cells[index.column() - 1].text)
            case Part.DIFFERENCE:
                return differences_text(row)
            case Part.SEAT:
                return verdict_text(row.verdict)

    def _spoken(self, index: Index) -> str:
        where = f"{self.row_name(self.rows[index.row()])}, {self.headerData(index.column(), Qt.Orientation.Horizontal)}"
        cell = self.cell(index)
        said = self._text(index) or self.tr("not stated")
        parts = [f"{where}: {said}"]
        if cell is not None and cell.difference not in (None, "0"):
            parts.append(self.tr("difference {difference}").format(difference=difference_text(cell.difference)))
        parts += [sentence(self._names, finding) for finding in self.findings(index)] if cell is not None else []
        return ", ".join(parts)
