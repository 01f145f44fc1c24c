"""``tally-app units FILE``: how far every reporting unit is, who typed it, and for whom it waits."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import closing

from msgspec import Struct

from tally_app.cli.arguments import add_file
from tally_app.cli.choosing import choose_region
from tally_app.cli.output import Outcome, table
from tally_app.cli.session import Session
from tally_app.document.document import Document
from tally_app.document.opening import open_document
from tally_app.document.second_entry import UnitState
from tally_app.document.unit_states import STATES
from tally_app.wording.names import Names
from tally_app.wording.numbers import counted, listed
from tally_app.wording.units import deciders, second_clerks, state_name, waits_for


class Unit(Struct, frozen=True):
    """A reporting unit. The lists of people are empty where the election has no double entry."""

    region: str
    unit: str
    name: str
    state: str
    first_by: list[str]
    second_by: list[str]
    settled_by: list[str]


class Units(Struct, frozen=True):
    """What ``units --json`` writes. *counts*: how many of the region's, or of all units are in each state."""

    double_entry: bool
    counts: dict[str, int]
    units: list[Unit]


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_file(parser)
    parser.add_argument("--region", metavar="R", help="only units of this region, by key or name")
    parser.add_argument(
        "--state",
        action="append",
        choices=[state.value for state in STATES],
        help="only units in this state; may be given again",
    )


def run(arguments: Namespace, session: Session) -> Outcome:
    """List the units."""
    with closing(
        open_document(
            arguments.file, operator=session.named or "", clock=session.clock, origin=session.origin, read_only=True
        )
    ) as document:
        election = document.election
        region = None
        if arguments.region is not None:
            region = election.region_index[choose_region(election, arguments.region)]
        states = [UnitState(state) for state in arguments.state or STATES]
        rows = document.states.rows(states, region).tolist()
        counts = {state.value: count for state, count in document.states.counts(region).items()}
        value = Units(document.second.active, counts, [_unit(document, row) for row in rows])
        return Outcome(value, iter(list(lines(document, rows, value))))


def lines(document: Document, rows: list[int], value: Units) -> Iterator[str]:
    """Say of each unit how far it is, and what waits for whom."""
    names, second = Names(document.election), document.second
    header = ["Region", "Unit", "State"] + (["Waits for", "First by", "Second by"] if value.double_entry else [])
    cells = []
    for row, unit in zip(rows, value.units, strict=True):
        state = UnitState(unit.state)
        line = [names.region(unit.region), unit.name, state_name(state, double_entry=value.double_entry)]
        if value.double_entry:
            line += [waits_for(second, row, state), listed(unit.first_by), listed(unit.second_by)]
        cells.append(line)
    yield from table(header, cells, left=len(header))
    yield ""
    yield f"{counted(len(rows), 'unit', 'units')} of {sum(value.counts.values())}."


def _unit(document: Document, row: int) -> Unit:
    election, second = document.election, document.second
    return Unit(
        region=election.regions[election.region_of(row)].key,
        unit=election.unit(row).key,
        name=Names(election).unit(row),
        state=document.states.state(row).value,
        first_by=list(second.clerks(row)),
        second_by=list(second_clerks(second, row)),
        settled_by=list(deciders(second, row)),
    )
