"""The ladder of quotients of a divisor method: who won the last seat, who is next, how many votes are between them.

Where alliances share seats, or a quota comes first, there is no one ladder: ``steps`` tells those.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import isqrt
from typing import NamedTuple

from tally_app.allocation.allocate import Allocation
from tally_app.allocation.contest import Contest
from tally_app.allocation.methods import Quota, Special
from tally_app.allocation.methods import Sequence as DivisorSequence
from tally_app.allocation.outcome import Policy
from tally_app.allocation.race import Entrant, room


class Quotient(NamedTuple):
    """A list's votes ÷ its divisor when it *held* so many seats, as *top* ÷ *bottom*; bottom 0: infinite.

    Where the divisors are square roots (Huntington-Hill), top and bottom are squares.
    """

    party: int
    held: int
    top: int
    bottom: int

    def exceeds(self, other: "Quotient") -> bool:
        """Is it strictly higher? Of infinite quotients, that of more votes."""
        if self.bottom == other.bottom == 0:
            return self.top > other.top
        return self.top * other.bottom > other.top * self.bottom

    def equals(self, other: "Quotient") -> bool:
        """Are they equal, so that nothing but a lot decides between them?"""
        return not self.exceeds(other) and not other.exceeds(self)


class Next(NamedTuple):
    """A list's next quotient, and the fewest votes more that give it a seat outright."""

    quotient: Quotient
    needs: int


@dataclass(frozen=True)
class Ladder:
    """Every quotient of one distribution by divisors."""

    divisors: DivisorSequence
    entrants: Sequence[Entrant]
    seats: Sequence[int]
    """Certain seats by party, a lot's included."""
    tied: frozenset[int]
    """Parties tied for the seats that are open."""
    unfilled: int
    by_lot: frozenset[int] = frozenset()
    """Parties whose last seat a lot gave."""

    @property
    def squared(self) -> bool:
        """Are the quotients squares?"""
        return self.divisors.power == 2

    def quotient(self, party: int, own: int) -> Quotient:
        """Quotient for the seat after *own* seats won here (those already held are added)."""
        entrant = self.entrants[party]
        held = entrant.start + own
        top = entrant.votes**self.divisors.power
        bottom = self.divisors.at(held)
        return Quotient(party, held, top * self.divisors.over(held) if bottom else top, bottom)

    def won(self, party: int, own: int) -> bool:
        """Did the quotient after *own* seats win one?"""
        return own < self.seats[party]

    def by_minimum(self, party: int, own: int) -> bool:
        """Was that seat the list's by a minimum, whatever its quotient?"""
        return own < self.entrants[party].least

    def next(self, party: int) -> Quotient | None:
        """Quotient for one seat more than it has; None: the list can take no more."""
        own = self.seats[party]
        return self.quotient(party, own) if room(self.entrants[party], own) else None

    @cached_property
    def last(self) -> tuple[Quotient, ...]:
        """Who won the last certain seat: several if their quotients are equal, none if no quotient won."""
        return _lowest(
            self.quotient(party, own - 1)
            for party, own in enumerate(self.seats)
            if own > (self.entrants[party].least if self.entrants[party].votes else 0)
        )

    @cached_property
    def nearest(self) -> tuple[Next, ...]:
        """Who, of those that do not hold the last seat, would take one with the fewest more votes.

        Several if they need as many; none while no seat is certain or a tie is open. The highest losing quotient is not
        the question: it may be the last winner's own, or a large list's that needs more votes than a small one.
        """
        holders = {each.party for each in self.last}
        if not holders or self.tied:
            return ()
        others = []
        for party, entrant in enumerate(self.entrants):
            quotient = None if party in holders or not entrant.votes else self.next(party)
            needs = None if quotient is None else self.needs(party)
            if quotient is not None and needs is not None:
                others.append(Next(quotient, needs))
        fewest = min((each.needs for each in others), default=0)
        return tuple(each for each in others if each.needs == fewest)

    def needs(self, party: int) -> int | None:
        """Return the fewest more votes that give a list one more certain seat, the other lists' votes unchanged.

        Its next quotient must exceed the lowest one that still wins among the others: equal would be a tie. Whether the
        list takes part at all (threshold, standing) is not asked here.

        Returns:
            Votes [ballots], ≥ 1; None if no number is enough: nobody else has a seat that a quotient can win.
        """
        entrant, own = self.entrants[party], self.seats[party]
        if entrant.most is not None and own >= entrant.most:
            return None
        beaten = self._to_beat(party)
        if beaten is None:
            return 1 if self.unfilled and not entrant.votes else None
        bottom = self.divisors.at(entrant.start + own)
        if beaten.bottom == 0:
            return None if bottom else _root(beaten.top, self.divisors.power) + 1 - entrant.votes
        if bottom == 0:
            return 1  # any vote makes its quotient infinite; with votes it would have won
        over = self.divisors.over(entrant.start + own)
        # votes^power × over ÷ bottom > top ÷ beaten.bottom
        power = beaten.top * bottom // (beaten.bottom * over)
        return _root(power, self.divisors.power) + 1 - entrant.votes

    def seat_number(self, party: int, own: int) -> int | None:
        """Return the number in the order of winning [1 …]; equal quotients share the lowest; None: not by quotient."""
        if not self.won(party, own) or self.by_minimum(party, own):
            return None
        this = self.quotient(party, own)
        before = sum(entrant.least for entrant in self.entrants if entrant.votes)
        for other, seats in enumerate(self.seats):
            low, high = (self.entrants[other].least if self.entrants[other].votes else 0), seats
            first = low
            while low < high:
                middle = (low + high) // 2
                if self.quotient(other, middle).exceeds(this):
                    low = middle + 1
                else:
                    high = middle
            before += low - first
        return before + 1

    def _to_beat(self, party: int) -> Quotient | None:
        if self.tied:
            return self.next(min(self.tied))
        if self.unfilled:
            return None
        rivals = [
            self.quotient(other, own - 1)
            for other, own in enumerate(self.seats)
            if other != party and own > (self.entrants[other].least if self.entrants[other].votes else 0)
        ]
        lowest = _lowest(rivals)
        return lowest[0] if lowest else None


