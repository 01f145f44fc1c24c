"""Checks of what the votes lead to: E401, an open tie."""

from collections.abc import Iterator

from tally_app.allocation.outcome import Allocation
from tally_app.checks.finding import Fact, Finding, Place
from tally_app.election.election import Election


def check_tie(election: Election, region: int, allocation: Allocation, counted: bool) -> Iterator[Finding]:
    """E401: a tie for the last seats is open. Before everything is *counted* it may still go away."""
    if allocation.tie is None:
        return
    parties = [election.parties[party].key for party in allocation.tie.parties]
    facts: dict[str, Fact] = {"seats": allocation.tie.seats, "parties": parties, "counted": counted}
    yield Finding("E401", Place(election.regions[region].key), facts)
