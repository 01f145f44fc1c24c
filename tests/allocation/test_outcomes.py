"""Every result that lots can bring: against perturbed votes, every way to draw, and what is certain in all of them."""

from dataclasses import replace
from fractions import Fraction
from itertools import islice, permutations, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally_app.allocation import balinski_young, dutch
from tally_app.allocation.allocate import allocate
from tally_app.allocation.case import read_case
from tally_app.allocation.contest import Contest
from tally_app.allocation.dutch import count_seats
from tally_app.allocation.methods import METHODS
from tally_app.allocation.outcome import Policy
from tally_app.allocation.outcomes import outcomes, possible, reaches
from tests.allocation.method_oracle import DIVISORS, by_divisors

TYING = st.lists(st.sampled_from([0, 1, 2, 3, 4, 6, 8, 12]), min_size=1, max_size=4)


def contest(method: str, votes: list[int], seats: int, **more: Any) -> Contest:
    return read_case({"method": method, "votes": votes, "seats": seats, **more}).contest


def perturbed(method: str, votes: list[int], seats: int) -> set[tuple[int, ...]]:
    """Each list a little ahead of the lists after it, in every order: equal quotients are told apart in every way."""
    power = 2 if method == "huntington-hill" else 1
    found = set()
    for order in permutations(range(len(votes))):
        little = [Fraction(own) + Fraction(bool(own), 10**6 * 1000 ** order[party]) for party, own in enumerate(votes)]
        seen, tied, _, _ = by_divisors(DIVISORS[method], little, seats, power)  # type: ignore[arg-type]
        assert not tied
        found.add(tuple(seen))
    return found


@pytest.mark.parametrize("method", DIVISORS)
@given(votes=TYING, seats=st.integers(0, 6))
def test_ties_of_divisors_are_what_tiny_differences_bring(method, votes, seats):
    found = list(outcomes(contest(method, votes, seats)))
    assert len(found) == len(set(found))
    assert set(found) == perturbed(method, votes, seats)


def every_lot(votes: list[int], seats: int, candidates: list[int | None], lots: tuple[int, ...] = ()) -> Any:
    count = count_seats(votes, seats, candidates, lots)
    if count.lot is None:
        return {tuple(count.won)}
    return set().union(*(every_lot(votes, seats, candidates, (*lots, party)) for party in count.lot.options))


@given(TYING, st.integers(0, 5) | st.integers(19, 20), st.data())
def test_dutch_councils_draw_every_sequence_of_lots(votes, seats, data):
    candidates = [data.draw(st.none() | st.integers(0, 3)) for _ in votes]
    found = list(outcomes(contest("dutch-municipal", votes, seats, max_seats=candidates)))
    assert len(found) == len(set(found))
    assert set(found) == every_lot(votes, seats, candidates)


def every_tie(votes: list[int], seats: int) -> set[tuple[int, ...]]:
    """Balinski and Young's quota method, by trying every winner of every tie."""
    ends = {(0,) * len(votes)}
    for number in range(1, seats + 1):
        after = set()
        for seen in ends:
            averages = {
                party: Fraction(own, seen[party] + 1)
                for party, own in enumerate(votes)
                if seen[party] * sum(votes) < own * number
            }
            best = max(averages.values(), default=None)
            for party, average in averages.items():
                if average == best:
                    after.add(tuple(own + (each == party) for each, own in enumerate(seen)))
        ends = after or ends
    return ends


@given(TYING, st.integers(0, 7))
def test_balinski_young_follows_every_tie(votes, seats):
    found = list(outcomes(contest("balinski-young", votes, seats)))
    assert len(found) == len(set(found))
    assert set(found) == every_tie(votes, seats)


@pytest.mark.parametrize("method", METHODS)
@given(
    votes=TYING,
    seats=st.integers(0, 5),
    allied=st.sampled_from([None, [[0, 1]], [[0, 1], [2, 3]], [[0, [1, 2]]]]),
    policy=st.sampled_from(Policy),
)
def test_outcomes_are_just_what_is_possible(method, votes, seats, allied, policy):
    case = {} if allied is None or len(votes) < 4 or method == "dutch-municipal" else {"alliances": allied}
    this = replace(contest(method, votes, seats, **case), policy=policy)
    allocation = allocate(this)
    if allocation.problem not in (None, "no-votes"):
        return
    found = list(outcomes(this))
    assert len(found) == len(set(found)) > 0
    columns = list(zip(*found, strict=True))
    assert tuple(map(min, columns)) == allocation.seats
    assert tuple(map(max, columns)) == allocation.most
    for lot in product(range(3), repeat=len(votes)):
        ends = tuple(own + more for own, more in zip(allocation.seats, lot, strict=True))
        assert reaches(this, ends) == (ends in found)
        assert possible(this, lot) == (allocation.tie is not None and ends in found)


def test_a_policy_leaves_only_what_it_cannot_tell_apart():
    this = contest("dhondt", [8, 4, 4, 2], 2)
    assert list(outcomes(this)) == [(2, 0, 0, 0), (1, 1, 0, 0), (1, 0, 1, 0)]
    settled = replace(this, policy=Policy.FEWEST_VOTES)
    assert list(outcomes(settled)) == [(1, 1, 0, 0), (1, 0, 1, 0)]


def test_inside_an_alliance_its_lists_get_what_it_gets():
    """One seat for the alliance or for list 2, and a lot inside the alliance if it is the alliance."""
    this = contest("dhondt", [5, 5, 10], 1, alliances=[[0, 1]])
    assert sorted(outcomes(this)) == [(0, 0, 1), (0, 1, 0), (1, 0, 0)]


@pytest.mark.parametrize("method", ["dhondt", "hare", "balinski-young", "dutch-municipal"])
def test_of_very_many_the_first_come_at_once(method):
    assert len(set(islice(outcomes(contest(method, [7] * 40, 15)), 100))) == 100


@pytest.mark.parametrize("method", ["balinski-young", "dutch-municipal"])
def test_too_many_to_follow_are_not_followed(method, monkeypatch):
    """Ten lists, every quotient 1: half of them get a last seat, in each of 252 ways."""
    monkeypatch.setattr(balinski_young, "MOST_OUTCOMES", 100)
    monkeypatch.setattr(dutch, "MOST_OUTCOMES", 100)
    this = contest(method, list(range(1, 11)), 50)
    assert allocate(this).problem == "too-many-outcomes"
    assert list(outcomes(this)) == []
    assert not possible(this, [1] * 5 + [0] * 5)
