"""A case in, an outcome out: the words of JSON, and everything that can be wrong with a case."""

import json
import random
from typing import Any

import pytest

from tally_app.allocation.certificate_check import holds
from tally_app.allocation.solve import solve

PLAIN: dict[str, Any] = {"method": "dhondt", "seats": 3, "votes": {"a": 50, "b": 30, "c": 2}}


def test_names_and_positions():
    assert solve({"id": 7, **PLAIN}) == {
        "id": 7,
        "seats": {"a": 2, "b": 1, "c": 0},
        "tie": None,
        "unfilled": 0,
        "error": None,
    }
    assert solve({**PLAIN, "votes": [50, 30, 2]})["seats"] == [2, 1, 0]
    assert solve({**PLAIN, "votes": {}})["seats"] == {}


def test_a_tie_leaves_only_what_is_certain():
    outcome = solve({**PLAIN, "votes": {"a": 40, "b": 20, "c": 2}, "seats": 2})
    assert outcome["seats"] == {"a": 1, "b": 0, "c": 0}
    assert outcome["tie"] == {"parties": ["a", "b"], "seats": 1}


@pytest.mark.parametrize(
    ("threshold", "seats"),
    [
        ({"share": "3/8"}, [2, 1, 0]),
        ({"share": "3/8", "inclusive": False}, [3, 0, 0]),
        ({"share": "0.375", "base": 80}, [2, 1, 0]),
        ({"share": "3/8", "base": 81}, [3, 0, 0]),
        ({"votes": 31}, [3, 0, 0]),
        ({"votes": 31, "exempt": [1]}, [2, 1, 0]),
        ({"any": [{"votes": 31}, {"share": "3/8"}]}, [2, 1, 0]),
        ({"all": [{"votes": 31}, {"share": "3/8"}]}, [3, 0, 0]),
    ],
)
def test_thresholds(threshold: dict[str, Any], seats: list[int]):
    assert solve({**PLAIN, "votes": [50, 30, 0], "threshold": threshold})["seats"] == seats


def test_exactly_five_per_cent_is_in():
    votes = [int("95" + "0" * 30), int("5" + "0" * 30)]
    case = {"method": "sainte-lague", "seats": 20, "votes": votes, "threshold": {"share": "5/100"}}
    assert solve(case)["seats"] == [19, 1]
    assert solve(case | {"votes": [votes[0] + 1, votes[1]]})["seats"] == [20, 0]


def test_an_alliance_can_pass_the_threshold_together():
    case = {"method": "dhondt", "seats": 3, "votes": [60, 25, 15], "alliances": [[1, 2]]}
    assert solve({**case, "threshold": {"votes": 30}})["seats"] == [3, 0, 0]
    assert solve({**case, "threshold": {"votes": 30, "alliances": True}})["seats"] == [2, 1, 0]


def test_held_seats_count_in_the_divisors_and_are_not_returned():
    """North East Scotland 2007 in small: 60 ÷ 4, ÷ 5 against 40 ÷ 1, ÷ 2, ÷ 3."""
    outcome = solve({"method": "dhondt", "seats": 3, "votes": [60, 40], "start_seats": [3, 0]})
    assert outcome["seats"] == [1, 2]


def test_minimum_and_maximum():
    case = {"method": "dhondt", "seats": 5, "votes": {"a": 90, "b": 9, "c": 1}}
    assert solve(case)["seats"] == {"a": 5, "b": 0, "c": 0}
    assert solve({**case, "min_seats": 1})["seats"] == {"a": 3, "b": 1, "c": 1}
    assert solve({**case, "max_seats": {"a": 2}})["seats"] == {"a": 2, "b": 3, "c": 0}


def test_nested_alliances():
    """Three seats for a, b and c together, two for d; then two of the three for a, and green's one for b."""
    case = {"method": "dhondt", "seats": 5, "votes": {"a": 36, "b": 14, "c": 10, "d": 45}}
    named = solve({**case, "alliances": {"left": ["a", "green"], "green": ["b", "c"]}})
    assert named["seats"] == {"a": 2, "b": 1, "c": 0, "d": 2}
    assert solve({**case, "alliances": [["a", ["b", "c"]]]})["seats"] == named["seats"]


def test_a_tie_of_an_alliance_is_its_lists_tie():
    outcome = solve({"method": "dhondt", "seats": 1, "votes": [6, 4, 10], "alliances": [[0, 1]]})
    assert outcome["tie"] == {"parties": [0, 2], "seats": 1}


