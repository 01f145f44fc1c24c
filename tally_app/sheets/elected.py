"""Who is elected, where the election's definition names the candidates of its lists: each list's first ones."""

from collections.abc import Iterator, Sequence

from tally_app.document.document import Document
from tally_app.sheets.about import About
from tally_app.sheets.cells import EMPTY, QUOTED
from tally_app.sheets.content import Block, Cell, Column, Heading, Paragraph, Row, Sheet, Table, Words
from tally_app.sheets.frame import frame_of, party_marks, signatures
from tally_app.sheets.region import remarks
from tally_app.sheets.request import NoSuchSheet, Request
from tally_app.sheets.words import Writer
from tally_app.wording.numbers import counted

_SIZE = 11.0


def elected_sheet(document: Document, request: Request) -> Sheet:
    """Return the candidates who are elected in a region, or in all.

    Raises: NoSuchSheet: ``no-candidates``: no list of theirs has names.
    """
    writer, election = request.writer, document.election
    if request.region is None:
        regions: Sequence[int] = range(len(election.regions))
    else:
        regions = (election.region_index[request.region],)
    if not any(election.regions[region].candidates for region in regions):
        raise NoSuchSheet("no-candidates", region=request.region or "")
    blocks: list[Block] = [Paragraph(writer.label("elected-order"), "small")]
    for region in regions:
        blocks += _region(document, region, writer, named=len(regions) > 1)
    return Sheet(
        kind=request.kind,
        languages=writer.languages,
        paper=request.paper,
        landscape=False,
        frame=frame_of(document, writer, writer.label("elected"), request.region, request.printing),
        parties=party_marks(document),
        blocks=(*blocks, signatures(document, writer, request.region)),
        size=11.0,
    )


def _region(document: Document, region: int, writer: Writer, *, named: bool) -> Iterator[Block]:
    election = document.election
    result = document.live.committed_region(region)
    if named:
        yield Heading(writer.name(election.regions[region].name))
    rows = []
    for party, seats in enumerate(result.allocation.seats):
        if seats:
            rows.append(_list_row(document, region, party, seats, writer))
            rows += _candidates(document, region, party, seats, writer)
    columns = (
        Column(writer.label("list-place"), "center", about=QUOTED),
        Column(writer.label("candidate"), "left", grows=True),
        Column(writer.label("seats"), about=About("seats")),
    )
    if rows:
        yield Table(columns, tuple(rows), _SIZE)
    if result.allocation.open_seats:
        seats_open = counted(result.allocation.open_seats, "seat", "seats")
        yield Paragraph(writer.label("elected-open", seats=seats_open), "strong")
    yield from remarks(document, region, result, writer, rule=False)


def _list_row(document: Document, region: int, party: int, seats: int, writer: Writer) -> Row:
    election = document.election
    definition = election.parties[party]
    about = About("seats", election.regions[region].key, definition.key)
    name = Cell(writer.name(definition.name), strong=True, party=party)
    return Row((EMPTY, name, Cell(writer.number(seats), strong=True, about=about)), "group")


def _candidates(document: Document, region: int, party: int, seats: int, writer: Writer) -> Iterator[Row]:
    """Yield a row for each seat: nobody is left out silently where names are missing."""
    names = document.election.regions[region].candidates.get(document.election.parties[party].key, [])
    if not names:
        yield Row((EMPTY, Cell(writer.label("no-lists"), quiet=True), EMPTY))
        return
    for place in range(seats):
        missing: Words = writer.label("no-candidate")
        cell = Cell(writer.name(names[place])) if place < len(names) else Cell(missing, quiet=True)
        yield Row((writer.digits(str(place + 1)), cell, EMPTY))
