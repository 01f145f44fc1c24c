"""Alliances: seats go to alliances first, then inside each to its lists, as deep as they are nested."""

from collections.abc import Sequence
from dataclasses import dataclass

from tally_app.allocation.engine import apportion
from tally_app.allocation.methods import Method
from tally_app.allocation.outcome import Tie
from tally_app.allocation.race import Entrant, Result


@dataclass(frozen=True, slots=True)
class Alliance:
    """Lists, by position, and alliances that count as one list outside."""

    members: tuple["int | Alliance", ...]
    name: str = ""

    @property
    def lists(self) -> tuple[int, ...]:
        """Every list in it, however deep."""
        return tuple(
            party for member in self.members for party in (member.lists if isinstance(member, Alliance) else (member,))
        )

    @property
    def names(self) -> tuple[str, ...]:
        """Its name and those of the alliances in it."""
        inner = (name for member in self.members if isinstance(member, Alliance) for name in member.names)
        return (self.name, *inner)


@dataclass(frozen=True, slots=True)
class Shared:
    """How the seats of one alliance (None: of everybody) went to its members."""

    alliance: Alliance | None
    members: tuple[int | Alliance, ...]
    entrants: tuple[Entrant, ...]
    seats: int
    result: Result


def apportion_allied(
    method: Method, entrants: Sequence[Entrant], alliances: Sequence[Alliance], seats: int, with_steps: bool = True
) -> tuple[Result, tuple[Shared, ...]]:
    """Distribute *seats* among alliances and lists outside any, then inside each alliance by the same method.

    Where a tie leaves an alliance's seats open, its lists' seats are worked out for every number it may get: certain is
    what a list has in all of them.

    Returns:
        The result by list, and each distribution whose number of seats is certain, from the outermost inwards.
    """
    allied = {party for alliance in alliances for party in alliance.lists}
    members: tuple[int | Alliance, ...] = (
        *alliances,
        *(party for party in range(len(entrants)) if party not in allied),
    )
    if not alliances:
        plain = apportion(method, entrants, seats, with_steps)
        return plain, (Shared(None, members, tuple(entrants), seats, plain),)
    shared: list[Shared] = []
    ranges, unfilled, problem = _inside(method, entrants, None, members, seats, with_steps, shared)
    least = tuple(ranges[party][0] for party in range(len(entrants)))
    most = tuple(ranges[party][1] for party in range(len(entrants)))
    if problem is not None:
        return Result(least, None, unfilled, (), problem), tuple(shared)
    tied = tuple(party for party, low in enumerate(least) if most[party] > low)
    tie = Tie(tied, seats - unfilled - sum(least)) if tied else None
    return Result(least, tie, unfilled, shared[0].result.awards, None, most), tuple(shared)


Ranges = dict[int, tuple[int, int]]


def _inside(
    method: Method,
    entrants: Sequence[Entrant],
    alliance: Alliance | None,
    members: Sequence[int | Alliance],
    seats: int,
    with_steps: bool,
    shared: list[Shared] | None,
) -> tuple[Ranges, int, str | None]:
    own = tuple(_as_one(entrants, member) for member in members)
    result = apportion(method, own, seats, with_steps)
    if shared is not None:
        shared.append(Shared(alliance, tuple(members), own, seats, result))
    ranges: Ranges = {}
    unfilled, problem = result.unfilled, result.problem
    for position, member in enumerate(members):
        least, most = result.seats[position], result.most(position)
        if not isinstance(member, Alliance):
            ranges[member] = (least, most)
            continue
        for number in range(least, most + 1):
            within = shared if least == most else None
            inner, open_seats, trouble = _inside(method, entrants, member, member.members, number, with_steps, within)
            unfilled += open_seats if problem is None and number == least else 0
            problem = problem or trouble
            for party, (low, high) in inner.items():
                before = ranges.get(party, (low, high))
                ranges[party] = (min(low, before[0]), max(high, before[1]))
    return ranges, unfilled, problem


def _as_one(entrants: Sequence[Entrant], member: int | Alliance) -> Entrant:
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
