"""Dutch municipal councils: the Electoral Council's own cases, step by step."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tally_app.allocation.dutch import Count, Lot, Stage, count_seats
from tally_app.allocation.solve import solve

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parents[1] / "data" / "dutch_cases.json").read_bytes())[
    "cases"
]
STAGES = {
    Stage.REMAINDER: "LR",
    Stage.UNIQUE_AVERAGE: "UHA",
    Stage.AVERAGE: "HA",
    Stage.MAJORITY: "P9",
    Stage.EXHAUSTED: "P10",
}


def candidates_of(case: dict[str, Any]) -> list[int | None]:
    stated = case["candidates_per_list"] or [None] * len(case["votes"])
    dead = case["deceased_per_list"]
    return [
        None if number is None else number - dead.get(str(key), 0)
        for key, number in zip(case["list_numbers"], stated, strict=True)
    ]


def counted(case: dict[str, Any]) -> Count:
    lots = [case["list_numbers"].index(number) for number in case["lots_drawn"]]
    return count_seats(case["votes"], case["seats"], candidates_of(case), lots)


def steps_of(count: Count) -> list[list[str | int]]:
    """As the cases write them: lists from 1, negative where a seat is lost."""
    written: list[list[str | int]] = []
    awards = [award for award in count.awards if award.stage != Stage.FULL]
    for award, following in pairwise([*awards, None]):
        assert award is not None
        kind = STAGES[Stage(award.stage)]
        if kind != "P9":
            written.append([kind, (award.party + 1) * award.seats])
        elif award.seats < 0:
            assert following is not None
            written.append([kind, following.party + 1, -(award.party + 1)])
    return written


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_cases_of_the_electoral_council(case: dict[str, Any]):
    count = counted(case)
    assert count.won == (case["expected"] or case["expected_before_lots"])
    assert steps_of(count) == case["steps"]
    if case["tie_open"] is None:
        assert (count.lot, count.unfilled) == (None, case["unassigned_seats"])
        return
    assert count.lot is not None
    options = [case["list_numbers"][party] for party in count.lot.options]
    assert (STAGES[count.lot.stage], options, count.lot.seats_left) == tuple(case["tie_open"].values())


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_whatever_lots_were_drawn_is_possible(case: dict[str, Any]):
    stated = {"method": "dutch-municipal", "votes": case["votes"], "seats": case["seats"]}
    outcome = solve(stated | {"max_seats": candidates_of(case)})
    tie = outcome["tie"] or {"parties": [], "seats": 0}
    assert sum(outcome["seats"]) + tie["seats"] + outcome["unfilled"] == case["seats"]
    assert bool(tie["seats"]) == bool(case["tie_open"] or case["lots_drawn"])
    if case["expected"]:
        beyond = [own - sure for own, sure in zip(case["expected"], outcome["seats"], strict=True)]
        assert min(beyond) >= 0
        assert {party for party, more in enumerate(beyond) if more} <= set(tie["parties"])
        assert sum(beyond) == tie["seats"]


def test_who_gives_a_seat_up_is_a_tie_too():
    """Lists 2, 3 and 4 have the same remainder; one of them loses its seat to the list with the majority."""
    outcome = solve({"method": "dutch-municipal", "votes": [2552, 511, 511, 511, 509, 509], "seats": 15})
    assert outcome["seats"] == [8, 1, 1, 1, 1, 1]
    assert outcome["tie"] == {"parties": [1, 2, 3], "seats": 2}


def test_a_lot_for_a_list_that_is_no_option_stays_open():
    count = count_seats([5, 5], 1, lots=[7])
    assert count.lot == Lot(Stage.UNIQUE_AVERAGE, (0, 1), 1) or count.lot == Lot(Stage.REMAINDER, (0, 1), 1)


def test_half_of_the_votes_is_no_majority():
    votes = [2552, 987, 570, 539, 456]
    assert solve({"method": "dutch-municipal", "votes": votes, "seats": 15})["seats"] == [7, 3, 2, 2, 1]


def test_many_equal_lists_stay_quick():
    outcome = solve({"method": "dutch-municipal", "votes": [9] * 30, "seats": 17})
    assert outcome["tie"] == {"parties": list(range(30)), "seats": 17}
