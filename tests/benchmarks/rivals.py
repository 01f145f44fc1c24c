"""The same question answered by pandas, as an analyst would: sums by region, d’Hondt, two checks."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tally_app.count.figures import Cell
from tally_app.document.document import Document


class Pandas:
    """The count as a table of units with a column for their region."""

    def __init__(self, document: Document) -> None:
        self._election = document.election
        regions = range(len(self._election.regions))
        self._figures = np.concatenate([document.book.block(region) for region in regions]).clip(0)
        self._frame = pd.DataFrame(self._figures.copy(), columns=[column.key for column in self._election.columns])
        self._frame["region"] = np.repeat(regions, np.diff(self._election.starts))
        self._parties = [party.key for party in self._election.parties]
        self._before: tuple[Cell, int] | None = None

    def by_rows(self, cell: Cell, value: int) -> tuple[list[int], object]:
        """With the knowledge of which rows are the region's, which is more than a table has."""
        self._put(cell, value)
        region = self._election.region_of(cell.row)
        rows = self._election.rows(region)
        block = self._frame.iloc[rows.start : rows.stop]
        sums = block[self._parties].sum().to_numpy()
        return dhondt(sums, self._election.regions[region].seats), self._suspect(block)

    def by_groups(self, cell: Cell, value: int) -> tuple[list[int], object]:
        """As the table itself answers it."""
        self._put(cell, value)
        region = self._election.region_of(cell.row)
        sums = self._frame.groupby("region", sort=False)[self._parties].sum()
        return dhondt(sums.loc[region].to_numpy(), self._election.regions[region].seats), self._suspect(self._frame)

    def _put(self, cell: Cell, value: int) -> None:
        if self._before is not None:
            self._frame.iat[self._before[0]] = self._before[1]
        self._before = cell, int(self._figures[cell])
        self._frame.iat[cell] = value

    def _suspect(self, block: pd.DataFrame) -> object:
        if "cast" not in block:
            return None
        total = block[self._parties].sum(axis=1) + block["invalid"]
        return block.index[(total != block["cast"]) | (block["cast"] > block["registered"])]


def dhondt(votes: NDArray[np.int64], seats: int) -> list[int]:
    """Seats by sorted quotients, in floats and blind to ties: enough to compare the time with."""
    quotients = votes[:, None] / np.arange(1, seats + 1)
    winners = np.argsort(-quotients, axis=None, kind="stable")[:seats] // max(seats, 1)
    return [int(won) for won in np.bincount(winners, minlength=len(votes))]
