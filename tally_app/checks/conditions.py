"""Claims of one scope as arrays: on which intervals of a change they are right, for every move and all claims at once.

A *move* is what a change does to the columns: one grows by δ, or one grows and its right neighbour shrinks by it.
Numbers that could leave 64 bits, of percentages with many decimals, are Python's own; the same formulas serve both.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tally_app.checks.claims import Equation, Rule, Weights
from tally_app.checks.slips import LARGEST

_Numbers = NDArray[np.int64]
_Mask = NDArray[np.bool_]
_Either = NDArray[Any]
"""Of 64 bits, or of Python's integers."""

FARTHEST = 1 << 60
"""Intervals end here, beyond any change of a sum."""


def moves(columns: int) -> tuple[Weights, ...]:
    """Every column by itself, and every two neighbours."""
    single = (((column, 1),) for column in range(columns))
    return *single, *(((column, 1), (column + 1, -1)) for column in range(columns - 1))


class Conditions:
    """What must not be negative for each claim to be right, as functions of the column sums."""

    def __init__(self, equations: Sequence[Equation], columns: int) -> None:
        numbers = [number for number, claim in enumerate(equations) for _ in claim.conditions]
        factors = [each for claim in equations for each in claim.conditions]
        sides = [side for claim in equations for side in (claim.part, claim.whole)]
        largest = max((abs(number) for each in factors for number in each), default=0)
        sums = max((abs(side.level) for side in sides), default=0) + 10 * LARGEST
        kind = np.int64 if largest * sums < FARTHEST else np.object_
        a, b, more = np.array(factors, dtype=kind).reshape(-1, 3)[:, :, None].transpose(1, 0, 2)
        slopes: _Either = np.zeros((len(sides), columns), dtype=kind)
        for number, side in enumerate(sides):
            slopes[number, list(side.slopes)] = list(side.slopes.values())
        levels: _Either = np.array([[side.level] for side in sides], dtype=kind).reshape(-1, 1)
        parts, wholes = ([2 * number + side for number in numbers] for side in (0, 1))
        self.right: _Mask = np.array([claim.right() for claim in equations], dtype=np.bool_)
        self.evidence: _Mask = np.array([claim.evidence for claim in equations], dtype=np.bool_)
        self.equal: _Mask = np.array([claim.rule is Rule.EQUAL for claim in equations], dtype=np.bool_)
        self._levels: _Either = (a * levels[parts] + b * levels[wholes] + more)[:, 0]
        self._slopes: _Either = a * slopes[parts] + b * slopes[wholes]
        self._starts = np.flatnonzero(np.diff(numbers, prepend=-1))

    @cached_property
    def along(self) -> _Either:
        """Conditions × moves: how much a condition grows by with δ."""
        return np.concatenate([self._slopes, self._slopes[:, :-1] - self._slopes[:, 1:]], axis=1)

    @cached_property
    def touched(self) -> _Mask:
        """Claims × moves: can it become right or wrong?"""
        return self._of_claims(np.logical_or, self.along != 0)

    @cached_property
    def proof(self) -> _Mask:
        """By move: is there a wrong claim that could become right, and would tell something?"""
        return np.asarray((self.touched & (self.evidence & ~self.right)[:, None]).any(axis=0))

    @cached_property
    def bound(self) -> _Numbers:
        """By move: more than this cannot be gained, for an equal total that is right is wrong after any change."""
        gain = (~self.right).astype(np.int64) - (self.right & self.equal)
        return np.asarray((self.touched * gain[:, None]).sum(axis=0))

    @cached_property
    def intervals(self) -> tuple[_Numbers, _Numbers]:
        """Claims × moves: the first and the last δ for which it is right; the last is less where there is none."""
        along, levels = self.along, self._levels[:, None]
        steep = np.where(along == 0, 1, along)
        least = np.where(along > 0, -(levels // steep), -FARTHEST)
        most = np.where(along < 0, levels // -steep, FARTHEST)
        most = np.where((along == 0) & (levels < 0), -FARTHEST - 1, most)
        low, high = self._of_claims(np.maximum, least), self._of_claims(np.minimum, most)
        first, last = (np.clip(each, -FARTHEST - 1, FARTHEST).astype(np.int64) for each in (low, high))
        return first, last

    def right_after(self, weights: Weights, delta: int) -> _Mask:
        """By claim: is it right after a change?"""
        levels = self._levels.copy()
        for column, times in weights:
            levels = levels + self._slopes[:, column] * (times * delta)
        return self._of_claims(np.logical_and, levels >= 0)

    def _of_claims(self, reduce: np.ufunc, values: _Either) -> _Either:
        if not len(self._starts):
            return np.zeros((0, *values.shape[1:]), dtype=values.dtype)
        return reduce.reduceat(values, self._starts, axis=0)
