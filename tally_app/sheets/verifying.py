"""Whose is a sheet, is it as it was made, and does it still say what the file says?"""

from collections.abc import Iterator
from contextlib import closing
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
from tally_app.sheets.request import NoSuchSheet
from tally_app.sheets.typeset import TypesettingFailed, maker
from tally_app.storage.events import Head
from tally_app.storage.place import os_error
from tally_app.storage.tally_file import TallyFile

_LARGEST = 1_000_000_000


class Standing(StrEnum):
    """What a sheet is to a file; the worst that is true of it."""

    CURRENT = "current"
    """Made from this file, and printed now it would say the same."""
    OUTDATED = "outdated"
    """Made from this file, which says something else now."""
    ALTERED = "altered"
    """It bears marks of this file, and is not as it was made."""
    UNPROVEN = "unproven"
    """It bears marks of this file, and would say the same now; but another version made it, and no list knows it."""
    FOREIGN = "foreign"
    """Made from another file."""


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


class Verdict(NamedTuple):
    """What was found. *head*: the file's last event now."""

    standing: Standing
    marks: Marks
    head: Head
    listed: Listed
    remade: Remade | None = None
    """None: nothing was made again, for it is of another file."""
    differences: tuple[Difference, ...] = ()
    says_otherwise: bool = False
    """Printed now, it would say something else: a figure, a sign-off, the status, a reason."""
    events_since: int = 0


def verify_sheet(pdf: Path, tally: Path, *, clock: Clock, origin: str) -> Verdict:
    """Compare a PDF with a file: its marks, its bytes as they are made from that moment of the file, and now.

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
        return Verdict(Standing.FOREIGN, marks, head, listed)
    with Press(tally, clock=clock, origin=origin, event=marks.head.seq) as then:
        remade = _remade(then, marks, content)
        printed = None if remade is Remade.OTHER else then.sheet(marks.request)
    if remade is Remade.OTHER or listed is Listed.OTHER:
        return Verdict(Standing.ALTERED, marks, head, listed, remade)
    with Press(tally, clock=clock, origin=origin) as press:
        head = press.document.head
        try:
            now = press.sheet(marks.request)
        except NoSuchSheet:
            now = None
    same = printed is not None and now is not None and _lasting(now) == _lasting(printed)
    differences = tuple(_differences(printed, now)) if printed is not None and now is not None else ()
    standing = Standing.CURRENT if same else Standing.OUTDATED
    if same and remade is Remade.IMPOSSIBLE and listed is not Listed.SAME:
        standing = Standing.UNPROVEN
    return Verdict(standing, marks, head, listed, remade, differences, not same, head.seq - marks.head.seq)


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


def _remade(then: Press, marks: Marks, content: bytes) -> Remade:
    try:
        if then.pdf(marks.request) == content:
            return Remade.SAME
    except (NoSuchSheet, SheetRefused, TypesettingFailed):
        return Remade.OTHER
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
