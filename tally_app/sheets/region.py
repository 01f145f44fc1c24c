"""The result of a region: its units with votes, invalid ballots and turnout; seats."""

from tally_app.count.rounding import percentage
from tally_app.document.document import Document
from tally_app.document.results import RegionResult
from tally_app.election.model import Name
from tally_app.sheets.content import Block, Cell, Column, Heading, Row, Sheet, Table, Words
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
    rows = []
    for party, stands in enumerate(election.standing[region]):
        if not stands:
            continue
        definition = election.parties[party]
        share = percentage(result.votes[party], result.valid) if result.valid else ""
        cells = (
            Cell(writer.number(definition.ballot)),
            Cell(writer.name(definition.name), party=party),
            Cell(writer.number(result.votes[party])),
            Cell(writer.same(share)),
            Cell(writer.number(result.allocation.seats[party]), strong=True),
        )
        rows.append(Row(cells))
    if result.allocation.open_seats:
        rows.append(_row(writer.label("open-seats"), writer.number(result.allocation.open_seats)))
    seats = sum(result.allocation.seats) + result.allocation.open_seats
    total = (
        Cell(()),
        Cell(writer.label("total")),
        Cell(writer.number(result.valid)),
        Cell(writer.same("100.00" if result.valid else "")),
        Cell(writer.number(seats)),
    )
    columns = (
        Column(writer.label("number")),
        Column(writer.label("party"), "left", grows=True),
        Column(writer.label("votes")),
        Column(writer.label("percent")),
        Column(writer.label("seats")),
    )
    return Table(columns, (*rows, Row(total, "total")), "large")


def units_table(document: Document, region: int, result: RegionResult, writer: Writer) -> Table:
    """Return every unit's form, and their sums."""
    election = document.election
    columns = [Column(writer.label("unit"), "left", grows=True)]
    for column in election.columns:
        words = writer.same(column.key) if column.party is not None else writer.label(column.key)
        columns.append(Column(words, party=column.party))
    columns.append(Column(writer.label("turnout-percent")))
    rows = []
    for row in election.rows(region):
        figures = document.book.row(row)
        cells = (Cell(writer.number(value)) for value in figures)
        name: Name = election.unit(row).name
        rows.append(Row((Cell(writer.name(name)), *cells, Cell(_turnout(document, figures, writer)))))
    sums = (Cell(writer.number(total)) for total in result.sums)
    last = Cell(_turnout(document, result.sums, writer))
    rows.append(Row((Cell(writer.label("total")), *sums, last), "total"))
    return Table(tuple(columns), tuple(rows), "small" if len(columns) > _MOST_UPRIGHT else "usual")


def _turnout(document: Document, figures: tuple[int | None, ...], writer: Writer) -> Words:
    columns = document.election.column_index
    cast, registered = (figures[columns[key]] if key in columns else None for key in ("cast", "registered"))
    return writer.same(percentage(cast, registered)) if cast is not None and registered else ()


def _row(words: Words, figure: Words) -> Row:
    return Row((Cell(()), Cell(words), Cell(()), Cell(()), Cell(figure, strong=True)))
