"""A table to read, not to edit: flat, as high as its rows, reached by Tab but never taking the focus from the form."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from tally_app.ui.theme import COLOURS, SPACING

AnyIndex = QModelIndex | QPersistentModelIndex
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class PlainTable(QTableView):
    """A read-only table that asks for the height of its rows, up to *most_rows*, and scrolls beyond."""

    def __init__(self, model: QAbstractItemModel, most_rows: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most_rows = most_rows
        self.setProperty("role", "plain")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setHighlightSections(False)
            header.setSectionsClickable(False)
        self.verticalHeader().setMinimumSectionSize(SPACING.row)
        self.verticalHeader().setDefaultSectionSize(SPACING.row)
        self.setModel(model)

    def fit_height(self) -> None:
        """Take the height of the header and the rows; call it when the number of rows may have changed."""
        rows = min(self.model().rowCount(), self._most_rows)
        header = self.horizontalHeader()
        height = rows * self.verticalHeader().defaultSectionSize()
        if not header.isHidden():
            height += header.minimumHeight() or header.sizeHint().height()
        bar = self.horizontalScrollBar()
        if bar.maximum() > 0 and self.horizontalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
            height += bar.sizeHint().height()
        self.setFixedHeight(height + 2 * self.frameWidth())


def underline(painter: QPainter, cell: QRect, colour: str = COLOURS.hairline) -> None:
    """Paint a hairline along the lower edge of a cell."""
    painter.fillRect(QRect(cell.left(), cell.bottom(), cell.width(), 1), QColor(colour))


class HairlineDelegate(QStyledItemDelegate):
    """Cells as the model says, with a hairline under each row."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Paint the cell, then the line below it."""
        super().paint(painter, option, index)
        underline(painter, option.rect, self.line_below(index))

    def line_below(self, _index: AnyIndex) -> str:
        """Colour of the line under a cell."""
        return COLOURS.hairline
