"""Highest averages: each seat goes to the list with the highest votes ÷ divisor, in whole numbers only."""

from collections.abc import Sequence

from tally_app.allocation.outcome import Allocation, Divisors, Step, Tie


def highest_averages(divisors: Divisors, votes: Sequence[int], seats: int) -> Allocation:
    """Distribute *seats* by a sequence of divisors.

    Lists whose quotients are equal win together while there are seats for all of them; otherwise the seats that are
    left stay open among them. A list without votes never wins.

    Args:
        divisors: the method's sequence of divisors.
        votes: valid votes by party position [ballots], ≥ 0.
        seats: seats to fill, ≥ 0.

    Source: Pukelsheim, Proportional Representation (2017), ch. 4; worked example in tests/allocation/test_allocate.py.
    """
    won = [0] * len(votes)
    steps: list[Step] = []
    left = seats
    while left > 0:
        leaders = _leaders(divisors, votes, won)
        if not leaders or len(leaders) > left:
            break
        for party in leaders:
            steps.append(Step(len(steps) + 1, party, votes[party], divisors.at(won[party])))
            won[party] += 1
        left -= len(leaders)
    tie = Tie(tuple(leaders), left) if left and leaders else None
    return Allocation(tuple(won), tie, left if tie is None else 0, tuple(steps), divisors)


def _leaders(divisors: Divisors, votes: Sequence[int], won: Sequence[int]) -> list[int]:
    """Return every party that has the highest quotient for its next seat; none if nobody has votes."""
    leaders: list[int] = []
    top_votes, top_divisor = 0, 1
    for party, count in enumerate(votes):
        divisor = divisors.at(won[party])
        difference = count * top_divisor - top_votes * divisor
        if difference > 0:
            leaders = [party]
            top_votes, top_divisor = count, divisor
        elif difference == 0 and count:
            leaders.append(party)
    return leaders
