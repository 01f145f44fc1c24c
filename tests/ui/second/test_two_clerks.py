"""Two clerks and a third person in the real window: both entries, a difference, its settlement, and what is hidden."""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDockWidget,
    QLabel,
    QLineEdit,
    QTableView,
    QWidget,
)

from tally_app.checks.finding import Severity
from tally_app.count.figures import Cell
from tally_app.document.opening import create_tally
from tally_app.document.second_entry import UnitState
from tally_app.document.signing import Hindrance
from tally_app.ui.entry.looks import LOOK_ROLE, UNIT_ROLE
from tally_app.ui.findings.marks import State
from tally_app.ui.second.settle import SettleDialog
from tally_app.ui.second.unit_list import UnitList
from tests.ui.conftest import STAMP, Desk, focus

FORM = (5000, 4321, 3217, 891, 101, 87, 25)
"""Region 5's first unit: registered, cast, CPP, KWP, FUN, NPP, invalid."""
TELLTALES = ("3217", "3,217", "4321", "4,321", "891", "5,000")
KEP_ROW = 1
CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
Sit = Callable[..., Desk]


@pytest.fixture
def doubled(tmp_path: Path) -> Path:
    path = tmp_path / "doubled.tally"
    create_tally(path, "cambodia-senate-2024-blank", training=False, stamp=STAMP, double_entry=True)
    return path


@pytest.fixture
def desk(sit_down: Sit, doubled: Path) -> Desk:
    return sit_down(doubled)


def type_form(desk: Desk, *figures: int) -> None:
    for figure in figures:
        desk.enter(figure)


def first_entry(desk: Desk, *figures: int, region: str = "R5") -> int:
    """Type a region's first unit as S. Chan; return its row."""
    cell = desk.at(region, "registered")
    type_form(desk, *figures)
    return cell.row


def take_over(desk: Desk, name: str) -> None:
    assert desk.bench.use_operator(name)


def second_mode(desk: Desk) -> None:
    QTest.keyClick(desk.window.focusWidget(), Qt.Key.Key_E, CONTROL_SHIFT)


def state(desk: Desk, row: int) -> UnitState:
    return desk.document.states.state(row)


def activate(window: QWidget) -> None:
    window.activateWindow()  # there is no window manager here that would do so
    for _ in range(200):
        if QApplication.activeWindow() is window:
            return
        QTest.qWait(10)
    raise AssertionError("the window does not become active")


def dialog(kind):
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    assert len(found) == 1
    activate(found[0])
    return found[0]


def visible_windows() -> list[QWidget]:
    return [w for w in QApplication.topLevelWidgets() if w.isVisible() and w.isWindow()]


def every_text(window: QWidget) -> Iterator[str]:
    """Yield whatever a visible widget, or the model behind it, can say."""
    widgets = [window, *window.findChildren(QWidget)]
    for widget in widgets:
        if not widget.isVisible():
            continue
        yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.windowTitle())
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            yield widget.text()
        if isinstance(widget, QComboBox):
            yield from (widget.itemText(index) for index in range(widget.count()))
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from _texts_of(widget.model())
        for action in widget.actions():
            yield from (action.text(), action.toolTip())


def _texts_of(model: QAbstractItemModel) -> Iterator[str]:
    roles = [role for role in Qt.ItemDataRole if role != Qt.ItemDataRole.UserRole]
    rows = model.rowCount(QModelIndex())
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
    for role in roles:
        yield from (str(model.headerData(row, Qt.Orientation.Vertical, role)) for row in range(rows))
        yield from (str(model.headerData(column, Qt.Orientation.Horizontal, role)) for column in range(columns))
        for row in range(rows):
            yield from (str(model.index(row, column).data(role)) for column in range(columns))


def told(desk: Desk) -> list[str]:
    return telltales(every_text(desk.window))


def telltales(texts: Iterable[str | None]) -> list[str]:
    """Return the texts with a figure of the first entry; within a hash the same digits are chance."""
    figure = re.compile(rf"(?<![0-9a-f])({'|'.join(TELLTALES)})(?![0-9a-f])")
    return [text for text in texts if text and figure.search(text)]


