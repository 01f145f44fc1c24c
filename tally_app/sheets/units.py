"""Every unit's form as tables: one where all columns fit on a page, otherwise several, each with the units' names."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tally_app.count.rounding import percentage
from tally_app.count.tally import Tally
from tally_app.document.document import Document
from tally_app.election.election import Column as FormColumn
from tally_app.election.election import Election
from tally_app.sheets.about import About
from tally_app.sheets.content import Block, Cell, Column, Figure, Heading, Paper, Row, Table, Words
from tally_app.sheets.letters import printable
from tally_app.sheets.widths import Plan, plan_columns
from tally_app.sheets.words import Writer

_NAME = 42.0
"""Width that units' names need [mm]."""
_HEAD_WIDTH = 19.0
"""Width of the widest heading of a form field, whose words wrap [mm]."""
_MANY = 60
"""Units from which on rows stand close."""
_ZEROS = str.maketrans("123456789១២៣៤៥៦៧៨៩", "0" * 9 + "០" * 9)


def figures_of(election: Election, figures: Sequence[int | None]) -> Mapping[str, int | None]:
    """Return a row's figures by the keys of their columns."""
    return {column.key: figure for column, figure in zip(election.columns, figures, strict=True)}


def column_figures(keys: Sequence[str], place: str, tally: Tally, election: Election, writer: Writer) -> list[Figure]:
    """Return the sums of form columns; a sum that some units have no figure for says of how many units it is."""
    shown = []
    for key in keys:
        position = election.column_index.get(key)
        if position is None:
            continue
        label, known = writer.label(key), tally.entered[position]
        if 0 < known < tally.units:
            of = {"known": writer.figure(known), "units": writer.figure(tally.units)}
            label = writer.label_about("known-of", key, **of)
        shown.append(Figure(label, writer.figure(tally.sums[position]), About(key, place)))
    return shown


def unit_plan(document: Document, region: int, writer: Writer, paper: Paper) -> Plan:
    """Choose the page and the tables for the units of a region."""
    sums = document.live.committed_region(region).sums
    columns = [
        [*_key_lines(column), writer.figure(total)]
        for column, total in zip(document.election.columns, sums, strict=True)
    ]
    turnout = [[writer.digits("100.00")]] if _has_turnout(document.election) else []
    return plan_columns([[texts] for texts in (*columns, *turnout)], _NAME, paper, 10.0)


def unit_tables(document: Document, region: int, plan: Plan, writer: Writer) -> Iterator[Block]:
    """Yield the tables, each with its heading."""
    election = document.election
    everything = len(election.columns) + _has_turnout(election)
    beside = plan.beside([writer.name(unit.name) for unit in election.regions[region].units])
    for table in plan.tables:
        part: Words = ()
        if len(plan.tables) > 1:
            numbers = {"first": table[0] + 1, "last": table[-1] + 1, "all": everything}
            part = writer.label("columns-of", **{key: str(number) for key, number in numbers.items()})
        yield Heading(writer.label("units"), note=part)
        yield _table(document, region, table, plan.size, writer, beside=beside)


def _table(
    document: Document, region: int, positions: Sequence[int], size: float, writer: Writer, *, beside: bool
) -> Table:
    election = document.election
    rows, place = [], election.regions[region].key
    for row in election.rows(region):
        figures = _with_turnout(election, document.book.row(row), writer)
        unit = election.unit(row)
        cells: tuple[Cell | str, ...] = (Cell(writer.name(unit.name)), *(figures[position] for position in positions))
        rows.append(Row(cells, about=About(place=f"{place}/{unit.key}")))
    sums = _with_turnout(election, document.live.committed_region(region).sums, writer)
    total: tuple[Cell | str, ...] = (Cell(writer.label("total")), *(sums[position] for position in positions))
    rows.append(Row(total, "total", About(place=place)))
    columns = [Column(writer.label("unit"), "left", grows=True, beside=beside)]
    for number, position in enumerate(positions, start=1):
        columns.append(_column(election, position, shapes(row.cells[number] for row in rows), writer))
    return Table(tuple(columns), tuple(rows), size, dense=len(election.rows(region)) > _MANY)


def shapes(cells: Iterable[Cell | str]) -> tuple[str, ...]:
    """Return what of a column of figures decides how wide it is: its texts with each digit as a 0, once."""
    return tuple(sorted({cell.translate(_ZEROS) for cell in cells if isinstance(cell, str)}))


def _column(election: Election, position: int, shapes: tuple[str, ...], writer: Writer) -> Column:
    if position == len(election.columns):
        return Column(writer.label("turnout-percent"), shapes=shapes, about=About("turnout"))
    column = election.columns[position]
    if column.party is not None:
        key = "\n".join(_key_lines(column))
        return Column((key,), shapes=shapes, party=column.party, about=About("votes", party=column.key))
    return Column(writer.label(column.key), width=_HEAD_WIDTH, about=About(column.key))


def _key_lines(column: FormColumn) -> list[str]:
    """Return what stands over a column, as narrow as it can be: a long key on several lines."""
    if column.party is None:
        return ["0" * 9]  # as wide as its heading is made
    shown = printable(column.key)
    return [shown[start : start + 9] for start in range(0, len(shown), 9)]


def _with_turnout(election: Election, figures: Sequence[int | None], writer: Writer) -> list[str]:
    shown = [writer.figure(figure) for figure in figures]
    if not _has_turnout(election):
        return shown
    by_key = figures_of(election, figures)
    cast, registered = by_key["cast"], by_key["registered"]
    known = cast is not None and registered
    return [*shown, writer.digits(percentage(cast or 0, registered or 1)) if known else ""]


def _has_turnout(election: Election) -> bool:
    return "cast" in election.column_index and "registered" in election.column_index
