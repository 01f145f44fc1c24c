"""Votes to seats: worked examples, published elections, and what is refused."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tally_app.allocation.alliances import apportion_allied
from tally_app.allocation.allocate import AllocationError, allocate
from tally_app.allocation.outcome import DHONDT, Divisors, Problem, Tie
from tally_app.allocation.race import Rank
from tests.allocation.oracle import contest, run

DATA = Path(__file__).parents[1] / "data"


def data(name: str) -> Any:
    return json.loads((DATA / name).read_bytes())


DHONDT_CASES = data("dhondt_cases.json")["cases"]
REGIONS = data("cambodia_senate_2024.json")["districts"]


def test_worked_example():
    """Three lists, five seats.

    | list | ÷1      | ÷2      | ÷3     | seats |
    |------|---------|---------|--------|-------|
    | 0    | 340 (1) | 170 (3) | 113.33 | 2     |
    | 1    | 280 (2) | 140 (5) | 93.33  | 2     |
    | 2    | 160 (4) | 80      | 53.33  | 1     |
    """
    allocation = run([340, 280, 160], 5)
    assert allocation.seats == (2, 2, 1)
    assert allocation.tie is None
    assert allocation.open_seats == 0
    result, _ = apportion_allied(contest([340, 280, 160], 5))
    steps = [(award.party, str(award.value)) for award in result.awards]
    assert steps == [(0, "340"), (1, "280"), (0, "170"), (2, "160"), (1, "140")]
    assert result.waiting == ((0, Rank(0, 340, 3)), (1, Rank(0, 280, 3)), (2, Rank(0, 160, 2)))


@pytest.mark.parametrize("region", REGIONS, ids=[region["id"] for region in REGIONS])
def test_senate_2024_gives_the_published_seats(region: dict[str, Any]):
    allocation = run(list(region["votes"].values()), region["seats"])
    assert allocation.seats == tuple(region["stated_seats"][party] for party in region["votes"])
    assert allocation.open_seats == 0


def test_senate_2024_gives_55_and_3():
    regions = [run(list(region["votes"].values()), region["seats"]).seats for region in REGIONS]
    assert tuple(map(sum, zip(*regions, strict=True))) == (55, 3, 0, 0)


def test_other_divisors_do_not_give_the_seats_of_2024():
    """The pack says so: with 1, 3, 5, … Region 1 would give its sixth seat to KWP (88 against 817 ÷ 11)."""
    region = REGIONS[0]
    other = allocate(contest(list(region["votes"].values()), region["seats"], "sainte-lague"))
    assert other.seats == (5, 1, 0, 0)
    assert region["stated_seats"] == {"CPP": 6, "KWP": 0, "FUN": 0, "NPP": 0}


def test_largest_remainders_do_not_give_the_seats_of_2024():
    """Region 1: 817 × 6 = 5 × 906 + 372 and 88 × 6 = 528, so the sixth seat would be KWP's."""
    votes = REGIONS[0]["votes"]
    total = sum(votes.values())
    whole, remainder = divmod(votes["CPP"] * 6, total)
    assert (whole, remainder, votes["KWP"] * 6) == (5, 372, 528)


@pytest.mark.parametrize("case", DHONDT_CASES, ids=[case["id"] for case in DHONDT_CASES])
def test_cases_of_other_programs(case: dict[str, Any]):
    votes = case["votes"]
    if "threshold" in case:
        share, of = map(int, case["threshold"].split("/"))
        votes = [count if count * of >= share * sum(votes) else 0 for count in votes]
    allocation = run(votes, case["seats"])
    assert allocation.seats == tuple(case["certain"])
    tied = (allocation.tie.parties, allocation.tie.seats) if allocation.tie else ((), 0)
    assert tied == (tuple(case["tied"]), case["tied_seats"])


def test_308_municipalities_of_portugal():
    """Where a tie is open here, the official seats give each tied list its certain seats or one more."""
    for municipality in data("portugal_municipal_2025.json")["municipalities"]:
        allocation = run(municipality["votes"], municipality["seats"])
        tied = allocation.tie.parties if allocation.tie else ()
        beyond = [official - own for official, own in zip(municipality["official"], allocation.seats, strict=True)]
        assert [party for party, more in enumerate(beyond) if more and party not in tied] == [], municipality["name"]
        assert all(more in (0, 1) for more in beyond), municipality["name"]
        assert sum(beyond) == allocation.open_seats, municipality["name"]


def test_enough_seats_for_all_tied_is_no_tie():
    assert run([12, 12, 11, 12], 3).seats == (1, 1, 0, 1)


def test_tie_is_left_open():
    allocation = run([2, 1, 1, 2, 2], 2)
    assert allocation.seats == (0, 0, 0, 0, 0)
    assert allocation.tie == Tie((0, 3, 4), 2)
    assert allocation.open_seats == 2


def test_tie_between_different_divisors():
    """200 ÷ 2 = 100 ÷ 1 for one seat."""
    allocation = run([200, 100], 2)
    assert allocation.seats == (1, 0)
    assert allocation.tie == Tie((0, 1), 1)


@pytest.mark.parametrize("votes", [[], [0], [0, 0, 0]])
def test_without_votes_every_seat_is_unfilled(votes: list[int]):
    allocation = run(votes, 4)
    assert allocation.seats == (0,) * len(votes)
    assert allocation.tie is None
    assert allocation.unfilled == allocation.open_seats == 4
    assert allocation.problem is Problem.NO_VOTES


def test_no_seats():
    allocation = run([5, 5], 0)
    assert allocation.seats == (0, 0)
    assert allocation.open_seats == 0
    assert allocation.tie is None


def test_zero_votes_never_win_though_seats_abound():
    assert run([1, 0], 9).seats == (9, 0)


def test_numbers_that_a_float_cannot_tell_apart():
    assert run([10**17, 3 * 10**17 + 3], 3).seats == (0, 3)


def test_integers_of_numpy_which_overflow_are_refused():
    with pytest.raises(TypeError, match="NumPy"):
        run(np.array([4 * 10**18, 4 * 10**18 - 1], dtype=np.int64), 1001)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("votes", "seats", "code", "facts"),
    [
        ([3, -1], 2, "negative-votes", {"party": 1, "votes": -1}),
        ([3, 1], -2, "negative-seats", {"seats": -2}),
    ],
)
def test_negative_numbers_are_refused(votes: list[int], seats: int, code: str, facts: dict[str, int]):
    with pytest.raises(AllocationError, match=code) as caught:
        run(votes, seats)
    assert (caught.value.code, caught.value.facts) == (code, facts)


def test_fractions_of_votes_are_refused():
    with pytest.raises(TypeError):
        run([1.5, 2], 2)  # type: ignore[list-item]


def test_divisor_sequences_are_data():
    assert [DHONDT.at(seats) for seats in range(5)] == [1, 2, 3, 4, 5]
    assert [Divisors(14, 30, 20).at(seats) for seats in range(4)] == [14, 30, 50, 70]
