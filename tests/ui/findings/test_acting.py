"""What a person does about findings in the window, by typing: a repair applied, a warning accepted, causes opened."""

import csv
import io

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from tally_app.checks.finding import Finding
from tally_app.count.figures import Cell
from tally_app.document.history import history
from tally_app.document.signing_off import sign_off
from tally_app.storage.events import Figures
from tally_app.storage.tally_file import TallyFile
from tally_app.ui.findings.actions import FindingActions
from tally_app.ui.findings.marks import State
from tally_app.ui.findings.texts import ROLE_STATE, Part
from tests.ui.conftest import Desk, focus

CPP_OF_REGION_4 = Cell(3, 0)
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def open_at(sit_down, path) -> Desk:
    desk: Desk = sit_down(path)
    desk.bench.late.finish()
    return desk


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focus(), key, modifier)


def of_summary_box(desk: Desk) -> list[Finding]:
    found = desk.document.live.findings()
    return [each for each in found if each.code == "W206" and each.facts["source"] == "summary-box"]


def select(desk: Desk, code: str, **facts: object) -> None:
    """Walk down the list to the first finding of a code."""
    desk.bench.findings.setFocus()
    model = desk.bench.findings.model
    for row in range(model.rowCount()):
        found = model.entry(row).finding
        if found.code == code and facts.items() <= found.facts.items():
            desk.bench.findings.table.go_to(row)
            return
    raise AssertionError(code)


def test_the_probable_slip_is_seen_without_a_click(sit_down, published):
    desk = open_at(sit_down, published)
    assert desk.bench.findings.slips.text == (
        "Probable slip: Region 4 · CPP: 1,191 → 1,911 two digits swapped; 2 figures become right, none wrong"
    )
    assert desk.document.book.value(CPP_OF_REGION_4) == 1191, "it suggests and changes nothing"


def test_the_repair_is_applied_and_taken_back_by_keyboard(sit_down, published, value_in):
    desk = open_at(sit_down, published)
    assert len(of_summary_box(desk)) == 2
    press(Qt.Key.Key_F8, SHIFT)
    assert focus() is desk.bench.findings.detail.candidates
    press(Qt.Key.Key_R, CONTROL)
    assert desk.document.book.value(CPP_OF_REGION_4) == 1911
    assert of_summary_box(desk) == []
    assert desk.banner == "Entered as a repair: Region 4 · CPP: 1,191 → 1,911. Ctrl+Z takes it back."
    assert desk.bench.region == 3, "what was changed is shown"
    assert desk.bench.findings.holds_keyboard
    press(Qt.Key.Key_Z, CONTROL)
    assert desk.document.book.value(CPP_OF_REGION_4) == 1191
    assert len(of_summary_box(desk)) == 2
    assert desk.session.close()
    assert value_in(published, CPP_OF_REGION_4) == 1191


def test_the_journal_knows_why_a_repair_was_entered(sit_down, published):
    desk = open_at(sit_down, published)
    select(desk, "W206", source="summary-box", stated="11.92")
    press(Qt.Key.Key_R, CONTROL)
    last = next(iter(history(desk.document)))
    assert isinstance(last.payload, Figures)
    assert last.payload.gesture == "repair"
    assert last.payload.reason.startswith("W206 Chamber · KWP: The summary box states 11.92 %")


def test_from_the_grid_the_same_key_only_shows_the_candidate(sit_down, published):
    desk = open_at(sit_down, published)
    desk.at("R1", "KWP")
    press(Qt.Key.Key_R, CONTROL)
    assert desk.document.book.value(CPP_OF_REGION_4) == 1191
    assert focus() is desk.bench.findings.detail.candidates


def test_candidates_of_other_figures_are_not_applied(sit_down, published):
    desk = open_at(sit_down, published)
    press(Qt.Key.Key_F8, SHIFT)
    repair = desk.bench.findings.repair
    assert repair is not None
    desk.document.commit(desk.document.edit_cells("enter", {Cell(0, 0): 818}))
    assert not desk.bench.findings.acts.apply(repair, None)
    assert desk.document.book.value(CPP_OF_REGION_4) == 1191
    assert "The figures have changed since." in desk.bench.findings.detail.text


def test_a_warning_is_accepted_with_a_reason(sit_down, published):
    desk = open_at(sit_down, published)
    select(desk, "W210")
    press(Qt.Key.Key_E, CONTROL)
    desk.keys("Printed so")
    press(Qt.Key.Key_Return)
    panel = desk.bench.findings
    assert panel.title == "Findings · 3 errors, 9 warnings, 1 accepted, 11 notes"
    assert desk.banner == "1 warning accepted. Ctrl+Z takes it back."
    row = panel.table.currentIndex().row()
    assert panel.model.index(row, Part.MARK).data(ROLE_STATE) == State.ACCEPTED
    assert "Accepted by S. Chan: Printed so" in panel.detail.text
    assert "Printed so" in panel.model.index(row, Part.WHAT).data(Qt.ItemDataRole.ToolTipRole)
    assert focus() is panel.table
    press(Qt.Key.Key_Z, CONTROL)
    assert panel.title == "Findings · 3 errors, 10 warnings, 11 notes"
    assert desk.banner == "", "what was taken back is no news"


