"""Blank forms to fill by hand: one page a unit, a box for every digit, fields in the order of the form."""

from collections.abc import Iterator, Sequence

from tally_app.document.document import Document
from tally_app.sheets.content import Block, Boxes, BoxLine, Heading, Paragraph, Sheet, Signatures
from tally_app.sheets.frame import frame_of, party_marks, region_name, signing_roles
from tally_app.sheets.request import Request
from tally_app.sheets.words import Writer

_ONE_COLUMN, _TWO_COLUMNS = 15, 30
"""Lines of a page with signatures, below each other or in two columns; more go on over pages of their own."""
_FULL = 34
"""Lines of a page without signatures."""
_TALLEST, _LOWEST = 10.0, 6.0
"""Height of boxes [mm]: hands need room."""
_ROOM = 140.0
"""Height for all lines of a page [mm]."""
_BETWEEN = 3.0
_DIGITS, _DIGITS_OF_A_REGION = 5, 7


def forms_sheet(document: Document, request: Request) -> Sheet:
    """Return the forms of one unit, of a region's units, or of all."""
    writer, election = request.writer, document.election
    if request.unit is not None:
        rows: Sequence[int] = (election.row(str(request.region), request.unit),)
    elif request.region is not None:
        rows = election.rows(election.region_index[request.region])
    else:
        rows = range(election.unit_count)
    blocks: list[Block] = []
    for row in rows:
        blocks += _form(document, row, writer)
    frame = frame_of(document, writer, writer.label("form"), request.region, request.printing, results=False)
    return Sheet(
        kind=request.kind,
        languages=writer.languages,
        paper=request.paper,
        landscape=False,
        frame=frame,
        parties=party_marks(document),
        blocks=tuple(blocks),
        size=11.0,
    )


def form_lines(document: Document, region: int, writer: Writer) -> Iterator[BoxLine]:
    """Yield what is to be filled: the form's fields, the lists that stand here in ballot order, and the totals."""
    election = document.election
    keys = [column.key for column in election.columns]
    last_party = max(election.party_columns, default=-1)
    for position, column in enumerate(election.columns):
        if column.party is None:
            yield BoxLine("", writer.label(column.key), strong=column.key == "valid")
        elif election.standing[region][column.party]:
            party = election.parties[column.party]
            yield BoxLine(writer.digits(str(party.ballot)), writer.name(party.name), column.party)
        if position == last_party and "valid" not in keys:
            yield BoxLine("", writer.label("votes-total"), strong=True)
    if "blank" in keys or "invalid" in keys:
        yield BoxLine("", writer.label("ballots-total"), strong=True)


def _form(document: Document, row: int, writer: Writer) -> Iterator[Block]:
    election = document.election
    region = election.region_of(row)
    unit, key = election.unit(row), election.regions[region].key
    title = Heading(writer.name(unit.name), 1, _subtitle(document, key, unit.key, writer))
    lines = tuple(form_lines(document, region, writer))
    one_a_region = election.unit_count == len(election.regions)
    columns = 1 if len(lines) <= _ONE_COLUMN else 2
    height = _ROOM / -(-min(len(lines), _FULL) // columns) - _BETWEEN
    heads = (writer.label("number"), writer.label("counted"), writer.label("column"))
    for part in _pages(lines):
        digits = _DIGITS_OF_A_REGION if one_a_region and columns == 1 else _DIGITS
        yield title
        yield Paragraph(writer.label("fill-in"), "small")
        size = 11.0 if columns == 1 else 9.0
        yield Boxes(part, heads, digits, columns, min(_TALLEST, max(_LOWEST, height)), size)
    yield Signatures(signing_roles(document, writer), hint=writer.label("signature"))


def _pages(lines: Sequence[BoxLine]) -> Iterator[tuple[BoxLine, ...]]:
    """Divide lines among pages so that the last one has room for the signatures."""
    while len(lines) > _TWO_COLUMNS:
        yield tuple(lines[:_FULL])
        lines = lines[_FULL:]
    if lines:
        yield tuple(lines)


def _subtitle(document: Document, region: str, unit: str, writer: Writer) -> tuple[str, ...]:
    names = writer.name(region_name(document, region))
    key = " ".join(writer.same(unit))
    return tuple(f"{name} · {key}" for name in names)
