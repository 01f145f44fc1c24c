"""The program breaks under the hands of a clerk: what is said, what is written, and that the count goes on."""

import platform
import re
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, qWarning
from PySide6.QtWidgets import QMessageBox, QPlainTextEdit, QPushButton

from tally_app.count.book import BallotBook
from tally_app.storage.errors import DiskFull
from tally_app.storage.tally_file import TallyFile
from tally_app.ui.dialogs.help_card import HelpCard
from tally_app.ui.entry.hints import HintBar
from tally_app.ui.session import Session
from tally_app.ui.status import CountStatusBar
from tally_app.ui.trouble import trouble as trouble_module
from tally_app.ui.trouble.log import log_folder
from tally_app.ui.trouble.report_window import ReportWindow
from tally_app.ui.trouble.trouble import Trouble
from tests.ui.conftest import Desk

FIGURE = 4817203
Break = Callable[..., None]


def bar(desk: Desk) -> str:
    return desk.window.trouble.text


def button(desk: Desk, text: str) -> QPushButton:
    (found,) = (each for each in desk.window.trouble.findChildren(QPushButton) if each.text().replace("&", "") == text)
    return found


def reports(folder: Path) -> list[Path]:
    return sorted(folder.glob("*problem*.txt"))


def log() -> str:
    return (log_folder() / "window-1.log").read_text(encoding="utf-8")


@pytest.fixture
def break_at(monkeypatch, trouble: Trouble) -> Break:
    """Let a function raise, with what it was called with in the error's text."""

    assert trouble.log is not None

    def patch(owner: type, name: str, *, after: bool = False) -> None:
        original = getattr(owner, name)

        def broken(self, *args, **kwargs):
            if after:
                original(self, *args, **kwargs)
            raise KeyError(f"S. Chan typed {FIGURE} into {args} {kwargs}")

        monkeypatch.setattr(owner, name, broken)

    return patch


@pytest.fixture
def broken_draft(break_at: Break) -> None:
    """The status bar breaks over every digit."""
    break_at(CountStatusBar, "show_draft")


@pytest.fixture
def secrets(desk) -> Iterator[list[str]]:
    """What must be in no report and no log, checked at the end: names and figures of the file, and its path."""
    election = desk.document.election
    found = ["Chan", str(FIGURE), f"{FIGURE:,}"]
    found += [part for part in (*desk.window.path.parts, platform.node()) if len(part) > 4]
    found += [region.name.en for region in election.regions] + [party.name.en for party in election.pack.parties]
    found += [province.name.en for province in election.pack.provinces]
    folder = desk.window.path.parent
    yield found
    texts = [path.read_text(encoding="utf-8") for path in [*reports(folder), *log_folder().iterdir()]]
    assert len(texts) >= 2
    assert [secret for secret in found for text in texts if secret in text] == []


@pytest.mark.usefixtures("broken_draft", "secrets")
def test_typing_goes_on_and_it_is_said_what_is_safe(desk):
    desk.at("R5", "registered")
    desk.keys("4817203")
    assert "Nothing had been entered in this file yet." in bar(desk)
    assert "The number in the open cell is not entered; it still stands there." in bar(desk)
    assert "A report without votes or names lies beside the file." in bar(desk)
    assert desk.document.live.draft.change.new == FIGURE
    (report,) = reports(desk.window.path.parent)
    assert report.name.startswith(desk.window.path.stem + " 20")
    text = report.read_text(encoding="utf-8")
    assert "\nKeyError\n" in text
    assert "tally_app/ui/main_window.py:" in text
    assert "in MainWindow._on_document_draft_changed" in text
    desk.press(Qt.Key.Key_Return)
    assert desk.cell.endswith("Ballots cast")
    assert desk.document.head.seq == 2


@pytest.mark.usefixtures("secrets", "trouble")
def test_the_last_entry_that_is_in_the_file_is_named(desk, qtbot, break_at):
    desk.at("R5", "registered")
    desk.enter(FIGURE)
    break_at(CountStatusBar, "show_draft")
    desk.keys("7")
    with TallyFile.open(desk.window.path, read_only=True) as file:
        (event,) = file.events(1)
    assert f"{desk.document.last_event()}" == f"{event}"
    assert "Everything entered up to " in bar(desk)
    assert "is in the file (event 2)." in bar(desk)
    desk.press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: "open cell" not in bar(desk))


@pytest.mark.usefixtures("secrets")
def test_an_entry_over_which_the_books_broke_is_in_the_file_and_the_number_stays_in_its_cell(desk, break_at, value_in):
    cell = desk.at("R5", "registered")
    break_at(BallotBook, "put")
    desk.enter(FIGURE)
    assert value_in(desk.window.path, cell) == FIGURE
    assert "is in the file (event 2)." in bar(desk)
    assert "The window may show less than the file holds: restart here." in bar(desk)
    assert button(desk, "Restart here").isDefault()
    assert desk.bench.entry.grid.view.votes_delegate.typing


@pytest.mark.usefixtures("secrets")
def test_an_error_before_anything_is_written_leaves_the_number_in_its_cell(desk, break_at):
    desk.at("R5", "registered")
    break_at(BallotBook, "value")
    desk.enter(FIGURE)
    assert desk.document.head.seq == 1
    assert "The number in the open cell is not entered; it still stands there." in bar(desk)
    assert "may show less" not in bar(desk)
    desk.press(Qt.Key.Key_Escape)


@pytest.mark.usefixtures("secrets")
def test_the_same_error_many_times_is_one_report_a_number_and_an_advice(desk, qtbot, break_at):
    break_at(HintBar, "calm")
    desk.at("R5", "registered")
    desk.keys("4817")
    assert len(reports(desk.window.path.parent)) == 1
    qtbot.waitUntil(lambda: "met 4 errors" in bar(desk))
    assert "This goes on: restart here." in bar(desk)
    assert button(desk, "Restart here").isDefault()
    assert log().count("KeyError") == 2, "the first time and the third"


