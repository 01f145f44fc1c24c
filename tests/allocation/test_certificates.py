"""Certificates: every true one holds, and none that was falsified, figure by figure."""

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tally_app.allocation import balinski_young, certificate_replay
from tally_app.allocation.alliances import apportion_allied
from tally_app.allocation.case import read_case
from tally_app.allocation.certificate import certify
from tally_app.allocation.certificate_check import all_hold, holds
from tally_app.allocation.methods import METHODS
from tally_app.allocation.outcome import Policy

VOTES = st.lists(st.sampled_from([0, 1, 2, 3, 4, 6, 8, 12, 17, 60]), min_size=1, max_size=5)
THRESHOLDS: list[Any] = [
    {"share": "1/20"},
    {"share": "1/5", "inclusive": False, "exempt": [0]},
    {"votes": 3, "alliances": True},
    {"any": [{"share": "1/4", "base": 40}, {"votes": 8}]},
    {"all": [{"share": "1/10"}, {"votes": 2}]},
]
ALLIANCES: list[Any] = [{"left": [0, 1]}, [[0, [1, 2]]], [[0, 1], [2, 3]], [[3]]]
FIGURES = [
    *("votes", "total_votes", "seats", "most", "unfilled", "tied_seats", "seats_to_give", "stands", "passes"),
    *("problem", "settled", "quota", "whole", "remainders", "from", "to", "last_won", "next_lost", "steps"),
]


@st.composite
def cases(draw: st.DrawFn, method: str) -> tuple[dict[str, Any], Policy]:
    votes = draw(VOTES)
    case: dict[str, Any] = {"method": method, "votes": votes, "seats": draw(st.integers(0, 9) | st.integers(18, 20))}
    case["parameter"] = "2/5" if method == "stationary" else None
    if draw(st.booleans()):
        least = [draw(st.integers(0, 1)) for _ in votes]
        case["max_seats"] = [draw(st.none() | st.integers(low, 4)) for low in least]
        if method != "dutch-municipal":
            case |= {"min_seats": least, "start_seats": [draw(st.integers(0, 3)) for _ in votes]}
    if draw(st.booleans()):
        case["threshold"] = draw(st.sampled_from(THRESHOLDS))
    if method != "dutch-municipal" and len(votes) > 3 and draw(st.booleans()):
        case["alliances"] = draw(st.sampled_from(ALLIANCES))
    return case, draw(st.sampled_from(Policy))


def certificates(case: dict[str, Any], policy: Policy = Policy.LOT) -> list[dict[str, Any]]:
    """As a stranger reads them: written and read again."""
    read = read_case(case)
    read = replace(read, contest=replace(read.contest, policy=policy))
    _, parts = apportion_allied(read.contest)
    written: list[dict[str, Any]] = json.loads(json.dumps(certify(read, parts)))
    return written


