"""The dialog alone, over a journal in memory: what is typed into it, then what the document says."""

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QRadioButton,
    QSpinBox,
    QWidget,
)

from tally_app.count.figures import Cell
from tally_app.election.model import Alliance, Name, Rule
from tally_app.storage.errors import DiskFull
from tally_app.ui.dialogs import lot_result as module
from tally_app.ui.dialogs.lot_result import LotResult, OutcomeList, PartyButtons, PartyCounters
from tally_app.ui.dialogs.record_lot import RecordLotDialog
from tally_app.ui.gestures import Gestures
from tally_app.ui.theme import apply_theme
from tally_app.wording.names import Names
from tests.packs import make_election
from tests.ui.fake_journal import open_document

NIGHT = datetime(2024, 2, 25, 23, 40, 12).astimezone()
PAIRS = [Alliance("X", Name("X"), ["A", "B"]), Alliance("Y", Name("Y"), ["C", "D"])]


class Table:
    """Somebody at a table with a region's tie."""

    def __init__(self, qtbot, votes, seats, rule) -> None:
        election = make_election(parties="ABCDE"[: len(votes)], units=(1,), seats=seats, rule=rule)
        self.document = open_document(election)
        self.names = Names(election)
        self.gestures = Gestures(self.document, self.names)
        self._qtbot = qtbot
        self.enter(votes)

    def enter(self, votes) -> None:
        cells = {Cell(0, c): own for c, own in zip(self.document.election.party_columns, votes, strict=True)}
        self.document.commit(self.document.edit_cells("paste", cells))

    def sit_down(self, now=NIGHT) -> RecordLotDialog:
        dialog = RecordLotDialog(self.document, self.gestures, self.names, 0, now)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self._qtbot.addWidget(dialog)
        with self._qtbot.waitActive(dialog):
            dialog.open()
            dialog.activateWindow()
        return dialog

    @property
    def lot(self) -> Any:
        return self.document.lot("R1")

    @property
    def seats(self):
        return self.document.live.region(0).allocation.seats


@pytest.fixture
def table(qtbot, qapp):
    apply_theme(qapp)

    def table_of(votes=(6, 6, 1), seats=1, rule=None) -> Table:
        return Table(qtbot, votes, seats, rule or Rule("dhondt"))

    return table_of


def inputs(dialog: RecordLotDialog, kind: type[LotResult] = LotResult) -> list[Any]:
    return view(dialog, kind).inputs


