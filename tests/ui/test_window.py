"""The whole window over real files: opening, walking, saving, failing, closing."""

import os

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from tally_app.count.figures import Cell
from tally_app.storage import verify_file
from tally_app.storage.errors import DiskFull
from tally_app.storage.tally_file import TallyFile
from tally_app.ui.icons import own_icon

KWP_OF_REGION_5 = Cell(4, 1)
PAGE_UP, PAGE_DOWN = Qt.Key.Key_PageUp, Qt.Key.Key_PageDown


class Disk:
    """A disk that can be full."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch

    def fill(self) -> None:
        def append(file: TallyFile, *_: object) -> None:
            raise DiskFull(file.path)

        self._patch.setattr(TallyFile, "append_all", append)

    def free(self) -> None:
        self._patch.undo()


@pytest.fixture
def disk():
    with pytest.MonkeyPatch.context() as patch:
        yield Disk(patch)


class TestOpening:
    def test_the_sample_is_the_users_own_copy(self, sit_down, home):
        desk = sit_down()
        desk.action("sample")
        assert desk.document.live.chamber.seats == (55, 3, 0, 0)
        assert not desk.document.read_only
        assert list(home.rglob("*.tally")) == [
            home / "Documents/Election Tally/Cambodia Senate 2024, as published.tally"
        ]
        assert desk.saved == "✓ Everything saved"

    def test_a_file_opens_on_the_overview_with_its_name_in_the_title(self, sit_down, published):
        desk = sit_down(published)
        assert desk.bench.region is None
        assert published.name in desk.window.windowTitle()
        assert desk.banner == ""

    def test_a_stranger_s_file_is_named_on_the_start_screen_and_left_alone(self, sit_down, tmp_path):
        letter = tmp_path / "letter.tally"
        letter.write_bytes(b"Dear Sir,\n" * 300)
        desk = sit_down()
        assert not desk.session.open(letter)
        assert "not an election-tally file" in desk.banner
        assert desk.window.start.isVisible()
        assert letter.read_bytes() == b"Dear Sir,\n" * 300

    def test_a_file_that_somebody_else_writes_is_read_only(self, sit_down, published):
        with TallyFile.open(published, operator="Dara"):
            desk = sit_down(published)
            assert desk.saved == "Read-only"
            assert "Dara" in desk.banner
            desk.at("R5", "KWP")
            desk.enter(170)
            assert desk.document.book.value(KWP_OF_REGION_5) == 148
            assert not desk.window.actions_by_key["paste"].isEnabled()

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everything")
    def test_a_file_that_may_not_be_written_is_read_only(self, sit_down, published):
        published.chmod(0o444)
        assert sit_down(published).saved == "Read-only"

    def test_only_training_files_wear_the_badge(self, sit_down, make):
        desk = sit_down()
        badge = next(label for label in desk.window.findChildren(QLabel) if label.text() == "TRAINING")
        for name, training in (("practice", True), ("live", False)):
            assert desk.session.open(make("cambodia-senate-2024", name, training=training))
            assert badge.isVisible() is training
            assert desk.window.windowTitle().startswith("TRAINING") is training

    def test_the_icon_of_a_training_file_s_window_is_its_own(self, sit_down, make, qapp):
        qapp.setWindowIcon(own_icon("application"))
        desk = sit_down()
        for name, training in (("practice", True), ("live", False)):
            assert desk.session.open(make("cambodia-senate-2024", name, training=training))
            icon = desk.window.windowHandle().icon().pixmap(48, 48).toImage()
            assert icon == own_icon("training" if training else "application").pixmap(48, 48).toImage()

    def test_opening_another_file_enters_what_is_being_typed_and_starts_anew(self, sit_down, make, value_in):
        first, second = make("cambodia-senate-2024", "first"), make("cambodia-senate-2024", "second")
        desk = sit_down(first)
        desk.at("R5", "KWP")
        desk.keys("170")
        assert desk.session.open(second)
        assert value_in(first, KWP_OF_REGION_5) == 170
        assert value_in(second, KWP_OF_REGION_5) == 148
        assert desk.saved == "✓ Everything saved"
        assert desk.window.actions_by_key["undo"].text() == "&Undo"

    def test_the_file_is_listed_among_the_recent_ones(self, sit_down, published):
        desk = sit_down(published)
        desk.action("close")
        assert desk.window.start.isVisible()
        assert [file.path for file in desk.session._settings.recent()] == [published]


class TestWalking:
    def test_page_keys_walk_from_the_overview_to_the_last_region_and_stop(self, sit_down, blank):
        desk = sit_down(blank)
        walked = []
        for _ in range(9):
            desk.press(PAGE_DOWN)
            walked.append(desk.bench.region)
        assert walked == [0, 1, 2, 3, 4, 5, 6, 7, 7]
        for _ in range(9):
            desk.press(PAGE_UP)
            walked.append(desk.bench.region)
        assert walked[9:] == [6, 5, 4, 3, 2, 1, 0, None, None]

    def test_the_list_and_the_seats_follow(self, sit_down, blank):
        desk = sit_down(blank)
        desk.press(PAGE_DOWN, PAGE_DOWN, PAGE_DOWN)
        assert desk.bench.regions.region == 2
        assert desk.bench.region_seats.isVisible()
        desk.press(PAGE_UP, PAGE_UP, PAGE_UP)
        assert desk.bench.regions.region is None
        assert not desk.bench.region_seats.isVisible()

    def test_a_page_key_enters_what_is_being_typed(self, sit_down, blank, value_in):
        desk = sit_down(blank)
        cell = desk.at("R5", "CPP")
        desk.keys("541")
        desk.press(PAGE_DOWN)
        assert desk.cell == "Region 6 · Prey Veng · Registered"
        assert value_in(blank, cell) == 541

    @pytest.mark.parametrize(
        ("figures", "code", "cell"),
        [
            ((38, 38, 36), "E101", "KWP"),
            ((50, 40, 30, 8, 0, 0, 1), "E103", "Ballots cast"),
        ],
    )
    def test_a_finding_jumps_to_its_cell(self, sit_down, blank, figures, code, cell):
        desk = sit_down(blank)
        row = desk.document.election.row("R5", "23")
        cells = {Cell(row, column): figure for column, figure in enumerate(figures)}
        desk.document.commit(desk.document.edit_cells("enter", cells))
        open_finding(desk, code)
        assert desk.cell == f"Region 5 · Kep · {cell}"

    def test_a_finding_about_the_chamber_shows_the_overview(self, sit_down, published):
        desk = sit_down(published)
        desk.at("R5", "KWP")
        open_finding(desk, "E202")
        assert desk.bench.region is None

    def test_f8_goes_to_one_finding_after_the_other(self, sit_down, blank):
        desk = sit_down(blank)
        for unit in ("07", "23"):
            cells = {Cell(desk.document.election.row("R5", unit), column): 9 for column in range(7)}
            desk.document.commit(desk.document.edit_cells("enter", cells))
        jumps = []
        for _ in range(4):
            desk.action("next_finding")
            jumps.append(desk.cell)
        assert [jump for jump in jumps if "Kampot" in jump]
        assert [jump for jump in jumps if "Kep" in jump]

    def test_names_change_to_khmer_and_stay_so(self, sit_down, blank):
        desk = sit_down(blank)
        desk.at("R5", "CPP")
        desk.action("language")
        assert desk.bench.regions.model.title(5) == "ភូមិភាគទី៥"
        assert any(label.text() == "ភូមិភាគទី៥" for label in desk.bench.entry.findChildren(QLabel))
        desk.session.close()
        assert sit_down(blank).bench.regions.model.title(5) == "ភូមិភាគទី៥"


class TestSaving:
    def test_an_entry_is_in_the_file_when_the_status_bar_says_so(self, sit_down, published, value_in):
        desk = sit_down(published)
        desk.at("R5", "KWP")
        desk.keys("170")
        assert desk.saved == "✓ Everything saved"
        assert value_in(published, KWP_OF_REGION_5) == 148
        desk.press(Qt.Key.Key_Return)
        assert desk.saved.startswith("✓ Saved ")
        assert value_in(published, KWP_OF_REGION_5) == 170

    def test_another_reader_finds_it_at_the_moment_the_status_bar_says_saved(self, sit_down, published, value_in):
        desk = sit_down(published)
        found = []
        desk.document.subscribe(lambda _: found.append((desk.saved[:7], value_in(published, KWP_OF_REGION_5))))
        desk.at("R5", "KWP")
        desk.enter(170)
        assert found == [("✓ Every", 148)] * 3 + [("✓ Saved", 170)]

    def test_undo_names_the_gesture_it_takes_back(self, sit_down, published, value_in):
        desk = sit_down(published)
        undo, redo = (desk.window.actions_by_key[key] for key in ("undo", "redo"))
        assert (undo.text(), undo.isEnabled()) == ("&Undo", False)
        desk.at("R5", "KWP")
        desk.enter(170)
        assert undo.text() == "&Undo: Enter 170 · Region 5 · Region 5, whole region · KWP"
        undo.trigger()
        assert value_in(published, KWP_OF_REGION_5) == 148
        assert redo.text() == "&Redo: Enter 170 · Region 5 · Region 5, whole region · KWP"
        assert not undo.isEnabled()

    def test_a_full_disk_keeps_the_cell_open_and_says_not_saved(self, sit_down, published, disk, value_in):
        desk = sit_down(published)
        desk.at("R5", "KWP")
        desk.keys("170")
        disk.fill()
        desk.press(Qt.Key.Key_Return)
        assert desk.saved == "✗ Not saved"
        assert "The disk is full" in desk.banner
        assert focus_text() == "170"
        assert desk.document.book.value(KWP_OF_REGION_5) == 148
        assert value_in(published, KWP_OF_REGION_5) == 148
        assert not desk.window.actions_by_key["undo"].isEnabled()

    def test_once_there_is_room_enter_saves_what_was_typed(self, sit_down, published, disk, value_in):
        desk = sit_down(published)
        desk.at("R5", "KWP")
        desk.keys("170")
        disk.fill()
        desk.press(Qt.Key.Key_Return)
        disk.free()
        desk.press(Qt.Key.Key_Return)
        assert desk.saved.startswith("✓ Saved ")
        assert value_in(published, KWP_OF_REGION_5) == 170
        assert desk.cell.endswith("FUN")

    def test_what_cannot_be_saved_stays_in_its_cell_when_the_keyboard_goes_elsewhere(self, sit_down, published, disk):
        desk = sit_down(published)
        desk.at("R5", "KWP")
        desk.keys("170")
        disk.fill()
        desk.bench.findings.setFocus()
        assert desk.saved == "✗ Not saved"
        assert desk.document.live.draft is not None
        assert desk.document.live.draft.change.new == 170

    def test_an_undo_that_cannot_be_saved_can_be_done_again(self, sit_down, published, disk, value_in):
        desk = sit_down(published)
        desk.at("R5", "KWP")
        desk.enter(170)
        disk.fill()
        desk.action("undo")
        assert desk.saved == "✗ Not saved"
        assert desk.document.book.value(KWP_OF_REGION_5) == 170
        disk.free()
        desk.action("undo")
        assert value_in(published, KWP_OF_REGION_5) == 148

    def test_a_copy_verifies_and_holds_the_same(self, sit_down, published, tmp_path, value_in):
        desk = sit_down(published)
        desk.at("R5", "KWP")
        desk.enter(170)
        copy = tmp_path / "copy.tally"
        desk.session.save_copy(copy)
        assert "holds all 3 events" in desk.banner
        assert verify_file(copy).ok
        assert value_in(copy, KWP_OF_REGION_5) == 170

    def test_a_copy_never_overwrites(self, sit_down, published, blank):
        before = blank.read_bytes()
        desk = sit_down(published)
        desk.session.save_copy(blank)
        assert "already" in desk.banner
        assert blank.read_bytes() == before

    def test_the_file_is_verified_beside_the_work(self, sit_down, published, qtbot):
        desk = sit_down(published)
        desk.action("verify")
        qtbot.waitUntil(lambda: desk.banner == "Verified: all 2 events hold.")


class TestClosing:
    @pytest.mark.parametrize("way", ["close", "quit", "window"])
    def test_what_is_being_typed_is_entered(self, sit_down, published, value_in, way):
        desk = sit_down(published)
        desk.at("R5", "KWP")
        desk.keys("170")
        leave(desk, way)
        assert value_in(published, KWP_OF_REGION_5) == 170

    def test_the_file_is_free_for_others_and_complete_in_itself(self, sit_down, published):
        desk = sit_down(published)
        desk.at("R5", "KWP")
        desk.enter(170)
        desk.session.close()
        assert [path.name for path in published.parent.glob(f"{published.name}*")] == [published.name]
        with TallyFile.open(published) as file:
            assert not file.read_only

    @pytest.mark.parametrize("way", ["close", "quit", "window"])
    def test_what_cannot_be_saved_keeps_the_file_open(self, sit_down, published, disk, value_in, way):
        desk = sit_down(published)
        desk.at("R5", "KWP")
        desk.keys("170")
        disk.fill()
        leave(desk, way)
        assert desk.window.isVisible()
        assert "stays open" in desk.banner
        assert desk.saved == "✗ Not saved"
        disk.free()
        leave(desk, way)
        assert value_in(published, KWP_OF_REGION_5) == 170

    def test_nothing_stays_of_the_file_on_the_start_screen(self, sit_down, published):
        desk = sit_down(published)
        desk.at("R5", "KWP")
        desk.enter(170)
        desk.action("close")
        assert desk.window.windowTitle() == "Election Tally"
        assert not any(desk.dock(name).isVisible() for name in ("regions", "seats", "findings"))
        assert not desk.window.actions_by_key["undo"].isEnabled()
        assert not desk.window.actions_by_key["save_copy"].isEnabled()

    def test_a_closed_file_leaves_no_widget_behind(self, sit_down, make, qtbot):
        files = [make("cambodia-senate-2024", name) for name in ("first", "second")]
        desk = sit_down()
        counts = []
        for path in files:
            assert desk.session.open(path)
            qtbot.wait(1)  # what is to be deleted later is deleted
            counts.append(len(desk.window.findChildren(QWidget)))
        assert counts[0] == counts[1]


class TestLayout:
    def test_docks_stay_where_they_were_left(self, sit_down, published):
        desk = sit_down(published)
        desk.dock("findings").toggleViewAction().trigger()
        desk.window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, desk.dock("regions"))
        desk.session.close()
        again = sit_down(published)
        assert not again.dock("findings").isVisible()
        assert again.dock("seats").isVisible()
        assert again.window.dockWidgetArea(again.dock("regions")) == Qt.DockWidgetArea.RightDockWidgetArea

    def test_the_layout_can_be_restored(self, sit_down, published):
        desk = sit_down(published)
        desk.dock("findings").hide()
        desk.window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, desk.dock("regions"))
        desk.action("restore_layout")
        assert desk.dock("findings").isVisible()
        assert desk.window.dockWidgetArea(desk.dock("regions")) == Qt.DockWidgetArea.LeftDockWidgetArea


def open_finding(desk, code: str) -> None:
    """Put the keyboard on the first finding of this kind, and press Enter."""
    model = desk.bench.findings.model
    row = next(row for row in range(model.rowCount()) if model.entry(row).finding.code == code)
    table = desk.bench.findings.table
    table.selectRow(row)
    table.setFocus()
    desk.press(Qt.Key.Key_Return)


def leave(desk, way: str) -> None:
    """Close the file with an action, or the window with its cross."""
    if way == "window":
        desk.window.close()
    else:
        desk.action(way)


def focus_text() -> str:
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    return editor.text()


def test_the_window_fits_a_screen_of_1024_by_768(sit_down, published):
    desk = sit_down(published)
    for region in (None, 3):
        desk.bench.show_region(region)
        QApplication.processEvents()
        least = desk.window.minimumSizeHint()
        assert (least.width() <= 1024, least.height() <= 700) == (True, True), least
