"""How any method came to its seats, step by step, as a hand would replay it. Lists are positions; names stay out.

Σ seats of all steps, of what the steps leave to open lots (``certain``) and of a lot (``by_lot``) is the allocation.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from itertools import groupby, pairwise

from tally_app.allocation.alliances import Part, apportion_allied
from tally_app.allocation.allocate import Allocation
from tally_app.allocation.contest import Alliance, Contest
from tally_app.allocation.dutch import LARGE_COUNCIL, count_seats
from tally_app.allocation.hurdles import Exclusion, excluded
from tally_app.allocation.ladder import quotient_text
from tally_app.allocation.methods import Method, Quota, Special, Then
from tally_app.allocation.outcome import Policy
from tally_app.allocation.race import Award, Rank, room


class Kind(StrEnum):
    """What gives the seats of a stage."""

    HELD = "held"
    """Seats from before: they count in every divisor and are not given again."""
    MINIMUM = "minimum"
    QUOTA = "quota"
    """Votes ÷ quota, the whole part."""
    SURPLUS = "surplus"
    """Too few seats for all whole quotas: one by one, to the most votes beyond the quotas used."""
    REMAINDER = "remainder"
    """Votes − quota × seats."""
    AVERAGE = "average"
    """Votes ÷ divisor."""
    UNIQUE_AVERAGE = "unique-average"
    """The same, one seat a list (Kieswet, art. P 8)."""
    MAJORITY = "majority"
    """More than half of the votes and not of the seats: one seat changes hands (P 9)."""
    EXHAUSTED = "exhausted"
    """More seats than candidates: given back (P 10)."""
    CERTAIN = "certain"
    """What a list gains, or loses again, whichever way the lots fall."""
    TIED = "tied"
    POLICY = "policy"
    """Equal claims, settled as the rule says: the value is the votes."""


RANKED = frozenset({Kind.SURPLUS, Kind.REMAINDER, Kind.AVERAGE, Kind.UNIQUE_AVERAGE})
"""Stages whose steps go from the highest value down."""


class Mark(StrEnum):
    """What is to be seen at a step."""

    PLAIN = ""
    LAST = "last"
    NEAREST = "nearest"
    TIED = "tied"
    BARRED = "barred"
    """At its upper quota: it may not take the next seat, whatever its value."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one member gets in one step, and the figure that it rests on."""

    member: int
    """Position among the sheet's members."""
    seats: int
    """0: none; negative: given back."""
    held: int
    """Seats that it had before, those from before the election included."""
    number: int
    """Seats given in this sheet after the step."""
    value: Fraction | None = None
    """Exact; where divisors are square roots its square. None: infinite (averages), or no figure decides."""
    mark: Mark = Mark.PLAIN
    barred: tuple[int, ...] = ()
    """Members that had reached their upper quota when this seat was given (Balinski and Young)."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Steps of one kind, in their order; those that got nothing come last."""

    kind: Kind
    steps: tuple[Step, ...]
    squared: bool = False

    def decimals(self, at_least: int = 0) -> int:
        """Return with how many neighbouring values differ as written; a quota's shares, from whole numbers."""
        values = [step.value for step in self.steps if step.value is not None]
        if self.kind is Kind.QUOTA:
            return max((_below_whole(value, at_least) for value in values), default=at_least)
        apart = [(high, low) for high, low in pairwise(values) if high != low]
        decimals = at_least
        while apart:
            apart = [pair for pair in apart if self._written(pair[0], decimals) == self._written(pair[1], decimals)]
            if apart:  # more decimals may bring together what was apart: 2.5 and 2.475
                decimals += 1
                apart = [(high, low) for high, low in pairwise(values) if high != low]
        return decimals

    def _written(self, value: Fraction, decimals: int) -> str:
        return quotient_text(value.numerator, value.denominator, decimals, self.squared)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One distribution: among everybody, or inside an alliance."""

    part: Part
    quota: Fraction | None
    quota_votes: int
    """What the quota is computed from: votes of all who take part …"""
    quota_seats: int
    """… and all seats, those held before included."""
    stages: tuple[Stage, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """Everything that led to an allocation."""

    sheets: tuple[Sheet, ...]
    certain: tuple[int, ...]
    """Seats by list that no sheet tells, because an alliance's number is open: it has them in every case."""
    by_lot: tuple[int, ...]
    """Seats by list that a recorded lot gave."""
    excluded: tuple[Exclusion, ...]


