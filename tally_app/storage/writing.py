"""Adding an event to the journal, inside a transaction that the caller holds."""

from hashlib import sha256
from sqlite3 import Connection

from msgspec.json import encode

from tally_app.election.election import Election
from tally_app.storage.chain import GENESIS, event_hash, utc_text
from tally_app.storage.current import write_current
from tally_app.storage.events import CREATED, Change, Created, Event, Head, Record, Stamp
from tally_app.storage.fold import PayloadInvalid, decode_change
from tally_app.storage.schema import create_schema


def write_event(connection: Connection, head: Head | None, kind: str, payload: bytes, stamp: Stamp) -> Event:
    """Insert an event after *head* and make it the new head.

    Raises: PayloadInvalid: a text that is not Unicode, or a time without time zone.
    """
    seq = head.seq + 1 if head else 1
    try:
        fields = (str(seq), utc_text(stamp.time), stamp.operator, stamp.origin, kind, payload.decode())
        digest = event_hash(head.hash if head else GENESIS, (field.encode() for field in fields))
    except ValueError as error:
        raise PayloadInvalid(str(error)) from error
    event = Event(seq, *fields[1:], digest)
    connection.execute("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?)", event)
    connection.execute("INSERT OR REPLACE INTO head VALUES (1, ?, ?)", (seq, digest))
    return event


def write_change(
    connection: Connection, election: Election, head: Head, kind: str, payload: Change, stamp: Stamp
) -> Event:
    """Insert an event that changes figures or a record, and bring the current values up to date with it.

    Raises: PayloadInvalid, OldDiffers: it does not fit; the caller rolls back.
    """
    try:
        encoded = encode(payload)
    except (TypeError, ValueError, OverflowError, RecursionError) as error:
        raise PayloadInvalid(str(error)) from error
    # What is applied is what was written, read back: nothing gets in that a later fold could not read.
    change = decode_change(kind, encoded)
    if isinstance(payload, Record) and change != payload:
        raise PayloadInvalid("a record with a value that JSON has not: a tuple, a date, not-a-number")
    write_current(connection, election, kind, change)
    return write_event(connection, head, kind, encoded, stamp)


def write_new(connection: Connection, pack_json: bytes, created: Created, stamp: Stamp) -> Event:
    """Make the tables of a new file, its definition and its first event."""
    create_schema(connection, training=created.training)
    connection.execute("INSERT INTO definition VALUES (1, ?)", (pack_json.decode(),))
    return write_event(connection, None, CREATED, encode(created), stamp)


def describe_creation(pack_json: bytes, key: str, *, training: bool, program: str) -> Created:
    """Say what event 1 says about a new file."""
    return Created(sha256(pack_json).hexdigest(), key, training, program)
