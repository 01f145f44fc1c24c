"""Dialogs that ask for a file and open none.

Qt's own look into the files of a folder, to choose icons by what is in them. A POSIX system then drops every lock that
this process holds on a file it looked into (fcntl(2): "closing any descriptor"): SQLite's locks on the tally that is
open among them. The next program that reads the tally takes it for closed, and empties the memory that both share.
"""

import sys

from PySide6.QtCore import QFileInfo
from PySide6.QtGui import QAbstractFileIconProvider, QIcon
from PySide6.QtWidgets import QFileDialog, QFileIconProvider, QWidget


class FileDialog(QFileDialog):
    """Qt's three questions, with files shown by their names alone."""

    def __init__(self, parent: QWidget | None, title: str, start: str, filters: str = "") -> None:
        super().__init__(parent, title, "", filters)
        if sys.platform not in ("darwin", "win32"):  # there the system's own dialogs ask, in a process of their own
            self.setOption(QFileDialog.Option.DontUseNativeDialog)
        self._icons = _ByName()
        self.setIconProvider(self._icons)
        info = QFileInfo(start)
        if info.isDir():
            self.setDirectory(start)
        elif start:
            self.setDirectory(info.absolutePath())
            self.selectFile(info.fileName())

    @classmethod
    def ask_to_open(cls, parent: QWidget | None, title: str, start: str, filters: str) -> str:
        """Ask for a file that is there; empty: none was chosen. *start*: a folder, or a file in it."""
        dialog = cls(parent, title, start, filters)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        return dialog._answer()[0]

    @classmethod
    def ask_to_save(cls, parent: QWidget | None, title: str, start: str, filters: str) -> tuple[str, str]:
        """Ask for a file to write, and whether to overwrite one that is there: its name, and the filter chosen."""
        dialog = cls(parent, title, start, filters)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        return dialog._answer()

    @classmethod
    def ask_folder(cls, parent: QWidget | None, title: str, start: str) -> str:
        """Ask for a folder; empty: none was chosen."""
        dialog = cls(parent, title, start)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        return dialog._answer()[0]

    def _answer(self) -> tuple[str, str]:
        accepted = self.exec() == QFileDialog.DialogCode.Accepted
        names = self.selectedFiles() if accepted else []
        chosen = self.selectedNameFilter()
        # Later, from the event loop: Qt waits there for its thread that looks up icons, and that thread for Python.
        self.deleteLater()
        return (names[0] if names else ""), chosen


class _ByName(QAbstractFileIconProvider):
    """Icons and kinds of files without a look into them. Asked by a thread of Qt, so all is made beforehand."""

    def __init__(self) -> None:
        super().__init__()
        usual = QFileIconProvider()
        self._folder = usual.icon(QAbstractFileIconProvider.IconType.Folder)
        self._file = usual.icon(QAbstractFileIconProvider.IconType.File)

    def icon(self, what: QFileInfo | QAbstractFileIconProvider.IconType) -> QIcon:
        """Return the icon of a folder or of a file."""
        folder = what.isDir() if isinstance(what, QFileInfo) else what is not QAbstractFileIconProvider.IconType.File
        return self._folder if folder else self._file

    def type(self, info: QFileInfo) -> str:
        """Return what the column of kinds says: the end of the name."""
        return "" if info.isDir() else info.suffix()
