"""The application object."""

from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class Application(QApplication):
    """Takes the files that the desktop hands to a running program: on macOS it is started once, and then told.

    Not by an event filter: a filter for the application sees every event of every object, each key press included.
    """

    file_opened = Signal(Path)
    """This file is to be opened."""

    def event(self, event: QEvent) -> bool:
        """Take the events that name a file; one that names an address on a network is nobody's."""
        if isinstance(event, QFileOpenEvent):
            if event.file():
                self.file_opened.emit(Path(event.file()))
            return True
        return super().event(event)
