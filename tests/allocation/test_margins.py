"""Margins of any method: found again by trying every smaller number."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally_app.allocation.case import read_case
from tally_app.allocation.margins import ListMargin, Shift, has_margins, least_shift, list_margins
from tally_app.allocation.solve import solve
from tests.allocation.method_oracle import DIVISORS
from tests.allocation.oracle import climb, contest

METHODS = [*DIVISORS, "hare"]
COUNTS = st.lists(st.integers(0, 25), min_size=1, max_size=4)


def case(**given: Any) -> dict[str, Any]:
    return {"method": "dhondt", **given}


def most(outcome: dict[str, Any], party: int) -> int:
    return int(outcome["seats"][party] + (outcome["tie"] is not None and party in outcome["tie"]["parties"]))


def test_region_5_as_published():
    """As the ladder says: 22 votes more bring KWP its first seat; CPP holds it until it loses 152."""
    read = read_case(case(votes=[1187, 148, 0, 2], seats=7)).contest
    assert list_margins(read) == [
        ListMargin(None, 152, None),
        ListMargin(22, None, None),
        ListMargin(170, None, None),
        ListMargin(168, None, None),
    ]
    assert least_shift(read) == Shift(19, 1, 0)


def test_distance_to_the_threshold():
    """Ballots more raise the base, too: 4 of 99 are too few, and 5 of 100 are just enough."""
    read = read_case(case(votes=[95, 4], seats=20, threshold={"share": "1/20", "base": 99})).contest
    assert list_margins(read)[1] == ListMargin(1, None, 1)
    assert list_margins(read)[0].to_threshold == 0


@pytest.mark.parametrize("method", METHODS)
@given(votes=COUNTS, seats=st.integers(1, 7))
def test_least_numbers_are_least(method, votes, seats):
    stated = case(votes=votes, seats=seats) | {"method": method}
    now = solve(stated)
    found = list_margins(read_case(stated).contest)
    for party, (gain, loss, _) in enumerate(found):

        def after(change: int, party: int = party) -> dict[str, Any]:
            return solve(stated | {"votes": [own + change * (each == party) for each, own in enumerate(votes)]})

        own = now["seats"][party]
        if gain is None:
            assert after(10**9)["seats"][party] == own
        else:
            assert [after(more)["seats"][party] > own for more in range(1, gain + 1)] == [False] * (gain - 1) + [True]
        if loss is None:
            assert own == 0
        else:
            lost = [most(after(-less), party) < own for less in range(1, loss + 1)]
            assert lost == [False] * (loss - 1) + [True]


@pytest.mark.parametrize("method", METHODS)
@given(votes=COUNTS, seats=st.integers(1, 5))
def test_least_shift_is_least(method, votes, seats):
    stated = case(votes=votes, seats=seats) | {"method": method}
    now = solve(stated)
    if now["tie"] or now["unfilled"] or now["error"]:
        return
    found = least_shift(read_case(stated).contest)
    for gains in range(len(votes)):
        for loses in range(len(votes)):
            for moved in range(1, votes[loses] + 1):
                if gains == loses or (found is not None and moved >= found.votes):
                    break
                shifted = list(votes)
                shifted[gains] += moved
                shifted[loses] -= moved
                after = solve(stated | {"votes": shifted})
                possible = [
                    least <= own <= most(after, party)
                    for party, (own, least) in enumerate(zip(now["seats"], after["seats"], strict=True))
                ]
                assert all(possible)


@given(st.lists(st.integers(0, 10**20), min_size=2, max_size=6), st.integers(1, 12))
def test_agrees_with_the_ladder(votes, seats):
    read, found = contest(votes, seats), climb(votes, seats)
    assert [each.gain for each in list_margins(read)] == [found.needs(party) for party in range(len(votes))]


def test_methods_in_which_more_votes_can_cost_a_seat_have_none():
    for method in (
        "droop",
        "hagenbach-bischoff",
        "imperiali-quota",
        "balinski-young",
        "dutch-municipal",
        "quota-single-pass-average",
    ):
        assert not has_margins(read_case(case(votes=[3, 2], seats=2) | {"method": method}).contest)
