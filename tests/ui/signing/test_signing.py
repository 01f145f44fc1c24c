"""Sign-off, reopening and status by typing in the window; what is frozen; training told apart."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from tally_app.count.figures import Cell
from tally_app.document.history import history
from tally_app.document.opening import create_tally, open_document
from tally_app.document.publication import publication
from tally_app.document.signing import Hindrance
from tally_app.document.signing_off import sign_off
from tally_app.election.pack import encode_pack
from tally_app.storage.tally_file import TallyFile
from tally_app.ui.findings.marks import State
from tally_app.ui.signing.chips import StatusChip
from tally_app.ui.signing.reopen_dialog import ReopenDialog
from tally_app.ui.signing.sign_off_dialog import SignOffDialog
from tally_app.ui.signing.status_dialog import StatusDialog
from tests.packs import make_pack
from tests.ui.conftest import STAMP, focus
from tests.ui.signing.keys import Key, come_back, ctrl_return, hint, sign_by_keys, type_text


def small_count(folder: Path) -> Path:
    """Two regions of one form each, whose figures are entered."""
    path = folder / "small.tally"
    pack = folder / "small.json"
    pack.write_bytes(encode_pack(make_pack(units=(1, 1))))
    create_tally(path, pack, training=False, stamp=STAMP)
    document = open_document(path, operator="S. Chan", clock=lambda: STAMP.time, origin="test")
    for row, figures in enumerate(((1000, 161, 110, 40, 11), (900, 147, 97, 43, 7))):
        cells = {Cell(row, column): value for column, value in enumerate(figures)}
        document.commit(document.edit_cells("enter", cells))
    document.close()
    return path


class TestSigning:
    def test_a_region_by_keys_alone(self, sit_down, published, dialog, no_dialog):
        desk = sit_down(published)
        desk.at("R5", "CPP")
        ctrl_return()
        sign_by_keys(dialog)
        assert no_dialog()
        record = desk.document.signing.of("R5")
        assert (record.name, record.role) == ("S. Chan", "chair of the counting commission")
        assert not desk.bench.gestures.stack.canUndo()
        assert desk.bench.entry._state.text().startswith("signed off · S. Chan, chair of the counting commission · ")
        assert desk.bench.regions.model.line(5).state is State.SIGNED
        assert desk.bench.regions._signed.text() == "1 of 8 signed off"

    @pytest.mark.parametrize(("region", "said"), [("R4", True), ("R5", False)])
    def test_a_probable_slip_is_read_before_signing_and_stops_nobody(self, sit_down, published, dialog, region, said):
        desk = sit_down(published)
        desk.at(region, "CPP")
        ctrl_return()
        texts = [each.text() for each in dialog(SignOffDialog).findChildren(QLabel)]
        assert any("1,191 is probably 1,911" in text for text in texts) is said
        sign_by_keys(dialog)
        assert desk.document.signing.of(region) is not None

    def test_what_stands_in_an_open_cell_is_entered_first(self, sit_down, published, dialog):
        desk = sit_down(published)
        cell = desk.at("R5", "invalid")
        desk.keys("3")
        ctrl_return()
        sign_by_keys(dialog)
        assert desk.document.signing.of("R5") is not None
        assert desk.document.book.value(cell) == 3

    def test_without_a_role_nothing_is_signed(self, sit_down, published, dialog):
        desk = sit_down(published)
        desk.at("R5", "CPP")
        ctrl_return()
        form = dialog(SignOffDialog)
        QTest.keyClick(focus(), Key.Key_Return)
        assert form.isVisible()
        assert "as what" in form.message.text()
        assert desk.document.signing.of("R5") is None

    def test_obstacles_lead_to_their_places(self, sit_down, blank, dialog, no_dialog):
        desk = sit_down(blank)
        desk.at("R5", "CPP")
        desk.enter(1200)
        ctrl_return()
        form = dialog(SignOffDialog)
        lines = form.list.lines
        kinds = [each.kind for each in map(lines.obstacle, range(lines.rowCount())) if each is not None]
        assert kinds == [Hindrance.ERROR, Hindrance.NOT_ENTERED, Hindrance.NOT_ENTERED]
        assert lines.data(lines.index(0)).startswith("1 error: ")
        assert lines.data(lines.index(1)).startswith("Kampot · Registered: E101: ")
        QTest.keyClick(focus(), Key.Key_Down)  # over the second heading
        QTest.keyClick(focus(), Key.Key_Down)
        assert lines.texts(form.list.current)[1] == "nothing is entered"
        place = desk.bench.names.unit(form.list.current.row)
        QTest.keyClick(focus(), Key.Key_Return)
        assert no_dialog()
        assert f"· {place} ·" in desk.bench.names.cell(desk.bench.entry.cell)
        assert desk.document.signing.of("R5") is None

    def test_the_chamber_shows_its_errors_and_open_regions(self, sit_down, published, dialog, no_dialog):
        desk = sit_down(published)
        ctrl_return()
        form = dialog(SignOffDialog)
        lines = form.list.lines
        found = [each for each in map(lines.obstacle, range(lines.rowCount())) if each is not None]
        assert {each.kind for each in found} == {Hindrance.ERROR, Hindrance.UNEXPLAINED, Hindrance.REGION_OPEN}
        form.list.setCurrentIndex(lines.index(lines.rowCount() - 1))
        QTest.keyClick(focus(), Key.Key_Return)
        assert no_dialog()
        assert desk.bench.region == 7

    def test_signing_again_is_answered_with_a_hint(self, signed, no_dialog):
        ctrl_return()
        assert no_dialog()
        assert "Reopen" in hint(signed)

    def test_the_dialog_of_a_training_file_says_so(self, sit_down, make, dialog):
        for training in (True, False):
            desk = sit_down(make("cambodia-senate-2024", f"t{training}", training=training))
            desk.at("R5", "CPP")
            ctrl_return()
            form = dialog(SignOffDialog)
            assert form.windowTitle().startswith("TRAINING") is training
            assert ("TRAINING" in [label.text() for label in form.findChildren(QLabel)]) is training
            form.reject()


class TestFrozen:
    def test_typing_gives_a_hint_and_changes_nothing(self, signed):
        before = signed.document.head
        for key in ("7", "១"):
            signed.bench.entry._hints.calm()
            signed.keys(key)
            assert "signed off by S. Chan, chair" in hint(signed)
        signed.bench.entry._hints.calm()
        signed.press(Key.Key_F2)
        assert "reopen it with a reason" in hint(signed)
        assert (signed.document.head, signed.document.live.draft) == (before, None)

    def test_enter_does_not_speak_of_a_next_region(self, signed):
        signed.press(Key.Key_Return)
        assert "signed off" in hint(signed)

    @pytest.mark.parametrize("action", ["paste", "clear", "fill_zero"])
    def test_other_gestures_are_refused(self, signed, action):
        before = signed.document.book.values().copy()
        QGuiApplication.clipboard().setText("5")
        signed.action(action)
        assert "Region 5 is signed off" in hint(signed)
        assert (signed.document.book.values() == before).all()

    def test_undo_of_what_was_typed_before_is_refused(self, sit_down, published):
        desk = sit_down(published)
        cell = desk.at("R5", "invalid")
        desk.enter(3)
        desk.bench.gestures.submit(sign_off(desk.document, "R5", "S. Chan", "chair"), undoable=False)
        desk.action("undo")
        assert desk.document.book.value(cell) == 3
        assert "Region 5 is signed off" in hint(desk)
        assert desk.bench.gestures.stack.canUndo()

    def test_a_refusal_is_read_in_the_overview_too(self, sit_down, published):
        desk = sit_down(published)
        desk.at("R5", "invalid")
        desk.enter(3)
        desk.bench.gestures.submit(sign_off(desk.document, "R5", "S. Chan", "chair"), undoable=False)
        desk.bench.show_region(None)
        desk.action("undo")
        assert "Region 5 is signed off" in desk.banner

    def test_cells_are_calm_and_others_go_on(self, signed):
        model = signed.bench.entry.grid.rows_model
        assert model.frozen
        assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable
        cell = signed.at("R6", "CPP")
        signed.enter(1162)
        assert signed.document.book.value(cell) == 1162

    def test_what_is_stated_can_still_be_typed(self, signed):
        signed.press(Key.Key_Down)
        signed.keys("77")
        signed.press(Key.Key_Return)
        assert "77" in signed.document.statements.about("R5")["votes", "CPP"].values()


class TestReopening:
    def test_with_a_reason(self, signed, dialog, no_dialog):
        signed.action("reopen")
        form = dialog(ReopenDialog)
        QTest.keyClick(focus(), Key.Key_Return)
        assert form.isVisible()
        assert "without a reason" in form.message.text()
        type_text("Form 21 was misread")
        QTest.keyClick(focus(), Key.Key_Return)
        assert no_dialog()
        assert signed.document.signing.of("R5") is None
        assert getattr(next(history(signed.document)).payload, "reason", "") == "Form 21 was misread"
        assert not signed.bench.gestures.stack.canUndo()
        come_back(signed)
        cell = signed.at("R5", "CPP")
        signed.enter(1188)
        assert signed.document.book.value(cell) == 1188
        assert signed.bench.regions._signed.text() == ""

    def test_what_is_open_is_answered_with_a_hint(self, sit_down, published, no_dialog):
        desk = sit_down(published)
        desk.at("R5", "CPP")
        desk.action("reopen")
        assert no_dialog()
        assert hint(desk) == "Region 5 is not signed off."
        desk.bench.show_region(None)
        desk.action("reopen")
        assert desk.banner == "The chamber is not signed off."

    def test_the_journal_tells_it_all_and_holds(self, signed, published, dialog):
        signed.action("reopen")
        dialog(ReopenDialog)
        type_text("misread")
        QTest.keyClick(focus(), Key.Key_Return)
        signed.session.close()
        with TallyFile.open(published, read_only=True) as file:
            assert [event.kind for event in file.events(2)] == ["signoff", "signoff"]
            assert file.verify().problem is None


class TestChamber:
    def test_from_the_last_region_to_official_results_and_back(self, sit_down, tmp_path, dialog, no_dialog):
        """A small election, whose forms contradict nothing."""
        desk = sit_down(small_count(tmp_path))
        for key in ("R1", "R2"):
            come_back(desk)
            desk.at(key, "A")
            ctrl_return()
            sign_by_keys(dialog, "warden")
        assert desk.bench.regions.model.line(0).state is not State.SIGNED
        come_back(desk)
        desk.bench.show_region(None)
        ctrl_return()
        sign_by_keys(dialog, "warden")
        assert desk.document.signing.of(None).seats == {"A": 4, "B": 2}
        assert desk.bench.regions.model.line(0).state is State.SIGNED
        desk.action("status")
        form = dialog(StatusDialog)
        form.choices.button(2).click()
        form.source.setCurrentText("the commission")
        form.accept()
        assert publication(desk.document.records).status == "official"
        desk.at("R1", "A")
        desk.action("reopen")
        assert no_dialog()
        assert hint(desk) == "The chamber is signed off: open it again before its regions."
        desk.bench.show_region(None)
        desk.action("reopen")
        form = dialog(ReopenDialog)
        assert any("become provisional" in label.text() for label in form.findChildren(QLabel))
        form.reason.setText("recount in Region 1")
        form.accept()
        assert publication(desk.document.records).status == "provisional"
        assert desk.window.status.findChild(QLabel, "results").text() == "Provisional results"
        assert desk.bench.regions.model.line(0).state is not State.SIGNED
        assert desk.document.signing.signed_regions == {"R1", "R2"}


class TestStatus:
    def test_by_keys(self, sit_down, published, dialog, no_dialog):
        desk = sit_down(published)
        chip = desk.bench.overview.findChild(StatusChip)
        assert chip.text() == "Unofficial results"
        desk.action("status")
        form = dialog(StatusDialog)
        assert not form.choices.button(2).isEnabled()
        QTest.keyClick(focus(), Key.Key_Down)
        QTest.keyClick(focus(), Key.Key_Return)
        assert "on whose word" in form.message.text()
        assert form.source.hasFocus()
        type_text("NEC")
        QTest.keyClick(focus(), Key.Key_Tab)
        type_text("26 February")
        QTest.keyClick(focus(), Key.Key_Return)
        assert no_dialog()
        status = publication(desk.document.records)
        assert (status.status, status.source, status.published_at) == ("provisional", "NEC", "26 February")
        assert chip.text() == "Provisional results"
        assert desk.bench.overview._status_note.text() == "Provisional results · NEC · 26 February"
        assert "provisional results" in desk.window.windowTitle()
        assert desk.window.status.findChild(QLabel, "results").text() == "Provisional results"
