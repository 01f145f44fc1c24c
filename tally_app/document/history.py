"""What happened to a document: its journal, newest first, read as far as somebody looks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from msgspec import DecodeError
from msgspec.json import decode

from tally_app.document.document import Document
from tally_app.document.explanations import EXPLANATION
from tally_app.document.lots import KIND as LOT
from tally_app.document.records import CHAMBER, RecordChange
from tally_app.document.second_entry import SECOND, SETTLEMENT
from tally_app.document.signing import SIGN_OFF, region_of_record
from tally_app.storage.events import CREATED, FIGURES, Change, Created, Event, Figures, Record
from tally_app.storage.fold import PayloadInvalid, decode_change
from tally_app.storage.journal import Journal

STATED = "stated"
"""Sort of the events that change what sources state."""
UNDO, REDO = "undo", "redo"

_BLOCK = 200
"""Events that are read at once: the journal is kept in the order of time, and asked for backwards."""
_NAMING = {SIGN_OFF: "name", LOT: "drawn_by"}
"""Fields of records that name somebody besides the operator, by kind."""


class About(NamedTuple):
    """What an event is about: all that a history can be filtered by."""

    time: datetime
    regions: frozenset[str]
    """Keys of the regions; ``CHAMBER`` for what concerns the chamber, or the file."""
    units: frozenset[str]
    """Keys of the units among the records: ``R5/21``."""
    persons: frozenset[str]
    """The operator, and who signed or drew the lot."""
    kinds: frozenset[str]
    """Its kind; of figures also the gesture: ``figures``, ``stated``, ``paste``, ``repair``, ``undo``, ``lot`` …"""


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
    event: Event | None = None
    """As the journal has it."""

    @property
    def region(self) -> str | None:
        """Key of the (first) region it is about; None: the chamber, or none."""
        match self.payload:
            case Figures(blocks=[first, *_]):
                return first.region
            case Figures(stated=[edit, *_]):
                return edit.region
            case Record() as record:
                return region_of_record(_change(self.kind, record))
        return None

    @property
    def about(self) -> About:
        """What it is about."""
        regions: set[str] = set()
        units: set[str] = set()
        if isinstance(self.payload, Figures):
            for block in self.payload.blocks:
                regions.add(block.region)
                units.update(f"{block.region}/{unit}" for unit in block.units)
            for edit in self.payload.stated:
                regions.add(edit.region or CHAMBER)
                units.update({f"{edit.region}/{edit.unit}"} if edit.unit is not None else ())
        elif isinstance(self.payload, Record):
            regions.add(self.region or CHAMBER)
            units.update(_unit_of(self.kind, self.payload))
        persons = {self.operator, *_named(self.kind, self.payload)}
        return About(
            self.time, frozenset(regions or {CHAMBER}), frozenset(units), frozenset(persons), frozenset(self._kinds())
        )

    def _kinds(self) -> Iterator[str]:
        if isinstance(self.payload, Figures):
            yield from [FIGURES] if self.payload.blocks or not self.payload.stated else []
            yield from [STATED] if self.payload.stated else []
            yield from [self.payload.gesture] if self.payload.gesture != "state" else []
        else:
            yield self.kind
        if isinstance(self.payload, Figures | Record) and self.payload.undoes is not None:
            yield REDO if self.again else UNDO


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events somebody wants to see; what is left out, does not matter. All that is given must hold.

    *unit*: its key among the records, ``R5/21``. *kind*: one of ``About.kinds``. *text*: part of what is told of an
    event, letters large or small. *since*, *until*: both included.
    """

    region: str | None = None
    unit: str | None = None
    person: str | None = None
    kind: str | None = None
    text: str = ""
    since: datetime | None = None
    until: datetime | None = None

    def __bool__(self) -> bool:
        return self != Wanted()

    def admits(self, about: About) -> bool:
        """Does an event fit, whatever is told of it?"""
        return (
            (self.region is None or self.region in about.regions)
            and (self.unit is None or self.unit in about.units)
            and (self.person is None or self.person in about.persons)
            and (self.kind is None or self.kind in about.kinds)
            and (self.since is None or about.time >= self.since)
            and (self.until is None or about.time <= self.until)
        )

    def holds(self, told: str) -> bool:
        """Is the text in what is told of an event?"""
        return self.text.strip().casefold() in told.casefold()

    def passes(self, entry: Entry, told: str = "") -> bool:
        """Does an event fit, of which *told* is told?"""
        return self.admits(entry.about) and self.holds(told)


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


def chronicle(document: Document, after: int = 0) -> Iterator[Entry]:
    """Yield what happened after the event numbered *after* in the order it happened.

    Raises: StorageError: the file can no longer be read.
    """
    journal = document._journal
    for event in islice(journal.events(after), max(0, journal.head.seq - after)):
        yield _entry(journal, event)


class Occurring(NamedTuple):
    """Who and what there is in a journal to filter it by."""

    persons: frozenset[str]
    kinds: frozenset[str]


def occurring(entries: Iterable[Entry]) -> Occurring:
    """Return the persons and kinds of these events."""
    persons: set[str] = set()
    kinds: set[str] = set()
    for entry in entries:
        about = entry.about
        persons |= about.persons
        kinds |= about.kinds
    return Occurring(frozenset(persons), frozenset(kinds))


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
        event=event,
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
        return payload.gesture == REDO
    if not isinstance(payload, Record) or payload.undoes is None:
        return False
    first = next(journal.events(payload.undoes - 1), None)
    before = _decoded(first) if first is not None and first.kind == kind else None
    return isinstance(before, Record) and before.new == payload.new


def _change(kind: str, record: Record) -> RecordChange:
    return RecordChange(kind, record.key, record.old, record.new)


def _unit_of(kind: str, record: Record) -> Iterator[str]:
    if kind in (SECOND, SETTLEMENT):
        yield record.key
    elif kind == EXPLANATION:
        value = record.new or record.old or {}
        if value.get("unit") is not None:
            yield f"{value.get('region')}/{value['unit']}"


def _named(kind: str, payload: Created | Change | None) -> Iterator[str]:
    """Yield who is named in a record besides its operator."""
    field = _NAMING.get(kind)
    if field is None or not isinstance(payload, Record):
        return
    for value in (payload.old, payload.new):
        name = (value or {}).get(field)
        if isinstance(name, str):
            yield name
