"""Ways into a file: one that another window shows, one that can only be read, one that the desktop hands over."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTimer, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QPushButton

from tally_app.storage.schema import VERSION
from tally_app.storage.tally_file import TallyFile
from tally_app.ui import neighbours, session
from tally_app.ui.dialogs.file_dialog import FileDialog
from tally_app.ui.neighbours import Answer, Neighbours, private_folder
from tests.medium import read_only_medium
from tests.storage.test_versions import KEPT, taken
from tests.ui.conftest import Desk


@pytest.fixture
def elsewhere(sit_down):
    """Another window on a file; in this process, but found the way one in another process is."""
    return sit_down


def offer_of(desk: Desk) -> QPushButton | None:
    """The button of the banner besides *Dismiss*."""
    buttons = desk.window.banner.findChildren(QPushButton)
    return next((button for button in buttons if button.isVisible() and button.text() != "Dismiss"), None)


class TestAnotherWindow:
    def test_a_file_that_it_shows_comes_to_the_front_there_and_what_is_open_here_stays(
        self, sit_down, elsewhere, published, blank
    ):
        other = elsewhere(blank)
        desk = sit_down(published)
        other.window.showMinimized()
        assert desk.session.open(blank)
        assert desk.document.election.pack.key == "cambodia-senate-2024"
        assert desk.banner == f"{blank} is open in a window of its own, which is in front now."
        assert not other.window.isMinimized()
        assert not desk.document.read_only

    def test_once_it_is_closed_there_it_opens_here(self, sit_down, elsewhere, published):
        other = elsewhere(published)
        other.session.close()
        desk = sit_down(published)
        assert not desk.document.read_only

    @pytest.mark.parametrize("link", [os.link, os.symlink])
    def test_another_name_of_the_file_is_no_other_file(self, sit_down, elsewhere, published, tmp_path, link):
        other = elsewhere(published)
        link(published, tmp_path / "link.tally")
        desk = sit_down()
        assert desk.session.open(tmp_path / "link.tally")
        assert desk.session.document is None
        assert other.session.open(tmp_path / "link.tally")
        assert other.window.path == published

    def test_a_file_that_took_its_name_is_another_file(self, sit_down, elsewhere, published, blank):
        elsewhere(published)
        published.rename(published.with_name("moved.tally"))
        shutil.copyfile(blank, published)
        for side in ("-wal", "-shm"):
            published.with_name(published.name + side).unlink(missing_ok=True)
        assert sit_down().session.open(published)

    def test_one_that_does_not_answer_is_given_up(self, sit_down, elsewhere, published, monkeypatch):
        monkeypatch.setattr(neighbours, "_ANSWER_MS", 100)
        other = elsewhere(published)
        other.session._neighbours._watcher.directoryChanged.disconnect()
        desk = sit_down(published)
        assert desk.saved == "Read-only"
        assert "S. Chan" in desk.banner
        assert offer_of(desk) is None, "a copy of a count that goes on would be a second count"

    def test_a_hard_link_is_no_way_around_one_that_does_not_answer(
        self, sit_down, elsewhere, published, tmp_path, monkeypatch
    ):
        monkeypatch.setattr(neighbours, "_ANSWER_MS", 100)
        other = elsewhere(published)
        other.session._neighbours._watcher.directoryChanged.disconnect()
        (tmp_path / "link.tally").hardlink_to(published)
        assert sit_down(tmp_path / "link.tally").saved == "Read-only"


def test_a_file_of_a_newer_program_is_refused_with_what_to_do(sit_down, published):
    with published.open("r+b") as file:
        file.seek(60)
        file.write((VERSION + 1).to_bytes(4, "big"))
    before = published.read_bytes()
    desk = sit_down()
    assert not desk.session.open(published)
    assert f"format version {VERSION + 1}" in desk.banner
    assert "Install the newer program on this computer" in desk.banner
    assert desk.window.start.isVisible()
    assert offer_of(desk) is None
    assert published.read_bytes() == before


@pytest.mark.parametrize("kept", KEPT, ids=[kept.name for kept in KEPT])
def test_a_file_of_each_earlier_program_opens_and_says_what_it_is(sit_down, tmp_path, kept):
    desk = sit_down(taken(kept, tmp_path))
    assert (desk.banner, desk.saved) == ("", "✓ Everything saved")
    assert desk.window.windowTitle().startswith("TRAINING") is kept.training


@pytest.mark.usefixtures("qapp")
class TestNeighbours:
    @pytest.fixture
    def folder(self) -> Path:
        folder = private_folder()
        assert folder is not None
        return folder

    def test_the_folder_is_the_user_s_own(self, folder):
        assert folder.stat().st_mode & 0o777 == 0o700
        assert folder.is_relative_to(os.environ["XDG_RUNTIME_DIR"])

    @pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
    def test_a_folder_that_others_may_write_is_not_used(self, folder, sit_down, published):
        folder.chmod(0o777)
        assert private_folder() is None
        assert not sit_down(published).document.read_only

    def test_nobody_is_asked_who_shows_nothing_or_something_else(self, folder, published, blank):
        one, other = Neighbours(folder), Neighbours(folder)
        assert one.bring_to_front(published, "") is Answer.NOBODY
        other.shows(blank)
        assert one.bring_to_front(published, "") is Answer.NOBODY
        other.shows(published)
        assert one.bring_to_front(published, "token") is Answer.IN_FRONT
        other.shows(None)
        assert one.bring_to_front(published, "") is Answer.NOBODY

    def test_the_token_goes_with_the_request(self, folder, published, qtbot):
        one, other = Neighbours(folder), Neighbours(folder)
        other.shows(published)
        with qtbot.waitSignal(other.summoned) as summoned:
            one.bring_to_front(published, "from the desktop")
        assert summoned.args == ["from the desktop"]

    def test_a_window_that_opens_the_file_is_no_answer_yet(self, folder, published):
        one, other = Neighbours(folder), Neighbours(folder)
        other.opens(published)
        assert one.bring_to_front(published, "") is Answer.OPENING

    def test_two_that_ask_each_other_answer_each_other(self, folder, published, blank):
        one, other = Neighbours(folder), Neighbours(folder)
        one.shows(published)
        other.shows(blank)
        answers = []
        QTimer.singleShot(0, lambda: answers.append(other.bring_to_front(published, "")))
        answers.append(one.bring_to_front(blank, ""))
        assert answers == [Answer.IN_FRONT, Answer.IN_FRONT]

    def test_what_a_dead_window_left_is_removed(self, folder, published):
        dead = Neighbours(folder)
        dead.shows(published)
        assert dead._alive is not None
        dead._alive.release()  # as the operating system does
        one = Neighbours(folder)
        assert len(list(folder.iterdir())) == 2
        assert one.bring_to_front(published, "") is Answer.NOBODY
        assert list(folder.iterdir()) == [one._own]

    def test_what_died_days_ago_is_swept_and_what_lives_as_long_is_not(self, folder, monkeypatch):
        dead, old = Neighbours(folder), Neighbours(folder)
        assert dead._alive is not None
        dead._alive.release()
        monkeypatch.setattr(neighbours, "_OLD_SECONDS", -1)
        one = Neighbours(folder)
        assert sorted(folder.iterdir()) == sorted(filter(None, (old._own, one._own)))

    def test_nothing_is_left_of_one_that_leaves(self, folder, published):
        one = Neighbours(folder)
        one.shows(published)
        one.leave()
        assert list(folder.iterdir()) == []

    def test_requests_leave_nothing_behind(self, folder, published):
        one, other = Neighbours(folder), Neighbours(folder)
        other.shows(published)
        one.bring_to_front(published, "")
        assert other._own is not None
        assert sorted(each.name for each in other._own.iterdir()) == ["alive", "shown"]


class TestReadOnlyMedium:
    def test_a_button_goes_on_in_a_copy(self, sit_down, published, tmp_path, home, value_in):
        with on_a_stick(published, tmp_path) as (path, leave):
            desk = sit_down(path)
            assert desk.saved == "Read-only"
            assert desk.banner == (
                "Opened for reading only. The file, its folder or the medium cannot be written. "
                "To enter figures, go on in a copy of it in Documents/Election Tally."
            )
            offer = offer_of(desk)
            assert offer is not None
            assert offer.text() == "Copy and &go on"
            offer.click()
            copy = home / "Documents/Election Tally" / path.name
            assert desk.window.path == copy
            assert desk.saved == "✓ Everything saved"
            assert desk.banner == f"You are in the copy now: {copy}. It was read again and holds all 2 events."
            cell = desk.at("R5", "KWP")
            desk.enter(170)
            assert (value_in(copy, cell), value_in(path, cell)) == (170, 148)
            leave(desk)

    def test_an_earlier_copy_stays(self, sit_down, published, tmp_path, home):
        earlier = home / "Documents/Election Tally" / published.name
        earlier.parent.mkdir(parents=True)
        earlier.write_bytes(b"kept")
        with on_a_stick(published, tmp_path) as (path, leave):
            desk = sit_down(path)
            click_offer(desk)
            assert desk.window.path == earlier.with_name(f"{path.stem} 2.tally")
            assert earlier.read_bytes() == b"kept"
            leave(desk)

    @pytest.mark.parametrize("chosen", ["chosen.tally", ""])
    def test_where_the_documents_cannot_be_written_a_place_is_asked_for(
        self, sit_down, published, tmp_path, monkeypatch, chosen
    ):
        target = tmp_path / chosen if chosen else None
        monkeypatch.setattr(FileDialog, "ask_to_save", lambda *_: (str(target or ""), ""))
        with on_a_stick(published, tmp_path) as (path, leave):
            monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(path.parent))
            desk = sit_down(path)
            click_offer(desk)
            assert desk.window.path == (target or path)
            leave(desk)

    def test_what_was_not_closed_is_said_and_brought_in_by_the_copy(self, sit_down, published, tmp_path, home):
        with TallyFile.open(published):
            shutil.copytree(published.parent, tmp_path / "pulled out")
        pulled = tmp_path / "pulled out" / published.name
        pulled.with_name(f"{published.name}-shm").unlink()
        pulled.with_name(f"{published.name}-wal").write_bytes(b"\0" * 32)
        with on_a_stick(pulled, tmp_path) as (path, leave):
            desk = sit_down()
            assert not desk.session.open(path)
            assert "did not close it" in desk.banner
            assert f"{path.name}-wal" in desk.banner
            click_offer(desk)
            assert desk.window.path == home / "Documents/Election Tally" / path.name
            assert not desk.document.read_only
            leave(desk)


@contextmanager
def on_a_stick(path: Path, tmp_path: Path) -> Iterator[tuple[Path, Callable[[Desk], None]]]:
    """The file and what lies beside it on a medium that cannot be written; it can be taken out once nobody is in it."""
    folder = tmp_path / "contents"
    folder.mkdir()
    for each in path.parent.glob(f"{path.name}*"):
        shutil.copy(each, folder)
    with read_only_medium(folder, tmp_path / "stick") as stick:
        yield stick / path.name, leave


def leave(desk: Desk) -> None:
    assert desk.session.close()


def click_offer(desk: Desk) -> None:
    offer = offer_of(desk)
    assert offer is not None
    offer.click()


class TestFileEvents:
    @pytest.fixture
    def hand_over(self, qapp) -> Iterator[Callable[[Desk, Path], None]]:
        """The desktop's event, as macOS posts it to the application."""
        desks: list[Desk] = []

        def post(desk: Desk, path: Path) -> None:
            qapp.file_opened.connect(desk.session.open_besides)
            desks.append(desk)
            QCoreApplication.postEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile(str(path))))
            QCoreApplication.processEvents()

        yield post
        for desk in desks:
            qapp.file_opened.disconnect(desk.session.open_besides)

    @pytest.fixture
    def started(self, monkeypatch) -> list[Path]:
        started: list[Path] = []

        def start(path: Path) -> bool:
            started.append(path)
            return True

        monkeypatch.setattr(session, "open_in_another_window", start)
        return started

    def test_it_opens_the_file_in_a_free_window(self, sit_down, published, hand_over, started):
        desk = sit_down()
        hand_over(desk, published)
        assert desk.window.path == published
        assert not desk.document.read_only
        assert started == []

    def test_another_file_gets_another_window(self, sit_down, published, blank, hand_over, started):
        desk = sit_down(published)
        hand_over(desk, blank)
        assert desk.window.path == published
        assert started == [blank]

    def test_the_open_file_comes_to_the_front(self, sit_down, published, hand_over, started, tmp_path):
        desk = sit_down(published)
        desk.window.showMinimized()
        (tmp_path / "link.tally").symlink_to(published)
        hand_over(desk, tmp_path / "link.tally")
        assert not desk.window.isMinimized()
        assert started == []

    def test_a_program_that_cannot_be_started_is_said(self, sit_down, published, blank, hand_over, monkeypatch):
        monkeypatch.setattr(session, "open_in_another_window", lambda _: False)
        desk = sit_down(published)
        hand_over(desk, blank)
        assert "close this file first" in desk.banner

    def test_an_address_on_a_network_is_nobody_s(self, sit_down, qapp, hand_over, published, started):
        desk = sit_down()
        hand_over(desk, published)
        QCoreApplication.postEvent(qapp, QFileOpenEvent(QUrl("https://example.org/count.tally")))
        QCoreApplication.processEvents()
        assert desk.window.path == published
        assert started == []
