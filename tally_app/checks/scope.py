"""A region or the chamber, as the search for repairs sees it: its claims, and what a change makes of them."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tally_app.checks.claims import Equation, Interval, Rule, Weights, derived, equations
from tally_app.checks.stated import Subject

_Numbers = NDArray[np.int64]


class Judged(NamedTuple):
    """What a change makes of claims."""

    fixed: tuple[Equation, ...]
    broken: tuple[Equation, ...]
    closer: tuple[Equation, ...]
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
        self._bounds: dict[Weights, int] = {}
        self._steps: dict[Weights, Steps] = {}
        self._judged: dict[tuple[Weights, int], Judged] = {}

    @cached_property
    def wrong(self) -> tuple[Equation, ...]:
        """Claims that are wrong, and would tell something by becoming right."""
        return tuple(each for each in self.equations if each.evidence and not each.right())

    def proof(self, weights: Weights) -> bool:
        """Is there a wrong claim that such a change could make right?"""
        return any(each.touched(weights) for each in self.wrong)

    def bound(self, weights: Weights) -> int:
        """More than this no such change can gain: an equal total that is right is wrong after any."""
        if weights not in self._bounds:
            touched = [(each, each.right()) for each in self.equations if each.touched(weights)]
            gains = (int(not right) - int(right and each.rule is Rule.EQUAL) for each, right in touched)
            self._bounds[weights] = sum(gains)
        return self._bounds[weights]

    def steps(self, weights: Weights) -> Steps:
        """Return the score of such changes, by δ."""
        if weights not in self._steps:
            touched = (each for each in self.equations if each.touched(weights))
            self._steps[weights] = _steps((each, each.interval(weights)) for each in touched)
        return self._steps[weights]

    def judge(self, weights: Weights, delta: int) -> Judged:
        """Say what one change makes of the claims."""
        key = (weights, delta)
        if key not in self._judged:
            self._judged[key] = judge(self.equations, weights, delta)
        return self._judged[key]


def judge(claims: Sequence[Equation], weights: Weights, delta: int) -> Judged:
    """Say what a change makes of claims."""
    fixed, broken, closer = [], [], []
    for each in claims:
        if not each.touched(weights):
            continue
        before, after = each.right(), each.right(weights, delta)
        if after and not before:
            fixed.append(each)
        elif before and not after:
            broken.append(each)
        elif (each.unexplained or not before) and each.gap(weights, delta) < each.gap():
            closer.append(each)
    return Judged(tuple(fixed), tuple(broken), tuple(closer))


def _steps(claims: Iterable[tuple[Equation, Interval | None]]) -> Steps:
    base, turns = 0, dict[int, list[int]]()
    for claim, interval in claims:
        right = claim.right()
        base -= right
        if interval is None:
            continue
        proof = int(claim.evidence and not right)
        for place, sign in ((interval.low, 1), (interval.high + 1, -1)):
            turn = turns.setdefault(place, [0, 0])
            turn[0] += sign
            turn[1] += sign * proof
    breaks = sorted(turns)
    scores, proofs = [base], [0]
    for place in breaks:
        scores.append(scores[-1] + turns[place][0])
        proofs.append(proofs[-1] + turns[place][1])
    return Steps(*(np.array(numbers, dtype=np.int64) for numbers in (breaks, scores, proofs)))
