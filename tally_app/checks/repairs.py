"""The search for repairs, in slices: a window does it between two key presses, and drops it for a newer edit.

It reads the figures and changes none. ``hits.py`` finds the slips in single numbers that gain something,
``row_slips.py`` those with whole rows; ``judging.py`` looks at each of them, with the seats.
"""

from collections.abc import Generator, Iterator, Sequence
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from tally_app.checks.finding import Place
from tally_app.checks.hits import Best, Units, search
from tally_app.checks.judging import Judge, told
from tally_app.checks.repair import Repair, Repairs
from tally_app.checks.row_claims import row_claims
from tally_app.checks.row_slips import omissions, surplus
from tally_app.checks.scope import Scope
from tally_app.checks.seat_claims import SeatClaims, SeatsWith
from tally_app.checks.slips import Kind
from tally_app.checks.stated import Subject
from tally_app.count.statements import Statements
from tally_app.count.tally import Tally
from tally_app.election.election import Election

__all__ = ["Repair", "Repairs", "Search"]

MOST = 100
"""So many repairs are listed that make nothing right about their own unit: more help nobody."""
UNITS_AT_ONCE = 2048

_KINDS = list(Kind)
_Numbers = NDArray[np.int64]


class Search:
    """``work`` until it says that it is done, then ask for what was ``found``."""

    def __init__(
        self,
        election: Election,
        values: _Numbers,
        statements: Statements,
        seats_with: SeatsWith,
        regions: Sequence[int] | None = None,
    ) -> None:
        """*values*: units × columns, −1 = not entered. *regions*: look for slips in these only; None: everywhere."""
        self._election = election
        self._values = values
        self._statements = statements
        self._seats = SeatClaims(election, statements, seats_with)
        self._regions = regions
        self._tallies: list[Tally] = []
        self._votes: list[tuple[int, ...]] = []
        self._repairs: list[Repair] = []
        self._slices = self._run()
        self.found = Repairs()
        """What was found, once everything is searched."""

    def work(self, seconds: float | None = None) -> bool:
        """Search for so long, None: to the end; return whether everything is searched."""
        end = None if seconds is None else perf_counter() + seconds
        return all(end is None or perf_counter() < end for _ in self._slices)

    def _run(self) -> Iterator[None]:
        for region in range(len(self._election.regions)):
            self._tallies.append(self._count(region))
            self._votes.append(tuple(self._subject(None, self._tallies[region]).votes))
            yield
        chamber = Scope(self._subject(None, _together(self._tallies)))
        yield
        best = Best(MOST)
        for region in range(len(self._tallies)) if self._regions is None else self._regions:
            key, rows = self._election.regions[region].key, self._election.rows(region)
            scope = Scope(self._subject(key, self._tallies[region]), one_unit=len(rows) == 1)
            yield from self._search(self._judge(region, scope, chamber), best)
        if self._regions is None and len(self._tallies) > 1:
            self._search_regions(chamber)
        yield
        for hit, units in [*best.own, *best.others]:
            judge = self._judge(self._election.region_of(hit.row), units.region, chamber)
            yield from judge.prepare()
            self._add(judge.slip(hit, units))
            yield
        self.found = Repairs(tuple(sorted(self._repairs, key=_order)), best.more)

    def _judge(self, region: int, scope: Scope, chamber: Scope) -> Judge:
        return Judge(self._election, region, self._values, self._votes, scope, chamber, self._seats)

    def _search(self, judge: Judge, best: Best) -> Iterator[None]:
        rows = self._election.rows(judge.region)
        for first in range(0, len(rows), UNITS_AT_ONCE):
            start = rows.start + first
            block = self._values[start : min(start + UNITS_AT_ONCE, rows.stop)]
            claims = row_claims(self._election, judge.region, block, self._statements, first)
            yield
            units = Units(start, block, judge.scope, judge.chamber, claims)
            yield from search(units, best)
            yield from self._search_rows(judge, units)

    def _search_rows(self, judge: Judge, units: Units) -> Iterator[None]:
        """Whole rows: units entered twice, or that a source left out, or counted twice."""
        twice: list[int] = []
        for position in surplus(units.scopes, units.block):
            twin = yield from self._has_twin(units.first + position)
            if twin:
                yield from judge.prepare()
                self._add(judge.without(units.first + position))
                twice.append(position)
        if len(self._election.rows(judge.region)) > 1:
            for scope in units.scopes:
                for omission in omissions(scope, units.block):
                    if omission.position not in twice:  # the same sum, and two equal rows are the better reason
                        self._repairs.append(told(omission, judge.place(units.first + omission.position)))

    def _search_regions(self, chamber: Scope) -> None:
        """Whole regions that a source left out, or counted twice."""
        sums = np.array([[total or 0 for total in tally.sums] for tally in self._tallies], dtype=np.int64)
        for omission in omissions(chamber, sums):
            self._repairs.append(told(omission, Place(self._election.regions[omission.position].key)))

    def _has_twin(self, row: int) -> Generator[None, None, bool]:
        """Is there another unit with the same figures in every column?"""
        for first in range(0, len(self._values), 10 * UNITS_AT_ONCE):
            same = (self._values[first : first + 10 * UNITS_AT_ONCE] == self._values[row]).all(axis=1)
            if int(same.sum()) > int(first <= row < first + len(same)):
                return True
            yield
        return False

    def _add(self, repair: Repair) -> None:
        if repair.score > 0:  # seats may have taken away what the votes gained
            self._repairs.append(repair)

    def _count(self, region: int) -> Tally:
        rows = self._election.rows(region)
        block = self._values[rows.start : rows.stop]
        entered = [int(number) for number in (block >= 0).sum(axis=0)]
        sums = [int(number) for number in np.maximum(block, 0).sum(axis=0)]
        return _tally(sums, entered, len(block))

    def _subject(self, region: str | None, tally: Tally) -> Subject:
        return Subject(self._election, region, tally, (), (), self._statements.about(region))


def _tally(sums: Sequence[int], entered: Sequence[int], units: int) -> Tally:
    """Sums without the counts of forms, which nobody asks for here."""
    known = (total if there else None for total, there in zip(sums, entered, strict=True))
    return Tally(tuple(known), tuple(entered), units, 0, 0, 0, 0)


def _together(tallies: Sequence[Tally]) -> Tally:
    sums = [sum(total or 0 for total in totals) for totals in zip(*(tally.sums for tally in tallies), strict=True)]
    entered = [sum(numbers) for numbers in zip(*(tally.entered for tally in tallies), strict=True)]
    return _tally(sums, entered, sum(tally.units for tally in tallies))


def _order(repair: Repair) -> tuple[object, ...]:
    place = tuple(key or "" for key in repair.place)
    cells = tuple((*change.cell, change.new is None, change.new or 0) for change in repair.changes)
    return -repair.score, _KINDS.index(repair.kind), cells, place, repair.source or ""
