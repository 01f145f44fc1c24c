"""Two neighbouring columns of a form that look exchanged: W501.

What is expected of a cell is the median share of its column in the other complete units × this row's ballots. Medians
are found for all rows at once by sorting shares as floats, which orders them exactly below ``_MOST`` ballots. What
decides is computed again in integers, for the few pairs that may be a finding.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tally_app.checks.finding import Fact, Finding, Place
from tally_app.count.rounding import rounded
from tally_app.election.election import Election

OTHERS = 3
"""Complete units that there must be beside the one that is looked at."""

_MOST = 2**26
"""Two different shares of totals below this are 2^-52 apart or more, so that float64 tells them apart. Units with more
ballots than that (67 million) are left out."""

_SLACK = 1e-9
_Rows = NDArray[np.int64]


class _Medians(NamedTuple):
    """For each compared row, the two rows in the middle of the others (one and the same, if their number is odd)."""

    low: _Rows
    high: _Rows


class _Pair(NamedTuple):
    """One row's figures in two neighbouring columns, and what is expected there."""

    values: tuple[int, int]
    expected: tuple[Fraction, Fraction]

    def swapped(self, factor: int, difference: int) -> bool:
        """Do they look swapped: as they are both far off, in opposite directions; exchanged, neither?"""
        (one, other), (expected, beside) = self.values, self.expected
        if abs(one - other) < difference:
            return False
        opposite = (one > factor * expected and factor * other < beside) or (
            factor * one < expected and other > factor * beside
        )
        return opposite and _inside(other, expected, factor) and _inside(one, beside, factor)


def check_swapped(election: Election, region: int, block: _Rows) -> Iterator[Finding]:
    """W501: two neighbouring columns of a complete unit look swapped.

    *block*: the region's units × columns, −1 = not entered. O(n log n) for each column of n units.
    """
    columns = _columns(election, region)
    compared = _compared(election, columns, block)
    if len(compared) <= OTHERS:
        return
    figures = block[compared][:, columns]
    totals = figures.sum(axis=1)
    medians = [_medians(figures[:, column] / totals) for column in range(len(columns))]
    expected = np.stack([_expected(figures[:, c], totals, each) for c, each in enumerate(medians)], axis=1)
    limits, start = election.pack.checks, election.starts[region]
    for row, first in _candidates(figures, expected, limits.swap_factor, limits.swap_difference):
        pair = _Pair(
            (int(figures[row, first]), int(figures[row, first + 1])),
            (
                _exact(figures[:, first], totals, medians[first], row),
                _exact(figures[:, first + 1], totals, medians[first + 1], row),
            ),
        )
        if pair.swapped(limits.swap_factor, limits.swap_difference):
            keys = [election.columns[columns[column]].key for column in (first, first + 1)]
            yield _finding(election, region, start + int(compared[row]), keys, pair, len(compared) - 1)


def _finding(election: Election, region: int, row: int, keys: list[str], pair: _Pair, units: int) -> Finding:
    party = keys[0] if keys[0] in election.party_index else None
    place = Place(election.regions[region].key, election.unit(row).key, party, keys[0])
    expected = [int(rounded(each.numerator, each.denominator, 0)) for each in pair.expected]
    facts: dict[str, Fact] = {
        "column": keys[0],
        "neighbour": keys[1],
        "values": list(pair.values),
        "expected": expected,
        "units": units,
    }
    return Finding("W501", place, facts)


def _columns(election: Election, region: int) -> list[int]:
    """Required columns that ballots are sorted into, in form order, without parties that do not stand here."""
    standing = election.standing[region]
    columns = ((index, election.columns[index]) for index in election.ballot_columns)
    return [index for index, column in columns if column.required and (column.party is None or standing[column.party])]


def _compared(election: Election, columns: list[int], block: _Rows) -> NDArray[np.intp]:
    """Rows of the complete units that have ballots."""
    required = [index for index, column in enumerate(election.columns) if column.required]
    whole = (block[:, required] >= 0).all(axis=1)
    totals = block[:, columns].sum(axis=1)
    return np.flatnonzero(whole & (totals > 0) & (totals < _MOST))


def _medians(shares: NDArray[np.float64]) -> _Medians:
    """Leave each row out in turn: which rows hold the median of the others?"""
    order = np.argsort(shares, kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    others = len(shares) - 1
    low, high = (others - 1) // 2, others // 2
    return _Medians(order[low + (rank <= low)], order[high + (rank <= high)])


def _expected(votes: _Rows, totals: _Rows, medians: _Medians) -> NDArray[np.float64]:
    shares = votes / totals
    return np.asarray((shares[medians.low] + shares[medians.high]) / 2 * totals)


def _exact(votes: _Rows, totals: _Rows, medians: _Medians, row: int) -> Fraction:
    low, high = (Fraction(int(votes[middle[row]]), int(totals[middle[row]])) for middle in medians)
    return (low + high) / 2 * int(totals[row])


def _candidates(
    figures: _Rows, expected: NDArray[np.float64], factor: int, difference: int
) -> Iterator[tuple[int, int]]:
    """Rows and first columns of the pairs that may be swapped: what decides, a little looser."""
    above = figures * (1 + _SLACK) > factor * expected
    below = factor * figures * (1 - _SLACK) < expected
    far = np.abs(figures[:, 1:] - figures[:, :-1]) >= difference
    opposite = (above[:, :-1] & below[:, 1:]) | (below[:, :-1] & above[:, 1:])
    rows, columns = np.nonzero(far & opposite)
    yield from zip(rows.tolist(), columns.tolist(), strict=True)


def _inside(votes: int, expected: Fraction, factor: int) -> bool:
    return expected <= factor * votes and votes <= factor * expected
