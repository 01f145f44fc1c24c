"""Checks of what the votes lead to: E401 an open tie, E402 seats that cannot be filled, W405 a lot without its tie."""

from collections.abc import Iterator

from tally_app.allocation.allocate import Allocation
from tally_app.allocation.outcome import Policy, Problem
from tally_app.checks.finding import Fact, Finding, Place
from tally_app.election.election import Election


def check_tie(election: Election, region: int, allocation: Allocation, counted: bool) -> Iterator[Finding]:
    """E401: a tie for the last seats is open. Before everything is *counted* it may still go away."""
    if allocation.tie is None:
        return
    parties = [election.parties[party].key for party in allocation.tie.parties]
    facts: dict[str, Fact] = {"seats": allocation.tie.seats, "parties": parties, "counted": counted}
    yield Finding("E401", Place(election.regions[region].key), facts)


def check_filled(election: Election, region: int, allocation: Allocation, counted: bool) -> Iterator[Finding]:
    """E402: seats cannot be filled, or a quota gives too many.

    Before everything is *counted*, nothing is said of a count without votes: that is how every count begins.
    """
    problem = allocation.problem
    if problem is None or (problem in (Problem.NO_VOTES, Problem.NO_ELIGIBLE_LIST) and not counted):
        return
    definition = election.regions[region]
    facts: dict[str, Fact] = {
        "reason": str(problem),
        "unfilled": allocation.unfilled,
        "given": sum(allocation.seats),
        "seats": definition.seats,
        "counted": counted,
    }
    yield Finding("E402", Place(definition.key), facts)


def check_lot(
    election: Election, region: int, allocation: Allocation, drawn: tuple[list[str], int] | None
) -> Iterator[Finding]:
    """W405: a lot is recorded, for these parties and so many seats, and there is no such tie (any more)."""
    if drawn is None or any(each.policy is Policy.LOT for each in allocation.settled):
        return
    parties, seats = drawn
    yield Finding("W405", Place(election.regions[region].key), {"parties": parties, "seats": seats})
