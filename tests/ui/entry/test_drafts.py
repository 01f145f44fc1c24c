"""As numbers are typed: each key press counts before Enter."""

from PySide6.QtCore import Qt

from tally_app.count.figures import Cell


def test_a_seat_moves_at_the_third_digit_before_enter_and_escape_moves_it_back(published):
    published.at("R5", "KWP")
    seats = []
    for digit in "170":
        published.keys(digit)
        seats.append(published.seats("R5"))
    assert seats == [(7, 0, 0, 0), (7, 0, 0, 0), (6, 1, 0, 0)]
    assert published.document.live.chamber.seats == (54, 4, 0, 0)
    published.press(Qt.Key.Key_Escape)
    assert published.seats("R5") == (7, 0, 0, 0)
    assert published.document.live.chamber.seats == (55, 3, 0, 0)
    assert published.document.head.seq == 0


def test_backspace_in_an_open_cell_counts_too(published):
    published.at("R5", "KWP")
    published.keys("170")
    published.press(Qt.Key.Key_Backspace)
    assert published.document.live.region(4).votes[1] == 17


def test_findings_follow_the_draft(published):
    published.at("R4", "CPP")
    published.keys("1976")  # 9,332 − 1,191 + 1,976 = 10,117
    codes = [f.code for f in published.document.live.findings() if f.place.party == "CPP" and f.place.region is None]
    assert "E202" not in codes
    published.press(Qt.Key.Key_Escape)
    codes = [f.code for f in published.document.live.findings() if f.place.party == "CPP" and f.place.region is None]
    assert "E202" in codes


def test_losing_the_focus_commits(published):
    published.at("R5", "KWP")
    published.keys("170")
    published.screen.setFocus()
    assert published.document.live.draft is None
    assert published.document.live.committed_region(4).votes[1] == 170


def test_khmer_digits_and_grouping_are_numbers(published):
    published.at("R4", "CPP")
    published.keys("១,៩១១")
    published.press(Qt.Key.Key_Return)
    assert published.document.book.value(Cell(3, 0)) == 1911


def test_a_key_that_is_no_digit_is_refused_with_a_hint(published):
    published.at("R5", "KWP")
    published.keys("1")
    for key, reason in (("a", "digits"), ("-", "sign"), ("²", "digits"), ("_", "digits")):
        published.keys(key)
        hint = published.screen._hints.warning
        assert reason in hint, key
    published.keys("7")
    assert published.document.live.draft.change.new == 17


def test_a_letter_does_not_open_a_cell(published):
    published.at("R5", "KWP")
    published.keys("x")
    assert published.document.live.draft is None
    assert "digits" in published.screen._hints.warning


def test_half_a_group_cannot_be_entered(published):
    published.at("R5", "KWP")
    published.keys("1,1")
    published.press(Qt.Key.Key_Return)
    assert "threes" in published.screen._hints.warning
    assert published.document.live.draft.change.new == 11  # the cell is still open
    published.keys("70")
    published.press(Qt.Key.Key_Return)
    assert published.document.book.value(Cell(4, 1)) == 1170


def test_what_cannot_be_entered_stays_in_the_open_cell_when_the_focus_goes(published):
    published.at("R5", "KWP")
    published.keys("1,1")
    published.screen.setFocus()
    assert "threes" in published.screen._hints.warning
    assert published.document.live.draft.change.new == 11


def test_a_stated_figure_counts_as_it_is_typed_too(published):
    published.at("R5", "KWP")
    published.press(Qt.Key.Key_Down)
    published.keys("147")
    codes = [f.code for f in published.document.live.findings() if f.place.region == "R5"]
    assert codes == ["E201"]
    assert published.screen.grid.totals_model.value(2, 1) == 1
    published.press(Qt.Key.Key_Backspace)
    published.keys("8")
    assert [f.code for f in published.document.live.findings() if f.place.region == "R5"] == []
    assert published.screen.grid.totals_model.value(2, 1) == 0
    published.press(Qt.Key.Key_Escape)
    assert published.screen.grid.totals_model.value(2, 1) is None
    assert published.document.head.seq == 0
