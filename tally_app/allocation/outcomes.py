"""Every result that lots can bring, one after the other; and whether a given one is among them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import combinations

from tally_app.allocation import dutch
from tally_app.allocation.alliances import Part, apportion_allied
from tally_app.allocation.balinski_young import alike, exchanged, follow
from tally_app.allocation.contest import Alliance, Contest, Member
from tally_app.allocation.methods import Special
from tally_app.allocation.race import Entrant
from tally_app.allocation.settle import with_lot

Seats = tuple[int, ...]
Again = Callable[[], Iterator[Seats]]
"""Begins anew each time it is called, so that nothing needs to be kept."""


def outcomes(contest: Contest) -> Iterator[Seats]:
    """Yield each result that lots can bring, once, as seats by list; of a policy, only what it leaves open.

    Lazily: take as many as are wanted (``itertools.islice``). Balinski-Young and Dutch municipal councils are followed
    first, up to exchanging lists that are alike; where that is too much, nothing is yielded, and
    ``allocate(contest).problem`` is ``TOO_MANY_OUTCOMES``. With any other problem the seats that are valid as far as
    they go are the only result.
    """
    part = _outermost(contest)
    for totals in _of_part(contest, part):
        inner = [_of_member(contest, member, total) for member, total in zip(part.members, totals, strict=True)]
        for each in _together(inner):
            yield _by_list(contest, part.members, each)


def possible(contest: Contest, lot: Sequence[int]) -> bool:
    """Can a lot give just these seats beyond the certain ones?

    Args:
        contest: what is allocated.
        lot: seats by list beyond ``allocate(contest).seats``.

    Returns:
        False, too, where no tie is open.
    """
    result, _ = apportion_allied(contest, with_steps=False)
    if result.tie is None or len(lot) != len(result.seats) or min(lot, default=0) < 0:
        return False
    return reaches(contest, [own + more for own, more in zip(result.seats, lot, strict=True)])


def reaches(contest: Contest, seats: Sequence[int]) -> bool:
    """Can lots, or the votes alone, bring just these seats by list? Without trying every outcome."""
    part = _outermost(contest)
    totals = tuple(sum(seats[party] for party in _lists(member)) for member in part.members)
    return _is_of_part(contest, part, totals) and all(
        reaches(_within(contest, member, total), [seats[party] for party in member.lists])
        for member, total in zip(part.members, totals, strict=True)
        if isinstance(member, Alliance)
    )


def _outermost(contest: Contest) -> Part:
    return apportion_allied(contest, with_steps=False)[1][0]


def _of_member(contest: Contest, member: Member, total: int) -> Again:
    if isinstance(member, Alliance):
        return lambda: outcomes(_within(contest, member, total))
    return lambda: iter([(total,)])


def _lists(member: Member) -> tuple[int, ...]:
    return member.lists if isinstance(member, Alliance) else (member,)


def _by_list(contest: Contest, members: Sequence[Member], seats: Sequence[Seats]) -> Seats:
    found = dict.fromkeys(range(len(contest.votes)), 0)
    for member, own in zip(members, seats, strict=True):
        found.update(zip(_lists(member), own, strict=True))
    return tuple(found.values())


def _within(contest: Contest, alliance: Alliance, seats: int) -> Contest:
    """Return the distribution of an alliance's seats among its lists, which get positions of their own."""
    lists = alliance.lists
    entrants = contest.entrants()
    inside = [entrants[party] for party in lists]
    own = {party: position for position, party in enumerate(lists)}
    return Contest(
        method=contest.method,
        seats=seats,
        votes=tuple(each.votes for each in inside),
        least=tuple(each.least for each in inside),
        most=tuple(each.most for each in inside),
        start=tuple(each.start for each in inside),
        alliances=tuple(_renumbered(member, own) for member in alliance.members if isinstance(member, Alliance)),
        policy=contest.policy,
    )


def _renumbered(alliance: Alliance, own: dict[int, int]) -> Alliance:
    members = (_renumbered(each, own) if isinstance(each, Alliance) else own[each] for each in alliance.members)
    return replace(alliance, members=tuple(members))


def _of_part(contest: Contest, part: Part) -> Iterator[Seats]:
    ends = _ends(contest, part)
    if ends is not None:
        groups = _groups(contest, part)
        for state in sorted(ends, reverse=True):
            yield from _exchanges(groups, state)
        return
    result = part.settled
    if result.tie is None:
        yield result.seats
        return
    for winners in combinations(result.tie.parties, result.tie.seats):
        yield with_lot(result.seats, winners)


def _is_of_part(contest: Contest, part: Part, seats: Seats) -> bool:
    ends = _ends(contest, part)
    if ends is not None:
        return exchanged(_groups(contest, part), seats) in ends
    result = part.settled
    if result.tie is None:
        return seats == result.seats
    beyond = [own - certain for own, certain in zip(seats, result.seats, strict=True)]
    return sum(beyond) == result.tie.seats and all(
        more in (0, 1) and (not more or party in result.tie.parties) for party, more in enumerate(beyond)
    )


def _ends(contest: Contest, part: Part) -> set[Seats] | None:
    """Return every result where one lot's outcome decides about the next, lists that are alike exchanged; else None."""
    if part.settled.problem == "too-many-outcomes":
        return set()
    if part.settled.highest is None:
        return None
    if contest.method is Special.BALINSKI_YOUNG:
        ends = follow(part.entrants, part.seats)
        return set() if ends is None else ends.states
    votes, candidates = [each.votes for each in part.entrants], [each.most for each in part.entrants]
    counts = dutch.follow(votes, part.seats, candidates)
    groups = _groups(contest, part)
    return {exchanged(groups, tuple(count.won)) for count in counts or ()}


def _groups(contest: Contest, part: Part) -> list[list[int]]:
    """Return which lists are alike; Dutch councils know no minimum and no held seats."""
    if contest.method is Special.DUTCH_MUNICIPAL:
        return alike([Entrant(each.votes, 0, each.most) for each in part.entrants])
    return alike(part.entrants)


def _exchanges(groups: Sequence[Sequence[int]], state: Seats) -> Iterator[Seats]:
    """Yield each way to exchange the seats of lists that are alike, once."""
    inner = [partial(_arrangements, sorted(state[party] for party in group)) for group in groups]
    for arranged in _together(inner):
        seats = list(state)
        for group, own in zip(groups, arranged, strict=True):
            for party, number in zip(group, own, strict=True):
                seats[party] = number
        yield tuple(seats)


def _arrangements(numbers: Sequence[int]) -> Iterator[Seats]:
    """Yield each order of numbers that are sorted, once; equal ones are not told apart."""
    if not numbers:
        yield ()
    for position, number in enumerate(numbers):
        if position == 0 or number != numbers[position - 1]:
            rest = [*numbers[:position], *numbers[position + 1 :]]
            yield from ((number, *order) for order in _arrangements(rest))


def _together(factors: Sequence[Again]) -> Iterator[tuple[Seats, ...]]:
    """Yield every choice of one from each factor; ``itertools.product`` would keep them all in memory."""
    if not factors:
        yield ()
        return
    for first in factors[0]():
        for rest in _together(factors[1:]):
            yield (first, *rest)
