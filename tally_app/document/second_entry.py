"""Double entry: every form typed a second time by somebody else, and differences settled from the paper.

States of a unit: nothing → entered (the first entry is complete) → typed again → verified, or a difference that is
settled field by field. A unit is verified as long as the first entry agrees, in every field, with the second or with
what was settled; a later correction that does neither makes the difference open again.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Annotated, TypeVar

from msgspec import Meta, Struct

from tally_app.count.book import BallotBook
from tally_app.count.figures import Cell, CellChange
from tally_app.document.authors import Authors, person
from tally_app.document.edit import Edit, EditRefused, check_votes
from tally_app.document.records import RecordBook, RecordChange, read_record, write_record
from tally_app.election.election import Election
from tally_app.election.model import Count
from tally_app.storage.events import JsonObject
from tally_app.storage.journal import Journal

SECOND = "second"
"""Kind of the records of second entries; their key is ``region/unit``."""
SETTLEMENT = "settlement"
"""Kind of the records of settled differences; the same keys."""

_ENTRIES = ("enter", "paste", "clear", "fill")
_Key = TypeVar("_Key")
_Record = TypeVar("_Record", bound=Struct)
_Value = TypeVar("_Value")

Person = Annotated[str, Meta(min_length=1, max_length=300, pattern=r"\S")]


class SecondEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A form as it was typed the second time. Columns that are left out are not entered."""

    figures: Annotated[dict[str, Count], Meta(min_length=1)]
    by: Annotated[list[Person], Meta(min_length=1)]
    """Who typed it, in the order they came."""


class Decided(Struct, frozen=True, forbid_unknown_fields=True):
    """A field in which the entries differed, and what the paper says. None is not entered."""

    first: Count | None
    second: Count | None
    paper: Count | None
    by: Person
    """Who decided."""


class Settlement(Struct, frozen=True, forbid_unknown_fields=True):
    """How a unit's differences were settled from the paper, field by field."""

    fields: Annotated[dict[str, Decided], Meta(min_length=1)]
    note: Annotated[str, Meta(max_length=300)] = ""


class UnitState(StrEnum):
    """How far a unit is, under double entry."""

    EMPTY = "empty"
    """Nothing is entered."""
    BEGUN = "begun"
    """The first entry is not complete."""
    ENTERED = "entered"
    """It waits for the second clerk."""
    TYPED_AGAIN = "typed-again"
    """The second entry is not complete."""
    DIFFERS = "differs"
    """It waits for somebody to settle it from the paper."""
    VERIFIED = "verified"


