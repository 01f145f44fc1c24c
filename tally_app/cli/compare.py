"""``tally-app compare FILE``: what other methods would give with the same votes."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator, Sequence
from contextlib import closing
from fractions import Fraction
from typing import get_args

from msgspec import Struct

from tally_app.cli.arguments import add_file
from tally_app.cli.output import Outcome, table
from tally_app.cli.session import Session
from tally_app.document.comparison import Choice, Comparison, compare, usual_choices
from tally_app.document.comparison import Outcome as Found
from tally_app.document.opening import open_document
from tally_app.election.election import Election
from tally_app.election.model import MethodName
from tally_app.wording.comparison import difference, given, title

STATIONARY = "stationary"


class Given(Struct, frozen=True):
    """What a method gives in a region, or in the chamber. *changes*: against the election's own rule."""

    seats: dict[str, int]
    changes: dict[str, int]
    moved: int
    open_seats: int
    problem: str | None
    not_applicable: str | None


class Method(Struct, frozen=True):
    """A method, the chamber by it, and every region by its key."""

    method: str
    parameter: str | None
    chamber: Given
    regions: dict[str, Given]


class Compared(Struct, frozen=True):
    """What ``compare --json`` writes: the election's own rule first."""

    methods: list[Method]


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_file(parser)
    parser.add_argument(
        "--methods", type=choices, metavar="M,M", help="methods to compare with; stationary as stationary:1/3"
    )


def choices(text: str) -> list[Choice]:
    """Read ``hare,stationary:1/3``."""
    return [_choice(word.strip()) for word in text.split(",")]


def run(arguments: Namespace, session: Session) -> Outcome:
    """Read a file, also while a window is writing it, and compare."""
    with closing(
        open_document(arguments.file, operator="", clock=session.clock, origin=session.origin, read_only=True)
    ) as document:
        election = document.election
        chosen = arguments.methods or usual_choices(election.pack.rule)
        comparison = compare(election, document.live, chosen)
        value = Compared([_method(election, comparison, column) for column in range(len(comparison.choices))])
        return Outcome(value, iter(list(_lines(election, comparison))))


def _choice(word: str) -> Choice:
    wanted, _, parameter = word.partition(":")
    known: dict[str, MethodName] = {each: each for each in get_args(MethodName)}
    name = known.get(wanted)
    if name is None:
        raise ArgumentTypeError(f"there is no method '{wanted}'; there are: {', '.join(known)}")
    if name != STATIONARY and not parameter:
        return Choice(name)
    try:
        fits = name == STATIONARY and 0 <= Fraction(parameter) <= 1
    except (ValueError, ZeroDivisionError):
        fits = False
    if not fits:
        raise ArgumentTypeError(f"'{word}': only stationary has a parameter, from 0 to 1, as in stationary:1/3")
    return Choice(name, str(Fraction(parameter)))


def _method(election: Election, comparison: Comparison, column: int) -> Method:
    choice = comparison.choices[column]
    regions = {region.key: comparison.region(index) for index, region in enumerate(election.regions)}
    return Method(
        choice.method,
        choice.parameter,
        _given(election, comparison.chamber()[column]),
        {key: _given(election, outcomes[column]) for key, outcomes in regions.items() if outcomes},
    )


def _given(election: Election, found: Found) -> Given:
    return Given(
        _by_party(election, found.seats),
        _by_party(election, found.changes),
        found.moved,
        found.open_seats,
        None if found.problem is None else str(found.problem),
        None if found.barred is None else str(found.barred),
    )


def _by_party(election: Election, seats: Sequence[int]) -> dict[str, int]:
    return {party.key: own for party, own in zip(election.parties, seats, strict=True)}


def _lines(election: Election, comparison: Comparison) -> Iterator[str]:
    yield "Seats in the order of the ballot: " + ", ".join(party.key for party in election.parties)
    yield ""
    header = ["", *map(title, comparison.choices)]
    rows = [[election.pack.chamber.name.en, *map(_cell, comparison.chamber())]]
    for index, region in enumerate(election.regions):
        rows.append([region.name.en, *map(_cell, comparison.region(index) or ())])
    yield from table(header, rows)
    yield ""
    own, *others = zip(comparison.choices, comparison.chamber(), strict=True)
    yield given(election, *own)
    for choice, found in others:
        yield difference(election, choice, found, comparison.seats)


def _cell(found: Found) -> str:
    if found.barred is not None:
        return "not applicable"
    seats = "–".join(map(str, found.seats)) + (f" ({found.open_seats} open)" if found.open_seats else "")
    return f"{seats} *" if found.changed else seats
