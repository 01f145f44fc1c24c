"""Lots and the history in the whole window, over real files: asked for, recorded, undone, found again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QRadioButton

from tally_app.count.figures import Cell
from tally_app.document.history import Wanted
from tally_app.storage.errors import DiskFull
from tally_app.storage.tally_file import TallyFile
from tally_app.ui.dialogs.record_lot import RecordLotDialog
from tally_app.ui.history import model as module
from tally_app.ui.history.model import Part

R5 = 4


def tie(desk) -> None:
    """1400 ÷ 7 = 200 ÷ 1 for the last seat of Region 5."""
    election = desk.document.election
    cells = dict(zip((Cell(R5, c) for c in election.party_columns), (1400, 200, 0, 2), strict=True))
    desk.document.commit(desk.document.edit_cells("paste", cells))


@pytest.fixture
def desk(sit_down, published):
    desk = sit_down(published)
    tie(desk)
    desk.at("R5", "KWP")
    return desk


def dialog_of(desk) -> RecordLotDialog:
    QApplication.processEvents()
    (dialog,) = [each for each in desk.window.findChildren(RecordLotDialog) if each.isVisible()]
    assert isinstance(dialog, RecordLotDialog)
    return dialog


def fill(dialog: RecordLotDialog) -> None:
    assert dialog.result_view is not None
    button = dialog.result_view.inputs[1]
    assert isinstance(button, QRadioButton)
    button.click()
    QTest.keyClicks(dialog.drawn_by, "Sok Chan")


def shown(desk) -> list[str]:
    model = desk.bench.history.model
    return [model.index(row, Part.WHAT).data() for row in range(model.rowCount())]


class TestAsking:
    def test_the_shortcut_opens_the_dialog_and_the_lot_is_in_the_file(self, desk, published):
        QTest.keyClick(
            desk.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        )
        dialog = dialog_of(desk)
        assert dialog.isModal()
        fill(dialog)
        QTest.keyClick(dialog.drawn_by, Qt.Key.Key_Return)
        assert desk.document.live.region(R5).allocation.seats == (6, 1, 0, 0)
        assert desk.saved.startswith("✓ Saved ")
        with TallyFile.open(published, read_only=True) as file:
            assert file.records("lot")["R5"]["won"] == {"KWP": 1}

    def test_the_button_beside_the_sentence_opens_it_too(self, desk):
        button = desk.bench.region_seats.lot_row.button
        assert button.isVisible()
        button.click()
        fill(dialog_of(desk))
        dialog_of(desk).record.click()
        assert "By lot, drawn by Sok Chan" in desk.bench.region_seats.lot_row.text.text()
        assert button.text() == "Edit…"

    def test_only_where_there_is_a_tie_or_a_lot(self, desk):
        action = desk.window.actions_by_key["record_lot"]
        assert action.isEnabled()
        desk.bench.show_region(3)
        assert not action.isEnabled()
        desk.bench.show_region(None)
        assert not action.isEnabled()
        desk.at("R5", "KWP")
        assert action.isEnabled()
        desk.keys("199")
        assert not action.isEnabled()
        desk.press(Qt.Key.Key_Escape)
        assert action.isEnabled()

    def test_a_tie_that_is_still_being_typed_is_entered_first(self, desk):
        desk.enter(199)
        desk.at("R5", "KWP")
        desk.keys("200")
        desk.action("record_lot")
        assert dialog_of(desk).draw is not None
        assert desk.document.book.value(Cell(R5, desk.document.election.column_index["KWP"])) == 200

    def test_a_read_only_file_takes_no_lot(self, desk, sit_down, published):
        desk.session.close()
        with TallyFile.open(published, operator="Dara"):
            other = sit_down(published)
            other.at("R5", "KWP")
            assert not other.window.actions_by_key["record_lot"].isEnabled()
            assert not other.bench.region_seats.lot_row.button.isEnabled()

    def test_undo_shows_the_region_and_opens_the_seat(self, desk):
        desk.action("record_lot")
        fill(dialog_of(desk))
        dialog_of(desk).record.click()
        desk.bench.show_region(0)
        undo = desk.window.actions_by_key["undo"]
        assert undo.text() == "&Undo: Record the lot · Region 5 · KWP"
        undo.trigger()
        assert desk.bench.region == R5
        assert desk.document.live.region(R5).allocation.open_seats == 1
        desk.action("redo")
        assert desk.document.live.region(R5).allocation.seats == (6, 1, 0, 0)

    def test_a_full_disk_keeps_the_dialog(self, desk, monkeypatch):
        desk.action("record_lot")
        dialog = dialog_of(desk)
        fill(dialog)

        def full(file: TallyFile, *_: object) -> None:
            raise DiskFull(file.path)

        with monkeypatch.context() as patch:
            patch.setattr(TallyFile, "append_all", full)
            dialog.record.click()
            assert dialog.isVisible()
            assert "The disk is full" in dialog.message.text()
            assert desk.saved == "✗ Not saved"
        dialog.record.click()
        assert desk.saved.startswith("✓ Saved ")
        assert desk.banner == ""


class TestHistory:
    def test_it_shows_what_happened_newest_first_and_what_happens_then(self, desk):
        desk.action("history")
        QApplication.processEvents()
        assert shown(desk)[0] == (
            "Region 5 · Region 5, whole region: CPP 1,187 → 1,400, KWP 148 → 200, FUN – → 0, NPP 2 → 2"
        ) or shown(desk)[0].startswith("Region 5 · Region 5, whole region: CPP 1,187 → 1,400")
        assert len(shown(desk)) == 3
        desk.at("R5", "KWP")
        desk.enter(170)
        assert shown(desk)[0] == "Region 5 · Region 5, whole region · KWP: 200 → 170"
        desk.action("undo")
        assert shown(desk)[0] == "Takes back no. 4: Region 5 · Region 5, whole region · KWP: 170 → 200"

    def test_the_key_shows_it_and_puts_it_away(self, desk):
        dock = desk.dock("history")
        assert not dock.isVisible()
        desk.action("history")
        assert dock.isVisible()
        assert desk.bench.history.table.hasFocus()
        desk.action("history")
        assert not dock.isVisible()
        assert desk.bench.entry.grid.view.hasFocus()

    def test_enter_goes_to_the_region(self, desk):
        desk.bench.show_region(0)
        desk.action("history")
        QApplication.processEvents()
        table = desk.bench.history.table
        assert table.selectionModel().selectedRows()[0].row() == 0
        assert "(no. 3, window@" in desk.bench.history.details.text()
        QTest.keyClick(table, Qt.Key.Key_Return)
        assert desk.bench.region == R5
        table.selectRow(2)
        QTest.keyClick(table, Qt.Key.Key_Return)
        assert desk.bench.region is None

    def test_the_text_typed_filters(self, desk):
        desk.action("history")
        QApplication.processEvents()
        QTest.keyClicks(desk.bench.history.search, "ELECTION PACK")
        assert len(shown(desk)) == 2
        assert desk.bench.history.state.text() == "2 events found"
        QTest.keyClicks(desk.bench.history.search, "zzz")
        assert shown(desk) == []
        assert desk.bench.history.state.text() == "Nothing found"
        desk.bench.history.search.clear()
        assert len(shown(desk)) == 3

    def test_a_long_journal_is_read_page_by_page(self, desk, monkeypatch, qtbot):
        monkeypatch.setattr(module, "_PAGE", 5)
        monkeypatch.setattr(module, "_LOOKED_AT", 7)
        for number in range(40):
            desk.at("R4", "KWP")
            desk.enter(number)
        model = desk.bench.history.model
        assert not model.canFetchMore()  # nobody has looked yet
        model.begin()
        assert model.rowCount() == 5
        model.fetchMore()
        assert model.rowCount() == 10
        assert model.canFetchMore()
        model.set_wanted(Wanted(text="made the tally"))
        qtbot.waitUntil(lambda: model.rowCount() == 1)
        model.set_wanted(Wanted(text="KWP: 3 →"))
        qtbot.waitUntil(lambda: model.exhausted and model.rowCount() == 1)

    def test_names_change_with_the_language(self, desk):
        desk.action("history")
        QApplication.processEvents()
        desk.action("language")
        QApplication.processEvents()
        assert shown(desk)[0].startswith("ភូមិភាគទី៥")

    def test_a_journal_that_cannot_be_read_is_said(self, desk, monkeypatch, tmp_path):
        def unreadable(*_: object, **__: object) -> None:
            raise DiskFull(tmp_path)

        monkeypatch.setattr(module, "history", unreadable)
        model = desk.bench.history.model
        model._source = iter(())
        model.add_new()
        assert "The disk is full" in desk.bench.history.details.text()
