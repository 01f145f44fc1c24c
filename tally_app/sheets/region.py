"""The result of a region: its units with votes, invalid ballots and turnout; seats."""

from collections.abc import Iterator, Sequence

from tally_app.count.rounding import percentage
from tally_app.document.document import Document
from tally_app.document.results import RegionResult
from tally_app.sheets.about import About
from tally_app.sheets.content import Block, Cell, Column, Heading, Row, Sheet, Table
from tally_app.sheets.frame import Printing, frame_of, party_marks, signatures
from tally_app.sheets.words import Writer

_MOST_UPRIGHT = 9
"""Columns that an upright page takes."""


def region_sheet(document: Document, region: int, writer: Writer, printing: Printing, paper: str = "a4") -> Sheet:
    """Return the result sheet of a region, by its position."""
    election = document.election
    key = election.regions[region].key
    result = document.live.committed_region(region)
    blocks: tuple[Block, ...] = (
        Heading(writer.label("seats")),
        seats_table(document, region, result, writer),
        Heading(writer.label("units")),
        units_table(document, region, result, writer),
        signatures(document, writer, key),
    )
    return Sheet(
        kind="region",
        languages=writer.languages,
        paper="us-letter" if paper == "us-letter" else "a4",
        landscape=len(election.columns) + 2 > _MOST_UPRIGHT,
        frame=frame_of(document, writer, writer.label("region-result"), key, printing),
        parties=party_marks(document),
        blocks=blocks,
    )


def seats_table(document: Document, region: int, result: RegionResult, writer: Writer) -> Table:
    """Return votes, percentages and seats of the lists that stand in the region."""
    election = document.election
    place = election.regions[region].key
    rows = []
    for party, stands in enumerate(election.standing[region]):
        if not stands:
            continue
        definition = election.parties[party]
        votes = result.sums[election.party_columns[party]]
        share = percentage(votes, result.valid) if votes is not None and result.valid else ""
        cells = (
            Cell(writer.number(definition.ballot)),
            Cell(writer.name(definition.name), party=party),
            Cell(writer.number(votes)),
            Cell(writer.same(share)),
            Cell(writer.number(result.allocation.seats[party]), strong=True),
        )
        rows.append(Row(cells, about=About("", place, definition.key)))
    if result.allocation.open_seats:
        open_seats = Cell(writer.number(result.allocation.open_seats), strong=True, about=About("open-seats", place))
        rows.append(Row((Cell(()), Cell(writer.label("open-seats")), Cell(()), Cell(()), open_seats)))
    entered = any(result.sums[column] is not None for column in election.party_columns)
    seats = sum(result.allocation.seats) + result.allocation.open_seats
    total = (
        Cell(()),
        Cell(writer.label("total")),
        Cell(writer.number(result.valid if entered else None)),
        Cell(writer.same("100.00" if result.valid else "")),
        Cell(writer.number(seats)),
    )
    columns = (
        Column(writer.label("number"), about=About("ballot")),
        Column(writer.label("party"), "left", grows=True),
        Column(writer.label("votes"), about=About("votes")),
        Column(writer.label("percent"), about=About("share")),
        Column(writer.label("seats"), about=About("seats")),
    )
    return Table(columns, (*rows, Row(total, "total", About("", place))), 11)


def units_table(document: Document, region: int, result: RegionResult, writer: Writer) -> Table:
    """Return every unit's form, and their sums."""
    election = document.election
    columns = [Column(writer.label("unit"), "left", grows=True)]
    for column in election.columns:
        named = column.party is not None
        words = writer.same(column.key) if named else writer.label(column.key)
        about = About("votes", party=column.key) if named else About(column.key)
        columns.append(Column(words, party=column.party, about=about))
    columns.append(Column(writer.label("turnout-percent"), about=About("turnout")))
    place = election.regions[region].key
    rows = []
    for row in election.rows(region):
        unit = election.unit(row)
        cells = _figures(document, document.book.row(row), writer)
        rows.append(Row((Cell(writer.name(unit.name)), *cells), about=About("", f"{place}/{unit.key}")))
    total = (Cell(writer.label("total")), *_figures(document, result.sums, writer))
    rows.append(Row(total, "total", About("", place)))
    return Table(tuple(columns), tuple(rows), 8 if len(columns) > _MOST_UPRIGHT else 9.5)


def _figures(document: Document, figures: Sequence[int | None], writer: Writer) -> Iterator[Cell]:
    """Yield the cells of a form, or of the sums of several, and their turnout."""
    for value in figures:
        yield Cell(writer.number(value))
    columns = document.election.column_index
    cast, registered = (figures[columns[key]] if key in columns else None for key in ("cast", "registered"))
    yield Cell(writer.same(percentage(cast, registered) if cast is not None and registered else ""))
