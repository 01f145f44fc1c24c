"""Checking a whole file beside the counting, in a process of its own.

A thread would not do: reading a large file's definition holds the interpreter, and with it the keys, for half a second.
"""

from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, QProcess, Signal

from tally_app.ui.own_program import own_command


class _Problem(msgspec.Struct):
    text: str


class _Outcome(msgspec.Struct):
    """As much of what ``verify --json`` writes as matters here."""

    ok: bool = False
    events: int = 0
    problem: _Problem | None = None


class Verifier(QObject):
    """Verifies one file by the program's own command."""

    found_whole = Signal(int)
    """Everything holds; so many events there are."""
    found_problem = Signal(str)
    """What does not hold, first."""

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process = QProcess(self)
        program, *arguments = own_command()
        self._process.setProgram(program)
        self._process.setArguments([*arguments, "verify", str(path), "--json"])
        self._process.setStandardInputFile(QProcess.nullDevice())
        self._process.finished.connect(self._on_process_finished)

    @property
    def running(self) -> bool:
        """Is it not done yet?"""
        return self._process.state() != QProcess.ProcessState.NotRunning

    def start(self) -> None:
        """Begin; a signal tells the outcome."""
        self._process.start()

    def stop(self) -> None:
        """Give up: nobody waits for the outcome any more."""
        self._process.finished.disconnect(self._on_process_finished)
        self._process.kill()
        self._process.waitForFinished()

    def _on_process_finished(self) -> None:
        try:
            outcome = msgspec.json.decode(self._process.readAllStandardOutput().data(), type=_Outcome)
        except msgspec.DecodeError:
            outcome = _Outcome()
        if outcome.ok:
            self.found_whole.emit(outcome.events)
        elif outcome.problem is not None:
            self.found_problem.emit(outcome.problem.text)
        else:
            said = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace").strip()
            self.found_problem.emit(said or self.tr("the check itself could not be run"))
