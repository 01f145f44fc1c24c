"""How far every unit is, kept up to date: a number for each unit, and how many there are of each in a region."""

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from tally_app.count.book import BallotBook
from tally_app.document.second_entry import SecondEntries, UnitState
from tally_app.election.election import Election

STATES: tuple[UnitState, ...] = tuple(UnitState)
"""In the order of their numbers."""
_NUMBERS = {state: number for number, state in enumerate(STATES)}


class UnitStates:
    """States of all units. A change costs as much as the units that it touches, whatever their number."""

    def __init__(self, election: Election, book: BallotBook, second: SecondEntries) -> None:
        self._election = election
        self._book = book
        self._second = second
        self._numbers = np.concatenate([self._of_first_entries(region) for region in range(len(election.regions))])
        for row in second.rows:
            self._numbers[row] = self._number(row)
        self._counts = [self._count(region) for region in range(len(election.regions))]

    def state(self, row: int) -> UnitState:
        """Return how far a unit is."""
        return STATES[int(self._numbers[row])]

    def counts(self, region: int | None = None) -> Mapping[UnitState, int]:
        """Return how many units of a region, None: of all, are in each state."""
        counts = sum(self._counts) if region is None else self._counts[region]
        return dict(zip(STATES, np.asarray(counts).tolist(), strict=True))

    def rows(self, states: Iterable[UnitState] = STATES, region: int | None = None) -> NDArray[np.int64]:
        """Return the rows of the units that are in one of these states, in order."""
        rows = range(self._election.unit_count) if region is None else self._election.rows(region)
        wanted = np.isin(self._numbers[rows.start : rows.stop], [_NUMBERS[state] for state in states])
        return np.flatnonzero(wanted) + rows.start

    def waiting_for(self, operator: str, region: int | None = None) -> NDArray[np.int64]:
        """Return the rows of the units whose second entry this person may make, or finish, in order."""
        waiting = self.rows((UnitState.ENTERED, UnitState.TYPED_AGAIN), region)
        if not self._second.active or not len(waiting):
            return waiting[:0]
        rows = range(self._election.unit_count) if region is None else self._election.rows(region)
        return waiting[~self._second.authors.rows_of(operator, rows)[waiting - rows.start]]

    def refresh(self, rows: Iterable[int]) -> None:
        """Look again at units whose first or second entry changed."""
        for row in rows:
            counts = self._counts[self._election.region_of(row)]
            counts[self._numbers[row]] -= 1
            self._numbers[row] = self._number(row)
            counts[self._numbers[row]] += 1

    def _number(self, row: int) -> int:
        return _NUMBERS[self._second.state(row, self._book.row(row))]

    def _count(self, region: int) -> NDArray[np.int64]:
        rows = self._election.rows(region)
        return np.bincount(self._numbers[rows.start : rows.stop], minlength=len(STATES)).astype(np.int64)

    def _of_first_entries(self, region: int) -> NDArray[np.uint8]:
        """Tell empty, begun and entered units apart, with array operations: just as ``SecondEntries.state`` does."""
        entered = self._book.block(region) >= 0
        required = np.array([column.required for column in self._election.columns])
        registered = self._election.column_index.get("registered")
        besides = np.array([column != registered for column in range(len(required))])
        begun = (entered & besides).any(axis=1)
        complete = (entered | ~required).all(axis=1) & entered.any(axis=1)
        numbers = np.where(begun, _NUMBERS[UnitState.BEGUN], _NUMBERS[UnitState.EMPTY])
        return np.where(complete, _NUMBERS[UnitState.ENTERED], numbers).astype(np.uint8)
