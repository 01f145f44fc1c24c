"""Starting this program again, in a process of its own."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QProcess, QProcessEnvironment

_FROZEN = bool(getattr(sys, "frozen", False))
_WITH_CONSOLE, _WITHOUT = "tally-app.exe", "election-tally.exe"
"""On Windows a program has a console or has none: a bundle has one executable for commands, one for the window."""


def own_command() -> list[str]:
    """Return the program and the first arguments with which this program runs a command, bundled or not."""
    return [_bundled(_WITH_CONSOLE)] if _FROZEN else [sys.executable, "-m", "tally_app"]


def open_in_another_window(path: Path) -> bool:
    """Start this program on a file, to live on when this process ends; False if it cannot be started."""
    return start_again([str(path)])


def start_again(words: Sequence[str]) -> bool:
    """Start this program with these arguments, to live on when this process ends; False if it cannot be started."""
    program, *arguments = own_command()
    # What an AppImage runs from is gone with the process that was started first.
    process = QProcess()
    process.setProgram(os.environ.get("APPIMAGE", _bundled(_WITHOUT)) if _FROZEN else program)
    process.setArguments([*arguments, *words])
    process.setProcessEnvironment(_of_a_first_process())
    started: object = process.startDetached()  # whether it was; PySide's stubs promise the process's number beside it
    return started is True or (isinstance(started, tuple) and started[0] is True)


def _bundled(on_windows: str) -> str:
    return str(Path(sys.executable).with_name(on_windows)) if sys.platform == "win32" else sys.executable


def _of_a_first_process() -> QProcessEnvironment:
    environment = QProcessEnvironment.systemEnvironment()
    if _FROZEN:
        environment.insert("PYINSTALLER_RESET_ENVIRONMENT", "1")  # else it believes to be a helper of this one
    return environment
