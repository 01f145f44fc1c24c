"""Placeholder: the search follows."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tally_app.count.statements import Statements
from tally_app.election.election import Election


class Repairs(NamedTuple):
    found: tuple[object, ...] = ()


class Search:
    def __init__(
        self,
        election: Election,
        values: NDArray[np.int64],
        statements: Statements,
        seats_with: Callable[[int, tuple[int, ...]], tuple[int, ...]],
    ) -> None:
        self.found = Repairs()

    def work(self, seconds: float | None = None) -> bool:
        return True
