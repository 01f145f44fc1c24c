"""The one door to every method: a contest in, an allocation out. Ties and seats that nobody takes are values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import index
from types import MappingProxyType

from tally_app.allocation.alliances import apportion_allied
from tally_app.allocation.contest import Contest
from tally_app.allocation.outcome import Policy, Problem, Tie
from tally_app.allocation.race import Result


class AllocationError(ValueError):
    """Votes or seats that nothing can be allocated from. *code*: what is wrong; *facts*: with which numbers."""

    def __init__(self, code: str, **facts: int | str) -> None:
        self.code = code
        self.facts: Mapping[str, int | str] = MappingProxyType(facts)
        super().__init__(f"{code}: {facts}")


@dataclass(frozen=True, slots=True)
class Settlement:
    """A tie that was there, what settled it, and the seats that each tied party got by it."""

    tie: Tie
    policy: Policy
    seats: tuple[int, ...]
    """By party position, like every tuple of seats."""


@dataclass(frozen=True, slots=True)
class Allocation:
    """Seats per party. ``sum(seats) + open_seats`` is always the number of seats to fill, but for an over-award."""

    seats: tuple[int, ...]
    """Seats that are certain, by party position; those already held before are not in them."""
    tie: Tie | None
    """The tie that is open, or None."""
    unfilled: int
    """Seats that nobody can take; *problem* says why."""
    problem: Problem | None
    most: tuple[int, ...]
    """Seats of each party if every open lot falls in its favour."""
    settled: tuple[Settlement, ...] = ()
    """How ties were settled: by the rule's policy, then by a lot."""

    @property
    def open_seats(self) -> int:
        """Seats that no party holds yet: tied or unfilled."""
        return self.unfilled + (self.tie.seats if self.tie else 0)


def allocate(contest: Contest, lot: Sequence[int] | None = None) -> Allocation:
    """Distribute the seats of a contest.

    Args:
        contest: the method, its conditions, the votes.
        lot: seats that a recorded lot gave, by party position. It counts only if it fits the tie that is open: as many
            seats as are open, among the tied parties (``outcomes.possible`` says which lots can be).

    Raises:
        AllocationError: ``negative-votes`` (facts: party, votes) or ``negative-seats`` (seats).
        TypeError: a number that is not whole.
    """
    _refuse(contest)
    result, parts = apportion_allied(contest, with_steps=False)
    before = parts[0].result
    settled: tuple[Settlement, ...] = ()
    if not contest.alliances and before.tie is not None and before.tie != result.tie:
        gained = tuple(after - own for own, after in zip(before.seats, result.seats, strict=True))
        settled = (Settlement(before.tie, contest.policy, gained),)
    allocation = Allocation(
        seats=result.seats,
        tie=result.tie,
        unfilled=result.unfilled,
        problem=problem_of(contest, result),
        most=tuple(result.most(party) for party in range(len(result.seats))),
        settled=settled,
    )
    return with_lot(allocation, lot) if lot is not None else allocation


def with_lot(allocation: Allocation, lot: Sequence[int]) -> Allocation:
    """Settle the open tie by a lot; unchanged if the lot does not fit it."""
    tie = allocation.tie
    if tie is None or not fits(tie, lot):
        return allocation
    seats = tuple(own + more for own, more in zip(allocation.seats, lot, strict=True))
    settled = (*allocation.settled, Settlement(tie, Policy.LOT, tuple(lot)))
    return Allocation(seats, None, allocation.unfilled, allocation.problem, seats, settled)


def fits(tie: Tie, lot: Sequence[int]) -> bool:
    """Does a lot give just the tie's seats, to tied parties only?"""
    among = set(tie.parties)
    return sum(lot) == tie.seats and all(more >= 0 and (not more or party in among) for party, more in enumerate(lot))


def problem_of(contest: Contest, result: Result) -> Problem | None:
    """Say why a result is not what one would expect."""
    if result.problem is not None:
        return Problem(result.problem)
    if not result.unfilled:
        return None
    if not any(contest.votes):
        return Problem.NO_VOTES
    if not any(entrant.votes for entrant in contest.entrants()):
        return Problem.NO_ELIGIBLE_LIST
    return Problem.LISTS_EXHAUSTED


def _refuse(contest: Contest) -> None:
    for party, count in enumerate(contest.votes):
        if type(count) is not int:
            raise TypeError(f"votes are whole numbers of Python (NumPy's overflow silently), not {count!r}")
        if count < 0:
            raise AllocationError("negative-votes", party=party, votes=count)
    if index(contest.seats) < 0:
        raise AllocationError("negative-seats", seats=contest.seats)
