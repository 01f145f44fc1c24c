"""The program is killed at any moment: every entry that was reported as saved is in the file.

The kernel still writes what a killed program gave it: this proves the order of writing and reporting, not the disk's.

``TALLY_WINDOW_KILLS`` sets how often the window is killed (10 unless told), ``TALLY_KILLS`` how often the document
without a window is (60 unless told), ``TALLY_SEED`` what is entered and when the kill comes.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tally_app.storage.tally_file import TallyFile
from tests.e2e.watching import ObservedProgram, Teller, all_keys, missing

WINDOW_KILLS = int(os.environ.get("TALLY_WINDOW_KILLS", "10"))
KILLS = int(os.environ.get("TALLY_KILLS", "60"))
KILLS_OF_A_FILE = 25  # a longer journal only takes longer to verify
SEED = int(os.environ.get("TALLY_SEED", "20240225"))

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9")


class Ledger:
    """What one file's programs reported as saved before they were killed, and whether it is there."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.kills = 0
        self.reported = 0
        self.begin()

    def begin(self) -> None:
        """Begin with what is in the file now."""
        self._head = head(self._path)

    def settle(self, killed: Teller, note: str) -> None:
        """Compare what a killed program reported with what its file holds."""
        reported = killed.told("saved")
        assert missing(self._path, reported) == [], note
        last = reported[-1]["saved"] if reported else self._head
        self._head = head(self._path)
        assert self._head in (last, last + 1), "at most the gesture being stored when it died is one more"
        self.kills += 1
        self.reported += len(reported)


def head(path: Path) -> int:
    with TallyFile.open(path, read_only=True) as file:
        return file.head.seq


@pytest.fixture
def ledger(blank: Path) -> Iterator[Ledger]:
    ledger = Ledger(blank)
    yield ledger
    print(f"seed {SEED}: {ledger.kills} kills, {ledger.reported} gestures reported as saved and found in the file")


@pytest.mark.window
@pytest.mark.timeout(120 + 10 * WINDOW_KILLS)
def test_every_entry_the_status_bar_called_saved_survives_kill_9(blank, ledger, screen, tmp_path):
    chance = random.Random(SEED)
    for number in range(WINDOW_KILLS):
        program = ObservedProgram(screen, blank, tmp_path / f"window-{number}.log")
        typing = screen.typing(*all_keys(night_shift(chance)))
        entries, seconds = chance.randrange(12), chance.uniform(0, 0.2)
        if entries:
            program.wait_for("saved", count=entries)
        time.sleep(seconds)
        program.kill()
        typing.wait(timeout=60)
        assert program.complaints == []
        ledger.settle(program, f"kill {number}, {seconds:.3f} s after {entries} entries, seed {SEED}")


@pytest.mark.timeout(120 + 5 * KILLS)
def test_every_gesture_the_document_committed_survives_kill_9(blank, ledger, tmp_path):
    """Every fifth time it is killed while the file is being opened, else while gestures are committed."""
    chance = random.Random(SEED)
    empty = blank.read_bytes()
    for number in range(KILLS):
        if number % KILLS_OF_A_FILE == 0:
            blank.write_bytes(empty)
            ledger.begin()
        opening = number % 5 == 4
        seconds = chance.uniform(0, 0.4 if opening else 0.06)
        writer = Teller(tmp_path / f"document-{number}.log")
        run_and_kill(writer, blank, number, opening, seconds)
        assert writer.complaints == []
        ledger.settle(writer, f"kill {number}, {seconds:.3f} s after the {'start' if opening else 'opening'}")


def run_and_kill(writer: Teller, path: Path, seed: int, opening: bool, seconds: float) -> None:
    command = [sys.executable, "-m", "tests.e2e.document_stream", str(path), str(seed)]
    with writer.log.open("ab") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        if not opening:
            writer.wait_for("ready")
        time.sleep(seconds)
        process.kill()


def night_shift(chance: random.Random) -> list[str]:
    """Some region's forms: mostly numbers, each with Enter; now and then Undo, Redo, Delete, or a row filled with 0."""
    words = ["ctrl+Home", *["Next"] * chance.randrange(1, 9)]  # killed before, the window opens where it was
    for _ in range(24):
        words += [str(chance.randrange(1, 2000)), "Return"]
        words += chance.choices([[], ["ctrl+z"], ["ctrl+y"], ["Delete"], ["ctrl+0"]], weights=[12, 2, 1, 1, 1])[0]
    return words
