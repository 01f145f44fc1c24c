"""Documents that have something for every kind of sheet, and sheets of them as PDF and as text."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO

from msgspec.structs import replace
from pypdf import PdfReader

from tally_app.checks.finding import Severity
from tally_app.count.figures import Cell as Place
from tally_app.document.document import Document
from tally_app.document.draw import draw_of
from tally_app.document.explanations import explanation_edit
from tally_app.document.signing_off import sign_off
from tally_app.election.election import Election
from tally_app.election.model import FieldKind, Name, Pack, Role
from tally_app.sheets.content import Beside, Block, Cell, Heading, Paragraph, Sheet, Table
from tally_app.sheets.frame import Printing
from tally_app.sheets.kinds import sheets_for
from tally_app.sheets.request import Kind, Request
from tally_app.sheets.typeset import typeset
from tests.packs import make_pack
from tests.ui.fake_journal import open_document

AT = datetime(2024, 2, 26, 1, 0, tzinfo=UTC)
FORM: tuple[FieldKind, ...] = ("registered", "cast", "parties", "blank", "invalid")
R1, R2 = 0, 1


def sheet_of(document: Document, kind: Kind, region: str | None = None, **options: object) -> Sheet:
    return sheets_for(document, Request(kind, Printing("S. Chan", AT), region, **options))  # type: ignore[arg-type]


def pages_of(sheet: Sheet) -> list[str]:
    """Return the texts of a sheet's pages, as pypdf reads them; places where words may break are left out."""
    reader = PdfReader(BytesIO(typeset(sheet, AT)))
    return [page.extract_text().replace("\u200b", "") for page in reader.pages]


def text_of(sheet: Sheet) -> str:
    return "\n".join(pages_of(sheet))


def blocks(sheet: Sheet) -> Iterator[Block]:
    for block in sheet.blocks:
        yield from (block.left, block.right) if isinstance(block, Beside) else (block,)


def tables(sheet: Sheet) -> list[Table]:
    return [block for block in blocks(sheet) if isinstance(block, Table)]


def rows(table: Table) -> list[list[str]]:
    """Return a table's body as text, a cell's languages joined."""
    return [[cell if isinstance(cell, str) else " / ".join(cell.words) for cell in row.cells] for row in table.rows]


def paragraphs(sheet: Sheet) -> str:
    said: list[str] = []
    for block in blocks(sheet):
        if isinstance(block, Paragraph):
            said += block.words
        elif isinstance(block, Heading):
            said += [*block.words, *block.note]
    return "\n".join(said)


def cells(table: Table) -> Iterator[Cell]:
    for row in table.rows:
        yield from (cell for cell in row.cells if isinstance(cell, Cell))


def fill(document: Document, row: int, **figures: int | None) -> None:
    columns = document.election.column_index
    document.commit(document.edit_cells("enter", {Place(row, columns[key]): each for key, each in figures.items()}))


def make_document(pack: Pack) -> Document:
    return open_document(Election(pack), with_pack=False)


def small_pack(**options: object) -> Pack:
    """Two regions of two units and three seats, two lists; B does not stand in Region 2; candidates, and roles."""
    options = {"form": FORM, "standing": (None, ("A",)), "appointed": 1} | options
    pack = make_pack(**options)  # type: ignore[arg-type]
    names = {"A": [Name("Ana Reyes"), Name("Tom Bell")], "B": [Name("Bo Hart")]}
    first = replace(pack.regions[R1], candidates=names)
    return replace(pack, regions=[first, *pack.regions[1:]], roles=[Role("chair", Name("the chair"))])


def small_document() -> Document:
    """Everything entered; 300 : 100 for three seats in Region 1, so that the last one is tied, and drawn."""
    document = make_document(small_pack())
    fill(document, 0, registered=260, cast=207, A=150, B=50, blank=3, invalid=4)
    fill(document, 1, registered=240, cast=200, A=150, B=50, blank=0, invalid=0)
    fill(document, 2, registered=100, cast=90, A=90, B=0, blank=0, invalid=0)
    fill(document, 3, registered=100, cast=10, A=8, B=0, blank=1, invalid=1)
    draw = draw_of(document.election, document.live.committed_region(R1))
    assert draw is not None
    lot = draw.lot({"B": 1}, "Sok Chan", "2024-02-25 23:40", ["Chea Dara", "Kim Sophal"], "from a hat")
    document.commit(document.edit_lot("R1", lot))
    document.work()
    return document


def signed_document() -> Document:
    """The same with Region 2 signed off, reopened, and a figure changed after that."""
    document = small_document()
    explain(document, "as on the paper")
    document.commit(sign_off(document, "R2", "Kim Ny", "chair"))
    document.commit(document.signing.reopening_edit("R2"), reason="a form was read again")
    fill(document, 2, A=91, cast=91)
    document.work()
    return document


def explain(document: Document, reason: str, codes: Sequence[str] = ()) -> None:
    document.work()
    for finding in document.live.findings():
        if finding.severity is Severity.WARNING and (not codes or finding.code in codes):
            document.commit(explanation_edit(document.records, finding, reason, "Dara"))


def large_document(lists: int, units: Sequence[int], seats: int, names: Sequence[str] | None = None) -> Document:
    """Every cell entered with a number that follows from its place."""
    keys = [f"L{number:02}" for number in range(1, lists + 1)]
    document = make_document(make_pack(keys, units, FORM, seats=seats, party_names=names))
    entered = {}
    for row in range(document.election.unit_count):
        votes = {key: (row * 7 + position * position * 11) % 997 for position, key in enumerate(keys)}
        rest = {"blank": row % 3, "invalid": row % 5}
        cast = sum(votes.values()) + sum(rest.values())
        figures = votes | rest | {"cast": cast, "registered": cast + row % 200}
        for position, column in enumerate(document.election.columns):
            entered[Place(row, position)] = figures[column.key]
    document.commit(document.edit_cells("paste", entered))
    return document


def numbers(text: str) -> list[str]:
    return re.findall(r"[0-9][0-9,.]*", text)
