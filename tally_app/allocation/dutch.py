"""Dutch municipal councils: whole quotas, residual seats by the council's size, absolute majority, exhausted lists."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from tally_app.allocation.outcome import Tie
from tally_app.allocation.race import Award, Entrant, Rank, Result

LARGE_COUNCIL = 19
"""From so many seats on, residual seats go by highest averages."""
MOST_OUTCOMES = 5_000


class Stage(StrEnum):
    """What a step is, by the article of the Kieswet."""

    FULL = "full"
    """P 6: a whole quota."""
    REMAINDER = "remainder"
    """P 8: largest remainder among lists with three quarters of the quota, one seat each."""
    UNIQUE_AVERAGE = "unique-average"
    """P 8: highest average, one seat each."""
    AVERAGE = "average"
    """P 7, and P 8 when every list had its one seat: highest average."""
    MAJORITY = "majority"
    """P 9: a list with more than half of the votes and not of the seats takes the last residual seat."""
    EXHAUSTED = "exhausted"
    """P 10: a list with more seats than candidates gives one back."""


class Lot(NamedTuple):
    """A lot to be drawn now: one of *options* gets (P 9: gives up) a seat; *seats_left* are to be given here."""

    stage: Stage
    options: tuple[int, ...]
    seats_left: int


@dataclass(slots=True)
class Count:
    """A council's seats in the making."""

    votes: Sequence[int]
    seats: int
    candidates: Sequence[int | None]
    lots: list[int]
    """Lists drawn, in order; taken from the front."""
    won: list[int] = field(default_factory=list)
    awards: list[Award] = field(default_factory=list)
    residual: list[Award] = field(default_factory=list)
    """Residual seats that are still held by whom they were given to."""
    lot: Lot | None = None
    """The lot that must be drawn before anything else can be said."""
    unfilled: int = 0

    @property
    def total(self) -> int:
        """All votes."""
        return sum(self.votes)


def count_seats(
    votes: Sequence[int], seats: int, candidates: Sequence[int | None] | None = None, lots: Sequence[int] = ()
) -> Count:
    """Distribute a council's seats as far as the *lots* drawn allow.

    Args:
        votes: votes by list position [ballots].
        seats: seats of the council.
        candidates: candidates who can take a seat, by list; None: enough.
        lots: positions of the lists drawn, in the order in which they were drawn.

    Source: Kieswet (Netherlands), art. P 5–P 10; worked cases in tests/data/dutch_cases.json.
    """
    count = Count(votes, seats, candidates or [None] * len(votes), list(lots), [0] * len(votes))
    if not count.total or not seats:
        count.unfilled = seats
        return count
    for party, own in enumerate(votes):
        full = own * seats // count.total
        if full:
            count.won[party] = full
            count.awards.append(Award(party, full, Stage.FULL, Rank(0, count.total, seats)))
    _give_residual(count, seats - sum(count.won), exhaustion=False)
    if count.lot is None:
        _absolute_majority(count)
    if count.lot is None:
        _exhausted_lists(count)
    return count


def _give_residual(count: Count, left: int, exhaustion: bool) -> None:
    stages = [Stage.AVERAGE]
    if count.seats < LARGE_COUNCIL:
        stages = [Stage.REMAINDER, Stage.UNIQUE_AVERAGE, Stage.AVERAGE]
    for stage in stages:
        while left and count.lot is None:
            leaders = _leaders(count, stage, exhaustion)
            if not leaders:
                break
            ranks = {party: _rank(count, stage, party) for party in leaders}
            if len(leaders) > left:
                leaders = _drawn(count, Lot(stage, tuple(leaders), left))
            for party in leaders:
                award = Award(party, 1, stage, ranks[party])
                count.won[party] += 1
                count.awards.append(award)
                count.residual.append(award)
            left -= len(leaders)
    if count.lot is None:
        count.unfilled = left


def _eligible(count: Count, stage: Stage, exhaustion: bool) -> list[int]:
    had = {award.party for award in count.residual if award.stage == stage} if stage != Stage.AVERAGE else set()
    return [
        party
        for party, (votes, most) in enumerate(zip(count.votes, count.candidates, strict=True))
        if votes
        and party not in had
        and not (exhaustion and most is not None and count.won[party] >= most)
        and not (stage == Stage.REMAINDER and 4 * votes * count.seats < 3 * count.total)
    ]


def _leaders(count: Count, stage: Stage, exhaustion: bool) -> list[int]:
    best: list[int] = []
    best_rank = Rank(0, 0, 1)
    for party in _eligible(count, stage, exhaustion):
        rank = _rank(count, stage, party)
        ahead = rank.top * best_rank.bottom - best_rank.top * rank.bottom
        if not best or ahead > 0:
            best, best_rank = [party], rank
        elif ahead == 0:
            best.append(party)
    return best


def _rank(count: Count, stage: Stage, party: int) -> Rank:
    if stage == Stage.REMAINDER:
        return Rank(0, count.votes[party] * count.seats % count.total, count.seats)
    return Rank(0, count.votes[party], count.won[party] + 1)