def ladder(contest: Contest, allocation: Allocation) -> Ladder | None:
    """Return the ladder; None where the method or alliances leave no single one."""
    if isinstance(contest.method, Quota | Special) or contest.alliances:
        return None
    tied = frozenset(allocation.tie.parties) if allocation.tie else frozenset()
    by_lot = frozenset(
        party
        for settlement in allocation.settled
        if settlement.policy is Policy.LOT
        for party, more in enumerate(settlement.seats)
        if more
    )
    return Ladder(contest.method, contest.entrants(), allocation.seats, tied, allocation.unfilled, by_lot)


def _lowest(quotients: Iterable[Quotient]) -> tuple[Quotient, ...]:
    lowest: list[Quotient] = []
    for quotient in quotients:
        if not lowest or lowest[0].exceeds(quotient):
            lowest = [quotient]
        elif lowest[0].equals(quotient):
            lowest.append(quotient)
    return tuple(lowest)


def _root(number: int, power: int) -> int:
    return isqrt(number) if power == 2 else number


def quotient_text(top: int, bottom: int, decimals: int, squared: bool = False) -> str:
    """Write a quotient with a number of decimals, exactly, rounded half up: ``quotient_text(1187, 7, 2)`` = 169.57."""
    scaled = _rounded(top, bottom, decimals, squared)
    if decimals == 0:
        return str(scaled)
    whole, rest = divmod(scaled, 10**decimals)
    return f"{whole}.{rest:0{decimals}d}"


def decimals_apart(first: tuple[int, int], second: tuple[int, int], at_least: int = 0, squared: bool = False) -> int:
    """Return how many decimals two quotients (top, bottom) need so that the written numbers differ.

    Equal quotients never differ: they get *at_least*; so do infinite ones.
    """
    if first[0] * second[1] == second[0] * first[1] or 0 in (first[1], second[1]):
        return at_least
    decimals = at_least
    while _rounded(*first, decimals, squared) == _rounded(*second, decimals, squared):
        decimals += 1
    return decimals


def divisor_text(divisors: DivisorSequence, held: int) -> str:
    """Write the divisor of a list that holds so many seats as the law would: ``3``, ``1.4``, ``12/5``, ``√12``."""
    at, over = divisors.at(held), divisors.over(held)
    if divisors.power == 2:
        root = isqrt(at)
        return str(root) if root * root == at else f"√{at}"
    divisor = Fraction(at, over)
    if divisor.denominator in (2, 4, 5, 10):
        return quotient_text(divisor.numerator, divisor.denominator, 2).rstrip("0")
    return str(divisor)


def _rounded(top: int, bottom: int, decimals: int, squared: bool) -> int:
    scale: int = 10**decimals
    if not squared:
        return (2 * top * scale + bottom) // (2 * bottom)
    number = top * scale * scale
    root = isqrt(number // bottom)
    return root + ((2 * root + 1) ** 2 * bottom <= 4 * number)
