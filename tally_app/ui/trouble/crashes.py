"""Crashes that no exception tells of: the interpreter writes where it was, and the next start looks. No Qt here.

Every window has a number while it runs, the lowest that is free; its log and its crash file go by it. The lock that
holds the number goes with the process, however that ends.
"""

import faulthandler
import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from filelock import FileLock, Timeout

from tally_app.ui.trouble.traces import Trace

_MOST = 32
"""Windows at once that have a log."""
_CAUSES = (
    "Segmentation fault",
    "Aborted",
    "Bus error",
    "Floating-point exception",
    "Floating point exception",
    "Illegal instruction",
    "access violation",
    "stack overflow",
)
_FRAME = re.compile(r'\s*File "(?P<file>.*)", line (?P<line>\d+) in (?P<function>[\w<>.]+)')
_PACKAGES = frozenset(sys.stdlib_module_names) | {"tally_app", "PySide6", "numpy", "pandas", "typst", "msgspec"}
_LIBRARY = re.compile(r"site-packages|dist-packages|python3\.\d+|Lib")
"""Folders of Python's library and of what is installed beside it."""


class Seat:
    """The number of this window, and what the one before left in its crash file."""

    def __init__(self, folder: Path) -> None:
        """*folder*: of the program's own files. Where nothing can be written there, the window has no number."""
        self.number = 0
        """1, 2, …; 0: none."""
        self.left: Trace = ()
        """Where the program was when it crashed the last time, in the window that had this number."""
        self._file: TextIO | None = None
        self._lock: FileLock | None = None
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            self._sit_down(folder)

    def leave(self) -> None:
        """Give the number back: this window ended as it should."""
        if self._file is not None:
            faulthandler.disable()
            self._file.close()
            self._file = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _sit_down(self, folder: Path) -> None:
        for number in range(1, _MOST + 1):
            lock = FileLock(folder / f"window-{number}.lock", timeout=0, thread_local=False)
            with suppress(Timeout):
                lock.acquire()
                self._lock, self.number = lock, number
                break
        if not self.number:
            return
        crash = folder / f"window-{self.number}.crash"
        with suppress(FileNotFoundError):
            self.left = read_crash(crash.read_text(encoding="utf-8", errors="replace"))
        self._file = crash.open("w", encoding="utf-8")
        faulthandler.enable(self._file)


def read_crash(text: str) -> Trace:
    """Return what the interpreter wrote as it crashed, without the names of folders."""
    lines = text.splitlines()
    if not lines:
        return ()
    cause = next((cause for cause in _CAUSES if cause in lines[0]), "Crash")
    frames = [_frame(found) for found in map(_FRAME.fullmatch, lines) if found]
    return (cause, *(f"  {frame}" for frame in frames))


def _frame(found: re.Match[str]) -> str:
    file = _without_folders(found["file"].replace("\\", "/"))
    return f"{file}:{found['line']} in {found['function']}" if file else "(elsewhere)"


def _without_folders(file: str) -> str:
    """Return a file's name from its package on, as modules of a bundled program have it; empty for any other file."""
    *folders, name = file.split("/")
    if (*folders, name)[0].removesuffix(".py") in _PACKAGES:
        return file
    own = len(folders) - folders[::-1].index("tally_app") - 1 if "tally_app" in folders else None
    library = [index + 1 for index, folder in enumerate(folders) if _LIBRARY.fullmatch(folder)]
    first = own if own is not None else library[-1] if library else None
    return "" if first is None else "/".join((*folders[first:], name))
