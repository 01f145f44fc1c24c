"""The quotient ladder as a grid: it shows the last seat and who is nearest to it without being asked."""

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from tally_app.document.results import RegionResult
from tally_app.ui.cell_text import CellText
from tally_app.ui.seats.plain_table import AnyIndex, PlainTable, underline
from tally_app.ui.seats.quotients import QuotientModel
from tally_app.ui.theme import COLOURS, SIZES, SPACING, sized

_MOST_ROWS = 9
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)


class _QuotientDelegate(QStyledItemDelegate):
    """Bold winners, hairlines, and the outlines of the last seat and of who is nearest to it."""

    def __init__(self, model: QuotientModel, font: QFont, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._text = CellText(font)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Paint the quotient, its ground and its frame."""
        look = self._model.look(index.row(), index.column())
        rect: QRect = option.rect
        painter.save()
        if look.ground is not None:
            painter.fillRect(rect, look.ground)
        ink = QColor(COLOURS.ink if look.won else COLOURS.muted)
        self._text.paint_whole(painter, rect, look.text, ink, _CENTRE, SIZES.small, bold=look.won)
        underline(painter, rect)
        painter.fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), QColor(COLOURS.hairline))
        pen = OUTLINES.get(look.outline)
        if pen is not None:
            colour, width, style = pen
            painter.setPen(QPen(QColor(colour), width, style, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin))
            inset = width // 2
            painter.drawRect(rect.adjusted(inset, inset, -1, -1))
        painter.restore()


OUTLINES: dict[str, tuple[str, int, Qt.PenStyle]] = {
    "last": (COLOURS.ink, 2, Qt.PenStyle.SolidLine),
    "nearest": (COLOURS.muted, 1, Qt.PenStyle.SolidLine),
    "tied": (COLOURS.ink, 1, Qt.PenStyle.DashLine),
}
"""How the frame of a value is drawn, by what is to be seen there."""


class LadderView(PlainTable):
    """The grid: the parties stay at the left while the divisors scroll."""

    def __init__(self, model: QuotientModel, parent: QWidget | None = None) -> None:
        super().__init__(model, _MOST_ROWS, parent)
        self._quotients = model
        self._shown_ends: tuple[object, ...] = ()
        self.setItemDelegate(_QuotientDelegate(model, self.font(), self))
        self.setAccessibleName(self.tr("Quotients"))
        small = sized(self.font(), SIZES.small)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setFont(small)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setMinimumSectionSize(SPACING.row - 2)
        self.verticalHeader().setDefaultSectionSize(SPACING.row - 2)
        self.horizontalHeader().setFixedHeight(SPACING.row - 3)

    def show_result(self, result: RegionResult) -> None:
        """Show a region's quotients; bring the last seat and its nearest contender into view when they moved."""
        self._quotients.show_result(result)
        self.fit_height()
        self.updateGeometries()
        self._fit_columns()
        ends = (self._quotients.nearest_cell(), self._quotients.last_cell())
        places = (result.region, *((end.row(), end.column()) for end in ends))
        if places != self._shown_ends:
            self._shown_ends = places
            self._show_ends()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns as long as they all fit."""
        super().resizeEvent(event)
        self._fit_columns()
        if event.size().width() != event.oldSize().width():
            self._show_ends()

    def _show_ends(self) -> None:
        """Scroll to the last seat, and as far as there is room to its contender."""
        for cell in (self._quotients.nearest_cell(), self._quotients.last_cell()):
            if cell.isValid():
                self.scrollTo(cell)

    def _fit_columns(self) -> None:
        count = self._quotients.columnCount()
        if count == 0:
            return
        natural = self._natural_widths(count)
        room = self.viewport().width()
        header = self.horizontalHeader()
        equal = max(natural) * count <= room
        spare = max(0, room - (0 if equal else sum(natural)))
        for column, width in enumerate(natural):
            share = spare // count + (column < spare % count)
            new = share if equal else width + share
            if header.sectionSize(column) != new:
                header.resizeSection(column, new)
        self.updateGeometries()
        self.fit_height()

    def _natural_widths(self, count: int) -> list[int]:
        metrics = QFontMetrics(sized(self.font(), SIZES.small, bold=True))
        widths = []
        for column in range(count):
            texts = list(self._quotients.widest_texts(column))
            texts.append(str(self._quotients.headerData(column, Qt.Orientation.Horizontal)))
            widths.append(metrics.horizontalAdvance(max(texts, key=len)) + SPACING.small)
        return widths
