"""Rows that must not turn up here: those of a training file, or of a file whose figures were taken over before."""

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta, Struct

from tally_app.document.edit import Edit
from tally_app.document.records import RecordBook, RecordChange, read_record, write_record

KNOWN_ROWS = "rows"
"""Kind of the records of known rows; their key is the name of what they come from."""

Digest = Annotated[str, Meta(min_length=1, max_length=64)]


class KnownRows(Struct, frozen=True, forbid_unknown_fields=True):
    """Digests of rows (``checks/twins.py``) of another file, with the place where each stands there."""

    what: Literal["training", "import"]
    name: Annotated[str, Meta(min_length=1, max_length=300)]
    rows: dict[Digest, str]


def known_rows(records: RecordBook) -> Mapping[str, tuple[str, str]]:
    """Return all known rows: digest → (``training`` or ``import``, where it stands there)."""
    known: dict[str, tuple[str, str]] = {}
    for record in records.of(KNOWN_ROWS).values():
        value = read_record(record, KnownRows)
        known |= {digest: (value.what, f"{value.name} · {place}") for digest, place in value.rows.items()}
    return known


def known_rows_edit(records: RecordBook, value: KnownRows) -> Edit:
    """Return the edit that remembers the rows of another file; an earlier record of the same name gives way."""
    old, new = records.value(KNOWN_ROWS, value.name), write_record(value)
    return Edit("rows", records=(RecordChange(KNOWN_ROWS, value.name, old, new),) if old != new else ())
