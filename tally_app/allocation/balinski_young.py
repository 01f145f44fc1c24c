"""The quota method: as d'Hondt, but nobody rises above the upper quota of the seats given so far."""

from collections.abc import Sequence
from typing import NamedTuple

from tally_app.allocation.outcome import Tie
from tally_app.allocation.race import Award, Entrant, Rank, Result, room

MOST_OUTCOMES = 20_000
"""Beyond so many different outcomes of ties, counted up to exchanging equal lists, the tie is not resolved."""

State = tuple[int, ...]


def balinski_young(entrants: Sequence[Entrant], seats: int) -> Result:
    """Give seats one after the other to the highest votes ÷ (seats + 1) among lists below their upper quota.

    Who wins a tie matters for the seats after it, so every outcome is followed; lists alike in everything are exchanged
    for each other, so that equal votes cost nothing. Certain is what a list has in every outcome.

    Source: Balinski and Young, The Quota Method of Apportionment, Am. Math. Monthly 82 (1975).
    """
    ends = follow(entrants, seats)
    if ends is None:
        return Result((0,) * len(entrants), None, seats, (), "too-many-outcomes")
    return _merged(entrants, ends)


class Ends(NamedTuple):
    """How the seats can be given: each *state* (seats by list) once, lists that are alike exchanged at will."""

    states: set[State]
    unfilled: int
    awards: list[Award]
    """Steps that no tie leaves open."""
    waiting: dict[int, Rank]
    """Where there is one state only: who could take a further seat. Below the upper quota is ahead (group 0)."""


def follow(entrants: Sequence[Entrant], seats: int) -> Ends | None:
    """Follow every outcome of every tie; None: there are too many (``MOST_OUTCOMES``)."""
    groups = alike(entrants)
    total = sum(entrant.votes for entrant in entrants)
    held = sum(entrant.start for entrant in entrants if entrant.votes)
    first = tuple(entrant.least if entrant.votes else 0 for entrant in entrants)
    states: set[State] = {first}
    awards: list[Award] = [Award(party, own, "minimum") for party, own in enumerate(first) if own]
    given = sum(first)
    for number in range(given + 1, seats + 1):
        following: set[State] = set()
        for state in states:
            leaders = leaders_of(entrants, state, total, number + held)
            if len(states) == 1 and len(leaders) == 1:
                awards.append(Award(leaders[0], 1, "average", _rank(entrants, state, leaders[0])))
            following.update(exchanged(groups, _with_one_more(state, party)) for party in leaders)
        if not following:
            break
        if len(following) > MOST_OUTCOMES:
            return None
        states = following
        given = number
    return Ends(states, seats - given, awards, _waiting(entrants, states, total, given + 1 + held))


def alike(entrants: Sequence[Entrant]) -> list[list[int]]:
    """Return the positions of the lists in groups that differ in nothing but their names."""
    groups: dict[Entrant, list[int]] = {}
    for party, entrant in enumerate(entrants):
        groups.setdefault(entrant, []).append(party)
    return list(groups.values())


def exchanged(groups: Sequence[Sequence[int]], state: State) -> State:
    """Exchange lists that are alike so that the first of them has the most seats."""
    ordered = list(state)
    for group in groups:
        if len(group) > 1:
            for member, own in zip(group, sorted((state[member] for member in group), reverse=True), strict=True):
                ordered[member] = own
    return tuple(ordered)


def _waiting(entrants: Sequence[Entrant], states: set[State], total: int, number: int) -> dict[int, Rank]:
    if len(states) > 1:
        return {}
    (state,) = states
    below = below_upper_quota(entrants, state, total, number)
    return {
        party: _rank(entrants, state, party)._replace(group=0 if party in below else -1)
        for party, entrant in enumerate(entrants)
        if room(entrant, state[party])
    }


def _rank(entrants: Sequence[Entrant], state: State, party: int) -> Rank:
    return Rank(0, entrants[party].votes, state[party] + entrants[party].start + 1)


def below_upper_quota(entrants: Sequence[Entrant], state: State, total: int, number: int) -> list[int]:
    """Return who can take a seat and stays within its upper quota of *number* seats by it."""
    return [
        party
        for party, entrant in enumerate(entrants)
        if room(entrant, state[party]) and (state[party] + entrant.start) * total < entrant.votes * number
    ]


def leaders_of(entrants: Sequence[Entrant], state: State, total: int, number: int) -> list[int]:
    """Return who has the highest quotient of those that can take a seat as seat *number* (held ones counted)."""
    below = below_upper_quota(entrants, state, total, number)
    best: list[int] = []
    votes, divisor = 0, 1
    # maxima or held seats may leave nobody below the upper quota
    for party in below or [party for party, entrant in enumerate(entrants) if room(entrant, state[party])]:
        own = state[party] + entrants[party].start + 1
        ahead = entrants[party].votes * divisor - votes * own
        if ahead > 0:
            best, votes, divisor = [party], entrants[party].votes, own
        elif ahead == 0:
            best.append(party)
    return best


def _with_one_more(state: State, party: int) -> State:
    return (*state[:party], state[party] + 1, *state[party + 1 :])


def _merged(entrants: Sequence[Entrant], ends: Ends) -> Result:
    least, most = [0] * len(entrants), [0] * len(entrants)
    for group in alike(entrants):
        low = min(state[member] for state in ends.states for member in group)
        high = max(state[member] for state in ends.states for member in group)
        for member in group:
            least[member], most[member] = low, high
    awards, waiting = tuple(ends.awards), tuple(ends.waiting.items())
    tied = tuple(party for party, low in enumerate(least) if most[party] > low)
    if not tied:
        return Result(tuple(least), None, ends.unfilled, awards, waiting=waiting)
    tie = Tie(tied, sum(next(iter(ends.states))) - sum(least))
    return Result(tuple(least), tie, ends.unfilled, awards, None, tuple(most))