def falsified(value: Any) -> Iterator[Any]:
    """Every figure in a value changed, one at a time."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (value + 1, value - 1)
    elif isinstance(value, str):
        yield str(Fraction(value) + 1) if value[0].isdigit() or value[0] == "-" else value + "?"
    elif value is None:
        yield "1"
    elif isinstance(value, list):
        for place, each in enumerate(value):
            for other in falsified(each):
                yield [*value[:place], other, *value[place + 1 :]]
            yield value[:place] + value[place + 1 :]
    else:
        for key, each in value.items():
            for other in falsified(each):
                yield value | {key: other}


@pytest.mark.parametrize("method", [*METHODS, "stationary"])
@given(data=st.data())
def test_true_ones_hold(method, data):
    case, policy = data.draw(cases(method))
    assert all_hold(certificates(case, policy)) is True


@pytest.mark.parametrize("method", [*METHODS, "stationary"])
@settings(max_examples=30)
@given(data=st.data())
def test_no_figure_can_be_changed(method, data):
    """What the law says (method, limits, threshold) and names are not figures: they are compared with the law."""
    case, policy = data.draw(cases(method))
    whole = certificates(case, policy)
    for place, certificate in enumerate(whole):
        for key in FIGURES:
            for other in falsified(certificate[key]) if key in certificate else ():
                false = certificate | {key: other}
                assert not all_hold([*whole[:place], false, *whole[place + 1 :]]), (key, other)


@pytest.mark.parametrize("method", [*METHODS, "stationary"])
@given(data=st.data())
def test_no_seat_can_be_moved_and_no_list_dropped(method, data):
    case, _ = data.draw(cases(method))
    for certificate in certificates(case):
        if "condition" in certificate:
            continue
        lists = range(len(certificate["votes"]))
        for gains, loses in ((a, b) for a in lists for b in lists if a != b and certificate["seats"][b]):
            false = deepcopy(certificate)
            for key in ("seats", "most"):
                false[key][gains] += 1
                false[key][loses] -= 1
            assert not holds(false)
        for dropped in (party for party in lists if certificate["votes"][party]):
            false = deepcopy(certificate)
            for key in ("parties", "members", "votes", "min_seats", "max_seats", "start_seats", "seats", "most"):
                del false[key][dropped]
            assert not holds(false)


@given(
    votes=st.lists(st.integers(0, 40), min_size=4, max_size=5),
    seats=st.integers(1, 9),
    allied=st.sampled_from(ALLIANCES),
    threshold=st.none() | st.sampled_from(THRESHOLDS),
)
def test_alliances_must_fit_together(votes, seats, allied, threshold):
    case = {"method": "dhondt", "votes": votes, "seats": seats, "alliances": allied, "threshold": threshold}
    whole = certificates(case)
    assert all_hold(whole)
    parts = [each for each in whole if "condition" not in each]
    for part in parts:
        assert not all_hold([each for each in whole if each is not part])
    inner = [each for each in certificates(case | {"seats": seats + 1}) if each.get("of") is not None]
    for other in inner:
        for place, each in enumerate(whole):
            if each.get("members") == other["members"] and each["seats_to_give"] != other["seats_to_give"]:
                assert not all_hold([*whole[:place], other, *whole[place + 1 :]])


def test_who_takes_part_must_be_who_has_votes():
    case = {"method": "dhondt", "votes": [50, 30, 4], "seats": 9, "threshold": {"share": "1/20"}}
    who, part = certificates(case)
    assert who["stands"] == [True, True, False]
    assert part["votes"] == [50, 30, 0]
    _, open_to_all = certificates(case | {"threshold": {"votes": 0}})
    assert holds(open_to_all)
    assert not all_hold([who, open_to_all])


def test_a_policy_settles_by_votes_only():
    case = {"method": "dhondt", "votes": [8, 4, 4, 2], "seats": 2}
    (certificate,) = certificates(case, Policy.MOST_VOTES)
    assert certificate["settled"]["seats"] == [2, 0, 0, 0]
    assert holds(certificate)
    few = certificates(case, Policy.FEWEST_VOTES)[0]["settled"]
    assert (few["seats"], few["tied"], few["tied_seats"]) == ([1, 0, 0, 0], [1, 2], 1)
    assert not holds(certificate | {"settled": few | {"by": "most-votes"}})


def test_steps_of_the_quota_method():
    """5 of 9 votes: the second seat is above list 0's upper quota of 2 seats only if it has 2."""
    (certificate,) = certificates({"method": "balinski-young", "votes": [5, 3, 1], "seats": 3})
    assert certificate["steps"] == [
        {"seat": 1, "below_upper_quota": [0, 1, 2], "best": [0], "quotient": "5"},
        {"seat": 2, "below_upper_quota": [0, 1, 2], "best": [1], "quotient": "3"},
        {"seat": 3, "below_upper_quota": [0, 2], "best": [0], "quotient": "5/2"},
    ]


def test_steps_of_a_council():
    """P 8 below 19 seats: 15 seats for 5104 votes; the remainder of list 4 is the largest."""
    case = {"method": "dutch-municipal", "votes": [2552, 987, 570, 539, 456], "seats": 15}
    (certificate,) = certificates(case)
    assert certificate["whole"] == [7, 2, 1, 1, 1]
    assert [step["stage"] for step in certificate["steps"]] == ["remainder"] * 3
    assert holds(certificate)


@pytest.mark.parametrize("broken", [{}, {"method": "dhondt"}, {"method": []}, {"condition": 3}, {"votes": [1]}])
def test_what_is_no_certificate_does_not_hold(broken):
    assert holds(broken) is False
    assert all_hold([broken]) is False


def test_a_tie_with_too_many_outcomes_is_not_decided(monkeypatch):
    monkeypatch.setattr(balinski_young, "MOST_OUTCOMES", 100)
    monkeypatch.setattr(certificate_replay, "MOST_STATES", 100)
    case = {"method": "balinski-young", "votes": list(range(1, 11)), "seats": 50}
    assert holds(certificates(case)[0]) is None
