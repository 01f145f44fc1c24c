"""The history as a table: newest first, read from the journal only as far as somebody scrolls."""

from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QColor

from tally_app.document.document import Document
from tally_app.document.history import About, Entry, Wanted, history
from tally_app.storage.errors import StorageError
from tally_app.ui.theme import COLOURS
from tally_app.wording.history import event_sentence
from tally_app.wording.names import Names
from tally_app.wording.numbers import grouped

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_PAGE = 100
"""Lines that are shown at once."""
_LOOKED_AT = 1000
"""Events that are looked through at once; then the keys have their turn."""


class Part(IntEnum):
    """The columns."""

    NUMBER = 0
    TIME = 1
    WHO = 2
    WHAT = 3


class Line(NamedTuple):
    """An event as it is shown."""

    seq: int
    region: str | None
    origin: str
    texts: tuple[str, str, str, str]
    """Number, time, who, what."""
    about: About

    @property
    def details(self) -> str:
        """Everything about it in one text."""
        number, time, who, what = self.texts
        return f"No. {number} · {time} · {who} · {self.origin}\n{what}"

    @property
    def remainder(self) -> str:
        """What the table has no room for: the whole sentence, the number, where it was done."""
        return f"{self.texts[Part.WHAT]} (no. {grouped(self.seq)}, {self.origin})"


class HistoryModel(QAbstractTableModel):
    """Events that somebody wants to see. ``exhausted``: there are no older ones."""

    progressed = Signal()
    """More of the journal was read, whatever came of it."""
    failed = Signal(str)
    """The journal could not be read. Carries the message."""

    def __init__(self, document: Document, names: Names, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._names = names
        self._wanted = Wanted()
        self._source: Iterator[Entry] | None = None
        self._read: list[Line] = []
        self._shown: list[Line] = []
        self.exhausted = False
        self._searching = QTimer(self)
        self._searching.setSingleShot(True)
        self._searching.setInterval(0)
        self._searching.timeout.connect(self._on_searching_timeout)

    @property
    def searching(self) -> bool:
        """Is the journal being looked through for what is wanted?"""
        return self._searching.isActive()

    def line(self, row: int) -> Line:
        """Return a row's event."""
        return self._shown[row]

    @property
    def wanted(self) -> Wanted:
        """What is shown."""
        return self._wanted

    def set_wanted(self, wanted: Wanted) -> None:
        """Show only this."""
        self._wanted = wanted
        self.beginResetModel()
        self._shown = [line for line in self._read if self._matches(line)]
        self.endResetModel()
        if len(self._shown) < _PAGE and self._source is not None:
            self._look_further(self._source)

    def use_names(self, names: Names) -> None:
        """Tell everything anew, in another language."""
        self._names = names
        self._searching.stop()
        self.beginResetModel()
        begun = self._source is not None
        self._read, self._shown, self._source, self.exhausted = [], [], None, False
        self.endResetModel()
        if begun:
            self.begin()

    def begin(self) -> None:
        """Read the newest events, if nobody has looked before."""
        if self._source is None and not self.exhausted:
            self._source = history(self._document)
            self._look_further(self._source)

    def stop(self) -> None:
        """Read no further: the file is being closed."""
        self._searching.stop()
        self.exhausted = True

    def add_new(self) -> None:
        """Put what happened since at the top. Nothing to do while nobody has looked."""
        if self._source is None:
            return
        newest = self._read[0].seq if self._read else 0
        try:
            new = [self._told(entry) for entry in history(self._document, newest)]
        except StorageError as error:
            self.failed.emit(str(error))
            return
        self._read[:0] = new
        fitting = [line for line in new if self._matches(line)]
        if fitting:
            self.beginInsertRows(_NO_INDEX, 0, len(fitting) - 1)
            self._shown[:0] = fitting
            self.endInsertRows()
        self.progressed.emit()

    def canFetchMore(self, parent: Index = _NO_INDEX) -> bool:
        """Are there older events?"""
        return not parent.isValid() and self._source is not None and not self.exhausted

    def fetchMore(self, parent: Index = _NO_INDEX) -> None:
        """Read older events."""
        if self.canFetchMore(parent) and self._source is not None and not self.searching:
            self._look_further(self._source)

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Events that were read so far and are wanted."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """Number, time, who, what."""
        return 0 if parent.isValid() else len(Part)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name the columns."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("No."), self.tr("Time"), self.tr("Who"), self.tr("What"))[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's text, and all of the event as its tooltip."""
        line = self._shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.texts[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.details
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(index.column())
        if role == Qt.ItemDataRole.ForegroundRole and index.column() != Part.WHAT:
            return QColor(COLOURS.muted)
        return None

    def _look_further(self, source: Iterator[Entry]) -> None:
        """Read until a page is full; after many events without a hit go on later."""
        try:
            lines = self._next_lines(source)
        except StorageError as error:
            self.exhausted = True
            self.failed.emit(str(error))
            return
        if lines:
            first = len(self._shown)
            self.beginInsertRows(_NO_INDEX, first, first + len(lines) - 1)
            self._shown += lines
            self.endInsertRows()
        elif not self.exhausted:
            self._searching.start()
        self.progressed.emit()

    def _next_lines(self, source: Iterator[Entry]) -> Sequence[Line]:
        lines: list[Line] = []
        for _ in range(_LOOKED_AT):
            entry = next(source, None)
            if entry is None:
                self.exhausted = True
                break
            line = self._told(entry)
            self._read.append(line)
            if self._matches(line):
                lines.append(line)
            if len(lines) == _PAGE:
                break
        return lines

    def _told(self, entry: Entry) -> Line:
        time = f"{entry.time.astimezone():%Y-%m-%d %H:%M:%S}"
        texts = (grouped(entry.seq), time, entry.operator, event_sentence(self._names, entry))
        return Line(entry.seq, entry.region, entry.origin, texts, entry.about)

    def _matches(self, line: Line) -> bool:
        return self._wanted.admits(line.about) and self._wanted.holds(line.details)

    def _on_searching_timeout(self) -> None:
        if self._source is not None:
            self._look_further(self._source)


def _aligned(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == Part.NUMBER else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
