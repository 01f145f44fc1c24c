"""One writer at a time: a lock file beside the file, which also says who holds it."""

import errno
import os
import platform
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import msgspec
from filelock import FileLock, Timeout

from tally_app.storage.errors import FileLocked, Holder, ReadOnlyFile


class WriterLock:
    """Held from opening for writing until closing. The operating system frees it when the program dies."""

    def __init__(self, path: Path, lock: FileLock) -> None:
        self._path = path
        self._lock = lock

    @classmethod
    def acquire(cls, path: Path, operator: str) -> Self:
        """Lock *path* for this process.

        Raises: FileLocked: somebody holds it. ReadOnlyFile: the folder cannot be written.
        """
        beside = path.with_name(path.name + ".lock")
        holder = _read_holder(beside)  # before trying: an attempt can empty the text on some systems
        lock = FileLock(beside, timeout=0, thread_local=False)
        try:
            lock.acquire()
        except Timeout:
            raise FileLocked(path, holder) from None
        except OSError as error:
            if isinstance(error, PermissionError) or error.errno == errno.EROFS:
                raise ReadOnlyFile(path) from error
            raise ReadOnlyFile(path, f"The lock beside the file cannot be made ({error.strerror}).") from error
        _write_holder(beside, operator)
        return cls(beside, lock)

    def release(self) -> None:
        """Free the file for others. Calling it again does nothing."""
        if self._lock.is_locked:
            with suppress(OSError):
                # Before letting go, so that the next holder's lock is never the one that is removed.
                self._path.unlink()
            self._lock.release()


def _read_holder(beside: Path) -> Holder:
    with suppress(OSError, ValueError):
        return msgspec.json.decode(beside.read_bytes().strip(), type=Holder)
    return Holder()


def _write_holder(beside: Path, operator: str) -> None:
    holder = Holder(operator, platform.node(), os.getpid(), datetime.now(UTC))
    with suppress(OSError):
        # A lock without a name is still a lock. The leading blank is the byte that Windows locks.
        beside.write_bytes(b" " + msgspec.json.encode(holder))
