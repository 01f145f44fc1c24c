"""Ties settled by a policy, and every outcome of those left to a lot."""

import json
from pathlib import Path

from hypothesis import given

from tally_app.allocation.outcome import Tie
from tally_app.allocation.settle import Policy, outcomes, settle
from tests.allocation.oracle import run
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


def test_every_outcome():
    assert list(outcomes((1, 0, 0), Tie((0, 1, 2), 2))) == [(2, 1, 0), (2, 0, 1), (1, 1, 1)]
    assert list(outcomes((1, 0), None)) == [(1, 0)]


@given(VOTES.map(lambda votes: votes[:8]), SEATS)
def test_settled_seats_are_one_of_the_outcomes(votes, seats):
    allocation = run(votes, seats)
    possible = set(outcomes(allocation.seats, allocation.tie))
    for policy in Policy:
        won, tie = settle(allocation.seats, allocation.tie, votes, policy)
        assert set(outcomes(won, tie)) <= possible
