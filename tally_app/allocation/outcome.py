"""What an allocation says: seats that are certain, a tie that is open, and each step that led there.

Parties are positions in the sequence of votes that was given; names are somebody else's business.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple


class Divisors(NamedTuple):
    """A sequence of divisors as data: *first*, *second*, and from there on *step* more for each seat.

    Whole numbers; a sequence with fractions is written multiplied (1.4, 3, 5, … as 14, 30, 50, …).
    """

    first: int
    second: int
    step: int
    unit: int = 1
    """What a divisor of 1 is written as: 5 for 1.4, 3, 5, … as 7, 15, 25, …"""

    def at(self, seats: int) -> int:
        """Divisor of the next seat of a list that has won *seats* [0, 1, …]."""
        return self.first if seats == 0 else self.second + self.step * (seats - 1)

    def over(self, seats: int) -> int:  # noqa: ARG002
        """Denominator of every divisor."""
        return self.unit

    @property
    def power(self) -> int:
        """Quotients are compared as they are, not squared."""
        return 1

    @property
    def bound(self) -> "Divisors | None":
        """Themselves: they go up in even steps."""
        return self


DHONDT = Divisors(1, 2, 1)


@dataclass(frozen=True, slots=True)
class Step:
    """One seat is won: *party* holds the highest quotient, *votes* ÷ *divisor*.

    Steps whose quotients are equal won together; the order between them means nothing.
    """

    seat: int
    """Number of the seat in the region, from 1."""
    party: int
    votes: int
    divisor: int

    @property
    def quotient(self) -> Fraction:
        """The winning quotient, exact [votes per seat]."""
        return Fraction(self.votes, self.divisor)


@dataclass(frozen=True, slots=True)
class Tie:
    """*seats* seats are open among more than *seats* tied *parties*, each of which can win one of them."""

    parties: tuple[int, ...]
    seats: int


@dataclass(frozen=True, slots=True)
class Allocation:
    """Seats per party. ``sum(seats) + open_seats`` is always the number of seats to fill."""

    seats: tuple[int, ...]
    """Seats that are certain, by party position."""
    tie: Tie | None
    """The tie for the last seats, to be settled by lot, or None."""
    unfilled: int
    """Seats that nobody can take (no votes)."""
    steps: tuple[Step, ...]
    """How each certain seat was won, in order."""
    divisors: Divisors = DHONDT
    """The divisors it was made with, so that a ladder drawn from it uses the same."""

    @property
    def open_seats(self) -> int:
        """Seats that no party holds yet: tied or unfilled."""
        return self.unfilled + (self.tie.seats if self.tie else 0)
