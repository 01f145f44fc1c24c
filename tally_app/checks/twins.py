"""Whole rows that are equal to another row: W502.

What is compared are the figures that ballots are sorted into (parties, blank, invalid) of complete units: registered
voters are often known beforehand, and differ where one form was keyed into two units. Rows are looked up by a 64-bit
hash in one array and compared by their figures; only the few rows that have a twin are kept by themselves.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from tally_app.checks.finding import Fact, Finding, Place
from tally_app.election.election import Election

CHANCE = 20
"""A row tells something where the product of 12 × each of its figures above 0 is at least (CHANCE × units)²: below
that a row of another unit is easily the same by chance (measured in ``docs/checks.md``)."""

_SPREAD = 12
_NO_HASH = np.uint64(0)
_SEED = np.uint64(0x9E3779B97F4A7C15)
_FACTOR = np.uint64(0xBF58476D1CE4E5B9)
_FOLD = np.uint64(29)
_PORTION = 65536
_FEW = 100
"""Rows that are brought up to date one by one; more of them all at once, with the whole book."""


Foreign = Mapping[str, tuple[str, str]]
"""Rows seen before, by ``row_key``: ``import`` or ``training``, and where the row stands there."""

_NOTHING: Foreign = {}
_KEY = re.compile(r"[0-9a-f]{32}")


class Twins:
    """Knows which rows of the book are equal to another one, or to a foreign one.

    *values*: units × columns, −1 = not entered: the book's own array, looked at and never written. Bringing one row up
    to date looks a few times through one array of a hash a unit.
    """

    def __init__(self, election: Election, values: NDArray[np.int64], foreign: Foreign = _NOTHING) -> None:
        self._election = election
        self._values = values
        self._foreign = foreign
        self._columns = list(election.ballot_columns)
        self._required = [index for index, column in enumerate(election.columns) if column.required]
        self._floor = (CHANCE * (election.unit_count + len(foreign))) ** 2
        self._known: dict[int, tuple[str, str]] = {}
        self._look_at_all()

    def refresh(self, rows: Collection[int]) -> frozenset[int]:
        """Bring rows up to date after the book has changed; return every row whose findings may differ now."""
        if len(rows) <= _FEW:
            return frozenset().union(*(self.put(row, _figures(self._values[row])) for row in rows))
        before = self._paired | self._known.keys()
        self._look_at_all()
        return frozenset(before | self._paired | self._known.keys())

    def put(self, row: int, figures: Sequence[int | None]) -> frozenset[int]:
        """Bring a row up to date after the book has changed; return every row whose findings may differ now."""
        touched = {row, *self._equal_hashes(row)}
        line = np.array([[-1 if value is None else value for value in figures]], dtype=np.int64)
        self._hashes[row] = self._hash(line)[0]
        touched.update(self._equal_hashes(row))
        for each in touched:
            (self._paired.add if self.of(each) else self._paired.discard)(each)
        self._known.pop(row, None)
        self._look_up(row)
        return frozenset(touched)

    @property
    def telling(self) -> int:
        """How many rows are compared: complete ones that are not easily the same by chance."""
        return int(np.count_nonzero(self._hashes))

    def of(self, row: int) -> list[int]:
        """Rows of the other units that have the same figures as this one, in row order."""
        own = self._values[row, self._columns]
        return [each for each in self._equal_hashes(row) if np.array_equal(self._values[each, self._columns], own)]

    def all_pairs(self) -> list[tuple[int, int]]:
        """Every two rows that are equal, the lower one first."""
        return [(row, other) for row in sorted(self._paired) for other in self.of(row) if row < other]

    def findings(self, region: int) -> Iterator[Finding]:
        """W502 about each unit of a region whose row is another unit's, or a foreign one."""
        rows = self._election.rows(region)
        for row in sorted(each for each in self._paired | self._known.keys() if each in rows):
            yield from self.findings_of(row)

    def findings_of(self, row: int) -> Iterator[Finding]:
        """W502 about one unit."""
        if row in self._paired and (others := self.of(row)):
            region = self._election.regions[self._election.region_of(others[0])].key
            unit = self._election.unit(others[0]).key
            yield self._finding(
                row, {"with": "unit", "other_region": region, "other_unit": unit, "others": len(others)}
            )
        if row in self._known:
            origin, label = self._known[row]
            yield self._finding(row, {"with": origin, "label": label})

    def _finding(self, row: int, facts: dict[str, Fact]) -> Finding:
        region = self._election.regions[self._election.region_of(row)].key
        return Finding("W502", Place(region, self._election.unit(row).key), facts)

    def _equal_hashes(self, row: int) -> list[int]:
        own = self._hashes[row]
        if own == _NO_HASH:
            return []
        return [each for each in np.flatnonzero(self._hashes == own).tolist() if each != row]

    def _look_at_all(self) -> None:
        portions = (self._values[start : start + _PORTION] for start in range(0, len(self._values), _PORTION))
        self._hashes = np.concatenate([self._hash(portion) for portion in portions])
        self._paired = self._find_all()
        self._known.clear()
        for row in np.flatnonzero(np.isin(self._hashes, _hashes_of(self._foreign))).tolist():
            self._look_up(row)

    def _find_all(self) -> set[int]:
        order = np.argsort(self._hashes, kind="stable")
        ordered = self._hashes[order]
        same = (ordered[1:] == ordered[:-1]) & (ordered[1:] != _NO_HASH)
        suspects = {*order[1:][same].tolist(), *order[:-1][same].tolist()}
        return {row for row in suspects if self.of(row)}

    def _look_up(self, row: int) -> None:
        if self._foreign and self._hashes[row] != _NO_HASH:
            known = self._foreign.get(row_key(self._election, _figures(self._values[row])))
            if known is not None:
                self._known[row] = known

    def _hash(self, rows: NDArray[np.int64]) -> NDArray[np.uint64]:
        """Return a hash of each row; 0 for one that is not complete, or that tells nothing."""
        figures = rows[:, self._columns]
        weight = np.ones(len(rows), dtype=np.int64)
        for column in figures.T:
            weight = _times(weight, column, self._floor)
        complete = (rows[:, self._required] >= 0).all(axis=1)
        return np.where(complete & (weight >= self._floor), _mixed(figures), _NO_HASH)


