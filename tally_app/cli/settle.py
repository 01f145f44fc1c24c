"""``tally-app settle FILE --region R --unit U COLUMN=NUMBER …``: where two entries differ, what the paper says."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import closing

from msgspec import Struct

from tally_app.cli.arguments import add_file, add_operator
from tally_app.cli.changes import figure_text
from tally_app.cli.figures import Target, read_figures
from tally_app.cli.output import Outcome, table
from tally_app.cli.refusal import refusal
from tally_app.cli.regions import SeatsWon, seats_line, seats_won
from tally_app.cli.session import Session
from tally_app.document.document import Document
from tally_app.document.edit import EditRefused
from tally_app.document.opening import open_document
from tally_app.document.second_entry import settlement_edit
from tally_app.wording.names import Names


class Field(Struct, frozen=True):
    """A field in which the entries differed; null is *not entered*, which is not 0."""

    column: str
    first: int | None
    second: int | None
    paper: int | None


class Settled(Struct, frozen=True):
    """What ``settle --json`` writes. *event*: the number of the first event it made; *result*: the region now."""

    region: str
    unit: str
    operator: str
    fields: list[Field]
    note: str
    event: int
    before: SeatsWon
    result: SeatsWon


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_file(parser)
    parser.add_argument("--region", required=True, metavar="R", help="the region's key or name: R5, 'Region 5'")
    parser.add_argument("--unit", metavar="U", help="the reporting unit's key or name; not needed if there is one only")
    parser.add_argument(
        "--note", default="", metavar="TEXT", help="what the paper shows, and what else should be known"
    )
    add_operator(parser)
    parser.add_argument(
        "figures",
        nargs="+",
        metavar="COLUMN=NUMBER",
        help="what the paper says, for every column in which the entries differ: KWP=117; invalid= if it says nothing",
    )


def run(arguments: Namespace, session: Session) -> Outcome:
    """Settle the unit; it is on the disk when this returns."""
    with closing(
        open_document(arguments.file, operator=session.operator, clock=session.clock, origin=session.origin)
    ) as document:
        target = read_figures(document.election, arguments.region, arguments.unit, arguments.figures)
        try:
            value = _settle(document, target, arguments.note)
        except EditRefused as error:
            raise refusal(Names(document.election), error) from error
        return Outcome(value, iter(list(lines(document, target.row, value))))


def lines(document: Document, row: int, value: Settled) -> Iterator[str]:
    """Say what was decided, by whom, and who has the region's seats now."""
    names = Names(document.election)
    yield f"{names.region(value.region)} · {names.unit(row)}: settled by {value.operator}"
    rows = [
        [names.column(field.column), *map(figure_text, (field.first, field.second, field.paper))]
        for field in value.fields
    ]
    yield from table(["", "first", "second", "paper"], rows)
    yield f"saved as event {value.event}"
    yield seats_line(value.result)


def _settle(document: Document, target: Target, note: str) -> Settled:
    election, row = document.election, target.row
    first, second = document.book.row(row), document.second.figures(row)
    before = seats_won(election, document.live.region(target.region))
    paper = {cell.column: value for cell, value in target.cells.items()}
    edit = settlement_edit(election, document.book, document.second, document.operator, row, paper, note)
    changed = document.commit(edit)
    if changed is None:
        raise EditRefused("no-difference", row=row)
    return Settled(
        region=election.regions[target.region].key,
        unit=election.unit(row).key,
        operator=document.operator,
        fields=[Field(election.columns[c].key, first[c], second[c], paper[c]) for c in sorted(paper)],
        note=note.strip(),
        event=changed.seq,
        before=before,
        result=seats_won(election, document.live.region(target.region)),
    )
