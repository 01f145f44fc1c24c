"""An edit: what one gesture changes, ready to be journalled, and how it is taken back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tally_app.count.figures import Cell, CellChange, FigureKey, StatedChange
from tally_app.election.election import Election
from tally_app.election.model import FigureKind
from tally_app.exchange.numbers import LIMIT
from tally_app.storage.events import Block, Figures, StatedEdit

_DECIMAL_FIGURES: tuple[FigureKind, ...] = ("share", "turnout")


class EditRefused(ValueError):
    """The edit cannot be made; ``code`` and ``facts`` say why, nothing was changed."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(f"{code}: {facts}")
        self.code = code
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Edit:
    """Changes of one gesture. *gesture* is a word: enter, paste, clear, fill, state, pack."""

    gesture: str
    cells: tuple[CellChange, ...] = ()
    stated: tuple[StatedChange, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.cells or self.stated)

    def inverse(self) -> "Edit":
        """Return the edit that takes this one back."""
        cells = tuple(CellChange(cell, new, old) for cell, old, new in self.cells)
        return Edit(self.gesture, cells, tuple(StatedChange(key, new, old) for key, old, new in self.stated))


def check_votes(value: int | None) -> None:
    """Raise EditRefused for a number that no cell can take."""
    if value is not None and not 0 <= value <= LIMIT:
        raise EditRefused("number-out-of-range", value=value, limit=LIMIT)


def check_stated(key: FigureKey, text: str | None) -> None:
    """Raise EditRefused for a text that is not a figure of its kind: ``85.92``, ``1911``."""
    if text is None:
        return
    whole, dot, decimals = text.partition(".")
    digits = whole.isascii() and whole.isdigit() and len(whole) <= len(str(LIMIT))
    if not digits or (dot and not (decimals.isascii() and decimals.isdigit() and len(decimals) <= 6)):
        raise EditRefused("not-a-figure", text=text, figure=key.figure)
    if dot and key.figure not in _DECIMAL_FIGURES:
        raise EditRefused("not-whole", text=text, figure=key.figure)


def payload(election: Election, edit: Edit, undoes: int | None, reason: str) -> Figures:
    """Return the edit as the journal keeps it."""
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
