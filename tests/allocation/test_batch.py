"""Many regions at once are each what the engine gives for it alone, on both sides of where floats are exact."""

from fractions import Fraction
from itertools import product
from math import gcd

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally_app.allocation.batch import Many, seats_of_many
from tally_app.allocation.engine import apportion
from tally_app.allocation.methods import METHODS, stationary
from tally_app.allocation.outcome import Divisors
from tally_app.allocation.race import Entrant

SEQUENCES: dict[str, Divisors] = {name: row for name, row in METHODS.items() if isinstance(row, Divisors)}
SEQUENCES |= {
    f"stationary {share}": stationary(share) for share in (Fraction(2, 5), Fraction(1, 100), Fraction(99, 100))
}
BOUND = 1 << 52
Row = tuple[list[int], list[int], int, int]


def alone(divisors: Divisors, votes: list[int], seats: int) -> Row:
    """Seats, tied lists, seats open among them, seats unfilled."""
    found = apportion(divisors, [Entrant(count) for count in votes], seats, with_steps=False)
    tied, open_seats = (list(found.tie.parties), found.tie.seats) if found.tie else ([], 0)
    return list(found.seats), tied, open_seats, found.unfilled


def together(divisors: Divisors, votes: list[list[int]], seats: list[int]) -> list[Row]:
    many = seats_of_many(divisors, np.array(votes, dtype=np.int64), np.array(seats))
    assert (many.seats.sum(axis=1) + many.tied_seats + many.unfilled == seats).all()
    return rows_of(many)


def rows_of(many: Many) -> list[Row]:
    tied = [row.nonzero()[0].tolist() for row in many.tied]
    return list(
        zip(many.seats.tolist(), tied, many.tied_seats.tolist(), many.unfilled.tolist(), strict=True),
    )


COUNTS = st.one_of(
    st.integers(0, 8),
    st.integers(0, 6).map(lambda count: 12 * count),
    st.integers(0, 10**6),
    st.integers(0, 2**63 - 1),
    st.integers(-3, 3).map(lambda more: BOUND // 12 + more),
)
REGIONS = st.integers(1, 6).flatmap(
    lambda lists: st.lists(
        st.tuples(st.lists(COUNTS, min_size=lists, max_size=lists), st.integers(0, 30)), min_size=1, max_size=4
    )
)


@pytest.mark.parametrize("name", SEQUENCES)
@given(regions=REGIONS)
def test_each_region_as_if_alone(name: str, regions: list[tuple[list[int], int]]):
    """Few regions are done in Python, and the same ones many times over in arrays."""
    divisors, (votes, seats) = SEQUENCES[name], map(list, zip(*regions, strict=True))
    expected = [alone(divisors, row, places) for row, places in regions]
    assert together(divisors, votes, seats) == expected
    assert together(divisors, votes * 90, seats * 90) == expected * 90


@pytest.mark.parametrize("name", SEQUENCES)
@pytest.mark.parametrize("kind", ["even", "uneven", "equal"])
def test_like_elections(name: str, kind: str):
    """Ties and all, up to hundreds of seats; lists of very different sizes put the first guess off."""
    chance = np.random.default_rng(sum(map(ord, name + kind)))
    shares = {"even": chance.random((300, 12)), "uneven": chance.random((300, 12)) ** 9}.get(kind)
    votes = chance.integers(0, 30, (300, 12)) if shares is None else (shares * 10**7).astype(np.int64)
    seats = chance.integers(0, chance.integers(1, 400, 300))
    expected = [alone(SEQUENCES[name], row, places) for row, places in zip(votes.tolist(), seats.tolist(), strict=True)]
    assert together(SEQUENCES[name], votes.tolist(), seats.tolist()) == expected


def neighbours(divisors: Divisors, own: int, other: int, largest: int) -> tuple[list[int], int] | None:
    """Two lists whose quotients for the last seat differ as little as quotients of these divisors can.

    Of about *largest* votes for the first; votes x second divisor - votes x first divisor is 1.
    """
    by, to = divisors.at(own), divisors.at(other)
    if gcd(by, to) != 1:
        return None
    votes = largest - (largest - pow(to, -1, by)) % by  # votes * to = 1 modulo by
    return [votes, (votes * to - 1) // by], own + other + 1


@pytest.mark.parametrize("name", ["dhondt", "sainte-lague", "sainte-lague-1.4", "danish", "imperiali"])
@pytest.mark.parametrize("copies", [1, 25])
def test_neighbouring_quotients_on_both_sides_of_the_bound(name: str, copies: int):
    divisors = SEQUENCES[name]
    below, above, confused = 0, 0, 0
    for own, other in product(range(12), range(12)):
        last = divisors.at(own + other + 1)
        for largest in (BOUND // last - 100, BOUND // last, BOUND // last + 100, BOUND, 1 << 57):
            found = neighbours(divisors, own, other, largest)
            if found is None:
                continue
            (votes, fewer), seats = found
            lists = [[votes, fewer], [votes, fewer + 1], [votes, fewer - 1], [votes, votes]]
            expected = [alone(divisors, row, seats) for row in lists]
            assert together(divisors, lists * copies, [seats] * 4 * copies) == expected * copies
            below += max(votes, fewer) * last < BOUND
            above += max(votes, fewer) * last >= BOUND
            confused += votes / divisors.at(own) == fewer / divisors.at(other)
    assert min(below, above) >= 10
    assert confused >= 10  # where floats would have seen a tie


def test_no_float_below_the_bound_is_confused():
    """The proof's claim, tried where it is tightest."""
    for by, to in product(range(1, 60), range(1, 60)):
        if gcd(by, to) == 1:
            votes = (BOUND - 1) // to
            votes -= (votes - pow(to, -1, by)) % by
            fewer = (votes * to - 1) // by
            assert votes / by > fewer / to
            assert (fewer * by * 2) / (by * 2) == fewer


@pytest.mark.parametrize("copies", [1, 200])
def test_adams_and_huge_divisors_are_done_by_the_engine(copies: int):
    for divisors in (SEQUENCES["adams"], Divisors(1, 1 << 53, 1 << 53)):
        expected = [alone(divisors, votes, 2) for votes in ([5, 9, 1], [3, 3, 3], [0, 0, 0])]
        assert together(divisors, [[5, 9, 1], [3, 3, 3], [0, 0, 0]] * copies, [2] * 3 * copies) == expected * copies


def test_shapes():
    for regions in (3, 300):
        nobody = np.zeros((regions, 0), np.int64)
        assert seats_of_many(SEQUENCES["dhondt"], nobody, 4).unfilled.tolist() == [4] * regions
    assert seats_of_many(SEQUENCES["dhondt"], np.zeros((0, 5), np.int64), 4).seats.shape == (0, 5)
    one_number = seats_of_many(SEQUENCES["dhondt"], np.array([[2, 1], [1, 1]]), 1)
    assert rows_of(one_number) == [([1, 0], [], 0, 0), ([0, 0], [0, 1], 1, 0)]


@pytest.mark.parametrize(("votes", "seats"), [([[1, -1]], 1), ([[1, 1]], -1), ([1, 1], 1)])
def test_what_is_refused(votes: list[list[int]], seats: int):
    with pytest.raises(ValueError, match="votes"):
        seats_of_many(SEQUENCES["dhondt"], np.array(votes), seats)
