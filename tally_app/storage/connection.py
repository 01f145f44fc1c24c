"""Connections to a file, set so that nothing inside the file is trusted, and SQLite's errors in our words.

The file is never opened by other means while it may be open here: closing any descriptor of it would drop the
locks that SQLite holds on it in this process (POSIX).
"""

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from sqlite3 import Connection
from urllib.parse import quote

from tally_app.storage.errors import (
    DamagedFile,
    DiskFull,
    FileLocked,
    FileVanished,
    Holder,
    NewerVersion,
    NotATallyFile,
    ReadOnlyFile,
    StorageError,
    StorageFailed,
    UnclosedFile,
)
from tally_app.storage.schema import APPLICATION_ID, TRAINING_ID, VERSION

_BUSY_SECONDS = 5.0


def connect_reader(path: Path) -> Connection:
    """Connect for reading; the file's bytes stay as they are.

    Raises: StorageError: it cannot be read.
    """
    if not path.exists():
        raise FileVanished(path)
    writable = _may(path, os.W_OK) and _may(path.parent, os.W_OK)
    with translated(path):
        if writable and leftover(path) is None:
            # A connection that may write, but is told not to, leaves no empty side files behind.
            return _connect(path, "mode=rw")
        return _connect(path, "mode=ro") if writable else _connect_without_writing(path)


def connect_writer(path: Path) -> Connection:
    """Connect for writing, durably: WAL, every commit on the disk before it returns.

    Raises: StorageError: it cannot be written.
    """
    if not (_may(path, os.W_OK) and _may(path.parent, os.W_OK)):
        raise ReadOnlyFile(path)
    with translated(path):
        connection = _connect(path, "mode=rw")
        try:
            connection.execute("PRAGMA query_only = OFF")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA fullfsync = ON")
            connection.execute("PRAGMA checkpoint_fullfsync = ON")
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
        except BaseException:
            connection.close()
            raise
    return connection


def leftover(path: Path) -> Path | None:
    """Return the side file that still holds parts of *path*: somebody has it open, or a program died."""
    for suffix in ("-wal", "-journal"):
        side = path.with_name(path.name + suffix)
        with suppress(OSError):
            if side.stat().st_size:
                return side
    return None


def check_kind(connection: Connection, path: Path) -> int:
    """Return the format version of a file that is ours.

    Raises: NotATallyFile, NewerVersion: it is not, or this program is too old for it.
    """
    with translated(path):
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if application not in (APPLICATION_ID, TRAINING_ID):
        raise NotATallyFile(path)
    if version > VERSION:
        raise NewerVersion(path, version, VERSION)
    return version


@contextmanager
def transaction(connection: Connection, path: Path, begin: str = "BEGIN IMMEDIATE") -> Iterator[None]:
    """All or nothing: commit at the end, or roll back on any error, SQLite's own in our words."""
    with translated(path):
        connection.execute(begin)
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
            raise


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Raise SQLite's errors as ours. A wrong use of SQLite stays what it is: a mistake of this program."""
    try:
        yield
    except (sqlite3.ProgrammingError, sqlite3.NotSupportedError):
        raise
    except sqlite3.Error as error:
        raise storage_error(path, error) from error
    except UnicodeDecodeError as error:
        # Python cannot even decode SQLite's message, which quotes the damage.
        raise DamagedFile(path, "a text in it is not Unicode") from error


def storage_error(path: Path, error: sqlite3.Error) -> StorageError:
    """Say in our words what SQLite reported."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    if code == sqlite3.SQLITE_NOTADB or path.is_dir():
        return NotATallyFile(path)
    if code == sqlite3.SQLITE_FULL:
        return DiskFull(path)
    if code == sqlite3.SQLITE_READONLY:
        return ReadOnlyFile(path)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return FileLocked(path, Holder())
    if code == sqlite3.SQLITE_CANTOPEN:
        return ReadOnlyFile(path) if path.exists() or path.parent.exists() else FileVanished(path)
    if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PERM, sqlite3.SQLITE_NOLFS):
        return StorageFailed(path, str(error))
    return DamagedFile(path, str(error))


def _connect(path: Path, mode: str) -> Connection:
    location = path.absolute().as_posix()
    # "file:///C:/x" and "file:////server/x" on Windows, "file:///x" elsewhere.
    # As bytes, because a name on a POSIX system need not be Unicode.
    uri = "file://" + quote(os.fsencode(location if location.startswith("/") else f"/{location}"), safe="/:")
    connection = sqlite3.connect(f"{uri}?{mode}", uri=True, isolation_level=None, timeout=_BUSY_SECONDS)
    try:
        _distrust(connection)
        connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _connect_without_writing(path: Path) -> Connection:
    if path.with_name(f"{path.name}-wal").exists():
        try:
            return _connect(path, "mode=ro")  # somebody who may write here may be doing so now
        except sqlite3.OperationalError as error:
            side = leftover(path)
            if side is not None:
                raise UnclosedFile(path, side) from error
    # Without a way to make the side files, a file in WAL mode can only be read as one that never changes.
    return _connect(path, "mode=ro&immutable=1")


def _distrust(connection: Connection) -> None:
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA mmap_size = 0")
    connection.execute("PRAGMA temp_store = MEMORY")
    if sys.version_info >= (3, 12):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)


def _may(path: Path, how: int) -> bool:
    return os.access(path, how, effective_ids=os.access in os.supports_effective_ids)
