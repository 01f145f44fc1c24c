"""Blocks of stated figures from the clipboard: each row a kind of figure, cells as printed."""

import csv
import io
from collections.abc import Sequence

from tally_app.election.model import FigureKind
from tally_app.exchange.clipboard import BlockRefused
from tally_app.exchange.numbers import NumberRefused, Refusal
from tally_app.exchange.stated_text import read_stated


def read_stated_block(text: str, figures: Sequence[FigureKind]) -> list[list[str | None]]:
    """Read lines of cells between tabs, each line a figure of the kind at its place; empty cells are None.

    *figures* are one at least; lines beyond them are read as the last of them, and whoever asked sees that they are
    too many.

    Raises: BlockRefused: the first cell that is no figure of its kind.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    try:
        lines = list(csv.reader(io.StringIO(plain), dialect="excel-tab"))
    except csv.Error:  # a field longer than any number
        raise BlockRefused(1, 1, plain, Refusal.TOO_LARGE) from None
    width = max((len(line) for line in lines), default=0)
    kinds = [*figures, *[figures[-1]] * len(lines)]
    block = [
        [_read(kind, cell, row, column) for column, cell in enumerate(line, 1)]
        for row, (kind, line) in enumerate(zip(kinds, lines, strict=False), 1)
    ]
    return [line + [None] * (width - len(line)) for line in block]


def _read(figure: FigureKind, text: str, row: int, column: int) -> str | None:
    try:
        return read_stated(figure, text)
    except NumberRefused as refused:
        raise BlockRefused(row, column, text, refused.reason) from None
