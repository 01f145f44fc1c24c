"""Checking a whole file beside the counting: a second, read-only opening of it in a thread of its own."""

from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal

from tally_app.storage import verify_file
from tally_app.storage.errors import StorageError


class Verifier(QThread):
    """Verifies one file."""

    found_whole = Signal(int)
    """Everything holds; so many events there are."""
    found_problem = Signal(str)
    """What does not hold, first."""
    failed = Signal(str)
    """The file could not be opened for checking."""

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path

    def run(self) -> None:
        """Verify with a connection of this thread's own."""
        try:
            outcome = verify_file(self._path)
        except StorageError as error:
            self.failed.emit(str(error))
            return
        if outcome.problem is None:
            self.found_whole.emit(outcome.events)
        else:
            self.found_problem.emit(outcome.problem.text)
