"""Every method: cases of other programs, worked examples, and what the table says."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tally_app.allocation.engine import apportion
from tally_app.allocation.methods import METHODS, NAMES, stationary
from tally_app.allocation.race import Entrant
from tally_app.allocation.solve import solve

DATA = Path(__file__).parents[1] / "data"
CASES: list[dict[str, Any]] = json.loads((DATA / "method_cases.json").read_bytes())["cases"]


@pytest.mark.parametrize("steps", [True, False])
@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_cases_of_other_programs(case: dict[str, Any], steps: bool):
    stated: dict[str, Any] = {key: case[key] for key in ("id", "method", "parameter", "seats", "votes") if key in case}
    if "threshold" in case:
        stated["threshold"] = {"share": case["threshold"]}
    outcome = solve(stated, steps=steps)
    assert outcome["seats"] == case["certain"]
    tie = outcome["tie"] or {"parties": [], "seats": 0}
    assert (tie["parties"], tie["seats"]) == (case["tied"], case["tied_seats"])
    assert outcome["unfilled"] == 0
    code = outcome["error"] and outcome["error"]["code"]
    assert code == ("over-award" if sum(case["certain"]) > case["seats"] else None)


def test_cases_cover_14_methods():
    assert len({case["method"] for case in CASES}) + 1 == 14  # the two Dutch size classes are one method here


@pytest.mark.parametrize(
    ("method", "divisors"),
    [
        ("dhondt", "1 2 3 4"),
        ("sainte-lague", "1 3 5 7"),
        ("sainte-lague-1.4", "7/5 3 5 7"),
        ("sainte-lague-1.2", "6/5 3 5 7"),
        ("danish", "1 4 7 10"),
        ("imperiali", "1 3/2 2 5/2"),
        ("macau", "1 2 4 8"),
        ("adams", "0 1 2 3"),
        ("dean", "0 4/3 12/5 24/7"),
        ("huntington-hill", "0 2 6 12"),
    ],
)
def test_divisors(method: str, divisors: str):
    """Up to a factor, which changes no comparison; Huntington-Hill's are squares."""
    expected = [Fraction(each) for each in divisors.split()]
    row: Any = METHODS[method]
    found = [Fraction(row.at(seats), row.over(seats)) for seats in range(4)]
    assert [each * expected[1] for each in found] == [each * found[1] for each in expected]


@pytest.mark.parametrize(
    ("parameter", "method"),
    [("0", "adams"), ("1/2", "sainte-lague"), ("1", "dhondt"), ("1/3", "danish")],
)
def test_stationary_divisors_include_known_methods(parameter: str, method: str):
    votes = [Entrant(count) for count in (5117, 4400, 162, 161, 160)]
    for seats in range(5, 60):
        named, found = (apportion(row, votes, seats) for row in (METHODS[method], stationary(Fraction(parameter))))
        assert (found.seats, found.tie) == (named.seats, named.tie)


def seats_of(method: str, votes: list[int], seats: int, **conditions: Any) -> list[int]:
    outcome = solve({"method": method, "votes": votes, "seats": seats, **conditions})
    assert outcome["tie"] is None
    assert outcome["error"] is None
    return list(outcome["seats"])


def test_macau_doubles():
    """1000, 500, 250, 125 and 400, 200, 100: the fifth seat is list 0's 250, the sixth list 1's 200."""
    assert seats_of("macau", [1000, 400, 130], 5) == [3, 2, 0]
    assert seats_of("macau", [1000, 400, 130], 6) == [3, 2, 1]


def test_two_readings_of_averages_after_the_quota():
    """Quota 100: five whole seats, four are left. 590 ÷ 6 = 98.3 and 590 ÷ 7 = 84.3 are both ahead of 82, 80, 78."""
    votes = [590, 82, 80, 78, 70]
    assert seats_of("quota-highest-average", votes, 9) == [7, 1, 1, 0, 0]
    assert seats_of("quota-single-pass-average", votes, 9) == [6, 1, 1, 1, 0]


def test_quotas_differ():
    votes = [47000, 16000, 15900, 12000, 6000, 3100]
    assert seats_of("hare", votes, 10) == [5, 2, 1, 1, 1, 0]
    assert seats_of("droop", votes, 10) == [5, 2, 2, 1, 0, 0]


def test_a_quota_that_gives_too_many_seats_is_told():
    outcome = solve({"method": "hagenbach-bischoff", "votes": [1, 1], "seats": 1})
    assert outcome["seats"] == [1, 1]
    assert outcome["error"]["code"] == "over-award"
    assert (outcome["tie"], outcome["unfilled"]) == (None, 0)


def test_ties_of_the_quota_method_are_followed_to_the_end():
    """The list that loses the tie for the sixth seat wins the seventh: two seats, two lists, nothing is open."""
    assert seats_of("balinski-young", [7, 7, 7], 3) == [1, 1, 1]
    outcome = solve({"method": "balinski-young", "votes": [7, 7, 7], "seats": 4})
    assert (outcome["seats"], outcome["tie"]) == ([1, 1, 1], {"parties": [0, 1, 2], "seats": 1})


def test_many_equal_lists_stay_quick():
    outcome = solve({"method": "balinski-young", "votes": [5] * 40, "seats": 20})
    assert outcome["tie"] == {"parties": list(range(40)), "seats": 20}


@pytest.mark.parametrize("method", [name for name in NAMES if name not in ("stationary", "dutch-municipal")])
def test_votes_beyond_a_float(method: str):
    """One vote in 10^30 decides the only seat."""
    assert seats_of(method, [10**30, 10**30 + 1, 10**30, 10**30], 1) == [0, 1, 0, 0]


def test_first_seats_by_infinite_quotients_go_by_votes():
    for method in ("adams", "dean", "huntington-hill"):
        assert seats_of(method, [5, 9, 1, 7], 2) == [0, 1, 0, 1]
