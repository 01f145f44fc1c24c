"""``tally-app verify-sheet SHEET.pdf FILE``: is it a sheet of this file, as it was made, and does it still hold?"""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from tally_app.cli.arguments import add_file
from tally_app.cli.exits import Exit, Failure
from tally_app.cli.output import Outcome
from tally_app.cli.session import Session
from tally_app.sheets.marks import NotASheet
from tally_app.sheets.recount_check import SheetRefused, named
from tally_app.sheets.request import OF_THE_CHAMBER, Request
from tally_app.sheets.verifying import Difference, Judged, Listed, Remade, Standing, Verdict, verify_sheet
from tally_app.wording.numbers import counted, grouped

_EXITS: Mapping[Standing, Exit] = {
    Standing.CURRENT: Exit.DONE,
    Standing.OUTDATED: Exit.OUTDATED,
    Standing.UNPROVEN: Exit.UNPROVEN,
    Standing.FOREIGN: Exit.FOREIGN,
    Standing.ALTERED: Exit.ALTERED,
}
_MOST_DIFFERENCES = 20


class Changed(Struct, frozen=True):
    """A figure of the sheet that is another one now; empty: there is none."""

    figure: str
    place: str
    party: str
    printed: str
    now: str


class OneSheet(Struct, frozen=True):
    """One of a PDF's sheets, and what it is to the file. *region* and *unit*: what it is of; null: all of them."""

    kind: str
    region: str | None
    unit: str | None
    languages: list[str]
    standing: str
    changed: list[Changed]


class VerifiedSheet(Struct, frozen=True):
    """What ``verify-sheet --json`` writes.

    *standing*: current, unproven, outdated, foreign or altered; of several sheets the worst. *kind*, *region*, *unit*:
    of the sheet; null where there are several. *sheets*: each. *remade*: is the PDF, byte for byte, what that moment of
    the file makes? same, other, or impossible (another version of the program made it); null for a foreign one.
    *listed*: what SHA256SUMS beside it says: same, other, not-listed or no-list. *changed*: on any of its sheets.
    """

    standing: str
    kind: str | None
    region: str | None
    unit: str | None
    printed_by: str
    printed_at: str
    definition: str
    event: int
    head: str
    events_since: int
    remade: str | None
    listed: str
    changed: list[Changed]
    sheets: list[OneSheet]


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("sheet", type=Path, metavar="SHEET.pdf", help="the sheet, as this program made it")
    add_file(parser)


def run(arguments: Namespace, session: Session) -> Outcome:
    """Compare a sheet with a file, also while a window is writing it."""
    try:
        verdict = verify_sheet(arguments.sheet, arguments.file, clock=session.clock, origin=session.origin)
    except NotASheet as error:
        raise Failure(Exit.FILE, "not-a-sheet", f"{arguments.sheet}: {error}.") from error
    except SheetRefused as refused:
        raise Failure(Exit.FOUND, "sheet-refused", str(refused)) from refused
    return Outcome(_value(verdict), lines(verdict), _EXITS[verdict.standing])


def lines(verdict: Verdict) -> Iterator[str]:
    """Say for people whose a sheet is and whether it holds."""
    printing, head = verdict.marks.printing, verdict.marks.head
    sheets = verdict.sheets
    what = _named(sheets[0].request) if len(sheets) == 1 else counted(len(sheets), "sheet", "sheets")
    yield f"Its marks: {what}, printed by {printing.operator or 'nobody'}, {printing.at:%Y-%m-%d %H:%M %Z}"
    yield f"Event {grouped(head.seq)}, {head.hash}"
    if len(sheets) == 1 or verdict.standing in (Standing.FOREIGN, Standing.ALTERED):
        yield from _by_standing(verdict, sheets[0])
    else:
        yield from _each(verdict)
    yield from _about_bytes(verdict)


