"""What other methods would give: the same votes, thresholds, limits and alliances, and only the method exchanged."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from time import perf_counter
from typing import NamedTuple

from tally_app.allocation.allocate import Allocation, allocate
from tally_app.allocation.contest import Contest
from tally_app.allocation.methods import Method, Quota, Special
from tally_app.allocation.outcome import Policy, Problem, Tie
from tally_app.allocation.rules import Ballots, Rules, method_of
from tally_app.document.live import LiveResults
from tally_app.election.election import Election
from tally_app.election.model import MethodName, Rule

USUAL: tuple[MethodName, ...] = ("dhondt", "sainte-lague", "hare", "droop", "quota-highest-average")
"""Methods to begin with, those that most laws have."""
MOST_STEPS = 10_000
"""Methods that go from seat to seat are not asked for more seats: somebody is waiting for the answer."""


class Choice(NamedTuple):
    """A method to compare with; *parameter*: of ``stationary`` only, an exact fraction from 0 to 1."""

    method: MethodName
    parameter: str | None = None

    @property
    def rule(self) -> Rule:
        """The method as a rule without conditions."""
        return Rule(self.method, self.parameter)


class Barred(StrEnum):
    """Why a method cannot be asked."""

    CONDITIONS = "conditions"
    """It knows no minimum, no held seats and no alliances."""
    TIES = "ties"
    """Nothing but lots settles its ties, and the law has another policy."""
    TOO_MANY_SEATS = "too-many-seats"
    """It would take too long."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a method gives in a region, or in the chamber, beside what the election's own rule gives."""

    seats: tuple[int, ...]
    """Certain seats, by party position; all 0 where the method is barred."""
    changes: tuple[int, ...]
    """The same minus what is certain by the own rule."""
    moved: int
    """Seats that parties win more by it; in the chamber: in each region, added up."""
    changed: bool
    """Is anything different, open seats included? In the chamber: in any region."""
    tied: int = 0
    """Seats that a lot would decide."""
    unfilled: int = 0
    problem: Problem | None = None
    barred: Barred | None = None
    tie: Tie | None = None
    """A region's tie."""

    @property
    def open_seats(self) -> int:
        """Seats that no party holds for certain."""
        return self.tied + self.unfilled


class Own(NamedTuple):
    """What the election's own rule gives."""

    seats: tuple[int, ...]
    open_seats: int
    tie: Tie | None = None


def own_choice(rule: Rule) -> Choice:
    """Return the election's own method."""
    return Choice(rule.method, rule.parameter)


def usual_choices(rule: Rule) -> list[Choice]:
    """Return the methods to begin with, without the election's own."""
    return [Choice(method) for method in USUAL if not same_method(Choice(method), own_choice(rule))]


def same_method(one: Choice, other: Choice) -> bool:
    """Do two choices mean the same method, however its parameter is written?"""
    return one.method == other.method and Fraction(one.parameter or 0) == Fraction(other.parameter or 0)


def compare(election: Election, live: LiveResults, choices: Sequence[Choice]) -> "Comparison":
    """Compare at once: what every method gives in every region."""
    comparison = Comparison(election, live, choices)
    comparison.work()
    return comparison


class Comparison:
    """Outcomes by region and method; the first is the election's own rule as counted, with its lots.

    A region whose votes changed is computed anew by ``work``, in portions if there are many; until then it is shown as
    it was. A recorded lot counts for the own rule only: it was drawn for its tie.
    """

    def __init__(self, election: Election, live: LiveResults, choices: Sequence[Choice]) -> None:
        self._election = election
        self._live = live
        self._rules = Rules(election)
        self.choices = (own_choice(election.pack.rule), *choices)
        self._methods = tuple(method_of(choice.rule) for choice in self.choices)
        self._waiting = dict.fromkeys(range(len(election.regions)))
        self._rows: list[tuple[Outcome, ...] | None] = [None] * len(election.regions)
        self._sums = [_Sum(len(election.parties)) for _ in self.choices]
        self._votes: list[tuple[int, ...]] = [(0,) * len(election.parties)] * len(election.regions)
        self._all_votes = [0] * len(election.parties)
        self._whole: tuple[Outcome, ...] | None = None

    @property
    def waiting(self) -> int:
        """Regions that are still to be computed."""
        return len(self._waiting)

    @cached_property
    def seats(self) -> int:
        """Seats to fill in all regions."""
        return sum(region.seats for region in self._election.regions)

    def refresh(self, regions: Iterable[int]) -> None:
        """Let regions be computed anew; all, where votes in one can decide who takes part in another."""
        self._waiting |= dict.fromkeys(range(len(self._rows)) if self._rules.spans_chamber else regions)
        self._whole = None

    def work(self, seconds: float | None = None) -> list[int]:
        """Compute regions that are waiting, for so long; return their positions. None: all of them."""
        end = None if seconds is None else perf_counter() + seconds
        done: list[int] = []
        for region in list(self._waiting):
            self._compute(region)
            del self._waiting[region]
            done.append(region)
            if end is not None and perf_counter() > end:
                break
        return done

    def region(self, region: int) -> tuple[Outcome, ...] | None:
        """Return what each method gives in a region; None: not computed yet."""
        return self._rows[region]

    def chamber(self) -> tuple[Outcome, ...]:
        """Return what each method gives in all regions together, as far as they are computed."""
        own = self._sums[0].seats
        return tuple(each.outcome(own) for each in self._sums)

    def whole(self) -> tuple[Outcome, ...]:
        """Return what each method would give if the whole chamber were one region."""
        if self._whole is None:
            chamber, contest = self._live.chamber, self._whole_contest()
            own = Own(chamber.seats, chamber.open_seats)
            self._whole = tuple(outcome_of(_asked(contest, method), own) for method in self._methods)
        return self._whole

    def _compute(self, region: int) -> None:
        result = self._live.region(region)
        allocation, contest = result.allocation, result.contest
        own = Own(allocation.seats, allocation.open_seats, allocation.tie)
        others = (outcome_of(_asked(contest, method), own) for method in self._methods[1:])
        before, row = self._rows[region], (outcome_of(allocation, own), *others)
        for column, each in enumerate(row):
            if before is not None:
                self._sums[column].add(before[column], -1)
            self._sums[column].add(each)
        for party, (old, new) in enumerate(zip(self._votes[region], contest.votes, strict=True)):
            self._all_votes[party] += new - old
        self._rows[region], self._votes[region] = row, contest.votes

    def _whole_contest(self) -> Contest | None:
        """Return the chamber as one contest; None where regions have alliances of their own."""
        election, sums = self._election, self._live.chamber.sums
        if any(region.alliances is not None for region in election.regions):
            return None
        fields = (election.column_index.get(key) for key in ("blank", "cast", "registered"))
        counted = (0 if column is None else sums[column] or 0 for column in fields)
        ballots = Ballots(tuple(self._all_votes), *counted)
        least, most, start = self._whole_limits
        return replace(self._rules.contest(0, ballots, ballots), seats=self.seats, least=least, most=most, start=start)

    @cached_property
    def _whole_limits(self) -> tuple[tuple[int, ...], tuple[int | None, ...], tuple[int, ...]]:
        """Least, most and held seats of each party, those of the regions added up."""
        regions, minimum = self._election.regions, self._election.pack.rule.min_seats
        keys = [party.key for party in self._election.parties]
        return (
            tuple(max(minimum, sum(region.min_seats.get(key, 0) for region in regions)) for key in keys),
            tuple(self._most_everywhere(key) for key in keys),
            tuple(sum(region.start_seats.get(key, 0) for region in regions) for key in keys),
        )

    def _most_everywhere(self, key: str) -> int | None:
        limits = [region.max_seats.get(key) for region in self._election.regions if _stands(region.parties, key)]
        return None if None in limits else sum(limit for limit in limits if limit is not None)


