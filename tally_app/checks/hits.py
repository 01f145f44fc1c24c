"""Slips that gain something, found for whole columns at once: positions and differences, not yet a word about them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tally_app.checks.claims import Equation, Weights
from tally_app.checks.conditions import moves
from tally_app.checks.finding import Place
from tally_app.checks.row_claims import RowClaims
from tally_app.checks.scope import Scope
from tally_app.checks.slips import Kind, all_slips

_Numbers = NDArray[np.int64]
_Mask = NDArray[np.bool_]
_Rows = NDArray[np.intp]

AT_ONCE = 128
"""Units looked at in one slice of the search."""

_KINDS = tuple(Kind)


class Hit(NamedTuple):
    """A change that makes more claims right than wrong. Seats are not among them yet. The best comes first."""

    loss: int
    """Claims that become wrong less those that become right."""
    kind: int
    """Position in ``Kind``."""
    row: int
    """Of the unit, over all regions."""
    weights: Weights
    delta: int


class _Changes(NamedTuple):
    """Possible changes: one place each."""

    rows: _Rows
    deltas: _Numbers
    kinds: NDArray[np.int8]

    def only(self, these: _Mask | _Rows) -> "_Changes":
        return _Changes(self.rows[these], self.deltas[these], self.kinds[these])


@dataclass(frozen=True, slots=True)
class Units:
    """Units of a region: their figures, the region's claims and the chamber's, and those about the units themselves."""

    first: int
    """Row of the first of them, over all regions."""
    block: _Numbers
    region: Scope
    chamber: Scope
    claims: Sequence[RowClaims]

    @property
    def scopes(self) -> tuple[Scope, Scope]:
        """What a change of theirs may make right or wrong."""
        return self.region, self.chamber

    def equations(self, row: int, place: Place) -> list[Equation]:
        """Return the claims about one unit; *place*: the unit's."""
        row -= self.first
        return [claim.equation(row, place) for claim in self.claims if claim.compared[row]]


@dataclass
class Best:
    """The best hits so far: all that make a claim about their own unit right, and *most* others."""

    most: int
    own: list[tuple[Hit, Units]] = field(default_factory=list)
    others: list[tuple[Hit, Units]] = field(default_factory=list)
    more: bool = False
    """May there be others that gain less?"""

    @property
    def floor(self) -> int:
        """What a hit must gain at least to be among the others."""
        return -self.others[-1][0].loss if len(self.others) == self.most else 1

    def add(self, own: Iterable[Hit], others: Sequence[Hit], units: Units) -> None:
        """Take hits in, and let go what they surpass."""
        self.own += [(hit, units) for hit in own]
        if others:
            together = sorted([*self.others, *((hit, units) for hit in others)], key=_hit)
            self.more |= len(together) > self.most
            self.others = together[: self.most]


def search(units: Units, best: Best) -> Iterator[None]:
    """Look for single slips in some units, in slices."""
    for move, weights in enumerate(moves(units.block.shape[1])):
        yield from _along(units, move, weights, best)


def _along(units: Units, move: int, weights: Weights, best: Best) -> Iterator[None]:
    proof = any(scope.conditions.proof[move] for scope in units.scopes)
    claims = [claim for claim in units.claims if claim.slope(weights)]
    wrong = np.zeros(len(units.block), dtype=np.bool_)
    for claim in claims:
        wrong |= claim.wrong
    if not proof and not wrong.any():
        return
    own = np.zeros(len(units.block), dtype=np.int64)
    for claim in claims:
        own += (claim.compared & ~claim.right).astype(np.int64) - (claim.right & claim.equal)
    gain = sum(int(scope.conditions.bound[move]) for scope in units.scopes)
    if gain + int(own.max(initial=0)) > 0:
        gain = sum(int(scope.steps(move).scores.max()) for scope in units.scopes)
    best.more |= proof and bool(((gain + own > 0) & (gain + own < best.floor)).any())
    rows = np.flatnonzero(((gain + own >= best.floor) & proof) | ((gain + own > 0) & wrong))
    for start in range(0, len(rows), AT_ONCE):
        changes = _changes(units.block, rows[start : start + AT_ONCE], weights)
        _gaining(units, move, weights, _Claims(claims, own, wrong), changes, best)
        yield


class _Claims(NamedTuple):
    """Claims about the units that a move touches."""

    each: Sequence[RowClaims]
    most: _Numbers
    """By unit, what can be gained among them at most."""
    wrong: _Mask
    """By unit, is one of them wrong, and would tell something?"""


def _changes(block: _Numbers, rows: _Rows, weights: Weights) -> _Changes:
    """Return all slips of these units' figures in a column, or the exchange of two columns."""
    column = weights[0][0]
    values = block[rows, column]
    if len(weights) == 2:
        deltas = block[rows, column + 1] - values
        possible = (values >= 0) & (block[rows, column + 1] >= 0) & (deltas != 0)
        kind = np.full(int(possible.sum()), _KINDS.index(Kind.EXCHANGED), dtype=np.int8)
        return _Changes(rows[possible], deltas[possible], kind)
    ways = all_slips(values)
    way, place = np.nonzero(ways.possible)
    return _Changes(rows[place], ways.true[way, place] - values[place], ways.kinds[way])


def _gaining(units: Units, move: int, weights: Weights, claims: _Claims, changes: _Changes, best: Best) -> None:
    score = np.zeros(len(changes.rows), dtype=np.int64)
    proofs = np.zeros(len(changes.rows), dtype=np.int64)
    for scope in units.scopes:
        more, proving = scope.steps(move).at(changes.deltas)
        score, proofs = score + more, proofs + proving
    least = np.where(claims.wrong, 1, best.floor)[changes.rows]
    worth = score + claims.most[changes.rows] >= least  # most fall here, before their units are looked at
    score, proofs, changes = score[worth], proofs[worth], changes.only(worth)
    fixes = np.zeros(len(score), dtype=np.bool_)
    for claim in claims.each:
        fixed, broken = claim.after(changes.rows, weights, changes.deltas)
        score += fixed.astype(np.int64) - broken
        fixes |= fixed & claim.equal[changes.rows]
    gains = (score > 0) & ((proofs > 0) | fixes)
    own = _hits(units, weights, score, changes, np.flatnonzero(gains & fixes))
    enough = gains & ~fixes & (score >= best.floor)
    best.more |= bool((gains & ~fixes & ~enough).any())
    best.add(own, _hits(units, weights, score, changes, _first(score, changes, enough, best.most)), units)


def _first(score: _Numbers, changes: _Changes, these: _Mask, most: int) -> _Rows:
    """Return the best of *these*, one more than *most* of them at most, in the order of hits."""
    places = np.flatnonzero(these)
    if len(places) > most:
        keys = (changes.deltas[places], changes.rows[places], changes.kinds[places], -score[places])
        places = places[np.lexsort(keys)][: most + 1]
    return places


def _hits(units: Units, weights: Weights, score: _Numbers, changes: _Changes, places: _Rows) -> list[Hit]:
    kinds, rows, deltas = (each[places].tolist() for each in (changes.kinds, changes.rows, changes.deltas))
    losses = (-score[places]).tolist()
    together = zip(losses, kinds, rows, deltas, strict=True)
    return [Hit(loss, kind, units.first + row, weights, delta) for loss, kind, row, delta in together]


def _hit(found: tuple[Hit, Units]) -> Hit:
    return found[0]
