"""Where the seats of a chamber are in a half-circle, the same on the screen and on paper."""

import math
from functools import lru_cache
from typing import NamedTuple

from parliamentarch.geometry import FillingStrategy, get_nrows_from_nseats, get_row_thickness, get_seats_centers

_LARGEST_SEAT = 0.07
_SEAT_SHARE = 0.86


class SeatPoint(NamedTuple):
    """Centre of a seat in a half-circle of radius 1: *x* from −1 to 1, *y* upwards, *angle* 0 at the left to π."""

    x: float
    y: float
    angle: float


@lru_cache(maxsize=64)
def seat_points(count: int) -> tuple[SeatPoint, ...]:
    """Return the centres of *count* seats from the left to the right."""
    if count <= 0:
        return ()
    # Outer rows first: few seats get one clean arc, and the middle stays free for the number.
    centres = get_seats_centers(count, filling_strategy=FillingStrategy.EMPTY_INNER)
    points = [SeatPoint(x - 1, y, math.pi - angle) for (x, y), angle in centres.items()]
    return tuple(sorted(points, key=_from_the_left))


def _from_the_left(point: SeatPoint) -> tuple[float, float]:
    return round(point.angle, 9), point.x**2 + point.y**2


@lru_cache(maxsize=64)
def seat_radius(count: int) -> float:
    """Radius of a seat where the half-circle's is 1."""
    thickness: float = get_row_thickness(get_nrows_from_nseats(max(1, count)))
    return min(_LARGEST_SEAT, thickness * _SEAT_SHARE)


def majority_angle(count: int, needed: int) -> float | None:
    """Return the angle between the last seat of a majority from the left and the next; None: there is no such place."""
    points = seat_points(count)
    if not 0 < needed < len(points):
        return None
    return (points[needed - 1].angle + points[needed].angle) / 2
