"""The least change that moves a seat: found again by trying every smaller one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally_app.allocation.ladder import votes_for_next_seat
from tally_app.allocation.margin import Change, Margin, margin
from tally_app.allocation.outcome import Allocation
from tests.allocation.oracle import run, with_more


def test_region_5_as_published():
    """CPP's seventh seat, 1187 ÷ 7, against KWP's 148: 22 more for KWP, 152 fewer for CPP, or 19 moved across."""
    votes = [1187, 148, 0, 2]
    assert margin(votes, run(votes, 7)) == Margin(Change(22, 1, 0), Change(152, 1, 0), Change(19, 1, 0))


def test_least_is_a_move():
    votes = [1187, 148, 0, 2]
    found = margin(votes, run(votes, 7))
    assert found is not None
    assert found.least == Change(19, 1, 0)


def test_only_parties_that_stand_gain():
    votes = [1187, 0, 0, 2]
    found = margin(votes, run(votes, 7), [True, False, False, True])
    assert found is not None
    assert {change.gains for change in found if change} == {3}


@pytest.mark.parametrize(("votes", "seats"), [([5, 5], 1), ([0, 0], 2), ([], 1)])
def test_open_seats_have_no_margin(votes, seats):
    assert margin(votes, run(votes, seats)) is None


@pytest.mark.parametrize(("votes", "seats"), [([5], 3), ([5, 3], 0)])
def test_nothing_can_move(votes, seats):
    found = margin(votes, run(votes, seats))
    assert found == Margin(None, None, None)
    assert found.least is None


def test_a_list_without_votes_gains_nothing_by_what_others_lose():
    votes = [7, 0]
    assert margin(votes, run(votes, 2)) == Margin(Change(4, 1, 0), None, Change(3, 1, 0))


def holds(before: Allocation, votes: list[int], seats: int) -> bool:
    """Are the seats of before still possible?"""
    after = run(votes, seats)
    tied = after.tie.parties if after.tie else ()
    return all(
        certain <= own <= certain + (party in tied)
        for party, (own, certain) in enumerate(zip(before.seats, after.seats, strict=True))
    )


COUNTS = st.lists(st.integers(0, 40), min_size=1, max_size=5)


@given(COUNTS, st.integers(0, 8))
def test_least_changes_are_the_least(votes: list[int], seats: int):
    before = run(votes, seats)
    found = margin(votes, before)
    if found is None:
        assert before.open_seats
        return
    parties = range(len(votes))

    def moves(kind: str, size: int) -> bool:
        if kind == "added":
            return any(not holds(before, with_more(votes, party, size), seats) for party in parties)
        if kind == "taken":
            fewer = [with_more(votes, party, -size) for party in parties if votes[party] >= size]
            return any(not holds(before, changed, seats) for changed in fewer if any(changed))
        return any(
            not holds(before, with_more(with_more(votes, source, -size), target, size), seats)
            for source in parties
            for target in parties
            if source != target and votes[source] >= size
        )

    for kind, change in found._asdict().items():
        smaller = range(1, change.votes if change else sum(votes) + 2)
        assert not [size for size in smaller if moves(kind, size)]
        assert change is None or moves(kind, change.votes)


@given(st.lists(st.integers(0, 10**20), min_size=2, max_size=9), st.integers(1, 12))
def test_added_votes_agree_with_the_ladder(votes, seats):
    allocation = run(votes, seats)
    found = margin(votes, allocation)
    needs = [votes_for_next_seat(votes, allocation, party) for party in range(len(votes))]
    if found is not None:
        assert found.added is not None
        assert found.added.votes == min(need for need in needs if need is not None)
        assert needs[found.added.gains] == found.added.votes
