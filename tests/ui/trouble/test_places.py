"""A file that was not closed opens where the keyboard was; one that was closed opens at its beginning."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tally_app.document.opening import create_tally
from tally_app.document.stated_view import Scope
from tally_app.ui.trouble.log import state_folder
from tally_app.ui.trouble.places import Place, PlaceKeeper, Places
from tests.ui.conftest import STAMP, Desk

Die = Callable[[Desk], None]


@pytest.fixture
def places() -> Places:
    """Those of every desk."""
    return Places(state_folder())


@pytest.fixture
def die(places) -> Die:
    """End a session as a power failure would: what it kept is there, and nobody took it away."""

    def end(desk: Desk) -> None:
        path = desk.window.path
        (keeper,) = desk.bench.findChildren(PlaceKeeper)
        keeper.keep()
        left = places.left(path)
        assert left
        if desk.bench.entry.grid.view.votes_delegate.typing:
            desk.press(Qt.Key.Key_Escape)
        desk.session.close()
        places.keep(path, left)

    return end


def test_the_keyboard_is_in_the_same_cell_and_it_is_said_up_to_when_all_is_there(sit_down, blank, die):
    desk = sit_down(blank)
    desk.at("R5", "registered")
    desk.enter(5000)
    cell = desk.cell
    die(desk)
    again = sit_down(blank)
    assert again.cell == cell == "Region 5 · Kampot · Ballots cast"
    assert again.window.trouble.text.startswith("The program ended unexpectedly while this file was open. Everything")
    assert again.window.trouble.text.endswith("is in the file (event 2).")


def test_a_number_that_was_being_typed_is_not_there_and_that_is_said(sit_down, blank, die, value_in):
    desk = sit_down(blank)
    cell = desk.at("R5", "CPP")
    desk.keys("17")
    die(desk)
    again = sit_down(blank)
    assert value_in(blank, cell) == -1
    assert again.window.trouble.text.endswith(
        "A number was being typed and was not entered: type it again from the paper."
    )
    assert again.cell.endswith("CPP")
    again.keys("170")
    assert again.document.live.draft.change.new == 170


def test_what_was_closed_opens_at_its_beginning_without_a_word(sit_down, blank, places):
    desk = sit_down(blank)
    desk.at("R5", "registered")
    desk.session.close()
    assert places.left(blank) is None
    again = sit_down(blank)
    assert again.bench.region is None
    assert again.window.trouble.text == ""


def test_stated_figures_are_found_again(sit_down, published, die):
    desk = sit_down(published)
    desk.bench.show_stated(Scope("R4"))
    die(desk)
    again = sit_down(published)
    assert again.bench.shows_stated
    assert again.bench.stated.scope == Scope("R4")


def test_a_second_entry_goes_on_as_one(sit_down, tmp_path, die):
    path = tmp_path / "doubled.tally"
    create_tally(path, "cambodia-senate-2024-blank", training=False, stamp=STAMP, double_entry=True)
    desk = sit_down(path)
    desk.at("R5", "registered")
    desk.action("second_entry")
    assert desk.window.actions_by_key["log_folder"].isEnabled()
    cell = desk.bench.entry.cell
    die(desk)
    again = sit_down(path)
    assert again.session._second_actions.mode is not None
    assert again.bench.entry is again.session._second_actions.mode.screen
    assert again.bench.entry.cell == cell


@pytest.mark.parametrize(
    "left",
    ["{", '{"row": 10000000}', '{"row": -1}', '{"row": "Sok"}', '{"stated": true, "region": "R99"}', "[]"],
)
def test_a_place_that_is_none_opens_the_file_at_its_beginning(sit_down, blank, places, left):
    places.keep(blank.resolve(), Place())
    (file,) = state_folder().glob("*.place")
    file.write_text(left, encoding="utf-8")
    assert sit_down(blank).bench.region is None


def test_an_error_on_the_way_back_keeps_no_file_from_opening_twice(sit_down, blank, places, qtbot):
    places.keep(blank.resolve(), Place(stated=True, region="R5", unit="no such unit"))
    with qtbot.captureExceptions() as errors:
        desk = sit_down(blank)
    assert desk.document is not None
    assert len(errors) <= 1
    desk.session.close()
    assert places.left(blank.resolve()) is None


def test_no_figure_is_kept(sit_down, blank, places):
    desk = sit_down(blank)
    desk.at("R5", "registered")
    desk.enter(4817203)
    desk.keys("4817203")
    desk.session._trouble_actions._keeper.keep()
    (file,) = state_folder().glob("*.place")
    assert "4817203" not in file.read_text(encoding="utf-8")
    place = places.left(blank)
    assert place is not None
    assert place.typing
    assert place.column == 1


def test_it_is_not_written_between_two_key_presses(sit_down, blank, places, qtbot):
    desk = sit_down(blank)
    before = places.left(blank)
    desk.at("R5", "registered")
    desk.enter(5000)
    assert places.left(blank) == before
    qtbot.waitUntil(lambda: places.left(blank) != before)
    place = places.left(blank)
    assert place is not None
    assert place.column == 1


def test_who_only_reads_leaves_the_writer_s_place_alone(sit_down, blank, places, monkeypatch):
    monkeypatch.setattr("tally_app.ui.session.Session._open_for_writing", _locked)
    left = Place(row=3, column=1)
    places.keep(blank.resolve(), left)
    desk = sit_down(blank)
    assert desk.document.read_only
    assert desk.bench.region is None
    desk.session.close()
    assert places.left(blank.resolve()) == left


def _locked(_: object, path: Path) -> None:
    from tally_app.storage.errors import ReadOnlyFile

    raise ReadOnlyFile(path)
