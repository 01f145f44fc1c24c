"""The journal's events in the reader's words, over a real file."""

from datetime import UTC, datetime

import pytest

from tally_app.count.figures import Cell, FigureKey
from tally_app.document.document import Document
from tally_app.document.draw import draw_of
from tally_app.document.edit import Edit
from tally_app.document.history import Entry, history
from tally_app.document.lots import Lot
from tally_app.document.opening import create_tally, open_document
from tally_app.storage.events import Record, Stamp
from tally_app.wording.gestures import gesture_text, won_text
from tally_app.wording.history import event_sentence, lot_line
from tally_app.wording.names import Names

NIGHT = datetime(2024, 2, 25, 16, 40, tzinfo=UTC)
LOT = (
    "1 seat among CPP (1,400 votes) and KWP (200 votes) went to {won}; drawn by Sok Chan on 2024-02-25 23:40;"
    " witnesses: Chea Dara, Kim Ny; note: a coin"
)


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "count.tally"
    create_tally(path, "cambodia-senate-2024-blank", training=False, stamp=Stamp(NIGHT, "Dara", "test"))
    document = open_document(path, operator="Sok", clock=lambda: NIGHT, origin="test")
    yield document
    document.close()


def enter(document: Document, cells: dict[str, int | None], gesture: str = "enter", region: str = "R5") -> Edit:
    election = document.election
    row = election.starts[election.region_index[region]]
    edit = document.edit_cells(gesture, {Cell(row, election.column_index[key]): new for key, new in cells.items()})
    document.commit(edit)
    return edit


def drawn(document: Document, won: str) -> Lot:
    draw = draw_of(document.election, document.live.region(4))
    assert draw is not None
    return draw.lot({won: 1}, "Sok Chan", "2024-02-25 23:40", ["Chea Dara", "Kim Ny"], "a coin")


def told(document: Document, number: int = 1) -> list[str]:
    names = Names(document.election)
    return [event_sentence(names, entry) for entry, _ in zip(history(document), range(number), strict=False)]


def test_making_the_file_and_single_cells(document):
    enter(document, {"KWP": 148})
    enter(document, {"KWP": 1170})
    enter(document, {"KWP": None})
    assert told(document, 4) == [
        "Region 5 · Kampot · KWP: 1,170 → –",
        "Region 5 · Kampot · KWP: 148 → 1,170",
        "Region 5 · Kampot · KWP: – → 148",
        "Made the tally from the election pack cambodia-senate-2024-blank",
    ]


def test_a_form_is_told_cell_by_cell_and_a_block_by_its_size(document):
    enter(document, {"CPP": 520, "KWP": 100})
    assert told(document) == ["Region 5 · Kampot: CPP – → 520, KWP – → 100"]
    rows = [document.election.starts[4] + unit for unit in range(3)]
    cells = {Cell(row, column): 7 for row in rows for column in range(2, 6)}
    document.commit(document.edit_cells("paste", cells))
    assert told(document) == ["Pasted 12 cells in Region 5"]
    document.commit(document.edit_cells("clear", {cell: None for cell in cells if cell.row == rows[0]}))
    assert told(document) == ["Cleared 4 cells in Region 5 · Kampot"]
    enter(document, {"CPP": 0, "KWP": 0}, "fill")
    assert told(document) == ["Filled 2 cells with 0 in Region 5 · Kampot"]
    cells = {Cell(document.election.starts[region], 0): 9 for region in range(4)}
    document.commit(document.edit_cells("paste", cells))
    assert told(document) == ["Pasted 4 cells in 4 regions"]


def test_undo_and_redo_name_the_event(document):
    edit = enter(document, {"KWP": 170})
    document.commit(Edit("undo", edit.inverse().cells), undoes=2)
    document.commit(Edit("redo", edit.cells), undoes=2, reason="read again")
    assert told(document, 2) == [
        "Does no. 2 again: Region 5 · Kampot · KWP: – → 170. Reason: read again",
        "Takes back no. 2: Region 5 · Kampot · KWP: 170 → –",
    ]


