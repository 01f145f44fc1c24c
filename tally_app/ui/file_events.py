"""Files that the desktop hands to a running program: macOS, where a program is started once and then told."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QFileOpenEvent


class FileEvents(QObject):
    """Filters the application's events. *opened* carries the file that is to be opened."""

    opened = Signal(Path)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the events that name a file; one that names an address on a network is nobody's."""
        if isinstance(event, QFileOpenEvent):
            if event.file():
                self.opened.emit(Path(event.file()))
            return True
        return super().eventFilter(watched, event)
