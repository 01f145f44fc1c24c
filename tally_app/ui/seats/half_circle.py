"""The chamber as a half-circle of seats: parties from the left in ballot order, then open, then appointed seats."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from tally_app.document.results import ChamberResult
from tally_app.election.election import Election
from tally_app.ui.seats.wording import signed
from tally_app.ui.theme import COLOURS, SIZES, SPACING, MarkStyle, paint_mark, party_colour, sized
from tally_app.wording.half_circle import majority_angle, seat_points, seat_radius

_MARGIN = 6
_MOST_WIDTH = 640
_LINE_END = 6
_LARGEST_NUMBER = 48
_TEXT_ROOM = 44
"""Radius inside the seats under which the texts would touch them [px]."""


class PlannedSeat(NamedTuple):
    """Who sits there: a party, or None for an open seat (style ``open``) or an appointed one."""

    party: int | None
    style: MarkStyle


@dataclass(frozen=True, slots=True)
class SeatPlan:
    """All seats from the left, and how many make a majority of them."""

    seats: tuple[PlannedSeat, ...]
    majority: int


def seat_plan(election: Election, result: ChamberResult, committed: ChamberResult | None) -> SeatPlan:
    """Return who sits where; seats that the draft brought are ``gained``."""
    before = committed.seats if committed else result.seats
    changes = [now - then for now, then in zip(result.seats, before, strict=True)]
    losers = [party for party, change in enumerate(changes) if change < 0]
    seats: list[PlannedSeat] = []
    for party, count in enumerate(result.seats):
        gained = max(0, changes[party])
        block = [PlannedSeat(party, "won")] * (count - gained)
        new = [PlannedSeat(party, "gained")] * gained
        # A seat that moved is shown on the side it came from.
        seats += new + block if losers and losers[0] < party else block + new
    chamber = election.pack.chamber
    appointed = sum(each.seats for each in chamber.appointed)
    missing = max(result.open_seats, chamber.total_seats - appointed - len(seats))
    seats += [PlannedSeat(None, "open")] * missing
    seats += [PlannedSeat(None, "won")] * appointed
    return SeatPlan(tuple(seats), chamber.total_seats // 2 + 1)


class HalfCircle(QWidget):
    """Paints the chamber; the largest party's seats stand in the middle, beside the majority they are measured by."""

    def __init__(self, election: Election, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._election = election
        self._result: ChamberResult | None = None
        self._plan = SeatPlan((), 0)
        self._picture = QPixmap()
        self._pictured: tuple[object, ...] = ()
        """What the picture shows: seats, size, texts."""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumSize(120, 66)
        self.setAccessibleName(self.tr("Seats of the chamber"))

    @property
    def plan(self) -> SeatPlan:
        """The seats that are shown."""
        return self._plan

    def show_result(self, result: ChamberResult, committed: ChamberResult | None = None) -> None:
        """Show the chamber; *committed* is the same without the draft."""
        self._result = result
        plan = seat_plan(self._election, result, committed)
        if plan != self._plan:
            self._plan = plan
            self.update()
        self.setAccessibleDescription(self._description(result, committed))

    def hasHeightForWidth(self) -> bool:
        """Yes: a half-circle is half as high as wide."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Half the width, up to a largest size."""
        return min(width, _MOST_WIDTH) // 2 + _MARGIN

    def sizeHint(self) -> QSize:
        """A comfortable size in the side column."""
        return QSize(280, self.heightForWidth(280))

    def seat_rects(self) -> Sequence[QRectF]:
        """Where each seat of the plan is painted [px]."""
        scale, origin = self._scale(), self._origin()
        size = 2 * seat_radius(len(self._plan.seats)) * scale
        return [
            QRectF(origin.x() + point.x * scale - size / 2, origin.y() - point.y * scale - size / 2, size, size)
            for point in seat_points(len(self._plan.seats))
        ]

    def centre_texts(self) -> tuple[str, str, str]:
        """The three texts in the middle: the majority, the number, what it counts."""
        total = len(self._plan.seats)
        if self._result is None or total == 0:
            return "", "", ""
        majority = self.tr("majority {seats}").format(seats=self._plan.majority)
        leader = _leader(self._result.seats)
        if leader is None:
            return majority, f"{sum(self._result.seats):,}", self._filled_text(total)
        key = self._election.parties[leader].key
        return majority, f"{self._result.seats[leader]:,}", self.tr("{party} of {total}").format(party=key, total=total)

    def _filled_text(self, total: int) -> str:
        """Say of how many seats those are: appointed ones are never won."""
        appointed = sum(each.seats for each in self._election.pack.chamber.appointed)
        if not appointed:
            return self.tr("of {total} filled").format(total=f"{total:,}")
        return self.tr("of {total} elected filled").format(total=f"{total - appointed:,}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Show the picture; paint it anew only where it would be another one: hundreds of seats take a while."""
        wanted = (self._plan, self.size(), self.devicePixelRatioF(), self.centre_texts(), self.font())
        if wanted != self._pictured:
            self._picture = self._painted()
            self._pictured = wanted
        QPainter(self).drawPixmap(0, 0, self._picture)

    def _painted(self) -> QPixmap:
        """Paint the majority line, the seats and the texts."""
        picture = QPixmap(self.size() * self.devicePixelRatioF())
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_line(painter)
        grey = QColor(COLOURS.appointed)
        for seat, rect in zip(self._plan.seats, self.seat_rects(), strict=True):
            colour = grey if seat.party is None else party_colour(self._election, seat.party)
            paint_mark(painter, rect, seat.party, colour, seat.style)
        self._paint_texts(painter)
        painter.end()
        return picture

    def _paint_line(self, painter: QPainter) -> None:
        angle = self._majority_angle()
        if angle is None:
            return
        direction = QPointF(-math.cos(angle), -math.sin(angle))
        scale, origin = self._scale(), self._origin()
        pen = QPen(QColor(COLOURS.muted), 1.2)
        pen.setDashPattern([3, 2.5])
        painter.setPen(pen)
        painter.drawLine(
            origin + direction * (self._inner() * scale - _LINE_END), origin + direction * (scale + _MARGIN - 1)
        )

    def _paint_texts(self, painter: QPainter) -> None:
        majority, number, caption = self.centre_texts()
        room = self._inner() * self._scale()
        if not number or room < _TEXT_ROOM:
            return
        origin = self._origin()
        size = max(SIZES.entry, min(_LARGEST_NUMBER, round(room * 0.34)))
        large = sized(self.font(), size, bold=True)
        small = sized(self.font(), SIZES.small)
        height = QFontMetricsF(large).capHeight()
        base = origin.y() - SIZES.small - 6
        painter.setFont(large)
        painter.setPen(QColor(COLOURS.ink))
        self._centre(painter, number, base)
        painter.setFont(small)
        painter.setPen(QColor(COLOURS.muted))
        under_line = origin.y() - self._label_height(majority, room) + SIZES.small
        if under_line + SPACING.hair < base - height:
            self._centre(painter, majority, under_line, self._line_x())
        else:
            caption = f"{caption} · {majority}"
        self._centre(painter, caption, origin.y() - 2)

    def _label_height(self, text: str, room: float) -> float:
        """How high above the base the top of the majority's label is, its corners inside the seats [px]."""
        half = QFontMetricsF(sized(self.font(), SIZES.small)).horizontalAdvance(text) / 2 + abs(self._line_x())
        clear = room - SPACING.small
        return min(clear - _LINE_END, math.sqrt(max(0.0, clear**2 - half**2)))

    def _centre(self, painter: QPainter, text: str, baseline: float, shift: float = 0.0) -> None:
        width = QFontMetricsF(painter.font()).horizontalAdvance(text)
        painter.drawText(QPointF(self._origin().x() + shift - width / 2, baseline), text)

    def _line_x(self) -> float:
        """How far right of the middle the majority line ends [px]."""
        angle = self._majority_angle()
        return 0.0 if angle is None else -math.cos(angle) * self._inner() * self._scale()

    def _majority_angle(self) -> float | None:
        return majority_angle(len(self._plan.seats), self._plan.majority)

    def _inner(self) -> float:
        count = len(self._plan.seats)
        nearest = min((math.hypot(point.x, point.y) for point in seat_points(count)), default=1.0)
        return nearest - seat_radius(count)

    def _scale(self) -> float:
        return max(1.0, min(self.width() / 2 - 1, self.height() - _MARGIN, _MOST_WIDTH / 2))

    def _origin(self) -> QPointF:
        return QPointF(self.width() / 2, (self.height() + self._scale() + _MARGIN) / 2)

    def _description(self, result: ChamberResult, committed: ChamberResult | None) -> str:
        before = committed.seats if committed else result.seats
        parts = []
        for party, seats, then in zip(self._election.parties, result.seats, before, strict=True):
            if seats or then:
                change = f" ({signed(seats - then)})" if seats != then else ""
                parts.append(f"{party.key} {seats}{change}")
        if result.open_seats:
            parts.append(self.tr("open {seats}").format(seats=result.open_seats))
        appointed = sum(each.seats for each in self._election.pack.chamber.appointed)
        if appointed:
            parts.append(self.tr("appointed {seats}").format(seats=appointed))
        parts.append(self.tr("majority {seats}").format(seats=self._plan.majority))
        return ", ".join(parts)


def _leader(seats: Sequence[int]) -> int | None:
    """Return the party with the most seats, None if several have as many."""
    most = max(seats, default=0)
    return seats.index(most) if most and seats.count(most) == 1 else None
