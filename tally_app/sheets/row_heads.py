"""Heads of a table's rows, tagged as such, so that a screen reader names the unit of a figure, not its column alone.

Typst tags heads of columns; heads of rows it can only where a trial feature is on, which its Python package cannot
switch on. So the tags are changed in the PDF. Which heads belong to a cell then follows from where they stand.
"""

import re
from collections.abc import Iterator, Sequence

from tally_app.sheets.content import Beside, Block, Boxes, Row, Sheet, Table
from tally_app.sheets.pdf_objects import NotTypst, Objects

_KIDS = re.compile(rb"/K\[((?:\d+ 0 R ?)*)\]")
_HEADERS = re.compile(rb"/Headers\[[^\]]*\]")
_PLACE = b"<</O/Table"
Heads = Sequence[int]
"""Of each row of a table below its head: which of its cells is the row's head [0, 1, …]."""


def heads_of(sheets: Sequence[Sheet]) -> Sequence[Heads]:
    """Return the heads of the rows of every table of these sheets, in their order."""
    return [heads for sheet in sheets for block in sheet.blocks for heads in _of_block(block)]


def with_row_heads(pdf: bytes, tables: Sequence[Heads]) -> bytes:
    """Return the PDF with these cells tagged as heads of their rows; unchanged if it is not Typst's, or of others."""
    try:
        objects = Objects(pdf)
        numbers = [number for number in sorted(objects) if b"/S/Table/" in objects[number]]
        for number, heads in zip(numbers, tables, strict=True):
            for row, head in zip(_rows(objects, number), heads, strict=True):
                _tag(objects, _kids(objects[row]), head)
        return objects.whole()
    except (NotTypst, ValueError):
        return pdf


def _of_block(block: Block) -> Iterator[Heads]:
    match block:
        case Table():
            yield _of_table(block)
        case Beside():
            yield _of_table(block.right)
        case Boxes():  # number, name, boxes; as many tables as columns
            height = -(-len(block.lines) // block.columns)
            for first in range(0, height * block.columns, height or 1):
                yield [1] * len(block.lines[first : first + height])


def _of_table(table: Table) -> Heads:
    """The first column of words, or the first one."""
    words = (place for place, column in enumerate(table.columns) if column.align == "left")
    wanted = next(words, 0)
    return [_cell_over(row, wanted) for row in table.rows]


def _cell_over(row: Row, column: int) -> int:
    end = 0
    for place, cell in enumerate(row.cells):
        end += 1 if isinstance(cell, str) else cell.span
        if end > column:
            return place
    return 0


def _rows(objects: Objects, table: int) -> Iterator[int]:
    for number in _kids(objects[table]):
        if b"/S/TR/" in objects[number]:
            yield number
        elif b"/S/TBody/" in objects[number]:
            yield from _rows(objects, number)


def _kids(element: bytes) -> list[int]:
    found = _KIDS.search(element)
    return [] if found is None else [int(number) for number in found.group(1).split()[::3]]


def _tag(objects: Objects, cells: Sequence[int], head: int) -> None:
    for place, number in enumerate(cells):
        cell = _HEADERS.sub(b"", objects[number])
        if place != head:
            objects[number] = cell.replace(_PLACE + b">>", b"").replace(b"/A[]", b"")
        elif _PLACE in cell:
            objects[number] = cell.replace(b"/S/TD/", b"/S/TH/").replace(_PLACE, _PLACE + b"/Scope/Row", 1)
        else:
            objects[number] = cell.replace(b"/S/TD/", b"/S/TH/A<</O/Table/Scope/Row>>/", 1)