def test_esc_leaves_a_reason_unsaid(sit_down, published):
    desk = open_at(sit_down, published)
    select(desk, "W210")
    press(Qt.Key.Key_E, CONTROL)
    desk.keys("Perhaps")
    press(Qt.Key.Key_Escape)
    assert desk.bench.findings.title == "Findings · 3 errors, 10 warnings, 11 notes"
    assert focus() is desk.bench.findings.table


def test_a_reason_falls_with_a_figure_and_is_given_again(sit_down, published):
    desk = open_at(sit_down, published)
    select(desk, "W206", stated="0.15")
    press(Qt.Key.Key_E, CONTROL)
    desk.keys("Cut off")
    press(Qt.Key.Key_Return)
    desk.document.commit(desk.document.edit_cells("enter", {Cell(0, 2): 3}))
    desk.bench.late.finish()
    panel = desk.bench.findings
    assert panel.model.counts.accepted == 0
    assert "No longer valid, the figures have changed: Cut off (S. Chan)" in panel.detail.text
    press(Qt.Key.Key_E, CONTROL)
    press(Qt.Key.Key_Return)
    assert panel.model.counts.accepted == 1


def test_several_warnings_get_one_reason(sit_down, published):
    desk = open_at(sit_down, published)
    select(desk, "W207")
    press(Qt.Key.Key_Down, SHIFT)
    press(Qt.Key.Key_E, CONTROL)
    desk.keys("Two sources")
    press(Qt.Key.Key_Return)
    assert desk.bench.findings.model.counts.accepted == 2
    press(Qt.Key.Key_Z, CONTROL)
    assert desk.bench.findings.model.counts.accepted == 0, "one gesture"


def test_errors_and_notes_ask_for_no_reason(sit_down, published):
    desk = open_at(sit_down, published)
    for code in ("E204", "N403"):
        select(desk, code)
        press(Qt.Key.Key_E, CONTROL)
        assert focus() is desk.bench.findings.table


def causes(desk: Desk) -> list[tuple[str, str]]:
    model = desk.bench.findings.causes.model()
    rows = range(model.rowCount())
    return [tuple(model.index(row, part).data() for part in (Part.CODE, Part.WHERE)) for row in rows]


def test_one_wrong_number_is_one_line(sit_down, published):
    desk = open_at(sit_down, published)
    press(Qt.Key.Key_F9)
    assert causes(desk)[:3] == [
        ("W206 +5", "Region 4 · CPP"),
        ("E202 +3", "Chamber · CPP"),
        ("W206 +1", "Chamber · CPP"),
    ]
    assert desk.bench.findings.slips.isHidden(), "the first line says it"
    tree = desk.bench.findings.causes
    assert focus() is tree
    assert "1,191 is probably 1,911" in str(tree.currentIndex().siblingAtColumn(Part.WHAT).data())
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Down)
    assert tree.currentIndex().siblingAtColumn(Part.CODE).data() == "W206"
    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_Return)
    assert desk.cell == "Region 4 · Region 4, whole region · CPP"


def test_what_is_open_and_selected_among_causes_stays(sit_down, published):
    desk = open_at(sit_down, published)
    press(Qt.Key.Key_F9)
    tree = desk.bench.findings.causes
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Down)
    before = tree.currentIndex().siblingAtColumn(Part.WHERE).data()
    desk.document.commit(desk.document.edit_cells("enter", {Cell(0, 4): 8}))
    desk.bench.late.finish()
    QTest.qWait(150)
    assert tree.isExpanded(tree.model().index(0, 0))
    assert tree.currentIndex().parent().row() == 0
    assert tree.currentIndex().siblingAtColumn(Part.WHERE).data() == before


def test_the_repair_of_a_cause_is_applied(sit_down, published):
    desk = open_at(sit_down, published)
    press(Qt.Key.Key_F9)
    press(Qt.Key.Key_R, CONTROL)
    assert desk.document.book.value(CPP_OF_REGION_4) == 1911


def test_a_cell_that_is_probably_wrong_says_so(sit_down, published):
    desk = open_at(sit_down, published)
    desk.at("R4", "CPP")
    grid = desk.bench.entry.grid
    index = grid.view.currentIndex()
    assert grid.rows_model._look(index).repair
    assert "1,191 is probably 1,911" in str(index.data(Qt.ItemDataRole.ToolTipRole))


def test_orders(sit_down, published):
    desk = open_at(sit_down, published)
    panel = desk.bench.findings
    panel.header._order.setFocus()
    press(Qt.Key.Key_Down)
    regions = [panel.model.entry(row).rank.region for row in range(panel.model.rowCount())]
    assert regions == sorted(regions)
    press(Qt.Key.Key_Down)
    codes = [panel.model.entry(row).finding.code for row in range(panel.model.rowCount())]
    assert codes == sorted(codes, key=lambda code: ("EWN".index(code[0]), code))


