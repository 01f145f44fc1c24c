"""Methods in which votes do not work in one direction: from one change of any comparison to the next.

Votes are written as lines: what they are, and how much more they are for each vote that is moved. The method itself
counts with them, and every comparison it makes says after how many votes its answer is another. Up to the nearest of
these nothing changes, so only there it is counted again: exact, without trying every number.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from tally_app.allocation.contest import Contest

Number = int | Fraction


@dataclass(slots=True)
class Clock:
    """After how many more votes (≥ 1) the first of all comparisons has another answer; None: never."""

    rings: int | None = None

    def set(self, votes: int) -> None:
        """Ring at the latest after so many votes."""
        self.rings = votes if self.rings is None else min(self.rings, votes)


class Line:
    """A number of votes that changes evenly; made for what the methods do with votes, and no more."""

    __slots__ = ("clock", "slope", "value")

    def __init__(self, value: Number, slope: Number, clock: Clock) -> None:
        self.value = value
        self.slope = slope
        self.clock = clock

    def sign(self) -> int:
        """Return 1, 0 or -1, and set the clock to where that changes."""
        value, slope = self.value, self.slope
        if value == 0 and slope:
            self.clock.set(1)
        elif (value > 0 > slope) or (value < 0 < slope):
            self.clock.set(-(value // slope))  # rounded up
        return (value > 0) - (value < 0)

    def __add__(self, other: "Line | Number") -> "Line":
        if isinstance(other, Line):
            return Line(self.value + other.value, self.slope + other.slope, self.clock)
        return Line(self.value + other, self.slope, self.clock)

    def __neg__(self) -> "Line":
        return Line(-self.value, -self.slope, self.clock)

    def __sub__(self, other: "Line | Number") -> "Line":
        return self + other * -1

    def __rsub__(self, other: Number) -> "Line":
        return -self + other

    def __mul__(self, other: Number) -> "Line":
        return Line(self.value * other, self.slope * other, self.clock)

    def __floordiv__(self, other: "Line") -> int:
        whole = int(self.value // other.value)
        (self - other * whole).sign()
        (self - other * (whole + 1)).sign()
        return whole

    def __rfloordiv__(self, other: Number) -> int:
        return Line(other, 0, self.clock) // self

    def __mod__(self, other: "Line") -> "Line":
        return self - other * (self // other)

    def __rmod__(self, other: Number) -> "Line":
        return Line(other, 0, self.clock) % self

    def __bool__(self) -> bool:
        return self.sign() != 0

    def __lt__(self, other: "Line | Number") -> bool:
        return (self - other).sign() < 0

    def __le__(self, other: "Line | Number") -> bool:
        return (self - other).sign() <= 0

    def __gt__(self, other: "Line | Number") -> bool:
        return (self - other).sign() > 0

    def __ge__(self, other: "Line | Number") -> bool:
        return (self - other).sign() >= 0

    def __eq__(self, other: object) -> bool:
        """Ask of a number: is it equal now? Of a line: is it the same, now and later?"""
        if isinstance(other, Line):
            return self.value == other.value and self.slope == other.slope
        return isinstance(other, Number) and (self - other).sign() == 0

    def __hash__(self) -> int:
        return hash((self.value, self.slope))

    __radd__ = __add__
    __rmul__ = __mul__


def first_by_lines(
    contest: Contest, change: Mapping[int, int], highest: int, holds: Callable[[Contest], bool]
) -> int | None:
    """Return the fewest votes, from 1 to *highest*, after which *holds* is true; None: there are none.

    Args:
        contest: of a method that only adds, multiplies, divides to whole numbers and compares.
        change: by list, what one vote moved is for it: 1 or -1.
        highest: where to stop.
        holds: counts a contest and asks something about its seats.
    """
    moved = 1
    while moved <= highest:
        clock = Clock()
        votes = tuple(
            Line(own + moved * change.get(party, 0), change.get(party, 0), clock)
            for party, own in enumerate(contest.votes)
        )
        if holds(contest.with_votes(cast("tuple[int, ...]", votes))):
            return moved
        if clock.rings is None:
            return None
        moved += clock.rings
    return None
