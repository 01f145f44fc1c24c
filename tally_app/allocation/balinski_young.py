"""The quota method: as d'Hondt, but nobody rises above the upper quota of the seats given so far."""

from collections.abc import Sequence

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
    groups: dict[Entrant, list[int]] = {}
    for party, entrant in enumerate(entrants):
        groups.setdefault(entrant, []).append(party)
    alike = list(groups.values())
    total = sum(entrant.votes for entrant in entrants)
    held = sum(entrant.start for entrant in entrants if entrant.votes)
    states: set[State] = {tuple(entrant.least if entrant.votes else 0 for entrant in entrants)}
    awards: list[Award] = [Award(party, own, "minimum") for party, own in enumerate(next(iter(states))) if own]
    given = sum(next(iter(states)))
    for number in range(given + 1, seats + 1):
        following: set[State] = set()
        for state in states:
            leaders = _leaders(entrants, state, total, number + held)
            if len(states) == 1 and len(leaders) == 1:
                (party,) = leaders
                rank = Rank(0, entrants[party].votes, state[party] + entrants[party].start + 1)
                awards.append(Award(party, 1, "average", rank))
            for party in leaders:
                following.add(_canonical(alike, state, party))
        if not following:
            break
        if len(following) > MOST_OUTCOMES:
            return Result((0,) * len(entrants), None, seats, (), "too-many-outcomes")
        states = following
        given = number
    return _merged(alike, states, seats - given, awards)


def _leaders(entrants: Sequence[Entrant], state: State, total: int, number: int) -> list[int]:
    running = [party for party, entrant in enumerate(entrants) if room(entrant, state[party])]
    below = [
        party for party in running if (state[party] + entrants[party].start) * total < entrants[party].votes * number
    ]
    best: list[int] = []
    votes, divisor = 0, 1
    for party in below or running:  # maxima or held seats may leave nobody below the upper quota
        own = state[party] + entrants[party].start + 1
        ahead = entrants[party].votes * divisor - votes * own
        if ahead > 0:
            best, votes, divisor = [party], entrants[party].votes, own
        elif ahead == 0:
            best.append(party)
    return best


def _canonical(alike: Sequence[Sequence[int]], state: State, party: int) -> State:
    after = list(state)
    after[party] += 1
    for group in alike:
        if len(group) > 1 and party in group:
            for member, own in zip(group, sorted((after[member] for member in group), reverse=True), strict=True):
                after[member] = own
    return tuple(after)


def _merged(alike: Sequence[Sequence[int]], states: set[State], unfilled: int, awards: Sequence[Award]) -> Result:
    size = sum(map(len, alike))
    least, most = [0] * size, [0] * size
    for group in alike:
        low = min(state[member] for state in states for member in group)
        high = max(state[member] for state in states for member in group)
        for member in group:
            least[member], most[member] = low, high
    tied = tuple(party for party in range(size) if most[party] > least[party])
    if not tied:
        return Result(tuple(least), None, unfilled, tuple(awards))
    at_stake = sum(next(iter(states))) - sum(least)
    return Result(tuple(least), Tie(tied, at_stake), unfilled, tuple(awards), None, tuple(most))
