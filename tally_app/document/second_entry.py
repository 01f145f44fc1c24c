"""Double entry: every form typed a second time by somebody else, and differences settled from the paper.

States of a unit: nothing → entered (the first entry is complete) → typed again → verified, or a difference that is
settled field by field. A unit is verified as long as the first entry agrees, in every field, with the second or with
what was settled; a later correction that does neither makes the difference open again.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from tally_app.count.book import BallotBook
from tally_app.count.figures import Cell, CellChange
from tally_app.document.edit import Edit, EditRefused, check_votes
from tally_app.document.records import RecordBook, RecordChange, read_record, write_record
from tally_app.election.election import Election
from tally_app.election.model import Count
from tally_app.storage.events import FIGURES, Figures
from tally_app.storage.fold import decode_change
from tally_app.storage.journal import Journal

SECOND = "second"
"""Kind of the records of second entries; their key is ``region/unit``."""
SETTLEMENT = "settlement"
"""Kind of the records of settled differences; the same keys."""

_NOBODY: frozenset[str] = frozenset()
_ENTRIES = ("enter", "paste", "clear", "fill")
_FREE_GESTURES = ("pack",)
"""Gestures that are nobody's first entry."""

Person = Annotated[str, Meta(min_length=1, max_length=300, pattern=r"\S")]


class SecondEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A form as it was typed the second time. Columns that are left out are not entered."""

    figures: dict[str, Count]
    by: Annotated[list[Person], Meta(min_length=1)]
    """Who typed it, in the order they came."""


class Decided(Struct, frozen=True, forbid_unknown_fields=True):
    """A field in which the entries differed, and what the paper says. None is not entered."""

    first: Count | None
    second: Count | None
    paper: Count | None


class Settlement(Struct, frozen=True, forbid_unknown_fields=True):
    """Who settled a unit's differences from the paper, and how."""

    fields: dict[str, Decided]
    by: Person
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
        self._required = [i for i, column in enumerate(election.columns) if column.required]
        self.active = journal is not None
        self._second: dict[int, SecondEntry] = {}
        self._settled: dict[int, Settlement] = {}
        self._clerks: dict[int, frozenset[str]] = {}
        if journal is not None:
            for kind in (SECOND, SETTLEMENT):
                self.put(RecordChange(kind, key, None, record) for key, record in records.of(kind).items())
            self._clerks = first_clerks(election, journal)

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

    def clerks(self, row: int) -> frozenset[str]:
        """Return who typed a unit's first entry."""
        return self._clerks.get(row, _NOBODY)

    def figures(self, row: int) -> tuple[int | None, ...]:
        """Return a unit's second entry by column."""
        entry = self._second.get(row)
        known = entry.figures if entry is not None else {}
        return tuple(known.get(column.key) for column in self._election.columns)

    def settled(self, row: int) -> Mapping[str, int | None]:
        """Return what was settled in a unit, by column key."""
        settlement = self._settled.get(row)
        return {} if settlement is None else {key: field.paper for key, field in settlement.fields.items()}

    def state(self, row: int, first: tuple[int | None, ...]) -> UnitState:
        """Return how far a unit is. *first*: its first entry by column."""
        if not self._complete(first):
            registered = self._election.column_index.get("registered")
            begun = any(value is not None for column, value in enumerate(first) if column != registered)
            return UnitState.BEGUN if begun else UnitState.EMPTY
        if row not in self._second:
            return UnitState.ENTERED
        second = self.figures(row)
        if not self._complete(second):
            return UnitState.TYPED_AGAIN
        return UnitState.DIFFERS if self.differing(row, first) else UnitState.VERIFIED

    def differing(self, row: int, first: tuple[int | None, ...]) -> list[int]:
        """Return the columns in which the entries differ and nothing is settled."""
        settled, second = self.settled(row), self.figures(row)
        keys = [column.key for column in self._election.columns]
        return [
            column
            for column, (one, other) in enumerate(zip(first, second, strict=True))
            if one != other and not (keys[column] in settled and settled[keys[column]] == one)
        ]

    def put(self, changes: Iterable[RecordChange]) -> set[int]:
        """Take changed records over; return the rows that they are about."""
        touched = set()
        for change in changes:
            if change.kind not in (SECOND, SETTLEMENT) or not self.active:
                continue
            row = row_of(self._election, change.key)
            touched.add(row)
            if change.kind == SECOND:
                _replace(self._second, row, change.new and read_record(change.new, SecondEntry))
            else:
                _replace(self._settled, row, change.new and read_record(change.new, Settlement))
        return touched

    def note_clerk(self, gesture: str, cells: Iterable[CellChange], operator: str) -> None:
        """Remember who typed first entries."""
        if self.active and gesture not in _FREE_GESTURES:
            for row in {change.cell.row for change in cells}:
                self._clerks[row] = self.clerks(row) | {operator}

    def refuse_second_clerk(self, edit: Edit, operator: str) -> None:
        """Raise EditRefused (``second-clerk``) where somebody would type the first entry of a form typed again by them.

        Repairs and settlements are no entries: they are made from the paper, with both in view.
        """
        if not self.active or edit.gesture not in _ENTRIES:
            return
        for change in edit.cells:
            entry = self._second.get(change.cell.row)
            if entry is not None and operator in entry.by:
                raise EditRefused("second-clerk", row=change.cell.row, operator=operator)

    def _complete(self, figures: tuple[int | None, ...]) -> bool:
        return all(figures[column] is not None for column in self._required) and any(f is not None for f in figures)


