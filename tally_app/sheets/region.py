"""The result of a region: its units with votes, invalid ballots and turnout; seats."""

from collections.abc import Iterator, Sequence

from tally_app.count.rounding import percentage
from tally_app.document.document import Document
from tally_app.document.results import RegionResult
from tally_app.sheets.content import About, Block, Cell, Column, Heading, Row, Sheet, Table
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
        key = definition.key
        share = percentage(result.votes[party], result.valid) if result.valid else ""
        cells = (
            Cell(writer.number(definition.ballot), about=About("ballot", place, key)),
            Cell(writer.name(definition.name), party=party),
            Cell(writer.number(result.votes[party]), about=About("votes", place, key)),
            Cell(writer.same(share), about=About("share", place, key)),
            Cell(writer.number(result.allocation.seats[party]), strong=True, about=About("seats", place, key)),
        )
        rows.append(Row(cells))
    if result.allocation.open_seats:
        open_seats = Cell(writer.number(result.allocation.open_seats), strong=True, about=About("open-seats", place))
        rows.append(Row((Cell(()), Cell(writer.label("open-seats")), Cell(()), Cell(()), open_seats)))
    seats = sum(result.allocation.seats) + result.allocation.open_seats
    total = (
        Cell(()),
        Cell(writer.label("total")),
        Cell(writer.number(result.valid), about=About("valid", place)),
        Cell(writer.same("100.00" if result.valid else ""), about=About("share", place)),
        Cell(writer.number(seats), about=About("seats", place)),
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
    place = election.regions[region].key
    rows = []
    for row in election.rows(region):
        unit = election.unit(row)
        cells = _figures(document, document.book.row(row), f"{place}/{unit.key}", writer)
        rows.append(Row((Cell(writer.name(unit.name)), *cells)))
    rows.append(Row((Cell(writer.label("total")), *_figures(document, result.sums, place, writer)), "total"))
    return Table(tuple(columns), tuple(rows), "small" if len(columns) > _MOST_UPRIGHT else "usual")


def _figures(document: Document, figures: Sequence[int | None], place: str, writer: Writer) -> Iterator[Cell]:
    """Yield the cells of a form, or of the sums of several, and their turnout."""
    election = document.election
    for column, value in zip(election.columns, figures, strict=True):
        about = About(column.key, place) if column.party is None else About("votes", place, column.key)
        yield Cell(writer.number(value), about=about)
    columns = election.column_index
    cast, registered = (figures[columns[key]] if key in columns else None for key in ("cast", "registered"))
    turnout = percentage(cast, registered) if cast is not None and registered else ""
    yield Cell(writer.same(turnout), about=About("turnout", place))
