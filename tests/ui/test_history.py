"""The history in the whole window: chosen by region, person and kind, as of a past moment, written to files."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from tally_app.document.past import past_of
from tally_app.storage import export
from tally_app.storage.errors import DiskFull
from tally_app.ui.dialogs.file_dialog import FileDialog
from tally_app.ui.history.model import Part
from tally_app.wording.kinds import in_order, kind_name
from tests.eventful import everything
from tests.ui.conftest import focus

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def night(tmp_path) -> Path:
    night = everything(tmp_path / "night.tally")
    night.document.close()
    return night.path


@pytest.fixture
def desk(sit_down, night, qtbot):
    desk = sit_down(night)
    desk.action("history")
    qtbot.waitUntil(lambda: desk.bench.history.header.kinds.count() > 10)
    return desk


def numbers(desk) -> list[int]:
    model = desk.bench.history.model
    return [int(model.index(row, Part.NUMBER).data()) for row in range(model.rowCount())]


def pick(chooser, text: str) -> None:
    """Choose with the arrows."""
    chooser.setFocus()
    QTest.keyClick(chooser, Qt.Key.Key_Home)
    for _ in range(chooser.count()):
        if chooser.currentText().startswith(text):
            return
        QTest.keyClick(chooser, Qt.Key.Key_Down)
    raise AssertionError(text)


def choices(chooser) -> list[str]:
    return [chooser.itemText(position) for position in range(chooser.count())]


class TestFilters:
    def test_what_occurs_is_offered(self, desk):
        header = desk.bench.history.header
        assert choices(header.regions) == ["All regions", "Chamber", "Region 1", "Region 2"]
        assert choices(header.persons) == ["Everybody", "Dara", "Kim Ny", "Sok", "Sok Chan", "Vanna"]
        assert choices(header.kinds)[:5] == [
            "Every kind",
            "Figures",
            "Figures: typed",
            "Figures: pasted",
            "Figures: repaired",
        ]
        assert "Figures: cleared" not in choices(header.kinds)
        assert choices(header.kinds)[-1] == "Taken back"

    def test_they_combine(self, desk):
        header = desk.bench.history.header
        pick(header.regions, "Region 2")
        everything_there = numbers(desk)
        pick(header.persons, "Vanna")
        assert set(numbers(desk)) < set(everything_there)
        pick(header.kinds, "Reasons")
        assert numbers(desk) == [27, 26, 25, 24]
        QTest.keyClicks(header.search, "counted twice")
        assert numbers(desk) == [27]
        assert header.state.text() == "1 event found"
        pick(header.regions, "Region 1")
        assert numbers(desk) == []
        header.show_all()
        assert len(numbers(desk)) == 34
        assert header.state.text() == "34 events"

    def test_the_keyboard_reaches_all_of_it(self, desk):
        panel = desk.bench.history
        panel.table.setFocus()
        reached = set()
        for _ in range(12):
            QTest.keyClick(focus(), Qt.Key.Key_Backtab, SHIFT)
            reached.add(focus())
        header = panel.header
        assert {header.regions, header.persons, header.kinds, header.search, header.export} <= reached

    def test_a_new_event_appears_if_it_is_wanted(self, desk):
        header = desk.bench.history.header
        pick(header.regions, "Region 1")
        before = numbers(desk)
        desk.at("R1", "A")
        desk.enter(310)
        assert numbers(desk) == [35, *before]
        pick(header.persons, "S. Chan")  # who sits there occurs now
        assert numbers(desk) == [35]
        pick(header.regions, "Region 2")
        assert numbers(desk) == []

    def test_the_history_of_a_unit(self, desk):
        header = desk.bench.history.header
        desk.bench.go_to_cell(desk.bench.entry.cell or desk.at("R2", "A"))
        pick(header.kinds, "Lots")
        desk.at("R2", "A")
        QTest.keyClick(desk.window, Qt.Key.Key_H, CTRL | SHIFT)
        assert desk.bench.history.table.hasFocus()
        assert header.regions.currentText() == "Region 2 · Unit 2.1"
        assert numbers(desk) == [27, 26, 24, 15, 12]
        assert "(no. 27, " in desk.bench.history.details.text()
        desk.action("language")
        assert header.regions.currentText() == "ភូមិភាគទី២ · Unit 2.1"
        assert numbers(desk) == [27, 26, 24, 15, 12]
        desk.at("R1", "A")
        desk.action("unit_history")
        assert header.regions.currentText() == "ភូមិភាគទី១ · Unit 1.1"
        assert len([text for text in choices(header.regions) if "Unit" in text]) == 1

    def test_the_details_are_complete(self, desk):
        table = desk.bench.history.table
        for row, number in enumerate(numbers(desk)):
            table.selectRow(row)
            text = desk.bench.history.details.text()
            assert text.startswith(table.model().index(row, Part.WHAT).data())
            assert f"(no. {number}, " in text


class TestPast:
    def test_ctrl_enter_shows_the_state_after_the_event(self, desk, night):
        panel = desk.bench.history
        panel.table.setFocus()
        panel.table.selectRow(numbers(desk).index(9))
        QTest.keyClick(panel.table, Qt.Key.Key_Return, CTRL)
        (window,) = desk.session._history_actions.windows
        expected = past_of(desk.document, 9, night)
        bench = window.workbench
        assert bench.document.head == expected.head
        assert bench.document.read_only
        assert (bench.document.book.row(0), bench.document.book.row(2)) == (
            expected.book.row(0),
            expected.book.row(2),
        )
        assert "As of no. 9, 2024-02-25 " in window.windowTitle()
        assert "read-only" in window.windowTitle()
        moment = window.findChild(QLabel, "moment")
        assert moment.isVisible()
        assert moment.text().startswith("As of no. 9, ")
        assert "Repair · Region 1 · Unit 1.1 · A: 3,000 → 300" in window.strip.last_event.text()
        assert window.status.findChild(QLabel, "saved").text() == "Read-only"

    def test_nothing_can_be_done_there_but_look(self, desk):
        desk.session._history_actions.show_past(9)
        (window,) = desk.session._history_actions.windows
        for key in ("undo", "paste", "sign_off", "save_copy", "open", "operator", "verify", "show_past"):
            action = window.actions_by_key[key]
            assert not action.isVisible()
            assert not action.isEnabled()
        for key in ("overview", "next_region", "history", "next_finding", "close", "language"):
            assert window.actions_by_key[key].isEnabled()
        window.actions_by_key["next_region"].trigger()
        window.actions_by_key["language"].trigger()
        assert "ភូមិភាគទី១" in window.strip.last_event.text()
        window.activateWindow()
        bench = window.workbench
        bench.show_region(0)
        QTest.keyClicks(bench.entry.grid.view, "7")
        QTest.keyClick(bench.entry.grid.view, Qt.Key.Key_Return)
        assert bench.document.head.seq == 9
        assert desk.document.head.seq == 34

    def test_closing_returns_and_the_present_goes_on(self, desk):
        actions = desk.session._history_actions
        actions.show_past(9)
        actions.show_past(9)
        actions.show_past(12)
        assert [window.seq for window in actions.windows] == [9, 12]
        actions.windows[0].actions_by_key["close"].trigger()
        assert [window.seq for window in actions.windows] == [12]
        desk.at("R1", "A")
        desk.enter(310)
        assert desk.document.head.seq == 35
        assert actions.windows[0].workbench.document.head.seq == 12
        assert desk.session.close()
        assert actions.windows == []

    def test_a_past_of_the_past(self, desk):
        actions = desk.session._history_actions
        actions.show_past(12)
        actions.windows[0].workbench.history.past_requested.emit(5)
        assert [window.seq for window in actions.windows] == [12, 5]

    def test_while_a_second_entry_is_typed_there_is_no_history_and_no_past(self, desk):
        actions = desk.session._history_actions
        actions.show_past(12)
        desk.at("R1", "A")
        desk.action("second_entry")
        assert not desk.window.actions_by_key["history"].isEnabled()
        assert actions.windows == []
        for key in ("unit_history", "show_past", "export_history"):
            desk.action(key)
        assert not desk.bench.history.isVisible()
        assert actions.windows == []
        desk.action("second_entry")
        assert desk.window.actions_by_key["history"].isEnabled()

    def test_a_broken_chain_is_said(self, desk, monkeypatch):
        events = list(desk.document._journal.events())
        broken = [events[0], events[1]._replace(operator="Nobody"), *events[2:]]
        monkeypatch.setattr(desk.document._journal, "events", lambda after=0: iter(broken[after:]))
        desk.session._history_actions.show_past(9)
        assert desk.session._history_actions.windows == []
        assert "event 2 of the journal" in desk.banner


class TestExport:
    def test_a_table_of_what_is_shown(self, desk, tmp_path):
        pick(desk.bench.history.header.kinds, "Lots")
        target = tmp_path / "lots.csv"
        desk.session._history_actions.export_to(target)
        assert len(target.read_text("utf-8-sig").splitlines()) == 3
        assert desk.banner.startswith(f"Wrote 2 of 34 events to {target}. A field that begins with")

    def test_the_dialog_says_which_by_its_name(self, desk, tmp_path, monkeypatch):
        answers = iter(
            [
                (str(tmp_path / "a.json"), "Table for spreadsheets (*.csv)"),
                (str(tmp_path / "b"), "NIST SP 1500-101 event log (*.json)"),
                (str(tmp_path / "c"), "Table for spreadsheets (*.csv)"),
                ("", ""),
            ]
        )
        monkeypatch.setattr(FileDialog, "ask_to_save", lambda *_: next(answers))
        header = desk.bench.history.header
        for _ in range(4):
            header.export.click()
        assert {path.name for path in tmp_path.iterdir()} >= {"a.json", "b.json", "c.csv"}
        log = json.loads((tmp_path / "b.json").read_text("utf-8"))
        assert log["@type"] == "EventLogging.ElectionEventLog"
        assert sum(len(device["Event"]) for device in log["Device"]) == 34

    def test_a_full_disk_is_said_and_leaves_no_half_file(self, desk, tmp_path, monkeypatch):
        def full(*_: object, **__: object) -> None:
            raise DiskFull(tmp_path)

        monkeypatch.setattr(export, "place", full)
        before = sorted(tmp_path.iterdir())
        desk.session._history_actions.export_to(tmp_path / "night.csv")
        assert "The disk is full" in desk.banner
        assert sorted(tmp_path.iterdir()) == before

    def test_the_open_file_is_never_overwritten(self, desk, night):
        before = night.read_bytes()
        desk.session._history_actions.export_to(night, overwrite=True)
        assert "already a file" in desk.banner
        assert night.read_bytes() == before


def test_kinds_are_named_and_ordered():
    assert in_order({"undo", "zzz", "lot", "figures", "repair"}) == ["figures", "repair", "lot", "undo", "zzz"]
    assert kind_name("zzz") == "zzz"
