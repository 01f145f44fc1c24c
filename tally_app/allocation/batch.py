"""Divisor methods for many regions at once, in arrays, as exactly as ``engine.apportion`` does them one by one.

Floats are compared only where that is proved to be exact; all other rows go through the integers of the engine.

The proof. Votes v, w ≥ 0 and divisors d, c > 0 are whole numbers; u = 2^-53 is half a unit in the last place.

1. Whole numbers below 2^53 are floats, and one division of floats is rounded correctly: fl(v/d) = v/d × (1 + e) with e
   between -u and u. So equal quotients are equal floats, however they are written.
2. Let v/d > w/c. Then v·c - w·d is a whole number above 0, so at least 1, and v/d - w/c ≥ 1/(d·c) = v/d × 1/(v·c).
   Where v·c < 2^52 that is more than v/d × 2u.
3. Rounding moves the two towards each other by at most u·(v/d + w/c), less than v/d × 2u. So fl(v/d) > fl(w/c).

Quotients are 0 or between 2^-52 and 2^52, far from the smallest and largest floats. The largest product in a row is
that of its most votes and the divisor of a list that has won every seat (``_exact``): no quotient beyond is compared. A
unit that all divisors are multiplied by changes no order, so it is left out.
"""

from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tally_app.allocation.engine import apportion
from tally_app.allocation.outcome import Divisors
from tally_app.allocation.race import Entrant

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]

One = tuple[list[int], list[int], int, int]
"""A region's seats, tied lists, seats open among them, seats unfilled."""

_EXACT = 1 << 52
_HUGE = 2.0**1000
_FEW = 80
"""Up to so many seats and regions together a loop in Python is faster than NumPy's calls (measured, 4 to 20 lists)."""


class State(NamedTuple):
    """A distribution under way, as floats [regions × lists]; changed in place."""

    counts: Floats
    """Votes."""
    held: Floats
    """Seats given so far."""
    following: Floats
    """Quotient for the next seat."""
    won: Floats
    """Quotient of the last seat; huge, or infinite: none was given."""


class Many(NamedTuple):
    """How many distributions came out; a row is a region.

    ``seats.sum(1) + tied_seats + unfilled`` is the seats to fill, row by row.
    """

    seats: Whole
    """Seats that are certain [regions × lists]."""
    tied: NDArray[np.bool_]
    """Lists that are tied for the row's last seats [regions × lists]."""
    tied_seats: Whole
    """Seats open among the tied lists; 0: no tie [regions]."""
    unfilled: Whole
    """Seats that no list can take because none has votes [regions]."""


def seats_of_many(divisors: Divisors, votes: Whole, seats: Whole | int) -> Many:
    """Distribute the seats of every region.

    Args:
        divisors: rising, as those of ``methods.METHODS`` are; where they begin with 0, all is done by the engine.
        votes: valid votes [regions × lists, ≥ 0]; a list that does not stand in a region has 0.
        seats: of each region, or of every region the same [≥ 0].

    Returns:
        For each row what ``engine.apportion`` gives for lists without limits.

    Raises:
        ValueError: votes or seats that are negative, or of shapes that do not fit.
    """
    votes, places = _checked(votes, seats)
    if len(places) + places.sum() <= _FEW or not votes.size:
        return _one_by_one(divisors, votes, places)
    exact = _exact(divisors, votes, places)
    if exact.all():
        return _in_arrays(divisors, votes, places)
    many = Many(np.empty_like(votes), np.empty(votes.shape, np.bool_), np.empty_like(places), np.empty_like(places))
    for rows, allocate in ((exact, _in_arrays), (~exact, _one_by_one)):
        if rows.any():
            part = allocate(divisors, votes[rows], places[rows])
            many.seats[rows], many.tied[rows], many.tied_seats[rows], many.unfilled[rows] = part
    return many


def _checked(votes: Whole, seats: Whole | int) -> tuple[Whole, Whole]:
    if votes.ndim != 2:
        raise ValueError(f"votes are regions × lists, not of {votes.ndim} dimensions")
    places = np.empty(len(votes), dtype=np.int64)
    places[:] = seats
    if min(votes.min(initial=0), places.min(initial=0)) < 0:
        raise ValueError("votes and seats are not negative")
    return np.ascontiguousarray(votes, dtype=np.int64), places


def _exact(divisors: Divisors, votes: Whole, places: Whole) -> NDArray[np.bool_]:
    """Tell for each row whether floats order its quotients."""
    first, second, step, _ = divisors
    if first <= 0 or max(first, divisors.at(int(places.max(initial=0)))) >= _EXACT:
        return np.zeros(len(votes), np.bool_)
    largest = np.maximum(first, second + step * (places - 1))
    exact: NDArray[np.bool_] = votes.max(axis=1, initial=0) <= (_EXACT - 1) // largest
    return exact


def _one_by_one(divisors: Divisors, votes: Whole, places: Whole) -> Many:
    rows = [_one(divisors, row, seats) for row, seats in zip(votes.tolist(), places.tolist(), strict=True)]
    tied = np.zeros(votes.shape, np.bool_)
    for row, (_, parties, _, _) in enumerate(rows):
        if parties:
            tied[row, parties] = True
    return Many(
        np.array([row[0] for row in rows], np.int64).reshape(votes.shape),
        tied,
        np.array([row[2] for row in rows], np.int64),
        np.array([row[3] for row in rows], np.int64),
    )


def _one(divisors: Divisors, votes: list[int], seats: int) -> One:
    if not any(votes):
        return [0] * len(votes), [], 0, seats
    if divisors.first > 0 and max(votes) * max(divisors.first, divisors.at(seats)) < _EXACT:
        return _by_floats(divisors, votes, seats)
    return _by_engine(divisors, votes, seats)