@pytest.mark.parametrize(
    ("changes", "code", "unfilled"),
    [
        ({"votes": [0, 0]}, "no-votes", 3),
        ({"votes": []}, "no-votes", 3),
        ({"threshold": {"votes": 51}}, "no-eligible-list", 3),
        ({"max_seats": {"a": 1, "b": 1, "c": 0}}, "lists-exhausted", 1),
        ({"min_seats": 2}, "minimum-over-seats", 3),
    ],
)
def test_seats_that_nobody_can_take(changes: dict[str, Any], code: str, unfilled: int):
    outcome = solve({**PLAIN, **changes})
    assert (outcome["error"]["code"], outcome["unfilled"], outcome["tie"]) == (code, unfilled, None)
    assert str(unfilled) in outcome["error"]["message"]


def test_no_seats_are_no_error():
    assert solve({**PLAIN, "seats": 0, "votes": [0]})["error"] is None


HUGE = 10**5000


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"method": "fair"}, "unknown-method"),
        ({"method": [HUGE]}, "unknown-method"),
        ({"method": "stationary"}, "bad-parameter"),
        ({"method": "stationary", "parameter": 0.25}, "bad-parameter"),
        ({"method": "stationary", "parameter": "1/0"}, "bad-parameter"),
        ({"method": "stationary", "parameter": "1e999999999"}, "bad-parameter"),
        ({"method": "stationary", "parameter": "3/2"}, "bad-parameter"),
        ({"parameter": "1/2"}, "bad-parameter"),
        ({"seats": -1}, "bad-seats"),
        ({"seats": True}, "bad-seats"),
        ({"seats": 10**9}, "bad-seats"),
        ({"method": "macau", "seats": 10**6}, "bad-seats"),
        ({"method": "balinski-young", "seats": 10**6}, "bad-seats"),
        ({"method": "macau", "start_seats": 10**30}, "bad-seats"),
        ({"votes": {"a": -1}}, "bad-votes"),
        ({"votes": {"a": 1.5}}, "bad-votes"),
        ({"votes": {"a": "12"}}, "bad-votes"),
        ({"votes": {"a": HUGE}}, "bad-votes"),
        ({"votes": "abc"}, "bad-votes"),
        ({"threshold": 5}, "bad-threshold"),
        ({"threshold": {"share": 0.05}}, "bad-threshold"),
        ({"threshold": {"share": "1/20", "votes": 5}}, "bad-threshold"),
        ({"threshold": {"share": "-1/20"}}, "bad-threshold"),
        ({"threshold": {"any": []}}, "bad-threshold"),
        ({"threshold": {"any": [None]}}, "bad-threshold"),
        ({"threshold": {"shar": "1/20"}}, "bad-threshold"),
        ({"threshold": {"votes": 3, "exempt": ["z"]}}, "bad-threshold"),
        ({"max_seats": {"z": 1}}, "bad-max_seats"),
        ({"max_seats": [1]}, "bad-max_seats"),
        ({"votes": [5, 4], "max_seats": {"1": 1, "01": 2}}, "bad-max_seats"),
        ({"min_seats": 2, "max_seats": 1}, "bad-min_seats"),
        ({"start_seats": {"a": -1}}, "bad-start_seats"),
        ({"alliances": [["a", "z"]]}, "bad-alliances"),
        ({"alliances": [["a"], ["a"]]}, "bad-alliances"),
        ({"alliances": {"x": ["y"], "y": ["x"]}}, "bad-alliances"),
        ({"alliances": {"x": ["z"], "y": ["z"], "z": ["a"]}}, "bad-alliances"),
        ({"alliances": 3}, "bad-alliances"),
        ({"alliances": 0}, "bad-alliances"),
        ({"method": "dutch-municipal", "start_seats": 1}, "not-in-method"),
    ],
)
def test_what_is_wrong_is_told(changes: dict[str, Any], code: str):
    outcome = solve({**PLAIN, **changes})
    assert outcome["seats"] is None
    assert outcome["error"]["code"] == code
    assert outcome["error"]["message"].endswith(".")


@pytest.mark.parametrize("case", [None, [], "x", 5, {}, {"method": "dhondt"}, {"method": "dhondt", "seats": 3}])
def test_what_is_no_case_is_told(case: object):
    assert solve(case)["error"]["code"] in ("bad-case", "missing")


def test_figures_by_position_in_an_object():
    assert solve({**PLAIN, "votes": [50, 30, 2], "max_seats": {"0": 1}})["seats"] == [1, 2, 0]


