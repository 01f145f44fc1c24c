"""The real program breaks, or is killed, while somebody types: what is entered is there, and so is the place."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tally_app.count.figures import Cell
from tally_app.storage.tally_file import TallyFile
from tests.e2e.faulty import FIGURE, OPERATOR
from tests.e2e.screen import ScreenError, VirtualScreen, wait_until

pytestmark = pytest.mark.window

PICTURES = os.environ.get("TALLY_PICTURES", "")
"""A folder for pictures of the screen, to be looked at."""


def reports(folder: Path) -> list[Path]:
    return sorted(folder.glob("*problem*.txt"))


def values(path: Path) -> list[tuple[Cell, int]]:
    """What is entered, asked of the file while a window has it open."""
    with TallyFile.open(path, read_only=True) as file:
        found = file.values()
    return [
        (Cell(int(row), int(column)), int(found[row, column]))
        for row, column in zip(*(found >= 0).nonzero(), strict=True)
    ]


def picture(screen: VirtualScreen, name: str) -> None:
    if PICTURES:
        screen.screenshot(Path(PICTURES) / f"{name}.png")


def wait_for_window(screen: VirtualScreen, path: Path, home: Path, number: int) -> None:
    """Wait until the *number*-th window takes keys: it opens its log only then."""
    screen.window(path.name)
    wait_until(lambda: "".join(map(_read, home.rglob("window-*.log"))).count("INFO opened") == number, what="its log")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def begin(screen: VirtualScreen, fault: str, path: Path, home: Path) -> int:
    """Open the file in the program with a fault, and go to the first region's first cell."""
    program = screen.start([sys.executable, "-m", "tests.e2e.faulty", fault, str(path)])
    wait_for_window(screen, path, home, 1)
    screen.key("Down", "Return")
    return program.pid


def another_window(screen: VirtualScreen, path: Path, before: int) -> int:
    """Wait for the window of another process on the file."""

    def found() -> int | None:
        with suppress(ScreenError):  # the one before is just going
            pid = screen.process(screen.window(path.name))
            return pid if pid != before else None
        return None

    return wait_until(found, what="the program that was started again")


@pytest.fixture
def end(screen: VirtualScreen) -> Iterator[Callable[[int], None]]:
    """End processes that started by themselves, before their screen goes."""
    assert screen.display
    started: list[int] = []
    yield started.append
    for pid in started:
        os.kill(pid, signal.SIGKILL)


def test_typing_goes_on_and_a_restart_leads_back_to_the_cell(screen, blank, home, end):
    before = begin(screen, "draft", blank, home)
    screen.key(*"1200", "Return", *str(FIGURE))
    (report,) = wait_until(lambda: reports(blank.parent))
    picture(screen, "broke")
    assert values(blank) == [(Cell(0, 0), 1200)]
    screen.key("Return", *"987", "Return", *"65")
    wait_until(lambda: len(values(blank)) == 3, what="what was typed after the fault")
    picture(screen, "went-on")
    screen.key("alt+r")
    end(another_window(screen, blank, before))
    wait_for_window(screen, blank, home, 2)
    assert values(blank) == [(Cell(0, 0), 1200), (Cell(0, 1), FIGURE), (Cell(0, 2), 987)], "a draft is no entry"
    screen.key(*"654", "Return")
    wait_until(lambda: (Cell(0, 3), 654) in values(blank), what="an entry in the cell that was left")
    picture(screen, "restarted")
    logs = [path for path in home.rglob("window-*.log*") if path.is_file()]
    texts = [path.read_text(encoding="utf-8") for path in (report, *logs)]
    assert len(texts) >= 2
    secrets = ["Sok", OPERATOR, str(FIGURE), blank.stem, *(part for part in blank.parts if len(part) > 4)]
    assert [secret for secret in secrets for text in texts if secret in text] == []


def test_an_entry_that_broke_the_window_is_in_the_file_and_there_after_the_restart(screen, blank, home, end):
    before = begin(screen, "entry", blank, home)
    screen.key(*"1200", "Return")
    wait_until(lambda: reports(blank.parent))
    assert values(blank) == [(Cell(0, 0), 1200)]
    screen.key("alt+r")
    end(another_window(screen, blank, before))
    wait_for_window(screen, blank, home, 2)
    screen.key(*"1100", "Return")
    wait_until(lambda: values(blank) == [(Cell(0, 0), 1200), (Cell(0, 1), 1100)], what="the next entry")


def test_killed_and_opened_again_the_keyboard_is_in_the_cell_that_was_being_typed_into(screen, blank, home):
    program = screen.start_program(["--operator=Clerk", str(blank)])
    wait_for_window(screen, blank, home, 1)
    screen.key("Down", "Down", "Return", *"1200", "Return", *"11")
    place = wait_until(lambda: [path for path in home.rglob("*.place") if _in_second_cell(path)])[0]
    picture(screen, "before-the-kill")
    assert "1200" not in place.read_text(encoding="utf-8")
    screen.kill(program)
    screen.start_program(["--operator=Clerk", str(blank)])
    wait_for_window(screen, blank, home, 2)
    screen.key(*"1100", "Return")
    row = values(blank)[0][0].row
    assert row > 0
    wait_until(lambda: values(blank) == [(Cell(row, 0), 1200), (Cell(row, 1), 1100)], what="the entry in that cell")
    picture(screen, "reopened")


def _in_second_cell(place: Path) -> bool:
    return '"column":1' in place.read_text(encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="ends otherwise there")
def test_a_hard_crash_is_told_at_the_next_start_with_where_it_was(screen, blank, home):
    program = screen.start_program(["--operator=Clerk", str(blank)])
    wait_for_window(screen, blank, home, 1)
    screen.key("Down", "Return", *"1200", "Return")
    wait_until(lambda: any(map(_in_second_cell, home.rglob("*.place"))), what="the place to be kept")
    screen._programs.remove(program)  # its end is wanted
    os.kill(program.pid, signal.SIGSEGV)
    assert program.wait() == -signal.SIGSEGV
    screen.start_program([str(blank)])
    wait_for_window(screen, blank, home, 2)
    (report,) = wait_until(lambda: list(home.rglob("*problem*.txt")))
    screen.key(*"1100", "Return")
    wait_until(lambda: len(values(blank)) == 2, what="an entry in the cell that was left")
    picture(screen, "crashed")
    text = report.read_text(encoding="utf-8")
    assert "Segmentation fault" in text
    assert "tally_app/ui/app.py:" in text
    assert "Clerk" not in text


def test_the_start_says_why_there_is_no_window(screen, home, tmp_path):
    script = tmp_path / "broken.py"
    script.write_text(
        "import tally_app.ui.app as app\n"
        "def broken(*_): raise ValueError('Sok Chan')\n"
        "app.apply_theme = broken\n"
        "app.run_window(None, False, 'Sok Chan')\n",
        encoding="utf-8",
    )
    program = subprocess.Popen([sys.executable, script], env=screen._environment(), stderr=subprocess.PIPE, text=True)
    screen.window("Election Tally")
    picture(screen, "no-window")
    screen.key("Return")
    _, said = program.communicate(timeout=20)
    assert program.returncode == 1
    assert "Sok Chan" not in said
    (report,) = home.rglob("*problem*.txt")
    assert "ValueError" in report.read_text(encoding="utf-8")
