"""A table as comma-separated text (RFC 4180) that every spreadsheet opens, and that no spreadsheet runs."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

_MARK = "\ufeff"
"""Byte order mark: without it spreadsheets take Khmer letters for something else."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
_HARMLESS = "'"


def csv_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """Yield a table as UTF-8 with its mark, a line at a time; every field is harmless."""
    yield (_MARK + _line(header)).encode()
    for row in rows:
        yield _line([harmless(field) for field in row]).encode()


def harmless(field: str) -> str:
    """Put an apostrophe before a field that a spreadsheet would take for a formula: what begins with = + - @ or a tab.

    A field that begins with an apostrophe gets one more, so that taking one away gives back what was there.
    """
    return f"{_HARMLESS}{field}" if field.startswith(_FORMULA) else field


def as_it_was(field: str) -> str:
    """Return a field of such a table without the apostrophe that made it harmless."""
    return field.removeprefix(_HARMLESS)


def _line(fields: Sequence[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(fields)
    return buffer.getvalue()
