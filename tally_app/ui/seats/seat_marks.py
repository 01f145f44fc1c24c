"""Seats in a row: a mark each while there is room, a bar of the right length otherwise."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from tally_app.ui.theme import COLOURS, MarkStyle, paint_mark

_LARGEST_PITCH = 18.0
_SMALLEST_PITCH = 11.0
_SMALLEST_STRETCH = 4.0
"""A gained or lost seat stays visible in a bar of many seats [px]."""


@dataclass(frozen=True, slots=True)
class MarkRow:
    """A party's seats, *gained* of them by the draft, and those *lost* by it. Without a party: open seats."""

    party: int | None
    colour: QColor
    seats: int
    gained: int = 0
    lost: int = 0


def paint_mark_row(painter: QPainter, area: QRectF, row: MarkRow, longest: int) -> None:
    """Paint the row of marks from the left.

    Args:
        painter: where to paint.
        area: the row's place.
        row: the seats.
        longest: marks in the longest row, so that all rows agree on the size of a mark or the length of a bar.
    """
    pitch = min(_LARGEST_PITCH, area.width() / max(1, longest))
    if pitch >= _SMALLEST_PITCH:
        _paint_marks(painter, area, row, pitch)
    elif row.seats or row.lost:
        _paint_bar(painter, area, row, longest)


def _paint_marks(painter: QPainter, area: QRectF, row: MarkRow, pitch: float) -> None:
    size = pitch - max(2.0, pitch / 5)
    kept = row.seats - row.gained
    plain: MarkStyle = "open" if row.party is None else "won"
    styles: list[MarkStyle] = [plain] * kept + ["gained"] * row.gained + ["lost"] * row.lost
    for position, style in enumerate(styles):
        centre = QPointF(area.left() + pitch * (position + 0.5), area.center().y())
        paint_mark(painter, _square(centre, size), row.party, row.colour, style)


def _paint_bar(painter: QPainter, area: QRectF, row: MarkRow, longest: int) -> None:
    mark = 12.0
    plain: MarkStyle = "open" if row.party is None else "won"
    paint_mark(painter, _square(QPointF(area.left() + mark / 2, area.center().y()), mark), row.party, row.colour, plain)
    bar = QRectF(area.left() + mark + 6, area.center().y() - 5, 0, 10)
    length = area.right() - bar.left() - 2 * _SMALLEST_STRETCH
    seat = length / longest
    gained = max(_SMALLEST_STRETCH, seat * row.gained) if row.gained else 0.0
    lost = max(_SMALLEST_STRETCH, seat * row.lost) if row.lost else 0.0
    bar.setWidth(max(1.0, seat * row.seats))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    if row.party is None:
        painter.setPen(QPen(row.colour, 1, Qt.PenStyle.DashLine))
        painter.drawRect(bar)
    else:
        painter.fillRect(bar, row.colour)
    if gained:
        painter.setPen(QPen(QColor(COLOURS.ink), 2))
        painter.drawRect(QRectF(bar.right() - gained, bar.top() - 1, gained + 1, bar.height() + 2))
    if lost:
        painter.setPen(QPen(row.colour, 1, Qt.PenStyle.DashLine))
        painter.drawRect(QRectF(bar.right() + 2, bar.top(), lost, bar.height() - 1))
    painter.restore()


def _square(centre: QPointF, size: float) -> QRectF:
    return QRectF(centre.x() - size / 2, centre.y() - size / 2, size, size)
