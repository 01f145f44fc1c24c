"""``tally-app reopen FILE [--region R] --reason TEXT``: what is signed off can be changed again."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import closing

from msgspec import Struct

from tally_app.cli.arguments import add_file, add_operator
from tally_app.cli.choosing import choose_region
from tally_app.cli.output import Outcome
from tally_app.cli.refusal import refusal
from tally_app.cli.session import Session
from tally_app.document.edit import EditRefused
from tally_app.document.opening import open_document
from tally_app.document.publication import Publication, publication
from tally_app.document.signing import SignOff
from tally_app.wording.names import Names
from tally_app.wording.signing import place_name, signed_sentence, status_text


class Reopened(Struct, frozen=True):
    """What ``reopen --json`` writes: the sign-off that was, and the status that the results have now."""

    region: str | None
    operator: str
    was: SignOff | None
    reason: str
    status: Publication
    event: int | None


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_file(parser)
    parser.add_argument("--region", metavar="R", help="the region's key or name: R5, 'Region 5'; else the chamber")
    parser.add_argument("--reason", required=True, metavar="TEXT", help="why; the journal keeps it")
    add_operator(parser)


def run(arguments: Namespace, session: Session) -> Outcome:
    """Open a region, or the chamber, again."""
    with closing(
        open_document(arguments.file, operator=session.operator, clock=session.clock, origin=session.origin)
    ) as document:
        names = Names(document.election)
        region = None if arguments.region is None else choose_region(document.election, arguments.region)
        was, reason = document.signing.of(region), arguments.reason.strip()
        try:
            changed = document.commit(document.signing.reopening_edit(region), reason=reason)
        except EditRefused as error:
            raise refusal(names, error) from error
        event = changed.seq if changed else None
        value = Reopened(region, document.operator, was, reason, publication(document.records), event)
        return Outcome(value, iter(list(_lines(names, value))))


def _lines(names: Names, value: Reopened) -> Iterator[str]:
    was = signed_sentence(value.was) if value.was is not None else ""
    yield f"{place_name(names, value.region)} is open again; it was {was}"
    yield f"saved as event {value.event}"
    yield f"Status: {status_text(value.status)}"
