"""Our seats and ties against those of other programs, on random cases of every method that they know.

What is compared is exact: certain seats, tied lists, seats at stake. Cases that the other program cannot answer rightly
are left out by a condition, never by name; each condition stands in ``FAULTS`` with a case that shows it.
"""

import random
from collections.abc import Iterator
from fractions import Fraction
from types import ModuleType
from zlib import crc32

import pytest

from tests.allocation import rival_apportionment, rival_interregnum, rival_iterative, rival_votelib
from tests.allocation.method_oracle import DIVISORS
from tests.allocation.rival_case import SOME_TIE, Answer, Case, Fault, by_hand, ours

CASES = 2_000
RIVALS = (rival_votelib, rival_interregnum, rival_iterative, rival_apportionment)
PAIRS = [
    (rival, method)
    for rival in RIVALS
    for method in rival.METHODS
    if (rival, method) != (rival_votelib, "huntington-hill")  # which it never answers: see its faults
]
FAULTS = [(rival, fault) for rival in RIVALS for fault in rival.FAULTS]


def name(value: object) -> str:
    if isinstance(value, Fault):
        return value.what
    return value.__name__.rpartition("_")[2] if isinstance(value, ModuleType) else str(value)


@pytest.mark.parametrize(("rival", "method"), PAIRS, ids=name)
def test_same_seats_and_ties(rival: ModuleType, method: str):
    compared = ties = 0
    for case in cases(method, rival.KNOWS):
        if any(fault.when(case) for fault in rival.FAULTS):
            continue
        found = ours(case)
        assert as_told_by(rival, found) == rival.answer(case), case
        compared += 1
        ties += bool(found.tied)
    assert compared > CASES // 2
    assert ties > CASES // 50 or method == "balinski-young"


@pytest.mark.parametrize(("rival", "fault"), FAULTS, ids=name)
def test_known_faults(rival: ModuleType, fault: Fault):
    """Ours is what sorted fractions say; theirs is something else, or nothing."""
    case = fault.shown_by
    assert fault.when(case)
    assert ours(case) == by_hand(case)
    try:
        found: Answer | None = rival.answer(case)
    except Exception:
        found = None
    assert found != as_told_by(rival, by_hand(case))


def test_the_belgian_imperiali_divisors_of_interregnum_are_dhondts():
    """1, 3/2, 2 by its own description; it divides by 1/2, 1, 3/2. Its "imperiali" is right and compared above."""
    case = Case("imperiali", (5, 3), 2)
    assert ours(case) == by_hand(case) == Answer((2, 0))
    assert rival_interregnum.by_divisors(case, "belgian-imperiali") == by_hand(case._replace(method="dhondt"))


def as_told_by(rival: ModuleType, answer: Answer) -> Answer:
    return SOME_TIE if rival is rival_apportionment and answer.tied else answer


def cases(method: str, more: frozenset[str]) -> Iterator[Case]:
    """Random, and the same at each run. *more*: what else than votes and seats the cases may have."""
    chance = random.Random(crc32(method.encode()))
    for _ in range(CASES):
        votes = _votes(chance)
        case = Case(method, votes, chance.choice((chance.randint(0, 12), chance.randint(0, 40))))
        from_zero = method in ("adams", "dean", "huntington-hill")
        if "start" in more and method in DIVISORS and (from_zero or chance.random() < 0.3):
            least = chance.random() < 0.95  # with 0 held, the divisors of some methods begin with 0
            case = case._replace(start=tuple(chance.randint(least, 3) for _ in votes))
        if "most" in more and method in DIVISORS and chance.random() < 0.2:
            case = case._replace(most=tuple(chance.randint(0, 12) for _ in votes))
        if "share" in more and chance.random() < 0.3:
            share = Fraction(chance.randint(0, 6), chance.choice((6, 12, 20, 48)))
            case = case._replace(share=share, inclusive=chance.random() < 0.5)
        yield case


def _votes(chance: random.Random) -> tuple[int, ...]:
    """Small, with many ties; as in an election; and so large that floats confuse neighbours."""
    lists = range(chance.randint(0, 7))
    kind = chance.randrange(4)
    if kind == 0:
        return tuple(chance.randint(0, 6) for _ in lists)
    if kind == 1:
        return tuple(chance.randint(0, 8) * 12 for _ in lists)
    if kind == 2:
        return tuple(chance.randint(1, 10**6) for _ in lists)
    base = 10 ** chance.randint(12, 17)
    return tuple(max(0, base * chance.randint(0, 10) + chance.choice((0, 0, 0, -1, 1))) for _ in lists)
