"""Watching the program from outside: what its window claimed, and what the file holds."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from tally_app.storage.events import Figures
from tally_app.storage.tally_file import TallyFile
from tests.e2e.screen import VirtualScreen, wait_until

Told = dict[str, Any]


class Teller:
    """A log of JSON lines that a process writes; what is not JSON is a complaint of Python or Qt."""

    def __init__(self, log: Path) -> None:
        self.log = log

    @property
    def complaints(self) -> list[str]:
        return [line for line in self._complete() if not line.startswith("{")]

    def told(self, key: str) -> list[Told]:
        """What was told under *key*, in order. A line cut off by the end of the process is not told."""
        lines = [json.loads(line) for line in self._complete() if line.startswith("{")]
        return [line for line in lines if key in line]

    def wait_for(self, key: str, fits: Callable[[Told], bool] = bool, count: int = 1) -> Told:
        """Wait until *count* lines under *key* fit; return the last of them."""
        what = f"{count} × {key!r} in {self.log.name}"
        return wait_until(lambda: [line for line in self.told(key) if fits(line)][count - 1 :], what=what)[0]

    def _complete(self) -> list[str]:
        *complete, _ = self.log.read_text(encoding="utf-8").split("\n")
        return complete


class ObservedProgram(Teller):
    """The program on a virtual screen, open on a file, with the keyboard."""

    def __init__(self, screen: VirtualScreen, path: Path, log: Path, operator: str = "Clerk") -> None:
        super().__init__(log)
        self._screen = screen
        command = [sys.executable, "-m", "tests.e2e.observed", str(path), operator]
        with log.open("ab") as output:
            self._process = screen.start(command, output=output)
        self.wait_for("active")

    def enter(self, *figures: int) -> None:
        """Type figures, each with Enter."""
        self._screen.key(*(key for figure in figures for key in (*str(figure), "Return")))

    def kill(self) -> None:
        self._screen.kill(self._process)

    def wait(self) -> int:
        """Wait until the program has ended by itself."""
        return wait_until(lambda: [code] if (code := self._process.poll()) is not None else None, what="its end")[0]


def tally_app(*words: object) -> subprocess.CompletedProcess[str]:
    """Run a command of the program."""
    command = [sys.executable, "-m", "tally_app", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def results(path: Path) -> Any:
    """What ``tally-app results`` says, while a window may be open on the file."""
    done = tally_app("results", path, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def missing(path: Path, reported: Sequence[Told]) -> list[Told]:
    """Open the file for writing, as the program does, verify it, and return the reported entries it does not hold.

    An entry is held if its event is in the journal with these figures, and the figures are the current ones where no
    later event changed them.
    """
    with TallyFile.open(path) as file:
        outcome = file.verify()
        assert outcome.ok, outcome.problem
        journal = {event.seq: _changes(file, event.payload) for event in file.events(1)}
        values = file.values()
    latest = {cell: seq for seq, changes in journal.items() for cell in changes}
    return [entry for entry in reported if not _holds(journal, latest, values, entry)]


def _holds(journal: dict[int, dict[tuple[int, int], int | None]], latest: Any, values: Any, entry: Told) -> bool:
    seq = entry["saved"]
    cells = {(row, column): value for row, column, value in entry["cells"]}
    current = {cell: value for cell, value in cells.items() if latest.get(cell) == seq}
    there = all(values[cell] == (-1 if value is None else value) for cell, value in current.items())
    return journal.get(seq) == cells and there


def _changes(file: TallyFile, payload: str) -> dict[tuple[int, int], int | None]:
    election = file.election
    return {
        (election.row(block.region, unit), election.column_index[column]): value
        for block in msgspec.json.decode(payload, type=Figures).blocks
        for unit, line in zip(block.units, block.new, strict=True)
        for column, value in zip(block.columns, line, strict=True)
    }


def all_keys(words: Iterable[str]) -> list[str]:
    """X's names of the keys: a number becomes its digits, anything else is the name of one key."""
    return [key for word in words for key in (word if word.isdigit() else [word])]
