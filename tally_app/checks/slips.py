"""Slips of typing one number: from what stands there to what may have stood on the paper.

All slips of many numbers at once, as arrays: the search for repairs asks for thousands of them. A number is written
without leading zeros; a slip that makes some (``1023`` without its 1, ``0`` and ``23``) is read as the smaller number.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_Numbers = NDArray[np.int64]

LARGEST = 999_999_999_999
"""The largest figure that a cell takes."""


class Kind(StrEnum):
    """What went wrong. The first four happen in one number."""

    TRANSPOSED = "transposed"
    """Two neighbouring digits changed places."""
    DOUBLED = "doubled"
    """A digit was typed twice: the true number has one fewer of two equal neighbours."""
    DROPPED = "dropped"
    """A digit is missing: the true number has one more."""
    CHANGED = "changed"
    """One digit is another one."""
    EXCHANGED = "exchanged"
    """One row's figures of two neighbouring columns changed places."""
    ENTERED_TWICE = "entered-twice"
    """A unit's row is another unit's, entered once more."""
    LEFT_OUT = "left-out"
    """A source's totals lack a unit or a region."""
    COUNTED_TWICE = "counted-twice"
    """A source's totals have a unit or a region twice."""


class Slips(NamedTuple):
    """One way to slip, tried on every number of an array."""

    kind: Kind
    true: _Numbers
    """What would have stood there; meaningful where *possible*."""
    possible: NDArray[np.bool_]


def slips(value: int) -> list[tuple[int, Kind]]:
    """All true values from which one slip leads to *value*, each with its kind; each value once."""
    ways = all_slips(np.array([value], dtype=np.int64))
    return [(int(way.true[0]), way.kind) for way in ways if way.possible[0]]


def all_slips(values: _Numbers) -> Iterator[Slips]:
    """Every way to slip, for all *values* at once; negative ones (not entered) have none. No true value comes twice."""
    longest = len(str(max(int(values.max(initial=0)), 0)))
    for place in range(longest):
        yield from _in_place(values, place)
        yield from _changed(values, place)
    for place in range(len(str(LARGEST))):
        yield from _dropped(values, place)


def _in_place(values: _Numbers, place: int) -> Iterator[Slips]:
    """Two neighbouring digits changed places, or are one digit typed twice; *place* is the right one's."""
    power = 10**place
    right, left = values // power % 10, values // (10 * power) % 10
    there = values >= 10 * power
    leading = values < 100 * power
    swapped = there & (left != right) & ~(leading & (right == 0))
    yield Slips(Kind.TRANSPOSED, values + 9 * power * (right - left), swapped)
    doubled = there & (left == right)
    if place:  # of three equal digits it does not matter which one is too many
        doubled &= values // (power // 10) % 10 != right
    yield Slips(Kind.DOUBLED, values // (10 * power) * power + values % power, doubled)


def _changed(values: _Numbers, place: int) -> Iterator[Slips]:
    power = 10**place
    digit = values // power % 10
    there = values >= (power if place else 0)
    leading = values < 10 * power
    for other in range(10):
        possible = there & (digit != other)
        if place and other == 0:
            possible &= ~leading
        yield Slips(Kind.CHANGED, values + (other - digit) * power, possible)


def _dropped(values: _Numbers, place: int) -> Iterator[Slips]:
    """A digit stood at *place* of the true number, counted from the right; zeros followed it if the number is short."""
    power = 10**place
    high, low = values // power, values % power
    there = values >= (0 if place else 1)
    right = low // (power // 10) if place else None
    for digit in range(10):
        true = (10 * high + digit) * power + low
        possible = there & (true <= LARGEST)
        if digit == 0:
            possible &= high > 0
        if right is not None:  # beside an equal digit it does not matter on which side
            possible &= right != digit
        yield Slips(Kind.DROPPED, true, possible)