def test_both_entries_agree(desk):
    row = first_entry(desk, *FORM, region="R1")
    regions = desk.bench.regions.model
    assert regions.line(regions.row_of(0)).state is State.BEGUN  # complete, but nobody has typed it again
    take_over(desk, "D. Kim")
    second_mode(desk)
    type_form(desk, *FORM)
    second_mode(desk)
    assert regions.line(regions.row_of(0)).state is State.GOOD
    assert state(desk, row) is UnitState.VERIFIED
    take_over(desk, "S. Chan")
    row = first_entry(desk, *FORM)
    assert state(desk, row) is UnitState.ENTERED
    take_over(desk, "D. Kim")
    second_mode(desk)
    assert desk.cell == "Region 5 · Kampot · Registered"  # the first unit that waits for this clerk
    type_form(desk, *FORM)
    assert state(desk, row) is UnitState.VERIFIED
    assert desk.bench.entry.grid.rows_model.headerData(0, Qt.Orientation.Vertical) == "Kampot"
    second_mode(desk)
    assert desk.document.book.row(row) == FORM


def test_the_first_entry_is_nowhere_on_the_screen(desk):
    row = first_entry(desk, *FORM)
    first_entry(desk, *FORM, region="R1")
    desk.action("history")
    desk.action("compare")
    desk.window.actions_by_key["history"].trigger()
    desk.bench.history.past_requested.emit(desk.document.head.seq)
    assert len(visible_windows()) > 1
    activate(desk.window)
    desk.bench.go_to_cell(Cell(row, 0))
    assert told(desk)  # so the search finds what is there
    take_over(desk, "D. Kim")
    second_mode(desk)
    assert visible_windows() == [desk.window]
    assert told(desk) == []
    type_form(desk, 5001, 4000)
    desk.keys("77")
    assert told(desk) == []
    desk.press(Qt.Key.Key_Escape)
    for show in (None, 0, 4):
        desk.bench.show_region(show)
        assert told(desk) == []
    for key in ("overview", "next_finding", "history", "compare", "settle", "record_lot"):
        desk.action(key)
        assert told(desk) == []
    desk.action("unit_list")
    assert not telltales(every_text(dialog(UnitList)))
    dialog(UnitList).close()
    activate(desk.window)
    second_mode(desk)
    assert told(desk)


def test_a_draft_moves_no_result(desk):
    first_entry(desk, *FORM)
    take_over(desk, "D. Kim")
    second_mode(desk)
    before = desk.document.live.chamber
    desk.keys("99999")
    assert desk.document.live.draft is None
    assert desk.document.live.chamber is before
    assert "not saved" in desk.window.status._draft.text()
    desk.press(Qt.Key.Key_Escape)
    assert desk.window.status._draft.text() == ""


def test_a_difference_is_told_of_the_form_and_not_of_a_field(desk):
    row = first_entry(desk, *FORM)
    take_over(desk, "D. Kim")
    second_mode(desk)
    type_form(desk, *FORM[:3], 819, *FORM[4:])
    assert state(desk, row) is UnitState.DIFFERS
    model = desk.bench.entry.grid.rows_model
    tips = {str(model.index(0, column).data(Qt.ItemDataRole.ToolTipRole)) for column in range(model.sum_column)}
    assert not [tip for tip in tips if "differ" in tip]
    assert "differ" in str(model.index(0, model.sum_column).data(Qt.ItemDataRole.ToolTipRole))


def test_own_first_entries_are_passed_over(desk):
    election = desk.document.election
    row = first_entry(desk, *FORM)
    take_over(desk, "D. Kim")
    desk.bench.go_to_cell(Cell(row + KEP_ROW, 0))
    type_form(desk, *FORM)
    take_over(desk, "S. Chan")
    desk.bench.go_to_cell(Cell(row + 2, 0))
    type_form(desk, *FORM)
    second_mode(desk)
    assert desk.cell == "Region 5 · Kep · Registered"
    desk.press(Qt.Key.Key_Up)
    desk.keys("5")
    assert "First entry by you" in desk.bench.entry._hints.warning
    assert desk.document.second.entry(row) is None
    desk.press(Qt.Key.Key_Return)  # from one's own form to the next that waits
    assert desk.cell == "Region 5 · Kep · Registered"
    type_form(desk, *FORM)
    assert election.unit(row + KEP_ROW).key in str(desk.document.records.of("second"))
    assert desk.cell == "Region 5 · Kep · Invalid"  # Takeo is S. Chan's own, so there is no next field
    assert "waits for you" in desk.bench.entry._hints.warning


