from dataclasses import replace

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from tally_app.allocation.uncounted import ranges
from tally_app.election.election import Election
from tally_app.election.model import FormField, Rule
from tally_app.ui.seats.uncounted_row import UncountedRow

REGION_5 = [1187, 148, 0, 2]


@pytest.fixture
def desk(qtbot, senate, region_result):
    """The row beside a form's cell, which has the keyboard."""
    desk = Desk(senate)
    qtbot.addWidget(desk)
    desk.show()
    desk.activateWindow()
    desk.cell.setFocus()
    desk.row.show_result(region_result(senate, 4, REGION_5))
    return desk


@pytest.fixture
def row(desk):
    return desk.row


class Desk(QWidget):
    def __init__(self, election: Election) -> None:
        super().__init__()
        self.cell, self.row = QLineEdit(self), UncountedRow(election, self)
        layout = QVBoxLayout(self)
        layout.addWidget(self.cell)
        layout.addWidget(self.row)


def unfold(qtbot, row: UncountedRow) -> None:
    qtbot.mouseClick(row.fold, Qt.MouseButton.LeftButton)


def type_in(qtbot, row: UncountedRow, text: str) -> None:
    row.field.selectAll()
    qtbot.keyClick(row.field, Qt.Key.Key_Delete)
    qtbot.keyClicks(row.field, text)
    QApplication.processEvents()


def test_it_is_folded_away_at_first(row):
    assert not row.field.isVisible()
    assert not row.ranges.isVisible()


def test_unfolding_leaves_the_keyboard_at_the_form(qtbot, desk, row):
    unfold(qtbot, row)
    assert row.field.isVisible()
    assert not row.field.hasFocus()
    assert desk.cell.hasFocus()


def test_ranges_and_what_is_safe(qtbot, row, senate, region_result):
    unfold(qtbot, row)
    type_in(qtbot, row, "250")
    found = ranges(region_result(senate, 4, REGION_5).contest, 250)
    assert found is not None
    assert (found.least, found.most) == ((5, 0, 0, 0), (7, 2, 1, 1))
    assert row.ranges.text() == (
        "<b>5 safe, 2 open</b> · CPP\u00a0<b>5–7</b>, KWP\u00a0<b>0–2</b>, FUN\u00a0<b>0–1</b>, NPP\u00a0<b>0–1</b>"
    )


def test_khmer_digits_and_grouping_are_taken_and_letters_are_not(qtbot, row):
    unfold(qtbot, row)
    commit = QInputMethodEvent()
    commit.setCommitString("២៥០")
    QApplication.sendEvent(row.field, commit)
    QApplication.processEvents()
    assert "5 safe, 2 open" in row.ranges.text()
    type_in(qtbot, row, "1,0x00")
    assert row.field.text() == "1,000"
    type_in(qtbot, row, "-5")
    assert row.field.text() == "5"


def test_more_than_32_bits(qtbot, row):
    unfold(qtbot, row)
    type_in(qtbot, row, "999,999,999,999")
    assert row.field.text() == "999,999,999,999"
    assert "0 safe, 7 open" in row.ranges.text()


def test_nothing_typed_hides_the_ranges(qtbot, row):
    unfold(qtbot, row)
    type_in(qtbot, row, "250")
    assert row.ranges.isVisible()
    type_in(qtbot, row, "")
    assert not row.ranges.isVisible()


def test_it_keeps_up_with_the_form_and_each_region_has_its_own(qtbot, row, senate, region_result):
    unfold(qtbot, row)
    type_in(qtbot, row, "10")
    assert "CPP\u00a0<b>7</b>" in row.ranges.text()
    row.show_result(region_result(senate, 4, [1187, 168, 0, 2]))
    QApplication.processEvents()
    assert "CPP\u00a0<b>6–7</b>" in row.ranges.text()
    row.show_result(region_result(senate, 3, [1191, 218, 1, 118]))
    QApplication.processEvents()
    assert row.field.text() == ""
    row.show_result(region_result(senate, 4, REGION_5))
    QApplication.processEvents()
    assert row.field.text() == "10"


def test_ballots_cast_and_not_accounted_for_are_the_first_guess(qtbot, senate, region_result):
    form = [FormField("cast"), *senate.pack.form]
    election = Election(msgspec.structs.replace(senate.pack, form=form, entries=[]))
    row = UncountedRow(election)
    qtbot.addWidget(row)
    result = region_result(election, 4, REGION_5)
    sums = list(result.sums)
    for cast, guess in ((None, ""), (1337, ""), (1587, "250"), (2345, "1,008")):
        sums[election.column_index["cast"]] = cast
        row.fold.setChecked(True)
        row.show_result(replace(result, sums=tuple(sums)))
        assert row.field.text() == guess


def test_a_rule_of_which_nothing_is_known_says_so(qtbot, senate, region_result):
    election = Election(msgspec.structs.replace(senate.pack, rule=Rule("dutch-municipal")))
    row = UncountedRow(election)
    qtbot.addWidget(row)
    row.show_result(region_result(election, 4, REGION_5))
    row.fold.setChecked(True)
    type_in(qtbot, row, "250")
    assert row.ranges.text().startswith("By this rule")


def test_ranges_that_may_be_narrower_say_so(qtbot, senate, region_result):
    election = Election(msgspec.structs.replace(senate.pack, rule=Rule("hare")))
    row = UncountedRow(election)
    qtbot.addWidget(row)
    row.show_result(region_result(election, 4, REGION_5))
    row.fold.setChecked(True)
    type_in(qtbot, row, "250")
    assert row.ranges.text().endswith("(or narrower)")
