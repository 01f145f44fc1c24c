"""Checking a file: quickly on every opening, completely when asked."""

import sqlite3
from collections.abc import Callable, Iterator
from hashlib import sha256
from sqlite3 import Connection
from typing import NamedTuple

import msgspec
import numpy as np

from tally_app.election.election import Election
from tally_app.election.model import Pack
from tally_app.storage.chain import GENESIS, event_hash
from tally_app.storage.current import read_records, read_stated, read_values
from tally_app.storage.events import CREATED, Change, Created, Figures, Head, Record
from tally_app.storage.fold import (
    Fold,
    OldDiffers,
    PayloadInvalid,
    canonical,
    decode_change,
    describe_cell,
    number_text,
    stated_key,
)
from tally_app.storage.journal import Problem, Verification
from tally_app.storage.schema import APPLICATION_ID, MARKED_SINCE, SCHEMAS, TRAINING_ID, schema_fault

CHAIN_BUDGET = 128_000_000
"""Up to this cost [bytes hashed] the chain is checked on opening: about 0.3 s."""
FOLD_BUDGET = 8_000_000
"""Up to this much payload [bytes] the current values are compared with the journal on opening."""
_EVENT_COST = 4_000
"""To hash an event costs as much as so many bytes, whatever its length."""

_TEXTS = "text" * 6
_JOURNAL = """SELECT typeof(time) || typeof(operator) || typeof(origin) || typeof(kind) || typeof(payload) ||
typeof(hash), seq, CAST(seq AS BLOB), CAST(time AS BLOB), CAST(operator AS BLOB), CAST(origin AS BLOB),
CAST(kind AS BLOB), CAST(payload AS BLOB), CAST(hash AS BLOB) FROM journal ORDER BY seq"""

UNREADABLE = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What reading a damaged file raises; the second where SQLite's own message quotes the damage."""


class Broken(Exception):
    """Checking stopped at the first problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.text)
        self.problem = problem


class Opened(NamedTuple):
    """What the first look into a file yields."""

    version: int
    election: Election
    created: Created
    head: Head
    fully_checked: bool


class Link(NamedTuple):
    """An event whose hash was found right."""

    seq: int
    kind: str
    payload: bytes
    hash: str


def look_into(connection: Connection) -> Opened:
    """Read a file's definition and head, and check as much as can be done at once.

    Raises: Broken: something is wrong. sqlite3.Error: the file is damaged.
    """
    marks = _marks(connection)
    fault = schema_fault(connection, SCHEMAS[marks.version])
    if fault is not None:
        raise Broken(Problem("schema", None, fault.text))
    created = _created(connection)
    election = _election(connection, created)
    head = _head(connection)
    payload = 0
    for link in walk(connection):
        payload += len(link.payload)
        if payload + link.seq * _EVENT_COST > CHAIN_BUDGET:
            break
    foldable = payload <= FOLD_BUDGET
    if foldable:
        _compare(connection, election, _fold(connection, election, []))
    _compare_marks(marks, created)
    return Opened(marks.version, election, created, head, foldable)


def verify(connection: Connection) -> Verification:
    """Check everything there is, in one consistent view of the file."""
    good: list[int] = []
    try:
        connection.execute("BEGIN")
        try:
            _check_all(connection, good)
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
    except Broken as broken:
        return Verification(False, len(good), broken.problem)
    except UNREADABLE as error:
        return Verification(False, len(good), Problem("damaged", None, f"the file is damaged ({error})"))
    return Verification(True, len(good), None)


def walk(connection: Connection) -> Iterator[Link]:
    """Yield the journal's events as long as their numbers and hashes are right.

    Raises: Broken: names the first event that is not.
    """
    previous, expected = GENESIS, 1
    try:
        for types, seq, *fields, stored in connection.execute(_JOURNAL):
            if seq != expected:
                raise Broken(Problem("missing", expected, f"event {expected} is missing from the journal"))
            digest = event_hash(previous, fields) if types == _TEXTS else ""
            if not digest or stored != digest.encode():
                text = f"event {seq} of the journal, or one before it, was altered: its hash does not fit"
                raise Broken(Problem("chain", seq, text))
            yield Link(seq, fields[4].decode(errors="replace"), fields[5], digest)
            previous, expected = digest, expected + 1
    except UNREADABLE as error:
        text = f"event {expected} of the journal cannot be read ({error})"
        raise Broken(Problem("damaged", expected, text)) from error


def _check_all(connection: Connection, good: list[int]) -> None:
    marks = _marks(connection)
    fault = schema_fault(connection, SCHEMAS[marks.version])
    if fault is None or fault.tables_intact:
        created = _created(connection)
        election = _election(connection, created)
        fold = _fold(connection, election, good)
        _compare(connection, election, fold)
        _compare_marks(marks, created)
    if fault is not None:
        raise Broken(Problem("schema", None, fault.text))
    result = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if result != "ok":
        raise Broken(Problem("damaged", None, f"the file is damaged ({result})"))


class _Marks(NamedTuple):
    """What a file's first bytes say of it."""

    application: int
    version: int

    @property
    def training(self) -> bool:
        return self.application == TRAINING_ID