def view(dialog: RecordLotDialog, kind: type[LotResult] = LotResult) -> LotResult:
    assert isinstance(dialog.result_view, kind)
    return dialog.result_view


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(*keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(focus(), key)


def test_one_seat_is_a_radio_button_for_each_tied_party(table):
    dialog = table().sit_down()
    buttons = inputs(dialog, PartyButtons)
    assert [(type(button), button.text(), button.isChecked()) for button in buttons] == [
        (QRadioButton, "A", False),
        (QRadioButton, "B", False),
    ]
    assert buttons[1].accessibleName() == "B, Party B, 6 votes"
    assert not dialog.remove.isVisible()


def test_the_whole_of_it_by_keyboard(table):
    table = table()
    dialog = table.sit_down()
    assert focus() is inputs(dialog)[0]
    press(Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Tab)
    assert inputs(dialog)[1].isChecked()
    QTest.keyClicks(focus(), "Sok Chan")
    press(Qt.Key.Key_Tab)
    assert focus() is dialog.at
    press(Qt.Key.Key_Tab)
    QTest.keyClicks(focus(), "Chea Dara")
    press(Qt.Key.Key_Return)
    QTest.keyClicks(focus(), "Kim Ny")
    press(Qt.Key.Key_Tab)
    QTest.keyClicks(focus(), "a coin")
    press(Qt.Key.Key_Return)
    assert not dialog.isVisible()
    lot = table.lot
    assert (lot.tied, lot.seats, lot.won, lot.votes) == (["A", "B"], 1, {"B": 1}, {"A": 6, "B": 6})
    assert (lot.drawn_by, lot.drawn_at, lot.witnesses, lot.note) == (
        "Sok Chan",
        "2024-02-25 23:40",
        ["Chea Dara", "Kim Ny"],
        "a coin",
    )
    assert table.seats == (0, 1, 0)


@pytest.mark.parametrize("typed", ["2024-02-26 01:05", "202402260105", "2024/2/26 1.05"])
def test_another_time_can_be_typed(table, typed):
    table = table()
    dialog = table.sit_down()
    press(Qt.Key.Key_Space, Qt.Key.Key_Tab)
    QTest.keyClicks(dialog.drawn_by, "Sok")
    press(Qt.Key.Key_Tab)
    QTest.keyClicks(dialog.at, typed)
    press(Qt.Key.Key_Return)
    assert table.lot.drawn_at == "2024-02-26 01:05"


def test_the_time_begins_with_the_clock_on_the_wall(table):
    here = NIGHT.astimezone(timezone(timedelta(hours=-9)))
    assert table().sit_down(here).at.text() == "2024-02-25 23:40"


def test_undo_opens_the_seat_and_redo_settles_it(table):
    table = table()
    dialog = table.sit_down()
    inputs(dialog)[0].click()
    dialog.drawn_by.setText("Sok")
    dialog.record.click()
    assert table.seats == (1, 0, 0)
    assert table.gestures.stack.undoText() == "Record the lot · Region 1 · A"
    table.gestures.undo()
    assert (table.lot, table.seats) == (None, (0, 0, 0))
    table.gestures.redo()
    assert table.seats == (1, 0, 0)


def test_cancel_leaves_nothing(table):
    table = table()
    dialog = table.sit_down()
    head = table.document.head
    inputs(dialog)[0].click()
    QTest.keyClicks(dialog.drawn_by, "Sok")
    press(Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert (table.lot, table.document.head, table.gestures.stack.count()) == (None, head, 0)


def test_what_is_missing_is_said_and_nothing_recorded_before(table):
    table = table()
    dialog = table.sit_down()
    assert dialog.message.text() == "Still missing: who won, who drew the lot."
    assert not dialog.record.isEnabled()
    QTest.keyClicks(dialog.drawn_by, "  ")
    inputs(dialog)[0].click()
    assert dialog.message.text() == "Still missing: who drew the lot."
    QTest.keyClick(dialog.drawn_by, Qt.Key.Key_Return)
    dialog.accept()
    assert table.lot is None
    QTest.keyClicks(dialog.drawn_by, "Sok")
    assert dialog.message.text() == ""
    assert dialog.record.isEnabled()


def test_that_votes_are_still_to_come_is_said(table):
    dialog = table().sit_down()
    told = [label.text() for label in dialog.findChildren(QLabel) if label.property("role") == "warning"]
    assert told == ["1 unit is not complete yet: the tie may still go away."]


@pytest.mark.parametrize("text", ["\n".join(["Dara"] * 51), "D" * 301])
def test_witnesses_have_a_limit(table, text):
    dialog = table().sit_down()
    inputs(dialog)[0].click()
    dialog.drawn_by.setText("Sok")
    dialog.witnesses.setPlainText(text)
    assert not dialog.record.isEnabled()
    assert "at most 50 witnesses" in dialog.message.text()


def test_several_seats_are_check_boxes_and_exactly_so_many(table):
    table = table((6, 6, 6, 1), 2)
    dialog = table.sit_down()
    boxes = inputs(dialog, PartyButtons)
    assert [type(box) for box in boxes] == [QCheckBox] * 3
    dialog.drawn_by.setText("Sok")
    boxes[0].click()
    assert dialog.message.text() == "Still missing: exactly 2 seats (1 chosen)."
    boxes[1].click()
    assert dialog.record.isEnabled()
    boxes[2].click()
    assert not dialog.record.isEnabled()
    boxes[0].click()
    dialog.record.click()
    assert table.lot.won == {"B": 1, "C": 1}
    assert table.seats == (0, 1, 1, 0)


def test_ties_in_two_alliances_are_a_list_of_what_lots_can_bring(table):
    table = table((3, 3, 12, 12), 4, Rule("dhondt", alliances=PAIRS))
    dialog = table.sit_down()
    (lines,) = inputs(dialog, OutcomeList)
    assert isinstance(lines, QListWidget)
    assert lines.count() == len(list(dialog.draw.outcomes()))
    lines.setFocus()
    press(Qt.Key.Key_Down)
    dialog.drawn_by.setText("Sok")
    chosen = view(dialog).won
    dialog.record.click()
    assert table.lot.won == chosen
    assert table.document.live.region(0).allocation.open_seats == 0
    assert view(table.sit_down()).won == chosen


def test_too_many_for_a_list_are_counted_party_by_party(table, monkeypatch):
    monkeypatch.setattr(module, "MOST_LISTED", 2)
    table = table((3, 3, 12, 12), 4, Rule("dhondt", alliances=PAIRS))
    dialog = table.sit_down()
    counters = inputs(dialog, PartyCounters)
    assert all(isinstance(counter, QSpinBox) for counter in counters)
    dialog.drawn_by.setText("Sok")
    counters[0].setFocus()
    press(Qt.Key.Key_Up)
    counters[1].setFocus()
    press(Qt.Key.Key_Up)
    assert "a result that lots can bring" in dialog.message.text()
    press(Qt.Key.Key_Down)
    counters[2].setFocus()
    press(Qt.Key.Key_Up)
    dialog.record.click()
    assert table.lot.won == {"A": 1, "C": 1}
    assert view(table.sit_down()).won == {"A": 1, "C": 1}


def test_a_recorded_lot_is_there_to_be_corrected(table):
    table = table()
    first = table.sit_down()
    inputs(first)[0].click()
    first.drawn_by.setText("Sok")
    first.witnesses.setPlainText("Dara\nKim")
    first.note.setText("a coin")
    first.record.click()
    again = table.sit_down(NIGHT + timedelta(hours=3))
    assert inputs(again)[0].isChecked()
    assert (again.drawn_by.text(), again.at.text()) == ("Sok", "2024-02-25 23:40")
    assert (again.witnesses.toPlainText(), again.note.text()) == ("Dara\nKim", "a coin")
    assert focus() is inputs(again)[0]
    assert again.record.text() == "Save the co&rrection"
    inputs(again)[1].click()
    again.record.click()
    assert (table.lot.won, table.lot.witnesses) == ({"B": 1}, ["Dara", "Kim"])
    assert table.gestures.stack.undoText() == "Correct the lot · Region 1 · B"


def test_a_recorded_lot_can_be_removed_and_that_undone(table):
    table = table()
    table.document.commit(table.document.edit_lot("R1", table.sit_down().draw.lot({"A": 1}, "Sok", "2024")))
    dialog = table.sit_down()
    dialog.remove.click()
    assert not dialog.isVisible()
    assert not table.lot
    table.gestures.undo()
    assert table.lot.won == {"A": 1}


def test_of_a_lot_for_another_tie_nothing_is_taken_over(table):
    table = table()
    table.document.commit(table.document.edit_lot("R1", table.sit_down().draw.lot({"A": 1}, "Sok", "2024")))
    table.enter((6, 5, 6))
    dialog = table.sit_down()
    assert [button.text() for button in inputs(dialog)] == ["A", "C"]
    assert dialog.drawn_by.text() == ""
    assert dialog.remove.isVisible()


def test_a_lot_without_a_tie_can_only_be_removed(table):
    table = table()
    table.document.commit(table.document.edit_lot("R1", table.sit_down().draw.lot({"A": 1}, "Sok", "2024")))
    table.enter((7, 6, 1))
    dialog = table.sit_down()
    assert dialog.result_view is None
    assert not dialog.record.isVisible()
    dialog.remove.click()
    assert table.lot is None


def test_a_full_disk_is_said_and_everything_typed_stays(table, monkeypatch, tmp_path):
    table = table()
    dialog = table.sit_down()
    inputs(dialog)[1].click()
    QTest.keyClicks(dialog.drawn_by, "Sok")

    def full(*_: object) -> None:
        raise DiskFull(tmp_path / "count.tally")

    with monkeypatch.context() as patch:
        patch.setattr(table.document._journal, "append_all", full)
        dialog.record.click()
        assert dialog.isVisible()
        assert "The disk is full" in dialog.message.text()
        assert dialog.message.property("role") == "bad"
        assert (table.lot, table.gestures.stack.count()) == (None, 0)
        assert (dialog.drawn_by.text(), view(dialog).won) == ("Sok", {"B": 1})
    dialog.record.click()
    assert not dialog.isVisible()
    assert table.lot.won == {"B": 1}


def test_a_refusal_is_said_too(table):
    table = table()
    dialog = table.sit_down()
    inputs(dialog)[1].click()
    dialog.drawn_by.setText("Sok")
    table.enter((7, 6, 1))
    dialog.record.click()
    assert dialog.isVisible()
    assert dialog.message.text() == "No tie is open here, so there is nothing to draw."


def test_every_field_has_a_name_for_who_cannot_see_it(table):
    dialog = table().sit_down()
    fields = (dialog.drawn_by, dialog.at, dialog.witnesses, dialog.note)
    assert [field.accessibleName() for field in fields] == ["Drawn by", "Date and time", "Witnesses", "Note"]
    assert dialog.buttons.button(QDialogButtonBox.StandardButton.Cancel).isVisible()
