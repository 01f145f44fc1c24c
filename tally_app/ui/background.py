"""Checking a whole file beside the counting: a second, read-only opening of it in a thread of its own."""

from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal

from tally_app.storage.errors import StorageError
from tally_app.storage.journal import Verification
from tally_app.storage.tally_file import TallyFile


class Verifier(QThread):
    """Verifies one file."""

    verified = Signal(object)
    """A Verification."""
    failed = Signal(str)
    """The file could not be opened for checking."""

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path

    def run(self) -> None:
        """Open, verify, close."""
        try:
            file = TallyFile.open(self._path, read_only=True)
            try:
                verification: Verification = file.verify()
            finally:
                file.close()
        except StorageError as error:
            self.failed.emit(str(error))
        else:
            self.verified.emit(verification)
