"""Alliances: seats go to alliances first, then inside each to its lists, as deep as they are nested."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tally_app.allocation.contest import Alliance, Contest, Member
from tally_app.allocation.engine import apportion
from tally_app.allocation.outcome import Policy, Tie
from tally_app.allocation.race import Entrant, Result
from tally_app.allocation.settle import settle


@dataclass(frozen=True, slots=True)
class Part:
    """How the seats of one alliance (None: of everybody) went to its members."""

    alliance: Alliance | None
    members: tuple[Member, ...]
    entrants: tuple[Entrant, ...]
    seats: int
    result: Result
    """As it is before the policy settled a tie."""
    settled: Result
    """The same afterwards."""


def apportion_allied(contest: Contest, with_steps: bool = True) -> tuple[Result, tuple[Part, ...]]:
    """Distribute the seats among alliances and lists outside any, then inside each alliance by the same method.

    Where a tie leaves an alliance's seats open, its lists' seats are worked out for every number it may get: certain is
    what a list has in all of them.

    Returns:
        The result by list, and each distribution whose number of seats is certain, from the outermost inwards.
    """
    entrants = contest.entrants()
    if not contest.alliances:
        members = tuple(range(len(entrants)))
        plain = apportion(contest.method, entrants, contest.seats, with_steps)
        settled = _settled(plain, entrants, contest.policy)
        return settled, (Part(None, members, tuple(entrants), contest.seats, plain, settled),)
    allied = {party for alliance in contest.alliances for party in alliance.lists}
    outside = (party for party in range(len(entrants)) if party not in allied)
    parts: list[Part] = []
    inside = _Inside(contest, entrants, with_steps)
    ranges, unfilled, problem = inside.share(None, (*contest.alliances, *outside), contest.seats, parts)
    least = tuple(ranges[party][0] for party in range(len(entrants)))
    most = tuple(ranges[party][1] for party in range(len(entrants)))
    if problem is not None:
        return Result(least, None, unfilled, (), problem), tuple(parts)
    tied = tuple(party for party, low in enumerate(least) if most[party] > low)
    tie = Tie(tied, contest.seats - unfilled - sum(least)) if tied else None
    return Result(least, tie, unfilled, (), None, most), tuple(parts)


def _settled(result: Result, entrants: Sequence[Entrant], policy: Policy) -> Result:
    if result.tie is None or policy is Policy.LOT or result.highest is not None:
        return result
    seats, tie = settle(result.seats, result.tie, [entrant.votes for entrant in entrants], policy)
    return replace(result, seats=seats, tie=tie)


Ranges = dict[int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Inside:
    contest: Contest
    entrants: Sequence[Entrant]
    with_steps: bool

    def share(
        self, alliance: Alliance | None, members: Sequence[Member], seats: int, parts: list[Part] | None
    ) -> tuple[Ranges, int, str | None]:
        own = tuple(_as_one(self.entrants, member) for member in members)
        plain = apportion(self.contest.method, own, seats, self.with_steps)
        result = _settled(plain, own, self.contest.policy)
        if parts is not None:
            parts.append(Part(alliance, tuple(members), own, seats, plain, result))
        ranges: Ranges = {}
        unfilled, problem = result.unfilled, result.problem
        for position, member in enumerate(members):
            least, most = result.seats[position], result.most(position)
            if not isinstance(member, Alliance):
                ranges[member] = (least, most)
                continue
            for number in range(least, most + 1):
                within = parts if least == most else None
                inner, open_seats, trouble = self.share(member, member.members, number, within)
                unfilled += open_seats if problem is None and number == least else 0
                problem = problem or trouble
                for party, (low, high) in inner.items():
                    before = ranges.get(party, (low, high))
                    ranges[party] = (min(low, before[0]), max(high, before[1]))
        return ranges, unfilled, problem


def _as_one(entrants: Sequence[Entrant], member: Member) -> Entrant:
    if not isinstance(member, Alliance):
        return entrants[member]
    lists = [entrants[party] for party in member.lists if entrants[party].votes]
    limits = [each.most for each in lists]
    most = None if None in limits else sum(limit for limit in limits if limit is not None)
    return Entrant(
        sum(each.votes for each in lists),
        sum(each.least for each in lists),
        most,
        sum(each.start for each in lists),
    )
