"""Column headings in two lines: above, the party with its colour over its three columns; below, what each holds."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from tally_app.ui.regions.table_model import TableModel
from tally_app.ui.theme import COLOURS, SIZES, SPACING, paint_mark, party_colour, sized

_STRIPE = 4
_MARK = 10
PAD = 6
"""Air on the right of figures and headings [px]."""
AIR = 4
"""The least on their left [px]."""


class GroupHeader(QHeaderView):
    """Paints the headings of a ``TableModel``."""

    def __init__(self, model: TableModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._table = model
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(20)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def sizeHint(self) -> QSize:
        """Ask for the stripe and two lines."""
        upper, lower = self._metrics()
        return QSize(super().sizeHint().width(), _STRIPE + upper.height() + lower.height() + 2 * SPACING.small)

    def setOffset(self, offset: int) -> None:
        """Repaint everything on scrolling: a party's name stays in sight as long as one of its columns is."""
        super().setOffset(offset)
        self.viewport().update()

    def needed_width(self, section: int) -> int:
        """Return how much a column's heading takes [px]."""
        _, lower = self._metrics()
        return lower.horizontalAdvance(self._table.heading(self._table.columns[section])) + PAD + AIR

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint one column's share of its group, and its own heading."""
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, QColor(COLOURS.base))
        party = self._table.columns[section].party
        if party is not None:
            self._paint_group(painter, party)
        if starts_group(self._table, section):
            painter.setPen(QColor(COLOURS.border))
            painter.drawLine(rect.topLeft(), rect.bottomLeft())
        painter.setPen(QColor(COLOURS.border))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        _, lower = self._metrics()
        line = QRect(rect.x(), rect.bottom() - lower.height() - SPACING.small, rect.width() - PAD, lower.height())
        painter.setFont(sized(self.font(), SIZES.note))
        painter.setPen(QColor(COLOURS.muted))
        heading = self._table.heading(self._table.columns[section])
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, heading)
        painter.restore()

    def _paint_group(self, painter: QPainter, party: int) -> None:
        upper, _ = self._metrics()
        members = [index for index, column in enumerate(self._table.columns) if column.party == party]
        left = self.sectionViewportPosition(members[0])
        right = self.sectionViewportPosition(members[-1]) + self.sectionSize(members[-1])
        colour = party_colour(self._table.election, party)
        painter.fillRect(QRect(left + 1, 0, right - left - 1, _STRIPE), colour)
        start = max(left, 0) + PAD + 2
        top = _STRIPE + SPACING.small // 2
        mark = QRect(start, top + (upper.height() - _MARK) // 2, _MARK, _MARK)
        paint_mark(painter, mark.toRectF(), party, colour, "won")
        text = QRect(start + _MARK + PAD, top, right - start - _MARK - 2 * PAD, upper.height())
        definition = self._table.election.parties[party]
        painter.setFont(sized(self.font(), SIZES.base, bold=True))
        painter.setPen(QColor(COLOURS.ink))
        key = upper.elidedText(definition.key, Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, key)

    def _metrics(self) -> tuple[QFontMetrics, QFontMetrics]:
        return QFontMetrics(sized(self.font(), SIZES.base, bold=True)), QFontMetrics(sized(self.font(), SIZES.note))


def starts_group(model: TableModel, section: int) -> bool:
    """Does a line belong on the left of a column: does another party, or no party, begin there?"""
    return section > 0 and model.columns[section].party != model.columns[section - 1].party


class RowHeader(QHeaderView):
    """Paints the names of a ``TableModel``'s rows on the ground its figures have."""

    def __init__(self, model: TableModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._table = model
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint one row's name."""
        painter.save()
        painter.fillRect(rect, QColor(self._table.ground(section)))
        painter.setPen(QColor(COLOURS.hairline))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(QColor(COLOURS.ink))
        font = sized(self.font(), SIZES.base, self._table.emphasised(section))
        painter.setFont(font)
        inner = rect.adjusted(SPACING.large - 4, 0, -SPACING.small, 0)
        text = QFontMetrics(font).elidedText(self._table.row_name(section), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()
