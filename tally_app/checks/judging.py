"""Judging one slip of a region: which claims it makes right and wrong, and whether seats change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tally_app.checks.claims import Claim, Equation, Weights
from tally_app.checks.finding import Place
from tally_app.checks.hits import Hit, Units
from tally_app.checks.repair import Repair
from tally_app.checks.row_slips import Omission, taken_out
from tally_app.checks.scope import Scope, judge
from tally_app.checks.seat_claims import SeatClaims, added
from tally_app.checks.slips import Kind
from tally_app.count.figures import Cell, CellChange
from tally_app.election.election import Election


@dataclass(frozen=True)
class Judge:
    """What is needed to judge slips of one region. *votes*: Σ votes by party of every region."""

    election: Election
    region: int
    values: NDArray[np.int64]
    votes: Sequence[tuple[int, ...]]
    scope: Scope
    chamber: Scope
    seats: SeatClaims

    def place(self, row: int) -> Place:
        """Where a unit is, by its row."""
        return Place(self.election.regions[self.region].key, self.election.unit(row).key)

    def prepare(self) -> Iterator[None]:
        """Ask for the seats that the chamber's need, in slices."""
        yield from self.seats.prepare(self.votes)

    def slip(self, hit: Hit, units: Units) -> Repair:
        """Judge a change of one figure, or of two."""
        place = self.place(hit.row)
        own = units.equations(hit.row, place)
        if len(hit.weights) == 1:
            column = self.election.columns[hit.weights[0][0]]
            place = place._replace(party=column.key if column.party is not None else None, column=column.key)
        changes = (self._change(Cell(hit.row, column), times * hit.delta) for column, times in hit.weights)
        repair = Repair(tuple(Kind)[hit.kind], place, tuple(changes), 0, (), ())
        return self._judged(repair, hit.weights, hit.delta, own)

    def without(self, row: int) -> Repair:
        """Judge that a unit was entered twice: nothing is asked about the unit itself once it is empty."""
        figures = self.values[row].tolist()
        changes = (CellChange(Cell(row, column), old, None) for column, old in enumerate(figures) if old >= 0)
        repair = Repair(Kind.ENTERED_TWICE, self.place(row), tuple(changes), 0, (), ())
        return self._judged(repair, taken_out(figures), 1, ())

    def _judged(self, repair: Repair, weights: Weights, delta: int, own: Sequence[Equation]) -> Repair:
        parts = (judge(own, weights, delta), self.scope.judge(weights, delta), self.chamber.judge(weights, delta))
        before = self.votes[self.region]
        after = list(before)
        for column, times in weights:
            party = self.election.columns[column].party
            if party is not None:
                after[party] += times * delta
        seats = self.seats.seats(self.region, before), self.seats.seats(self.region, tuple(after))
        seats_fixed, seats_broken = self._seat_claims(*seats)
        aside = judge(self.scope.set_aside, weights, delta).broken
        fixed = (*(each for part in parts for each in part.fixed), *seats_fixed)
        broken = (*(each for part in parts for each in part.broken), *seats_broken)
        return Repair(
            kind=repair.kind,
            place=repair.place,
            changes=repair.changes,
            score=len(fixed) - len(broken),
            fixed=fixed,
            broken=broken,
            closer=tuple(each for part in parts for each in part.closer),
            set_aside=aside,
            seats_before=seats[0],
            seats_after=seats[1],
        )

    def _seat_claims(self, before: tuple[int, ...], after: tuple[int, ...]) -> tuple[list[Claim], list[Claim]]:
        """Stated seats that become right and wrong, as far as all votes are counted."""
        fixed: list[Claim] = []
        broken: list[Claim] = []
        if before == after:
            return fixed, broken
        if self.scope.subject.counted:
            own = self.seats.claims(self.election.regions[self.region].key, before, after)
            fixed, broken = [*fixed, *own[0]], [*broken, *own[1]]
        if self.chamber.subject.counted and self.seats.stated():
            now = {region: self.seats.seats(region, votes) for region, votes in enumerate(self.votes)}
            whole = self.seats.claims(None, added(now), added({**now, self.region: after}))
            fixed, broken = [*fixed, *whole[0]], [*broken, *whole[1]]
        return fixed, broken

    def _change(self, cell: Cell, difference: int) -> CellChange:
        old = int(self.values[cell])
        return CellChange(cell, old, old + difference)


def told(omission: Omission, place: Place) -> Repair:
    """What a source did with a unit or a region: nothing to enter, for the figures here are right."""
    claims = (each.claim((), 0) for each in omission.fixed)
    fixed = tuple(claim._replace(stated_after=claim.after) for claim in claims)
    return Repair(omission.kind, place, (), len(fixed), fixed, (), source=omission.source)
