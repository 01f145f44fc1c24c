"""Which units of a region can have a finding at all, found for all of them at once.

The checks of ``entry.py`` decide; this only spares asking them about the many units that are clean, so a file of
hundreds of thousands of units opens in a moment. The property test compares both on random books.
"""

import numpy as np
from numpy.typing import NDArray

from tally_app.election.election import Election

_Mask = NDArray[np.bool_]

# Shares are floats here, and decided exactly there: a little room keeps a share at its limit among the suspects.
_SLACK = 1e-9
_LESS = 1 - _SLACK


def suspect_rows(election: Election, region: int, block: NDArray[np.int64]) -> list[int]:
    """Rows (over all regions) of the units of *region* that ``check_form`` may object to.

    *block*: the region's units × columns, −1 = not entered.
    """
    look = _Look(election, block)
    suspect = look.incomplete() | look.wrong_sums() | look.too_many_invalid()
    if election.pack.checks.turnout_points is not None:
        suspect |= look.turnout_moved(region)
    absent = [c for c, stands in zip(election.party_columns, election.standing[region], strict=True) if not stands]
    suspect |= (look.figures[:, absent] > 0).any(axis=1)
    start = election.rows(region).start
    return [start + int(row) for row in np.flatnonzero(suspect & look.begun())]


class _Look:
    """The figures of a region's units as columns; blank counts 0, and *entered* tells it from 0."""

    def __init__(self, election: Election, block: NDArray[np.int64]) -> None:
        self._election = election
        self._column = election.column_index
        self.entered: _Mask = block >= 0
        self.figures = np.where(self.entered, block, 0)
        parties = list(election.party_columns)
        rest = [self._column[key] for key in ("blank", "invalid") if key in self._column]
        self._votes = self.figures[:, parties].sum(axis=1)
        self._rest = self.figures[:, rest].sum(axis=1)
        self._valid_there, self._valid = self._field("valid")
        self._cast_there, self._cast = self._field("cast")
        self._whole = (self._valid_there | self.entered[:, parties].all(axis=1)) & self.entered[:, rest].all(axis=1)

    def begun(self) -> _Mask:
        registered = self._column.get("registered")
        others = [column for column in range(self.entered.shape[1]) if column != registered]
        return np.asarray(self.entered[:, others].any(axis=1))

    def incomplete(self) -> _Mask:
        required = [index for index, column in enumerate(self._election.columns) if column.required]
        return np.asarray(~self.entered[:, required].all(axis=1))

    def wrong_sums(self) -> _Mask:
        """Sums that do not fit, and nothing cast."""
        ballots = self._votes + self._rest
        suspect = (self._votes == 0) | (self._valid_there & (self._votes != self._valid))
        suspect |= self._cast_there & ((ballots > self._cast) | (self._whole & (ballots != self._cast)))
        suspect |= self._cast_there & (self._cast == 0)
        registered_there, registered = self._field("registered")
        suspect |= self._cast_there & registered_there & (self._cast > registered)
        return np.asarray(suspect)

    def too_many_invalid(self) -> _Mask:
        limits = self._election.pack.checks
        _, invalid = self._field("invalid")
        valid = np.where(self._valid_there, self._valid, self._votes)
        cast = np.where(self._cast_there, self._cast, valid + self._rest)
        limit = float(limits.invalid_percent) / 100 * _LESS
        return np.asarray((invalid >= limits.invalid_ballots) & (invalid >= limit * cast))

    def turnout_moved(self, region: int) -> _Mask:
        units = self._election.regions[region].units
        last = np.array([float(unit.last_turnout) if unit.last_turnout else np.nan for unit in units])
        registered_there, registered = self._field("registered")
        turnout = 100 * self._cast / np.maximum(registered, 1)
        points = float(self._election.pack.checks.turnout_points or 0) - _SLACK * (1 + turnout + last)
        return np.asarray(self._cast_there & registered_there & (np.abs(turnout - last) > points))

    def _field(self, key: str) -> tuple[_Mask, NDArray[np.int64]]:
        column = self._column.get(key)
        if column is None:
            return np.zeros(len(self.figures), dtype=np.bool_), np.zeros(len(self.figures), dtype=np.int64)
        return self.entered[:, column], self.figures[:, column]
