"""N403 and N404: on how few votes a seat hangs, and what an open difference can change."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tally_app.allocation.allocate import allocate
from tally_app.allocation.case import read_case
from tally_app.allocation.contest import Contest
from tally_app.allocation.methods import METHODS
from tally_app.allocation.outcomes import reaches
from tally_app.checks.closeness import Change, check_margin, check_sizes, least_change, size
from tally_app.checks.finding import Fact, Finding, Place, Severity
from tally_app.election.election import Election
from tally_app.election.model import Limits
from tests.packs import make_pack

REGION_5 = Contest(METHODS["dhondt"], 7, (1187, 148, 0, 2))


def test_least_change_in_region_5_as_published():
    """22 votes more bring KWP a seat, 152 fewer lose CPP one; 19 moved from one to the other do."""
    assert least_change(REGION_5) == Change(19, 1, 0)


def test_least_change_in_one_list_is_named_before_votes_moved():
    """The second seat is 50 against 99 ÷ 2: one vote less loses it, moved or not."""
    assert least_change(Contest(METHODS["dhondt"], 2, (99, 50))) == Change(1, None, 1)


def test_least_change_against_a_list_without_votes():
    """11 votes more, or 6 of the other's 10."""
    assert least_change(Contest(METHODS["dhondt"], 1, (10, 0))) == Change(6, 1, 0)


@pytest.mark.parametrize(("votes", "seats"), [((0, 0), 3), ((5, 4), 0), ((7,), 0)])
def test_least_change_of_nothing(votes, seats):
    assert least_change(Contest(METHODS["dhondt"], seats, votes)) is None


def test_least_change_is_not_known_of_quotas_in_alliances():
    case = {"method": "hare", "votes": [50, 30, 20], "seats": 4, "alliances": [[0, 1]]}
    assert least_change(read_case(case).contest) is None


@given(st.lists(st.integers(0, 20), min_size=2, max_size=3), st.integers(1, 4), st.sampled_from(["dhondt", "hare"]))
def test_least_change_is_enough_and_nothing_less_is(votes, seats, method):
    contest = (
        Contest(METHODS["dhondt"], seats, tuple(votes))
        if method == "dhondt"
        else read_case({"method": method, "votes": votes, "seats": seats}).contest
    )
    allocation = allocate(contest)
    if allocation.tie or allocation.problem:
        return
    change = least_change(contest)
    assert change is not None
    lists = range(len(votes))
    moves = [(gains, loses) for gains, loses in permutations([None, *lists], 2)]
    assert not reaches(moved(contest, change), allocation.seats)
    for fewer in range(1, change.votes):
        for gains, loses in moves:
            if loses is None or votes[loses] >= fewer:
                assert reaches(moved(contest, Change(fewer, gains, loses)), allocation.seats)


def moved(contest: Contest, change: Change) -> Contest:
    votes = list(contest.votes)
    if change.gains is not None:
        votes[change.gains] += change.votes
    if change.loses is not None:
        votes[change.loses] -= change.votes
    return contest.with_votes(votes)


def margin(change: Change | None, valid: int, **limits: object):
    election = Election(replace(make_pack(), checks=Limits(**limits)))  # type: ignore[arg-type]
    return list(check_margin(election, 1, change, valid))


def test_n403_says_who_gains_and_who_loses():
    (finding,) = margin(Change(19, 1, 0), 1337)
    assert finding.severity is Severity.NOTE
    assert finding.place == ("R2", None, None, None)
    assert finding.facts == {"votes": 19, "gains": "B", "loses": "A", "close": True, "valid": 1337}
    assert margin(Change(70, None, 0), 1337)[0].facts["gains"] is None
    assert margin(None, 1337) == []


@pytest.mark.parametrize(
    ("votes", "valid", "close"), [(25, 100, True), (26, 100, False), (26, 5200, True), (26, 5199, False)]
)
def test_n403_is_close_at_half_a_per_cent_or_25_votes(votes, valid, close):
    """26 of 5,200 are exactly 0.5 %."""
    assert margin(Change(votes, 1, None), valid)[0].facts["close"] is close


