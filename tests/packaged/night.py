"""An evening at the desk, step by step, whichever way the program came there."""

import json
import shutil
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from tally_app.storage.tally_file import TallyFile
from tests.e2e.screen import ScreenError
from tests.e2e.senate import PUBLISHED, figures, keys
from tests.packaged.desk import Desk

PACK = "cambodia-senate-2024-blank"
TALLY = "senate.tally"
PROVINCES = 25
MAIN = r"senate\.tally — Election Tally$"
"""The title of the window of the count: others have the name of the file in theirs, too."""


def all_figures(more: int = 0) -> list[int]:
    """Every figure of every form in the order in which they are typed, each so much larger than it was published."""
    return [figure + more for region in PUBLISHED for figure in figures(region)]


def keys_by_region(more: int = 0) -> list[list[str]]:
    """The keys that type them, from the overview on."""
    return [["Next", *keys(figure + more for figure in figures(region))] for region in PUBLISHED]


def type_the_eight_regions(desk: Desk) -> None:
    """Type every form of a tally that is open, as published; wait until the file has them."""
    desk.screen.key("ctrl+Home")
    for forms in keys_by_region():
        desk.screen.key(*forms)
    desk.wait_for(lambda: counted(desk) == published(), "the published figures in the file")


def counted(desk: Desk) -> dict[str, tuple[tuple[int, ...], tuple[int, ...]]]:
    """Votes and seats of each region, as the program says them."""
    return {
        region["key"]: (tuple(region["votes"].values()), tuple(region["seats"].values()))
        for region in desk.results(TALLY)["regions"]
    }


def published() -> dict[str, tuple[tuple[int, ...], tuple[int, ...]]]:
    """Votes and seats of each region, as they were published."""
    return {key: (votes, seats) for key, (votes, seats, _) in PUBLISHED.items()}


def save_the_sheet(desk: Desk, folder: str) -> str:
    """Ctrl+P in the main window, Ctrl+S in the sheets' one, Enter in the dialog: return the PDF that came of it."""
    before = set(desk.debian.path(folder).glob("*.pdf"))
    desk.screen.key("ctrl+p")
    desk.window("^Sheets")
    desk.wait_for(lambda: _asks_for_a_file(desk), "the dialog to save a PDF")
    desk.picture("save-pdf")
    desk.screen.key("Return")
    desk.wait_for(lambda: set(desk.debian.path(folder).glob("*.pdf")) - before, "the PDF")
    desk.window("^Sheets")
    desk.picture("saved-pdf")
    desk.screen.key("ctrl+w")
    desk.window(MAIN)
    (made,) = set(desk.debian.path(folder).glob("*.pdf")) - before
    return f"{folder}/{made.name}"


def _asks_for_a_file(desk: Desk) -> bool:
    """Ctrl+S does nothing before there is a sheet to be seen."""
    desk.screen.key("ctrl+s")
    try:
        desk.screen.window("Save PDF", timeout=0.5)
    except ScreenError:
        return False
    return True


def keep_pdf(desk: Desk, inside: str, kept: Path) -> bytes:
    """Copy a PDF to where people may look at it."""
    copy = kept / Path(inside).name
    shutil.copyfile(desk.debian.path(inside), copy)
    return copy.read_bytes()


def status_of_sheet(desk: Desk, pdf: str) -> Any:
    """What ``verify-sheet`` says of a PDF and the tally."""
    return json.loads(desk.tally_app("verify-sheet", pdf, TALLY, "--json"))


def kill_while_typing(desk: Desk, tally: Path, more: int) -> int:
    """Type every form anew, *more* in each figure, and kill the program in the midst of it.

    Returns: the number of events that were in the file when somebody last looked before the program died.
    """
    desk.screen.key("ctrl+Home")
    window = desk.window(MAIN)
    before = last_event(tally)
    typing = desk.screen.typing(*chain(*keys_by_region(more)))
    desk.wait_for(lambda: last_event(tally) > before + len(all_figures()) // 4, "a quarter of the figures in the file")
    seen = last_event(tally)
    desk.kill(window)
    assert typing.poll() is None, "it was killed in the midst of typing"
    typing.wait(timeout=60)
    return seen


def last_event(tally: Path) -> int:
    """The number of the last event in a file that the program may be writing."""
    with TallyFile.open(tally, read_only=True) as file:
        return file.head.seq


def held(tally: Path, scratch: Path) -> tuple[int, list[int]]:
    """The last event of a file that nobody closed, and its figures in the order in which they are typed.

    A copy is looked at: the file is left to the program that must open it again.
    """
    for file in tally.parent.glob(f"{tally.name}*"):
        shutil.copyfile(file, scratch / file.name)
    with TallyFile.open(scratch / tally.name) as copy:
        assert copy.verify().ok
        return copy.head.seq, [int(value) for value in copy.values().ravel()]


def lose_power_and_go_on(desk: Desk, folder: str, opening: Sequence[str], scratch: Path) -> None:
    """Kill the program in the midst of typing; open the tally again by *opening* it: everything is there; go on."""
    tally = desk.debian.path(f"{folder}/{TALLY}")
    before, more = last_event(tally), 3
    seen = kill_while_typing(desk, tally, more)
    last, found = held(tally, scratch)
    stored = last - before
    assert seen <= last
    assert found == all_figures(more)[:stored] + all_figures()[stored:]

    desk.start(*opening, f"{folder}/{TALLY}")
    desk.window(MAIN)
    assert desk.results(f"{folder}/{TALLY}")["journal"]["events"] == last
    desk.tally_app("verify", f"{folder}/{TALLY}")
    desk.screen.key("Next")
    desk.picture("reopened-after-kill-9")
    type_the_eight_regions(desk)
    desk.quit()
    desk.tally_app("verify", f"{folder}/{TALLY}")
    assert held(tally, scratch)[1] == all_figures()