def _drawn(count: Count, lot: Lot) -> list[int]:
    """Return the list that was drawn; none, and the lot stands open, if it was not drawn yet."""
    if count.lots and count.lots[0] in lot.options:
        return [count.lots.pop(0)]
    count.lot = lot
    return []


def _absolute_majority(count: Count) -> None:
    for party, votes in enumerate(count.votes):
        if 2 * votes > count.total and 2 * count.won[party] <= count.seats and count.residual:
            last = count.residual[-1]
            same = [
                award
                for award in count.residual
                if award.stage == last.stage and _equal(award, last) and award.party != party
            ]
            givers = sorted({award.party for award in same})
            if len(givers) > 1:
                givers = _drawn(count, Lot(Stage.MAJORITY, tuple(givers), 1))
            for giver in givers:
                count.won[giver] -= 1
                count.won[party] += 1
                count.residual.remove(next(award for award in reversed(same) if award.party == giver))
                count.awards += [Award(giver, -1, Stage.MAJORITY), Award(party, 1, Stage.MAJORITY)]


def _equal(first: Award, second: Award) -> bool:
    """Were two residual seats given by equal remainders or averages?

    A difference from 0 is asked for, because ``margins_line`` tells by it where equality ends.
    """
    assert first.rank is not None
    assert second.rank is not None
    return first.rank.top * second.rank.bottom - second.rank.top * first.rank.bottom == 0


def _exhausted_lists(count: Count) -> None:
    freed = 0
    for party, most in enumerate(count.candidates):
        while most is not None and count.won[party] > most:
            count.won[party] -= 1
            freed += 1
            count.awards.append(Award(party, -1, Stage.EXHAUSTED))
    if freed:
        _give_residual(count, freed, exhaustion=True)


def dutch_municipal(entrants: Sequence[Entrant], seats: int) -> Result:
    """Return what is certain whatever lots are drawn. ``most`` of an entrant is the number of its candidates."""
    votes = [entrant.votes for entrant in entrants]
    candidates = [entrant.most for entrant in entrants]
    first = count_seats(votes, seats, candidates)
    if first.lot is None:
        return Result(tuple(first.won), None, first.unfilled, tuple(first.awards), waiting=_waiting(first))
    counts = follow(votes, seats, candidates)
    if counts is None:
        return Result((0,) * len(votes), None, seats, (), "too-many-outcomes")
    columns = list(zip(*(count.won for count in counts), strict=True))
    least, most = [min(column) for column in columns], [max(column) for column in columns]
    unfilled = counts[-1].unfilled
    _spread(votes, candidates, least, most)
    tied = tuple(party for party, low in enumerate(least) if most[party] > low)
    tie = Tie(tied, seats - unfilled - sum(least)) if tied else None
    return Result(tuple(least), tie, unfilled, tuple(first.awards), None, tuple(most))


def follow(votes: Sequence[int], seats: int, candidates: Sequence[int | None]) -> list[Count] | None:
    """Draw every lot in every way and return how the counts end.

    Lists that are alike (votes, candidates) are exchanged for each other, so exchanging them in an end gives an end,
    too. None: there are more than ``MOST_OUTCOMES``.
    """
    ends: list[Count] = []
    open_counts: list[tuple[tuple[int, ...], Count]] = [((), count_seats(votes, seats, candidates))]
    while open_counts:
        drawn, count = open_counts.pop()
        if count.lot is None:
            ends.append(count)
            continue
        for party in _worth_drawing(count, drawn, votes, candidates):
            lots = (*drawn, party)
            open_counts.append((lots, count_seats(votes, seats, candidates, lots)))
        if len(ends) + len(open_counts) > MOST_OUTCOMES:
            return None
    return ends


def _waiting(count: Count) -> tuple[tuple[int, Rank], ...]:
    """Return who could take a further residual seat, and by what: an earlier stage is ahead (a higher group)."""
    if not count.total or count.seats >= LARGE_COUNCIL:
        stages = [Stage.AVERAGE]
    else:
        stages = [Stage.REMAINDER, Stage.UNIQUE_AVERAGE, Stage.AVERAGE]
    ranks: dict[int, Rank] = {}
    for behind, stage in enumerate(stages):
        for party in _eligible(count, stage, exhaustion=True):
            ranks.setdefault(party, _rank(count, stage, party)._replace(group=-behind))
    return tuple(sorted(ranks.items()))


def _worth_drawing(
    count: Count, drawn: tuple[int, ...], votes: Sequence[int], candidates: Sequence[int | None]
) -> list[int]:
    """Return one option of those that are alike in votes, candidates and seats: the others only exchange names."""
    assert count.lot is not None
    seen: dict[tuple[int, int | None, int, int], int] = {}
    for party in count.lot.options:
        seen.setdefault((votes[party], candidates[party], count.won[party], drawn.count(party)), party)
    return list(seen.values())


def _spread(votes: Sequence[int], candidates: Sequence[int | None], least: list[int], most: list[int]) -> None:
    """Give lists that are alike the same range."""
    alike: dict[tuple[int, int | None], list[int]] = {}
    for party, own in enumerate(votes):
        alike.setdefault((own, candidates[party]), []).append(party)
    for group in alike.values():
        low, high = min(least[party] for party in group), max(most[party] for party in group)
        for party in group:
            least[party], most[party] = low, high
