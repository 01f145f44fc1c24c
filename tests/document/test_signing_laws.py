"""After a sign-off no sequence of edits changes the region, until somebody opens it again."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tally_app.count.figures import Cell, FigureKey
from tally_app.document.document import Document
from tally_app.document.edit import Edit, EditRefused
from tally_app.document.lots import Lot
from tally_app.document.records import RecordChange
from tally_app.document.signing import SIGN_OFF
from tests.document.test_signing import fill_all, sign
from tests.packs import make_election
from tests.ui.fake_journal import open_document

CELLS = st.builds(Cell, st.integers(0, 3), st.integers(0, 4))
EDITS = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from(
                ["enter", "paste", "clear", "fill", "repair", "undo", "redo", "sign-off", "reopen", "status"]
            ),
            st.dictionaries(CELLS, st.one_of(st.none(), st.integers(0, 99)), max_size=4),
        ),
        st.tuples(st.just("state"), st.integers(0, 200)),
        st.just(("unlot", None)),
        st.just(("unsign", None)),
    ),
    max_size=25,
)


@given(EDITS)
@settings(max_examples=150, deadline=None)
def test_nothing_changes_a_signed_region_until_it_is_opened(script):
    document = open_document(make_election())
    fill_all(document)
    sign(document, "R1")
    before, result, record = document.book.block(0).copy(), document.live.region(0), document.signing.of("R1")
    for gesture, what in script:
        try:
            document.commit(_edit(document, gesture, what), reason="because")
        except EditRefused:
            continue
    assert (document.book.block(0) == before).all()
    assert document.live.region(0).votes == result.votes
    assert document.live.region(0).allocation.seats == result.allocation.seats
    assert document.signing.of("R1") == record
    document.commit(document.signing.reopening_edit("R1"), reason="because")
    assert document.commit(document.edit_cells("enter", {Cell(0, 2): 123_456})) is not None


def _edit(document: Document, gesture: str, what: object) -> Edit:
    if isinstance(what, dict):
        return document.edit_cells(gesture, what)
    if gesture == "state":
        return document.edit_stated(FigureKey("table", "votes", "R1", None, "A"), str(what))
    if gesture == "unlot":
        lot = Lot(["A", "B"], 1, {"A": 1}, {"A": 1, "B": 1}, "S", "2024-02-25 23:40")
        return document.edit_lot("R1", lot)
    record = document.records.value(SIGN_OFF, "R1")
    return Edit("undo", records=(RecordChange(SIGN_OFF, "R1", record, None),))
