"""What happened to a document: its journal, newest first, read as far as somebody looks."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from msgspec import DecodeError
from msgspec.json import decode

from tally_app.document.document import Document
from tally_app.document.lots import KIND as LOT
from tally_app.storage.events import CREATED, Change, Created, Event, Figures, Record
from tally_app.storage.fold import PayloadInvalid, decode_change
from tally_app.storage.journal import Journal

_BLOCK = 200
"""Events that are read at once: the journal is kept in the order of time, and asked for backwards."""


class Entry(NamedTuple):
    """One event, its payload decoded."""

    seq: int
    time: datetime
    operator: str
    origin: str
    kind: str
    payload: Created | Change | None
    """None: it cannot be read."""
    again: bool = False
    """Does it do again, and not take back, what it says it undoes?"""

    @property
    def region(self) -> str | None:
        """Key of the (first) region it is about."""
        match self.payload:
            case Figures(blocks=[first, *_]):
                return first.region
            case Figures(stated=[edit, *_]):
                return edit.region
            case Record(key=key) if self.kind == LOT:
                return key
        return None


def history(document: Document, after: int = 0) -> Iterator[Entry]:
    """Yield what happened after the event numbered *after*, newest first, from the moment the first is asked for.

    Raises: StorageError: the file can no longer be read.
    """
    journal = document._journal  # the same room: the document lends it to nobody else
    end = journal.head.seq
    while end > after:
        start = max(after, end - _BLOCK)
        for event in reversed(list(islice(journal.events(start), end - start))):
            yield _entry(journal, event)
        end = start


def _entry(journal: Journal, event: Event) -> Entry:
    payload = _decoded(event)
    return Entry(
        seq=event.seq,
        time=datetime.fromisoformat(event.time),
        operator=event.operator,
        origin=event.origin,
        kind=event.kind,
        payload=payload,
        again=_is_again(journal, event.kind, payload),
    )


def _decoded(event: Event) -> Created | Change | None:
    try:
        if event.kind == CREATED:
            return decode(event.payload, type=Created)
        return decode_change(event.kind, event.payload.encode())
    except (DecodeError, PayloadInvalid):  # in a journal too long to be checked on opening
        return None


def _is_again(journal: Journal, kind: str, payload: Created | Change | None) -> bool:
    """Tell redo from undo. A record does not say which: it is one if it leads to the same value again."""
    if isinstance(payload, Figures):
        return payload.gesture == "redo"
    if not isinstance(payload, Record) or payload.undoes is None:
        return False
    first = next(journal.events(payload.undoes - 1), None)
    before = _decoded(first) if first is not None and first.kind == kind else None
    return isinstance(before, Record) and before.new == payload.new
