"""What an allocation says: seats that are certain, a tie that is open, and each step that led there.

Parties are positions in the sequence of votes that was given; names are somebody else's business.
"""

from dataclasses import dataclass
from fractions import Fraction


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

    @property
    def open_seats(self) -> int:
        """Seats that no party holds yet: tied or unfilled."""
        return self.unfilled + (self.tie.seats if self.tie else 0)
