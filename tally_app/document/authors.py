"""Who typed the figures that stand: for each cell of the first entries the person, or nobody.

What is cleared has no author any more, and undo gives a cell back to whoever typed it before: a digit in the wrong row,
taken back, makes nobody the clerk of that row.
"""

from collections.abc import Iterable
from typing import NamedTuple
from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray

from tally_app.count.figures import CellChange
from tally_app.election.election import Election
from tally_app.storage.events import FIGURES, Block, Figures
from tally_app.storage.fold import PayloadInvalid, decode_change
from tally_app.storage.journal import Journal

_NOBODY = 0
_NOBODYS = "pack"
"""The gesture that is nobody's entry: figures that came with the election."""
_SETTLING = "settle"
"""Made from the paper with both entries in view: the cell stays its clerk's."""
_REMEMBERED = 5000
"""Gestures of one person that can be taken back with their authors; before them, a cell becomes the undoer's."""

_Positions = tuple[NDArray[np.int64], NDArray[np.int64]]


class _Step(NamedTuple):
    """What an event did to the authors of its cells, so that undo and redo do the same to them."""

    at: _Positions
    before: NDArray[np.int32]
    after: NDArray[np.int32]


class Authors:
    """Authors of the first entries' cells, as numbers in an array of units × columns: four bytes a cell."""

    def __init__(self, election: Election) -> None:
        self._election = election
        self._cells = np.full((election.unit_count, len(election.columns)), _NOBODY, dtype=np.int32)
        self._names: list[str] = [""]
        self._numbers: dict[str, int] = {}
        self._steps: dict[int, _Step] = {}
        self._last = ""

    def of(self, row: int) -> tuple[str, ...]:
        """Return who typed the figures that stand in a unit, in the order in which they first typed anything."""
        return tuple(self._names[number] for number in sorted(set(self._cells[row].tolist()) - {_NOBODY}))

    def typed(self, row: int, operator: str) -> bool:
        """Does a figure of this person stand in a unit? Names are compared as people do."""
        number = self._numbers.get(person(operator))
        return number is not None and bool((self._cells[row] == number).any())

    def rows_of(self, operator: str, rows: range) -> NDArray[np.bool_]:
        """Return for each of these units whether a figure of this person stands there."""
        number = self._numbers.get(person(operator), -1)
        return np.asarray((self._cells[rows.start : rows.stop] == number).any(axis=1))

    def read(self, journal: Journal) -> None:
        """Take over every event of a journal. Events that cannot be read change nobody's entry."""
        for event in journal.events():
            if event.kind != FIGURES:
                continue
            try:
                change = decode_change(event.kind, event.payload.encode())
                if isinstance(change, Figures):
                    self._read(event.seq, event.operator, change)
            except PayloadInvalid:  # in a journal too long to be checked on opening
                continue
        self._steps.clear()  # nobody takes back what was done before the file was opened

    def note(self, seq: int, operator: str, gesture: str, undoes: int | None, changes: Iterable[CellChange]) -> None:
        """Take over an edit's cells. *seq*: its event's number; *undoes*: that of the edit taken back or done again."""
        changes = list(changes)
        if not changes:
            return
        rows = np.array([change.cell.row for change in changes])
        columns = np.array([change.cell.column for change in changes])
        filled = np.array([change.new is not None for change in changes])
        self._put(seq, operator, gesture, undoes, (rows, columns), filled)

    def _read(self, seq: int, operator: str, change: Figures) -> None:
        parts = [_flat(self._election, block) for block in change.blocks]
        if parts:
            rows, columns, filled = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
            self._put(seq, operator, change.gesture, change.undoes, (rows, columns), filled)

    def _put(
        self, seq: int, operator: str, gesture: str, undoes: int | None, at: _Positions, filled: NDArray[np.bool_]
    ) -> None:
        if person(operator) != self._last:  # a list of gestures to undo is one person's
            self._steps.clear()
            self._last = person(operator)
        step = self._steps.get(undoes or 0)
        if step is not None:
            self._cells[step.at] = step.before if gesture == "undo" else step.after
            return
        before = self._cells[at].copy()
        after = np.where(filled, before if gesture == _SETTLING else self._number(operator, gesture), _NOBODY)
        self._cells[at] = after
        self._steps[seq] = _Step(at, before, after.astype(np.int32))
        if len(self._steps) > _REMEMBERED:
            del self._steps[next(iter(self._steps))]

    def _number(self, operator: str, gesture: str) -> int:
        if gesture == _NOBODYS:
            return _NOBODY
        number = self._numbers.setdefault(person(operator), len(self._names))
        if number == len(self._names):
            self._names.append(operator)
        return number


def person(name: str) -> str:
    """Return a name as names are compared: ``S. Chan`` and ``s.  chan`` are one person."""
    return " ".join(normalize("NFKC", name).casefold().split())


def _flat(election: Election, block: Block) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Return the cells of a block one by one: rows, columns, and whether they are entered now."""
    try:
        rows = [election.row(block.region, unit) for unit in block.units]
        columns = [election.column_index[column] for column in block.columns]
    except KeyError as error:
        raise PayloadInvalid(f"there is no {error} in this election") from error
    filled = [value is not None for line in block.new for value in line]
    if len(filled) != len(rows) * len(columns):
        raise PayloadInvalid("a block with too many or too few numbers")
    return np.repeat(rows, len(columns)), np.tile(columns, len(rows)), np.array(filled, dtype=np.bool_)
