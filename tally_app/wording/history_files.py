"""The history as files for others: a table for spreadsheets, and the event log of NIST SP 1500-101."""

from collections.abc import Iterator
from datetime import datetime

from tally_app import __version__
from tally_app.document.document import Document
from tally_app.document.history import Entry, Wanted, chronicle
from tally_app.document.journal_rows import JournalRow, journal_rows
from tally_app.exchange.csv_table import csv_table
from tally_app.exchange.event_log import Device, DeviceLog, Log, LoggedEvent, encoded_event, event_log
from tally_app.storage.events import Figures
from tally_app.wording.history import event_sentence
from tally_app.wording.names import Names
from tally_app.wording.numbers import counted

_PROGRAM = "Election Tally"
HARMLESS = "A field that begins with = + - @ or ' has an apostrophe (') before it, so that no spreadsheet runs it."


class Export:
    """The events of a history that somebody wants, in the order they happened, as pieces of a file.

    *events*: how many were written so far.
    """

    def __init__(self, document: Document, names: Names, wanted: Wanted) -> None:
        self._document = document
        self._names = names
        self._wanted = wanted
        self.events = 0

    def csv(self) -> Iterator[bytes]:
        """Yield the table, a row for each figure or record that an event changed.

        Raises: StorageError: the file can no longer be read.
        """
        training = self._document.training
        rows = (row for entry, _ in self._selected() for row in journal_rows(entry, training=training))
        yield from csv_table(JournalRow._fields, rows)

    def nist(self, generated: datetime) -> Iterator[bytes]:
        """Yield the event log, a device for each origin.

        Raises: StorageError: the file can no longer be read.
        """
        by_origin: dict[str, list[bytes]] = {}
        for entry, sentence in self._selected():
            by_origin.setdefault(entry.origin, []).append(encoded_event(_logged(entry, sentence)))
        devices = (DeviceLog(_device(origin), events) for origin, events in by_origin.items())
        head = self._document.head
        details = (
            f"Written by {_PROGRAM} {__version__}: {counted(self.events, 'event', 'events')} of {head.seq};"
            f" the journal's last hash is {head.hash}."
        )
        if self.events == head.seq:
            details += " Each hash can be computed from the events before it: see docs/file-format.md of the program."
        if self._document.training:
            details = f"TRAINING, not a real count. {details}"
        pack = self._document.election.pack
        yield from event_log(Log(generated.isoformat(timespec="milliseconds"), pack.key, details), devices)

    def _selected(self) -> Iterator[tuple[Entry, str]]:
        for entry in chronicle(self._document):
            if self._wanted.admits(entry.about):
                sentence = event_sentence(self._names, entry)
                if self._wanted.holds(told_text(entry, sentence)):
                    self.events += 1
                    yield entry, sentence


def told_text(entry: Entry, sentence: str) -> str:
    """Return what a text is looked for in: number, time, person, origin and sentence of an event."""
    return f"{entry.seq} {entry.time.astimezone():%Y-%m-%d %H:%M:%S} {entry.operator} {entry.origin} {sentence}"


def _logged(entry: Entry, sentence: str) -> LoggedEvent:
    gesture = f".{entry.payload.gesture}" if isinstance(entry.payload, Figures) else ""
    event = entry.event
    return LoggedEvent(
        id=f"{entry.kind}{gesture}",
        sequence=str(entry.seq),
        time_stamp=event.time if event is not None else entry.time.isoformat(),
        type=entry.kind,
        disposition="success",
        user_id=entry.operator,
        description=sentence,
        details=event.payload if event is not None else "",
        hash=event.hash if event is not None else "",
    )


def _device(origin: str) -> Device:
    return Device(
        id=origin,
        type="ems",
        details="Where the events were made, as the journal says.",
        manufacturer=_PROGRAM,
        model=_PROGRAM,
        hash_type="sha-256",
    )
