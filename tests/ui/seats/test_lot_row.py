"""The line about a region's lot."""

import pytest

from tally_app.count.figures import Cell
from tally_app.document.draw import draw_of
from tally_app.election.model import Rule
from tally_app.ui.seats.lot_row import LotRow
from tests.packs import make_election
from tests.ui.fake_journal import open_document


@pytest.fixture
def row_of(qtbot):
    def make(votes, rule=None, lot=False, seats=1):
        document = open_document(make_election(parties="ABC", units=(1,), seats=seats, rule=rule or Rule("dhondt")))
        cells = {Cell(0, c): own for c, own in zip(document.election.party_columns, (6, 6, 1), strict=True)}
        document.commit(document.edit_cells("paste", cells))
        if lot:
            draw = draw_of(document.election, document.live.region(0))
            assert draw is not None
            document.commit(document.edit_lot("R1", draw.lot({"B": 1}, "Sok", "2024-02-25 23:40")))
        cells = {Cell(0, c): own for c, own in zip(document.election.party_columns, votes, strict=True)}
        document.commit(document.edit_cells("paste", cells))
        row = LotRow(document.election)
        qtbot.addWidget(row)
        row.show_result(document.live.region(0))
        return row

    return make


def test_nothing_without_a_tie(row_of):
    assert not row_of((7, 6, 1)).isVisible()


def test_an_open_tie_offers_to_record_the_lot(row_of, qtbot):
    row = row_of((6, 6, 1))
    assert row.isVisible()
    assert row.button.text() == "Record the lot…"
    with qtbot.waitSignal(row.lot_requested) as asked:
        row.button.click()
    assert asked.args == [0]


def test_a_recorded_lot_is_told_and_can_be_edited(row_of):
    row = row_of((6, 6, 1), lot=True)
    assert (row.text.text(), row.button.text()) == ("By lot, drawn by Sok on 2024-02-25 23:40: B", "Edit…")


def test_a_lot_that_does_not_count_is_told(row_of):
    row = row_of((7, 6, 1), lot=True)
    assert "does not count" in row.text.text()
    assert row.button.text() == "Edit…"
    assert row_of((6, 5, 6), lot=True).button.text() == "Record the lot…"


def test_what_the_rule_decided_is_told(row_of):
    row = row_of((12, 6, 1), Rule("dhondt", ties="most-votes"), seats=2)
    assert row.text.text() == "Tie settled by most votes: A"
    assert not row.button.isVisible()
    assert row_of((12, 6, 1), Rule("dhondt", ties="fewest-votes"), seats=2).text.text().endswith("fewest votes: B")


def test_a_read_only_file_offers_no_lot(row_of):
    row = row_of((6, 6, 1))
    row.set_editable(False)
    assert not row.button.isEnabled()
