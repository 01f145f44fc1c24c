"""A document as it was after one of its events, for reading."""

from datetime import datetime
from pathlib import Path

from tally_app.document.document import Clock, Document
from tally_app.document.opening import refuse_foreign
from tally_app.storage.past import NoSuchEvent, PastJournal
from tally_app.storage.tally_file import TallyFile


def open_past(path: Path, moment: int | datetime, *, clock: Clock, origin: str) -> Document:
    """Open a file as it was after an event, or at a time; also while somebody is writing it.

    Raises: NoSuchEvent: there was nothing yet, or there is no such event. StorageError: the file cannot be read, or its
        chain does not hold.
    """
    file = TallyFile.open(path, read_only=True)
    try:
        seq = moment if isinstance(moment, int) else _last_until(file, moment)
        return _document(PastJournal(file, seq, file.path, owned=True), file.path, clock, origin)
    except BaseException:
        file.close()
        raise


def past_of(document: Document, seq: int, path: Path) -> Document:
    """Return an open document as it was after the event numbered *seq*; its journal stays the document's to close.

    *path*: the document's file, for messages.

    Raises: NoSuchEvent: there is no such event. StorageError: the file cannot be read, or its chain does not hold.
    """
    journal = PastJournal(document._journal, seq, path)  # the same room: it is lent to be read
    return _document(journal, path, document._clock, document._origin)


def _document(journal: PastJournal, path: Path, clock: Clock, origin: str) -> Document:
    refuse_foreign(path, journal)
    return Document(journal, clock, "", origin)


def _last_until(file: TallyFile, moment: datetime) -> int:
    """Return the number of the last event that bears this time or an earlier one: a clock may have been set back."""
    seq = 0
    for event in file.events():
        if datetime.fromisoformat(event.time) <= moment:
            seq = event.seq
    if not seq:
        raise NoSuchEvent(0, file.head.seq)
    return seq
