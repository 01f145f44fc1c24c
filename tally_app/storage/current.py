"""The tables of current values: reading them whole, and changing the few rows an event touches."""

from itertools import chain
from sqlite3 import Connection
from typing import get_args

import numpy as np
from msgspec import DecodeError
from msgspec.json import decode, encode
from numpy.typing import NDArray

from tally_app.count.figures import FigureKey
from tally_app.election.election import Election
from tally_app.election.model import FigureKind
from tally_app.storage.events import Block, Change, JsonObject, Record, RecordKey, StatedEdit
from tally_app.storage.fold import (
    NOT_ENTERED,
    OldDiffers,
    PayloadInvalid,
    apply_patch,
    canonical,
    check_record,
    check_stated,
    resolve,
    stated_key,
)

_CHUNK = 256
"""Rows read at a time: few enough that Python does not start to collect garbage, which doubles the time."""
_LITTLE = np.dtype("<i8")
_FIGURE_KINDS = frozenset(get_args(FigureKind))


def read_values(connection: Connection, election: Election) -> NDArray[np.int64]:
    """Read all current values, units × columns.

    Raises: PayloadInvalid: a row that this election cannot have.
    """
    width = len(election.columns)
    values = np.full((election.unit_count, width), NOT_ENTERED, dtype=np.int64)
    cursor = connection.execute('SELECT "row", figures FROM current ORDER BY "row"')
    last = -1
    while lines := cursor.fetchmany(_CHUNK):
        units, blobs = zip(*lines, strict=True)
        rows = np.array((last, *units))
        if (np.diff(rows) <= 0).any() or rows[-1] >= election.unit_count:
            raise PayloadInvalid("current values of a unit that the election does not have")
        if set(map(type, blobs)) != {bytes} or set(map(len, blobs)) != {width * 8}:
            raise PayloadInvalid("current values of a unit with too many or too few columns")
        values[rows[1:]] = np.frombuffer(b"".join(blobs), dtype=_LITTLE).reshape(len(units), width)
        last = units[-1]
    return values


def read_stated(connection: Connection) -> dict[FigureKey, str]:
    """Read all stated figures.

    Raises: PayloadInvalid: a figure of a kind that does not exist.
    """
    stated: dict[FigureKey, str] = {}
    for source, figure, region, unit, party, value in connection.execute("SELECT * FROM stated"):
        if figure not in _FIGURE_KINDS:
            raise PayloadInvalid(f"a stated figure of the unknown kind '{figure}'")
        stated[FigureKey(source, figure, region or None, unit or None, party or None)] = value
    return stated


def read_records(connection: Connection, only: str | None = None) -> dict[RecordKey, JsonObject]:
    """Read all records, or those of one kind; a file of version 1 has none.

    Raises: PayloadInvalid: a value that is not a JSON object.
    """
    if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'records'").fetchone() is None:
        return {}
    records: dict[RecordKey, JsonObject] = {}
    of_kind, arguments = ("", ()) if only is None else (" WHERE kind = ?", (only,))
    for kind, key, value in connection.execute(f'SELECT kind, "key", value FROM records{of_kind}', arguments):
        name = RecordKey(kind, key)
        records[name] = _decode_record(name, value)
    return records


def write_current(connection: Connection, election: Election, kind: str, change: Change) -> None:
    """Bring the current values up to date with one event, inside the caller's transaction.

    Raises: PayloadInvalid, OldDiffers: the event does not fit; the caller rolls back.
    """
    if isinstance(change, Record):
        _write_record(connection, kind, change)
        return
    for block in change.blocks:
        _write_block(connection, election, block)
    for edit in change.stated:
        _write_stated(connection, edit)


def _write_block(connection: Connection, election: Election, block: Block) -> None:
    patch = resolve(election, block)
    width = len(election.columns)
    table = np.full((len(patch.rows), width), NOT_ENTERED, dtype=np.int64)
    position = {row: index for index, row in enumerate(patch.rows.tolist())}
    stored = connection.execute(
        'SELECT "row", figures FROM current WHERE "row" IN (SELECT value FROM json_each(?))',
        (encode(list(position)).decode(),),
    )
    for row, blob in stored:
        if row not in position or type(blob) is not bytes or len(blob) != width * 8:
            raise OldDiffers("current values of a unit with too many or too few columns")
        table[position[row]] = np.frombuffer(blob, dtype=_LITTLE)
    apply_patch(election, patch, table, np.arange(len(position)))
    data = table.astype(_LITTLE).tobytes()
    size = width * 8
    connection.executemany(
        'INSERT INTO current ("row", figures) VALUES (?, ?) ON CONFLICT DO UPDATE SET figures = excluded.figures',
        ((row, data[index * size : (index + 1) * size]) for row, index in position.items()),
    )


def _write_stated(connection: Connection, edit: StatedEdit) -> None:
    key = tuple(part or "" for part in stated_key(edit))
    where = "WHERE source = ? AND figure = ? AND region = ? AND unit = ? AND party = ?"
    stored = connection.execute(f"SELECT value FROM stated {where}", key).fetchone()
    check_stated(edit, stored[0] if stored else None)
    if edit.new is None:
        connection.execute(f"DELETE FROM stated {where}", key)
    else:
        connection.execute("INSERT OR REPLACE INTO stated VALUES (?, ?, ?, ?, ?, ?)", tuple(chain(key, (edit.new,))))


def _write_record(connection: Connection, kind: str, record: Record) -> None:
    name = RecordKey(kind, record.key)
    where = 'WHERE kind = ? AND "key" = ?'
    stored = connection.execute(f"SELECT value FROM records {where}", name).fetchone()
    try:
        there = _decode_record(name, stored[0]) if stored else None
    except PayloadInvalid as error:
        raise OldDiffers(str(error)) from error
    check_record(kind, record, there)
    if record.new is None:
        connection.execute(f"DELETE FROM records {where}", name)
    else:
        connection.execute("INSERT OR REPLACE INTO records VALUES (?, ?, ?)", (*name, canonical(record.new)))


def _decode_record(name: RecordKey, text: str) -> JsonObject:
    try:
        return decode(text, type=JsonObject)
    except (DecodeError, UnicodeError, RecursionError) as error:
        raise PayloadInvalid(f"the {name.kind} of {name.key!r} cannot be read ({error})") from error
