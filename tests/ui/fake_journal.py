"""A journal in memory, for screens that are tested without a file."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

import numpy as np
from msgspec.json import encode
from numpy.typing import NDArray

from tally_app.count.book import NOT_ENTERED
from tally_app.count.figures import FigureKey
from tally_app.document.document import Document
from tally_app.document.edit import pack_edit
from tally_app.election.election import Election
from tally_app.election.pack import load_election
from tally_app.resources import resource
from tally_app.storage.events import Change, Event, Head, JsonObject, Record, RecordKey, Stamp

NIGHT = datetime(2024, 2, 25, 22, 14, 3, tzinfo=UTC)


class FakeJournal:
    """Keeps what is appended; of current values it brings only records up to date."""

    def __init__(self, election: Election, *, with_pack: bool = True, read_only: bool = False) -> None:
        self.election = election
        self.training = True
        self.definition_sha256 = "0" * 64
        self.read_only = read_only
        self.fully_checked = True
        self.appended: list[Event] = []
        self._values = np.full((election.unit_count, len(election.columns)), NOT_ENTERED, dtype=np.int64)
        self._stated: dict[FigureKey, str] = {}
        self._records: dict[RecordKey, JsonObject | None] = {}
        if with_pack:
            edit = pack_edit(election)
            for cell, _, new in edit.cells:
                self._values[cell] = NOT_ENTERED if new is None else new
            self._stated = {key: new for key, _, new in edit.stated if new is not None}

    @property
    def head(self) -> Head:
        return Head(len(self.appended), f"{len(self.appended):064x}")

    def values(self) -> NDArray[np.int64]:
        return self._values.copy()

    def stated(self) -> Mapping[FigureKey, str]:
        return dict(self._stated)

    def records(self, kind: str) -> Mapping[str, JsonObject]:
        return {name.key: value for name, value in self._records.items() if name.kind == kind and value is not None}

    def append_all(self, changes: Sequence[tuple[str, Change]], stamp: Stamp) -> list[Event]:
        return [self._append(kind, payload, stamp) for kind, payload in changes]

    def _append(self, kind: str, payload: Change, stamp: Stamp) -> Event:
        if isinstance(payload, Record):
            self._records[RecordKey(kind, payload.key)] = payload.new
        number = len(self.appended) + 1
        text, digest = encode(payload).decode(), f"{number:064x}"
        event = Event(number, stamp.time.isoformat(), stamp.operator, stamp.origin, kind, text, digest)
        self.appended.append(event)
        return event

    def events(self, after: int = 0) -> Iterator[Event]:
        return iter(self.appended[after:])

    def close(self) -> None:
        """Nothing to close."""


def open_document(election: Election, *, with_pack: bool = True, read_only: bool = False) -> Document:
    """A document over a journal in memory. *with_pack*: with the figures that came with the pack."""
    journal = FakeJournal(election, with_pack=with_pack, read_only=read_only)
    return Document(journal, clock=lambda: NIGHT, operator="S. Chan", origin="test")  # type: ignore[arg-type,unused-ignore]


def bundled_document(key: str = "cambodia-senate-2024") -> Document:
    """A document of a bundled election."""
    return open_document(load_election(resource("elections", f"{key}.json")))
