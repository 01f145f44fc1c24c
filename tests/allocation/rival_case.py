"""What is put to other programs and to ours, and the answer in one form; a fault of another program as a value."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

from tally_app.allocation.solve import solve
from tests.allocation.method_oracle import DIVISORS, QUOTAS, by_divisors, oracle


class Case(NamedTuple):
    """Lists by position. Only divisor methods are asked with held seats and with most seats."""

    method: str
    votes: tuple[int, ...]
    seats: int
    """Those already held not counted."""
    start: tuple[int, ...] = ()
    """Seats already held; empty: none."""
    most: tuple[int, ...] = ()
    """Seats that each list can take here; empty: no limit."""
    share: Fraction | None = None
    """Threshold, a part of all votes; None: none."""
    inclusive: bool = True

    @property
    def held(self) -> tuple[int, ...]:
        return self.start or (0,) * len(self.votes)

    @property
    def standing(self) -> tuple[int, ...]:
        """Votes; 0 for the lists below the threshold."""
        if self.share is None:
            return self.votes
        needed = self.share * sum(self.votes)
        return tuple(own if own > needed or (self.inclusive and own == needed) else 0 for own in self.votes)


class Answer(NamedTuple):
    """Seats that are certain, and the lists tied for *open_seats*. An over-award has only the whole quotas."""

    seats: tuple[int, ...]
    tied: frozenset[int] = frozenset()
    open_seats: int = 0
    over_award: bool = False


SOME_TIE = Answer((), open_seats=1)
"""The answer of a program that tells that there is a tie, and no more."""


class Fault(NamedTuple):
    """A case that the other program cannot answer, or answers wrongly: when, and the smallest that shows it."""

    what: str
    when: Callable[[Case], bool]
    shown_by: Case


def ours(case: Case) -> Answer:
    stated: dict[str, Any] = {"method": case.method, "votes": list(case.votes), "seats": case.seats}
    if case.start:
        stated["start_seats"] = list(case.start)
    if case.most:
        stated["max_seats"] = list(case.most)
    if case.share is not None:
        stated["threshold"] = {"share": str(case.share), "inclusive": case.inclusive}
    found = solve(stated)
    tie = found["tie"] or {"parties": (), "seats": 0}
    over_award = found["error"] is not None and found["error"]["code"] == "over-award"
    return Answer(tuple(found["seats"]), frozenset(tie["parties"]), tie["seats"], over_award)


def by_hand(case: Case) -> Answer:
    """By sorted fractions."""
    if case.method in DIVISORS:
        power = 2 if case.method == "huntington-hill" else 1
        found = by_divisors(DIVISORS[case.method], case.standing, case.seats, power, None, case.most or None, case.held)
    else:
        outcome = oracle(case.method, case.standing, case.seats)
        if outcome is None:
            quota = QUOTAS[case.method](sum(case.standing), case.seats)
            return Answer(tuple(int(own / quota) for own in case.standing), over_award=True)
        found = outcome
    return Answer(tuple(found[0]), frozenset(found[1]), found[2] if found[1] else 0)


def zero_divided(case: Case) -> bool:
    """Has a list a first divisor of 0?"""
    return case.method in ("adams", "dean", "huntington-hill") and 0 in case.held


def remainders_run_out(case: Case) -> bool:
    """Do the whole quotas leave more seats than there are lists with a remainder, so that a list needs a second one?

    Where some lists have no votes, their remainder is 0 like that of a list with just a quota: no seat may go there.
    """
    if case.method not in QUOTAS or not any(case.standing) or not case.seats:
        return False
    quota = QUOTAS[case.method](sum(case.standing), case.seats)
    left = case.seats - sum(int(own / quota) for own in case.standing)
    with_votes = sum(own > 0 for own in case.standing)
    with_remainder = sum(own % quota > 0 for own in case.standing)
    return left > (with_remainder if 0 in case.votes else with_votes)
