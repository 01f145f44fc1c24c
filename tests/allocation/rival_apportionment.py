"""The same questions answered by apportionment with fractions. It tells that there is a tie, not between whom."""

from apportionment.methods import TiesException, compute

from tests.allocation.rival_case import SOME_TIE, Answer, Case, Fault, by_hand

_NAMES = {
    "dhondt": "dhondt",
    "sainte-lague": "saintelague",
    "adams": "adams",
    "dean": "dean",
    "hare": "largest_remainder",
    "balinski-young": "quota",
}
METHODS = tuple(_NAMES)
KNOWS: frozenset[str] = frozenset()


def answer(case: Case) -> Answer:
    told = case.method != "balinski-young"
    try:
        found = compute(_NAMES[case.method], list(case.votes), case.seats, fractions=True, tiesallowed=not told)
    except TiesException:
        return SOME_TIE
    return Answer(tuple(found))


FAULTS = [
    Fault(
        "raises, or finds a tie, where there are no seats",
        lambda case: case.seats == 0 and case.method in ("adams", "dean", "hare"),
        Case("hare", (1,), 0),
    ),
    Fault(
        "gives lists without votes seats where no list has any",
        lambda case: not any(case.votes),
        Case("dhondt", (0,), 1),
    ),
    Fault(
        "counts the lists without votes where it asks whether each list can have a first seat",
        lambda case: case.method in ("adams", "dean") and 0 in case.votes and case.seats < len(case.votes),
        Case("dean", (1, 0, 0), 2),
    ),
    Fault(
        "rounds the quota method's upper quota from a float",
        lambda case: case.method == "balinski-young" and sum(case.votes) * case.seats >= 2**52,
        Case("balinski-young", (2 * 10**17, 10**18), 12),
    ),
    Fault(
        "tells no ties of the quota method",
        lambda case: case.method == "balinski-young" and bool(by_hand(case).tied),
        Case("balinski-young", (1, 1), 1),
    ),
]
