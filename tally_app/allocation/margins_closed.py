"""Margins in closed form, where nothing but votes and divisors decides: a few whole numbers per pair of lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isqrt

from tally_app.allocation.allocate import Allocation, allocate
from tally_app.allocation.contest import Contest
from tally_app.allocation.ladder import Ladder, Quotient, ladder
from tally_app.allocation.outcome import Policy


@dataclass(frozen=True)
class Closed:
    """The margins of one distribution by divisors."""

    ladder: Ladder
    allocation: Allocation

    @cached_property
    def gains(self) -> tuple[int | None, ...]:
        """Fewest more votes for one more certain seat, by list; None: no number is enough."""
        seats = sum(self.allocation.seats) + self.allocation.open_seats
        return tuple(None if own >= seats else self.ladder.needs(party) for party, own in enumerate(self._seats))

    @cached_property
    def losses(self) -> tuple[int | None, ...]:
        """Fewest votes less after which the last certain seat is lost for certain, by list; None: it has none."""
        return tuple(self._loss(party) if own else None for party, own in enumerate(self._seats))

    def shift(self, gains: int, loses: int, highest: int) -> int | None:
        """Return the fewest votes from one list to another after which the present seats are impossible.

        No seat may be open. None: there is no such number up to *highest*.

        A seat moves when a losing quotient exceeds a winning one: that of the one list any other's, any other's that of
        the other list, or the one's the other's.
        """
        least = min((each for each in (self.gains[gains], self.losses[loses]) if each is not None), default=highest + 1)
        if self._seats[loses]:
            limit = min(highest, least - 1)
            if limit > 0 and self._exceeds(gains, loses, limit):
                below, least = 0, limit
                while least - below > 1:
                    middle = (below + least) // 2
                    if self._exceeds(gains, loses, middle):
                        least = middle
                    else:
                        below = middle
        return least if least <= highest else None

    @property
    def _seats(self) -> Sequence[int]:
        return self.ladder.seats

    def _exceeds(self, gains: int, loses: int, moved: int) -> bool:
        divisors, entrants = self.ladder.divisors, self.ladder.entrants
        winning, losing = self._seats[gains], self._seats[loses] - 1
        more, less = entrants[gains].votes + moved, entrants[loses].votes - moved
        if not less:
            return True
        first, second = divisors.at(winning), divisors.at(losing)
        if first == 0 or second == 0:
            return first == 0 and (second != 0 or more > less)
        more, less = (more * more, less * less) if divisors.power == 2 else (more, less)
        return more * divisors.over(winning) * second > less * divisors.over(losing) * first

    def _loss(self, party: int) -> int:
        """Its last quotient must be lower than the highest of the others that would win its seat."""
        votes, own = self.ladder.entrants[party].votes, self._seats[party]
        divisors, above = self.ladder.divisors, self._heir(party)
        at, over = divisors.at(own - 1), divisors.over(own - 1)
        if above is None or (at == 0 and above.bottom):
            return votes  # nobody else, or an infinite quotient: only without votes it is lost
        # votes left^power < top ÷ bottom
        top, bottom = (above.top * at, above.bottom * over) if above.bottom else (above.top, 1)
        left = (top - 1) // bottom
        return votes - (isqrt(left) if divisors.power == 2 else left)

    def _heir(self, party: int) -> Quotient | None:
        """Return the quotient that wins one of the seats if the list has one less."""
        tie = self.allocation.tie
        # its own claim in the tie is gone, too: are there seats for all others who are tied, so that the next wins?
        enough = tie is not None and party in tie.parties and tie.seats == len(tie.parties) - 1
        highest: Quotient | None = None
        for other, own in enumerate(self._seats):
            if other == party or not self.ladder.entrants[other].votes:
                continue
            quotient = self.ladder.quotient(other, own + (enough and other in self.ladder.tied))
            if highest is None or quotient.exceeds(highest):
                highest = quotient
        return highest


def closed(contest: Contest) -> Closed | None:
    """Return the margins in closed form; None: more than votes and divisors decides."""
    if not contest.plain or contest.policy is not Policy.LOT:
        return None
    allocation = allocate(contest)
    found = ladder(contest, allocation)
    return None if found is None else Closed(found, allocation)