def _marks(connection: Connection) -> _Marks:
    application, version = (
        int(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("application_id", "user_version")
    )
    marks = _Marks(application, version)
    known = application == APPLICATION_ID or (marks.training and version >= MARKED_SINCE)
    if not known or version not in SCHEMAS:
        raise Broken(Problem("schema", None, f"its marks are {application:#x}, {version}"))
    return marks


def _compare_marks(marks: _Marks, created: Created) -> None:
    if marks.version >= MARKED_SINCE and marks.training != created.training:
        marked, made = ("practice", "a real count") if marks.training else ("a real count", "practice")
        raise Broken(Problem("schema", None, f"its first bytes mark it as {marked}, but by event 1 it is {made}"))


def _created(connection: Connection) -> Created:
    row = connection.execute("SELECT kind, CAST(payload AS BLOB) FROM journal WHERE seq = 1").fetchone()
    if row is None:
        raise Broken(Problem("missing", 1, "event 1 is missing from the journal"))
    try:
        if row[0] != CREATED or row[1] is None:
            raise PayloadInvalid(f"its kind is {row[0]}")
        return msgspec.json.decode(row[1], type=Created)
    except (msgspec.DecodeError, UnicodeDecodeError, PayloadInvalid) as error:
        raise Broken(Problem("event", 1, f"event 1 is not the creation of a file ({error})")) from error


def _election(connection: Connection, created: Created) -> Election:
    row = connection.execute("SELECT CAST(pack AS BLOB) FROM definition").fetchone()
    if row is None or row[0] is None:
        raise Broken(Problem("definition", None, "the election's definition is missing"))
    if sha256(row[0]).hexdigest() != created.definition_sha256:
        raise Broken(Problem("definition", None, "the election's definition is not the one of event 1"))
    try:
        return Election(msgspec.json.decode(row[0], type=Pack))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Broken(Problem("definition", None, f"the election's definition cannot be read ({error})")) from error


def _head(connection: Connection) -> Head:
    row = connection.execute("SELECT seq, hash FROM head").fetchone()
    if row is None:
        raise Broken(Problem("head", None, "the number of the last event is missing"))
    last = connection.execute("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    head = Head(*row)
    if last is None or not all(isinstance(number, int) for number in (head.seq, last[0])):
        raise Broken(Problem("head", None, "the number of the last event cannot be read"))
    _compare_heads(head, Head(*last))
    return head


def _compare_heads(head: Head, last: Head) -> None:
    if head.seq > last.seq:
        missing = last.seq + 1
        raise Broken(Problem("missing", missing, f"event {missing} is missing from the journal"))
    if head != last:
        raise Broken(Problem("head", last.seq, f"event {last.seq} is not the one the current values stand for"))


def _fold(connection: Connection, election: Election, good: list[int]) -> Fold:
    fold = Fold(election)
    last = Head(0, GENESIS)
    for link in walk(connection):
        if (link.kind == CREATED) != (link.seq == 1):
            raise Broken(Problem("event", link.seq, f"event {link.seq} is out of place"))
        if link.kind != CREATED:
            try:
                fold.apply(link.kind, decode_change(link.kind, link.payload))
            except (PayloadInvalid, OldDiffers) as error:
                text = f"event {link.seq} does not follow from the events before it: {error}"
                raise Broken(Problem("event", link.seq, text)) from error
        good.append(link.seq)
        last = Head(link.seq, link.hash)
    _compare_heads(_head(connection), last)
    return fold


def _compare(connection: Connection, election: Election, fold: Fold) -> None:
    try:
        _compare_values(connection, election, fold)
        _compare_stated(connection, fold)
        _compare_records(connection, fold)
    except PayloadInvalid as error:
        raise Broken(Problem("current", None, str(error))) from error


def _compare_values(connection: Connection, election: Election, fold: Fold) -> None:
    values = read_values(connection, election)
    different = np.flatnonzero(values != fold.values)
    if not different.size:
        return
    row, column = divmod(int(different[0]), values.shape[1])
    text = (
        f"{describe_cell(election, row, column)} holds {number_text(values[row, column])}, "
        f"but by the journal {number_text(fold.values[row, column])}"
    )
    region, unit = election.regions[election.region_of(row)].key, election.unit(row).key
    key = election.columns[column].key

    def enters(_: str, change: Change) -> bool:
        blocks = change.blocks if isinstance(change, Figures) else []
        return any(region == block.region and unit in block.units and key in block.columns for block in blocks)

    raise Broken(_current_problem(connection, text, enters))


def _compare_stated(connection: Connection, fold: Fold) -> None:
    stated = read_stated(connection)
    if stated == fold.stated:
        return
    key = min((stated.items() ^ fold.stated.items()), key=repr)[0]
    text = f"{key} is stated as {stated.get(key)!r}, but by the journal {fold.stated.get(key)!r}"

    def states(_: str, change: Change) -> bool:
        return isinstance(change, Figures) and any(stated_key(edit) == key for edit in change.stated)

    raise Broken(_current_problem(connection, text, states))


def _compare_records(connection: Connection, fold: Fold) -> None:
    stored = {name: canonical(value) for name, value in read_records(connection).items()}
    folded = {name: canonical(value) for name, value in fold.records.items()}
    if stored == folded:
        return
    kind, key = name = min(stored.items() ^ folded.items())[0]
    there, right = stored.get(name, "nothing"), folded.get(name, "nothing")
    text = f"the {kind} of {key!r} is recorded as {there}, but by the journal {right}"

    def records(event_kind: str, change: Change) -> bool:
        return isinstance(change, Record) and (event_kind, change.key) == name

    raise Broken(_current_problem(connection, text, records))


def _current_problem(connection: Connection, text: str, concerns: Callable[[str, Change], bool]) -> Problem:
    """Name the last event that concerns a wrong current value, if there is one."""
    event = None
    for link in walk(connection):
        if link.kind != CREATED and concerns(link.kind, decode_change(link.kind, link.payload)):
            event = link.seq
    return Problem("current", event, text + (f" (event {event})" if event else ""))
