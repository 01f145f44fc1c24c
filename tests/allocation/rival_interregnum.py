"""The same questions answered by interregnum, whose ties are read from its log of events."""

from fractions import Fraction
from itertools import pairwise

from interregnum.methods.events import QuotaWinnerEvent, SeatsEvent, TieEvent
from interregnum.methods.singlevote.highest_averages import HAResultData, HighestAveragesAllocator
from interregnum.methods.singlevote.largest_remainder import LargestRemainderAllocator
from interregnum.methods.types import Result

from tests.allocation.rival_case import Answer, Case, Fault, remainders_run_out, zero_divided

DIVISORS = {
    "dhondt": "dhondt",
    "sainte-lague": "sainte_lague",
    "sainte-lague-1.4": "sainte_lague_1.4",
    "danish": "danish",
    "imperiali": "imperiali",
    "adams": "adams",
    "dean": "dean",
    "huntington-hill": "huntington_hill",
}
QUOTAS = {
    "hare": "hare",
    "droop": "droop",
    "hagenbach-bischoff": "hagenbach_bischoff",
    "imperiali-quota": "imperiali",
}
METHODS = (*DIVISORS, *QUOTAS)
KNOWS = frozenset({"start"})


def answer(case: Case) -> Answer:
    return by_divisors(case, DIVISORS[case.method]) if case.method in DIVISORS else _by_quota(case)


def by_divisors(case: Case, divisors: str) -> Answer:
    allocator = HighestAveragesAllocator[int](divisors)
    held = {party: own for party, own in enumerate(case.start) if own}
    found = allocator.calc(
        list(enumerate(case.votes)), case.seats, random_seed=1, initial_seats=held.items(), skip_initial_seats=True
    )
    return read_quotients(found, len(case.votes))


def read_quotients(found: Result[int, HAResultData], lists: int) -> Answer:
    """A last quotient that not all of its lists won with is a tie: those seats are taken back."""
    seats = {candidate.name: candidate.seats for candidate in found.allocation}
    assert found.data is not None
    wins = [event for event in found.data.log if isinstance(event, QuotaWinnerEvent)]
    ties = [event for event in found.data.log if isinstance(event, TieEvent)]
    last = wins[-1].quota if wins else None
    winners = [win.target for win in wins if win.quota == last]
    equal = next((tie.candidates for tie in ties if tie.condition == ("quotient", last)), winners)
    if len(equal) <= len(winners):
        return Answer(tuple(seats[party] for party in range(lists)))
    certain = tuple(seats[party] - winners.count(party) for party in range(lists))
    return Answer(certain, frozenset(equal), len(winners))


def _by_quota(case: Case) -> Answer:
    allocator = LargestRemainderAllocator[int](QUOTAS[case.method], fix_overflow=False)
    found = allocator.calc(list(enumerate(case.votes)), case.seats, random_seed=1)
    seats = [candidate.seats for candidate in sorted(found.allocation, key=lambda candidate: candidate.name)]
    assert found.data is not None
    if sum(seats) > case.seats:
        return Answer(tuple(seats), over_award=True)
    for number, event in enumerate(found.data.log):
        if isinstance(event, TieEvent):
            winners = [later.target for later in found.data.log[number + 1 :] if isinstance(later, SeatsEvent)]
            certain = tuple(own - winners.count(party) for party, own in enumerate(seats))
            return Answer(certain, frozenset(event.candidates), len(winners))
    return Answer(tuple(seats))


def _too_close_for_floats(case: Case) -> bool:
    """Have two lists with different votes Huntington-Hill quotients that are equal, or closer than 2^-48 of them?"""
    if case.method != "huntington-hill":
        return False
    squares = sorted(
        (Fraction(own * own, held * (held + 1)), own)
        for own, start in zip(case.votes, case.held, strict=True)
        for held in range(max(start, 1), start + case.seats + 1)
    )
    return any(own != more and high - low <= high / 2**47 for (low, own), (high, more) in pairwise(squares))


FAULTS = [
    Fault("raises where there are no seats", lambda case: case.seats == 0, Case("dhondt", (1,), 0)),
    Fault(
        "gives seats to lists without votes where no list has any",
        lambda case: not any(case.votes),
        Case("dhondt", (0,), 1),
    ),
    Fault("divides by a first divisor of 0", zero_divided, Case("adams", (1,), 1)),
    Fault(
        "compares Huntington-Hill's quotients in floats",
        _too_close_for_floats,
        Case("huntington-hill", (10**17, 10**17 + 1), 1, (1, 1)),
    ),
    Fault(
        "raises when each list has a seat for its remainder, or gives the next ones to lists without votes",
        remainders_run_out,
        Case("droop", (1,), 3),
    ),
]