class SecondEntries:
    """Second entries and settlements by row, and who made the first entries."""

    def __init__(self, election: Election, records: RecordBook, journal: Journal | None) -> None:
        """*journal*: None where the election has no double entry."""
        self._election = election
        self._keys = [column.key for column in election.columns]
        self._required = [i for i, column in enumerate(election.columns) if column.required]
        self._second: dict[int, SecondEntry] = {}
        self._settled: dict[int, Settlement] = {}
        self._authors = Authors(election) if journal is not None else None
        if journal is not None and self._authors is not None:
            for kind in (SECOND, SETTLEMENT):
                self.put(RecordChange(kind, key, None, record) for key, record in records.of(kind).items())
            self._authors.read(journal)

    @property
    def active(self) -> bool:
        """Has the election double entry?"""
        return self._authors is not None

    @property
    def authors(self) -> Authors:
        """Who typed the first entries. Only where the election has double entry."""
        if self._authors is None:
            raise RuntimeError("the election has no double entry")
        return self._authors

    @property
    def rows(self) -> Iterable[int]:
        """Rows of the units that have a second entry."""
        return self._second.keys()

    def entry(self, row: int) -> SecondEntry | None:
        """Return a unit's second entry."""
        return self._second.get(row)

    def settlement(self, row: int) -> Settlement | None:
        """Return how a unit's differences were settled last."""
        return self._settled.get(row)

    def clerks(self, row: int) -> tuple[str, ...]:
        """Return who typed the figures of a unit's first entry; nobody where they came with the election."""
        return () if self._authors is None else self._authors.of(row)

    def typed_first(self, row: int, operator: str) -> bool:
        """Did this person type a unit's first entry, or a part of it?"""
        return self._authors is not None and self._authors.typed(row, operator)

    def typed_second(self, row: int, operator: str) -> bool:
        """Did this person type a unit's second entry, or a part of it?"""
        entry = self._second.get(row)
        return entry is not None and person(operator) in map(person, entry.by)

    def figures(self, row: int) -> tuple[int | None, ...]:
        """Return a unit's second entry by column."""
        entry = self._second.get(row)
        known = entry.figures if entry is not None else {}
        return tuple(known.get(key) for key in self._keys)

    def settled(self, row: int) -> Mapping[str, int | None]:
        """Return what was settled in a unit, by column key. A second entry that was typed anew is another question."""
        settlement, entry = self._settled.get(row), self._second.get(row)
        if settlement is None or entry is None:
            return {}
        fields = settlement.fields.items()
        return {key: field.paper for key, field in fields if field.second == entry.figures.get(key)}

    def state(self, row: int, first: tuple[int | None, ...]) -> UnitState:
        """Return how far a unit is. *first*: its first entry by column."""
        if not self._complete(first):
            registered = self._election.column_index.get("registered")
            begun = any(value is not None for column, value in enumerate(first) if column != registered)
            return UnitState.BEGUN if begun else UnitState.EMPTY
        if row not in self._second:
            return UnitState.ENTERED
        if not self.second_complete(row):
            return UnitState.TYPED_AGAIN
        return UnitState.DIFFERS if self.differing(row, first) else UnitState.VERIFIED

    def second_complete(self, row: int) -> bool:
        """Has a unit's second entry every figure that the form requires?"""
        return row in self._second and self._complete(self.figures(row))

    def differing(self, row: int, first: tuple[int | None, ...]) -> list[int]:
        """Return the columns in which the entries differ and nothing is settled."""
        settled, second = self.settled(row), self.figures(row)
        return [
            column
            for column, (key, one, other) in enumerate(zip(self._keys, first, second, strict=True))
            if one != other and not (key in settled and settled[key] == one)
        ]

    def contested(self, book: BallotBook) -> list[int]:
        """Return the rows of the units whose entries are not the same, settled or not, complete or not."""
        return [row for row in self._second if self.figures(row) != book.row(row)]

    def put(self, changes: Iterable[RecordChange]) -> set[int]:
        """Take changed records over; return the rows that they are about."""
        touched = set()
        for change in changes:
            if change.kind not in (SECOND, SETTLEMENT) or not self.active:
                continue
            row = row_of(self._election, change.key)
            touched.add(row)
            if change.kind == SECOND:
                _replace(self._second, row, _read(change.new, SecondEntry))
            else:
                _replace(self._settled, row, _read(change.new, Settlement))
        return touched

    def note_clerk(self, seq: int, operator: str, edit: Edit, undoes: int | None) -> None:
        """Remember who typed first entries. *seq*: number of the edit's first event; *undoes*: as in ``commit``."""
        if self._authors is not None:
            self._authors.note(seq, operator, edit.gesture, undoes, edit.cells)

    def refuse_second_clerk(self, edit: Edit, operator: str) -> None:
        """Raise EditRefused (``second-clerk``) where somebody would type the first entry of a form typed again by them.

        Repairs and settlements are no entries: they are made from the paper, with both in view.
        """
        if not self.active or edit.gesture not in _ENTRIES:
            return
        for change in edit.cells:
            if self.typed_second(change.cell.row, operator):
                raise EditRefused("second-clerk", row=change.cell.row, operator=operator)

    def _complete(self, figures: tuple[int | None, ...]) -> bool:
        return all(figures[column] is not None for column in self._required) and any(f is not None for f in figures)


def second_edit(
    election: Election, book: BallotBook, second: SecondEntries, operator: str, figures: Mapping[Cell, int | None]
) -> Edit:
    """Return the edit that types figures of second entries.

    Raises: EditRefused: ``no-double-entry``; ``same-clerk``: the operator typed the first entry; ``not-entered``: there
        is no complete first entry yet; ``number-out-of-range``.
    """
    if not second.active:
        raise EditRefused("no-double-entry")
    by_row: dict[int, dict[int, int | None]] = {}
    for cell, value in figures.items():
        check_votes(value)
        by_row.setdefault(cell.row, {})[cell.column] = value
    changes = [_second_change(election, book, second, operator, row, columns) for row, columns in by_row.items()]
    return Edit("second", records=tuple(change for change in changes if change.old != change.new))


