"""The same questions answered by votelib."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from votelib.component.divisor import modified_first_coef, sainte_lague
from votelib.evaluate.core import Conditioned, MultistageDistributor, Tie, VotingSystemError
from votelib.evaluate.proportional import HighestAverages, LargestRemainder, QuotaDistributor
from votelib.evaluate.threshold import RelativeThreshold

from tests.allocation.method_oracle import DIVISORS, QUOTAS
from tests.allocation.rival_case import Answer, Case, Fault, remainders_run_out, zero_divided

METHODS: dict[str, Callable[[], Any]] = {
    "dhondt": lambda: HighestAverages("d_hondt"),
    "sainte-lague": lambda: HighestAverages("sainte_lague"),
    "sainte-lague-1.4": lambda: HighestAverages(modified_first_coef(sainte_lague)),
    "sainte-lague-1.2": lambda: HighestAverages(modified_first_coef(sainte_lague, Fraction(6, 5))),
    "danish": lambda: HighestAverages("danish"),
    "imperiali": lambda: HighestAverages("imperiali"),
    "macau": lambda: HighestAverages("macau"),
    "adams": lambda: HighestAverages(DIVISORS["adams"]),
    "dean": lambda: HighestAverages(DIVISORS["dean"]),
    "huntington-hill": lambda: HighestAverages("huntington_hill"),
    "hare": lambda: LargestRemainder("hare"),
    "droop": lambda: LargestRemainder("droop"),
    "hagenbach-bischoff": lambda: LargestRemainder("hagenbach_bischoff"),
    "imperiali-quota": lambda: LargestRemainder("imperiali"),
    "quota-highest-average": lambda: MultistageDistributor([QuotaDistributor("hare"), HighestAverages("d_hondt")]),
}
"""Adams and Dean are not votelib's own: its evaluator is given our divisors."""
KNOWS = frozenset({"start", "most", "share"})


def answer(case: Case) -> Answer:
    votes = {str(party): own for party, own in enumerate(case.votes)}
    held = {str(party): own for party, own in enumerate(case.start) if own}
    most = {str(party): own + case.held[party] for party, own in enumerate(case.most)}
    total = case.seats + sum(case.start)
    try:
        found = _with_threshold(METHODS[case.method](), case).evaluate(votes, total, prev_gains=held, max_seats=most)
    except VotingSystemError:
        quota = case.method.removesuffix("-quota").replace("-", "_")
        found = _with_threshold(QuotaDistributor(quota, on_overaward="ignore"), case).evaluate(votes, total)
        return Answer(tuple(found.get(party, 0) for party in votes), over_award=True)
    ties = [(tie, seats) for tie, seats in found.items() if isinstance(tie, Tie)]
    tied, open_seats = ties[0] if ties else (frozenset(), 0)
    return Answer(tuple(found.get(party, 0) for party in votes), frozenset(map(int, tied)), open_seats)


def _with_threshold(evaluator: Any, case: Case) -> Any:
    if case.share is None:
        return evaluator
    return Conditioned(RelativeThreshold(case.share, accept_equal=case.inclusive), evaluator)


def _at_threshold(case: Case) -> bool:
    if not case.share or not case.inclusive:
        return False
    return any(own in (case.share, case.share * sum(case.votes)) for own in case.votes)


def _exhausted(case: Case) -> bool:
    return bool(case.most) and sum(most for most, own in zip(case.most, case.standing, strict=True) if own) < case.seats


def _quota_alone_over_award(case: Case) -> bool:
    if case.method not in QUOTAS or not any(case.standing) or not case.seats:
        return False
    return max(case.standing) >= QUOTAS[case.method](sum(case.standing), case.seats) * (case.seats + 1)


FAULTS = [
    Fault("raises where there are no seats", lambda case: case.seats == 0, Case("dhondt", (1,), 0)),
    Fault(
        "gives seats to lists without votes where no list has any, or raises",
        lambda case: not any(case.standing),
        Case("dhondt", (0,), 1),
    ),
    Fault(
        "compares the votes themselves with an inclusive share: a list that has just the share is left out",
        _at_threshold,
        Case("dhondt", (1, 1), 2, share=Fraction(1, 2)),
    ),
    Fault(
        "never gives a seat to a list whose divisor is 0",
        lambda case: zero_divided(case) and case.method in ("adams", "dean"),
        Case("adams", (1,), 1),
    ),
    Fault(
        "raises for Huntington-Hill: its divisors are decimals, its quotients fractions",
        lambda case: case.method == "huntington-hill",
        Case("huntington-hill", (1,), 1, (1,)),
    ),
    Fault(
        "drops the seats that are left when each list has one for its remainder, or gives them to lists without votes",
        remainders_run_out,
        Case("droop", (1,), 3),
    ),
    Fault(
        "raises where no list can take a seat, or gives seats to lists without votes once the others are exhausted",
        _exhausted,
        Case("dhondt", (1, 0), 2, most=(1, 1)),
    ),
    Fault(
        "gives other lists the seats of a list whose own quotas are more than there are, and tells of no over-award",
        _quota_alone_over_award,
        Case("hagenbach-bischoff", (1,), 1),
    ),
    Fault(
        "raises where a single list has all the seats by its quota",
        lambda case: case.method == "quota-highest-average" and sum(own > 0 for own in case.standing) == 1,
        Case("quota-highest-average", (1,), 1),
    ),
]
