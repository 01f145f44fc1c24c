"""The pinned rows below the grid: sums computed, totals as a source states them, and the differences."""

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from tally_app.count.figures import FigureKey
from tally_app.document.document import Document, DraftChanged, FiguresChanged
from tally_app.document.sources import sources
from tally_app.election.model import Source
from tally_app.exchange.numbers import NumberRefused, parse_votes
from tally_app.ui.document_signals import DocumentSignals
from tally_app.ui.entry.looks import LOOK_ROLE, Look, Tone
from tally_app.ui.gestures import Gestures
from tally_app.wording.numbers import grouped, signed

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class TotalsRow(IntEnum):
    """The pinned rows."""

    SUM = 0
    STATED = 1
    DIFFERENCE = 2


class TotalsModel(QAbstractTableModel):
    """Sum, Stated, Difference × (form columns + row sum) of one region."""

    def __init__(
        self, document: Document, signals: DocumentSignals, gestures: Gestures, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._election = document.election
        self._gestures = gestures
        self._region = 0
        self._source: str | None = next((source.key for source in self.sources), None)
        signals.figures_changed.connect(self._on_document_figures_changed)
        signals.draft_changed.connect(self._on_document_draft_changed)

    @property
    def sources(self) -> Sequence[Source]:
        """Everybody who states figures: the pack's sources, and those that were added."""
        return sources(self._election, self._document.records)

    def use_sources(self) -> None:
        """Show the first source's figures where the one that was shown is not there any more, or none was."""
        keys = [source.key for source in self.sources]
        if self._source not in keys:
            self._source = next(iter(keys), None)
            self._repaint()

    @property
    def source(self) -> str | None:
        """Key of the source whose figures the Stated row shows."""
        return self._source

    def show_region(self, region: int) -> None:
        """Show another region."""
        self._region = region
        self._repaint()

    def show_source(self, key: str) -> None:
        """Show and take down what another source states."""
        self._source = key
        self._repaint()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Three."""
        return 0 if parent.isValid() else len(TotalsRow)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Form columns and the row sum, as in the grid above."""
        return 0 if parent.isValid() else len(self._election.columns) + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Stated figures are typed; the rest is computed."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        stated = index.isValid() and index.row() == TotalsRow.STATED and index.column() < len(self._election.columns)
        if stated and self._source is not None and not self._document.read_only:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name the rows."""
        if orientation != Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("Sum"), self.tr("Stated"), self.tr("Difference"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer with text and looks."""
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            value = self.value(index.row(), index.column())
            if value is None:
                return ""
            if role == Qt.ItemDataRole.EditRole:
                return str(value)
            return signed(value) if index.row() == TotalsRow.DIFFERENCE else grouped(value)
        if role == LOOK_ROLE:
            return self._look(index)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.AccessibleTextRole:
            row = self.headerData(index.row(), Qt.Orientation.Vertical)
            return f"{row}: {self.data(index)}"
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take down a stated total as a gesture."""
        if role != Qt.ItemDataRole.EditRole or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        try:
            number = parse_votes(str(value))
        except NumberRefused:
            return False
        key = self.key(index.column())
        return key is not None and self._gestures.state(key, None if number is None else str(number))

    def value(self, row: int, column: int) -> int | None:
        """Figure at a position; the difference is Sum − Stated."""
        if column == len(self._election.columns):
            return self._row_sum(row)
        if row == TotalsRow.SUM:
            return self._document.live.region(self._region).sums[column]
        if row == TotalsRow.STATED:
            text = self._stated(self.key(column))
            return int(text) if text is not None else None
        return self._difference(column)

    def _stated(self, key: FigureKey | None) -> str | None:
        draft = self._document.live.stated_draft
        if draft is not None and draft.change.key == key:
            return draft.change.new
        return self._document.statements.value(key) if key is not None else None

    def _difference(self, column: int) -> int | None:
        total, stated = self.value(TotalsRow.SUM, column), self.value(TotalsRow.STATED, column)
        return None if total is None or stated is None else total - stated

    def _row_sum(self, row: int) -> int | None:
        """Sum over parties, blank and invalid; a difference only over columns that have both figures."""
        parts = [self.value(row, column) for column in self._election.ballot_columns]
        known = [part for part in parts if part is not None]
        return sum(known) if known else None

    def key(self, column: int) -> FigureKey | None:
        """Return the stated figure that a column's cell takes down; None without a source."""
        if self._source is None:
            return None
        region = self._election.regions[self._region].key
        definition = self._election.columns[column]
        if definition.party is not None:
            return FigureKey(self._source, "votes", region, None, definition.key)
        return FigureKey(self._source, definition.key, region)  # type: ignore[arg-type]  # form fields are figures

    def _look(self, index: Index) -> Look:
        row, column = index.row(), index.column()
        bold = row != TotalsRow.STATED
        margin = column == len(self._election.columns)
        if row == TotalsRow.DIFFERENCE:
            tone = Tone.BAD if self.value(row, column) else Tone.MUTED
            return Look(tone, bold=bold, computed=True, margin=margin)
        if row == TotalsRow.SUM and self._moved(column):
            return Look(Tone.DRAFT, bold=True, computed=True)
        return Look(bold=bold, computed=margin or row == TotalsRow.SUM, margin=margin)

    def _moved(self, column: int) -> bool:
        draft = self._document.live.draft
        return draft is not None and draft.region.region == self._region and draft.change.cell.column == column

    def _on_document_figures_changed(self, event: FiguresChanged) -> None:
        if self._region in event.regions:
            self._repaint()

    def _on_document_draft_changed(self, event: DraftChanged) -> None:
        if event.region == self._region:
            self._repaint()

    def _repaint(self) -> None:
        self.dataChanged.emit(self.index(0, 0), self.index(len(TotalsRow) - 1, len(self._election.columns)))
