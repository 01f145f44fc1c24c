"""E401, E402, W405: what the votes lead to."""

import pytest

from tally_app.allocation.allocate import Allocation, allocate
from tally_app.allocation.case import read_case
from tally_app.checks.finding import Severity
from tally_app.checks.outcome import check_filled, check_lot, check_tie
from tests.packs import make_election


def allocated(**case: object) -> Allocation:
    return allocate(read_case({"method": "dhondt", "seats": 3, **case}).contest)


def test_e401_only_while_a_tie_is_open():
    """40 ÷ 1, 40 ÷ 1, and 40 ÷ 2 twice for the third seat; one vote more decides."""
    (finding,) = check_tie(make_election(), 0, allocated(votes=[40, 40]), counted=True)
    assert finding.severity is Severity.ERROR
    assert finding.facts == {"seats": 1, "parties": ["A", "B"], "counted": True}
    assert list(check_tie(make_election(), 0, allocated(votes=[41, 40]), counted=True)) == []


def filled(counted: bool = True, **case: object):
    return [
        (f.code, f.facts["reason"], f.facts["unfilled"])
        for f in check_filled(make_election(), 0, allocated(**case), counted)
    ]


def test_e402_no_votes_once_everything_is_counted():
    assert filled(votes=[0, 0]) == [("E402", "no-votes", 3)]
    assert filled(counted=False, votes=[0, 0]) == []
    assert filled(votes=[1, 0]) == []


@pytest.mark.parametrize(("votes", "reason"), [([4, 4], "no-eligible-list"), ([5, 4], None)])
def test_e402_no_list_reaches_the_threshold(votes, reason):
    assert filled(votes=votes, threshold={"votes": 5}) == ([("E402", reason, 3)] if reason else [])
    assert filled(counted=False, votes=votes, threshold={"votes": 5}) == []


@pytest.mark.parametrize(("most", "unfilled"), [([1, 2], 0), ([1, 1], 1)])
def test_e402_no_candidate_is_left(most, unfilled):
    expected = [("E402", "lists-exhausted", unfilled)] if unfilled else []
    assert filled(votes=[50, 40], max_seats=most) == expected
    assert filled(counted=False, votes=[50, 40], max_seats=most) == expected


def test_w405_a_lot_without_its_tie():
    drawn = (["A", "B"], 1)
    (finding,) = check_lot(make_election(), 0, allocated(votes=[41, 40]), drawn)
    assert finding.severity is Severity.WARNING
    assert finding.facts == {"parties": ["A", "B"], "seats": 1}
    assert list(check_lot(make_election(), 0, allocated(votes=[41, 40]), None)) == []