def test_a_stated_figure(tmp_path):
    path = tmp_path / "published.tally"
    create_tally(path, "cambodia-senate-2024", training=True, stamp=Stamp(NIGHT, "Dara", "test"))
    document = open_document(path, operator="Sok", clock=lambda: NIGHT, origin="test")
    source = document.election.pack.sources[0].key
    document.commit(document.edit_stated(FigureKey(source, "votes", "R5", None, "KWP"), "150"))
    latest, pack, made = told(document, 3)
    assert latest.startswith("Region 5 · KWP: votes as stated by the ")
    assert latest.endswith(": – → 150")
    assert pack.startswith("Came with the election pack: 33 cells in 8 regions and ")
    assert made.endswith("cambodia-senate-2024, for TRAINING")
    document.close()


def test_a_lot_is_told_with_all_its_details(document):
    enter(document, {"CPP": 1400, "KWP": 200})
    record = document.edit_lot("R5", drawn(document, "KWP"))
    document.commit(record)
    assert told(document) == ["Lot recorded · Region 5: " + LOT.format(won="KWP")]
    document.commit(document.edit_lot("R5", drawn(document, "CPP")))
    assert told(document) == [f"Lot corrected · Region 5: {LOT.format(won='CPP')}. Before: {LOT.format(won='KWP')}"]
    document.commit(document.edit_lot("R5", None))
    assert told(document) == ["Lot removed · Region 5: " + LOT.format(won="CPP")]


def test_a_lot_taken_back_and_done_again(document):
    enter(document, {"CPP": 1400, "KWP": 200})
    edit = document.edit_lot("R5", drawn(document, "KWP"))
    done = document.commit(edit)
    document.commit(edit.inverse(), undoes=done.seq)
    document.commit(edit, undoes=done.seq)
    again, back = told(document, 2)
    assert back == "Takes back no. 3: Lot removed · Region 5: " + LOT.format(won="KWP")
    assert again == "Does no. 3 again: Lot recorded · Region 5: " + LOT.format(won="KWP")


@pytest.mark.parametrize(
    ("old", "new", "verb"), [(None, {"by": "Sok"}, "recorded"), ({"by": "Sok"}, None, "removed"), ({}, {}, "changed")]
)
def test_a_kind_of_a_later_version_is_named(document, old, new, verb):
    entry = Entry(9, NIGHT, "Sok", "test", "signoff", Record("R5", old, new))
    sentence = event_sentence(Names(document.election), entry)
    assert sentence == f"Something this version does not know was {verb}: “signoff” of R5"


def test_what_cannot_be_read_is_said(document):
    entry = Entry(9, NIGHT, "Sok", "test", "figures", None)
    assert "cannot be read" in event_sentence(Names(document.election), entry)


def test_a_lot_of_a_region_that_is_not_there_is_told_all_the_same(document):
    entry = Entry(9, NIGHT, "Sok", "test", "lot", Record("R99", None, {"won": 3}))
    assert "“lot” of R99" in event_sentence(Names(document.election), entry)


def test_the_names_of_gestures_with_lots(document):
    enter(document, {"CPP": 1400, "KWP": 200})
    names = Names(document.election)
    edit = document.edit_lot("R5", drawn(document, "KWP"))
    assert gesture_text(names, edit) == "Record the lot · Region 5 · KWP"
    assert gesture_text(names, edit.inverse()) == "Remove the lot · Region 5"
    document.commit(edit)
    assert gesture_text(names, document.edit_lot("R5", drawn(document, "CPP"))) == "Correct the lot · Region 5 · CPP"
    assert lot_line(drawn(document, "KWP")) == "By lot, drawn by Sok Chan on 2024-02-25 23:40: KWP"


@pytest.mark.parametrize(
    ("won", "text"), [({"A": 1}, "A"), ({"A": 1, "B": 1, "C": 1}, "A, B and C"), ({"A": 2, "B": 1}, "A 2, B 1")]
)
def test_who_won(won, text):
    assert won_text(won) == text