def test_after_going_on_the_bar_comes_back_only_when_it_happens_often(desk, break_at):
    break_at(HintBar, "calm")
    desk.at("R5", "registered")
    desk.keys("4")
    button(desk, "Go on").click()
    desk.keys("8")
    assert bar(desk) == ""
    desk.keys("1")
    assert "met 3 errors" in bar(desk)


@pytest.mark.usefixtures("secrets", "trouble")
def test_a_thread_that_breaks_is_told_in_the_window(desk, qtbot):
    def fail(name: str) -> None:
        raise ValueError(name)

    thread = threading.Thread(target=fail, args=("S. Chan",), name="S. Chan")
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: "did not foresee" in bar(desk))
    assert "broke part=thread" in log()
    assert f"{__name__.replace('.', '/')}.py" in log()


@pytest.mark.usefixtures("secrets", "trouble")
def test_what_breaks_while_something_is_thrown_away_is_told(desk):
    class Breaking:
        def __del__(self) -> None:
            raise ValueError("S. Chan")

    thing = Breaking()
    del thing
    assert "did not foresee" in bar(desk)
    assert "broke part=clearing-up" in log()


@pytest.mark.usefixtures("secrets")
def test_a_complaint_of_qt_is_only_logged(desk, trouble, capfd):
    qWarning("QLayout::addWidget: S. Chan 4817203")
    trouble.log.close()
    assert "QLayout::addWidget" in log()
    assert bar(desk) == ""
    assert "4817203" in capfd.readouterr().err
    assert trouble._write_report(("x",), "window", desk.window.path).path is not None  # for the check of secrets


def test_a_report_that_cannot_be_written_is_said_and_can_be_seen(desk, break_at, monkeypatch):
    def full(*_: object) -> None:
        raise DiskFull(Path("S. Chan"))

    monkeypatch.setattr(trouble_module, "write_report", full)
    break_at(CountStatusBar, "show_draft")
    desk.at("R5", "registered")
    desk.keys("4")
    assert bar(desk).endswith("No report could be written. The disk is full.")
    button(desk, "Show the report").click()
    (window,) = desk.window.findChildren(ReportWindow)
    shown = window.findChild(QPlainTextEdit)
    assert isinstance(shown, QPlainTextEdit)
    assert "KeyError" in shown.toPlainText()
    window.close()


def test_an_error_in_the_reporter_itself_is_said(desk, break_at):
    break_at(Trouble, "_facts")
    break_at(CountStatusBar, "show_draft")
    desk.at("R5", "registered")
    desk.keys("48")
    assert "and another while reporting it" in bar(desk)
    assert desk.document.live.draft.change.new == 48
    assert "reporter broke" in log()


@pytest.mark.usefixtures("break_at")
def test_over_a_dialog_it_is_said_there(desk):
    desk.action("keys")
    (card,) = desk.window.findChildren(HelpCard)
    card.setModal(True)
    card.show()
    sys.excepthook(ValueError, ValueError("S. Chan"), None)
    (box,) = card.findChildren(QMessageBox)
    assert box.text() == bar(desk)
    assert {each.text() for each in box.buttons()} == {"&Restart here", "&Go on"}
    box.close()
    card.close()


def test_without_a_file_it_lies_with_the_log(sit_down, seat):
    desk = sit_down()
    trouble = Trouble(seat)
    with trouble.watching():
        trouble.attend(desk.session)
        sys.excepthook(ValueError, ValueError("S. Chan"), None)
    (report,) = reports(log_folder())
    assert str(report) in bar(desk)
    assert "S. Chan" not in report.read_text(encoding="utf-8")


@pytest.mark.usefixtures("qapp")
def test_before_there_is_a_window_it_is_written_all_the_same(seat):
    trouble = Trouble(seat)
    with trouble.watching():
        sys.excepthook(ValueError, ValueError("S. Chan"), None)
    assert len(reports(log_folder())) == 1


def test_a_crash_of_the_last_time_is_told(sit_down, seat):
    seat.left = ("Aborted", "  tally_app/ui/app.py:4 in run_window")
    desk = sit_down()
    trouble = Trouble(seat)
    with trouble.watching():
        trouble.attend(desk.session)
    assert bar(desk).startswith("The program ended unexpectedly the last time.")
    assert "tally_app/ui/app.py:4" in reports(log_folder())[0].read_text(encoding="utf-8")
    assert "crashed the last time" in log()


@pytest.mark.usefixtures("secrets")
def test_the_log_tells_what_was_done_and_to_nothing_what(desk, trouble):
    desk.at("R5", "registered")
    desk.enter(FIGURE)
    desk.action("undo")
    desk.session.close()
    trouble.log.close()
    events = [line.split(" ", 3)[3] for line in log().splitlines() if " INFO " in line]
    assert events[0].startswith("started program=Election Tally")
    assert events[1:3] == ["opened file=1 kind=live units=up-to-100", "used action=undo"]
    assert re.fullmatch(r"closed file=1 seconds=\d+", events[3])
    assert len(events) == 4
    (log_folder() / "another").touch()  # for the check of secrets, which wants a report as well


@pytest.mark.usefixtures("trouble")
def test_restart_leads_to_the_session(desk, monkeypatch):
    asked: list[bool] = []
    monkeypatch.setattr(Session, "restart", lambda *_: asked.append(True))
    sys.excepthook(ValueError, ValueError(), None)
    button(desk, "Restart here").click()
    assert asked == [True]
