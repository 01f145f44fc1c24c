"""Ties settled by a policy, and every outcome of those left to a lot."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from tally_app.allocation.allocate import Settlement, allocate
from tally_app.allocation.outcome import Policy, Tie
from tally_app.allocation.settle import settle
from tests.allocation.oracle import contest, run
from tests.allocation.test_laws import SEATS, VOTES

PORTUGAL = Path(__file__).parents[1] / "data" / "portugal_municipal_2025.json"


def test_308_municipalities_of_portugal_with_their_law():
    """Equal quotients: the list with fewer votes takes the seat. So every official seat comes out."""
    for municipality in json.loads(PORTUGAL.read_bytes())["municipalities"]:
        allocation = run(municipality["votes"], municipality["seats"])
        seats, tie = settle(allocation.seats, allocation.tie, municipality["votes"], Policy.FEWEST_VOTES)
        assert (seats, tie) == (tuple(municipality["official"]), None), municipality["name"]


def test_policies():
    votes, seats, tie = [200, 100, 100, 9], (1, 0, 0, 0), Tie((0, 1, 2), 1)
    assert settle(seats, tie, votes, Policy.LOT) == (seats, tie)
    assert settle(seats, tie, votes, Policy.MOST_VOTES) == ((2, 0, 0, 0), None)
    assert settle(seats, tie, votes, Policy.FEWEST_VOTES) == (seats, Tie((1, 2), 1))
    assert settle(seats, Tie((0, 1, 2), 2), votes, Policy.FEWEST_VOTES) == ((1, 1, 1, 0), None)
    assert settle(seats, Tie((0, 1, 2), 2), votes, Policy.MOST_VOTES) == ((2, 0, 0, 0), Tie((1, 2), 1))


@given(VOTES.map(lambda votes: votes[:8]), SEATS)
def test_settled_seats_are_among_the_possible_ones(votes, seats):
    allocation = run(votes, seats)
    for policy in Policy:
        won, tie = settle(allocation.seats, allocation.tie, votes, policy)
        assert sum(won) + (tie.seats if tie else 0) + allocation.unfilled == seats
        assert all(low <= own <= high for low, own, high in zip(allocation.seats, won, allocation.most, strict=True))


@given(VOTES.map(lambda votes: votes[:8]), SEATS)
def test_a_policy_of_the_rule_settles_what_it_can(votes, seats):
    plain = contest(votes, seats)
    before = allocate(plain)
    for policy in (Policy.MOST_VOTES, Policy.FEWEST_VOTES):
        after = allocate(replace(plain, policy=policy))
        assert (after.seats, after.tie) == settle(before.seats, before.tie, votes, policy)
        assert bool(after.settled) == (after.tie != before.tie)


def test_a_recorded_lot():
    tied = contest([100, 50, 50, 9], 2)  # 100, then 50 three times for one seat
    drawn = allocate(tied, lot=(0, 0, 1, 0))
    assert (drawn.seats, drawn.tie, drawn.open_seats) == ((1, 0, 1, 0), None, 0)
    assert drawn.settled == (Settlement(Tie((0, 1, 2), 1), Policy.LOT, (0, 0, 1, 0)),)


@pytest.mark.parametrize("lot", [(0, 0, 0, 1), (0, 1, 1, 0), (0, 0, 0, 0), (2, 0, -1, 0)])
def test_a_lot_that_does_not_fit_the_tie_counts_for_nothing(lot):
    tied = contest([100, 50, 50, 9], 2)
    assert allocate(tied, lot) == allocate(tied)
