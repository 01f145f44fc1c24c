"""Rows that must not turn up here: those of a training file, or of a file whose figures were taken over before."""

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta, Struct

from tally_app.checks.twins import row_key
from tally_app.count.book import BallotBook
from tally_app.document.edit import Edit, EditRefused, pack_edit
from tally_app.document.records import RecordBook, RecordChange, read_record, write_record
from tally_app.election.election import Election

KNOWN_ROWS = "rows"
"""Kind of the records of known rows; their key is the name of what they come from."""
MOST_ROWS = 100_000
"""Rows that one record may have: a record is one line of the journal."""

Digest = Annotated[str, Meta(min_length=1, max_length=64)]
_LONGEST_NAME = 300


class KnownRows(Struct, frozen=True, forbid_unknown_fields=True):
    """Digests of rows (``checks/twins.py``) of another file, with the place where each stands there."""

    what: Literal["training", "import"]
    name: Annotated[str, Meta(min_length=1, max_length=_LONGEST_NAME)]
    rows: dict[Digest, str]


def known_rows(records: RecordBook) -> Mapping[str, tuple[str, str]]:
    """Return all known rows: digest → (``training`` or ``import``, where it stands there).

    A row that is known from several files is told of one: a training file before an import, then by name.
    """
    values = [read_record(record, KnownRows) for record in records.of(KNOWN_ROWS).values()]
    known: dict[str, tuple[str, str]] = {}
    for value in sorted(values, key=_least_telling_first):
        known |= {digest: (value.what, f"{value.name} · {place}") for digest, place in value.rows.items()}
    return known


def known_rows_edit(records: RecordBook, value: KnownRows) -> Edit:
    """Return the edit that remembers the rows of another file; an earlier record of the same name gives way.

    Raises: EditRefused: ``too-many-rows``.
    """
    if len(value.rows) > MOST_ROWS:
        raise EditRefused("too-many-rows", rows=len(value.rows), limit=MOST_ROWS)
    old, new = records.value(KNOWN_ROWS, value.name), write_record(value)
    return Edit("rows", records=(RecordChange(KNOWN_ROWS, value.name, old, new),) if old != new else ())


def rows_to_know(
    election: Election, book: BallotBook, name: str, what: Literal["training", "import"] = "training"
) -> KnownRows:
    """Return the digests of a file's complete rows.

    Rows that came with its election pack are left out: they stand in every file that was made from it. So are rows
    without a single vote. *name*: what the file is called, cut where it is too long.
    """
    came: dict[int, dict[int, int | None]] = {}
    for cell, _, value in pack_edit(election).cells:
        came.setdefault(cell.row, {})[cell.column] = value
    width = len(election.columns)
    required = [index for index, column in enumerate(election.columns) if column.required]
    rows: dict[str, str] = {}
    for row in range(election.unit_count):
        figures = book.row(row)
        complete = all(figures[column] is not None for column in required)
        if not complete or not any(figures[column] for column in election.ballot_columns):
            continue
        given = came.get(row, {})
        if figures != tuple(given.get(column) for column in range(width)):
            rows.setdefault(row_key(election, figures), _place(election, row))
    return KnownRows(what, name[:_LONGEST_NAME], rows)


def same_forms(one: Election, other: Election) -> bool:
    """Do two elections have the same parties, forms, regions and units? Only then their rows can be compared."""
    return (
        [column.key for column in one.columns] == [column.key for column in other.columns]
        and [region.key for region in one.regions] == [region.key for region in other.regions]
        and [[unit.key for unit in region.units] for region in one.regions]
        == [[unit.key for unit in region.units] for region in other.regions]
    )


def _place(election: Election, row: int) -> str:
    region = election.regions[election.region_of(row)]
    return f"{region.name.en} · {election.unit(row).name.en}"


def _least_telling_first(value: KnownRows) -> tuple[bool, str]:
    return value.what == "training", value.name
