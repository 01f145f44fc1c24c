"""The book of entered figures: one array of units × columns, with running counters per region.

A change costs the same whatever the number of units: each row contributes a vector of counters (its *effect*),
and a region's counters are the sum of its rows' effects. A draft is the same difference, added to a copy.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from tally_app.count.figures import Cell, CellChange
from tally_app.count.tally import Tally
from tally_app.election.election import Election

NOT_ENTERED = -1
"""Inside the array only; everywhere else *not entered* is None."""

_EXTRAS = 4  # begun, complete, registered waiting, registered unknown


class BallotBook:
    """Figures of every unit. ``None`` is not entered, which is not 0."""

    def __init__(self, election: Election, values: NDArray[np.int64] | None = None) -> None:
        """*values*: int64, units × columns, −1 = not entered; taken over, not copied."""
        shape = (election.unit_count, len(election.columns))
        if values is None:
            values = np.full(shape, NOT_ENTERED, dtype=np.int64)
        if values.shape != shape:
            raise ValueError(f"values have the shape {values.shape}, the election needs {shape}")
        self._election = election
        self._values = values
        self._registered = election.column_index.get("registered")
        self._required = [column.required for column in election.columns]
        self._counters = self._count_all()

    def value(self, cell: Cell) -> int | None:
        """Return a cell's figure, None if not entered."""
        value = int(self._values[cell])
        return None if value == NOT_ENTERED else value

    def row(self, row: int) -> tuple[int | None, ...]:
        """Figures of one unit by column."""
        return tuple(None if value == NOT_ENTERED else value for value in self._values[row].tolist())

    def values(self) -> NDArray[np.int64]:
        """All rows, units × columns, read-only, −1 = not entered."""
        view = self._values.view()
        view.flags.writeable = False
        return view

    def block(self, region: int) -> NDArray[np.int64]:
        """All rows of a region, read-only, −1 = not entered."""
        rows = self._election.rows(region)
        view = self._values[rows.start : rows.stop]
        view.flags.writeable = False
        return view

    def first_not_begun(self, region: int) -> int | None:
        """Row of a region's first unit that nobody began; None if there is none."""
        others = [column for column in range(self._values.shape[1]) if column != self._registered]
        waiting = np.flatnonzero(~(self.block(region)[:, others] >= 0).any(axis=1))
        return self._election.starts[region] + int(waiting[0]) if waiting.size else None

    def put(self, changes: Iterable[CellChange]) -> None:
        """Write the changes' new values, and bring the regions' counters up to date."""
        for cell, _, new in changes:
            region = self._election.region_of(cell.row)
            before = self._effect(self._values[cell.row].tolist())
            self._values[cell] = NOT_ENTERED if new is None else new
            after = self._effect(self._values[cell.row].tolist())
            self._counters[region] += np.array(after, dtype=np.int64) - np.array(before, dtype=np.int64)

    def tally(self, region: int, draft: CellChange | None = None) -> Tally:
        """Sums of a region; a *draft* in one of its cells counts as if it were entered."""
        counters = self._counters[region]
        if draft is not None:
            counters = counters + self._difference(draft)
        return self._as_tally(counters.tolist(), len(self._election.rows(region)))

    def chamber_tally(self, draft: CellChange | None = None) -> Tally:
        """Sums over all regions."""
        counters = self._counters.sum(axis=0)
        if draft is not None:
            counters = counters + self._difference(draft)
        return self._as_tally(counters.tolist(), self._election.unit_count)

    def _difference(self, draft: CellChange) -> NDArray[np.int64]:
        before = self._values[draft.cell.row].tolist()
        after = list(before)
        after[draft.cell.column] = NOT_ENTERED if draft.new is None else draft.new
        return np.array(self._effect(after), dtype=np.int64) - np.array(self._effect(before), dtype=np.int64)

    def _effect(self, row: Sequence[int]) -> list[int]:
        """What one row adds to its region's counters: sums, entered cells per column, and four extras."""
        entered = [int(value >= 0) for value in row]
        registered = self._registered
        known = registered is not None and row[registered] >= 0
        begun = sum(entered) > int(known)
        complete = all(there or not needed for there, needed in zip(entered, self._required, strict=True)) and begun
        waiting = row[registered] if registered is not None and known and not begun else 0
        extras = [int(begun), int(complete), waiting, int(not begun and not known)]
        return [max(value, 0) for value in row] + entered + extras

    def _count_all(self) -> NDArray[np.int64]:
        """Counters of every region: the sums of its rows' effects, computed region by region to keep memory low."""
        width = len(self._election.columns)
        counters = np.zeros((len(self._election.regions), 2 * width + _EXTRAS), dtype=np.int64)
        required = np.array(self._required)
        for region in range(len(self._election.regions)):
            block = self.block(region)
            entered = block >= 0
            known = entered[:, self._registered] if self._registered is not None else np.zeros(len(block), dtype=bool)
            begun = entered.sum(axis=1) > known
            complete = (entered | ~required).all(axis=1) & begun
            counters[region, :width] = np.where(entered, block, 0).sum(axis=0)
            counters[region, width : 2 * width] = entered.sum(axis=0)
            waiting = 0
            if self._registered is not None:
                waiting = int(block[known & ~begun, self._registered].sum())
            counters[region, 2 * width :] = (begun.sum(), complete.sum(), waiting, (~begun & ~known).sum())
        return counters

    def _as_tally(self, counters: list[int], units: int) -> Tally:
        width = len(self._election.columns)
        entered = counters[width : 2 * width]
        sums = (value if there else None for value, there in zip(counters[:width], entered, strict=True))
        return Tally(tuple(sums), tuple(entered), units, *counters[2 * width :])
