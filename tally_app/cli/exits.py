"""How a command can end, as a number for scripts and as a failure with a code and a message."""

from collections.abc import Mapping, Sequence
from enum import IntEnum
from types import MappingProxyType
from typing import NamedTuple

from tally_app.document.edit import EditRefused
from tally_app.election.pack import PackError
from tally_app.storage import errors as storage


class Exit(IntEnum):
    """Exit codes; ``docs/command-line.md`` promises them."""

    DONE = 0
    FOUND = 1
    USAGE = 2
    FILE = 3
    PACK = 4
    OUTDATED = 5
    FOREIGN = 6
    ALTERED = 7
    UNPROVEN = 8
    NOT_TYPESET = 9
    INTERRUPTED = 130
    NOBODY_READS = 141


EXIT_CODES = """\
exit codes:
  0  done
  1  check: a finding of severity error; verify: the file is not as it was written, or no event has the hash
  2  the arguments cannot be used; nothing was changed
  3  the file cannot be opened, read or written
  4  the election pack cannot be used
  5  verify-sheet: the file says something else now
  6  verify-sheet: the sheet is of another file
  7  verify-sheet: the sheet is not as it was made
  8  verify-sheet: another version made the sheet, and nothing proves its bytes
  9  sheet: it could not be typeset, a fault of this program; nothing was written"""

STORAGE_CODES: Mapping[type[storage.StorageError], str] = MappingProxyType(
    {
        storage.NotATallyFile: "not-a-tally-file",
        storage.NewerVersion: "newer-version",
        storage.OlderVersion: "older-version",
        storage.DamagedFile: "damaged",
        storage.TamperedFile: "tampered",
        storage.ReadOnlyFile: "read-only",
        storage.UnclosedFile: "unclosed",
        storage.FileLocked: "locked",
        storage.DiskFull: "disk-full",
        storage.StorageFailed: "storage-failed",
        storage.FileVanished: "no-such-file",
        storage.FileAlreadyThere: "exists-already",
        storage.Conflict: "conflict",
        storage.EventRejected: "event-rejected",
        storage.DefinitionRejected: "definition-rejected",
        storage.CopyFailed: "copy-failed",
    }
)


class Refused(NamedTuple):
    """One argument that cannot be used, as it was given, and why."""

    argument: str
    message: str


class Failure(Exception):
    """A command cannot be done: a stable *code*, a message for people, and the number the program exits with."""

    def __init__(self, exit_code: Exit, code: str, message: str, refused: Sequence[Refused] = ()) -> None:
        super().__init__(message)
        self.exit_code = exit_code
        self.code = code
        self.message = message
        self.refused = tuple(refused)


def as_failure(error: Exception) -> Failure | None:
    """Return how an error is told to the user; None for one that is a mistake of this program."""
    match error:
        case Failure():
            return error
        case storage.StorageError():
            return Failure(Exit.FILE, STORAGE_CODES.get(type(error), "storage"), str(error))
        case PackError():
            return Failure(Exit.PACK, "bad-pack", str(error))
        case EditRefused():
            return Failure(Exit.USAGE, error.code, str(error))
        case OSError():
            return Failure(Exit.FILE, "system-error", _of_system(error))
        case _:
            return None


def _of_system(error: OSError) -> str:
    if error.filename is None or error.strerror is None:
        return str(error)
    return f"{error.filename}: {error.strerror}."
