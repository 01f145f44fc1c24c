"""Laws that hold for every count."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tally_app.allocation.alliances import apportion_allied
from tally_app.allocation.allocate import allocate
from tests.allocation.oracle import contest, run, sorted_quotients

FEW = st.lists(st.integers(0, 12), max_size=6)
USUAL = st.lists(st.integers(0, 20_000), max_size=18)
HUGE = st.lists(st.integers(10**18, 10**18 + 20) | st.integers(0, 10**40), max_size=6)
MULTIPLES = st.lists(st.integers(0, 6).map(lambda times: 60 * times), max_size=8)
VOTES = FEW | USUAL | HUGE | MULTIPLES
SEATS = st.integers(0, 25)


def most(votes: list[int], seats: int) -> list[int]:
    allocation = run(votes, seats)
    tied = allocation.tie.parties if allocation.tie else ()
    return [own + (party in tied) for party, own in enumerate(allocation.seats)]


@given(VOTES, SEATS)
def test_agrees_with_sorted_fractions(votes, seats):
    allocation = run(votes, seats)
    certain, tied, shared = sorted_quotients(votes, seats)
    assert allocation.seats == tuple(certain)
    tie = allocation.tie
    assert (set(tie.parties) if tie else set(), tie.seats if tie else 0) == (tied, shared)
    assert allocation.unfilled == (0 if any(votes) else seats)


@given(VOTES, SEATS)
def test_every_seat_is_awarded_or_open(votes, seats):
    allocation = run(votes, seats)
    assert sum(allocation.seats) + allocation.open_seats == seats
    assert allocation.tie is None or 0 < allocation.tie.seats < len(allocation.tie.parties)


@given(VOTES, SEATS)
def test_steps_tell_how_each_seat_was_won(votes, seats):
    plain = contest(votes, seats)
    result, _ = apportion_allied(plain)
    assert result.seats == allocate(plain).seats
    values = [award.value or 0 for award in result.awards]
    assert values == sorted(values, reverse=True)
    for party, own in enumerate(result.seats):
        steps = [award for award in result.awards if award.party == party]
        assert [step.value for step in steps] == [Fraction(votes[party], divisor) for divisor in range(1, own + 1)]


@given(VOTES, SEATS, st.randoms())
def test_order_of_the_lists_decides_nothing(votes, seats, random):
    order = list(range(len(votes)))
    random.shuffle(order)
    plain, shuffled = run(votes, seats), run([votes[party] for party in order], seats)
    assert shuffled.seats == tuple(plain.seats[party] for party in order)
    assert shuffled.unfilled == plain.unfilled
    if plain.tie is None:
        assert shuffled.tie is None
    else:
        assert shuffled.tie is not None
        assert {order[position] for position in shuffled.tie.parties} == set(plain.tie.parties)
        assert shuffled.tie.seats == plain.tie.seats


@given(VOTES, SEATS)
def test_one_seat_more_takes_none_away(votes, seats):
    """Element by element, for the seats that are certain and for those a lot could still bring."""
    fewer, more = run(votes, seats), run(votes, seats + 1)
    assert all(before <= after for before, after in zip(fewer.seats, more.seats, strict=True))
    assert all(before <= after for before, after in zip(most(votes, seats), most(votes, seats + 1), strict=True))


@given(VOTES.filter(any), SEATS)
def test_nobody_falls_below_the_lower_quota(votes, seats):
    total = sum(votes)
    for count, certain in zip(votes, run(votes, seats).seats, strict=True):
        assert certain >= count * seats // total


@given(VOTES, SEATS, st.integers(2, 10**12))
def test_only_proportions_count(votes, seats, factor):
    plain, larger = run(votes, seats), run([count * factor for count in votes], seats)
    assert (larger.seats, larger.tie, larger.unfilled) == (plain.seats, plain.tie, plain.unfilled)


@given(VOTES.filter(bool), SEATS, st.integers(1, 1000), st.data())
def test_more_votes_never_cost_a_seat(votes, seats, more, data):
    party = data.draw(st.integers(0, len(votes) - 1))
    richer = [count + more * (index == party) for index, count in enumerate(votes)]
    assert run(richer, seats).seats[party] >= run(votes, seats).seats[party]
    assert most(richer, seats)[party] >= most(votes, seats)[party]
