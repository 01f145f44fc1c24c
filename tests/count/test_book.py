"""Running counters equal what counting everything again gives, for what is entered and for a draft."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally_app.count.book import NOT_ENTERED, BallotBook
from tally_app.count.figures import Cell, CellChange
from tests.packs import make_election

FORMS = [("registered", "cast", "parties", "invalid"), ("parties", "invalid"), ("parties", "registered")]
value = st.one_of(st.none(), st.integers(0, 10**12 - 1))


@given(st.data())
def test_counters_after_any_changes_equal_a_fresh_count(data):
    form = data.draw(st.sampled_from(FORMS))
    election = make_election(units=(3, 1, 2), form=form, optional=data.draw(st.sampled_from([(), ("invalid",)])))
    book = BallotBook(election)
    cells = st.builds(Cell, st.integers(0, 5), st.integers(0, len(election.columns) - 1))
    for cell, new in data.draw(st.lists(st.tuples(cells, value), max_size=30)):
        book.put([CellChange(cell, book.value(cell), new)])
    cell, new = data.draw(st.tuples(cells, value))
    draft = CellChange(cell, book.value(cell), new)
    drafted = [book.tally(region, draft if region == election.region_of(cell.row) else None) for region in range(3)]
    drafted_chamber = book.chamber_tally(draft)

    again = BallotBook(election, np.vstack([book.block(region) for region in range(3)]))
    assert [book.tally(region) for region in range(3)] == [again.tally(region) for region in range(3)]
    book.put([draft])
    again = BallotBook(election, np.vstack([book.block(region) for region in range(3)]))
    assert drafted == [again.tally(region) for region in range(3)]
    assert drafted_chamber == again.chamber_tally()


def test_not_entered_is_not_zero():
    book = BallotBook(make_election(units=(2, 1)))
    assert book.value(Cell(0, 0)) is None
    assert book.tally(0).sums == (None,) * 5
    book.put([CellChange(Cell(0, 2), None, 0)])
    assert book.value(Cell(0, 2)) == 0
    assert book.tally(0).sums == (None, None, 0, None, None)
    assert (book.tally(0).begun, book.tally(0).complete) == (1, 0)


def test_registered_voters_alone_do_not_begin_a_unit():
    book = BallotBook(make_election(units=(2, 1)))
    book.put([CellChange(Cell(0, 0), None, 700)])
    tally = book.tally(0)
    assert (tally.begun, tally.registered_waiting, tally.registered_unknown) == (0, 700, 1)


def test_values_of_another_shape_are_refused():
    with pytest.raises(ValueError, match="shape"):
        BallotBook(make_election(), np.full((1, 1), NOT_ENTERED, dtype=np.int64))
