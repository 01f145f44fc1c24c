"""``tally-app sheet FILE --region R -o R.pdf``, ``--all -o FOLDER`` and ``--joined -o ALL.pdf``: sheets, as PDF."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from tally_app.cli.arguments import add_file, add_operator
from tally_app.cli.exits import STORAGE_CODES, Exit, Failure
from tally_app.cli.output import Outcome
from tally_app.cli.session import Session
from tally_app.cli.sheet_choices import add_choices, planned, read_choices, refuse_contradictions
from tally_app.document.document import Document
from tally_app.sheets.batch import file_name
from tally_app.sheets.content import Sheet
from tally_app.sheets.printing import SUMS, BatchFailed, Press, Written, write_batch, write_sheet
from tally_app.sheets.recount_check import SheetRefused
from tally_app.sheets.refusals import batch_failed, no_such_sheet
from tally_app.sheets.request import NoSuchSheet, Request
from tally_app.sheets.typeset import TypesettingFailed
from tally_app.wording.numbers import counted, grouped


class OneSheet(Struct, frozen=True):
    """A sheet. *region* and *unit*: what it is of; null: all of them."""

    kind: str
    region: str | None
    unit: str | None
    languages: list[str]


class SheetFile(Struct, frozen=True):
    """A PDF that was made, and the sheets in it. *kind*: null where there are several; so are *region* and *unit*."""

    path: str
    kind: str | None
    region: str | None
    unit: str | None
    sha256: str
    bytes: int
    sheets: list[OneSheet]


class Skipped(Struct, frozen=True):
    """A sheet of ``--all`` that there is not, and why."""

    kind: str
    region: str | None
    reason: str


class Sheets(Struct, frozen=True):
    """What ``sheet --json`` writes. *sums*: the list of hashes beside the sheets of ``--all``."""

    files: list[SheetFile]
    skipped: list[Skipped]
    sums: str | None
    definition: str
    event: int
    head: str
    printed_at: str


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_file(parser)
    add_choices(parser)
    parser.add_argument("--overwrite", action="store_true", help="put the sheets in the place of older ones")
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="OUT",
        help="the PDF to make; with --all, and without --joined, the folder",
    )
    add_operator(parser)


def run(arguments: Namespace, session: Session) -> Outcome:
    """Make sheets from a file, also while a window is writing it."""
    refuse_contradictions(arguments)
    likes = read_choices(arguments, session)
    with Press(arguments.file, clock=session.clock, origin=session.origin) as press:
        wanted = list(planned(arguments, press.document.election, likes))
        try:
            made, skipped = _made(press, wanted, leave_out=arguments.all)
            if arguments.all and not arguments.joined:
                files = _folder(arguments, press, made)
            else:
                files = [_together(arguments, press, made)]
        except SheetRefused as refused:
            raise Failure(Exit.FOUND, "sheet-refused", f"{refused} Nothing was written.") from refused
        except TypesettingFailed as failed:
            message = f"The sheet could not be typeset: {failed}. This is a fault of the program. Nothing was written."
            raise Failure(Exit.NOT_TYPESET, "typesetting-failed", message) from failed
        sums = str(arguments.output / SUMS) if arguments.all and not arguments.joined else None
        value = _value(press.document, likes[0], files, skipped, sums)
    return Outcome(value, lines(value))


def lines(value: Sheets) -> Iterator[str]:
    """Say for people what was made."""
    for file in value.files:
        several = f" {len(file.sheets)} sheets," if len(file.sheets) > 1 else ""
        yield f"Wrote {file.path}:{several} SHA-256 {file.sha256}"
    for skipped in value.skipped:
        where = f" of {skipped.region}" if skipped.region else ""
        yield f"Not there: {skipped.kind}{where}. {skipped.reason}"
    if value.sums is not None:
        yield f"Wrote {value.sums}: the hashes of {counted(len(value.files), 'sheet', 'sheets')}"
    yield f"As of event {grouped(value.event)}, {value.head}; counted twice: votes, seats, percentages, margins."


def _made(
    press: Press, wanted: Sequence[Request], *, leave_out: bool
) -> tuple[list[tuple[Request, Sheet]], list[Skipped]]:
    """Make every sheet's content; those that there are not are left out, or refused."""
    made: list[tuple[Request, Sheet]] = []
    skipped: list[Skipped] = []
    for request in wanted:
        try:
            made.append((request, press.sheet(request)))
        except NoSuchSheet as error:
            if not leave_out:
                raise Failure(Exit.USAGE, error.code, f"{no_such_sheet(error)} Nothing was written.") from error
            skipped.append(Skipped(request.kind, request.region, no_such_sheet(error)))
    return made, skipped


def _together(arguments: Namespace, press: Press, made: Sequence[tuple[Request, Sheet]]) -> SheetFile:
    if not made:
        raise Failure(Exit.USAGE, "no-sheets", "There is no sheet of this kind, of no region. Nothing was written.")
    written = write_sheet(arguments.output, press.booklet(made), overwrite=arguments.overwrite)
    return _file(written, [request for request, _ in made])


def _folder(arguments: Namespace, press: Press, made: Sequence[tuple[Request, Sheet]]) -> list[SheetFile]:
    requests = {file_name(request): request for request, _ in made}
    pdfs = ((file_name(request), press.booklet([(request, sheet)])) for request, sheet in made)
    try:
        written = write_batch(arguments.output, pdfs, overwrite=arguments.overwrite)
    except BatchFailed as failed:
        code = STORAGE_CODES.get(type(failed.error), "storage")
        raise Failure(Exit.FILE, code, batch_failed(failed)) from failed
    return [_file(each, [requests[each.path.name]]) for each in written]


def _file(written: Written, requests: Sequence[Request]) -> SheetFile:
    sheets = [OneSheet(each.kind, each.region, each.unit, list(each.languages)) for each in requests]
    kind, region, unit = (sheets[0].kind, sheets[0].region, sheets[0].unit) if len(sheets) == 1 else (None, None, None)
    return SheetFile(str(written.path), kind, region, unit, written.sha256, written.size, sheets)


def _value(
    document: Document, like: Request, files: list[SheetFile], skipped: list[Skipped], sums: str | None
) -> Sheets:
    return Sheets(
        files=files,
        skipped=skipped,
        sums=sums,
        definition=document.definition_sha256,
        event=document.head.seq,
        head=document.head.hash,
        printed_at=like.printing.at.isoformat(timespec="seconds"),
    )
