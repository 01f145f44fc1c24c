"""The ladder of quotients: who won the last seat, who is next, and how many votes are between them.

The votes given here are those that the allocation was made from.
"""

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction
from operator import index
from typing import NamedTuple

from tally_app.allocation.outcome import Allocation


class Contender(NamedTuple):
    """A party and one of its quotients."""

    party: int
    votes: int
    divisor: int

    @property
    def quotient(self) -> Fraction:
        """The quotient, exact [votes per seat]."""
        return Fraction(self.votes, self.divisor)


class NextSeat(NamedTuple):
    """A party that would win the next seat. *needs*: the fewest more votes that give it a seat outright."""

    party: int
    votes: int
    divisor: int
    needs: int


class State(StrEnum):
    """What became of a quotient."""

    WON = "won"
    TIED = "tied"
    LOST = "lost"


class Rung(NamedTuple):
    """A quotient on the ladder. *seat* is the number of the seat it won, None if it won none."""

    party: int
    votes: int
    divisor: int
    state: State
    seat: int | None


def ladder(votes: Sequence[int], allocation: Allocation) -> tuple[Rung, ...]:
    """Return every winning quotient, every tied one, and each party's first losing one, from high to low.

    Parties without votes have no rung. Equal quotients stand in the order of the parties.
    """
    rungs = [Rung(step.party, step.votes, step.divisor, State.WON, step.seat) for step in allocation.steps]
    tied = set(allocation.tie.parties) if allocation.tie else set()
    below = [_next(votes, allocation, party) for party, count in enumerate(votes) if count > 0]
    below.sort(key=_from_high_to_low)
    # Tied quotients are the highest of those that did not win, so they come right after the winners.
    rungs += [Rung(*contender, State.TIED if contender.party in tied else State.LOST, None) for contender in below]
    return tuple(rungs)


def last_winner(allocation: Allocation) -> tuple[Contender, ...]:
    """Return who won the last certain seat: several if their quotients are equal, none if no seat is certain."""
    if not allocation.steps:
        return ()
    last = allocation.steps[-1]
    return tuple(
        Contender(step.party, step.votes, step.divisor)
        for step in allocation.steps
        if step.votes * last.divisor == last.votes * step.divisor
    )


def next_in_line(votes: Sequence[int], allocation: Allocation) -> tuple[NextSeat, ...]:
    """Return the highest quotient that won no seat: several if equal, none if no party with votes can win one more.

    A party that has every seat is passed over: no seat is left that it could take. While a tie is open these are the
    tied parties: one vote more gives any of them a seat.
    """
    below = [
        NextSeat(*_next(votes, allocation, party), needs)
        for party, count in enumerate(votes)
        if count > 0 and (needs := votes_for_next_seat(votes, allocation, party)) is not None
    ]
    top = max((Fraction(seat.votes, seat.divisor) for seat in below), default=None)
    return tuple(seat for seat in below if Fraction(seat.votes, seat.divisor) == top)


def votes_for_next_seat(votes: Sequence[int], allocation: Allocation, party: int) -> int | None:
    """Return the fewest more votes that give a party one more certain seat, the other parties' votes unchanged.

    The party's next quotient must exceed the lowest one that still wins among the others: equal would be a tie.
    In tiny counts those votes may bring more than one seat. Whether the party stands in the region at all is not
    known here.

    Returns:
        Votes [ballots], ≥ 1; None if the party already has every seat, or there is none.
    """
    to_beat = _quotient_to_beat(votes, allocation, party)
    if to_beat is None:
        return None
    divisor = allocation.divisors.at(allocation.seats[party])
    return to_beat.votes * divisor // to_beat.divisor + 1 - index(votes[party])


def _quotient_to_beat(votes: Sequence[int], allocation: Allocation, party: int) -> Contender | None:
    if allocation.tie is not None:
        return _next(votes, allocation, allocation.tie.parties[0])
    if allocation.unfilled:
        return Contender(party, 0, 1)
    for step in reversed(allocation.steps):
        if step.party != party:
            return Contender(step.party, step.votes, step.divisor)
    return None


def _next(votes: Sequence[int], allocation: Allocation, party: int) -> Contender:
    return Contender(party, index(votes[party]), allocation.divisors.at(allocation.seats[party]))


def _from_high_to_low(contender: Contender) -> Fraction:
    return -contender.quotient


def quotient_text(votes: int, divisor: int, decimals: int) -> str:
    """Write a quotient with a number of decimals, exactly, rounded half up: ``quotient_text(1187, 7, 2)`` = 169.57."""
    scaled = _rounded(votes, divisor, decimals)
    if decimals == 0:
        return str(scaled)
    whole, rest = divmod(scaled, 10**decimals)
    return f"{whole}.{rest:0{decimals}d}"


def decimals_apart(first: tuple[int, int], second: tuple[int, int], at_least: int = 0) -> int:
    """Return how many decimals two quotients (votes, divisor) need so that the written numbers differ.

    Equal quotients never differ: they get *at_least*.
    """
    if first[0] * second[1] == second[0] * first[1]:
        return at_least
    decimals = at_least
    while _rounded(*first, decimals) == _rounded(*second, decimals):
        decimals += 1
    return decimals


def _rounded(votes: int, divisor: int, decimals: int) -> int:
    scale: int = 10**decimals
    return (2 * votes * scale + divisor) // (2 * divisor)
