"""``tally-app enter FILE --region R --unit U PARTY=VOTES …``: one gesture, taken whole or refused whole."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import closing

from msgspec import Struct

from tally_app.cli.arguments import add_file, add_operator
from tally_app.cli.changes import Change, change_lines
from tally_app.cli.enter_second import enter_again
from tally_app.cli.enter_second import lines as lines_again
from tally_app.cli.figures import Target, read_figures
from tally_app.cli.output import Outcome
from tally_app.cli.refusal import refusal
from tally_app.cli.regions import SeatsWon, seats_won
from tally_app.cli.session import Session
from tally_app.document.document import Document, FiguresChanged
from tally_app.document.edit import EditRefused
from tally_app.document.opening import open_document
from tally_app.wording.names import Names
from tally_app.wording.numbers import grouped, signed


class Entered(Struct, frozen=True):
    """What ``enter --json`` writes. *event* is null if every figure was there already. *result*: the region now."""

    region: str
    unit: str
    operator: str
    changes: list[Change]
    event: int | None
    before: SeatsWon
    result: SeatsWon


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_file(parser)
    parser.add_argument("--region", required=True, metavar="R", help="the region's key or name: R5, 'Region 5'")
    parser.add_argument("--unit", metavar="U", help="the reporting unit's key or name; not needed if there is one only")
    parser.add_argument(
        "--second",
        action="store_true",
        help="these are figures of the second entry, made by somebody else than the first",
    )
    add_operator(parser)
    parser.add_argument(
        "figures",
        nargs="+",
        metavar="COLUMN=NUMBER",
        help="a party's key or a form field (registered, cast, invalid, …) and its figure: CPP=1,187 or CPP=១១៨៧;"
        " KWP= makes it not entered, which is not 0",
    )


def run(arguments: Namespace, session: Session) -> Outcome:
    """Enter the figures; they are on the disk when this returns."""
    with closing(
        open_document(arguments.file, operator=session.operator, clock=session.clock, origin=session.origin)
    ) as document:
        target = read_figures(document.election, arguments.region, arguments.unit, arguments.figures)
        try:
            if arguments.second:
                again = enter_again(document, target)
                return Outcome(again, iter(list(lines_again(document, target.row, again))))
            value = _enter(document, target)
        except EditRefused as error:
            raise refusal(Names(document.election), error) from error
        return Outcome(value, iter(list(lines(document, target.row, value))))


def lines(document: Document, row: int, value: Entered) -> Iterator[str]:
    """Say what was changed, and who wins the region's seats now."""
    names = Names(document.election)
    yield f"{names.region(value.region)} · {names.unit(row)}"
    yield from change_lines(names, value.changes, value.event)
    yield from _seats(value)


def _enter(document: Document, target: Target) -> Entered:
    before = seats_won(document.election, document.live.region(target.region))
    changed = document.commit(document.edit_cells("enter", target.cells))
    return _entered(document, target.region, target.row, changed, before)


def _entered(document: Document, region: int, row: int, changed: FiguresChanged | None, before: SeatsWon) -> Entered:
    election = document.election
    cells = changed.edit.cells if changed else ()
    return Entered(
        region=election.regions[region].key,
        unit=election.unit(row).key,
        operator=document.operator,
        changes=[Change(election.columns[cell.column].key, old, new) for cell, old, new in cells],
        event=changed.seq if changed else None,
        before=before,
        result=seats_won(election, document.live.region(region)),
    )


def _seats(value: Entered) -> Iterator[str]:
    won, before = value.result, value.before.seats
    seats = ", ".join(f"{key} {grouped(count)}" + _moved(count - before[key]) for key, count in won.seats.items())
    yield f"Seats: {seats}" + (f", open {grouped(won.open_seats)}" if won.open_seats else "")
    if won.tie:
        yield f"A lot must decide: {', '.join(won.tie.parties)} are tied for {grouped(won.tie.seats)}."


def _moved(difference: int) -> str:
    return f" ({signed(difference)})" if difference else ""
