"""Every method in one table. Adding a divisor method is adding one row."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple, Protocol

from tally_app.allocation.outcome import DHONDT, Divisors


class Sequence(Protocol):
    """A sequence of divisors. Quotients are compared as votes^power × over(n) ÷ at(n), in whole numbers."""

    @property
    def power(self) -> int:
        """Two where the divisors are square roots, so that squares are compared; else one."""

    @property
    def bound(self) -> Divisors | None:
        """Divisors nowhere below these, themselves at most one step higher; None: there are none in even steps."""

    def at(self, seats: int) -> int:
        """Divisor of the next seat of a list that holds *seats*, times ``over``; 0: its quotient is infinite."""

    def over(self, seats: int) -> int:
        """Denominator of that divisor."""


class Doubling(NamedTuple):
    """The powers of two: 1, 2, 4, 8 and so on."""

    power: int = 1
    bound: Divisors | None = None

    def at(self, seats: int) -> int:
        """Two to the number of seats."""
        return 1 << seats

    def over(self, seats: int) -> int:  # noqa: ARG002
        """Whole numbers only."""
        return 1


class HarmonicMeans(NamedTuple):
    """The harmonic mean of n and n + 1: 2n(n + 1) ÷ (2n + 1)."""

    power: int = 1
    bound: Divisors | None = DHONDT

    def at(self, seats: int) -> int:
        """Numerator of the mean."""
        return 2 * seats * (seats + 1)

    def over(self, seats: int) -> int:
        """Denominator of the mean."""
        return 2 * seats + 1


class GeometricMeans(NamedTuple):
    """The square root of n(n + 1), kept as its square."""

    power: int = 2
    bound: Divisors | None = DHONDT

    def at(self, seats: int) -> int:
        """Square of the mean."""
        return seats * (seats + 1)

    def over(self, seats: int) -> int:  # noqa: ARG002
        """Whole numbers only."""
        return 1


class Then(StrEnum):
    """How the seats that the quota leaves are given."""

    REMAINDERS = "remainders"
    AVERAGES = "averages"
    SINGLE_PASS = "single-pass"


class Quota(NamedTuple):
    """Votes and seats in, votes for a whole seat out (an exact fraction); and how the seats left over are given."""

    votes_per_seat: Callable[[int, int], Fraction]
    then: Then


class Special(StrEnum):
    """Procedures of their own."""

    BALINSKI_YOUNG = "balinski-young"
    DUTCH_MUNICIPAL = "dutch-municipal"


Method = Sequence | Quota | Special


def hare(votes: int, seats: int) -> Fraction:
    """Votes ÷ seats."""
    return Fraction(votes, seats)


def droop(votes: int, seats: int) -> Fraction:
    """The first whole number above votes ÷ (seats + 1)."""
    return Fraction(votes // (seats + 1) + 1)


def hagenbach_bischoff(votes: int, seats: int) -> Fraction:
    """Votes ÷ (seats + 1), exact."""
    return Fraction(votes, seats + 1)


def imperiali(votes: int, seats: int) -> Fraction:
    """Votes ÷ (seats + 2), exact: may give more seats than there are."""
    return Fraction(votes, seats + 2)


METHODS: Mapping[str, Method] = MappingProxyType(
    {
        "dhondt": DHONDT,
        "sainte-lague": Divisors(1, 3, 2),
        "sainte-lague-1.4": Divisors(7, 15, 10, 5),
        "sainte-lague-1.2": Divisors(6, 15, 10, 5),
        "danish": Divisors(1, 4, 3),
        "imperiali": Divisors(2, 3, 1, 2),
        "macau": Doubling(),
        "adams": Divisors(0, 1, 1),
        "dean": HarmonicMeans(),
        "huntington-hill": GeometricMeans(),
        "hare": Quota(hare, Then.REMAINDERS),
        "droop": Quota(droop, Then.REMAINDERS),
        "hagenbach-bischoff": Quota(hagenbach_bischoff, Then.REMAINDERS),
        "imperiali-quota": Quota(imperiali, Then.REMAINDERS),
        "quota-highest-average": Quota(hare, Then.AVERAGES),
        "quota-single-pass-average": Quota(hare, Then.SINGLE_PASS),
        "balinski-young": Special.BALINSKI_YOUNG,
        "dutch-municipal": Special.DUTCH_MUNICIPAL,
    }
)
"""Methods without a parameter, by the name that packs and the command line use.

Sources: Pukelsheim, Proportional Representation (2017), ch. 3–5 (divisors, quotas); Balinski and Young, The Quota
Method of Apportionment (1975); Kieswet (Netherlands), art. P 5–P 10; Lei n.º 3/2001 (Macau), art. 17.
"""

STATIONARY = "stationary"
NAMES = (*METHODS, STATIONARY)


def stationary(parameter: Fraction) -> Divisors:
    """Return the divisors n + *parameter* (0: Adams, 1/2: Sainte-Laguë, 1: d'Hondt), multiplied to whole numbers."""
    first, step = parameter.numerator, parameter.denominator
    return Divisors(first, first + step, step, step)