def row_key(election: Election, figures: Sequence[int | None]) -> str:
    """Return a digest of a row's figures [32 hex digits], the same for the same figures on the same form, anywhere.

    The first half is the hash that ``Twins`` looks for.
    """
    values = [figures[column] for column in election.ballot_columns]
    hashed = _mixed(np.array([[-1 if value is None else value for value in values]], dtype=np.int64))[0]
    keyed = (f"{election.columns[c].key}={value}" for c, value in zip(election.ballot_columns, values, strict=True))
    return f"{int(hashed):016x}{blake2b(chr(10).join(keyed).encode(), digest_size=8).hexdigest()}"


def _figures(row: NDArray[np.int64]) -> list[int | None]:
    return [None if value < 0 else value for value in row.tolist()]


def _hashes_of(foreign: Foreign) -> NDArray[np.uint64]:
    return np.array([int(key[:16], 16) for key in foreign if _KEY.fullmatch(key)], dtype=np.uint64)


def _mixed(figures: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Return a hash of each row of figures, never 0. Products wrap around on purpose."""
    hashes = np.full(len(figures), _SEED, dtype=np.uint64)
    for column in figures.T:
        hashes = (hashes ^ column.astype(np.uint64)) * _FACTOR
        hashes ^= hashes >> _FOLD
    return np.maximum(hashes, np.uint64(1))


def _times(weight: NDArray[np.int64], figures: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """Multiply by 12 × the figure where it is above 0, exactly, and no further than to *most*."""
    factor = np.where(figures > 0, np.minimum(figures, most) * _SPREAD, 1)
    return np.where(weight > (most - 1) // factor, most, weight * factor)
