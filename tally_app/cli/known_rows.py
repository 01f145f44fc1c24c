"""``tally-app watch FILE OTHER``: figures of a training file, or of one taken over before, are found here (W502)."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Literal

from msgspec import Struct

from tally_app.cli.arguments import add_file, add_operator
from tally_app.cli.output import Outcome
from tally_app.cli.refusal import refusal
from tally_app.cli.session import Session
from tally_app.document.edit import EditRefused
from tally_app.document.opening import open_document
from tally_app.document.watching import watch_edit
from tally_app.wording.names import Names
from tally_app.wording.numbers import counted


class Watching(Struct, frozen=True):
    """What ``watch --json`` writes: how many forms of which file are watched for; *found*: units that equal one now.

    *event* is null if just these were watched for already.
    """

    name: str
    rows: int
    found: list[str]
    event: int | None


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_file(parser, "the count's file")
    parser.add_argument("other", type=Path, metavar="OTHER", help="the training file; it is only read")
    parser.add_argument(
        "--import",
        dest="imported",
        action="store_true",
        help="OTHER is no training file: its figures were taken over before, somewhere else",
    )
    add_operator(parser)


def run(arguments: Namespace, session: Session) -> Outcome:
    """Remember digests of the other file's rows."""
    what: Literal["training", "import"] = "import" if arguments.imported else "training"
    with closing(
        open_document(arguments.file, operator=session.operator, clock=session.clock, origin=session.origin)
    ) as document:
        names = Names(document.election)
        try:
            rows, edit = watch_edit(document, arguments.file, arguments.other, what)
            changed = document.commit(edit)
        except EditRefused as error:
            raise refusal(names, error) from error
        document.work()
        twins = [f for f in document.live.findings() if f.code == "W502" and f.facts.get("with") == what]
        places = [names.place(finding.place) for finding in twins]
        value = Watching(rows.name, len(rows.rows), places, changed.seq if changed else None)
        return Outcome(value, _lines(value))


def _lines(value: Watching) -> Iterator[str]:
    yield f"Watching for the figures of {counted(value.rows, 'form', 'forms')} of {value.name}."
    yield f"saved as event {value.event}" if value.event else "They were watched for already; nothing was changed."
    if value.found:
        yield f"Here already, W502: {', '.join(value.found)}"
