"""Slips with whole rows: a unit entered twice, and units that a source left out of its totals or counted twice."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tally_app.checks.claims import Equation, Rule, Weights
from tally_app.checks.scope import Scope
from tally_app.checks.slips import Kind

_Numbers = NDArray[np.int64]

LEAST_TOTALS = 2
"""One total that differs by some unit's figure is a coincidence; so many are not."""


class Omission(NamedTuple):
    """A source whose totals all fit as soon as one row is counted once, and not never, or twice."""

    kind: Kind
    source: str
    position: int
    """Of the row among those asked about."""
    fixed: tuple[Equation, ...]


def omissions(scope: Scope, rows: _Numbers) -> Iterator[Omission]:
    """What a source may have done with one of *rows*: figures of its units, or of its regions; −1 = not entered."""
    figures = np.where(rows >= 0, rows, 0)
    for source, totals in sorted(_totals(scope).items()):
        columns = [next(iter(total.part.slopes)) for total in totals]
        missing = np.array([total.part.level - total.whole.level for total in totals], dtype=np.int64)
        if np.count_nonzero(missing) < LEAST_TOTALS:
            continue
        wrong = tuple(total for total in totals if not total.right())
        for kind, sign in ((Kind.LEFT_OUT, 1), (Kind.COUNTED_TWICE, -1)):
            for position in np.flatnonzero((figures[:, columns] == sign * missing).all(axis=1)):
                yield Omission(kind, source, int(position), wrong)


def surplus(scopes: Sequence[Scope], block: _Numbers) -> list[int]:
    """Positions of units without which at least one stated total would be right."""
    figures = np.where(block >= 0, block, 0)
    fits = np.zeros(len(block), dtype=np.bool_)
    for scope in scopes:
        for totals in _totals(scope).values():
            for total in totals:
                if not total.right():
                    fits |= figures[:, next(iter(total.part.slopes))] == total.part.level - total.whole.level
    return [int(position) for position in np.flatnonzero(fits & (figures.sum(axis=1) > 0))]


def taken_out(figures: Sequence[int]) -> Weights:
    """Weights with which δ = 1 takes a unit's figures out of the sums; −1 = not entered."""
    return tuple((column, -figure) for column, figure in enumerate(figures) if figure > 0)


def _totals(scope: Scope) -> dict[str, list[Equation]]:
    """Totals of each source that are compared."""
    totals: dict[str, list[Equation]] = {}
    for each in scope.equations:
        if each.code in ("E201", "E202") and each.rule is Rule.EQUAL and each.source is not None:
            totals.setdefault(each.source, []).append(each)
    return totals
