"""Writing a file for others: beside its place, read again and compared, and only then given its name."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from tally_app.storage.errors import CopyFailed, FileAlreadyThere
from tally_app.storage.place import beside, os_error, place

_SQLITE = b"SQLite format 3\0"
_CHUNK = 1 << 20


def write_export(target: Path, pieces: Iterable[bytes], *, overwrite: bool = False) -> None:
    """Write *pieces* to a new file, or over one that is not a tally.

    Raises: FileAlreadyThere: there is one, and *overwrite* is not said, or it is a tally. CopyFailed: what was read
        again is not what was written. StorageError: it could not be written. In each case what was there is there
        still, and nothing else.
    """
    target = target.absolute()
    try:
        if target.exists() and (not overwrite or _is_database(target)):
            raise FileAlreadyThere(target)
        with beside(target) as draft:
            written = sha256()
            with draft.open("xb") as file:
                for piece in pieces:
                    written.update(piece)
                    file.write(piece)
            if _digest(draft) != written.hexdigest():
                raise CopyFailed(target, "what was read again is not what was written")
            place(draft, target, overwrite=overwrite)
    except OSError as error:
        raise os_error(target, error) from error


def _is_database(path: Path) -> bool:
    """Is it a tally, or anything else that SQLite wrote? An export never takes its place."""
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE


def _digest(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            digest.update(piece)
    return digest.hexdigest()
