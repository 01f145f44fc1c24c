"""Opening a file for one window, unless another window of this user shows it already."""

import os
import platform
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer

from tally_app.document.document import Document
from tally_app.storage.errors import FileLocked, Holder
from tally_app.ui.front import launch_token
from tally_app.ui.neighbours import Answer, Neighbours, wait

_PATIENCE_MS = 2000
"""For whoever has the file locked: a command is done by then."""
_OPENING_MS = 30_000
"""For a window that is just opening the file: a large one takes its time."""
_TRY_EVERY_MS = 100


class Opener:
    """Opens for writing, or finds who has the file."""

    def __init__(self, neighbours: Neighbours, open_for_writing: Callable[[Path], Document]) -> None:
        self._neighbours = neighbours
        self._open_for_writing = open_for_writing

    def open(self, path: Path) -> Document | None:
        """Open a file; None if another window shows it, which is in front now.

        Raises: StorageError: it cannot be opened for writing.
        """
        self._neighbours.opens(path)
        try:
            return self._open(path)
        finally:
            self._neighbours.opens(None)

    def _open(self, path: Path) -> Document | None:
        soon, later = QDeadlineTimer(_PATIENCE_MS), QDeadlineTimer(_OPENING_MS)
        while True:
            answer = self._neighbours.bring_to_front(path, launch_token())
            if answer is Answer.IN_FRONT:
                return None
            if answer is Answer.SILENT_BY_ANOTHER_NAME:
                raise FileLocked(path, Holder())  # its lock would not keep two from writing
            try:
                return self._open_for_writing(path)
            except FileLocked as error:
                patience = later if answer is Answer.OPENING else soon
                if patience.hasExpired() or answer is Answer.SILENT or _is_lasting(error.holder):
                    raise
            wait(_TRY_EVERY_MS)


def _is_lasting(holder: Holder) -> bool:
    """Is it of no use to wait: this process has it, or somebody on another computer?"""
    return bool(holder.pid) and (holder.pid == os.getpid() or holder.host != platform.node())
