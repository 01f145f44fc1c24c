"""A table as comma-separated text (RFC 4180) that every spreadsheet opens, and that no spreadsheet runs."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

_MARK = "\ufeff"
"""Byte order mark: without it spreadsheets take Khmer letters for something else."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
_HARMLESS = "'"


def csv_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """Yield a table as UTF-8 with its mark, a line at a time; every field is harmless."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    buffer.write(_MARK)
    for fields in chain([header], rows):
        writer.writerow(map(harmless, fields))
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()


def harmless(field: str) -> str:
    """Put an apostrophe before a field that a spreadsheet would take for a formula: what begins with = + - @ or a tab.

    A field that begins with an apostrophe gets one more, so that taking one away gives back what was there.
    """
    return f"{_HARMLESS}{field}" if field.startswith(_FORMULA) else field


def as_it_was(field: str) -> str:
    """Return a field of such a table without the apostrophe that made it harmless."""
    return field.removeprefix(_HARMLESS)
