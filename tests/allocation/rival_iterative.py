"""The same questions answered by interregnum's other road to the same methods: multiply, round, correct."""

from interregnum.methods.singlevote.iterative_divisor import Discrepancy, IterativeDivisorAllocator

from tests.allocation.rival_case import Answer, Case, Fault

_NAMES = {"dhondt": "jefferson", "sainte-lague": "webster", "adams": "adams"}
METHODS = tuple(_NAMES)
KNOWS: frozenset[str] = frozenset()


def answer(case: Case) -> Answer:
    """It gives the tied seats to some of the tied lists and says which could have more or fewer."""
    found = IterativeDivisorAllocator[int](_NAMES[case.method]).calc(list(enumerate(case.votes)), case.seats)
    assert found.data is not None
    seats = {candidate.name: candidate.seats for candidate in found.allocation}
    tied = frozenset(found.data.ties)
    winners = {party for party in tied if found.data.ties[party] == Discrepancy.DECREMENTABLE}
    return Answer(tuple(seats[party] - (party in winners) for party in range(len(case.votes))), tied, len(winners))


def _first_seats_run_out(case: Case) -> bool:
    return case.method == "adams" and case.seats < sum(own > 0 for own in case.votes)


FAULTS = [
    Fault("raises where there are no seats", lambda case: case.seats == 0, Case("dhondt", (1,), 0)),
    Fault(
        "gives lists without votes seats, -1 of them too, and misses ties beside them",
        lambda case: 0 in case.votes or not case.votes,
        Case("adams", (1, 0), 1),
    ),
    Fault(
        "another reading: takes all infinite quotients as equal, where ours go by votes",
        _first_seats_run_out,
        Case("adams", (2, 1), 1),
    ),
]
