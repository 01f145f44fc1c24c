"""Seats one by one to the highest rank: what every method comes down to once its quota is spent."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from tally_app.allocation.outcome import Tie


class Rank(NamedTuple):
    """*top* ÷ *bottom* (> 0), the higher the better; a higher *group* is ahead of any lower one."""

    group: int
    top: int
    bottom: int


class Entrant(NamedTuple):
    """A list or an alliance: its votes, and how many seats it may be given here."""

    votes: int
    least: int = 0
    """It gets at least so many seats if it takes part."""
    most: int | None = None
    """It can take no more (its list is exhausted); None: no limit."""
    start: int = 0
    """Seats that it holds already: they count in the divisors and are not given again."""


class Award(NamedTuple):
    """One step: *party* gets *seats*, because of *rank* (None: a minimum, or whole quotas, whose value is *rank*)."""

    party: int
    seats: int
    stage: str
    rank: Rank | None = None

    @property
    def value(self) -> Fraction | None:
        """The quotient, remainder or quota the step rests on; None where it is infinite or none."""
        if self.rank is None or self.rank.group > 0:
            return None
        return Fraction(self.rank.top, self.rank.bottom)


@dataclass(frozen=True, slots=True)
class Result:
    """How one distribution came out: seats that are certain, the open tie, the seats that nobody can take.

    Their sum is always the seats to fill, unless *problem* is ``over-award``: then *seats* are the whole quotas, and
    more than there are.
    """

    seats: tuple[int, ...]
    tie: Tie | None = None
    unfilled: int = 0
    awards: tuple[Award, ...] = ()
    problem: str | None = None
    highest: tuple[int, ...] | None = None
    """The most seats of each list over all outcomes, where a tie can bring more than one seat."""
    quota: Fraction | None = None
    waiting: tuple[tuple[int, Rank], ...] = ()
    """Each list that could have taken a further seat, and its rank for it; known where the steps are."""

    def most(self, party: int) -> int:
        """Return the seats of a list if every lot falls in its favour."""
        if self.highest is not None:
            return self.highest[party]
        return self.seats[party] + (self.tie is not None and party in self.tie.parties)


def room(entrant: Entrant, won: int) -> bool:
    """Tell whether a list can take a further seat. A list without votes never can."""
    return entrant.votes > 0 and (entrant.most is None or won < entrant.most)


class End(NamedTuple):
    """Where a run ended: parties *tied* for the seats *left* (none: no tie), and the *ranks* of all with room."""

    tied: tuple[int, ...]
    left: int
    ranks: dict[int, Rank]


def run(
    entrants: Sequence[Entrant],
    won: list[int],
    left: int,
    rank: Callable[[int, int], Rank],
    stage: str,
    awards: list[Award] | None = None,
) -> "End":
    """Give *left* seats, each to the highest rank; equal ones together while there are seats for all of them.

    Args:
        entrants: who takes part.
        won: seats given so far, changed in place.
        left: seats to give.
        rank: party and its seats given so far → its rank for the next one.
        stage: name of the step.
        awards: where steps are written down; None: nowhere.

    Returns:
        The parties tied for the seats left (none: no tie), how many seats are left, and who could take a further one.
    """
    ranks = {party: rank(party, won[party]) for party, entrant in enumerate(entrants) if room(entrant, won[party])}
    bits = max((32, *(each.bottom.bit_length() for each in ranks.values())))
    line = _line(ranks, bits)
    while left and line:
        leaders = _leaders(line)
        if len(leaders) > left:
            return End(tuple(leaders), left, ranks)
        left -= len(leaders)
        needed = 0
        for party in leaders:
            if awards is not None:
                awards.append(Award(party, 1, stage, ranks[party]))
            won[party] += 1
            if room(entrants[party], won[party]):
                ranks[party] = rank(party, won[party])
                needed = max(needed, ranks[party].bottom.bit_length())
            else:
                del ranks[party]
        if needed > bits:
            bits = 2 * needed
            line = _line(ranks, bits)
        else:
            for party in leaders:
                if party in ranks:
                    heappush(line, _place(party, ranks[party], bits))
    return End((), left, ranks)


Place = tuple[int, int, int]
"""Group and value, both negative so that the best is the least, and the party."""


def _line(ranks: Mapping[int, Rank], bits: int) -> list[Place]:
    """Return a heap of parties, the best first."""
    line = [_place(party, rank, bits) for party, rank in ranks.items()]
    heapify(line)
    return line


def _place(party: int, rank: Rank, bits: int) -> Place:
    """Return a rank in whole numbers, which are fast to compare.

    Values are multiplied by 4^bits and rounded down. That keeps equal ones equal and different ones apart: with bottoms
    below 2^bits they differ by more than 1 ÷ 4^bits.
    """
    group, top, bottom = rank
    return -group, -((top << 2 * bits) // bottom), party


def _leaders(line: list[Place]) -> list[int]:
    """Take those who are first from the line, in the order of the lists."""
    group, value, party = heappop(line)
    leaders = [party]
    while line and line[0][1] == value and line[0][0] == group:
        leaders.append(heappop(line)[2])
    return leaders


def finish(won: Sequence[int], end: End, awards: Sequence[Award] | None, quota: Fraction | None = None) -> Result:
    """Return what a run came to."""
    tie = Tie(end.tied, end.left) if end.tied else None
    waiting = () if awards is None else tuple(end.ranks.items())
    return Result(tuple(won), tie, 0 if end.tied else end.left, tuple(awards or ()), None, None, quota, waiting)
