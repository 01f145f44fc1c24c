"""The one door to every method: a rule, votes and seats in, an allocation out."""

from collections.abc import Mapping, Sequence
from operator import index
from types import MappingProxyType

from tally_app.allocation.divisors import highest_averages
from tally_app.allocation.outcome import DHONDT, Allocation, Divisors
from tally_app.election.model import Rule

DIVISORS: Mapping[str, Divisors] = MappingProxyType({"dhondt": DHONDT})
"""Divisor methods by ``Rule.method``: a further one is a further row."""


class AllocationError(ValueError):
    """Votes or seats that nothing can be allocated from. *code*: what is wrong; *facts*: with which numbers."""

    def __init__(self, code: str, **facts: int | str) -> None:
        self.code = code
        self.facts: Mapping[str, int | str] = MappingProxyType(facts)
        super().__init__(f"{code}: {facts}")


def allocate(rule: Rule, votes: Sequence[int], seats: int) -> Allocation:
    """Distribute *seats* among parties by a rule.

    Args:
        rule: the election's rule.
        votes: valid votes by party position [ballots], ≥ 0; 0 for a party that does not stand.
        seats: seats to fill, ≥ 0.

    Raises:
        AllocationError: ``negative-votes`` (facts: party, votes), ``negative-seats`` (seats) or ``unknown-method``.
        TypeError: a number that is not whole.
    """
    exact = [index(count) for count in votes]  # NumPy's integers would overflow silently
    for party, count in enumerate(exact):
        if count < 0:
            raise AllocationError("negative-votes", party=party, votes=count)
    if seats < 0:
        raise AllocationError("negative-seats", seats=seats)
    divisors = DIVISORS.get(rule.method)
    if divisors is None:
        raise AllocationError("unknown-method", method=rule.method)
    return highest_averages(divisors, exact, index(seats))
