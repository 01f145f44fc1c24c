"""What a double-click does: the real program started once more, on a real screen with other windows."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tally_app.storage.tally_file import TallyFile
from tests.e2e.screen import VirtualScreen, Window, wait_until
from tests.e2e.watching import tally_app

pytestmark = pytest.mark.window

LETTER = """
import sys
from PySide6.QtWidgets import QApplication, QPlainTextEdit
app = QApplication(sys.argv)
letter = QPlainTextEdit()
letter.setWindowTitle("Letter")
letter.resize(1000, 700)
letter.show()
app.exec()
"""


def write_a_letter(screen: VirtualScreen) -> Window:
    """Somebody does something else in the meantime: types into another program's window in front of all."""
    screen.start([sys.executable, "-c", LETTER])
    letter = screen.window("^Letter$")
    screen.type("Dear Sir")
    return letter


def end_of(program: subprocess.Popen[bytes]) -> int:
    return program.wait(timeout=20)


def windows_of(screen: VirtualScreen, path: Path) -> list[str]:
    return [title for title in screen.titles() if path.name in title]


def minimise(screen: VirtualScreen, window: Window) -> None:
    screen._run("xdotool", "windowminimize", window.number)
    wait_until(lambda: window.title not in screen.titles(), what="the window to be minimised")


def linked(path: Path, how: str) -> Path:
    """The same file by another name."""
    link = path.parent / "elsewhere" / "linked.tally"
    link.parent.mkdir()
    match how:
        case "symlink":
            link.symlink_to(path)
        case "hard link":
            os.link(path, link)
        case "path":
            return path.parent / "elsewhere" / ".." / path.name
    return link


@pytest.mark.parametrize("how", ["symlink", "hard link", "path"])
def test_the_same_file_again_brings_its_window_to_the_front(screen, open_program, published, how):
    open_program(published)
    first = screen.window(published.name)
    write_a_letter(screen)
    second = screen.start_program([str(linked(published, how))])
    assert end_of(second) == 0
    assert screen.window(published.name) == first
    assert len(windows_of(screen, published)) == 1


def test_the_keyboard_is_where_it_was(screen, open_program, published):
    program = open_program(published)
    screen.key("Next", "Right")
    write_a_letter(screen)
    assert end_of(screen.start_program([str(published)])) == 0
    screen.window(published.name)
    screen.key(*"170", "Return")
    assert [value for _, _, value in program.wait_for("saved")["cells"]] == [170]


def test_a_minimised_window_comes_back(screen, open_program, published):
    open_program(published)
    first = screen.window(published.name)
    minimise(screen, first)
    write_a_letter(screen)
    assert end_of(screen.start_program([str(published)])) == 0
    assert screen.window(published.name) == first


def test_another_file_opens_another_window(screen, open_program, published, blank):
    open_program(published)
    first = screen.window(f" — {published.name}")
    screen.start_program([str(blank)])
    second = screen.window(f" — {blank.name}")
    assert first.number != second.number
    assert len(windows_of(screen, published) + windows_of(screen, blank)) == 2


def test_without_a_file_another_window_opens(screen, open_program, published):
    open_program(published)
    screen.start_program([])
    screen.window("^Election Tally$")
    assert windows_of(screen, published)


def test_the_window_of_a_file_that_can_only_be_read_comes_to_the_front_too(screen, open_program, published):
    with TallyFile.open(published, operator="Dara"):
        program = open_program(published)
        program.wait_for("opened", lambda line: line["status"] == "Read-only")
        first = screen.window(published.name)
        write_a_letter(screen)
        assert end_of(screen.start_program([str(published)])) == 0
        assert screen.window(published.name) == first


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9")
def test_after_kill_9_the_file_opens_as_ever(open_program, published):
    open_program(published).kill()
    again = open_program(published)
    assert again.told("opened")[0]["status"] == "✓ Everything saved"


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="stops a process")
def test_a_window_that_does_not_answer_is_named_and_the_file_opens_for_reading(open_program, published):
    program = open_program(published, "Dara")
    hanging = program._process
    hanging.send_signal(signal.SIGSTOP)
    try:
        second = open_program(published)
        assert second.told("opened")[0]["status"] == "Read-only"
        assert f"Dara on {os.uname().nodename} (process {hanging.pid}" in second.wait_for("banner")["banner"]
    finally:
        hanging.send_signal(signal.SIGCONT)


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="stops a process")
def test_a_hard_link_is_no_way_around_a_window_that_does_not_answer(open_program, published):
    hanging = open_program(published, "Dara")._process
    hanging.send_signal(signal.SIGSTOP)
    try:
        second = open_program(linked(published, "hard link"))
        assert second.told("opened")[0]["status"] == "Read-only"
    finally:
        hanging.send_signal(signal.SIGCONT)


def test_of_two_starts_at_the_same_moment_one_has_the_file(screen, published):
    both = [screen.start_program([str(published)]) for _ in range(2)]
    screen.window(published.name)
    ended = wait_until(lambda: [each for each in both if each.poll() is not None], what="one of them to end")
    assert [each.returncode for each in ended] == [0]
    assert len(windows_of(screen, published)) == 1
    screen.key("Next", *"170", "Return")
    wait_until(lambda: b'"events":3' in verified(published), what="the entry in the file")


def verified(path: Path) -> bytes:
    done = tally_app("verify", path, "--json")
    return done.stdout.replace(" ", "").encode()


def test_a_command_that_has_the_file_for_a_moment_is_waited_for(open_program, published):
    command = [sys.executable, "-c", HOLD, str(published)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdin is not None
        assert holder.stdout.readline() == b"open\n"
        holder.stdin.close()  # it goes on for a moment
        program = open_program(published)
    assert program.told("opened")[0]["status"] == "✓ Everything saved"


HOLD = """
import sys, time
from pathlib import Path
from tally_app.storage.tally_file import TallyFile
with TallyFile.open(Path(sys.argv[1]), operator="command"):
    print("open", flush=True)
    sys.stdin.read()
    time.sleep(1.5)
"""


def test_a_window_started_from_another_one_lives_on_without_it(screen, published):
    starter = screen.start([sys.executable, "-c", START, str(published)])
    assert end_of(starter) == 0
    screen.window(published.name)
    screen.key("ctrl+q")
    wait_until(lambda: windows_of(screen, published) == [], what="the window to be gone")
    wait_until(lambda: not published.with_name(f"{published.name}.lock").exists(), what="the file to be free")


START = """
import sys
from pathlib import Path
from tally_app.ui.own_program import open_in_another_window
sys.exit(not open_in_another_window(Path(sys.argv[1])))
"""
