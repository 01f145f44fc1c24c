"""``tally-app status FILE [STATUS --source WHO --published WHEN]``: unofficial, provisional or official results."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import closing

from msgspec import Struct

from tally_app.cli.arguments import add_file, add_operator
from tally_app.cli.exits import Exit, Failure
from tally_app.cli.output import Outcome
from tally_app.cli.refusal import refusal
from tally_app.cli.session import Session
from tally_app.document.document import Document
from tally_app.document.edit import EditRefused
from tally_app.document.opening import open_document
from tally_app.document.publication import STATUSES, Publication, publication, publication_edit
from tally_app.document.signing import SignOff
from tally_app.wording.findings import capital
from tally_app.wording.names import Names
from tally_app.wording.numbers import grouped
from tally_app.wording.signing import place_name, signed_sentence, status_text


class StatusTold(Struct, frozen=True):
    """What ``status --json`` writes. *signed*: the regions that are signed off; *chamber*: its sign-off."""

    status: str
    source: str
    published_at: str
    signed: list[str]
    regions: int
    chamber: SignOff | None
    event: int | None


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_file(parser)
    parser.add_argument(
        "status", nargs="?", choices=STATUSES, help="the new status; without it, the present one is told"
    )
    parser.add_argument("--source", default="", metavar="WHO", help="on whose word")
    parser.add_argument(
        "--published", default="", metavar="WHEN", help="when it was made public, as it is written there"
    )
    add_operator(parser)


def run(arguments: Namespace, session: Session) -> Outcome:
    """Tell the status, or give the results another one."""
    if arguments.status is None and (arguments.source or arguments.published):
        raise Failure(Exit.USAGE, "usage", "--source and --published need the new status before them.")
    reading = arguments.status is None
    operator = "" if reading else session.operator
    with closing(
        open_document(arguments.file, operator=operator, clock=session.clock, origin=session.origin, read_only=reading)
    ) as document:
        names = Names(document.election)
        event = None if reading else _change(document, names, arguments)
        status = publication(document.records)
        value = StatusTold(
            status=status.status,
            source=status.source,
            published_at=status.published_at,
            signed=[region.key for region in document.election.regions if document.signing.of(region.key)],
            regions=len(document.election.regions),
            chamber=document.signing.of(None),
            event=event,
        )
        return Outcome(value, iter(list(_lines(names, status, value, reading=reading))))


def _change(document: Document, names: Names, arguments: Namespace) -> int | None:
    new = Publication(arguments.status, arguments.source, arguments.published)
    try:
        signed = document.signing.of(None) is not None
        changed = document.commit(publication_edit(document.records, new, chamber_signed=signed))
    except EditRefused as error:
        raise refusal(names, error) from error
    return changed.seq if changed else None


def _lines(names: Names, status: Publication, value: StatusTold, *, reading: bool) -> Iterator[str]:
    yield capital(status_text(status))
    yield f"{grouped(len(value.signed))} of {grouped(value.regions)} regions signed off"
    if value.chamber is not None:
        yield f"{place_name(names, None)}: {signed_sentence(value.chamber)}"
    if not reading:
        yield f"saved as event {value.event}" if value.event else "Nothing was changed."
