"""The keyboard's flow: ballot order, spreadsheet arrows, no wrap at the end."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from tally_app.count.figures import Cell, FigureKey
from tests.ui.fake_journal import bundled_document

SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_enter_and_tab_walk_in_ballot_order_to_the_next_unit(blank):
    blank.at("R5", "registered")
    walked = []
    for _ in range(8):
        walked.append(blank.cell.removeprefix("Region 5 · "))
        blank.press(Qt.Key.Key_Tab)
    names = ["Registered", "Ballots cast", "CPP", "KWP", "FUN", "NPP", "Invalid"]
    assert walked == [f"Kampot · {name}" for name in names] + ["Kep · Registered"]
    blank.press(Qt.Key.Key_Return, modifier=SHIFT)
    blank.press(Qt.Key.Key_Backtab, modifier=SHIFT)
    assert blank.cell == "Region 5 · Kampot · Invalid"


def test_no_wrap_at_either_end(blank):
    blank.at("R5", "registered")
    blank.press(Qt.Key.Key_Backtab, modifier=SHIFT)
    assert blank.cell == "Region 5 · Kampot · Registered"
    blank.press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    blank.press(*[Qt.Key.Key_Right] * 6)
    blank.enter(1)
    assert blank.cell == "Region 5 · Takeo · Invalid"


def test_a_digit_after_the_last_field_overwrites_nothing(blank):
    blank.at("R1", "invalid")
    blank.enter(9)
    blank.keys("8")
    assert "PgDn" in blank.screen._hints.warning
    assert blank.document.live.region(0).sums[6] == 9
    assert blank.document.book.value(Cell(0, 6)) == 9
    blank.press(Qt.Key.Key_F2)
    blank.keys("1")
    draft = blank.document.live.draft
    assert draft is not None
    assert draft.change.new == 1


def test_a_click_elsewhere_does_not_leave_half_a_group_behind(blank):
    blank.at("R5", "CPP")
    blank.keys("1,19")
    view = blank.screen.grid.view
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.model().index(1, 3)).center())
    assert blank.cell == "Region 5 · Kampot · CPP"
    blank.press(Qt.Key.Key_Escape)
    assert blank.document.live.draft is None
    assert blank.document.live.region(4).votes == (0, 0, 0, 0)


def test_another_source_takes_nothing_that_was_typed_for_the_first(blank):
    blank.at("R3", "KWP")
    blank.press(Qt.Key.Key_Down)
    blank.keys("130")
    blank.screen.grid.next_source()
    assert blank.document.statements.value(FigureKey("results-table", "votes", "R3", None, "KWP")) == "130"
    assert blank.document.statements.value(FigureKey("summary-box", "votes", "R3", None, "KWP")) is None


@pytest.mark.parametrize(
    ("key", "cell"),
    [
        (Qt.Key.Key_Down, "Kep · CPP"),
        (Qt.Key.Key_Right, "Kampot · KWP"),
        (Qt.Key.Key_Left, "Kampot · Ballots cast"),
    ],
)
def test_arrows_leave_a_typed_cell_and_enter_it(blank, key, cell):
    blank.at("R5", "CPP")
    blank.keys("541")
    blank.press(key)
    assert blank.cell == f"Region 5 · {cell}"
    assert blank.document.book.value(Cell(blank.document.election.starts[4], 2)) == 541


def test_down_from_the_last_unit_reaches_the_stated_figures_and_up_comes_back(blank):
    blank.at("R3", "KWP")
    blank.press(Qt.Key.Key_Down)
    blank.enter(130)
    assert blank.document.statements.value(FigureKey("results-table", "votes", "R3", None, "KWP")) == "130"
    blank.press(Qt.Key.Key_Up)
    assert blank.screen.grid.view.hasFocus()


def test_delete_makes_cells_not_entered_which_is_not_zero(published):
    published.at("R5", "FUN")
    assert published.document.book.value(Cell(4, 2)) == 0
    published.press(Qt.Key.Key_Delete)
    assert published.document.book.value(Cell(4, 2)) is None


def test_fill_the_empty_vote_cells_with_zero(blank):
    blank.at("R5", "registered")
    blank.enter(38, 38, 36, 2)
    blank.screen.fill_zero()
    row = blank.document.election.starts[4]
    assert blank.document.book.row(row) == (38, 38, 36, 2, 0, 0, 0)
    blank.gestures.undo()
    assert blank.document.book.row(row) == (38, 38, 36, 2, None, None, None)


def test_fill_with_zero_leaves_registered_voters_and_ballots_cast_alone(blank):
    blank.at("R5", "CPP")
    blank.enter(36)
    blank.screen.fill_zero()
    assert blank.document.book.row(blank.document.election.starts[4]) == (None, None, 36, 0, 0, 0, 0)


def test_page_keys_ask_for_another_region(blank, qtbot):
    blank.at("R5", "CPP")
    blank.keys("5")
    with qtbot.waitSignal(blank.screen.stepped) as stepped:
        blank.press(Qt.Key.Key_PageDown)
    assert stepped.args == [1]
    assert blank.document.live.committed_region(4).votes[0] == 5  # what was typed is entered


def test_all_regions_by_keyboard_from_an_empty_file_give_the_published_seats(blank):
    """Each region's votes go to its provinces in unequal parts; the last province gets the rest."""
    published = bundled_document()
    election = blank.document.election
    for region in range(8):
        votes = published.live.region(region).votes
        units = len(election.rows(region))
        parts = [[count // (2 * units) for count in votes] for _ in range(units - 1)]
        parts.append([count - sum(part[p] for part in parts) for p, count in enumerate(votes)])
        blank.at(election.regions[region].key, "registered")
        for part in parts:
            blank.enter(sum(part) + 3, sum(part) + 1, *part, 1)
    live = blank.document.live
    assert [live.region(r).allocation.seats for r in range(8)] == [
        (6, 0, 0, 0),
        (7, 1, 0, 0),
        (5, 0, 0, 0),
        (9, 1, 0, 0),
        (7, 0, 0, 0),
        (6, 1, 0, 0),
        (9, 0, 0, 0),
        (6, 0, 0, 0),
    ]
    assert live.chamber.seats == (55, 3, 0, 0)
    assert live.chamber.votes == (9332, 1394, 19, 234)
    assert live.findings() == []


class TestBlocks:
    def test_a_block_goes_out_as_plain_digits_and_comes_back(self, blank):
        blank.at("R5", "registered")
        blank.enter(1612, 611, 541)
        view = blank.screen.grid.view
        view.go_to(view.model().index(0, 0))
        blank.press(Qt.Key.Key_Right, Qt.Key.Key_Right, modifier=SHIFT)
        blank.screen.copy()
        assert QGuiApplication.clipboard().text() == "1612\t611\t541"
        view.go_to(view.model().index(1, 0))
        blank.screen.paste()
        assert blank.document.book.row(blank.document.election.starts[4] + 1)[:3] == (1612, 611, 541)

    def test_a_block_is_refused_whole_and_the_first_wrong_cell_named(self, blank):
        blank.at("R5", "registered")
        QGuiApplication.clipboard().setText("612\t611\n38\tx7\n")
        blank.screen.paste()
        assert "row 2, column 2" in blank.screen._hints.warning
        assert "x7" in blank.screen._hints.warning
        assert blank.document.live.chamber.begun == 0
        assert blank.document.head.seq == 0

    def test_a_block_that_does_not_fit_is_refused_whole(self, blank):
        blank.at("R3", "registered")
        QGuiApplication.clipboard().setText("1\t2\n3\t4")
        blank.screen.paste()
        assert "2 × 2 cells" in blank.screen._hints.warning
        assert blank.document.head.seq == 0

    def test_empty_cells_of_a_block_leave_what_is_there(self, blank):
        blank.at("R5", "registered")
        blank.enter(612, 611, 541)
        QGuiApplication.clipboard().setText("613\t\t542")
        blank.at("R5", "registered")
        blank.screen.paste()
        assert blank.document.book.row(blank.document.election.starts[4])[:3] == (613, 611, 542)

    def test_fifty_pasted_cells_are_one_gesture(self, blank):
        blank.at("R8", "registered")
        QGuiApplication.clipboard().setText("\n".join("\t".join(str(n) for n in range(7)) for _ in range(6)))
        blank.screen.paste()
        assert blank.document.head.seq == 1
        assert blank.gestures.stack.undoText() == "Paste, 42 cells · Region 8 · Kampong Thom · Registered"
        blank.gestures.undo()
        assert blank.document.live.chamber.begun == 0


class TestUndo:
    def test_every_gesture_is_one_step_with_its_name(self, published):
        published.at("R5", "KWP")
        published.enter(170)
        stack = published.gestures.stack
        assert stack.undoText() == "Enter 170 · Region 5 · Region 5, whole region · KWP"
        published.gestures.undo()
        assert published.document.book.value(Cell(4, 1)) == 148
        assert published.seats("R5") == (7, 0, 0, 0)
        published.gestures.redo()
        assert published.seats("R5") == (6, 1, 0, 0)
        assert published.document.head.seq == 3  # the journal only grows

    def test_the_same_number_again_is_no_gesture(self, published):
        published.at("R5", "KWP")
        published.enter(148)
        assert not published.gestures.stack.canUndo()
        assert published.document.head.seq == 0


def test_filling_with_zero_enters_the_open_cell_first(blank):
    blank.at("R5", "CPP")
    blank.keys("36")
    blank.screen.fill_zero()
    assert blank.document.book.row(blank.document.election.starts[4]) == (None, None, 36, 0, 0, 0, 0)
    assert blank.gestures.stack.count() == 2
