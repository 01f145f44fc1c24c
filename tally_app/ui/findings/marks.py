"""Marks of severity and of progress: each its own shape, so that colour is never the only difference."""

import math
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

from tally_app.checks.finding import Severity
from tally_app.ui.theme import COLOURS


class State(StrEnum):
    """What a mark says about a finding or a region."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    TELLING = "telling"
    """A note that stands out among the others."""
    ACCEPTED = "accepted"
    """A warning with a reason."""
    TYPING = "typing"
    GOOD = "good"
    BEGUN = "begun"
    EMPTY = "empty"
    SIGNED = "signed"


STATE_OF = {Severity.ERROR: State.ERROR, Severity.WARNING: State.WARNING, Severity.NOTE: State.NOTE}

_PENCIL = ((0.04, 0.96), (0.12, 0.68), (0.72, 0.08), (0.92, 0.28), (0.32, 0.88))
_TICK = ((0.1, 0.55), (0.38, 0.84), (0.92, 0.18))
_SCALLOPS = 9
_TRIANGLE = ((0.5, 0.04), (1.0, 0.94), (0.0, 0.94))


def paint_state(painter: QPainter, rect: QRectF, state: State) -> None:
    """Paint a mark that fills a square."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    colour = QColor(_COLOUR[state])
    if state is State.ERROR:
        painter.setBrush(colour)
        painter.drawEllipse(rect.adjusted(0.5, 0.5, -0.5, -0.5))
    elif state is State.WARNING:
        painter.setBrush(colour)
        painter.drawPolygon(_points(_TRIANGLE, rect))
    elif state is State.TYPING:
        painter.setBrush(colour)
        painter.drawPolygon(_points(_PENCIL, rect))
    elif state is State.SIGNED:
        _paint_seal(painter, rect, colour)
    elif state in (State.GOOD, State.ACCEPTED):
        painter.setPen(_pen(colour, rect.width() / 6))
        painter.drawPolyline(_points(_TICK, rect))
    else:
        _paint_ring(painter, rect.adjusted(1, 1, -1, -1), colour, state)
    painter.restore()


def paint_probable(painter: QPainter, left: int, right: int, y: int) -> None:
    """Paint a dotted line under a figure that is probably another one, as under a misspelt word."""
    painter.setPen(QPen(QColor(COLOURS.accent), 2, Qt.PenStyle.DotLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(left, y, right, y)


def state_icon(state: State, size: int, pixel_ratio: float) -> QIcon:
    """Return a mark as an icon of *size* px."""
    pixmap = QPixmap(QSize(size, size) * pixel_ratio)
    pixmap.setDevicePixelRatio(pixel_ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_state(painter, QRectF(0, 0, size, size), state)
    painter.end()
    return QIcon(pixmap)


def _paint_seal(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    """A scalloped disc with a tick: its outline tells it from every other mark."""
    centre, radius = rect.center(), rect.width() / 2
    corners = []
    for step in range(2 * _SCALLOPS):
        angle, reach = math.pi * step / _SCALLOPS, radius * (1.0 if step % 2 == 0 else 0.8)
        corners.append(centre + QPointF(reach * math.sin(angle), -reach * math.cos(angle)))
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF(corners))
    painter.setPen(_pen(QColor(COLOURS.base), rect.width() / 8))
    inner = rect.adjusted(radius * 0.55, radius * 0.6, -radius * 0.55, -radius * 0.6)
    painter.drawPolyline(_points(_TICK, inner))


def _paint_ring(painter: QPainter, rect: QRectF, colour: QColor, state: State) -> None:
    pen = _pen(colour, 1.4)
    if state is State.EMPTY:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([2.0, 1.6])
    painter.setPen(pen)
    painter.drawEllipse(rect)
    if state is State.TELLING:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        inner = rect.width() / 4
        painter.drawEllipse(rect.adjusted(inner, inner, -inner, -inner))
    if state is State.BEGUN:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPie(rect, 90 * 16, 180 * 16)


def _pen(colour: QColor, width: float) -> QPen:
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _points(corners: tuple[tuple[float, float], ...], rect: QRectF) -> QPolygonF:
    return QPolygonF([QPointF(rect.x() + rect.width() * x, rect.y() + rect.height() * y) for x, y in corners])


_COLOUR = {
    State.ERROR: COLOURS.bad,
    State.WARNING: COLOURS.warning,
    State.NOTE: COLOURS.muted,
    State.TELLING: COLOURS.ink,
    State.ACCEPTED: COLOURS.warning,
    State.TYPING: COLOURS.accent,
    State.GOOD: COLOURS.good,
    State.BEGUN: COLOURS.muted,
    State.EMPTY: COLOURS.muted,
    State.SIGNED: COLOURS.good,
}