def _named(request: Request) -> str:
    """Name a sheet: ``region of R4``, ``chamber``."""
    if request.kind in OF_THE_CHAMBER:
        return request.kind
    of = " ".join(filter(None, (request.region, request.unit))) or "the chamber"
    return f"{request.kind} of {of}"


def _each(verdict: Verdict) -> Iterator[str]:
    """Say of each of several sheets whether it holds."""
    for sheet in verdict.sheets:
        languages = "+".join(sheet.request.languages)
        for number, line in enumerate(_by_standing(verdict, sheet)):
            yield line if number else f"{_named(sheet.request)}, {languages}: {line}"


def _by_standing(verdict: Verdict, sheet: Judged) -> Iterator[str]:
    match sheet.standing:
        case Standing.FOREIGN:
            yield "FOREIGN: this file has another definition, or no such event. The sheet was made from another file."
        case Standing.ALTERED:
            yield "ALTERED: it bears the marks of this file, and is NOT as it was made. Do not trust its figures."
        case Standing.OUTDATED:
            yield from _outdated(verdict, sheet)
        case Standing.CURRENT | Standing.UNPROVEN:
            yield f"{sheet.standing.upper()}: {_since(verdict)}"


def _since(verdict: Verdict) -> str:
    if not verdict.events_since:
        return "nothing happened in the file since."
    return f"since then {counted(verdict.events_since, 'event', 'events')}, none of which changes what it says."


def _outdated(verdict: Verdict, sheet: Judged) -> Iterator[str]:
    yield f"OUTDATED: since then {counted(verdict.events_since, 'event', 'events')}; it would say something else now."
    for each in sheet.differences[:_MOST_DIFFERENCES]:
        yield f"  {named(each.about)}: {each.printed or 'nothing'} on the sheet, {each.now or 'nothing'} now"
    if len(sheet.differences) > _MOST_DIFFERENCES:
        yield f"  … and {counted(len(sheet.differences) - _MOST_DIFFERENCES, 'more', 'more')}"
    if not sheet.differences:
        yield "  No figure is another one; the status, a sign-off, a record or a text is."


def _about_bytes(verdict: Verdict) -> Iterator[str]:
    match verdict.remade:
        case Remade.SAME:
            yield "Made again from that moment of the file, it is the same byte for byte."
        case Remade.OTHER:
            yield "Made again from that moment of the file, it is another one."
        case Remade.IMPOSSIBLE:
            yield f"It was made by another version ({verdict.marks.maker}), so its bytes cannot be made again here."
    match verdict.listed:
        case Listed.SAME:
            yield "SHA256SUMS beside it has its hash."
        case Listed.OTHER:
            yield "SHA256SUMS beside it has ANOTHER hash for it."
        case Listed.NOT_LISTED:
            yield "SHA256SUMS beside it does not list it."


def _value(verdict: Verdict) -> VerifiedSheet:
    marks = verdict.marks
    sheets = [_one(sheet) for sheet in verdict.sheets]
    kind, region, unit = (sheets[0].kind, sheets[0].region, sheets[0].unit) if len(sheets) == 1 else (None, None, None)
    return VerifiedSheet(
        standing=verdict.standing,
        kind=kind,
        region=region,
        unit=unit,
        printed_by=marks.printing.operator,
        printed_at=marks.printing.at.isoformat(timespec="seconds"),
        definition=marks.definition,
        event=marks.head.seq,
        head=marks.head.hash,
        events_since=max(0, verdict.events_since),
        remade=verdict.remade,
        listed=verdict.listed,
        changed=_changed(verdict.differences),
        sheets=sheets,
    )


def _one(sheet: Judged) -> OneSheet:
    request = sheet.request
    changed = _changed(sheet.differences)
    return OneSheet(request.kind, request.region, request.unit, list(request.languages), sheet.standing, changed)


def _changed(differences: Sequence[Difference]) -> list[Changed]:
    return [
        Changed(each.about.figure, each.about.place, each.about.party, each.printed, each.now) for each in differences
    ]
