"""From arguments such as ``R5``, ``Takeo`` and ``KWP=100`` to cells of the book, every bad one named."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tally_app.cli.choosing import Choice, NotFound, choice, choose, enumerated
from tally_app.cli.exits import Exit, Failure, Refused
from tally_app.count.figures import Cell
from tally_app.election.election import Election
from tally_app.exchange.numbers import NumberRefused, parse_votes
from tally_app.wording.refusals import refusal


class Target(NamedTuple):
    """Where figures are to be entered, and which."""

    region: int
    row: int
    cells: Mapping[Cell, int | None]


def read_figures(election: Election, region: str, unit: str | None, figures: Sequence[str]) -> Target:
    """Turn a command's arguments into cells, all of them or none.

    Raises: Failure: names every argument that cannot be used.
    """
    refused: list[Refused] = []
    region_index = _region(election, region, refused)
    row = None if region_index is None else _row(election, region_index, unit, refused)
    columns = _columns(election, figures, refused)
    if refused or region_index is None or row is None:
        raise _failure(refused)
    return Target(region_index, row, {Cell(row, column): value for column, value in columns.items()})


def _failure(refused: Sequence[Refused]) -> Failure:
    lines = [f"{argument}: {message}" for argument, message in refused]
    return Failure(Exit.USAGE, "bad-arguments", "\n".join([*lines, "Nothing was changed."]), refused)


def _region(election: Election, given: str, refused: list[Refused]) -> int | None:
    try:
        return choose(given, "region", (choice(region.key, region.name) for region in election.regions))
    except NotFound as error:
        refused.append(Refused(f"--region {given}", str(error)))
        return None


def _row(election: Election, region: int, given: str | None, refused: list[Refused]) -> int | None:
    units = [choice(unit.key, unit.name) for unit in election.regions[region].units]
    first = election.starts[region]
    if given is None:
        if len(units) == 1:
            return first
        message = f"say which reporting unit of {election.regions[region].name.en}: {enumerated(units)}"
        refused.append(Refused("--unit", message))
        return None
    try:
        return first + choose(given, f"reporting unit in {election.regions[region].name.en}", units)
    except NotFound as error:
        refused.append(Refused(f"--unit {given}", str(error)))
        return None


def _columns(election: Election, figures: Sequence[str], refused: list[Refused]) -> dict[int, int | None]:
    choices = [Choice(column.key) for column in election.columns]
    columns: dict[int, int | None] = {}
    for figure in figures:
        try:
            column, value = _figure(figure, choices)
            if column in columns:
                raise NotFound(f"{choices[column].key} is given twice; give it once")
            columns[column] = value
        except NotFound as error:
            refused.append(Refused(figure, str(error)))
        except NumberRefused as error:
            refused.append(Refused(figure, refusal(error.reason)))
    return columns


def _figure(text: str, choices: Sequence[Choice]) -> tuple[int, int | None]:
    key, equals, number = text.partition("=")
    if not equals:
        raise NotFound(f"write COLUMN=NUMBER, where COLUMN is one of: {enumerated(choices)}")
    return choose(key, "column", choices), parse_votes(number)