class _Sum:
    """Outcomes of one method, added up over the regions."""

    def __init__(self, parties: int) -> None:
        self.seats = [0] * parties
        self._counts = {"tied": 0, "unfilled": 0, "moved": 0, "changed": 0}
        self._problems = dict.fromkeys(Problem, 0)
        self._barred = dict.fromkeys(Barred, 0)

    def add(self, outcome: Outcome, times: int = 1) -> None:
        """Add a region's outcome, or with −1 take it out."""
        for party, own in enumerate(outcome.seats):
            self.seats[party] += own * times
        for key in self._counts:
            self._counts[key] += int(getattr(outcome, key)) * times
        if outcome.problem is not None:
            self._problems[outcome.problem] += times
        if outcome.barred is not None:
            self._barred[outcome.barred] += times

    def outcome(self, own: Sequence[int]) -> Outcome:
        """Return the chamber's outcome. What is wrong in one region is wrong in the sum."""
        barred = next((reason for reason, regions in self._barred.items() if regions), None)
        if barred is not None:
            return _barred(barred, len(own))
        return Outcome(
            seats=tuple(self.seats),
            changes=tuple(now - then for now, then in zip(self.seats, own, strict=True)),
            moved=self._counts["moved"],
            changed=self._counts["changed"] > 0,
            tied=self._counts["tied"],
            unfilled=self._counts["unfilled"],
            problem=next((problem for problem, regions in reversed(self._problems.items()) if regions), None),
        )


def barred(contest: Contest, method: Method) -> Barred | None:
    """Say why a method cannot be asked to decide a contest; None: it can."""
    if isinstance(method, Special) and contest.policy is not Policy.LOT:
        return Barred.TIES
    limited = any(contest.least) or any(contest.start) or contest.alliances
    if method is Special.DUTCH_MUNICIPAL and limited:
        return Barred.CONDITIONS
    stepwise = isinstance(method, Special) or (not isinstance(method, Quota) and method.bound is None)
    return Barred.TOO_MANY_SEATS if stepwise and contest.seats > MOST_STEPS else None


def outcome_of(asked: Allocation | Barred, own: Own) -> Outcome:
    """Put an allocation beside what the election's own rule gives."""
    if isinstance(asked, Barred):
        return _barred(asked, len(own.seats))
    changes = tuple(now - then for now, then in zip(asked.seats, own.seats, strict=True))
    another_tie = own.tie is not None and asked.tie is not None and own.tie != asked.tie
    return Outcome(
        seats=asked.seats,
        changes=changes,
        moved=sum(change for change in changes if change > 0),
        changed=any(changes) or asked.open_seats != own.open_seats or another_tie,
        tied=asked.tie.seats if asked.tie else 0,
        unfilled=asked.unfilled,
        problem=asked.problem,
        tie=asked.tie,
    )


def _asked(contest: Contest | None, method: Method) -> Allocation | Barred:
    if contest is None:
        return Barred.CONDITIONS
    return barred(contest, method) or allocate(replace(contest, method=method))


def _barred(reason: Barred, parties: int) -> Outcome:
    nothing = (0,) * parties
    return Outcome(nothing, nothing, 0, changed=False, barred=reason)


def _stands(parties: Sequence[str] | None, key: str) -> bool:
    return parties is None or key in parties
