"""What can go wrong with a file, each with the facts and a message that says what happened and what to do."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from tally_app.storage.journal import Problem


class Holder(NamedTuple):
    """Who has a file open for writing. Empty or 0 where it could not be read."""

    operator: str = ""
    host: str = ""
    pid: int = 0
    since: datetime | None = None

    def __str__(self) -> str:
        if not self.pid:
            return "another program"
        since = f", since {self.since:%Y-%m-%d %H:%M}" if self.since else ""
        return f"{self.operator or 'somebody'} on {self.host} (process {self.pid}{since})"


class StorageError(Exception):
    """A file cannot be opened, read or written as asked; the file is as it was before."""

    def __init__(self, path: Path, happened: str, advice: str) -> None:
        super().__init__(f"{path}: {happened} Nothing was changed. {advice}")
        self.path = path
        self.happened = happened
        self.advice = advice


class NotATallyFile(StorageError):
    """The file is something else."""

    def __init__(self, path: Path) -> None:
        advice = "Choose a file that ends in .tally or .tally-training."
        super().__init__(path, "This is not an election-tally file.", advice)


class NewerVersion(StorageError):
    """The file was written by a later version of the program."""

    def __init__(self, path: Path, found: int, known: int) -> None:
        super().__init__(
            path,
            f"The file has format version {found}; this program knows versions up to {known}.",
            "Install the newer program on this computer, or open the file where it was made.",
        )
        self.found = found
        self.known = known


class OlderVersion(StorageError):
    """The file was written by an earlier version that this program neither reads nor converts."""

    def __init__(self, path: Path, found: int, known: int) -> None:
        super().__init__(
            path,
            f"The file has format version {found}, which this program no longer knows; it writes version {known}.",
            "Open it once with a program that knows both versions.",
        )
        self.found = found
        self.known = known


class DamagedFile(StorageError):
    """The file's structure is broken: a bad disk, a copy cut short."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(
            path,
            f"The file is damaged ({detail}).",
            "Keep it as it is, take the latest copy of it, and check the disk it lies on.",
        )
        self.detail = detail


class TamperedFile(StorageError):
    """The file is readable, but its contents contradict its journal or its format."""

    def __init__(self, path: Path, problem: Problem) -> None:
        super().__init__(
            path,
            f"The file was changed by something other than this program: {problem.text}.",
            "Keep it as evidence, find out who changed it, and go on from the latest copy that is whole.",
        )
        self.problem = problem


class ReadOnlyFile(StorageError):
    """The file, its folder or the medium cannot be written."""

    def __init__(self, path: Path, detail: str = "The file, its folder or the medium cannot be written.") -> None:
        super().__init__(path, detail, "Open it for reading, or copy it to a folder where you may write.")
        self.detail = detail


class UnclosedFile(StorageError):
    """A program died with the file open; what it left beside it cannot be brought in where nothing can be written."""

    def __init__(self, path: Path, side: Path) -> None:
        super().__init__(
            path,
            f"The program that last wrote this file did not close it. Its latest entries lie beside it in {side.name} "
            "and can be brought in only where files can be written.",
            "Copy the two together to a folder where you may write, and open the file there.",
        )


class FileLocked(StorageError):
    """Another instance has the file open for writing."""

    def __init__(self, path: Path, holder: Holder) -> None:
        super().__init__(
            path,
            f"The file is open for writing by {holder}.",
            "Close it there first, or open it for reading here.",
        )
        self.holder = holder


class DiskFull(StorageError):
    """There is no room to write."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "The disk is full.", "Free some space and enter it again; all before it is kept.")


class StorageFailed(StorageError):
    """The operating system reported an error while reading or writing."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(
            path,
            f"The disk or the network reported an error ({detail}).",
            "Close the program, check the disk, and open the file again.",
        )
        self.detail = detail


class FileVanished(StorageError):
    """The file is no longer where it was."""

    def __init__(self, path: Path, *, was_open: bool = False) -> None:
        advice = "Save a copy under another name now: all that was entered is still held." if was_open else ""
        super().__init__(
            path,
            "The file was moved, replaced or deleted while it was open." if was_open else "There is no such file.",
            advice or "Look for it under another name or in another folder.",
        )
        self.was_open = was_open


class FileAlreadyThere(StorageError):
    """A file of that name exists and was not overwritten."""

    def __init__(self, path: Path, detail: str = "There is already a file of this name.") -> None:
        super().__init__(path, detail, "Choose another name.")


class Conflict(StorageError):
    """What is stored is not what the change was made from."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(
            path, f"What is stored is not what this change was made from: {detail}.", "Open the file again."
        )
        self.detail = detail


class EventRejected(StorageError):
    """An event that this election cannot have: an unknown unit, a negative number, rows of unequal length."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(path, f"The change cannot be stored: {detail}.", "Report this: the program made it.")
        self.detail = detail


class DefinitionRejected(StorageError):
    """The definition given for a new file, or found in one, cannot be read."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(path, f"The election's definition cannot be read: {detail}.", "Check the election pack.")
        self.detail = detail


class CopyFailed(StorageError):
    """A copy was made and read back, and it was not the same; it was thrown away."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(path, f"The copy was not the same as the file ({detail}).", "Try another disk or folder.")
        self.detail = detail
