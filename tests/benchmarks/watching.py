"""A program on a virtual screen, watched from outside: when its picture is there, and when a key is answered on it.

Nothing is asked of the program or of the X server: the server keeps its picture in a file, which is looked at.
"""

import os
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from subprocess import Popen
from types import TracebackType
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks import synthetic
from tests.e2e.screen import ScreenError, VirtualScreen, wait_until

Pixels = NDArray[np.uint32]

_ALIKE = 0.9
"""Of the pixels that a program paints, how many are as they will be in the end when its picture counts as there."""
_SAMPLE = 20_000
"""Pixels that are looked at: all of them would take the processor from the program that is watched."""
_QUIET = 1.5
"""A picture that does not change for so long is the last one [s]."""
_PATIENCE = 60.0
_STEP = 0.002


class Program(NamedTuple):
    """What is started: its command, and what its window is called once it shows the file (a regular expression)."""

    command: list[str]
    title: str
    env: Mapping[str, str] = {}


class Looks(NamedTuple):
    """Pixels of a program that is there, and of what a key changes: where to look, and what is to be seen."""

    there: NDArray[np.intp]
    picture: Pixels
    answer: NDArray[np.intp]
    answered: Pixels


class Start(NamedTuple):
    """Seconds from the start of the process."""

    painted: float
    usable: float
    """Painted, and a key that was pressed then is answered on the screen."""
    processor: float
    """What the program and whatever it started had of the processors until then [s]."""


class Watch:
    """A screen of its own on which programs are started one after the other.

    Raises: ScreenError on entering: there is no virtual screen here.
    """

    def __init__(self) -> None:
        self._open = ExitStack()

    def __enter__(self) -> Self:
        self._nowhere = self._open.enter_context(Path(os.devnull).open("wb"))
        folder = Path(self._open.enter_context(tempfile.TemporaryDirectory(dir=synthetic.folder())))
        try:
            self._screen = self._open.enter_context(VirtualScreen(picture=folder))
        except ScreenError:
            self._open.close()
            raise
        self._pixels = _pixels(folder / "Xvfb_screen0")
        self._empty = self._pixels.copy()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def rehearse(self, program: Program) -> Looks:
        """Start a program, press Down, and learn how it looks before and after."""
        process = self._screen.start(program.command, program.env, self._nowhere)
        self._screen.window(program.title, _PATIENCE)
        there = self._settled()
        self._screen.key("Down")
        wait_until(lambda: bool((self._pixels != there).any()), what="an answer to a key")
        answered = self._settled()
        self._end(process)
        painted, changed = _some(there != self._empty), _some(there != answered)
        return Looks(painted, there[painted], changed, answered[changed])

    def start(self, program: Program, looks: Looks) -> Start:
        """Start a program, press Down as soon as it looks as it did, and end it."""
        begun = time.monotonic()
        process = self._screen.start(program.command, program.env, self._nowhere)
        painted = self._wait(looks.there, looks.picture) - begun
        self._screen.key("Down")
        usable = self._wait(looks.answer, looks.answered) - begun
        used = _processor(process.pid)
        self._end(process)
        return Start(painted, usable, used)

    def _wait(self, where: NDArray[np.intp], wanted: Pixels) -> float:
        return _wait(lambda: bool((self._pixels[where] == wanted).mean() >= _ALIKE))

    def _settled(self) -> Pixels:
        """Wait until the picture stays as it is, and return it."""
        last, since = self._pixels.copy(), time.monotonic()
        end = since + _PATIENCE
        while time.monotonic() < since + _QUIET:
            if not np.array_equal(self._pixels, last):
                last, since = self._pixels.copy(), time.monotonic()
            if since > end:
                raise ScreenError("The picture never comes to rest")
            time.sleep(5 * _STEP)
        return last

    def _end(self, process: Popen[bytes]) -> None:
        self._screen.key("ctrl+q")
        process.wait(_PATIENCE)
        _wait(lambda: bool(np.array_equal(self._pixels, self._empty)))


def _pixels(path: Path) -> Pixels:
    """Return the picture in a file that an X server keeps: a header of XWD (X11/XWDFile.h), its colours, the pixels."""
    whole = np.memmap(path, mode="r")
    header = [int(number) for number in whole[:80].view(">u4")]
    size, width, height, colours = header[0], header[4], header[5], header[19]
    return whole[size + 12 * colours :][: 4 * width * height].view(np.uint32)


def _processor(pid: int) -> float:
    """Return the processor's time of a process, of all that it started and of all that these started [s]."""
    used: dict[int, int] = {}
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except OSError:  # it ended meanwhile
            continue
        fields = text.rpartition(")")[2].split()  # proc(5), from the state on
        number = int(path.parent.name)
        parents[number] = int(fields[1])
        used[number] = sum(map(int, fields[11:15]))
    family = {pid}
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
    return sum(used.get(each, 0) for each in family) / os.sysconf("SC_CLK_TCK")


def _some(chosen: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Return where some of the chosen pixels are, evenly spread."""
    where = np.flatnonzero(chosen)
    return where[:: max(1, len(where) // _SAMPLE)]


def _wait(reached: Callable[[], bool]) -> float:
    """Look again and again; return when it was reached."""
    end = time.monotonic() + _PATIENCE
    while not reached():
        if time.monotonic() > end:
            raise ScreenError("The picture is not as it was in the rehearsal")
        time.sleep(_STEP)
    return time.monotonic()