def _by_engine(divisors: Divisors, votes: list[int], seats: int) -> One:
    found = apportion(divisors, [Entrant(count) for count in votes], seats, with_steps=False)
    tied, open_seats = (list(found.tie.parties), found.tie.seats) if found.tie else ([], 0)
    return list(found.seats), tied, open_seats, found.unfilled


def _by_floats(divisors: Divisors, votes: list[int], seats: int) -> One:
    first, second, step, _ = divisors
    then = second - step
    following = [count / first for count in votes]
    held = [0] * len(votes)
    won = [inf] * len(votes)
    last = inf
    for _ in range(seats):
        last = max(following)
        party = following.index(last)
        won[party] = last
        held[party] += 1
        following[party] = votes[party] / (then + step * held[party])
    if max(following) < last:
        return held, [], 0, 0
    at_stake = [party for party, quotient in enumerate(won) if quotient == last]
    for party in at_stake:
        held[party] -= 1
    tied = [party for party, quotient in enumerate(following) if quotient == last or won[party] == last]
    return held, tied, len(at_stake), 0


def _in_arrays(divisors: Divisors, votes: Whole, places: Whole) -> Many:
    """Begin with about the right seats, move the few that are wrong, and see who was equal to the last."""
    counts = votes.astype(np.float64)
    totals = counts.sum(axis=1)
    given = np.where(totals > 0, places, 0)
    held = _about(divisors, counts, totals, given)
    state = State(counts, held, _following(divisors, counts, held), _won(divisors, counts, held))
    missing = given - held.sum(axis=1).astype(np.int64)
    while True:
        _give(divisors, state, missing)
        _take(divisors, state, missing)
        wrong = state.following.max(axis=1) > state.won.min(axis=1)
        if not wrong.any():
            return _result(state, places - given)
        missing[wrong] = 1  # the beginning was off by a rounding error: a seat changes hands
        _give(divisors, state, missing)
        missing[wrong] = -1


def _result(state: State, unfilled: Whole) -> Many:
    seats, at_stake = state.held.astype(np.int64), np.zeros(len(unfilled), np.int64)
    tied = np.zeros(seats.shape, np.bool_)
    cut = state.won.min(axis=1)
    rows = (state.following.max(axis=1) == cut).nonzero()[0]
    if rows.size:
        quotient = cut[rows, None]
        last = state.won[rows] == quotient
        seats[rows] -= last
        tied[rows] = last | (state.following[rows] == quotient)
        at_stake[rows] = last.sum(axis=1)
    return Many(seats, tied, at_stake, unfilled)


def _about(divisors: Divisors, counts: Floats, totals: Floats, places: Whole) -> Floats:
    """Return for each list its number of divisors up to votes × x, with an x for which that is about the seats.

    It is (votes·x - second) ÷ step + 2, rounded down, which takes half a seat from a list on average. So all lists
    together have the right number if x is about step × (seats + lists × (second ÷ step - 3/2)) ÷ votes of all.
    """
    _, second, step, _ = divisors
    per_vote = (places + counts.shape[1] * (second / step - 1.5)) / np.maximum(totals, 1)
    held: Floats = counts * np.maximum(per_vote, 0)[:, None]
    held += 2 - second / step
    np.floor(held, out=held)
    np.maximum(held, 0, out=held)
    np.minimum(held, places[:, None], out=held)
    return held


def _following(divisors: Divisors, counts: Floats, held: Floats) -> Floats:
    """Quotient of each list for its next seat."""
    first, second, step, _ = divisors
    by = held * step
    by += second - step
    if first != second - step:
        np.copyto(by, first, where=held == 0)
    return np.divide(counts, by, out=by)


def _won(divisors: Divisors, counts: Floats, held: Floats) -> Floats:
    """Quotient of each list's last seat; huge: it has none."""
    first, second, step, _ = divisors
    by = held * step
    by += second - 2 * step
    if first != second - step:
        np.copyto(by, first, where=held == 1)
    np.maximum(by, 1, out=by)
    np.divide(counts, by, out=by)
    by += (held == 0) * _HUGE  # arithmetic: where a condition chooses cell by cell, the processor guesses wrong
    return by


def _give(divisors: Divisors, state: State, missing: Whole) -> None:
    """Give each row the seats that it misses, to the highest quotients; *missing* is counted down."""
    _, second, step, _ = divisors
    counts, held, following, won = (array.reshape(-1) for array in state)  # views
    rows = (missing > 0).nonzero()[0]
    while rows.size:
        place = state.following[rows].argmax(axis=1) + rows * state.counts.shape[1]
        now = held[place] + 1
        held[place] = now
        won[place] = following[place]
        following[place] = counts[place] / (now * step + (second - step))
        missing[rows] -= 1
        rows = rows[missing[rows] > 0]


def _take(divisors: Divisors, state: State, missing: Whole) -> None:
    """Take the lowest quotients' seats from the rows that have too many: where *missing* is below 0."""
    first, second, step, _ = divisors
    counts, held, following, won = (array.reshape(-1) for array in state)  # views
    rows = (missing < 0).nonzero()[0]
    while rows.size:
        place = state.won[rows].argmin(axis=1) + rows * state.counts.shape[1]
        now = held[place] - 1
        held[place] = now
        following[place] = won[place]
        by = np.where(now > 1, now * step + (second - 2 * step), first)
        won[place] = np.where(now > 0, counts[place] / by, inf)
        missing[rows] += 1
        rows = rows[missing[rows] < 0]
