"""Whose is a sheet, is it as it was made, and does it still say what the file says?"""

from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from tally_app.document.document import Clock
from tally_app.sheets.about import About
from tally_app.sheets.content import Sheet
from tally_app.sheets.marks import Marks, NotASheet, read_marks
from tally_app.sheets.printing import SUMS, Press, read_sums
from tally_app.sheets.recount_check import SheetRefused, facts
from tally_app.sheets.request import NoSuchSheet, Request
from tally_app.sheets.typeset import TypesettingFailed, maker
from tally_app.storage.events import Head
from tally_app.storage.place import os_error
from tally_app.storage.tally_file import TallyFile

_LARGEST = 1_000_000_000


class Standing(StrEnum):
    """What a sheet is to a file; the worst that is true of it. From good to bad."""

    CURRENT = "current"
    """Made from this file, and printed now it would say the same."""
    UNPROVEN = "unproven"
    """It bears marks of this file, and would say the same now; but another version made it, and no list knows it."""
    OUTDATED = "outdated"
    """Made from this file, which says something else now."""
    FOREIGN = "foreign"
    """Made from another file."""
    ALTERED = "altered"
    """It bears marks of this file, and is not as it was made."""


_FROM_GOOD_TO_BAD = tuple(Standing)


class Remade(StrEnum):
    """Were the bytes of a sheet made again, and are they the same?"""

    SAME = "same"
    OTHER = "other"
    IMPOSSIBLE = "impossible"
    """Another version made it: what it should say can be told, not whether it does."""


class Listed(StrEnum):
    """Does a list of hashes beside a sheet know it?"""

    SAME = "same"
    OTHER = "other"
    NOT_LISTED = "not-listed"
    NO_LIST = "no-list"


class Difference(NamedTuple):
    """A figure that is another one now."""

    about: About
    printed: str
    now: str


class Judged(NamedTuple):
    """One sheet of a PDF: what was asked for, and what it is to the file."""

    request: Request
    standing: Standing
    differences: tuple[Difference, ...] = ()


class Verdict(NamedTuple):
    """What was found of a PDF. *sheets*: each in it, at least one. *head*: the file's last event now."""

    sheets: tuple[Judged, ...]
    marks: Marks
    head: Head
    listed: Listed
    remade: Remade | None = None
    """None: nothing was made again, for it is of another file."""
    events_since: int = 0

    @property
    def standing(self) -> Standing:
        """The worst of its sheets'."""
        return max((sheet.standing for sheet in self.sheets), key=_FROM_GOOD_TO_BAD.index)

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What is another figure now, on any of its sheets."""
        return tuple(difference for sheet in self.sheets for difference in sheet.differences)


def verify_sheet(pdf: Path, tally: Path, *, clock: Clock, origin: str) -> Verdict:
    """Compare a PDF of one sheet or several with a file: marks, bytes as that moment of the file makes them, and now.

    Raises: NotASheet: the PDF bears no marks. StorageError: one of the files cannot be read.
    """
    content = _read(pdf)
    marks = read_marks(content)
    listed = _listed(pdf, content)
    with closing(TallyFile.open(tally, read_only=True)) as file:
        head = file.head
        event = next(file.events(marks.head.seq - 1), None) if marks.head.seq > 0 else None
        ours = marks.definition == file.definition_sha256 and event is not None and event.hash == marks.head.hash
    if not ours:
        return _alike(Standing.FOREIGN, marks, head, listed)
    with Press(tally, clock=clock, origin=origin, event=marks.head.seq) as then:
        printed = _sheets(then, marks)
        remade = _remade(then, printed, marks, content)
    if printed is None or remade is Remade.OTHER or listed is Listed.OTHER:
        return _alike(Standing.ALTERED, marks, head, listed, remade)
    proven = remade is Remade.SAME or listed is Listed.SAME
    with Press(tally, clock=clock, origin=origin) as press:
        head = press.document.head
        judged = tuple(_judged(press, request, sheet, proven) for request, sheet in printed)
    return Verdict(judged, marks, head, listed, remade, head.seq - marks.head.seq)


def _alike(standing: Standing, marks: Marks, head: Head, listed: Listed, remade: Remade | None = None) -> Verdict:
    """Say the same of every sheet: what is wrong is wrong with the whole PDF."""
    return Verdict(tuple(Judged(request, standing) for request in marks.requests), marks, head, listed, remade)


def _judged(press: Press, request: Request, printed: Sheet, proven: bool) -> Judged:
    """Compare a sheet, as it was printed, with what the file says now."""
    try:
        now = press.sheet(request)
    except NoSuchSheet:
        return Judged(request, Standing.OUTDATED)
    if _lasting(now) != _lasting(printed):
        return Judged(request, Standing.OUTDATED, tuple(_differences(printed, now)))
    return Judged(request, Standing.CURRENT if proven else Standing.UNPROVEN)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError as error:
        raise os_error(path, error) from error
    if len(content) > _LARGEST:
        raise NotASheet("it is too large to be a sheet")
    return content


def _listed(pdf: Path, content: bytes) -> Listed:
    sums = read_sums(pdf.absolute().parent / SUMS)
    if not sums:
        return Listed.NO_LIST
    digest = sums.get(pdf.name)
    if digest is None:
        return Listed.NOT_LISTED
    return Listed.SAME if digest == sha256(content).hexdigest() else Listed.OTHER


def _sheets(then: Press, marks: Marks) -> list[tuple[Request, Sheet]] | None:
    """Make the sheets as they were printed; None: that moment of the file has no such sheet."""
    try:
        return [(request, then.sheet(request)) for request in marks.requests]
    except (NoSuchSheet, SheetRefused):
        return None


def _remade(then: Press, printed: Sequence[tuple[Request, Sheet]] | None, marks: Marks, content: bytes) -> Remade:
    if printed is None:
        return Remade.OTHER
    with suppress(TypesettingFailed):
        if then.booklet(printed) == content:
            return Remade.SAME
    return Remade.OTHER if marks.maker == maker() else Remade.IMPOSSIBLE


def _lasting(sheet: Sheet) -> Sheet:
    """Return what of a sheet does not change when other events are added to the journal."""
    frame = replace(sheet.frame, lines=(), head="", code=(), code_alternative="")
    return replace(sheet, frame=frame)


def _differences(printed: Sheet, now: Sheet) -> Iterator[Difference]:
    before, after = facts(printed), facts(now)
    for about in dict.fromkeys((*before, *after)):
        old, new = before.get(about, ""), after.get(about, "")
        if old != new:
            yield Difference(about, old, new)
