"""Sheets by keyboard alone: looked at, followed, saved and printed from a real file."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest

from tally_app.document.opening import create_tally
from tally_app.election.election import Election
from tally_app.sheets.frame import Printing
from tally_app.sheets.printing import SUMS, read_sums, write_sheet
from tally_app.sheets.verifying import Remade, Standing, verify_sheet
from tally_app.storage.errors import StorageError
from tally_app.ui.settings import Settings
from tally_app.ui.sheets import jobs
from tally_app.ui.sheets.choices import Choices
from tally_app.ui.sheets.workshop import Workshop
from tally_app.wording.names import Names
from tests.packs import make_pack
from tests.ui.conftest import STAMP
from tests.ui.sheets.clerk import CONTROL, FROM_NOW, Clerk


def test_the_region_that_is_shown_is_the_sheet(clerk):
    assert clerk.window.request().kind == "region"
    assert clerk.window.request().region == "R4"
    assert clerk.said.startswith("As of event 2 · page 1 of 1")
    assert len(clerk.window.preview.pages) == clerk.window.thumbnails.pages.rowCount() == 1


def test_kind_and_language_are_chosen_by_keys(clerk):
    clerk.choose(Qt.Key.Key_S, "Result of the c")
    assert clerk.window.request().kind == "chamber"
    assert len(clerk.window.preview.pages) == clerk.window.thumbnails.pages.rowCount() == 2
    clerk.choose(Qt.Key.Key_L, "E")
    assert clerk.window.request().languages == ("en",)
    assert not clerk.window.choices.khmer_digits.isEnabled()
    clerk.choose(Qt.Key.Key_P, "L")
    assert clerk.window.request().paper == "us-letter"
    assert clerk.window.preview.pages[0].size.width() == 792


def test_pages_are_walked_through_and_zoomed_by_keys(clerk):
    clerk.choose(Qt.Key.Key_S, "Result of the c")
    view = clerk.window.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert view.page == clerk.window.thumbnails.currentIndex().row() == 1
    assert "page 2 of 2" in clerk.said
    QTest.keyClick(clerk.window, Qt.Key.Key_9, CONTROL)
    whole = view.zoom
    QTest.keyClick(clerk.window, Qt.Key.Key_Plus, CONTROL)
    assert view.zoom == pytest.approx(1.2 * whole)


def test_what_there_is_no_sheet_of_is_said(clerk):
    clerk.choose(Qt.Key.Key_S, "Record of")
    assert "no open tie" in clerk.window.preview.problem
    assert not clerk.window.preview.pages
    assert not clerk.window.bar.save.isEnabled()
    clerk.window.choices.choose_kind("region")
    clerk.wait()
    assert clerk.window.bar.save.isEnabled()


def test_it_follows_the_count_and_says_of_which_event_it_is(clerk):
    before = clerk.window.preview.pages
    clerk.go_to_the_count()
    clerk.desk.at("R4", "CPP")
    clerk.desk.keys("1911")
    assert "what is being typed is not on paper" in clerk.said
    clerk.desk.press(Qt.Key.Key_Return)
    assert "event 3 is being made" in clerk.said
    clerk.wait()
    assert clerk.said.startswith("As of event 3 · page 1 of 1")
    assert clerk.window.preview.pages is not before


def test_it_follows_the_region_that_is_shown(clerk):
    clerk.desk.at("R7", "CPP")
    clerk.wait()
    assert clerk.window.request().region == "R7"


def test_what_takes_long_is_given_up_for_another_choice(clerk, monkeypatch):
    given_up: list[int] = []
    stop = Workshop.stop
    monkeypatch.setattr("tally_app.ui.sheets.preview._GIVE_UP_MS", -1)

    def counted(workshop: Workshop) -> None:
        given_up.append(workshop.orders)
        stop(workshop)

    monkeypatch.setattr(Workshop, "stop", counted)
    preview = clerk.window.preview
    clerk.window.choices.choose_kind("trace")
    clerk.qtbot.waitUntil(lambda: preview._asked)
    preview.refresh(soon=False)  # an event: it is not chosen by somebody who waits
    assert given_up == []
    clerk.window.choices.choose_kind("changes")
    assert given_up == [1]
    clerk.wait()
    assert len(preview.pages) == 1


def test_what_is_saved_is_not_given_up_for_another_choice(clerk, tmp_path, monkeypatch):
    monkeypatch.setattr("tally_app.ui.sheets.preview._GIVE_UP_MS", -1)

    def begin() -> None:
        clerk.window.choices.choose_kind("trace")
        clerk.qtbot.waitUntil(lambda: clerk.window.preview._asked)
        clerk.window.doing.save_booklet(tmp_path / "all.pdf")
        clerk.window.choices.choose_kind("changes")

    assert clerk.ended(begin).good
    clerk.wait()
    assert clerk.window.request().kind == "changes"


def test_choices_are_remembered(clerk):
    clerk.choose(Qt.Key.Key_S, "Allocation")
    clerk.choose(Qt.Key.Key_L, "Khmer")
    clerk.window.choices.languages.setCurrentIndex(1)
    clerk.window.choices.khmer_digits.setChecked(True)
    clerk.choose(Qt.Key.Key_P, "L")
    before = clerk.window.request()
    QTest.keyClick(clerk.window, Qt.Key.Key_Escape)
    clerk.go_to_the_count()
    again = Clerk(clerk.qtbot, clerk.desk).window.request()
    assert (again.kind, again.region, again.languages) == ("trace", "R4", ("km",))
    assert (again.paper, again.khmer_digits) == ("us-letter", True)
    assert (before.kind, before.paper, before.khmer_digits) == (again.kind, again.paper, again.khmer_digits)


def test_languages_are_not_remembered_for_an_election_without_khmer(qtbot, clerk, tmp_path):
    clerk.window.choices.languages.setCurrentIndex(1)
    settings = Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    assert settings.sheet_choice("languages") == "km"
    choices = Choices(Election(make_pack()), Names(Election(make_pack()), "en"), settings)
    qtbot.addWidget(choices)
    assert choices.request(Printing("S. Chan", datetime.now(UTC))).languages == ("en",)
    choices.paper.setCurrentIndex(1)
    assert settings.sheet_choice("languages") == "km"


def test_escape_leaves_and_nothing_runs_on(clerk):
    workshop = clerk.window.preview._workshop
    assert workshop.running
    QTest.keyClick(clerk.window, Qt.Key.Key_Escape)
    assert not workshop.running
    clerk.go_to_the_count()
    QTest.keyClick(clerk.desk.window, Qt.Key.Key_P, CONTROL)
    assert clerk.desk.session._sheet_actions.sheets.isVisible()


def test_a_saved_sheet_verifies(clerk, published, tmp_path):
    target = tmp_path / "R4.pdf"
    outcome = clerk.ended(lambda: clerk.window.doing.save_to(target))
    assert outcome.good, outcome.text
    verdict = verify_sheet(target, published, clock=lambda: datetime.now(UTC), origin="test")
    assert (verdict.standing, verdict.remade) == (Standing.CURRENT, Remade.SAME)


def test_a_file_that_is_there_stays(clerk, tmp_path):
    target = tmp_path / "R4.pdf"
    target.write_text("somebody else's")
    outcome = clerk.ended(lambda: clerk.window.doing.save_to(target))
    assert not outcome.good
    assert target.read_text() == "somebody else's"


def test_a_disk_that_fails_leaves_a_message_and_no_file(clerk, tmp_path):
    gone = tmp_path / "stick"
    outcome = clerk.ended(lambda: clerk.window.doing.save_to(gone / "R4.pdf"))
    assert not outcome.good
    assert str(gone) in outcome.text
    assert not gone.exists()


def test_a_tally_that_is_gone_is_said_and_nothing_is_written(clerk, published, tmp_path):
    shutil.move(published, tmp_path / "elsewhere.tally")
    outcome = clerk.ended(lambda: clerk.window.doing.save_to(tmp_path / "R4.pdf"))
    assert not outcome.good
    assert published.name in outcome.text
    assert not (tmp_path / "R4.pdf").exists()


def test_all_regions_go_into_a_folder_with_their_hashes(clerk, tmp_path):
    folder = tmp_path / "sheets"
    outcome = clerk.ended(lambda: clerk.window.doing.save_all(folder))
    assert outcome.good, outcome.text
    names = {"chamber.pdf", *(f"region-R{number}.pdf" for number in range(1, 9))}
    assert {path.name for path in folder.iterdir()} == {SUMS, *names}
    assert set(read_sums(folder / SUMS)) == names


def test_cancelled_while_sheets_are_made_nothing_is_written(clerk, tmp_path):
    def begin() -> None:
        clerk.window.doing.save_all(tmp_path / "sheets")
        QTest.keyClick(clerk.window, Qt.Key.Key_Escape)

    outcome = clerk.ended(begin)
    assert outcome.text == "Cancelled. Nothing was written."
    assert not (tmp_path / "sheets").exists()
    clerk.wait()
    assert clerk.window.isVisible()
    assert clerk.window.preview.pages


def test_cancelled_while_files_are_written_what_is_there_is_whole_and_listed(clerk, tmp_path, monkeypatch):
    folder = tmp_path / "sheets"
    told = jobs.FolderJob._on_file_written

    def cancel_after_two(job: jobs.FolderJob, written) -> None:
        if len(list(folder.glob("*.pdf"))) == 2:
            job.cancel()
        told(job, written)

    monkeypatch.setattr(jobs.FolderJob, "_on_file_written", cancel_after_two)
    outcome = clerk.ended(lambda: clerk.window.doing.save_all(folder))
    assert not outcome.good
    there = {path.name for path in folder.glob("*.pdf")}
    assert len(there) == 2
    assert set(read_sums(folder / SUMS)) == there
    assert outcome.text.startswith("Cancelled. There, whole and listed with their hashes:")
    assert all(name in outcome.text for name in there)


def test_all_regions_go_into_one_pdf(clerk, published, tmp_path):
    target = tmp_path / "all.pdf"
    clerk.choose(Qt.Key.Key_L, "E")
    told: list[jobs.Progress] = []
    clerk.window.doing.progressed.connect(told.append)
    outcome = clerk.ended(lambda: clerk.window.doing.save_booklet(target))
    assert outcome.good
    assert outcome.text.startswith(f"Saved {target}: 9 sheets as of event 2")
    verdict = verify_sheet(target, published, clock=lambda: datetime.now(UTC), origin="test")
    assert (verdict.standing, verdict.remade) == (Standing.CURRENT, Remade.SAME)
    regions = [each.request.region for each in verdict.sheets]
    assert regions == [*(f"R{number}" for number in range(1, 9)), None]
    assert {each.request.languages for each in verdict.sheets} == {("en",)}
    doing = list(dict.fromkeys(each.doing for each in told))
    assert doing[:2] == ["Making sheet", "Typesetting 9 sheets"]
    assert [each.done for each in told if each.doing == "Making sheet"] == list(range(9))


def test_all_regions_are_asked_for_by_keys(clerk, tmp_path, monkeypatch):
    """Keys of the button's menu; a second shortcut for the same would make both of them do nothing."""
    monkeypatch.setattr("tally_app.ui.sheets.doing.QPrinterInfo.availablePrinterNames", list)
    shift = CONTROL | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(clerk.window, Qt.Key.Key_P, shift)
    assert "knows no printer" in clerk.window.banner.text
    dialog = "tally_app.ui.sheets.doing.FileDialog"
    monkeypatch.setattr(f"{dialog}.ask_to_save", lambda *_: (str(tmp_path / "all"), ""))
    outcome = clerk.ended(lambda: QTest.keyClick(clerk.window, Qt.Key.Key_O, shift))
    assert outcome.good
    assert (tmp_path / "all.pdf").exists()
    monkeypatch.setattr(f"{dialog}.ask_folder", lambda *_: str(tmp_path))
    assert clerk.ended(lambda: QTest.keyClick(clerk.window, Qt.Key.Key_S, shift)).good
    assert (tmp_path / "cambodia-senate-2024 result sheets, event 2" / SUMS).exists()


