"""The one door by which a finished file gets its name: synced, renamed, and never over another unless told."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex

from tally_app.storage.connection import leftover
from tally_app.storage.errors import DiskFull, FileAlreadyThere, ReadOnlyFile, StorageError, StorageFailed

_SIDES = ("", "-wal", "-shm", "-journal")


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """Yield a free name in the target's folder; whatever was left there is removed afterwards."""
    draft = target.with_name(f".{target.name}.{token_hex(4)}.part")
    try:
        yield draft
    finally:
        for suffix in _SIDES:
            with suppress(OSError):
                draft.with_name(draft.name + suffix).unlink(missing_ok=True)


def place(draft: Path, target: Path, *, overwrite: bool = False) -> None:
    """Give a complete file its name, so that after a power cut there is either all of it or nothing.

    Raises: FileAlreadyThere: there is one, or the side file of one. StorageError: it could not be written.
    """
    refuse_leftover(target)
    try:
        _sync(draft)
        if overwrite:
            draft.replace(target)
        else:
            _rename_to_free_name(draft, target)
        _sync_folder(target.parent)
    except FileExistsError:
        raise FileAlreadyThere(target) from None
    except OSError as error:
        raise os_error(target, error) from error


def refuse_leftover(target: Path) -> None:
    """Refuse a name beside which a side file with contents lies: SQLite would mix it into the new file.

    Raises: FileAlreadyThere: there is one.
    """
    side = leftover(target)
    if side is not None:
        detail = f"Beside it lies {side.name}, which holds entries of another file that was not closed."
        raise FileAlreadyThere(target, detail)


def os_error(path: Path, error: OSError) -> StorageError:
    """Say in our words what the operating system reported."""
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return ReadOnlyFile(path)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(path)
    return StorageFailed(path, str(error))


def _rename_to_free_name(draft: Path, target: Path) -> None:
    if os.name == "nt":
        draft.rename(target)  # refuses an existing name there
        return
    try:
        os.link(draft, target)
    except FileExistsError:
        raise
    except OSError:
        # No hard links (FAT, many USB sticks): claim the name first, then replace what was claimed.
        with target.open("xb"):
            pass
        draft.replace(target)


def _sync(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