def first_clerks(election: Election, journal: Journal) -> dict[int, frozenset[str]]:
    """Read from the journal who typed the first entry of each unit."""
    clerks: dict[int, frozenset[str]] = {}
    for event in journal.events():
        if event.kind != FIGURES:
            continue
        change = decode_change(event.kind, event.payload.encode())
        if not isinstance(change, Figures) or change.gesture in _FREE_GESTURES:
            continue
        for block in change.blocks:
            for unit in block.units:
                row = election.row(block.region, unit)
                clerks[row] = clerks.get(row, _NOBODY) | {event.operator}
    return clerks


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

    Args: paper: what the paper says, for every column in which the entries differ.
    Raises: EditRefused: ``no-difference``; ``not-settled``: a differing column is left out; ``number-out-of-range``.
    """
    first = book.row(row)
    if second.state(row, first) is not UnitState.DIFFERS:
        raise EditRefused("no-difference", row=row)
    differing = second.differing(row, first)
    missing = [election.columns[column].key for column in differing if column not in paper]
    if missing:
        raise EditRefused("not-settled", row=row, columns=missing)
    figures = second.figures(row)
    fields = {}
    for column in differing:
        check_votes(paper[column])
        if paper[column] is None and election.columns[column].required:
            raise EditRefused("not-settled", row=row, columns=[election.columns[column].key])
        fields[election.columns[column].key] = Decided(first[column], figures[column], paper[column])
    before = second.settlement(row)
    kept = {} if before is None else before.fields
    record = write_record(Settlement({**kept, **fields}, operator, note))
    key = key_of(election, row)
    cells = tuple(
        CellChange(Cell(row, column), first[column], paper[column])
        for column in differing
        if first[column] != paper[column]
    )
    old = None if before is None else write_record(before)
    return Edit("settle", cells, records=(RecordChange(SETTLEMENT, key, old, record),))


def key_of(election: Election, row: int) -> str:
    """Return a unit's key among the records: ``R5/21``."""
    return f"{election.regions[election.region_of(row)].key}/{election.unit(row).key}"


def row_of(election: Election, key: str) -> int:
    """Return the row of a unit by its key among the records. Raises ``KeyError``: there is no such unit."""
    region, _, unit = key.partition("/")
    return election.row(region, unit)


def _second_change(
    election: Election,
    book: BallotBook,
    second: SecondEntries,
    operator: str,
    row: int,
    columns: Mapping[int, int | None],
) -> RecordChange:
    if operator in second.clerks(row):
        raise EditRefused("same-clerk", row=row, operator=operator)
    before = second.entry(row)
    if second.state(row, book.row(row)) in (UnitState.EMPTY, UnitState.BEGUN) and before is None:
        raise EditRefused("not-entered", row=row)
    figures = {} if before is None else dict(before.figures)
    for column, value in columns.items():
        _replace(figures, election.columns[column].key, value)
    by = [] if before is None else before.by
    after = SecondEntry(figures, by if operator in by else [*by, operator])
    unchanged = before is not None and before.figures == figures
    old = None if before is None else write_record(before)
    return RecordChange(SECOND, key_of(election, row), old, old if unchanged else write_record(after))


def _replace(table: dict, key: object, value: object | None) -> None:  # type: ignore[type-arg]
    if value is None:
        table.pop(key, None)
    else:
        table[key] = value
