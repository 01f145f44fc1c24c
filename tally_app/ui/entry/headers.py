"""Headings of the grid: a party's colour over its column, and the units' names, always in sight."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from tally_app.election.election import Election
from tally_app.ui.entry.delegate import TONES
from tally_app.ui.entry.looks import LOOK_ROLE, UNIT_ROLE, Look, UnitLine
from tally_app.ui.theme import COLOURS, SIZES, SPACING, party_colour, sized

_STRIPE = 3
_NAME_SIZE = 14
_NAME_SHARE = 0.58  # of the row's height, where a line about the unit stands below its name
_MARK_ROOM = 30  # the row sum's heading stands over its figures, left of the marks


class ColumnHeader(QHeaderView):
    """Column headings; a party's has its ballot number and its colour."""

    def __init__(self, election: Election, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._election = election
        self.setFixedHeight(34)
        self.setSectionsClickable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint one heading."""
        look: Look | None = self.model().headerData(section, Qt.Orientation.Horizontal, LOOK_ROLE)
        text = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        painter.save()
        _ground(painter, rect)
        margin = _MARK_ROOM if look is not None and look.margin else SPACING.medium
        inner = rect.adjusted(SPACING.small, _STRIPE, -margin, 0)
        number = ""
        if look is not None and look.party is not None:
            stripe = QRect(rect.left(), rect.top(), rect.width() - 1, _STRIPE)
            painter.fillRect(stripe, party_colour(self._election, look.party))
            number, _, text = text.partition("  ")
        painter.setFont(sized(self.font(), SIZES.note, bold=True))
        painter.setPen(QColor(COLOURS.ink))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, right, shown)
        if number:
            width = painter.fontMetrics().horizontalAdvance(shown)
            painter.setFont(sized(self.font(), SIZES.note))
            painter.setPen(QColor(COLOURS.muted))
            painter.drawText(inner.adjusted(0, 0, -width - 7, 0), right, number)
        painter.restore()


class UnitHeader(QHeaderView):
    """Row headings: the units' names, left, elided, with the whole name as a tooltip; and their state."""

    opened = Signal(int)
    """A click on a unit's state about which something can be done; its row."""

    def __init__(self, bold: bool = False, raised: int | None = None, parent: QWidget | None = None) -> None:
        """*raised*: the row whose name stands in the upper half, because something stands below it."""
        super().__init__(Qt.Orientation.Vertical, parent)
        self._bold = bold
        self._raised = raised
        self.setSectionsClickable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(36)

    def raise_row(self, row: int | None) -> None:
        """Let the name of a row stand in its upper half, because something stands below it."""
        self._raised = row
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """Leave the width to whoever fixes it."""
        return QSize(self.minimumWidth(), super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint one name."""
        text = str(self.model().headerData(section, Qt.Orientation.Vertical) or "")
        painter.save()
        _ground(painter, rect)
        inner = rect.adjusted(SPACING.medium + 2, 0, -SPACING.small, 0)
        line: UnitLine | None = self.model().headerData(section, Qt.Orientation.Vertical, UNIT_ROLE)
        if section == self._raised:
            inner.setHeight(inner.height() * 3 // 5)
        elif line is not None and line.text:
            below = inner.adjusted(0, int(inner.height() * _NAME_SHARE) - 2, 0, -3)
            inner.setHeight(int(inner.height() * _NAME_SHARE) + 1)
            self._paint_line(painter, below, line)
        painter.setFont(sized(self.font(), _NAME_SIZE, self._bold))
        painter.setPen(QColor(COLOURS.ink))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do something about a unit whose state asks for it."""
        section = self.logicalIndexAt(event.position().toPoint())
        line: UnitLine | None = self.model().headerData(section, Qt.Orientation.Vertical, UNIT_ROLE)
        if line is not None and line.opens:
            self.opened.emit(section)
        super().mouseReleaseEvent(event)

    def _paint_line(self, painter: QPainter, rect: QRect, line: UnitLine) -> None:
        painter.setFont(sized(self.font(), SIZES.small))
        painter.setPen(QColor(TONES[line.tone]))
        shown = painter.fontMetrics().elidedText(line.text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def _ground(painter: QPainter, rect: QRect) -> None:
    painter.fillRect(rect, QColor(COLOURS.raised))
    painter.setPen(QColor(COLOURS.hairline))
    painter.drawLine(rect.topRight(), rect.bottomRight())
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())