def settlement_edit(
    election: Election,
    book: BallotBook,
    second: SecondEntries,
    operator: str,
    row: int,
    paper: Mapping[int, int | None],
    note: str = "",
) -> Edit:
    """Return the edit that settles a unit's differences from the paper: the record, and the cells that it corrects.

    Args: paper: what the paper says, for every column in which the entries differ, and for no other.
    Raises: EditRefused: ``no-double-entry``; ``no-difference``; ``not-settled``: a differing column is left out, or a
        required one is said to be empty; ``not-differing``: the entries agree in a column; ``number-out-of-range``;
        ``too-long``: the note or the operator's name.
    """
    if not second.active:
        raise EditRefused("no-double-entry")
    first = book.row(row)
    if second.state(row, first) is not UnitState.DIFFERS:
        raise EditRefused("no-difference", row=row)
    differing = second.differing(row, first)
    _check_paper(election, row, differing, paper)
    figures, before = second.figures(row), second.settlement(row)
    still = second.settled(row)
    kept = {} if before is None else {key: field for key, field in before.fields.items() if key in still}
    fields = {
        election.columns[column].key: Decided(first[column], figures[column], paper[column], operator)
        for column in differing
    }
    cells = tuple(
        CellChange(Cell(row, column), first[column], paper[column])
        for column in differing
        if first[column] != paper[column]
    )
    old = None if before is None else write_record(before)
    record = _written(Settlement({**kept, **fields}, note.strip()))
    return Edit("settle", cells, records=(RecordChange(SETTLEMENT, key_of(election, row), old, record),))


def key_of(election: Election, row: int) -> str:
    """Return a unit's key among the records: ``R5/21``."""
    return f"{election.regions[election.region_of(row)].key}/{election.unit(row).key}"


def row_of(election: Election, key: str) -> int:
    """Return the row of a unit by its key among the records. Raises ``KeyError``: there is no such unit."""
    region, _, unit = key.partition("/")
    return election.row(region, unit)


def _check_paper(election: Election, row: int, differing: list[int], paper: Mapping[int, int | None]) -> None:
    def keys(columns: Iterable[int]) -> list[str]:
        return [election.columns[column].key for column in sorted(columns)]

    for value in paper.values():
        check_votes(value)
    agreed = set(paper) - set(differing)
    if agreed:
        raise EditRefused("not-differing", row=row, columns=keys(agreed))
    required = (column for column in differing if election.columns[column].required and paper.get(column) is None)
    missing = {*required, *(set(differing) - set(paper))}
    if missing:
        raise EditRefused("not-settled", row=row, columns=keys(missing))


def _second_change(
    election: Election,
    book: BallotBook,
    second: SecondEntries,
    operator: str,
    row: int,
    columns: Mapping[int, int | None],
) -> RecordChange:
    if second.typed_first(row, operator):
        raise EditRefused("same-clerk", row=row, operator=operator)
    before = second.entry(row)
    if before is None and second.state(row, book.row(row)) in (UnitState.EMPTY, UnitState.BEGUN):
        raise EditRefused("not-entered", row=row)
    figures = {} if before is None else dict(before.figures)
    for column, value in columns.items():
        _replace(figures, election.columns[column].key, value)
    by = [] if before is None else before.by
    old = None if before is None else write_record(before)
    key = key_of(election, row)
    if before is not None and before.figures == figures:
        return RecordChange(SECOND, key, old, old)
    after = SecondEntry(figures, by if second.typed_second(row, operator) else [*by, operator])
    return RecordChange(SECOND, key, old, _written(after) if figures else None)


def _read(record: JsonObject | None, kind: type[_Record]) -> _Record | None:
    return None if record is None else read_record(record, kind)


def _written(value: Struct) -> JsonObject:
    try:
        return write_record(value)
    except ValueError as error:
        raise EditRefused("too-long", problem=str(error)) from error


def _replace(table: dict[_Key, _Value], key: _Key, value: _Value | None) -> None:
    if value is None:
        table.pop(key, None)
    else:
        table[key] = value
