"""What is computed after a key press: whatever comes between two slices, in the end it is what a new start gives."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tally_app.checks.finding import Finding
from tally_app.count.figures import Cell, FigureKey
from tally_app.document.document import Document, DocumentEvent, LateFindingsChanged
from tally_app.election.model import Rule, Threshold
from tests.packs import make_election
from tests.ui.fake_journal import open_document

RULE = Rule("dhondt", threshold=Threshold(share="5/100"))
ELECTION = make_election(parties=("A", "B", "C"), units=(4, 2), rule=RULE)
COLUMNS = len(ELECTION.columns)
EDITS = st.lists(
    st.tuples(
        st.integers(0, ELECTION.unit_count - 1),
        st.integers(0, COLUMNS - 1),
        st.none() | st.sampled_from([0, 5, 30, 31, 300, 400]),
        st.integers(0, 3),
    ),
    max_size=25,
)


def told(document: Document) -> list[Finding]:
    document.work()
    assert document.late.done
    return document.live.findings()


@settings(max_examples=40)
@given(EDITS, st.none() | st.integers(0, 900))
def test_edits_between_slices_change_nothing_in_the_end(edits, stated):
    document, again = open_document(ELECTION), open_document(ELECTION)
    for row, column, value, slices in edits:
        cells = {Cell(row, column): value}
        document.commit(document.edit_cells("enter", cells))
        again.commit(again.edit_cells("enter", cells))
        for _ in range(slices):
            document.work(0.0)
    if stated is not None:
        key = FigureKey("table", "votes", "R1", None, "A")
        for each in (document, again):
            each.commit(each.edit_stated(key, str(stated)))
    assert told(document) == told(again)
    assert document.late.repairs == again.late.repairs


def test_a_draft_counts_for_the_margin_and_is_taken_back():
    document = open_document(ELECTION)
    row = dict(enumerate([1000, 750, 300, 250, 200, 0]))
    document.commit(document.edit_cells("paste", {Cell(0, column): value for column, value in row.items()}))
    before = [f.facts["votes"] for f in told(document) if f.code == "N403"]
    cell = Cell(0, ELECTION.column_index["A"])
    document.draft(cell, 330)
    during = [f.facts["votes"] for f in told(document) if f.code == "N403"]
    document.drop_draft()
    assert before != during
    assert [f.facts["votes"] for f in told(document) if f.code == "N403"] == before


def test_a_newer_figure_drops_the_repairs_of_the_older_ones():
    document = open_document(ELECTION)
    known = []
    for value in (5, 6):
        known.append(document.late.repairs is not None)
        document.work()
        known.append(document.late.repairs is not None)
        document.commit(document.edit_cells("enter", {Cell(0, 1): value}))
    assert known == [False, True, False, True]


def test_it_is_told_when_all_is_done():
    document = open_document(ELECTION)
    heard: list[DocumentEvent] = []
    document.subscribe(heard.append)
    while not document.work(0.0):
        pass
    last = heard[-1]
    assert isinstance(last, LateFindingsChanged)
    assert last.done
    assert not any(event.done for event in heard[:-1] if isinstance(event, LateFindingsChanged))