def test_paste_copy_clear_fill_and_undo_are_the_second_entrys(desk):
    row = first_entry(desk, *FORM)
    desk.bench.go_to_cell(Cell(row, 2))
    desk.action("copy")
    assert QGuiApplication.clipboard().text() == "3217"
    take_over(desk, "D. Kim")
    second_mode(desk)
    assert (
        QGuiApplication.clipboard().text() == ""
    )  # what was copied from the first entry is not pasted into the second
    QGuiApplication.clipboard().setText("1\t2\t3")
    desk.action("paste")
    assert desk.document.second.figures(row) == (1, 2, 3, None, None, None, None)
    assert desk.document.book.row(row) == FORM
    desk.bench.go_to_cell(Cell(row, 1))
    desk.action("copy")
    assert QGuiApplication.clipboard().text() == "2"
    desk.press(Qt.Key.Key_Delete)
    assert desk.document.second.figures(row)[1] is None
    desk.action("fill_zero")
    assert desk.document.second.figures(row) == (1, None, 3, 0, 0, 0, 0)
    for _ in range(3):
        desk.action("undo")
    assert desk.document.second.entry(row) is None
    desk.action("redo")
    assert desk.document.second.figures(row)[:3] == (1, 2, 3)
    assert desk.cell.startswith("Region 5 · Kampot")


def test_nobody_undoes_what_somebody_else_did(desk):
    first_entry(desk, *FORM)
    assert desk.bench.gestures.stack.canUndo()
    take_over(desk, "D. Kim")
    assert not desk.bench.gestures.stack.canUndo()
    second_mode(desk)
    desk.enter(5000)
    assert desk.bench.gestures.stack.canUndo()
    second_mode(desk)
    assert not desk.bench.gestures.stack.canUndo()


def test_the_same_name_is_refused_on_both_sides(desk):
    row = first_entry(desk, *FORM)
    second_mode(desk)
    assert "No unit waits" in desk.bench.entry._hints.warning
    take_over(desk, "D. Kim")
    type_form(desk, *FORM)
    second_mode(desk)
    desk.bench.go_to_cell(Cell(row, 2))
    desk.enter(1)
    assert "somebody else must make the other one" in desk.bench.entry._hints.warning
    desk.press(Qt.Key.Key_Escape)
    assert desk.document.book.row(row) == FORM


def make_difference(desk: Desk, region: str = "R5") -> int:
    row = first_entry(desk, *FORM, region=region)
    take_over(desk, "D. Kim")
    second_mode(desk)
    desk.bench.go_to_cell(Cell(row, 0))
    type_form(desk, *FORM[:3], 819, *FORM[4:6], 97)
    second_mode(desk)
    take_over(desk, "S. Chan")
    return row


def test_a_difference_is_settled_by_keys_and_taken_back(desk):
    row = make_difference(desk)
    assert {f.place.column for f in desk.document.live.unit_findings(4)[row] if f.code == "E106"} == {"KWP", "invalid"}
    take_over(desk, "Sok")
    before = desk.document.head.seq
    QTest.keyClick(focus(), Qt.Key.Key_D, CONTROL_SHIFT)
    settle = dialog(SettleDialog)
    assert settle.who.text() == "First entry by S. Chan · second entry by D. Kim"
    assert "Sok" in settle.decided_by.text()
    assert not settle.record.isEnabled()
    desk.press(Qt.Key.Key_Right)  # KWP: as in the second entry
    assert settle.papers[3].text() == "819"
    desk.press(Qt.Key.Key_Left)  # no: as in the first
    desk.press(Qt.Key.Key_Return)
    desk.keys("17")  # invalid: neither
    desk.press(Qt.Key.Key_Return)
    desk.keys("ink")
    desk.press(Qt.Key.Key_Return)
    assert state(desk, row) is UnitState.VERIFIED
    assert desk.document.book.row(row)[3] == 891
    assert desk.document.book.row(row)[6] == 17
    settlement = desk.document.second.settlement(row)
    assert settlement is not None
    assert settlement.note == "ink"
    assert {(key, field.paper, field.by) for key, field in settlement.fields.items()} == {
        ("KWP", 891, "Sok"),
        ("invalid", 17, "Sok"),
    }
    assert desk.document.head.seq == before + 2
    activate(desk.window)
    desk.action("undo")
    assert state(desk, row) is UnitState.DIFFERS
    assert desk.document.book.row(row) == FORM


