"""Blocks of figures as spreadsheets put them on the clipboard: lines of cells between tabs."""

import csv
import io
from collections.abc import Sequence

from tally_app.exchange.numbers import NumberRefused, Refusal, parse_votes


class BlockRefused(ValueError):
    """A pasted block has a cell that is no number; nothing of it is taken. Row and column count from 1."""

    def __init__(self, row: int, column: int, text: str, reason: Refusal) -> None:
        super().__init__(f"row {row}, column {column}: {text!r}: {reason}")
        self.row = row
        self.column = column
        self.text = text
        self.reason = reason


def read_block(text: str) -> list[list[int | None]]:
    """Read lines of cells; empty cells are None. All lines get the length of the longest.

    Raises: BlockRefused: the first cell that is not a number of votes.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    try:
        lines = list(csv.reader(io.StringIO(plain), dialect="excel-tab"))
    except csv.Error:  # a field longer than any number
        raise BlockRefused(1, 1, plain, Refusal.TOO_LARGE) from None
    width = max((len(line) for line in lines), default=0)
    block = [[_read_cell(cell, r, c) for c, cell in enumerate(line, 1)] for r, line in enumerate(lines, 1)]
    return [line + [None] * (width - len(line)) for line in block]


def write_block(block: Sequence[Sequence[int | None]]) -> str:
    """Write figures without grouping, so that every spreadsheet reads them as numbers."""
    return "\n".join("\t".join("" if value is None else str(value) for value in line) for line in block)


def _read_cell(text: str, row: int, column: int) -> int | None:
    try:
        return parse_votes(text)
    except NumberRefused as refused:
        raise BlockRefused(row, column, text, refused.reason) from None
