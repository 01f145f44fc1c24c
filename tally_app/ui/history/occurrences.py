"""Who and what there is in a journal, gathered while no key is pressed: a long journal takes a while."""

from collections.abc import Iterator
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from tally_app.document.document import Document
from tally_app.document.history import Entry, Occurring, history, occurring
from tally_app.storage.errors import StorageError

_SLICE = 0.004
"""So long a slice may hold up the keys [s]."""


class Occurrences(QObject):
    """The persons and kinds of a document's events, from the newest on; ``changed`` when there are more."""

    changed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._source: Iterator[Entry] | None = None
        self._newest = 0
        self.found = Occurring(frozenset(), frozenset())
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_timer_timeout)

    def begin(self) -> None:
        """Begin to gather, if nobody has before."""
        if self._source is None:
            self._newest = self._document.head.seq
            self._source = history(self._document)
            self._timer.start()

    def stop(self) -> None:
        """Gather no more: the file is being closed."""
        self._timer.stop()

    def add_new(self) -> None:
        """Take over what happened since. Nothing to do while nobody has asked."""
        if self._source is None:
            return
        try:
            self._add(occurring(history(self._document, self._newest)))
        except StorageError:
            return  # whoever shows the events says so
        self._newest = self._document.head.seq

    def _on_timer_timeout(self) -> None:
        source = self._source
        end = perf_counter() + _SLICE
        entries = []
        try:
            while source is not None and perf_counter() < end:
                entry = next(source, None)
                if entry is None:
                    self._timer.stop()
                    break
                entries.append(entry)
        except StorageError:
            self._timer.stop()  # whoever shows the events says so
        self._add(occurring(entries))

    def _add(self, more: Occurring) -> None:
        both = Occurring(self.found.persons | more.persons, self.found.kinds | more.kinds)
        if both != self.found:
            self.found = both
            self.changed.emit()