def test_what_there_is_not_is_left_out_of_one_pdf(clerk, tmp_path):
    clerk.choose(Qt.Key.Key_S, "Record of")
    outcome = clerk.ended(lambda: clerk.window.doing.save_booklet(tmp_path / "lots.pdf"))
    assert not outcome.good
    assert "no open tie" in outcome.text
    assert not (tmp_path / "lots.pdf").exists()


@pytest.mark.parametrize("doing", ["Making sheet", "Typesetting 9 sheets"])
def test_one_pdf_that_is_cancelled_while_it_is_made_is_not_there(clerk, tmp_path, doing: str):
    def cancel(progress: jobs.Progress) -> None:
        if progress.doing == doing:
            assert clerk.window.bar.cancel.isVisible()
            clerk.window.bar.cancel.click()

    clerk.window.doing.progressed.connect(cancel, Qt.ConnectionType.QueuedConnection)
    outcome = clerk.ended(lambda: clerk.window.doing.save_booklet(tmp_path / "all.pdf"))
    assert outcome.text == "Cancelled. Nothing was written."
    assert list(tmp_path.glob("*.pdf*")) == []
    clerk.wait()
    assert clerk.window.preview.pages


def test_one_pdf_that_is_cancelled_while_it_is_written_is_not_there(clerk, tmp_path, monkeypatch):
    began, stopped = Event(), Event()

    def slow(path: Path, pdf: bytes, *, overwrite: bool, going_on: Callable[[], None]):
        def until_cancelled() -> None:
            began.set()
            assert stopped.wait(20)
            going_on()

        return write_sheet(path, pdf, overwrite=overwrite, going_on=until_cancelled)

    monkeypatch.setattr(jobs, "write_sheet", slow)

    def begin() -> None:
        clerk.window.doing.save_booklet(tmp_path / "all.pdf")
        clerk.qtbot.waitUntil(began.is_set, timeout=FROM_NOW)
        QTest.keyClick(clerk.window, Qt.Key.Key_Escape)
        stopped.set()

    outcome = clerk.ended(begin)
    assert outcome.text == "Cancelled. Nothing was written."
    assert [path.name for path in tmp_path.iterdir() if "all.pdf" in path.name] == []


def test_a_disk_that_fills_up_says_what_is_there(clerk, tmp_path, monkeypatch):
    def full(folder: Path, _sheets, **_) -> None:
        raise StorageError(folder, "No space is left.", "Make room.")

    monkeypatch.setattr(jobs, "write_batch", full)
    outcome = clerk.ended(lambda: clerk.window.doing.save_all(tmp_path / "sheets"))
    assert "No space is left." in outcome.text
    assert not outcome.good


def test_it_is_gone_while_a_second_entry_is_typed(qtbot, sit_down, tmp_path):
    path = tmp_path / "doubled.tally"
    create_tally(path, "cambodia-senate-2024-blank", training=False, stamp=STAMP, double_entry=True)
    desk = sit_down(path)
    clerk = Clerk(qtbot, desk)
    assert clerk.window.isVisible()
    desk.action("second_entry")
    assert desk.session._sheet_actions.sheets is None
    QTest.keyClick(desk.window, Qt.Key.Key_P, CONTROL)
    assert desk.session._sheet_actions.sheets is None
