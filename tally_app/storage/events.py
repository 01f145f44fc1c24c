"""What the journal keeps: one event per gesture, as JSON that any SQLite tool can show.

The journal is the truth: folding its events from the first gives every current value.
"""

from datetime import datetime
from typing import Any, NamedTuple

from msgspec import Struct

from tally_app.election.model import FigureKind

CREATED = "created"
"""Kind of the first event."""
FIGURES = "figures"
"""Kind of the events that change figures. Every other kind is a record's."""

JsonObject = dict[str, Any]
"""Text, whole and decimal numbers, true, false, null, lists and objects. 1, 1.0 and true are three values."""


class Stamp(NamedTuple):
    """Who, when and where: on every event."""

    time: datetime
    """With time zone."""
    operator: str
    origin: str
    """The workstation or program that made the event, e.g. ``window@count-3``."""


class Block(Struct, frozen=True, forbid_unknown_fields=True):
    """New values of *units* × *columns* of one region. ``old`` None: all were not entered before."""

    region: str
    units: list[str]
    columns: list[str]
    new: list[list[int | None]]
    old: list[list[int | None]] | None = None


class StatedEdit(Struct, frozen=True, forbid_unknown_fields=True):
    """A stated figure's value before and after, as text exactly as printed."""

    source: str
    figure: FigureKind
    region: str | None
    unit: str | None
    party: str | None
    old: str | None
    new: str | None


class Figures(Struct, frozen=True, forbid_unknown_fields=True):
    """Payload of a ``figures`` event: what one gesture changed.

    *gesture* is a word the reader's language is made from: pack, enter, paste, clear, fill, state, import, undo, redo.
    """

    gesture: str
    blocks: list[Block] = []
    stated: list[StatedEdit] = []
    undoes: int | None = None
    """Sequence number of the event that an undo takes back, or a redo does again."""
    reason: str = ""


class Record(Struct, frozen=True, forbid_unknown_fields=True):
    """Payload of every other event: something recorded about the count; the event's kind says what.

    A record has a current value by kind and *key*, e.g. kind ``lot``, key of a region. *new* None removes it. A kind
    that this program does not know is kept, folded and verified all the same.
    """

    key: str
    """Not empty."""
    old: JsonObject | None
    new: JsonObject | None
    undoes: int | None = None
    reason: str = ""


Change = Figures | Record


class RecordKey(NamedTuple):
    """What identifies a record: ``lot``, ``R5``."""

    kind: str
    key: str


class Created(Struct, frozen=True, forbid_unknown_fields=True):
    """Payload of the first event, kind ``created``: it ties the journal to the definition."""

    definition_sha256: str
    pack: str
    training: bool
    program: str


class Event(NamedTuple):
    """One line of the journal. ``hash`` covers every other field and the hash of the event before."""

    seq: int
    time: str
    """ISO 8601, UTC, milliseconds."""
    operator: str
    origin: str
    kind: str
    payload: str
    hash: str


class Head(NamedTuple):
    """The journal's last event: its number and hash."""

    seq: int
    hash: str
