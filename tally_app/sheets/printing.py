"""From a file to PDFs: read again from the disk, made, counted a second time, typeset, and written out of one door."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from tally_app.document.document import Clock, Document
from tally_app.document.opening import open_document
from tally_app.document.past import open_past
from tally_app.sheets.content import Sheet
from tally_app.sheets.kinds import sheets_for
from tally_app.sheets.marks import exact, keywords
from tally_app.sheets.recount import Recount, recount
from tally_app.sheets.recount_check import refuse_differences
from tally_app.sheets.request import Request
from tally_app.sheets.typeset import typeset_booklet
from tally_app.storage.errors import FileAlreadyThere, StorageError
from tally_app.storage.export import write_export
from tally_app.storage.place import os_error

SUMS = "SHA256SUMS"
"""Name of the file of hashes beside a batch, as ``sha256sum --check`` reads it."""
_LATE = frozenset({"findings", "trace"})
"""Kinds that tell of findings which take longer to compute."""
_PIECE = 1 << 20
_MOST_SUMS = 10_000_000


class Written(NamedTuple):
    """A PDF that is there: its file, its SHA-256 and its size [bytes]."""

    path: Path
    sha256: str
    size: int


class BatchFailed(Exception):
    """Not all files of a batch could be written. *written* are there, whole; *missing* are not; *sums*: listed."""

    def __init__(self, written: Sequence[Written], missing: Sequence[Path], sums: bool, error: StorageError) -> None:
        super().__init__(str(error))
        self.written = tuple(written)
        self.missing = tuple(missing)
        self.sums = sums
        self.error = error


class Press:
    """Prints sheets of a file as it is on the disk now, or as it was after an event. Nothing of a screen is in them."""

    def __init__(self, path: Path, *, clock: Clock, origin: str, event: int | None = None) -> None:
        """Raises: StorageError: the file cannot be read. NoSuchEvent: there is no such event."""
        if event is None:
            document = open_document(path, operator="", clock=clock, origin=origin, read_only=True)
        else:
            document = open_past(path, event, clock=clock, origin=origin)
        self._document = document
        try:
            self._count: Recount = recount(path, document.head, document.definition_sha256)
        except BaseException:
            document.close()
            raise

    @property
    def document(self) -> Document:
        """The file's document, for reading."""
        return self._document

    def sheet(self, request: Request) -> Sheet:
        """Return a sheet's content, every figure of it counted a second time.

        Raises: NoSuchSheet: there is none. SheetRefused: the second count says otherwise.
        """
        if request.kind in _LATE:
            self._document.work()
        sheet = sheets_for(self._document, _exact(request))
        refuse_differences(sheet, self._count, request.region)
        return sheet

    def pdf(self, request: Request) -> bytes:
        """Return a sheet as PDF; the same bytes for the same file, request and versions.

        Raises: as ``sheet``. TypesettingFailed.
        """
        return self.booklet([(request, self.sheet(request))])

    def booklet(self, sheets: Sequence[tuple[Request, Sheet]]) -> bytes:
        """Return sheets of this file as one PDF, in their order; the same bytes for the same sheets and versions.

        *sheets*: as ``sheet`` returned them, at least one, all of one printing.
        Raises: TypesettingFailed.
        """
        requests = [_exact(request) for request, _ in sheets]
        marks = keywords(self._document.definition_sha256, self._document.head, requests)
        return typeset_booklet([sheet for _, sheet in sheets], requests[0].printing.at, marks)

    def close(self) -> None:
        """Let go of the file."""
        self._document.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()


def write_sheet(
    path: Path, pdf: bytes, *, overwrite: bool = False, going_on: Callable[[], None] | None = None
) -> Written:
    """Write a PDF; whole, or not at all.

    *going_on* is called before each of its pieces, and may raise, so that nothing is written.

    Raises: FileAlreadyThere: there is one, and *overwrite* is not said. StorageError: it could not be written.
    """
    write_export(path, _pieces(pdf, going_on), overwrite=overwrite)
    return Written(path, sha256(pdf).hexdigest(), len(pdf))


def _pieces(pdf: bytes, going_on: Callable[[], None] | None) -> Iterator[bytes]:
    for start in range(0, len(pdf), _PIECE):
        if going_on is not None:
            going_on()
        yield pdf[start : start + _PIECE]


def write_batch(
    folder: Path,
    sheets: Iterable[tuple[str, bytes]],
    *,
    overwrite: bool = False,
    told: Callable[[Written], None] | None = None,
) -> list[Written]:
    """Write PDFs into a folder by their names, and their hashes beside them. All are made before one is written.

    *told* is called after each file. Lines of other files in the folder's list of hashes stay as they are.

    Raises: FileAlreadyThere: one is there, and *overwrite* is not said; nothing was written. BatchFailed.
        StorageError: the folder cannot be made, or its list of hashes not be read; nothing was written.
    """
    made = [(folder / name, pdf) for name, pdf in sheets]
    sums = folder / SUMS
    for path in (*(path for path, _ in made), sums):
        if path.exists() and not overwrite:
            raise FileAlreadyThere(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise os_error(folder, error) from error
    others = {name: line for name, line in read_sums(sums).items() if folder / name not in dict(made)}
    written: list[Written] = []
    try:
        for path, pdf in made:
            written.append(write_sheet(path, pdf, overwrite=overwrite))
            if told is not None:
                told(written[-1])
        write_export(sums, _sum_lines(others, written), overwrite=overwrite)
    except StorageError as error:
        there = {each.path for each in written}
        missing = [path for path, _ in made if path not in there]
        raise BatchFailed(written, missing, _listed(sums, others, written, missing), error) from error
    return written


def read_sums(path: Path) -> dict[str, str]:
    """Read a list of hashes: SHA-256 by file name. Lines that are none are left out; no list is an empty one.

    Raises: StorageError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            text = file.read(_MOST_SUMS).decode("utf-8", errors="replace")
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise os_error(path, error) from error
    found: dict[str, str] = {}
    for line in text.splitlines():
        digest, name = line[:64], line[66:]
        if name and line[64:66] in ("  ", " *") and not set(digest) - set("0123456789abcdef"):
            found[name] = digest
    return found


def _listed(sums: Path, others: dict[str, str], written: Sequence[Written], missing: Sequence[Path]) -> bool:
    """List what is there of a batch that failed, if that can still be written; say whether it is listed."""
    if not missing or not written:
        return False
    with suppress(StorageError):
        write_export(sums, _sum_lines(others, written), overwrite=True)
        return True
    return False


def _sum_lines(others: dict[str, str], written: Sequence[Written]) -> Iterator[bytes]:
    digests = {**others, **{each.path.name: each.sha256 for each in written}}
    for name in sorted(digests):
        yield f"{digests[name]}  {name}\n".encode()


def _exact(request: Request) -> Request:
    return replace(request, printing=exact(request.printing))
