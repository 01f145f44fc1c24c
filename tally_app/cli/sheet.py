"""``tally-app sheet FILE --region R -o R.pdf`` and ``--all -o FOLDER``: sheets to print, as PDF."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from msgspec import Struct

from tally_app.cli.arguments import add_file, add_operator
from tally_app.cli.choosing import choose_region
from tally_app.cli.exits import STORAGE_CODES, Exit, Failure, Refused
from tally_app.cli.moments import bad_argument, read_span
from tally_app.cli.output import Outcome
from tally_app.cli.scope import read_scope
from tally_app.cli.session import Session
from tally_app.document.document import Document
from tally_app.election.election import Election
from tally_app.sheets.batch import RESULTS, everything
from tally_app.sheets.content import Language, Paper
from tally_app.sheets.frame import Printing
from tally_app.sheets.printing import SUMS, BatchFailed, Press, Written, write_batch, write_sheet
from tally_app.sheets.recount_check import SheetRefused
from tally_app.sheets.refusals import batch_failed, no_such_sheet
from tally_app.sheets.request import KINDS, Kind, NoSuchSheet, Request
from tally_app.sheets.typeset import TypesettingFailed
from tally_app.wording.numbers import counted, grouped

_LANGUAGES: Sequence[Language] = ("km", "en")
_PAPERS: dict[str, Paper] = {"a4": "a4", "letter": "us-letter"}


class SheetFile(Struct, frozen=True):
    """A PDF that was made. *region* and *unit*: what it is of; null: all of them."""

    path: str
    kind: str
    region: str | None
    unit: str | None
    sha256: str
    bytes: int


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
    parser.add_argument("--kind", choices=KINDS, help="which sheet (else the result: of the region, or of the chamber)")
    parser.add_argument("--region", metavar="R", help="the region's key or name: R5, 'Region 5'; else the chamber")
    parser.add_argument("--unit", metavar="U", help="of a blank form: the reporting unit; else every unit's")
    parser.add_argument("--all", action="store_true", help="of every region and of the chamber, into a folder")
    parser.add_argument("--lang", default="en", metavar="L,L", help="languages side by side: en, km or km,en")
    parser.add_argument("--paper", choices=tuple(_PAPERS), default="a4", help="paper (a4)")
    parser.add_argument("--khmer-digits", action="store_true", help="digits as Khmer writes them; with --lang km alone")
    parser.add_argument(
        "--printed-at", metavar="TIME", help="the time of printing that the sheet bears (now); as --since of history"
    )
    parser.add_argument("--overwrite", action="store_true", help="put the sheets in the place of older ones")
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="OUT", help="the PDF to make; with --all, the folder"
    )
    add_operator(parser)


def run(arguments: Namespace, session: Session) -> Outcome:
    """Make sheets from a file, also while a window is writing it."""
    if arguments.all and (arguments.region is not None or arguments.unit is not None):
        raise Failure(Exit.USAGE, "usage", "Give --all, or --region and --unit, not both.")
    like = _like(arguments, session)
    with Press(arguments.file, clock=session.clock, origin=session.origin) as press:
        try:
            value = _all(arguments, press, like) if arguments.all else _one(arguments, press, like)
        except SheetRefused as refused:
            raise Failure(Exit.FOUND, "sheet-refused", f"{refused} Nothing was written.") from refused
        except TypesettingFailed as failed:
            message = f"The sheet could not be typeset: {failed}. Nothing was written."
            raise Failure(Exit.FOUND, "typesetting-failed", message) from failed
    return Outcome(value, lines(value))


def lines(value: Sheets) -> Iterator[str]:
    """Say for people what was made."""
    for file in value.files:
        yield f"Wrote {file.path}: SHA-256 {file.sha256}"
    for skipped in value.skipped:
        where = f" of {skipped.region}" if skipped.region else ""
        yield f"Not there: {skipped.kind}{where}. {skipped.reason}"
    if value.sums is not None:
        yield f"Wrote {value.sums}: the hashes of {counted(len(value.files), 'sheet', 'sheets')}"
    yield f"As of event {grouped(value.event)}, {value.head}; every figure was counted a second time."


def _one(arguments: Namespace, press: Press, like: Request) -> Sheets:
    election = press.document.election
    region = None if arguments.region is None else choose_region(election, arguments.region)
    unit = None if arguments.unit is None else _unit(election, arguments.region, arguments.unit)
    kind: Kind = arguments.kind or ("region" if region is not None else "chamber")
    try:
        request = replace(like, kind=kind, region=region, unit=unit)
        pdf = press.pdf(request)
    except NoSuchSheet as error:
        raise Failure(Exit.USAGE, error.code, f"{no_such_sheet(error)} Nothing was written.") from error
    written = write_sheet(arguments.output, pdf, overwrite=arguments.overwrite)
    return _value(press.document, like, [(request, written)], [], None)


def _all(arguments: Namespace, press: Press, like: Request) -> Sheets:
    kinds = RESULTS if arguments.kind is None else (arguments.kind,)
    made: dict[str, tuple[Request, bytes]] = {}
    skipped = []
    for name, request in everything(press.document.election, kinds, like):
        try:
            made[name] = (request, press.pdf(request))
        except NoSuchSheet as error:
            skipped.append(Skipped(request.kind, request.region, no_such_sheet(error)))
    try:
        pdfs = ((name, pdf) for name, (_, pdf) in made.items())
        written = write_batch(arguments.output, pdfs, overwrite=arguments.overwrite)
    except BatchFailed as failed:
        code = STORAGE_CODES.get(type(failed.error), "storage")
        raise Failure(Exit.FILE, code, batch_failed(failed)) from failed
    files = [(made[each.path.name][0], each) for each in written]
    return _value(press.document, like, files, skipped, arguments.output / SUMS)


def _value(
    document: Document,
    like: Request,
    files: Sequence[tuple[Request, Written]],
    skipped: list[Skipped],
    sums: Path | None,
) -> Sheets:
    return Sheets(
        files=[
            SheetFile(str(each.path), request.kind, request.region, request.unit, each.sha256, each.size)
            for request, each in files
        ],
        skipped=skipped,
        sums=None if sums is None else str(sums),
        definition=document.definition_sha256,
        event=document.head.seq,
        head=document.head.hash,
        printed_at=like.printing.at.isoformat(timespec="seconds"),
    )


def _like(arguments: Namespace, session: Session) -> Request:
    """Return what is the same for all sheets of a command."""
    languages = _languages(arguments.lang)
    if arguments.khmer_digits and languages != ("km",):
        raise bad_argument("--khmer-digits", "figures are the same for both languages; it goes with --lang km alone")
    at = arguments.printed_at
    when = session.clock().astimezone() if at is None else read_span("--printed-at", at).start
    return Request(
        kind="region",
        printing=Printing(session.operator, when),
        languages=languages,
        paper=_PAPERS[arguments.paper],
        khmer_digits=arguments.khmer_digits,
    )


def _languages(text: str) -> tuple[Language, ...]:
    words = [word.strip() for word in text.split(",")]
    found = tuple(language for word in words for language in _LANGUAGES if language == word)
    if len(found) != len(words) or len(set(found)) != len(found):
        raise bad_argument(f"--lang {text}", "languages are en and km; write en, km, 'km,en' or 'en,km'")
    return found


def _unit(election: Election, region: str | None, unit: str) -> str | None:
    refused: list[Refused] = []
    scope = read_scope(election, region, unit, refused)
    if scope is None:
        raise bad_argument(refused[0].argument, refused[0].message)
    return scope.unit
