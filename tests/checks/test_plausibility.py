"""W501: two neighbouring columns that look swapped."""

from fractions import Fraction
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tally_app.checks.finding import Severity
from tally_app.checks.plausibility import check_swapped
from tally_app.election.election import Election
from tally_app.election.model import Limits
from tests.packs import make_pack

PLAIN = ("parties", "invalid")


def swapped(rows, limits: Limits | None = None, **options: object):
    """*rows*: figures of region 1's units; parties A, B, C if nothing else is said."""
    pack = make_pack(**{"parties": ("A", "B", "C"), "units": (len(rows),), "form": PLAIN, **options})  # type: ignore[arg-type]
    election = Election(replace(pack, checks=limits or Limits()))
    block = np.array([[-1 if value is None else value for value in row] for row in rows], dtype=np.int64)
    return list(check_swapped(election, 0, block))


def found(rows, **options: object):
    findings = swapped(rows, **options)  # type: ignore[arg-type]
    return [(f.place.unit, f.facts["column"], f.facts["neighbour"]) for f in findings]


# Shares of exactly 60, 20, 10 and 10 %; in the last unit the first two are exchanged.
USUAL = [(60, 20, 10, 10), (120, 40, 20, 20), (600, 200, 100, 100)]
EXCHANGED = (1000, 9000, 0, 0)
NINE_TO_ONE = [(90, 10, 0, 0), (180, 20, 0, 0), (900, 100, 0, 0)]


def test_w501_an_exchanged_pair_is_found_in_its_unit_only():
    (finding,) = swapped([*NINE_TO_ONE, EXCHANGED])
    assert finding.severity is Severity.WARNING
    assert finding.place == ("R1", "R1-4", "A", "A")
    assert finding.facts == {
        "column": "A",
        "neighbour": "B",
        "values": [1000, 9000],
        "expected": [9000, 1000],
        "units": 3,
    }


def test_w501_units_with_the_same_shares_have_no_finding():
    assert found([*NINE_TO_ONE, (9000, 1000, 0, 0)]) == []
    assert found(USUAL) == []


def test_w501_needs_three_other_complete_units():
    assert found([*NINE_TO_ONE[:2], EXCHANGED]) == []
    assert found([*NINE_TO_ONE[:2], (900, 100, 0, None), EXCHANGED]) == []
    assert found([*NINE_TO_ONE[:2], (0, 0, 0, 0), EXCHANGED]) == []
    assert found([*NINE_TO_ONE, (900, 100, 0, None), EXCHANGED]) == [("R1-5", "A", "B")]


def test_w501_a_unit_that_is_not_complete_is_not_looked_at():
    assert found([*NINE_TO_ONE, (1000, 9000, 0, None)]) == []
    cast = ("registered", "cast", "parties", "invalid")
    rows = [(2 * sum(row), sum(row), *row) for row in [*NINE_TO_ONE, EXCHANGED]]
    assert found(rows, form=cast) == [("R1-4", "A", "B")]
    assert found([*rows[:3], (None, *rows[3][1:])], form=cast) == []


# Three others with shares of 75 and 25 %: of 400 ballots 300 and 100 are expected.
THREE_TO_ONE = [(75, 25, 0, 0), (150, 50, 0, 0), (300, 100, 0, 0)]


@pytest.mark.parametrize(("one", "other", "fires"), [(99, 301, True), (100, 300, False), (98, 302, True)])
def test_w501_beyond_three_times_and_not_at_three_times(one, other, fires):
    """Of 400: A is below 300 ÷ 3 with 99, B above 100 × 3 with 301."""
    assert bool(found([*THREE_TO_ONE, (one, other, 0, 0)])) == fires


def test_w501_its_own_share_is_never_part_of_what_is_expected():
    """A's shares are 0, 99 of 400, and three times 3 of 4: without its own, the middle two are 3 of 4."""
    assert found([*THREE_TO_ONE, (0, 25, 75, 0), (99, 301, 0, 0)]) == [("R1-5", "A", "B")]


@pytest.mark.parametrize(("row", "fires"), [((301, 93, 6, 0), True), ((300, 93, 7, 0), False)])
def test_w501_each_of_both_is_beyond(row, fires):
    """Of 400: A is above 100 × 3 with 301; B is below 280 ÷ 3 with 93 in both."""
    others = [(25, 70, 5, 0), (50, 140, 10, 0), (100, 280, 20, 0)]
    assert bool(found([*others, row])) == fires


@pytest.mark.parametrize(("low", "high", "fires"), [(69, 227, True), (70, 226, False)])
def test_w501_the_lower_one_is_beyond_whichever_column_it_is_in(low, high, fires):
    """Of 300: the higher one is above 75 × 3 in both; the lower one is below 210 ÷ 3 with 69."""
    first = [(25, 70, 5, 0), (50, 140, 10, 0), (100, 280, 20, 0)]
    last = [(b, a, c, d) for a, b, c, d in first]
    assert bool(found([*first, (high, low, 4, 0)])) == fires
    assert bool(found([*last, (low, high, 4, 0)])) == fires


