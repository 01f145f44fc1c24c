"""The worksheet of a method without a ladder: quotas, remainders and averages, in the ladder's visual language."""

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QIcon, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from tally_app.allocation.steps import Mark, Steps
from tally_app.election.election import Election
from tally_app.ui.seats.ladder import OUTLINES
from tally_app.ui.seats.plain_table import LEFT, RIGHT, AnyIndex, PlainTable, underline
from tally_app.ui.seats.worksheet import Line, WorksheetWriter
from tally_app.ui.theme import COLOURS, SIZES, SPACING, mark_icon, party_colour, sized, tint

LINE = Qt.ItemDataRole.UserRole
_MOST_ROWS = 12
_MARK = 10
_NAMES = 110
"""Room that names may ask for [px]."""
_FIELDS = ("title", "votes", "by", "seats", "value")


class StepColumn(IntEnum):
    """The columns, from left to right."""

    PARTY = 0
    VOTES = 1
    BY = 2
    SEATS = 3
    VALUE = 4


class StepsModel(QAbstractTableModel):
    """The lines of one region's worksheet."""

    def __init__(self, election: Election, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._election = election
        self._writer = WorksheetWriter(election, self)
        self._icons: dict[int, QIcon] = {}
        self._lines: Sequence[Line] = ()

    def show_steps(self, steps: Steps | None) -> bool:
        """Show a region's steps; None: it has a ladder. Return whether heads or the number of lines changed."""
        lines = [] if steps is None else self._writer.lines(steps)
        same = [line.is_head for line in lines] == [line.is_head for line in self._lines]
        if not same:
            self.beginResetModel()
        before, self._lines = self._lines, lines
        if not same:
            self.endResetModel()
            return True
        for row, (old, new) in enumerate(zip(before, lines, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(StepColumn) - 1))
        return False

    @property
    def lines(self) -> Sequence[Line]:
        """The lines that are shown."""
        return self._lines

    def last_cell(self) -> QModelIndex:
        """The value that won the last seat, or that is tied for it; an invalid index if there is none."""
        rows = [row for row, line in enumerate(self._lines) if line.mark in (Mark.LAST, Mark.TIED)]
        return self.index(rows[-1], StepColumn.VALUE) if rows else QModelIndex()

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """One row per line."""
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        """Party, votes, what they are divided by, seats, remainder or average."""
        return 0 if parent is not None and parent.isValid() else len(StepColumn)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell shows."""
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line, column = self._lines[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return getattr(line, _FIELDS[column])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(LEFT if column == StepColumn.PARTY else RIGHT)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return line.tip or None
        if role == Qt.ItemDataRole.DecorationRole and column == StepColumn.PARTY and line.party is not None:
            return self._icon(line.party)
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(COLOURS.ink if _is_won(line, column) or self._is_name(line, column) else COLOURS.muted)
        if role == Qt.ItemDataRole.BackgroundRole:
            return self._ground(line) if _is_won(line, column) else None
        return line if role == LINE else None

    def _is_name(self, line: Line, column: int) -> bool:
        return not line.is_head and column in (StepColumn.PARTY, StepColumn.SEATS)

    def _ground(self, line: Line) -> QColor:
        return QColor(COLOURS.selection) if line.party is None else tint(party_colour(self._election, line.party))

    def _icon(self, party: int) -> QIcon:
        if party not in self._icons:
            self._icons[party] = mark_icon(party, party_colour(self._election, party), _MARK)
        return self._icons[party]


def _is_won(line: Line, column: int) -> bool:
    return (column == StepColumn.VALUE and line.won) or (column == StepColumn.BY and line.whole)


class _StepsDelegate(QStyledItemDelegate):
    """Bold winners, hairlines, and the outlines of the last seat and of who is next."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Choose the weight."""
        super().initStyleOption(option, index)
        line: Line = index.data(LINE)
        name = index.column() in (StepColumn.PARTY, StepColumn.SEATS) and (line.won or line.whole)
        head = line.is_head and index.column() == StepColumn.PARTY
        option.font = sized(option.font, SIZES.small, bold=name or head or _is_won(line, index.column()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Paint the cell and its frame."""
        super().paint(painter, option, index)
        line: Line = index.data(LINE)
        rect: QRect = option.rect
        painter.save()
        underline(painter, rect, COLOURS.border if line.is_head else COLOURS.hairline)
        pen = OUTLINES.get(line.mark.value) if index.column() == StepColumn.VALUE and line.value else None
        if pen is not None:
            colour, width, style = pen
            painter.setPen(QPen(QColor(colour), width, style, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin))
            inset = width // 2
            painter.drawRect(rect.adjusted(inset, inset, -1, -1))
        painter.restore()


class StepsView(PlainTable):
    """The worksheet: as high as its lines up to a dozen, then it scrolls with the last seat in view."""

    def __init__(self, model: StepsModel, parent: QWidget | None = None) -> None:
        super().__init__(model, _MOST_ROWS, parent)
        self._steps = model
        self._shown_last = -1
        self.setItemDelegate(_StepsDelegate(self))
        self.setAccessibleName(self.tr("Steps of the allocation"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(0)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(StepColumn.PARTY, QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setMinimumSectionSize(SPACING.row - 2)
        self.verticalHeader().setDefaultSectionSize(SPACING.row - 2)

    def show_steps(self, steps: Steps | None) -> None:
        """Show a region's steps; bring the last seat into view when it moved."""
        rebuilt = self._steps.show_steps(steps)
        if rebuilt:
            self._span_titles()
        self.fit_height()
        self._fit_columns()
        last = self._steps.last_cell()
        if rebuilt or last.row() != self._shown_last:
            self._shown_last = last.row()
            if last.isValid():
                self.scrollTo(last)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the columns at what their texts need."""
        super().resizeEvent(event)
        self._fit_columns()

    def _span_titles(self) -> None:
        self.clearSpans()
        for row, line in enumerate(self._steps.lines):
            if line.is_head and line.title and not line.votes:
                width = len(StepColumn) if not line.seats else 2
                self.setSpan(row, StepColumn.PARTY, 1, width)

    def _fit_columns(self) -> None:
        """Give each column its widest text, the rest to the names; votes go where names would not be read."""
        small = sized(self.font(), SIZES.small, bold=True)
        widths = {column: self._widest(QFontMetrics(small), column) for column in StepColumn}
        room = self.viewport().width() - sum(widths[column] for column in list(StepColumn)[1:])
        self.setColumnHidden(StepColumn.VOTES, room < min(_NAMES, widths[StepColumn.PARTY] + 2 * _MARK))
        for column in list(StepColumn)[1:]:
            if self.columnWidth(column) != widths[column] and not self.isColumnHidden(column):
                self.setColumnWidth(column, widths[column])

    def _widest(self, metrics: QFontMetrics, column: int) -> int:
        spanned = column == StepColumn.PARTY
        texts = {getattr(line, _FIELDS[column]) for line in self._steps.lines if not (spanned and line.is_head)}
        longest = sorted(texts, key=len)[-3:]
        return max((metrics.horizontalAdvance(text) for text in longest), default=0) + 2 * SPACING.small
