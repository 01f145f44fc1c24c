"""The one mutator: journal first, then the books, then an event; and live results that equal a fresh computation."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tally_app.count.figures import Cell, FigureKey
from tally_app.document.document import DocumentEvent, DraftChanged, FiguresChanged
from tally_app.document.edit import EditRefused, blocks_of
from tally_app.document.live import LiveResults
from tally_app.exchange.numbers import LIMIT
from tally_app.storage.errors import StorageError
from tests.packs import make_election
from tests.ui.fake_journal import bundled_document, open_document

BLANK = "cambodia-senate-2024-blank"
value = st.one_of(st.none(), st.integers(0, 60))
SHARE = FigureKey("results-table", "share", None, None, "CPP")


def test_what_is_committed_is_there_after_reopening(open_pack):
    document = open_pack(BLANK)
    row = document.election.row("R5", "21")
    document.commit(document.edit_cells("enter", {Cell(row, 2): 610, Cell(row, 3): 100}))
    document.commit(document.edit_stated(SHARE, "85.92"))
    head = document.head
    document = open_pack(BLANK)
    assert document.book.row(row) == (None, None, 610, 100, None, None, None)
    assert document.statements.value(SHARE) == "85.92"
    assert document.head == head
    assert document.live.region(4).votes == (610, 100, 0, 0)


def test_listeners_hear_after_the_journal_has_it(open_pack):
    document = open_pack(BLANK)
    heard: list[tuple[DocumentEvent, int]] = []
    document.subscribe(lambda event: heard.append((event, document.head.seq)))
    before = document.head.seq
    edit = document.edit_cells("enter", {Cell(0, 2): 5})
    changed = document.commit(edit)
    assert heard == [(changed, before + 1)]
    assert isinstance(changed, FiguresChanged)
    assert changed.regions == frozenset({0})


def test_silent_when_nothing_changes(open_pack):
    document = open_pack(BLANK)
    heard: list[DocumentEvent] = []
    document.subscribe(heard.append)
    assert document.commit(document.edit_cells("enter", {Cell(0, 2): None})) is None
    assert heard == []


def test_an_edit_of_figures_that_changed_meanwhile_is_refused(open_pack):
    document = open_pack(BLANK)
    stale = document.edit_cells("enter", {Cell(0, 2): 5})
    document.commit(document.edit_cells("enter", {Cell(0, 2): 6}))
    head = document.head
    with pytest.raises(EditRefused) as refused:
        document.commit(stale)
    assert refused.value.code == "changed-meanwhile"
    assert (document.head, document.book.value(Cell(0, 2))) == (head, 6)


def test_what_cannot_be_written_is_not_shown(open_pack, monkeypatch):
    document = open_pack(BLANK)

    def full(*_):
        raise StorageError(document._journal.path, "The disk is full.", "")

    monkeypatch.setattr(document._journal, "append_all", full)
    heard: list[DocumentEvent] = []
    document.subscribe(heard.append)
    with pytest.raises(StorageError):
        document.commit(document.edit_cells("enter", {Cell(0, 2): 5}))
    assert document.book.value(Cell(0, 2)) is None
    assert document.live.region(0).votes == (0, 0, 0, 0)
    assert heard == []


@pytest.mark.parametrize("number", [-1, LIMIT + 1])
def test_numbers_no_cell_can_take(open_pack, number):
    with pytest.raises(EditRefused):
        open_pack(BLANK).edit_cells("enter", {Cell(0, 2): number})


@pytest.mark.parametrize(
    ("figure", "text"), [("votes", "1.5"), ("votes", "x"), ("votes", ""), ("share", "85,92"), ("share", "-1")]
)
def test_texts_that_are_no_stated_figure(open_pack, figure, text):
    with pytest.raises(EditRefused):
        open_pack(BLANK).edit_stated(FigureKey("results-table", figure, None, None, "CPP"), text)


def test_a_draft_is_shown_and_leaves_no_trace():
    document = bundled_document()
    heard: list[DocumentEvent] = []
    document.subscribe(heard.append)
    committed = document.live.findings()
    document.draft(Cell(4, 1), 170)
    assert document.live.region(4).allocation.seats == (6, 1, 0, 0)
    assert document.live.committed_region(4).allocation.seats == (7, 0, 0, 0)
    assert document.live.chamber.seats == (54, 4, 0, 0)
    document.drop_draft()
    assert document.live.region(4).allocation.seats == (7, 0, 0, 0)
    assert document.live.findings() == committed
    assert heard == [DraftChanged(Cell(4, 1), 4)] * 2
    assert document.book.value(Cell(4, 1)) == 148


def test_votes_for_a_party_that_does_not_stand_win_no_seat():
    document = open_document(make_election(units=(1, 1), standing=(["A"], None)), with_pack=False)
    document.commit(document.edit_cells("enter", {Cell(0, 2): 10, Cell(0, 3): 90}))
    assert document.live.region(0).votes == (10, 90)
    assert document.live.region(0).allocation.seats == (3, 0)
    assert "E105" in [finding.code for finding in document.live.findings()]


def fresh(document) -> LiveResults:
    return LiveResults(document.election, document.book, document.statements)


def same(one: LiveResults, other: LiveResults) -> bool:
    regions = range(8)
    return (
        [one.region(r) for r in regions] == [other.region(r) for r in regions]
        and one.chamber == other.chamber
        and one.findings() == other.findings()
    )


cells = st.builds(Cell, st.integers(0, 24), st.integers(0, 6))
stated = st.builds(
    FigureKey,
    st.sampled_from(["results-table", "summary-box"]),
    st.just("votes"),
    st.sampled_from([None, "R3", "R5"]),
    st.none(),
    st.sampled_from(["CPP", "KWP"]),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(st.tuples(cells, value), st.tuples(stated, st.integers(0, 60))), max_size=40), cells, value)
def test_after_any_gestures_the_live_results_are_those_of_a_fresh_computation(gestures, cell, draft):
    document = bundled_document(BLANK)
    for where, new in gestures:
        if isinstance(where, FigureKey):
            document.commit(document.edit_stated(where, str(new)))
        else:
            document.commit(document.edit_cells("enter", {where: new}))
    assert same(document.live, fresh(document))
    document.draft(cell, draft)
    document.book.put(document.edit_cells("enter", {cell: draft}).cells)
    assert same(document.live, fresh(document))


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(stated, st.integers(0, 60)), max_size=5), stated.filter(lambda key: key.region), value)
def test_a_stated_draft_is_shown_and_leaves_no_trace(taken_down, key, draft):
    document = bundled_document()
    for where, number in taken_down:
        document.commit(document.edit_stated(where, str(number)))
    committed = document.live.findings()
    text = None if draft is None else str(draft)
    document.draft_stated(key, text)
    shown = document.live.findings()
    document.drop_draft()
    assert document.live.findings() == committed
    document.commit(document.edit_stated(key, text))
    assert document.live.findings() == shown


@given(st.dictionaries(cells, st.integers(0, 9), max_size=20))
def test_blocks_hold_exactly_the_changes(changes):
    document = bundled_document(BLANK)
    election = document.election
    edit = document.edit_cells("paste", changes)
    unfolded = {
        Cell(election.row(block.region, unit), election.column_index[column]): number
        for block in blocks_of(election, edit.cells)
        for unit, line in zip(block.units, block.new, strict=True)
        for column, number in zip(block.columns, line, strict=True)
    }
    assert unfolded == changes


def test_an_edits_inverse_takes_it_back():
    document = bundled_document()
    edit = document.edit_cells("paste", {Cell(4, 1): 170, Cell(3, 0): 1911, Cell(0, 3): None})
    before = [document.book.row(row) for row in range(8)]
    document.commit(edit)
    document.commit(edit.inverse())
    assert [document.book.row(row) for row in range(8)] == before