def test_close_seats_come_before_other_notes(sit_down, published):
    desk = open_at(sit_down, published)
    model = desk.bench.findings.model
    notes = [model.entry(row) for row in range(model.rowCount()) if model.entry(row).finding.code[0] == "N"]
    states = [model.state(entry) for entry in notes]
    assert states == [State.TELLING] * 7 + [State.NOTE] * 4
    assert {entry.finding.facts["close"] for entry in notes[7:]} == {False}


def actions_of(desk: Desk) -> FindingActions:
    return next(group for group in desk.session._groups if isinstance(group, FindingActions))


def test_exported_by_code(sit_down, published, tmp_path):
    desk = open_at(sit_down, published)
    out = tmp_path / "findings.csv"
    actions_of(desk).export(out)
    rows = list(csv.reader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
    assert len(rows) == 1 + len(desk.document.live.findings())
    assert desk.banner == f"24 findings written to {out}."


def test_a_tally_is_never_overwritten_by_an_export(sit_down, published):
    desk = open_at(sit_down, published)
    before = published.read_bytes()
    actions_of(desk).export(published)
    assert published.read_bytes() == before
    assert "already" in desk.banner


def test_a_signed_region_takes_no_repair(sit_down, published):
    desk = open_at(sit_down, published)
    document = desk.document
    document.commit(sign_off(document, "R4", "S. Chan", "Chair", ""))
    desk.bench.late.finish()
    press(Qt.Key.Key_F8, SHIFT)
    press(Qt.Key.Key_R, CONTROL)
    assert document.book.value(CPP_OF_REGION_4) == 1191
    assert "Region 4 is signed off" in desk.bench.findings.detail.text


def test_a_file_that_is_only_read_offers_nothing_to_do(sit_down, published):
    with TallyFile.open(published, operator="Vanna"):  # another program writes it
        desk = open_at(sit_down, published)
        assert desk.document.read_only
        press(Qt.Key.Key_F8, SHIFT)
        buttons = [each.text() for each in desk.bench.findings.detail.findChildren(QPushButton) if each.isVisible()]
        assert buttons == ["Go to cell"]


def test_up_and_esc_lead_back_from_the_candidates(sit_down, published):
    desk = open_at(sit_down, published)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Escape):
        press(Qt.Key.Key_F8, SHIFT)
        assert focus() is desk.bench.findings.detail.candidates
        press(key)
        assert focus() is desk.bench.findings.table


def test_the_tree_keeps_qts_rules(sit_down, published, qtmodeltester):
    desk = open_at(sit_down, published)
    press(Qt.Key.Key_F9)
    qtmodeltester.check(desk.bench.findings.causes.model())


def test_a_filter_keeps_a_cause_whole(sit_down, published):
    desk = open_at(sit_down, published)
    press(Qt.Key.Key_F9)
    desk.bench.findings.show_region(3)
    QTest.qWait(150)
    assert causes(desk) == [("W206 +5", "Region 4 · CPP"), ("N403", "Region 4")]
    desk.bench.findings.show_region(4)
    QTest.qWait(150)
    assert causes(desk) == [("N403", "Region 5")]
    desk.bench.findings.show_chamber()
    QTest.qWait(150)
    assert causes(desk)[0] == ("W206 +5", "Region 4 · CPP")


def test_f8_walks_through_the_tree_as_through_the_list(sit_down, published):
    desk = open_at(sit_down, published)
    press(Qt.Key.Key_F9)
    tree = desk.bench.findings.causes
    shown = []
    for _ in range(3):
        press(Qt.Key.Key_F8)
        index = tree.currentIndex()
        shown.append((index.siblingAtColumn(Part.CODE).data(), index.parent().siblingAtColumn(Part.CODE).data()))
    assert shown == [("E204", "E202 +3"), ("E205", "W206 +5"), ("W206 +1", None)]


def test_candidates_are_named_in_khmer_at_once(sit_down, published):
    desk = open_at(sit_down, published)
    press(Qt.Key.Key_F8, SHIFT)
    desk.action("language")
    candidates = desk.bench.findings.detail.candidates
    assert str(candidates.currentItem().data(Qt.ItemDataRole.AccessibleTextRole)).startswith("ភូមិភាគទី៤ · CPP")
    assert "ភូមិភាគទី៤ · CPP" in desk.bench.findings.slips.text


def test_the_mouse_applies_it_too(sit_down, published):
    desk = open_at(sit_down, published)
    detail = desk.bench.findings.detail
    press(Qt.Key.Key_F8, SHIFT)
    (button,) = [each for each in detail.findChildren(QPushButton) if each.text() == "Apply 1,911"]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert desk.document.book.value(CPP_OF_REGION_4) == 1911
