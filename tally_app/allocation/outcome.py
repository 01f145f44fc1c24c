"""Words that everything here shares: a sequence of divisors, a tie, and what may settle it.

Parties are positions in the sequence of votes that was given; names are somebody else's business.
"""

from dataclasses import dataclass
from enum import StrEnum
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


class Policy(StrEnum):
    """What decides between equal claims to a seat."""

    LOT = "lot"
    """Nothing but a lot that is drawn and recorded."""
    MOST_VOTES = "most-votes"
    FEWEST_VOTES = "fewest-votes"


@dataclass(frozen=True, slots=True)
class Tie:
    """*seats* seats are open among the tied *parties*, each of which can win at least one of them."""

    parties: tuple[int, ...]
    seats: int


class Problem(StrEnum):
    """Why an allocation is not what one would expect. Seats that are given beside it are valid as far as they go."""

    NO_VOTES = "no-votes"
    NO_ELIGIBLE_LIST = "no-eligible-list"
    """There are votes, but no list takes part (threshold)."""
    LISTS_EXHAUSTED = "lists-exhausted"
    """No list that takes part can take a further seat."""
    OVER_AWARD = "over-award"
    """A quota gives more whole seats than there are."""
    MINIMUM_OVER_SEATS = "minimum-over-seats"
    """The minimum seats of the lists are more than the seats there are."""
    TOO_MANY_OUTCOMES = "too-many-outcomes"
    """The ties have too many outcomes to be followed."""
