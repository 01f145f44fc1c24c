"""A region or the chamber, as the search for repairs sees it: its claims, and what a change makes of them."""

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tally_app.checks.claims import Claim, Equation, Weights, derived, equations
from tally_app.checks.conditions import Conditions
from tally_app.checks.stated import Subject

_Numbers = NDArray[np.int64]


class Judged(NamedTuple):
    """What a change makes of claims."""

    fixed: tuple[Claim, ...]
    broken: tuple[Claim, ...]
    closer: tuple[Claim, ...]
    """Still a finding, but of a smaller difference."""


class Steps(NamedTuple):
    """A score along δ: it changes at each of *breaks*, so *scores* and *proofs* have one more."""

    breaks: _Numbers
    scores: _Numbers
    """Claims that become right less those that become wrong."""
    proofs: _Numbers
    """Claims that become right and tell something."""

    def at(self, deltas: _Numbers) -> tuple[_Numbers, _Numbers]:
        """Scores and proofs of changes by *deltas*."""
        places = np.searchsorted(self.breaks, deltas, side="right")
        return self.scores[places], self.proofs[places]


class Scope:
    """Claims of a region or the chamber."""

    def __init__(self, subject: Subject, one_unit: bool = False) -> None:
        """*one_unit*: a region that is one row of its source's table; its percentages are set aside."""
        self.subject = subject
        self.equations = tuple(equations(subject, one_unit))
        self.set_aside = tuple(derived(subject)) if one_unit else ()
        self.conditions = Conditions(self.equations, len(subject.election.columns))
        self._steps: dict[int, Steps] = {}
        self._judged: dict[tuple[Weights, int], Judged] = {}

    def steps(self, move: int) -> Steps:
        """Return the score along a move."""
        if move not in self._steps:
            self._steps[move] = self._steps_along(move)
        return self._steps[move]

    def judge(self, weights: Weights, delta: int) -> Judged:
        """Say what one change makes of the claims."""
        key = (weights, delta)
        if key not in self._judged:
            self._judged[key] = self._judge(weights, delta)
        return self._judged[key]

    def _steps_along(self, move: int) -> Steps:
        about = self.conditions
        right, (low, high) = about.right, about.intervals
        counts = about.touched[:, move]
        moving = counts & (low[:, move] <= high[:, move])
        proof = (about.evidence & ~right)[moving].astype(np.int64)
        ends = np.concatenate([low[moving, move], high[moving, move] + 1])
        breaks, places = np.unique(ends, return_inverse=True)
        scores, proofs = (np.zeros(len(breaks) + 1, dtype=np.int64) for _ in range(2))
        scores[0] = -int((right & counts).sum())
        np.add.at(scores, places + 1, np.repeat([1, -1], len(proof)))
        np.add.at(proofs, places + 1, np.concatenate([proof, -proof]))
        return Steps(breaks, scores.cumsum(), proofs.cumsum())

    def _judge(self, weights: Weights, delta: int) -> Judged:
        before, after = self.conditions.right, self.conditions.right_after(weights, delta)
        fixed, broken = (self._those(mask) for mask in (after & ~before, before & ~after))
        others = self._those((~before & ~after) | (before & after & self._unexplained))
        return _judged(fixed, broken, [each for each in others if each.is_closer(weights, delta)], weights, delta)

    @cached_property
    def _unexplained(self) -> NDArray[np.bool_]:
        return np.array([each.unexplained for each in self.equations], dtype=np.bool_)

    def _those(self, mask: NDArray[np.bool_]) -> tuple[Equation, ...]:
        return tuple(self.equations[each] for each in np.flatnonzero(mask))


def judge(claims: Sequence[Equation], weights: Weights, delta: int) -> Judged:
    """Say what a change makes of a few claims."""
    fixed, broken, closer = [], [], []
    for each in claims:
        before, after = each.right(), each.right(weights, delta)
        if after and not before:
            fixed.append(each)
        elif before and not after:
            broken.append(each)
        elif not before and each.is_closer(weights, delta):
            closer.append(each)
    return _judged(fixed, broken, closer, weights, delta)


def _judged(
    fixed: Sequence[Equation], broken: Sequence[Equation], closer: Sequence[Equation], weights: Weights, delta: int
) -> Judged:
    return Judged(*(tuple(each.claim(weights, delta) for each in claims) for claims in (fixed, broken, closer)))
