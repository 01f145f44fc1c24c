"""The ``.tally`` file: an election's definition, its journal, and the current values."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from sqlite3 import Connection
from typing import Self

import msgspec
import numpy as np
from numpy.typing import NDArray

from tally_app.count.figures import FigureKey
from tally_app.election.election import Election
from tally_app.election.model import Pack
from tally_app.storage import verification
from tally_app.storage.connection import check_kind, connect_reader, connect_writer, transaction, translated
from tally_app.storage.copying import copy_verified
from tally_app.storage.current import read_records, read_stated, read_values
from tally_app.storage.errors import (
    Conflict,
    DamagedFile,
    DefinitionRejected,
    EventRejected,
    FileAlreadyThere,
    FileVanished,
    OlderVersion,
    ReadOnlyFile,
    TamperedFile,
)
from tally_app.storage.events import FIGURES, Change, Event, Figures, Head, JsonObject, Stamp
from tally_app.storage.fold import OldDiffers, PayloadInvalid
from tally_app.storage.journal import Problem, Verification
from tally_app.storage.lock import WriterLock
from tally_app.storage.migrations import MIGRATIONS, Migrations, migrate
from tally_app.storage.place import beside, place, refuse_leftover
from tally_app.storage.schema import SCHEMAS, VERSION
from tally_app.storage.writing import describe_creation, write_change, write_new

_MOST_AT_ONCE = 64
"""Events read in one block; one event may be a large import."""


class TallyFile:
    """An open file. Use it from the thread that opened it; a second one, read-only, serves another thread."""

    def __init__(
        self, path: Path, connection: Connection, opened: verification.Opened, lock: WriterLock | None
    ) -> None:
        self._path = path
        self._connection = connection
        self._opened = opened
        self._lock = lock
        self._head = opened.head
        self._identity = _identity(path)

    @staticmethod
    def create(
        path: Path,
        pack_json: bytes,
        *,
        training: bool,
        stamp: Stamp,
        initial: Figures | None = None,
        program: str = "",
    ) -> None:
        """Make a new file of *pack_json*, kept to the byte, and *initial* figures.

        Raises: FileAlreadyThere: never overwrites. StorageError: it could not be made; nothing is left behind.
        """
        path = path.absolute()
        if path.exists():
            raise FileAlreadyThere(path)
        refuse_leftover(path)
        try:
            election = Election(msgspec.json.decode(pack_json, type=Pack))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise DefinitionRejected(path, str(error)) from error
        created = describe_creation(pack_json, election.pack.key, training=training, program=program)
        with beside(path) as draft:
            with translated(path), closing(sqlite3.connect(draft, isolation_level=None)) as connection:
                with _changing(path, connection):
                    event = write_new(connection, pack_json, created, stamp)
                    if initial is not None:
                        write_change(connection, election, Head(event.seq, event.hash), FIGURES, initial, stamp)
                connection.execute("PRAGMA journal_mode = WAL")
            place(draft, path)

    @classmethod
    def open(
        cls, path: Path, *, read_only: bool = False, operator: str = "", migrations: Migrations = MIGRATIONS
    ) -> Self:
        """Open a file and check it; *operator* is named to others who find it locked.

        A file of an earlier version is brought up to date, and a copy of it as it was kept beside; for reading it is
        left as it is.

        Raises: StorageError: one of its kinds says what is wrong; the file is untouched.
        """
        path = path.absolute().resolve()
        if not path.exists():
            raise FileVanished(path)
        if read_only:
            return cls._open_reader(path)
        with closing(connect_reader(path)) as reader:
            check_kind(reader, path)  # before the lock, so that no lock file appears beside a stranger's file
        lock = WriterLock.acquire(path, operator)
        try:
            with closing(connect_reader(path)) as reader:
                opened = _look_into(path, reader)
            if opened.version < VERSION:
                opened = migrate(path, opened.version, migrations)
            return cls(path, connect_writer(path), opened, lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _open_reader(cls, path: Path) -> Self:
        connection = connect_reader(path)
        try:
            return cls(path, connection, _look_into(path, connection), None)
        except BaseException:
            connection.close()
            raise

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self._path

    @property
    def election(self) -> Election:
        """The definition, numbered."""
        return self._opened.election

    @property
    def training(self) -> bool:
        """Is this practice, and not a real count?"""
        return self._opened.created.training

    @property
    def definition_sha256(self) -> str:
        """SHA-256 of the definition's bytes, hexadecimal."""
        return self._opened.created.definition_sha256

    @property
    def head(self) -> Head:
        """The last event's number and hash."""
        return self._head

    @property
    def read_only(self) -> bool:
        """True if ``append`` is refused."""
        return self._lock is None

    @property
    def fully_checked(self) -> bool:
        """False if the journal was too long to check all of it on opening: ``verify`` does."""
        return self._opened.fully_checked

    def values(self) -> NDArray[np.int64]:
        """Return the current values, units × columns in the election's order, −1 = not entered."""
        with translated(self._path):
            try:
                return read_values(self._connection, self.election)
            except PayloadInvalid as error:
                raise DamagedFile(self._path, str(error)) from error

    def stated(self) -> dict[FigureKey, str]:
        """Return the current stated figures, as printed."""
        with translated(self._path):
            try:
                return read_stated(self._connection)
            except PayloadInvalid as error:
                raise DamagedFile(self._path, str(error)) from error

    def records(self, kind: str) -> dict[str, JsonObject]:
        """Return the current records of a kind by key; a file of version 1, open for reading, has none."""
        with translated(self._path):
            try:
                records = read_records(self._connection, kind)
            except PayloadInvalid as error:
                raise DamagedFile(self._path, str(error)) from error
        return {name.key: value for name, value in records.items()}

    def append(self, kind: str, payload: Change, stamp: Stamp) -> Event:
        """Add one event and its effect; as ``append_all``."""
        return self.append_all([(kind, payload)], stamp)[0]

    def append_all(self, changes: Sequence[tuple[str, Change]], stamp: Stamp) -> list[Event]:
        """Add an event for each change, and their effects, in one transaction that is on the disk when this returns.

        *changes*: kind and payload each; the kind is ``figures``, or for a record what it is of.

        Raises: Conflict: what is stored is not what a change was made from. EventRejected: it cannot be stored.
            DiskFull, FileVanished, ReadOnlyFile, StorageError: nothing of it was written.
        """
        if self.read_only:
            raise ReadOnlyFile(self._path, "The file was opened for reading.")
        if _identity(self._path) != self._identity:
            raise FileVanished(self._path, was_open=True)
        head, events = self._head, []
        with _changing(self._path, self._connection):
            stored = self._connection.execute("SELECT seq, hash FROM head").fetchone()
            if stored != head:
                raise OldDiffers(f"somebody else added events after event {head.seq}")
            for kind, payload in changes:
                event = write_change(self._connection, self.election, head, kind, payload, stamp)
                events.append(event)
                head = Head(event.seq, event.hash)
        self._head = head
        return events

    def events(self, after: int = 0) -> Iterator[Event]:
        """Yield the events with a number above *after*, in order; none stays locked between two of them.

        They are read in blocks that grow: whoever wants one event reads one, whoever wants all asks seldom.
        """
        block = 1
        while True:
            with translated(self._path):
                rows = self._connection.execute(
                    "SELECT * FROM journal WHERE seq > ? ORDER BY seq LIMIT ?", (after, block)
                ).fetchall()
            if not rows:
                return
            for row in rows:
                event = Event(*row)
                yield event
                after = event.seq
            block = min(2 * block, _MOST_AT_ONCE)

    def save_copy(self, target: Path, *, overwrite: bool = False) -> None:
        """Write a compact copy, read it back, verify and compare it, and only then give it its name.

        Raises: FileAlreadyThere: the name is taken, or is this file's own. StorageError: there is no copy then.
        """
        copy_verified(self._path, self._connection, self.election, self._head, target, overwrite=overwrite)

    def verify(self) -> Verification:
        """Check everything: SQLite's structure, schema, every event, the definition, and the current values."""
        return verification.verify(self._connection)

    def close(self) -> None:
        """Bring everything into the one file and let go of it. Closing again does nothing."""
        with suppress(sqlite3.Error):
            # If it fails, all is safe in the -wal file, and the next opening brings it in.
            if not self.read_only:
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._connection.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def verify_file(path: Path) -> Verification:
    """Check everything in a file, also in one that ``TallyFile.open`` refuses because of what is wrong in it.

    Raises: StorageError: it is not a file of this program and version, or may not be read.
    """
    path = path.absolute().resolve()
    try:
        with closing(connect_reader(path)) as connection:
            _check_readable(path, connection)
            return verification.verify(connection)
    except DamagedFile as error:
        return Verification(False, 0, Problem("damaged", None, f"the file is damaged ({error.detail})"))


def _check_readable(path: Path, connection: Connection) -> None:
    version = check_kind(connection, path)
    if version not in SCHEMAS:
        raise OlderVersion(path, version, VERSION)


def _look_into(path: Path, connection: Connection) -> verification.Opened:
    _check_readable(path, connection)
    with translated(path):
        try:
            with transaction(connection, path, "BEGIN"):
                return verification.look_into(connection)
        except verification.Broken as broken:
            if broken.problem.kind == "damaged":
                raise DamagedFile(path, broken.problem.text) from broken
            raise TamperedFile(path, broken.problem) from broken


@contextmanager
def _changing(path: Path, connection: Connection) -> Iterator[None]:
    try:
        with transaction(connection, path):
            yield
    except OldDiffers as error:
        raise Conflict(path, str(error)) from error
    except PayloadInvalid as error:
        raise EventRejected(path, str(error)) from error


def _identity(path: Path) -> tuple[int, int] | None:
    with suppress(OSError):
        status = path.stat()
        return status.st_dev, status.st_ino
    return None
