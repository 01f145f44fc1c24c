"""Elections with double entry, and clerks that type into their documents."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from tally_app.count.figures import Cell
from tally_app.document.document import Document, FiguresChanged
from tally_app.document.opening import create_tally, open_document
from tally_app.document.second_entry import UnitState, second_edit, settlement_edit
from tally_app.election.pack import encode_pack
from tally_app.storage.events import Stamp
from tests.packs import make_pack

NIGHT = datetime(2024, 2, 25, 22, 14, 3, tzinfo=UTC)
FIRST = (100, 90, 50, 37, 3)
"""registered, cast, A, B, invalid: a form that adds up."""


def doubled_file(folder: Path, **options: object) -> Path:
    """Make a file of a small election with double entry; options as ``make_pack``."""
    pack = folder / "pack.json"
    pack.write_bytes(encode_pack(replace(make_pack(**options), double_entry=True)))  # type: ignore[arg-type]
    path = folder / "doubled.tally"
    create_tally(path, pack, training=False, stamp=Stamp(NIGHT, "Office", "test"))
    return path


def opened(path: Path, operator: str = "Chan") -> Document:
    return open_document(path, operator=operator, clock=lambda: NIGHT, origin="test")


def first(
    document: Document, who: str, row: int, *figures: int | None, gesture: str = "enter"
) -> FiguresChanged | None:
    """Type a unit's first entry, from its first column on."""
    document.operator = who
    return document.commit(document.edit_cells(gesture, _cells(row, figures)))


def second(document: Document, who: str, row: int, *figures: int | None) -> FiguresChanged | None:
    """Type a unit's second entry, from its first column on."""
    document.operator = who
    edit = second_edit(document.election, document.book, document.second, who, _cells(row, figures))
    return document.commit(edit)


def settle(
    document: Document, who: str, row: int, paper: Mapping[str, int | None], note: str = ""
) -> FiguresChanged | None:
    """Settle a unit's differences, by column keys."""
    document.operator = who
    columns = {document.election.column_index[key]: value for key, value in paper.items()}
    return document.commit(settlement_edit(document.election, document.book, document.second, who, row, columns, note))


def undo(document: Document, changed: FiguresChanged | None) -> FiguresChanged | None:
    """Take an edit back as the window does."""
    assert changed is not None
    inverse = changed.edit.inverse()
    gone = type(inverse)("undo", inverse.cells, inverse.stated, inverse.records)
    return document.commit(gone, undoes=changed.seq)


def state(document: Document, row: int) -> UnitState:
    """A unit's state, which the count of states must agree with."""
    said = document.second.state(row, document.book.row(row))
    assert document.states.state(row) is said
    return said


def _cells(row: int, figures: tuple[int | None, ...]) -> dict[Cell, int | None]:
    return {Cell(row, column): value for column, value in enumerate(figures)}
