"""Bringing the file of an earlier version up to date: a copy first, then all steps in one transaction."""

from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection

from tally_app.storage.connection import connect_reader, connect_writer, transaction, translated
from tally_app.storage.errors import FileAlreadyThere, OlderVersion, TamperedFile
from tally_app.storage.journal import Problem
from tally_app.storage.place import beside, place
from tally_app.storage.schema import SCHEMA, VERSION, schema_fault

Migrations = Mapping[int, Callable[[Connection], None]]
"""Version → the step that makes a file of the next one from it."""


def _add_records(connection: Connection) -> None:
    connection.execute(SCHEMA["records"])


MIGRATIONS: Migrations = {1: _add_records}

_MOST_COPIES = 1000


def migrate(path: Path, found: int, migrations: Migrations) -> Path:
    """Bring a file that was found whole up to date and return where the copy of it as it was lies.

    Raises: OlderVersion: no way leads from *found*. StorageError: it cannot be written; it is as it was.
    """
    if any(version not in migrations for version in range(found, VERSION)):
        raise OlderVersion(path, found, VERSION)
    with closing(connect_writer(path)) as connection:
        copy = _copy_aside(path, found)  # not before it is known that the file can be written
        with transaction(connection, path):
            for version in range(found, VERSION):
                migrations[version](connection)
                connection.execute(f"PRAGMA user_version = {version + 1}")
            fault = schema_fault(connection, SCHEMA)
            if fault is not None:
                raise TamperedFile(path, Problem("schema", None, fault.text))
        with translated(path):
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return copy


def vacuum_into(path: Path, connection: Connection, draft: Path) -> None:
    """Write the whole contents, compacted, to a new file; the connection may be one for reading."""
    with translated(path):
        querying = connection.execute("PRAGMA query_only").fetchone()[0]
        connection.execute("PRAGMA query_only = OFF")
        try:
            connection.execute("VACUUM INTO ?", (str(draft),))
        finally:
            connection.execute(f"PRAGMA query_only = {querying}")


def _copy_aside(path: Path, version: int) -> Path:
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
            return target
    raise FileAlreadyThere(path, "There are too many copies of earlier versions beside it.")
