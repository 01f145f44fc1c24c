"""From a region's sums to its result: who takes part, seats, a recorded lot, findings."""

from collections.abc import Iterable, Mapping

from tally_app.allocation.allocate import Allocation, allocate
from tally_app.allocation.rules import Ballots, Rules
from tally_app.checks.entry import check_waiting
from tally_app.checks.outcome import check_filled, check_lot, check_tie
from tally_app.checks.stated import Subject, check_stated
from tally_app.checks.turnout import check_region_turnout
from tally_app.count.statements import Statements
from tally_app.count.tally import Tally
from tally_app.document.lots import Lot, settle
from tally_app.document.results import RegionResult
from tally_app.election.election import Election


class Counting:
    """Computes the results of regions. *statements* and *lots* (by region key) are looked at each time."""

    def __init__(self, election: Election, statements: Statements, lots: Mapping[str, Lot]) -> None:
        self._election = election
        self._statements = statements
        self._lots = lots
        self.rules = Rules(election)

    def votes(self, tally: Tally) -> tuple[int, ...]:
        """Return Σ votes by party position; not entered counts as 0 here."""
        return tuple(tally.sums[column] or 0 for column in self._election.party_columns)

    def ballots(self, region: int, tally: Tally) -> Ballots:
        """Return what of a region counts for its seats: no votes for parties that do not stand there."""
        standing = self._election.standing[region]
        votes = tuple(own if stands else 0 for own, stands in zip(self.votes(tally), standing, strict=True))
        return Ballots(votes, *(self._field(tally, key) for key in ("blank", "cast", "registered")))

    def result(self, region: int, tally: Tally, everywhere: Ballots) -> RegionResult:
        """Return a region's result. *everywhere*: the ballots of all regions, this one as in *tally*."""
        election = self._election
        definition = election.regions[region]
        contest = self.rules.contest(region, self.ballots(region, tally), everywhere)
        allocation = allocate(contest)
        lot = self._lots.get(definition.key)
        if lot is not None:
            allocation = settle(election, contest, allocation, lot)
        stated = self._statements.about(definition.key)
        subject = Subject(election, definition.key, tally, allocation.seats, open_to([allocation]), stated)
        findings = (
            *check_tie(election, region, allocation, subject.counted),
            *check_filled(election, region, allocation, subject.counted),
            *check_lot(election, region, allocation, (lot.tied, lot.seats) if lot else None),
            *check_stated(subject),
            *check_region_turnout(election, region, tally),
            *check_waiting(definition.key, tally, "registered" in election.column_index),
        )
        return RegionResult(
            region=region,
            votes=self.votes(tally),
            contest=contest,
            sums=tally.sums,
            allocation=allocation,
            units=tally.units,
            begun=tally.begun,
            complete=tally.complete,
            findings=findings,
            lot=lot,
        )

    def _field(self, tally: Tally, key: str) -> int:
        column = self._election.column_index.get(key)
        return 0 if column is None else tally.sums[column] or 0


def open_to(allocations: Iterable[Allocation]) -> tuple[int, ...]:
    """Return how many seats more each party could win in open ties, by party position."""
    return tuple(
        map(
            sum,
            zip(*((high - own for own, high in zip(a.seats, a.most, strict=True)) for a in allocations), strict=True),
        )
    )


def together(ballots: Iterable[Ballots]) -> Ballots:
    """Add the ballots of regions up."""
    votes, blank, cast, registered = zip(*ballots, strict=True)
    return Ballots(tuple(map(sum, zip(*votes, strict=True))), sum(blank), sum(cast), sum(registered))


def replaced(everywhere: Ballots, before: Ballots, after: Ballots) -> Ballots:
    """Return the sum with one region's ballots exchanged."""
    votes = tuple(a - b + c for a, b, c in zip(everywhere.votes, before.votes, after.votes, strict=True))
    rest = (a - b + c for a, b, c in zip(everywhere[1:], before[1:], after[1:], strict=True))
    return Ballots(votes, *rest)
