"""A lot: recorded once, in the journal, for just the tie that is open; taken back like anything else."""

import msgspec
import pytest

from tally_app.count.figures import Cell
from tally_app.document.document import Document, FiguresChanged
from tally_app.document.edit import EditRefused
from tally_app.document.lots import Lot
from tests.packs import make_election
from tests.ui.fake_journal import bundled_document, open_document

BLANK = "cambodia-senate-2024-blank"
R5 = 4
TIED = (1400, 200, 0, 2)
"""1400 ÷ 7 = 200 ÷ 1 for the last seat of Region 5."""


def lot(**changes: object) -> Lot:
    drawn = Lot(
        tied=["CPP", "KWP"],
        seats=1,
        won={"KWP": 1},
        votes={"CPP": 1400, "KWP": 200},
        drawn_by="Sok Chan",
        drawn_at="2024-02-25 23:40",
        witnesses=["Chea Dara", "Kim Ny"],
    )
    return msgspec.structs.replace(drawn, **changes)


def enter(document: Document, votes: tuple[int, ...]) -> None:
    row = document.election.starts[R5]
    cells = {Cell(row, column): count for column, count in zip(document.election.party_columns, votes, strict=True)}
    document.commit(document.edit_cells("paste", cells))


@pytest.fixture
def tied() -> Document:
    document = bundled_document(BLANK)
    enter(document, TIED)
    return document


def codes(document: Document) -> list[str]:
    return [finding.code for finding in document.live.region(R5).findings]


def test_a_lot_settles_the_tie(tied):
    heard: list[object] = []
    tied.subscribe(heard.append)
    assert tied.live.region(R5).allocation.open_seats == 1
    assert "E401" in codes(tied)
    changed = tied.commit(tied.edit_lot("R5", lot()))
    assert isinstance(changed, FiguresChanged)
    assert heard == [changed]
    assert changed.regions == {R5}
    result = tied.live.region(R5)
    assert (result.allocation.seats, result.allocation.open_seats) == ((6, 1, 0, 0), 0)
    assert (result.lot, tied.lot("R5")) == (lot(), lot())
    assert tied.live.chamber.seats[:2] == (6, 1)
    assert "E401" not in codes(tied)


def test_undo_opens_the_seat_again_and_redo_settles_it(tied):
    edit = tied.edit_lot("R5", lot())
    done = tied.commit(edit)
    tied.commit(edit.inverse(), undoes=done.seq)
    assert tied.live.region(R5).allocation.open_seats == 1
    assert tied.lot("R5") is None
    tied.commit(edit)
    assert tied.live.region(R5).allocation.seats == (6, 1, 0, 0)


def test_it_is_still_there_after_reopening(open_pack):
    document = open_pack(BLANK)
    enter(document, TIED)
    document.commit(document.edit_lot("R5", lot()))
    document = open_pack(BLANK)
    assert document.lot("R5") == lot()
    assert document.live.region(R5).allocation.seats == (6, 1, 0, 0)


def test_a_lot_counts_while_its_tie_stands_and_is_a_warning_without_it(tied):
    tied.commit(tied.edit_lot("R5", lot()))
    enter(tied, (1407, 201, 0, 2))
    assert tied.live.region(R5).allocation.seats == (6, 1, 0, 0)
    enter(tied, (1408, 201, 0, 2))
    assert tied.live.region(R5).allocation.seats == (7, 0, 0, 0)
    assert "W405" in codes(tied)
    enter(tied, (1407, 201, 0, 2))
    assert "W405" not in codes(tied)


def test_another_tie_is_not_settled_by_it(tied):
    tied.commit(tied.edit_lot("R5", lot()))
    enter(tied, (1400, 200, 200, 2))
    assert tied.live.region(R5).allocation.open_seats == 1
    assert {"E401", "W405"} <= set(codes(tied))


def test_a_draft_sees_the_lot(tied):
    tied.commit(tied.edit_lot("R5", lot()))
    row, (cpp, *_) = tied.election.starts[R5], tied.election.party_columns
    tied.draft(Cell(row, cpp), 1401)
    assert tied.live.region(R5).allocation.seats == (7, 0, 0, 0)
    tied.drop_draft()
    assert tied.live.region(R5).allocation.seats == (6, 1, 0, 0)


def test_a_recorded_lot_can_be_corrected(tied):
    tied.commit(tied.edit_lot("R5", lot()))
    tied.commit(tied.edit_lot("R5", lot(won={"CPP": 1})))
    assert tied.live.region(R5).allocation.seats == (7, 0, 0, 0)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"tied": ["CPP", "FUN"]}, "another-tie"),
        ({"seats": 2}, "another-tie"),
        ({"won": {"NPP": 1}}, "another-tie"),
        ({"won": {}}, "not-an-outcome"),
        ({"won": {"CPP": 1, "KWP": 1}}, "not-an-outcome"),
        ({"won": {"KWP": 2}}, "not-an-outcome"),
        ({"drawn_by": ""}, "lot-incomplete"),
        ({"witnesses": [" "]}, "lot-incomplete"),
        ({"note": "x" * 301}, "lot-incomplete"),
    ],
)
def test_what_no_lot_can_give_is_refused(tied, changes, code):
    with pytest.raises(EditRefused) as refused:
        tied.edit_lot("R5", lot(**changes))
    assert refused.value.code == code
    assert tied.lot("R5") is None


def test_without_a_tie_there_is_nothing_to_draw():
    document = bundled_document("cambodia-senate-2024")
    with pytest.raises(EditRefused, match="no-tie"):
        document.edit_lot("R5", lot())


def test_the_same_lot_twice_is_one_event(tied):
    tied.commit(tied.edit_lot("R5", lot()))
    head = tied.head
    assert tied.commit(tied.edit_lot("R5", lot())) is None
    assert tied.head == head


def test_a_lot_of_two_hands_is_not_overwritten(tied):
    edit = tied.edit_lot("R5", lot())
    tied.commit(tied.edit_lot("R5", lot(won={"CPP": 1})))
    with pytest.raises(EditRefused, match="changed-meanwhile"):
        tied.commit(edit)


def test_seats_that_cannot_be_filled_are_a_finding_once_all_is_counted():
    document = open_document(make_election(units=(1,), seats=3))
    row = document.election.starts[0]
    assert codes_of(document) == []
    document.commit(document.edit_cells("enter", {Cell(row, c): 0 for c in document.election.party_columns}))
    assert "E402" in codes_of(document)


def codes_of(document: Document) -> list[str]:
    return [finding.code for finding in document.live.region(0).findings if finding.code != "N109"]
