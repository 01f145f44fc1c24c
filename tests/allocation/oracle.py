"""The same results by another road: every quotient as a fraction, sorted, and cut; needs by trying."""

from collections.abc import Sequence
from fractions import Fraction

from tally_app.allocation.allocate import Allocation, allocate
from tally_app.allocation.contest import Contest
from tally_app.allocation.ladder import Ladder, ladder
from tally_app.allocation.methods import METHODS


def contest(votes: Sequence[int], seats: int, method: str = "dhondt") -> Contest:
    return Contest(METHODS[method], seats, tuple(votes))


def run(votes: Sequence[int], seats: int) -> Allocation:
    return allocate(contest(votes, seats))


def climb(votes: Sequence[int], seats: int, method: str = "dhondt") -> Ladder:
    """The ladder of a divisor method."""
    plain = contest(votes, seats, method)
    found = ladder(plain, allocate(plain))
    assert found is not None
    return found


def sorted_quotients(votes: Sequence[int], seats: int) -> tuple[list[int], set[int], int]:
    """Return certain seats, tied parties and the seats they share."""
    everything = [
        (Fraction(count, divisor), party)
        for party, count in enumerate(votes)
        if count
        for divisor in range(1, seats + 1)
    ]
    everything.sort(reverse=True)
    winners, losers = everything[:seats], everything[seats:]
    tied: set[int] = set()
    if winners and losers and winners[-1][0] == losers[0][0]:
        cut = losers[0][0]
        tied = {party for quotient, party in everything if quotient == cut}
        winners = [(quotient, party) for quotient, party in winners if quotient != cut]
    certain = [sum(1 for _, winner in winners if winner == party) for party in range(len(votes))]
    return certain, tied, min(seats, len(everything)) - len(winners)


def with_more(votes: Sequence[int], party: int, more: int) -> list[int]:
    return [count + more * (index == party) for index, count in enumerate(votes)]
