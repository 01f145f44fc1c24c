"""Who is next, and by how many votes: proved by counting again."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tally_app.allocation.ladder import (
    Contender,
    NextSeat,
    Rung,
    State,
    decimals_apart,
    ladder,
    last_winner,
    next_in_line,
    quotient_text,
    votes_for_next_seat,
)
from tests.allocation.oracle import run, with_more
from tests.allocation.test_laws import HUGE, SEATS, VOTES

REGION_5 = [1187, 148, 0, 2]


def test_region_5_as_published():
    """CPP holds every seat, so KWP is next although 1187 ÷ 8 = 148.375 is above its 148."""
    allocation = run(REGION_5, 7)
    assert last_winner(allocation) == (Contender(0, 1187, 7),)
    assert next_in_line(REGION_5, allocation) == (NextSeat(1, 148, 1, needs=22),)
    assert [votes_for_next_seat(REGION_5, allocation, party) for party in range(4)] == [None, 22, 170, 168]


def test_region_5_with_22_votes_more():
    votes = [1187, 170, 0, 2]
    allocation = run(votes, 7)
    assert allocation.seats == (6, 1, 0, 0)
    assert last_winner(allocation) == (Contender(1, 170, 1),)
    assert next_in_line(votes, allocation) == (NextSeat(0, 1187, 7, needs=4),)


def test_tied_parties_need_one_vote():
    votes = [200, 100, 30]
    allocation = run(votes, 2)
    assert next_in_line(votes, allocation) == (NextSeat(0, 200, 2, 1), NextSeat(1, 100, 1, 1))
    assert votes_for_next_seat(votes, allocation, 2) == 71


def test_winners_together_are_last_together():
    assert last_winner(run([9, 9, 2], 2)) == (Contender(0, 9, 1), Contender(1, 9, 1))


def test_equal_losers_are_next_together():
    votes = [90, 20, 20]
    assert next_in_line(votes, run(votes, 2)) == (NextSeat(1, 20, 1, 26), NextSeat(2, 20, 1, 26))


def test_without_votes_anyone_needs_one():
    allocation = run([0, 0], 3)
    assert last_winner(allocation) == ()
    assert next_in_line([0, 0], allocation) == ()
    assert votes_for_next_seat([0, 0], allocation, 1) == 1


def test_without_seats_there_is_no_next():
    allocation = run([5, 3], 0)
    assert next_in_line([5, 3], allocation) == ()
    assert votes_for_next_seat([5, 3], allocation, 0) is None
    assert [rung.state for rung in ladder([5, 3], allocation)] == [State.LOST, State.LOST]


def test_ladder_of_a_tie():
    votes = [200, 100, 30, 0]
    assert ladder(votes, run(votes, 2)) == (
        Rung(0, 200, 1, State.WON, 1),
        Rung(0, 200, 2, State.TIED, None),
        Rung(1, 100, 1, State.TIED, None),
        Rung(2, 30, 1, State.LOST, None),
    )


@given(VOTES.filter(bool), SEATS, st.data())
def test_needs_are_enough_and_one_less_is_not(votes, seats, data):
    party = data.draw(st.integers(0, len(votes) - 1))
    allocation = run(votes, seats)
    needs = votes_for_next_seat(votes, allocation, party)
    if needs is None:
        assert allocation.seats[party] == seats
        return
    assert needs >= 1
    own = allocation.seats[party]
    assert run(with_more(votes, party, needs), seats).seats[party] > own
    assert run(with_more(votes, party, needs - 1), seats).seats[party] == own


@given(VOTES, SEATS)
def test_next_in_line_has_the_highest_quotient_that_won_nothing(votes, seats):
    allocation = run(votes, seats)
    line = next_in_line(votes, allocation)
    candidates = {
        party: Fraction(count, allocation.seats[party] + 1)
        for party, count in enumerate(votes)
        if count and allocation.seats[party] < seats
    }
    assert {seat.party for seat in line} == {
        party for party, quotient in candidates.items() if quotient == max(candidates.values())
    }
    if allocation.tie:
        assert {seat.party for seat in line} == set(allocation.tie.parties)
        assert {seat.needs for seat in line} == {1}


@given(VOTES, SEATS)
def test_next_in_line_wins_a_further_seat(votes, seats):
    """If the region had one seat more, it would go to those next in line (or be tied among them)."""
    allocation = run(votes, seats)
    assume(allocation.tie is None)
    assume(max(allocation.seats, default=0) < seats)
    more = run(votes, seats + 1)
    gains = {party for party, own in enumerate(allocation.seats) if more.seats[party] > own}
    tied = set(more.tie.parties) if more.tie else set()
    assert gains | tied == {seat.party for seat in next_in_line(votes, allocation)}


@given(VOTES, SEATS)
def test_ladder_goes_down_and_shows_every_winner(votes, seats):
    allocation = run(votes, seats)
    rungs = ladder(votes, allocation)
    quotients = [Fraction(rung.votes, rung.divisor) for rung in rungs]
    assert quotients == sorted(quotients, reverse=True)
    assert [rung.seat for rung in rungs if rung.state is State.WON] == [step.seat for step in allocation.steps]
    states = [rung.state for rung in rungs]
    assert states == sorted(states, key=[State.WON, State.TIED, State.LOST].index)
    assert states.count(State.TIED) == (len(allocation.tie.parties) if allocation.tie else 0)


@pytest.mark.parametrize(
    ("votes", "divisor", "decimals", "text"),
    [
        (1187, 7, 2, "169.57"),
        (1187, 8, 3, "148.375"),
        (1187, 8, 2, "148.38"),
        (1, 2, 0, "1"),
        (1, 200, 2, "0.01"),
        (1, 201, 2, "0.00"),
        (999, 1000, 2, "1.00"),
        (10**30 + 1, 3, 1, f"{10**30 // 3}.7"),
        (0, 1, 1, "0.0"),
    ],
)
def test_quotient_text(votes, divisor, decimals, text):
    assert quotient_text(votes, divisor, decimals) == text


def test_decimals_apart():
    assert decimals_apart((170, 1), (1187, 7)) == 1
    assert decimals_apart((170, 1), (1187, 7), at_least=2) == 2
    assert decimals_apart((100, 1), (200, 2), at_least=2) == 2
    assert decimals_apart((10**17, 1), (3 * 10**17 + 3, 3)) == 0
    assert decimals_apart((1, 3), (3333, 10000)) == 5


QUOTIENT = st.tuples(HUGE.filter(bool).map(lambda votes: votes[0]) | st.integers(0, 5000), st.integers(1, 200))


@given(QUOTIENT, QUOTIENT)
def test_written_quotients_keep_their_order(first, second):
    decimals = decimals_apart(first, second)
    written = [Fraction(quotient_text(votes, divisor, decimals)) for votes, divisor in (first, second)]
    exact = [Fraction(*quotient) for quotient in (first, second)]
    assert (written[0] < written[1], written[0] == written[1]) == (exact[0] < exact[1], exact[0] == exact[1])
    assert abs(written[0] - exact[0]) <= Fraction(1, 2 * 10**decimals)
