"""Bringing the file of an earlier version up to date: a copy first, then all steps in one transaction."""

from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection
from typing import NamedTuple

from tally_app.storage.connection import connect_reader, connect_writer, transaction, translated
from tally_app.storage.errors import FileAlreadyThere, OlderVersion, TamperedFile
from tally_app.storage.journal import Problem
from tally_app.storage.place import beside, place
from tally_app.storage.schema import SCHEMA, VERSION, Schema, schema_fault


class Migration(NamedTuple):
    """One step: the schema that files of a version have, and how to make the next version from it."""

    schema: Schema
    apply: Callable[[Connection], None]


Migrations = Mapping[int, Migration]

MIGRATIONS: Migrations = {}
"""Version → the step to the next one. Version 1 is the first."""

_MOST_COPIES = 1000


def migrate(path: Path, found: int, migrations: Migrations) -> Path:
    """Bring a file up to date and return where the copy of it as it was lies.

    Raises: OlderVersion: no way leads from *found*. TamperedFile: it is not as files of its version are.
    """
    if any(version not in migrations for version in range(found, VERSION)):
        raise OlderVersion(path, found, VERSION)
    with closing(connect_reader(path)) as reader, translated(path):
        _expect(path, reader, migrations[found].schema)
    copy = _copy_aside(path, found)
    with closing(connect_writer(path)) as connection:
        with transaction(connection, path):
            for version in range(found, VERSION):
                migrations[version].apply(connection)
                connection.execute(f"PRAGMA user_version = {version + 1}")
            _expect(path, connection, SCHEMA)
        with translated(path):
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return copy


def _expect(path: Path, connection: Connection, schema: Schema) -> None:
    fault = schema_fault(connection, schema)
    if fault is not None:
        raise TamperedFile(path, Problem("schema", None, fault.text))


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