def test_w501_off_in_the_same_direction_is_no_exchange():
    """Most went to C: A has a tenth of what is expected, B, too."""
    others = [(60, 30, 10, 0), (120, 60, 20, 0), (600, 300, 100, 0)]
    assert found([*others, (60, 30, 910, 0)]) == []
    assert found([*others, (30, 900, 70, 0)]) == []


@pytest.mark.parametrize(("one", "other", "fires"), [(30, 870, True), (29, 871, False)])
def test_w501_exchanged_they_must_be_inside(one, other, fires):
    """Of 900 ballots B would have 90: a third of that, 30, is inside, 29 is not."""
    assert bool(found([*NINE_TO_ONE, (one, other, 0, 0)])) == fires


@pytest.mark.parametrize(("row", "fires"), [((1, 11, 0, 0), True), ((1, 10, 0, 0), False)])
def test_w501_they_differ_by_ten(row, fires):
    assert bool(found([*NINE_TO_ONE, row])) == fires


def test_w501_limits_are_the_packs():
    rows = [*NINE_TO_ONE, (250, 750, 0, 0)]
    assert found(rows) == [("R1-4", "A", "B")]
    assert found(rows, limits=Limits(swap_factor=4)) == []
    assert found(rows, limits=Limits(swap_difference=500)) == [("R1-4", "A", "B")]
    assert found(rows, limits=Limits(swap_difference=501)) == []


def test_w501_neighbours_are_those_that_stand_and_blank_and_invalid():
    rows = [(90, 0, 10, 0), (180, 0, 20, 0), (900, 0, 100, 0), (10, 0, 90, 0)]
    assert found(rows) == []
    assert found(rows, standing=[["A", "C"]]) == [("R1-4", "A", "C")]
    last = [(0, 0, 90, 10), (0, 0, 180, 20), (0, 0, 900, 100), (0, 0, 10, 90)]
    assert found(last) == [("R1-4", "C", "invalid")]
    assert found(last, optional=("invalid",)) == []


def test_w501_half_of_an_even_number_of_others_is_exact():
    """Others have A in 2 of 3 and in 5 of 6: the median is 3 of 4, and of 400 a third of that is exactly 100."""
    others = [(5, 1, 0, 0), (50, 10, 0, 0), (2, 1, 0, 0), (20, 10, 0, 0)]
    assert found([*others, (100, 300, 0, 0)]) == []
    assert found([*others, (99, 301, 0, 0)]) == [("R1-5", "A", "B")]


def by_definition(rows, factor: int, difference: int) -> list[tuple[int, int]]:
    """Pairs that look swapped, as docs/checks.md says it, in fractions."""
    complete = [index for index, row in enumerate(rows) if None not in row and sum(row)]
    pairs = []
    for index in complete:
        others = [rows[other] for other in complete if other != index]
        if len(others) < 3:
            continue
        row = rows[index]
        expected = [
            median([Fraction(other[column], sum(other)) for other in others]) * sum(row) for column in range(len(row))
        ]
        for a in range(len(row) - 1):
            b = a + 1
            up = row[a] > factor * expected[a] and row[b] * factor < expected[b]
            down = row[a] * factor < expected[a] and row[b] > factor * expected[b]
            settled = all(
                expected[x] <= factor * row[y] and row[y] <= factor * expected[x] for x, y in ((a, b), (b, a))
            )
            if (up or down) and settled and abs(row[a] - row[b]) >= difference:
                pairs.append((index, a))
    return pairs


figure = st.one_of(st.integers(0, 12), st.integers(0, 400))
row = st.one_of(st.tuples(figure, figure, figure, figure), st.just((1, 9, 0, None)))


@given(st.lists(row, min_size=1, max_size=9), st.sampled_from([2, 3]), st.sampled_from([0, 1, 10]))
def test_w501_as_defined(rows, factor, difference):
    limits = Limits(swap_factor=factor, swap_difference=difference)
    keys = ["A", "B", "C", "invalid"]
    expected = [(f"R1-{unit + 1}", keys[a], keys[a + 1]) for unit, a in by_definition(rows, factor, difference)]
    assert found(rows, limits=limits) == expected


def test_w501_large_units_are_compared_exactly_and_the_largest_left_out():
    """Shares that differ in the eighth decimal decide: 3 × expected is just reached, or not."""
    size = 2**25
    quarter = (3 * size // 4, size // 4, 0, 0)
    others = [quarter, quarter, quarter]
    beyond = (size // 4 - 1, 3 * size // 4 + 1, 0, 0)
    assert found([*others, beyond]) == [("R1-4", "A", "B")]
    assert found([*others, (size // 4, 3 * size // 4, 0, 0)]) == []
    assert found([*others, tuple(4 * value for value in beyond)]) == []