def steps(contest: Contest, allocation: Allocation) -> Steps:
    """Tell how *allocation* came from *contest*, by any method."""
    result, parts = apportion_allied(contest)
    sheets = tuple(_Writer(contest.method, part).sheet() for part in parts)
    told = [0] * len(contest.votes)
    for part in parts:
        for member, seats in zip(part.members, part.settled.seats, strict=True):
            if not isinstance(member, Alliance):
                told[member] += seats
    by_lot = [0] * len(contest.votes)
    for settlement in allocation.settled:
        if settlement.policy is Policy.LOT:
            by_lot = [own + more for own, more in zip(by_lot, settlement.seats, strict=True)]
    certain = tuple(own - known for own, known in zip(result.seats, told, strict=True))
    return Steps(sheets, certain, tuple(by_lot), excluded(contest))


class _Writer:
    """Writes down one distribution."""

    def __init__(self, method: Method, part: Part) -> None:
        self._method = method
        self._part = part
        self._own = [entrant.start if entrant.votes else 0 for entrant in part.entrants]
        self._given = 0
        self._votes = sum(entrant.votes for entrant in part.entrants)
        self._all_seats = part.seats + sum(self._own)
        self._quota = part.result.quota
        if method is Special.DUTCH_MUNICIPAL and self._votes and part.seats:
            self._quota = Fraction(self._votes, part.seats)
        self._replayed = method is Special.BALINSKI_YOUNG
        """Is every step so far known, so that upper quotas can be told?"""

    def sheet(self) -> Sheet:
        """Return the whole distribution."""
        held = [Step(member, own, 0, 0) for member, own in enumerate(self._own) if own]
        stages = [Stage(Kind.HELD, tuple(held))] if held else []
        for kind, awards in groupby(self._part.result.awards, self._kind):
            stages.append(self._stage(kind, [self._step(kind, award) for award in awards]))
        self._add_waiting(stages)
        self._mark_last(stages)
        stages += self._settling(stages)
        return Sheet(self._part, self._quota, self._votes, self._all_seats, tuple(stages))

    def _stage(self, kind: Kind, lines: Sequence[Step]) -> Stage:
        return Stage(kind, tuple(lines), kind is Kind.AVERAGE and getattr(self._method, "power", 1) == 2)

    def _kind(self, award: Award) -> Kind:
        if award.stage == "full":
            return Kind.QUOTA
        if award.stage == "quota":
            return self._quota_kind
        return Kind(award.stage)

    @property
    def _quota_kind(self) -> Kind:
        """Held or minimum seats may leave too few for all whole quotas: then these go one by one."""
        if self._quota is None or self._part.result.problem is not None:
            return Kind.QUOTA
        needed = 0
        for entrant in self._part.entrants:
            if entrant.votes:
                whole = max(0, entrant.votes // self._quota - entrant.start)
                needed += max(entrant.least, whole if entrant.most is None else min(whole, entrant.most))
        return Kind.SURPLUS if needed > self._part.seats else Kind.QUOTA

    def _step(self, kind: Kind, award: Award) -> Step:
        member, held = award.party, self._own[award.party]
        barred: tuple[int, ...] = ()
        if self._method is Special.BALINSKI_YOUNG and award.rank is not None:
            held = award.rank.bottom - 1  # seats before it may have been given by equal claims, which no award tells
            barred = self._barred(member)
        self._own[member] = held + award.seats
        self._given += award.seats
        value = self._share(member) if kind is Kind.QUOTA else award.value
        return Step(member, award.seats, held, self._given, value, barred=barred)

    def _share(self, member: int) -> Fraction | None:
        return self._part.entrants[member].votes / self._quota if self._quota else None

    def _barred(self, winner: int) -> tuple[int, ...]:
        """Return who may not take the next seat, as long as all seats before it are known."""
        entrants, own = self._part.entrants, self._own
        number = sum(own) + 1
        able = [member for member, each in enumerate(entrants) if room(each, own[member] - each.start)]
        below = [member for member in able if own[member] * self._votes < entrants[member].votes * number]
        best = max((Fraction(entrants[each].votes, own[each] + 1) for each in below or able), default=None)
        leaders = [each for each in below or able if Fraction(entrants[each].votes, own[each] + 1) == best]
        self._replayed = self._replayed and leaders == [winner]
        return tuple(each for each in able if below and each not in below) if self._replayed else ()

    def _add_waiting(self, stages: list[Stage]) -> None:
        """Add who got nothing more in the stage that decided, from the highest value down."""
        kind, waiting = self._waiting()
        if not waiting:
            return
        waiting.sort(key=lambda each: (-each[1].group, -Fraction(each[1].top, each[1].bottom)))
        tied = self._part.result.tie.parties if self._part.result.tie else ()
        lines = []
        for member, rank in waiting:
            infinite = rank.group > 0
            mark = Mark.TIED if member in tied else Mark.PLAIN
            if self._method is Special.BALINSKI_YOUNG and rank.group < 0:
                mark = Mark.BARRED
            value = None if infinite else Fraction(rank.top, rank.bottom)
            held = rank.bottom - 1 if self._method is Special.BALINSKI_YOUNG else self._own[member]
            lines.append(Step(member, 0, held, self._given, value, mark))
        if not tied and lines[0].mark is Mark.PLAIN:
            first = waiting[0][1]
            same = [
                rank.group == first.group and rank.top * first.bottom == first.top * rank.bottom for _, rank in waiting
            ]
            lines = [
                replace(line, mark=Mark.NEAREST) if equal else line for line, equal in zip(lines, same, strict=True)
            ]
        lines = [line for line in lines if line.mark is not Mark.PLAIN or line.value is None or line.value > 0]
        if stages and stages[-1].kind is kind:
            stages[-1] = self._stage(kind, (*stages[-1].steps, *lines))
        else:
            stages.append(self._stage(kind, lines))

    def _waiting(self) -> tuple[Kind, list[tuple[int, Rank]]]:
        method, result = self._method, self._part.result
        if method is Special.DUTCH_MUNICIPAL:
            return self._waiting_by_law()
        if isinstance(method, Quota):
            if result.problem is None and self._quota_kind is Kind.SURPLUS:
                return Kind.SURPLUS, list(result.waiting)
            return Kind.REMAINDER if method.then is Then.REMAINDERS else Kind.AVERAGE, list(result.waiting)
        return Kind.AVERAGE, list(result.waiting)

    def _waiting_by_law(self) -> tuple[Kind, list[tuple[int, Rank]]]:
        """Return who is next in a Dutch council: of the first step of the law that has anybody, or before the lot."""
        part = self._part
        if part.result.tie is not None:
            votes, candidates = [each.votes for each in part.entrants], [each.most for each in part.entrants]
            lot = count_seats(votes, part.seats, candidates).lot
            kind = Kind(lot.stage) if lot is not None else Kind.TIED
            if lot is None or kind not in RANKED:
                return Kind.TIED, []
            return kind, [(member, self._rank_by_law(kind, member)) for member in lot.options]
        if not part.result.waiting:
            return Kind.TIED, []
        first = max(rank.group for _, rank in part.result.waiting)
        order = [Kind.REMAINDER, Kind.UNIQUE_AVERAGE, Kind.AVERAGE]
        kind = Kind.AVERAGE if part.seats >= LARGE_COUNCIL else order[-first]
        return kind, [(member, rank) for member, rank in part.result.waiting if rank.group == first]

    def _rank_by_law(self, kind: Kind, member: int) -> Rank:
        votes = self._part.entrants[member].votes
        if kind is Kind.REMAINDER:
            return Rank(0, votes * self._part.seats % self._votes, self._part.seats)
        return Rank(0, votes, self._own[member] + 1)

    def _mark_last(self, stages: list[Stage]) -> None:
        """Mark the last seat that a rank won, and those won by an equal one beside it."""
        for place in reversed(range(len(stages))):
            won = [step for step in stages[place].steps if step.seats > 0]
            if stages[place].kind in RANKED and won:
                last = won[-1].value
                marked = (
                    replace(step, mark=Mark.LAST) if step.seats > 0 and step.value == last else step
                    for step in stages[place].steps
                )
                stages[place] = self._stage(stages[place].kind, tuple(marked))
                return

    def _settling(self, stages: Sequence[Stage]) -> Iterator[Stage]:
        """Yield what lots leave certain, who is tied where no value tells it, and what the rule's policy gave."""
        result, settled = self._part.result, self._part.settled
        told = [0] * len(result.seats)
        for stage in stages:
            for step in stage.steps if stage.kind is not Kind.HELD else ():
                told[step.member] += step.seats
        yield from self._changes(Kind.CERTAIN, told, result.seats)
        marked = any(step.mark is Mark.TIED for stage in stages for step in stage.steps)
        if result.tie is not None and not marked:
            lines = (Step(member, 0, self._own[member], self._given, mark=Mark.TIED) for member in result.tie.parties)
            yield Stage(Kind.TIED, tuple(lines))
        yield from self._changes(Kind.POLICY, result.seats, settled.seats)

    def _changes(self, kind: Kind, before: Sequence[int], after: Sequence[int]) -> Iterator[Stage]:
        lines = []
        for member, (own, now) in enumerate(zip(before, after, strict=True)):
            if now != own:
                self._given += now - own
                value = Fraction(self._part.entrants[member].votes) if kind is Kind.POLICY else None
                lines.append(Step(member, now - own, self._own[member], self._given, value))
                self._own[member] += now - own
        if lines:
            yield Stage(kind, tuple(lines))


def _below_whole(value: Fraction, decimals: int) -> int:
    """Return from so many *decimals* on how many show a number that is not whole as below the next whole one."""
    whole = str(value.numerator // value.denominator)
    while quotient_text(value.numerator, value.denominator, decimals).partition(".")[0] != whole:
        decimals += 1
    return decimals
