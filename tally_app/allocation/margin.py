"""On how few votes a region's seats hang: added to a list, taken from one, or moved between two."""

from collections.abc import Iterable, Sequence
from operator import index
from typing import NamedTuple

from tally_app.allocation.outcome import Allocation, Step


class Change(NamedTuple):
    """So many *votes* more or fewer, and the seat that was *loses*'s cannot stay there: *gains* is ahead of it."""

    votes: int
    gains: int
    loses: int


class Margin(NamedTuple):
    """The least changes of three kinds. None: no such change moves a seat."""

    added: Change | None
    """Votes added to *gains* alone."""
    taken: Change | None
    """Votes taken from *loses* alone."""
    moved: Change | None
    """Votes taken from *loses* and given to *gains*."""

    @property
    def least(self) -> Change | None:
        """The least of the three: where votes can be moved at all, moving needs the fewest."""
        return _least(change for change in self if change is not None)


def margin(votes: Sequence[int], allocation: Allocation, standing: Sequence[bool] | None = None) -> Margin | None:
    """Return the least changes after which the present seats are no longer a possible result.

    A seat moves when a quotient that lost strictly exceeds one that won; equal quotients are only a tie, which may need
    one vote fewer. Of changes that are equally small, the first in the order of the parties is named.

    Args:
        votes: the votes that the allocation was made from.
        allocation: the present seats.
        standing: who stands in the region and can gain votes; None: everybody.

    Returns:
        None while a seat is open: then a lot or a single vote decides.
    """
    if allocation.open_seats:
        return None
    added, taken, moved = [], [], []
    ahead = [(index(votes[step.party]), step.divisor, step.party) for step in _last_steps(allocation)]
    for gains, behind in enumerate(votes):
        if standing is not None and not standing[gains]:
            continue
        next_divisor = allocation.divisors.at(allocation.seats[gains])
        for count, last_divisor, loses in ahead:
            if loses == gains:
                continue
            lead = count * next_divisor - index(behind) * last_divisor
            added.append((lead // last_divisor + 1, gains, loses))
            moved.append((lead // (last_divisor + next_divisor) + 1, gains, loses))
            if behind:
                taken.append((lead // next_divisor + 1, gains, loses))
    return Margin(_least(added), _least(taken), _least(moved))


def _last_steps(allocation: Allocation) -> Iterable[Step]:
    """Return each winner's last step."""
    return {step.party: step for step in allocation.steps}.values()


def _least(changes: Iterable[tuple[int, int, int]]) -> Change | None:
    least = min(changes, default=None)
    return None if least is None else Change(*least)
