"""A threshold of the whole chamber: votes in one region can cost seats in another, also while they are typed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tally_app.count.figures import Cell
from tally_app.document.document import Document
from tally_app.document.live import LiveResults
from tally_app.election.model import Rule, Threshold
from tests.packs import make_election
from tests.ui.fake_journal import open_document

RULE = Rule("hare", threshold=Threshold(share="1/10", scope="chamber"))


def document() -> Document:
    return open_document(make_election(parties="ABC", units=(1, 1), seats=5, rule=RULE, form=["parties"]))


def enter(document: Document, row: int, votes: tuple[int | None, ...]) -> None:
    document.commit(document.edit_cells("paste", {Cell(row, column): count for column, count in enumerate(votes)}))


def seats(document: Document) -> list[tuple[int, ...]]:
    return [document.live.region(region).allocation.seats for region in range(2)]


@pytest.fixture
def counted() -> Document:
    found = document()
    enter(found, 0, (60, 20, 20))
    enter(found, 1, (80, 20, 0))
    return found


def test_a_list_is_out_everywhere(counted):
    """20 of 200 are enough; of 201 they are not."""
    assert seats(counted) == [(3, 1, 1), (4, 1, 0)]
    enter(counted, 1, (81, 20, 0))
    assert seats(counted) == [(4, 1, 0), (4, 1, 0)]
    assert counted.live.chamber.seats == (8, 2, 0)


def test_typing_in_one_region_moves_a_seat_in_the_other(counted):
    counted.draft(Cell(1, 0), 81)
    assert seats(counted) == [(4, 1, 0), (4, 1, 0)]
    assert counted.live.chamber.seats == (8, 2, 0)
    assert counted.live.committed_region(0).allocation.seats == (3, 1, 1)
    counted.drop_draft()
    assert seats(counted) == [(3, 1, 1), (4, 1, 0)]
    assert counted.live.chamber.seats == (7, 2, 1)


def test_a_region_that_nobody_touched_knows_the_new_votes(counted):
    enter(counted, 1, (70, 20, 0))
    elsewhere = counted.live.region(0).contest.condition.elsewhere
    assert elsewhere == (70, 20, 0)


VOTES = st.tuples(*[st.none() | st.integers(0, 30)] * 3)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 1), VOTES), max_size=6), st.none() | st.tuples(st.integers(0, 1), VOTES))
def test_live_results_equal_a_fresh_computation(entries, typed):
    live, fresh = document(), document()
    for row, votes in entries:
        enter(live, row, votes)
        enter(fresh, row, votes)
    if typed is not None:
        place, (value, *_) = typed
        live.draft(Cell(place, 0), value)
        enter(fresh, place, (value, *fresh.book.row(place)[1:]))
    again = LiveResults(fresh.election, fresh.book, fresh.statements)
    assert seats(live) == [again.region(region).allocation.seats for region in range(2)]
    assert live.live.chamber.seats == again.chamber.seats
    if typed is None:
        assert [live.live.region(r).contest for r in range(2)] == [again.region(r).contest for r in range(2)]
