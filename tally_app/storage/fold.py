"""From events to current values: what a payload does to a table of numbers, to stated figures, to records."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from msgspec import DecodeError
from msgspec.json import Decoder, encode
from numpy.typing import NDArray

from tally_app.count.figures import FigureKey
from tally_app.election.election import Election
from tally_app.storage.events import CREATED, FIGURES, Block, Change, Figures, JsonObject, Record, RecordKey, StatedEdit

NOT_ENTERED = -1
LIMIT = 999_999_999_999
"""The largest number a cell can hold."""


class PayloadInvalid(ValueError):
    """A payload that no journal of this election can hold."""


class OldDiffers(ValueError):
    """A payload says it replaces something else than what is there."""


class Patch(NamedTuple):
    """A block with its keys resolved: *new* and *old* are rows × columns."""

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    new: NDArray[np.int64]
    old: NDArray[np.int64]


def decode_change(kind: str, payload: bytes) -> Change:
    """Read the payload of any event but the first from JSON.

    Raises: PayloadInvalid: no change is called *kind*, or it is not a payload of this version.
    """
    if kind == CREATED or not kind.isidentifier():
        raise PayloadInvalid(f"'{kind}' cannot be the kind of a change")
    decoder: Decoder[Change] = Decoder(Figures) if kind == FIGURES else Decoder(Record)
    try:
        change = decoder.decode(payload)
    except (DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise PayloadInvalid(f"its payload cannot be read ({error})") from error
    if isinstance(change, Record) and not change.key:
        raise PayloadInvalid("a record with an empty key")
    return change


def resolve(election: Election, block: Block) -> Patch:
    """Turn a block's keys into positions and its lists into arrays.

    Raises: PayloadInvalid: unknown or repeated keys, wrong shape, or numbers outside 0 … LIMIT.
    """
    try:
        rows = [election.row(block.region, unit) for unit in block.units]
        columns = [election.column_index[column] for column in block.columns]
    except KeyError as error:
        raise PayloadInvalid(f"there is no {error} in region '{block.region}' of this election") from error
    if not rows or not columns:
        raise PayloadInvalid("a block without units or without columns")
    if len(set(rows)) != len(rows) or len(set(columns)) != len(columns):
        raise PayloadInvalid("a block names a unit or a column twice")
    shape = (len(rows), len(columns))
    old = np.full(shape, NOT_ENTERED, dtype=np.int64) if block.old is None else _matrix(block.old, shape)
    return Patch(np.array(rows), np.array(columns), _matrix(block.new, shape), old)


def apply_patch(election: Election, patch: Patch, table: NDArray[np.int64], positions: NDArray[np.int64]) -> None:
    """Write a patch into *table*, whose row *positions*[i] is the unit ``patch.rows[i]``.

    Raises: OldDiffers: the table holds something else than ``patch.old``; the table is unchanged.
    """
    place = np.ix_(positions, patch.columns)
    stored = table[place]
    if not np.array_equal(stored, patch.old):
        raise OldDiffers(_first_difference(election, patch, stored))
    table[place] = patch.new


def stated_key(edit: StatedEdit) -> FigureKey:
    """Return the key of the figure that is edited.

    Raises: PayloadInvalid: an empty key, which could not be told from an absent one.
    """
    if "" in (edit.source, edit.region, edit.unit, edit.party):
        raise PayloadInvalid("a stated figure with an empty key")
    return FigureKey(edit.source, edit.figure, edit.region, edit.unit, edit.party)


def check_stated(edit: StatedEdit, stored: str | None) -> None:
    """Refuse an edit that was not made from what is stored.

    Raises: OldDiffers: it was not.
    """
    if stored != edit.old:
        raise OldDiffers(f"{stated_key(edit)} is stated as {stored!r}, not {edit.old!r}")


def check_record(kind: str, record: Record, stored: JsonObject | None) -> None:
    """Refuse a record that was not made from what is stored.

    Raises: OldDiffers: it was not.
    """
    there, old = canonical(stored), canonical(record.old)
    if there != old:
        raise OldDiffers(f"the {kind} of {record.key!r} is recorded as {there}, not {old}")


def canonical(value: JsonObject | None) -> str:
    """Write a record's value as the one JSON text that equal values have; none is ``null``.

    Raises: PayloadInvalid: it is nested too deeply.
    """
    try:
        return encode(value, order="sorted").decode()
    except RecursionError as error:
        raise PayloadInvalid(f"a record cannot be written ({error})") from error


class Fold:
    """The current values that a series of events makes, in memory."""

    def __init__(self, election: Election) -> None:
        self._election = election
        self.values: NDArray[np.int64] = np.full(
            (election.unit_count, len(election.columns)), NOT_ENTERED, dtype=np.int64
        )
        self.stated: dict[FigureKey, str] = {}
        self.records: dict[RecordKey, JsonObject] = {}

    def apply(self, kind: str, change: Change) -> None:
        """Fold one more event.

        Raises: PayloadInvalid, OldDiffers: it cannot follow the events before.
        """
        if isinstance(change, Record):
            self._apply_record(kind, change)
        else:
            self._apply_figures(change)

    def _apply_record(self, kind: str, record: Record) -> None:
        key = RecordKey(kind, record.key)
        check_record(kind, record, self.records.get(key))
        if record.new is None:
            self.records.pop(key, None)
        else:
            self.records[key] = record.new

    def _apply_figures(self, figures: Figures) -> None:
        for block in figures.blocks:
            patch = resolve(self._election, block)
            apply_patch(self._election, patch, self.values, patch.rows)
        for edit in figures.stated:
            key = stated_key(edit)
            check_stated(edit, self.stated.get(key))
            if edit.new is None:
                self.stated.pop(key, None)
            else:
                self.stated[key] = edit.new


def describe_cell(election: Election, row: int, column: int) -> str:
    """Name a cell by its keys, for a message."""
    region = election.regions[election.region_of(row)]
    return f"region {region.key}, unit {election.unit(row).key}, column {election.columns[column].key}"


def _matrix(lines: Sequence[Sequence[int | None]], shape: tuple[int, int]) -> NDArray[np.int64]:
    try:
        array = _to_array(lines)
    except (ValueError, OverflowError) as error:
        raise PayloadInvalid(f"a block's numbers are not a table ({error})") from error
    if array.shape != shape:
        raise PayloadInvalid(f"a block of {shape[0]} units × {shape[1]} columns has numbers for {array.shape}")
    if array.max() > LIMIT:
        raise PayloadInvalid(f"a number outside 0 … {LIMIT}")
    return array


def _to_array(lines: Sequence[Sequence[int | None]]) -> NDArray[np.int64]:
    try:
        array = np.array(lines, dtype=np.int64)
    except TypeError:
        return np.array([[_code(value) for value in line] for line in lines], dtype=np.int64)
    if array.size and array.min() < 0:
        return np.full_like(array, LIMIT + 1)
    return array


def _code(value: int | None) -> int:
    if value is None:
        return NOT_ENTERED
    return value if value >= 0 else LIMIT + 1


def _first_difference(election: Election, patch: Patch, stored: NDArray[np.int64]) -> str:
    line, position = (int(index) for index in np.argwhere(stored != patch.old)[0])
    cell = describe_cell(election, int(patch.rows[line]), int(patch.columns[position]))
    return f"{cell} holds {number_text(stored[line, position])}, not {number_text(patch.old[line, position])}"


def number_text(value: np.int64 | int) -> str:
    """Write a stored number for a message; −1 is *nothing*."""
    return "nothing" if value == NOT_ENTERED else str(value)