def test_n403_limits_are_the_packs():
    narrow = {"margin_percent": "0.1", "margin_votes": 3}
    assert margin(Change(3, 1, None), 10, **narrow)[0].facts["close"] is True
    assert margin(Change(4, 1, None), 3999, **narrow)[0].facts["close"] is False
    assert margin(Change(4, 1, None), 4000, **narrow)[0].facts["close"] is True


def off_by(difference: int, region: str | None = "R1", code: str = "E201") -> Finding:
    facts: dict[str, Fact] = {"source": "table", "stated": 100, "sum": 100 - difference, "difference": difference}
    return Finding(code, Place(region, None, "A", "A"), facts)


@pytest.mark.parametrize(("difference", "could"), [(19, True), (18, False), (-19, True), (-18, False)])
def test_n404_a_difference_as_large_as_the_margin_could_change_a_seat(difference, could):
    (finding,) = check_sizes([off_by(difference)], {"R1": 19})
    assert finding.severity is Severity.NOTE
    assert finding.place == ("R1", None, "A", "A")
    assert finding.facts == {"source": "table", "code": "E201", "size": abs(difference), "votes": 19, "could": could}


def test_n404_of_the_chamber_is_compared_with_the_least_of_all_regions():
    shifts: dict[str | None, int | None] = {"R1": 40, "R2": 19, "R3": None}
    (finding,) = check_sizes([off_by(20, None, "E202")], shifts)
    assert (finding.place.region, finding.facts["votes"], finding.facts["could"]) == (None, 19, True)
    (of_region,) = check_sizes([off_by(20)], shifts)
    assert (of_region.facts["votes"], of_region.facts["could"]) == (40, False)


def test_n404_nothing_is_said_where_the_margin_is_not_known():
    assert list(check_sizes([off_by(20), off_by(20, "R2")], {"R1": None})) == []
    assert list(check_sizes([off_by(20, None, "E202")], {"R1": None})) == []


def test_n404_of_a_unit_is_about_its_region():
    unit = Finding("E103", Place("R2", "R2-1", None, "cast"), {"sum": 90, "cast": 91, "difference": -1})
    (finding,) = check_sizes([unit], {"R1": 1, "R2": 2})
    assert (finding.place, finding.facts["could"]) == (unit.place, False)


SIZES: list[tuple[str, dict[str, Fact], int | None]] = [
    ("E101", {"columns": ["A"], "sum": 5, "cast": 9}, None),
    ("E102", {"sum": 80, "valid": 87, "difference": -7}, 7),
    ("E103", {"sum": 90, "cast": 89, "difference": 1}, 1),
    ("E104", {"cast": 90, "registered": 80, "difference": 10}, 10),
    ("E105", {"votes": 4}, 4),
    ("E106", {"first": 50, "second": 5}, 45),
    ("E106", {"first": None, "second": 5}, None),
    ("E203", {"source": "table", "stated": 3, "seats": 2}, None),
    ("E204", {"sum": 241, "limit": "cast", "cast": 240, "difference": 1}, 1),
    ("E205", {"cast": 241, "valid": 232, "invalid": 8, "difference": 1}, 1),
    ("W206", {"stated": "57.4", "computed": "57.5"}, None),
    ("W207", {"figure": "votes", "stated": "100", "other": "103"}, 3),
    ("W207", {"figure": "cast", "stated": "103", "other": "100"}, 3),
    ("W207", {"figure": "share", "stated": "10.3", "other": "10.0"}, None),
    ("W207", {"figure": "registered", "stated": "103", "other": "100"}, None),
    ("W503", {"turnout": "50.00", "last": "60"}, None),
]


@pytest.mark.parametrize(("code", "facts", "ballots"), SIZES)
def test_size_of_each_finding(code, facts, ballots):
    assert size(Finding(code, Place("R1"), facts)) == ballots


@pytest.mark.parametrize("code", ["E106", "E201", "E202"])
def test_registered_voters_are_no_ballots(code):
    facts: dict[str, Fact] = {"first": 1, "second": 2, "difference": 1}
    assert size(Finding(code, Place("R1", None, None, "registered"), facts)) is None
    assert size(Finding(code, Place("R1", None, None, "cast"), facts)) == 1