@pytest.mark.parametrize(
    "method",
    [
        "dhondt",
        "sainte-lague",
        "sainte-lague-1.4",
        "danish",
        "imperiali",
        "stationary",
        "hare",
        "droop",
        "hagenbach-bischoff",
        "imperiali-quota",
    ],
)
def test_all_at_once_is_as_step_by_step(method: str):
    chance = random.Random(method)
    for _ in range(1500):
        most = 10 ** chance.choice([1, 2, 3, 20])
        votes = [chance.randrange(most) for _ in range(chance.randint(1, 8))]
        parameter = {"parameter": chance.choice(["1/1000", "1/3", "999/1000", "1"])} if method == "stationary" else {}
        case = {"method": method, "seats": chance.choice([1, 2, 3, 9, 30, 80]), "votes": votes, **parameter}
        in_steps = solve(case, steps=True)
        del in_steps["steps"]
        assert solve(case) == in_steps


def test_every_result_of_a_tie_up_to_a_thousand():
    """Nine of twelve equal lists: 220 results; ten of twenty: 184,756."""
    few = solve({**PLAIN, "seats": 9, "votes": [5] * 12}, outcomes=True)["outcomes"]
    assert (len(set(map(tuple, few["seats"]))), few["more"]) == (220, False)
    many = solve({**PLAIN, "seats": 10, "votes": [5] * 20}, outcomes=True)["outcomes"]
    assert (len(set(map(tuple, many["seats"]))), many["more"]) == (1000, True)
    assert solve({**PLAIN, "min_seats": 2}, outcomes=True)["outcomes"] is None


def test_uncounted_ballots():
    """With 20 more, a's third is 70 ÷ 3, behind b's 30; b's second is 50 ÷ 2, a tie with a's; c has 22, behind 25."""
    expected = {"ballots": 20, "least": [1, 1, 0], "most": [2, 2, 0], "open_seats": 1, "exact": True}
    assert solve({**PLAIN, "votes": [50, 30, 2]}, uncounted=20)["uncounted"] == expected
    assert solve({**PLAIN, "seats": 5000}, uncounted=20)["error"]["code"] == "bad-seats"
    assert solve({**PLAIN, "alliances": [["a"]]}, uncounted=20)["uncounted"] is None


def test_steps_are_exact():
    outcome = solve({"method": "sainte-lague-1.4", "seats": 2, "votes": {"a": 70, "b": 20}}, steps=True)
    assert outcome["steps"] == [
        {"stage": "average", "seats": 1, "party": "a", "value": "50"},
        {"stage": "average", "seats": 1, "party": "a", "value": "70/3"},
    ]


def test_margins_by_name():
    """Won: 50 and 30, then 25; behind: 50 ÷ 3, 30 ÷ 2, 2. With 11 votes from b to a, 61 ÷ 3 is ahead of 19."""
    margins = solve(PLAIN, margins=True)["margins"]
    assert margins["lists"] == {
        "a": {"gain": 41, "loss": 21, "to_threshold": None},
        "b": {"gain": 21, "loss": 14, "to_threshold": None},
        "c": {"gain": 24, "loss": None, "to_threshold": None},
    }
    assert margins["shift"] == {"votes": 11, "gains": "a", "loses": "b"}


def test_no_margins_where_votes_work_in_both_directions():
    outcome = solve(PLAIN | {"method": "droop", "alliances": [["a", "b"]]}, margins=True)
    assert outcome["margins"] is None


def test_certificate_of_dhondt():
    """Any divisor above 50/3 and up to 25 gives two seats, one and none."""
    outcome = solve(PLAIN, certificate=True)
    (certificate,) = outcome["certificate"]
    assert (certificate["from"], certificate["to"]) == ("50/3", "25")
    assert json.loads(json.dumps(outcome)) == outcome
    assert holds(certificate)
    assert not holds(certificate | {"seats": [1, 1, 1]})


def test_certificate_of_largest_remainders():
    (certificate,) = solve({**PLAIN, "method": "hare"}, certificate=True)["certificate"]
    assert certificate["quota"] == "82/3"
    assert certificate["whole"] == [1, 1, 0]
    assert certificate["remainders"] == [[0, "68/3"], [1, "8/3"], [2, "2"]]
    assert holds(certificate)


def test_ten_million_seats_at_once():
    outcome = solve({"method": "huntington-hill", "seats": 10**7, "votes": [10**30, 3 * 10**29, 7]})
    assert sum(outcome["seats"]) == 10**7
    assert outcome["seats"][2] == 1
