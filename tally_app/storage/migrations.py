"""Bringing the file of an earlier version up to date: a copy first, then all steps in one transaction."""

from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection

import msgspec

from tally_app.storage.connection import connect_reader, connect_writer, transaction, translated
from tally_app.storage.errors import FileAlreadyThere, OlderVersion, TamperedFile
from tally_app.storage.events import Created
from tally_app.storage.place import beside, place
from tally_app.storage.schema import SCHEMA, VERSION, mark
from tally_app.storage.verification import Broken, Opened, look_into

Migrations = Mapping[int, Callable[[Connection], None]]
"""Version → the step that makes a file of the next one from it."""


def _add_records(connection: Connection) -> None:
    connection.execute(SCHEMA["records"])


def _mark_training(connection: Connection) -> None:
    (payload,) = connection.execute("SELECT CAST(payload AS BLOB) FROM journal WHERE seq = 1").fetchone()
    mark(connection, training=msgspec.json.decode(payload, type=Created).training)


MIGRATIONS: Migrations = {1: _add_records, 2: _mark_training}

_MOST_COPIES = 1000


def migrate(path: Path, found: int, migrations: Migrations) -> Opened:
    """Bring a file that was found whole up to date, and check it once more before that counts.

    Raises: OlderVersion: no way leads from *found*. StorageError: it cannot be written; it is as it was.
    """
    if any(version not in migrations for version in range(found, VERSION)):
        raise OlderVersion(path, found, VERSION)
    with closing(connect_writer(path)) as connection:
        _copy_aside(path, found)  # not before it is known that the file can be written
        with transaction(connection, path):
            for version in range(found, VERSION):
                migrations[version](connection)
                connection.execute(f"PRAGMA user_version = {version + 1}")
            opened = _look_into(path, connection)
        with translated(path):
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return opened


def _look_into(path: Path, connection: Connection) -> Opened:
    try:
        return look_into(connection)
    except Broken as broken:
        raise TamperedFile(path, broken.problem) from broken


def vacuum_into(path: Path, connection: Connection, draft: Path) -> None:
    """Write the whole contents, compacted, to a new file; the connection may be one for reading."""
    with translated(path):
        querying = connection.execute("PRAGMA query_only").fetchone()[0]
        connection.execute("PRAGMA query_only = OFF")
        try:
            connection.execute("VACUUM INTO ?", (str(draft),))
        finally:
            connection.execute(f"PRAGMA query_only = {querying}")


def _copy_aside(path: Path, version: int) -> None:
    with beside(path) as draft:
        with closing(connect_reader(path)) as reader:
            vacuum_into(path, reader, draft)
        for number in range(_MOST_COPIES):
            name = f"{path.stem}.version-{version}{f'-{number}' if number else ''}{path.suffix}"
            target = path.with_name(name)
            try:
                place(draft, target)
            except FileAlreadyThere:
                continue
            return
    raise FileAlreadyThere(path, "There are too many copies of earlier versions beside it.")
