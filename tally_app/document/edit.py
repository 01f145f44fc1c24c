"""An edit: what one gesture changes, ready to be journalled, and how it is taken back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tally_app.allocation.outcome import Policy, Tie
from tally_app.allocation.outcomes import possible
from tally_app.count.figures import Cell, CellChange, FigureKey, StatedChange
from tally_app.document.lots import KIND as LOT
from tally_app.document.lots import Lot, keys, lot_from_record, record_of_lot, seats_by_lot
from tally_app.document.records import RecordChange
from tally_app.document.results import RegionResult
from tally_app.election.election import Election
from tally_app.election.stating import MAX_DECIMALS, PERCENTAGES, largest, misplaced
from tally_app.exchange.numbers import LIMIT
from tally_app.storage.events import FIGURES, Block, Change, Figures, StatedEdit


class EditRefused(ValueError):
    """The edit cannot be made; ``code`` and ``facts`` say why, nothing was changed."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(f"{code}: {facts}")
        self.code = code
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Edit:
    """Changes of one gesture, made in one transaction.

    *gesture* is a word: enter, paste, clear, fill, repair, state, import, lot, second, settle, explain, source, rows,
    sign-off, reopen, status, pack, undo, redo.
    """

    gesture: str
    cells: tuple[CellChange, ...] = ()
    stated: tuple[StatedChange, ...] = ()
    records: tuple[RecordChange, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.cells or self.stated or self.records)

    def inverse(self) -> "Edit":
        """Return the edit that takes this one back."""
        cells = tuple(CellChange(cell, new, old) for cell, old, new in self.cells)
        stated = tuple(StatedChange(key, new, old) for key, old, new in self.stated)
        return Edit(self.gesture, cells, stated, tuple(change.inverse() for change in self.records))


def check_votes(value: int | None) -> None:
    """Raise EditRefused for a number that no cell can take."""
    if value is not None and not 0 <= value <= LIMIT:
        raise EditRefused("number-out-of-range", value=value, limit=LIMIT)


def check_stated(key: FigureKey, text: str | None) -> None:
    """Raise EditRefused for a figure that nobody can state there, or a text that is none: ``85.92``, ``1911``."""
    where = {"party": key.party is not None, "region": key.region is not None, "unit": key.unit is not None}
    for reason in misplaced(key.figure, **where):
        raise EditRefused("misplaced-figure", figure=key.figure, reason=reason)
    if text is None:
        return
    whole, dot, decimals = text.partition(".")
    digits = whole.isascii() and whole.isdigit() and len(whole) <= len(str(LIMIT))
    if not digits or (dot and not (decimals.isascii() and decimals.isdigit() and len(decimals) <= MAX_DECIMALS)):
        raise EditRefused("not-a-figure", text=text, figure=key.figure)
    if key.figure in PERCENTAGES:
        return
    if dot:
        raise EditRefused("not-whole", text=text, figure=key.figure)
    if int(whole) > largest(key.figure):
        raise EditRefused("number-out-of-range", value=int(whole), limit=largest(key.figure))


def lot_change(region: str, old: Lot | None, new: Lot | None) -> RecordChange:
    """Return the lot of a region, before and after, as a change of a record."""
    return RecordChange(LOT, region, *(None if lot is None else record_of_lot(lot) for lot in (old, new)))


def check_lot(election: Election, result: RegionResult, lot: Lot) -> None:
    """Raise EditRefused for a lot that does not settle the tie that is open in a region.

    Where one is recorded already, it is the tie that it settled: a record can be corrected.
    """
    try:
        lot_from_record(record_of_lot(lot))  # what a reader would refuse must not be written
    except ValueError as error:
        raise EditRefused("lot-incomplete", problem=str(error)) from error
    tie = open_tie(result)
    if tie is None:
        raise EditRefused("no-tie", region=election.regions[result.region].key)
    if lot.tied != keys(election, tie.parties) or lot.seats != tie.seats or not set(lot.won) <= set(lot.tied):
        raise EditRefused("another-tie", parties=keys(election, tie.parties), seats=tie.seats)
    if sum(lot.won.values()) != tie.seats or not possible(result.contest, seats_by_lot(election, lot)):
        raise EditRefused("not-an-outcome", won=dict(lot.won), seats=tie.seats)


def open_tie(result: RegionResult) -> Tie | None:
    """Return the tie that a lot must settle, or that the recorded lot did."""
    drawn = (each.tie for each in result.allocation.settled if each.policy is Policy.LOT)
    return result.allocation.tie or next(drawn, None)


def payloads(election: Election, edit: Edit, undoes: int | None, reason: str) -> list[tuple[str, Change]]:
    """Return an edit as the journal keeps it: kinds and payloads of one event or several.

    *undoes*: number of the first event of the edit that is taken back or done again; the others follow it.
    """
    made: list[tuple[str, Change]] = []
    if edit.cells or edit.stated:
        made.append((FIGURES, payload(election, edit, undoes, reason)))
    for change in edit.records:
        made.append((change.kind, change.payload(None if undoes is None else undoes + len(made), reason)))
    return made


def payload(election: Election, edit: Edit, undoes: int | None, reason: str) -> Figures:
    """Return the figures of an edit as the journal keeps them."""
    stated = [StatedEdit(*key, old, new) for key, old, new in edit.stated]
    gesture = edit.gesture
    return Figures(gesture, blocks_of(election, edit.cells), stated, undoes, reason)


def blocks_of(election: Election, changes: Iterable[CellChange]) -> list[Block]:
    """Arrange changed cells into as few blocks as there are regions and sets of columns."""
    rows: dict[int, dict[int, CellChange]] = {}
    for change in changes:
        rows.setdefault(change.cell.row, {})[change.cell.column] = change
    groups: dict[tuple[int, tuple[int, ...]], list[int]] = {}
    for row in sorted(rows):
        groups.setdefault((election.region_of(row), tuple(sorted(rows[row]))), []).append(row)
    return [_block(election, region, columns, members, rows) for (region, columns), members in groups.items()]


def _block(
    election: Election,
    region: int,
    columns: tuple[int, ...],
    rows: list[int],
    changes: Mapping[int, Mapping[int, CellChange]],
) -> Block:
    old = [[changes[row][column].old for column in columns] for row in rows]
    return Block(
        region=election.regions[region].key,
        units=[election.unit(row).key for row in rows],
        columns=[election.columns[column].key for column in columns],
        new=[[changes[row][column].new for column in columns] for row in rows],
        old=old if any(value is not None for line in old for value in line) else None,
    )


def pack_edit(election: Election) -> Edit:
    """Return the figures that come with the election's pack, as one edit of an empty document."""
    cells = tuple(
        CellChange(Cell(election.row(entry.region, entry.unit), election.column_index[key]), None, value)
        for entry in election.pack.entries
        for key, value in entry.figures.items()
    )
    stated = tuple(
        StatedChange(FigureKey(s.source, s.figure, s.region, s.unit, s.party), None, s.value)
        for s in election.pack.stated
    )
    return Edit("pack", cells, stated)
