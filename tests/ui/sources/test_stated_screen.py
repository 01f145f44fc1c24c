"""Stated figures typed by keyboard alone: the commission's communiqué as one more source of the published table."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

from tally_app.count.figures import FigureKey
from tally_app.document.stated_view import Scope
from tally_app.storage.tally_file import TallyFile
from tally_app.ui.sources.model import Part
from tally_app.ui.sources.problems import ImportProblems
from tests.ui.conftest import Desk, focus

ENTER, ESCAPE, DELETE = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Delete
DOWN, RIGHT, LEFT = Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Left
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
KEY = "commission-s-communiqu"


def shortcut(desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier = CONTROL) -> None:
    QTest.keyClick(desk.window, key, modifier)


def stated(desk: Desk, source: str, figure: str, party: str | None = None, region=None, unit=None) -> str | None:
    return desk.document.statements.value(FigureKey(source, figure, region, unit, party))  # type: ignore[arg-type]


def where(desk: Desk) -> str:
    """Row and column of the keyboard, as they are headed."""
    assert desk.bench.stated.table.hasFocus()
    model, index = desk.bench.stated.model, desk.bench.stated.table.currentIndex()
    headings = (
        model.headerData(index.row(), Qt.Orientation.Vertical),
        model.headerData(index.column(), Qt.Orientation.Horizontal),
    )
    return " | ".join(map(str, headings))


def line(desk: Desk, name: str) -> list[str]:
    model = desk.bench.stated.model
    (row,) = (r for r in range(model.rowCount()) if model.headerData(r, Qt.Orientation.Vertical) == name)
    return [str(model.index(row, column).data()) for column in range(model.columnCount())]


def cell(desk: Desk, name: str, column: int):
    model = desk.bench.stated.model
    (row,) = (r for r in range(model.rowCount()) if model.headerData(r, Qt.Orientation.Vertical) == name)
    return model.index(row, column)


def add_source(qtbot, desk: Desk, name: str) -> None:
    shortcut(desk, Qt.Key.Key_F4, Qt.KeyboardModifier.NoModifier)
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    desk.keys(name)
    desk.press(ENTER)


@pytest.fixture
def desk(sit_down: Callable[..., Desk], published) -> Desk:
    desk = sit_down(published)
    shortcut(desk, Qt.Key.Key_T)
    return desk


@pytest.fixture
def communique(qtbot, desk: Desk) -> Desk:
    add_source(qtbot, desk, "commission's communiqué")
    with qtbot.waitActive(desk.window):
        desk.window.activateWindow()  # there is no window manager here that would do so
    for figure in ("10052", "1394", "19", "234"):
        desk.keys(figure)
        desk.press(ENTER)
    desk.press(*[DOWN] * 8)
    desk.keys("11747")
    desk.press(ENTER)
    desk.keys("11730")
    desk.press(ENTER)
    desk.bench.late.finish()
    return desk


def test_the_published_table_side_by_side(desk):
    desk.bench.late.finish()
    assert where(desk) == "CPP votes | Results table"
    assert line(desk, "CPP votes") == ["9,332", "10,117", "", "", "−785", "yes: 785 ≥ 13"]
    assert line(desk, "CPP %") == ["85.00", "86.99", "85.92", "", "−1.99 · −0.92", "–"]
    assert line(desk, "KWP votes") == ["1,394", "1,394", "", "", "0", "–"]
    assert line(desk, "Majority") == ["32", "", "", "31", "+1", "–"]
    assert line(desk, "Ballots cast") == ["10,986", "", "", "11,730", "−744", "yes: 744 ≥ 13"]
    headings = [desk.bench.stated.model.headerData(c, Qt.Orientation.Horizontal) for c in (0, 4, 5)]
    assert headings == ["Computed", "Difference", "Can change a seat?"]


class TestCommunique:
    def test_every_figure_is_in_the_document(self, communique):
        votes = [stated(communique, KEY, "votes", party) for party in ("CPP", "KWP", "FUN", "NPP")]
        assert votes == ["10052", "1394", "19", "234"]
        assert (stated(communique, KEY, "registered"), stated(communique, KEY, "cast")) == ("11747", "11730")

    def test_e202_says_720(self, communique):
        findings = communique.document.live.chamber_findings()
        (found,) = (f for f in findings if f.code == "E202" and f.facts["source"] == KEY)
        assert (found.place.party, found.facts["difference"]) == ("CPP", 720)

    def test_the_row_has_both_differences_and_the_verdict(self, communique):
        assert line(communique, "CPP votes")[1:] == ["10,117", "", "", "10,052", "−785 · −720", "yes: 785 ≥ 13"]

    def test_what_contradicts_is_marked_and_said_what_agrees_is_calm(self, communique):
        model = communique.bench.stated.model
        wrong, right = cell(communique, "CPP votes", 4), cell(communique, "KWP votes", 4)
        assert model.severity(wrong) == "error"
        assert "states 10,052 votes; the regions add up to 9,332 (720 fewer)" in wrong.data(Qt.ItemDataRole.ToolTipRole)
        assert model.severity(right) is None
        assert right.data(Qt.ItemDataRole.ToolTipRole) is None

    def test_it_can_be_chosen_in_the_grid_and_in_the_overview(self, communique):
        desk = communique
        assert [source.key for source in desk.bench.entry.grid.totals_model.sources][-1] == KEY
        boxes = desk.bench.overview.findChildren(QComboBox)
        assert "Commission's communiqué" in [box.itemText(i) for box in boxes for i in range(box.count())]
        shortcut(desk, Qt.Key.Key_Home)
        desk.bench.overview.show_source(KEY)
        assert desk.bench.overview.totals_model.plain(1, 1) == "10052"

    def test_undo_goes_back_figure_by_figure_and_then_the_source(self, communique):
        desk = communique
        for _ in range(6):
            shortcut(desk, Qt.Key.Key_Z)
        assert stated(desk, KEY, "votes", "CPP") is None
        assert desk.bench.stated.model.columnCount() == 7
        shortcut(desk, Qt.Key.Key_Z)
        assert desk.bench.stated.model.columnCount() == 6
        assert desk.bench.shows_stated
        shortcut(desk, Qt.Key.Key_Y)
        assert desk.bench.stated.model.columnCount() == 7

    def test_a_name_that_is_there_already_is_said_and_nothing_added(self, qtbot, communique):
        desk = communique
        add_source(qtbot, desk, "Commission's Communiqué")
        (dialog,) = (w for w in QApplication.topLevelWidgets() if w.windowTitle() == "Add a source" and w.isVisible())
        assert "already" in dialog.warning.text()  # type: ignore[attr-defined]
        desk.press(ESCAPE)
        assert desk.bench.stated.model.columnCount() == 7


class TestTyping:
    def test_enter_goes_down_the_source_and_shift_back(self, desk):
        desk.press(ENTER)
        assert where(desk) == "KWP votes | Results table"
        QTest.keyClick(focus(), ENTER, SHIFT)
        assert where(desk) == "CPP votes | Results table"
        desk.press(Qt.Key.Key_Tab, Qt.Key.Key_Tab)
        assert where(desk) == "FUN votes | Results table"

    def test_a_percentage_is_kept_as_printed(self, desk):
        desk.press(*[DOWN] * 4, RIGHT)
        desk.keys("85.90")
        desk.press(ENTER)
        assert stated(desk, "summary-box", "share", "CPP") == "85.90"
        assert line(desk, "CPP %")[2] == "85.90"
        assert where(desk) == "KWP % | Summary box"

    def test_khmer_digits(self, desk):
        desk.keys("១០,០៥២")
        desk.press(ENTER, DOWN, DOWN, DOWN)
        desk.keys("៨៥,៩")
        desk.press(ENTER)
        assert (stated(desk, "results-table", "votes", "CPP"), stated(desk, "results-table", "share", "CPP")) == (
            "10052",
            "85.9",
        )

    def test_the_difference_follows_each_key_and_escape_takes_it_back(self, desk):
        desk.keys("9333")
        assert line(desk, "CPP votes")[4] == "−1"
        desk.press(ESCAPE)
        assert line(desk, "CPP votes")[4] == "−785"
        assert stated(desk, "results-table", "votes", "CPP") == "10117"

    def test_letters_and_a_second_point_are_not_taken(self, desk):
        desk.keys("9x")
        assert "digits" in desk.bench.stated.warning
        desk.press(ESCAPE, *[DOWN] * 4)
        desk.keys("8.5.")
        desk.press(ENTER)
        assert stated(desk, "results-table", "share", "CPP") == "8.5"

    def test_an_unfinished_percentage_stays_open(self, desk):
        desk.press(*[DOWN] * 4)
        desk.keys("85.")
        desk.press(ENTER)
        assert "85.90" in desk.bench.stated.warning
        desk.keys("9")
        desk.press(ENTER)
        assert stated(desk, "results-table", "share", "CPP") == "85.9"

    def test_delete_removes(self, desk):
        desk.press(DELETE)
        assert stated(desk, "results-table", "votes", "CPP") is None
        assert desk.bench.gestures.stack.undoText().startswith("Remove stated figure")

    def test_a_computed_cell_takes_nothing(self, desk):
        desk.press(LEFT)
        desk.keys("5")
        assert "computed" in desk.bench.stated.warning

    def test_the_last_figure_stays(self, desk):
        desk.press(*[ENTER] * 25)
        assert where(desk) == "Majority | Results table"
        desk.keys("5")
        assert stated(desk, "results-table", "majority") is None

    def test_another_screen_takes_what_stands_in_the_cell(self, desk):
        desk.keys("9332")
        shortcut(desk, Qt.Key.Key_Home)
        assert stated(desk, "results-table", "votes", "CPP") == "9332"


class TestBlocks:
    def paste(self, desk: Desk, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        shortcut(desk, Qt.Key.Key_V)

    def test_a_block_is_taken_whole_as_one_step(self, desk):
        desk.press(RIGHT)
        steps = desk.bench.gestures.stack.count()
        self.paste(desk, "10,052\t1\n1394\t2\n\t3\n234\t\n85.90\t9.1%")
        assert [stated(desk, "summary-box", "votes", party) for party in ("CPP", "KWP", "FUN", "NPP")] == [
            "10052",
            "1394",
            None,
            "234",
        ]
        assert (stated(desk, "summary-box", "share", "CPP"), stated(desk, "article", "share", "CPP")) == (
            "85.90",
            "9.1",
        )
        assert desk.bench.gestures.stack.count() == steps + 1
        shortcut(desk, Qt.Key.Key_Z)
        assert stated(desk, "summary-box", "votes", "CPP") is None
        assert stated(desk, "summary-box", "share", "CPP") == "85.92"

    def test_a_wrong_cell_is_named_and_nothing_taken(self, desk):
        self.paste(desk, "10052\n13.5\n19")
        assert "row 2, column 1, “13.5”" in desk.bench.stated.warning
        assert stated(desk, "results-table", "votes", "CPP") == "10117"

    def test_a_block_that_does_not_fit(self, desk):
        self.paste(desk, "1\t2\t3\t4")
        assert "does not fit" in desk.bench.stated.warning
        desk.press(*[DOWN] * 18)
        self.paste(desk, "31\n32")
        assert "does not fit" in desk.bench.stated.warning

    def test_what_is_copied_can_be_pasted(self, desk):
        table = desk.bench.stated.table
        QTest.keyClick(table, DOWN, SHIFT)
        shortcut(desk, Qt.Key.Key_C)
        assert QGuiApplication.clipboard().text() == "10117\n1394"


class TestScopes:
    def test_it_follows_the_region_that_is_shown(self, sit_down, published):
        desk = sit_down(published)
        desk.bench.show_region(4)
        shortcut(desk, Qt.Key.Key_T)
        assert desk.bench.stated.scope == Scope("R5")
        desk.press(Qt.Key.Key_PageDown)
        assert desk.bench.stated.scope == Scope("R6")

    def test_a_unit_has_neither_seats_nor_majority(self, desk):
        desk.bench.show_stated(Scope("R5", "R5"))
        model = desk.bench.stated.model
        names = [model.headerData(row, Qt.Orientation.Vertical) for row in range(model.rowCount())]
        assert "CPP votes" in names
        assert not [name for name in names if "seats" in name or name == "Majority"]

    def test_a_units_figure_against_its_form(self, desk):
        desk.bench.show_stated(Scope("R5", "R5"))
        desk.keys("1188")
        desk.press(ENTER)
        assert stated(desk, "results-table", "votes", "CPP", "R5", "R5") == "1188"
        assert line(desk, "CPP votes")[1] == "1,188"
        assert "its form says 1,187 (1 fewer)" in cell(desk, "CPP votes", 1).data(Qt.ItemDataRole.ToolTipRole)
        desk.bench.show_region(0)
        shortcut(desk, Qt.Key.Key_Z)
        assert desk.bench.shows_stated
        assert desk.bench.stated.scope == Scope("R5", "R5")

    def test_a_finding_about_the_majority_leads_to_its_cell(self, desk):
        shortcut(desk, Qt.Key.Key_Home)
        (finding,) = (f for f in desk.document.live.chamber_findings() if f.code == "W210")
        desk.bench.go_to_finding(finding)
        assert where(desk) == "Majority | Article"

    def test_read_only_takes_nothing(self, sit_down, published):
        desk = sit_down()
        with TallyFile.open(published, operator="Vanna"):
            assert desk.session.open(published)
        shortcut(desk, Qt.Key.Key_T)
        desk.keys("5")
        assert "reading only" in desk.bench.stated.warning


def test_columns(desk):
    parts = [desk.bench.stated.model.part(column) for column in range(6)]
    assert parts == [Part.COMPUTED, *[Part.SOURCE] * 3, Part.DIFFERENCE, Part.SEAT]


def test_the_model_is_a_sound_one(desk, qtmodeltester):
    qtmodeltester.check(desk.bench.stated.model)


def test_no_heading_is_cut(communique):
    table = communique.bench.stated.table
    for column, need in enumerate(table.natural_widths()):
        assert table.columnWidth(column) >= need


class TestImport:
    """*Import stated figures…* after the file was chosen."""

    TABLE = "source,figure,party,value\nCommuniqué,votes,CPP,10052\nCommuniqué,votes,KWP,1394\n"

    def take(self, desk: Desk, tmp_path: Path, text: str) -> None:
        path = tmp_path / "communique.csv"
        path.write_text(text, encoding="utf-8")
        desk.session.source_actions.import_table(path)

    def test_it_is_one_step_of_undo_with_its_source(self, desk, tmp_path):
        self.take(desk, tmp_path, self.TABLE)
        assert line(desk, "CPP votes")[4] == "10,052"
        assert "2 figures taken down" in desk.banner
        assert desk.bench.gestures.stack.undoText() == "Import 2 stated figures"
        shortcut(desk, Qt.Key.Key_Z)
        assert desk.bench.stated.model.columnCount() == 6
        assert stated(desk, "communiqu", "votes", "CPP") is None
        shortcut(desk, Qt.Key.Key_Y)
        assert line(desk, "CPP votes")[4] == "10,052"

    def test_every_problem_is_in_a_list_that_can_be_read_and_nothing_is_taken(self, desk, tmp_path):
        self.take(desk, tmp_path, self.TABLE + "Communiqué,votes,XYZ,1\nCommuniqué,cast,,1.5\n")
        (dialog,) = (w for w in desk.window.findChildren(ImportProblems) if w.isVisible())
        assert dialog.list.toPlainText().splitlines() == [
            "row 4, party “XYZ”: there is no such party; there are: CPP, KWP, FUN, NPP",
            "row 5, value “1.5”: votes are whole numbers, and are grouped by threes (1,191)",
        ]
        assert not dialog.isModal()
        assert desk.bench.stated.model.columnCount() == 6

    def test_a_file_that_cannot_be_read(self, desk, tmp_path):
        desk.session.source_actions.import_table(tmp_path / "no.csv")
        assert desk.banner.startswith("no.csv: ")