def test_the_next_difference_follows(desk):
    rows = [make_difference(desk, region) for region in ("R1", "R5")]
    take_over(desk, "Sok")
    desk.action("settle")
    settle = dialog(SettleDialog)
    first = settle.row
    settle.next.click()
    assert {first, settle.row} == set(rows)
    desk.press(Qt.Key.Key_Left, Qt.Key.Key_Return, Qt.Key.Key_Left, Qt.Key.Key_Return, Qt.Key.Key_Return)
    assert dialog(SettleDialog).row == first  # went on to the one that was passed by
    assert [state(desk, row) is UnitState.VERIFIED for row in rows].count(True) == 1


def test_nothing_is_recorded_as_long_as_a_field_is_open(desk):
    make_difference(desk)
    desk.action("settle")
    settle = dialog(SettleDialog)
    desk.press(Qt.Key.Key_Return)
    assert "or type" in settle.message.text()
    assert settle.papers[3].hasFocus()
    settle.accept()
    assert "Say for KWP and Invalid" in settle.message.text()
    assert "your own" in settle.decided_by.text()


def test_a_difference_is_seen_everywhere_and_blocks_the_sign_off(desk):
    row = make_difference(desk)
    desk.document.work()
    election = desk.document.election
    assert [f.code for f in desk.document.live.unit_findings(4)[row]].count("E106") == 2
    findings = desk.bench.findings.model
    texts = [str(findings.index(line, c).data()) for line in range(findings.rowCount()) for c in range(6)]
    assert any("The first entry has 891 for KWP, the second 819" in text for text in texts)
    grid = desk.bench.entry.grid.rows_model
    kwp = grid.index(0, election.column_index["KWP"])
    assert "second 819" in str(kwp.data(Qt.ItemDataRole.ToolTipRole))
    assert kwp.data(LOOK_ROLE).severity is Severity.ERROR
    regions = desk.bench.regions.model
    assert regions.line(regions.row_of(4)).state is State.ERROR
    assert "✓ 0" in regions.progress(regions.row_of(4))
    line = grid.headerData(0, Qt.Orientation.Vertical, UNIT_ROLE)
    assert (line.text, line.opens) == ("differs · settle", True)
    stopped = desk.document.signing.obstacles("R5")
    assert {o.kind for o in stopped} >= {Hindrance.ERROR}


def test_the_finding_opens_the_comparison(desk):
    row = make_difference(desk)
    finding = next(f for f in desk.document.live.unit_findings(4)[row] if f.code == "E106")
    desk.bench.findings.finding_activated.emit(finding)
    assert dialog(SettleDialog).row == row


def test_the_unit_list_goes_there(desk):
    row = make_difference(desk)
    QTest.keyClick(focus(), Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    units = dialog(UnitList)
    assert units.model.rowCount() == 25
    units.states.setCurrentIndex(units.states.findData(UnitState.DIFFERS))
    assert [units.model.unit(0)] == [row]
    line = [units.model.index(0, column).data() for column in range(units.model.columnCount())]
    assert line[2:] == ["differs: to be settled", "somebody who settles it from the paper", "S. Chan", "D. Kim"]
    units.states.setCurrentIndex(0)
    units.search.setFocus()
    desk.keys("takeo")
    assert units.model.rowCount() == 1
    desk.press(Qt.Key.Key_Return)
    activate(desk.window)
    assert desk.cell == "Region 5 · Takeo · Registered"


def test_the_mode_ends_with_the_file_and_all_is_there_again(desk, doubled):
    first_entry(desk, *FORM)
    widgets = {name: desk.dock(name).widget() for name in ("regions", "seats", "findings", "history")}
    take_over(desk, "D. Kim")
    second_mode(desk)
    assert all(desk.dock(name).widget() is not widget for name, widget in widgets.items())
    second_mode(desk)
    assert all(desk.dock(name).widget() is widget for name, widget in widgets.items())
    assert desk.window.actions_by_key["compare"].isEnabled()
    second_mode(desk)
    assert not desk.window.actions_by_key["compare"].isEnabled()
    assert desk.session.close()
    assert desk.session.open(doubled)
    assert desk.window.actions_by_key["compare"].isEnabled()
    assert not [dock for dock in desk.window.findChildren(QDockWidget) if dock.widget() is None]
    assert isinstance(desk.bench.entry.grid.view, QTableView)


def test_without_double_entry_there_is_no_such_mode(sit_down, blank):
    desk = sit_down(blank)
    assert not desk.window.actions_by_key["second_entry"].isEnabled()
    assert not desk.window.actions_by_key["settle"].isEnabled()
    desk.action("unit_list")
    assert dialog(UnitList).model.columnCount() == 3
