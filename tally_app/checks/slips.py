"""Slips of typing one number: from what stands there to what may have stood on the paper.

All slips of many numbers at once, as arrays: the search for repairs asks for thousands of them. A number is written
without leading zeros; a slip that makes some (``1023`` without its 1, ``0`` and ``23``) is read as the smaller number.
"""

from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_Numbers = NDArray[np.int64]

LARGEST = 999_999_999_999
"""The largest figure that a cell takes."""


class Kind(StrEnum):
    """What went wrong; what fits by chance most seldom comes first."""

    TRANSPOSED = "transposed"
    """Two neighbouring digits changed places."""
    DOUBLED = "doubled"
    """A digit was typed twice: the true number has one fewer of two equal neighbours."""
    EXCHANGED = "exchanged"
    """One row's figures of two neighbouring columns changed places."""
    DROPPED = "dropped"
    """A digit is missing: the true number has one more."""
    CHANGED = "changed"
    """One digit is another one."""
    ENTERED_TWICE = "entered-twice"
    """A unit's row is another unit's, entered once more."""
    LEFT_OUT = "left-out"
    """A source's totals lack a unit or a region."""
    COUNTED_TWICE = "counted-twice"
    """A source's totals have a unit or a region twice."""


class Slips(NamedTuple):
    """Ways to slip, tried on every number of an array; one row a way."""

    kinds: NDArray[np.int8]
    """By way: the position of its kind in ``Kind``."""
    true: _Numbers
    """Ways × numbers: what would have stood there; meaningful where *possible*."""
    possible: NDArray[np.bool_]


def slips(value: int) -> list[tuple[int, Kind]]:
    """All true values from which one slip leads to *value*, each with its kind; each value once."""
    ways, kinds = all_slips(np.array([value], dtype=np.int64)), tuple(Kind)
    return [(int(ways.true[way, 0]), kinds[ways.kinds[way]]) for way in np.flatnonzero(ways.possible[:, 0])]


def all_slips(values: _Numbers) -> Slips:
    """Every slip of every number of a list; negative ones (not entered) have none. No true value comes twice."""
    longest = len(str(max(int(values.max(initial=0)), 0)))
    powers, everywhere = _powers(longest), _powers(len(str(LARGEST)))
    parts = (*_in_place(values, powers), _changed(values, powers), _dropped(values, everywhere))
    return Slips(
        np.concatenate([part.kinds for part in parts]),
        np.concatenate([part.true for part in parts]),
        np.concatenate([part.possible for part in parts]),
    )


def _in_place(values: _Numbers, powers: _Numbers) -> tuple[Slips, Slips]:
    """Two neighbouring digits changed places, or are one digit typed twice; *powers* are the right one's."""
    right, left = values // powers % 10, values // (10 * powers) % 10
    there = values >= 10 * powers
    leading = values < 100 * powers
    swapped = there & (left != right) & ~(leading & (right == 0))
    doubled = there & (left == right)
    doubled[1:] &= right[:-1] != right[1:]  # of three equal digits it does not matter which one is too many
    shorter = values // (10 * powers) * powers + values % powers
    return (
        _as_slips(Kind.TRANSPOSED, values + 9 * powers * (right - left), swapped),
        _as_slips(Kind.DOUBLED, shorter, doubled),
    )


def _changed(values: _Numbers, powers: _Numbers) -> Slips:
    digits: _Numbers = values // powers % 10
    there = values >= np.where(powers > 1, powers, 0)
    other: _Numbers = np.arange(10, dtype=np.int64)[:, None, None]
    leading_zero = (other == 0) & (powers > 1) & (values < 10 * powers)
    true: _Numbers = values + (other - digits) * powers
    return _as_slips(Kind.CHANGED, true, there & (digits != other) & ~leading_zero)


def _dropped(values: _Numbers, powers: _Numbers) -> Slips:
    """A digit stood at a place of the true number; zeros followed it if the number is short."""
    high, low = values // powers, values % powers
    digit: _Numbers = np.arange(10, dtype=np.int64)[:, None, None]
    true: _Numbers = (10 * high + digit) * powers + low
    possible = (values >= np.where(powers > 1, 0, 1)) & (true <= LARGEST) & ((digit > 0) | (high > 0))
    right = low[1:] // powers[:-1]  # beside an equal digit it does not matter on which side
    possible[:, 1:] &= right != digit
    return _as_slips(Kind.DROPPED, true, possible)


def _powers(places: int) -> _Numbers:
    return np.array([[10**place] for place in range(places)], dtype=np.int64)


def _as_slips(kind: Kind, true: _Numbers, possible: NDArray[np.bool_]) -> Slips:
    true = true.reshape(-1, true.shape[-1])
    kinds = np.full(len(true), list(Kind).index(kind), dtype=np.int8)
    return Slips(kinds, true, possible.reshape(true.shape))
