"""Slips that gain something, found for whole columns at once: positions and differences, not yet a word about them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tally_app.checks.claims import Equation, Weights
from tally_app.checks.finding import Place
from tally_app.checks.row_claims import RowClaims
from tally_app.checks.scope import Scope
from tally_app.checks.slips import Kind, all_slips

_Numbers = NDArray[np.int64]
_Rows = NDArray[np.intp]

AT_ONCE = 256
"""Units looked at in one slice of the search."""

_KINDS = tuple(Kind)


class Hit(NamedTuple):
    """A change that makes more claims right than wrong. Seats are not among them yet."""

    score: int
    kind: Kind
    position: int
    """Of the unit within its region."""
    weights: Weights
    delta: int
    own: bool
    """Does it make a claim about the unit itself right?"""


class _Changes(NamedTuple):
    """Possible changes: one place each."""

    rows: _Rows
    deltas: _Numbers
    kinds: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Units:
    """Units of a region: their figures, the region's claims and the chamber's, and those about the units themselves."""

    block: _Numbers
    scopes: Sequence[Scope]
    claims: Sequence[RowClaims]
    first: int = 0
    """Position of the first of them within the region."""

    def equations(self, position: int, place: Place) -> list[Equation]:
        """Return the claims about one unit; *place*: the unit's."""
        row = position - self.first
        return [claim.equation(row, place) for claim in self.claims if claim.compared[row]]


def hits(units: Units) -> Iterator[list[Hit]]:
    """Every single slip in some units that gains something, in slices."""
    columns = units.block.shape[1]
    for column in range(columns):
        yield from _along(units, ((column, 1),))
    for column in range(columns - 1):
        yield from _along(units, ((column, 1), (column + 1, -1)))


def _along(units: Units, weights: Weights) -> Iterator[list[Hit]]:
    proof = any(scope.proof(weights) for scope in units.scopes)
    claims = [claim for claim in units.claims if claim.slope(weights)]
    if not proof and not any(claim.wrong.any() for claim in claims):
        return
    gain = np.full(len(units.block), sum(scope.bound(weights) for scope in units.scopes), dtype=np.int64)
    own = np.zeros(len(units.block), dtype=np.int64)
    proven = np.full(len(units.block), proof, dtype=np.bool_)
    for claim in claims:
        own += (claim.compared & ~claim.right).astype(np.int64) - (claim.right & claim.equal)
        proven |= claim.wrong
    rows = np.flatnonzero((gain + own > 0) & proven)
    for start in range(0, len(rows), AT_ONCE):
        yield _gaining(units, weights, claims, own, _changes(units.block, rows[start : start + AT_ONCE], weights))


def _changes(block: _Numbers, rows: _Rows, weights: Weights) -> _Changes:
    """Return all slips of these units' figures in a column, or the exchange of two columns."""
    column = weights[0][0]
    values = block[rows, column]
    if len(weights) == 2:
        deltas = block[rows, column + 1] - values
        possible = (values >= 0) & (block[rows, column + 1] >= 0) & (deltas != 0)
        kind = np.full(int(possible.sum()), _KINDS.index(Kind.EXCHANGED), dtype=np.int8)
        return _Changes(rows[possible], deltas[possible], kind)
    ways = list(all_slips(values))
    return _Changes(
        np.concatenate([rows[way.possible] for way in ways]),
        np.concatenate([(way.true - values)[way.possible] for way in ways]),
        np.concatenate([np.full(int(way.possible.sum()), _KINDS.index(way.kind), dtype=np.int8) for way in ways]),
    )


def _gaining(
    units: Units, weights: Weights, claims: Sequence[RowClaims], own: _Numbers, changes: _Changes
) -> list[Hit]:
    score = np.zeros(len(changes.rows), dtype=np.int64)
    proofs = np.zeros(len(changes.rows), dtype=np.int64)
    for scope in units.scopes:
        more, proving = scope.steps(weights).at(changes.deltas)
        score, proofs = score + more, proofs + proving
    worth = score + own[changes.rows] > 0  # most fall here, before their units are looked at
    score, proofs = score[worth], proofs[worth]
    changes = _Changes(changes.rows[worth], changes.deltas[worth], changes.kinds[worth])
    fixes = np.zeros(len(score), dtype=np.bool_)
    for claim in claims:
        fixed, broken = claim.after(changes.rows, weights, changes.deltas)
        score += fixed.astype(np.int64) - broken
        proven = fixed & claim.equal[changes.rows]
        proofs += proven
        fixes |= proven
    found = np.flatnonzero((score > 0) & (proofs > 0))
    return [
        Hit(
            int(score[each]),
            _KINDS[changes.kinds[each]],
            units.first + int(changes.rows[each]),
            weights,
            int(changes.deltas[each]),
            bool(fixes[each]),
        )
        for each in found
    ]
