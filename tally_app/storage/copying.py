"""A copy that is proven to be one before it gets its name."""

from contextlib import ExitStack, closing
from pathlib import Path
from shutil import copyfile
from sqlite3 import Connection

import numpy as np

from tally_app.election.election import Election
from tally_app.storage.connection import connect_reader, connect_writer, translated
from tally_app.storage.current import read_records, read_stated, read_values
from tally_app.storage.errors import CopyFailed, FileAlreadyThere
from tally_app.storage.events import Head
from tally_app.storage.lock import WriterLock
from tally_app.storage.migrations import vacuum_into
from tally_app.storage.place import beside, os_error, place, refuse_leftover
from tally_app.storage.verification import verify


def copy_verified(
    path: Path, connection: Connection, election: Election, head: Head, target: Path, *, overwrite: bool
) -> None:
    """Copy an open file to *target*; *head* is the least that must be in the copy.

    Raises: FileAlreadyThere, CopyFailed, StorageError: there is no copy, and what was at *target* is still there.
    """
    target = target.absolute()
    if target.exists() and (not overwrite or _same(path, target)):
        raise FileAlreadyThere(target)
    refuse_leftover(target)
    with ExitStack() as stack:
        if target.exists():
            # Whoever has the other file open would go on writing into nowhere.
            stack.callback(WriterLock.acquire(target, "").release)
        draft = stack.enter_context(beside(target))
        with translated(target):
            vacuum_into(target, connection, draft)
        with closing(connect_reader(draft)) as copy, translated(target):
            _compare(target, connection, copy, election, head)
        place(draft, target, overwrite=overwrite)


def copy_unclosed(path: Path, target: Path) -> int:
    """Copy a file that cannot be opened where it is, with the entries that a dying program left beside it.

    They are brought in, and the whole is verified before it gets its name. Returns how many events it holds.

    Raises: FileAlreadyThere, CopyFailed, StorageError: there is no copy.
    """
    target = target.absolute()
    if target.exists():
        raise FileAlreadyThere(target)
    refuse_leftover(target)
    with beside(target) as draft:
        _copy_files(path, draft)
        with closing(connect_writer(draft)) as copy, translated(target):
            verification = verify(copy)
            if verification.problem is not None:
                raise CopyFailed(target, verification.problem.text)
            copy.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        place(draft, target)
    return verification.events


def _copy_files(path: Path, draft: Path) -> None:
    try:
        for suffix in ("", "-wal", "-journal"):  # not -shm, which SQLite makes anew from the -wal
            source = path.with_name(path.name + suffix)
            if source.exists():
                copyfile(source, draft.with_name(draft.name + suffix))
    except OSError as error:
        raise os_error(draft, error) from error


def _compare(target: Path, source: Connection, copy: Connection, election: Election, head: Head) -> None:
    verification = verify(copy)
    if verification.problem is not None:
        raise CopyFailed(target, verification.problem.text)
    copied = Head(*copy.execute("SELECT seq, hash FROM head").fetchone())
    # The hash stands for all events up to it, and through event 1 for the definition.
    same = source.execute("SELECT hash FROM journal WHERE seq = ?", (copied.seq,)).fetchone()
    if copied.seq < head.seq or same is None or same[0] != copied.hash:
        raise CopyFailed(target, f"it ends with event {copied.seq}, not {head.seq}")
    if source.execute("SELECT seq FROM head").fetchone()[0] != copied.seq:
        return  # another process added events since; the hash compared above is proof enough
    same_values = np.array_equal(read_values(source, election), read_values(copy, election))
    if not same_values or read_stated(source) != read_stated(copy) or read_records(source) != read_records(copy):
        raise CopyFailed(target, "its current values differ")


def _same(path: Path, target: Path) -> bool:
    return path.exists() and path.samefile(target)
