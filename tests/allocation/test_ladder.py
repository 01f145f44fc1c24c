"""Who is next, and by how many votes: proved by counting again."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally_app.allocation.allocate import allocate
from tally_app.allocation.contest import Contest
from tally_app.allocation.ladder import Quotient, decimals_apart, divisor_text, ladder, quotient_text
from tally_app.allocation.methods import METHODS, Quota, Special, stationary
from tests.allocation.method_oracle import DIVISORS
from tests.allocation.oracle import climb, contest, run, with_more
from tests.allocation.test_laws import HUGE, SEATS, VOTES

REGION_5 = [1187, 148, 0, 2]


def test_region_5_as_published():
    """CPP holds every seat, so KWP is nearest although 1187 ÷ 8 = 148.375 is above its 148."""
    found = climb(REGION_5, 7)
    assert found.last == (Quotient(0, 6, 1187, 7),)
    assert [(each.quotient, each.needs) for each in found.nearest] == [(Quotient(1, 0, 148, 1), 22)]
    assert [found.needs(party) for party in range(4)] == [None, 22, 170, 168]


def test_region_5_with_22_votes_more():
    found = climb([1187, 170, 0, 2], 7)
    assert found.seats == (6, 1, 0, 0)
    assert found.last == (Quotient(1, 0, 170, 1),)
    assert [(each.quotient, each.needs) for each in found.nearest] == [(Quotient(0, 6, 1187, 7), 4)]


def test_tied_parties_need_one_vote():
    found = climb([200, 100, 30], 2)
    assert found.tied == {0, 1}
    assert found.nearest == ()
    assert [found.needs(party) for party in range(3)] == [1, 1, 71]


def test_who_lost_a_lot_needs_one_vote():
    plain = contest([200, 100, 30], 2)
    found = ladder(plain, allocate(plain, lot=[0, 1, 0]))
    assert found is not None
    assert found.by_lot == {1}
    assert [(each.quotient.party, each.needs) for each in found.nearest] == [(0, 1)]


def test_winners_together_are_last_together():
    found = climb([9, 9, 2], 2)
    assert [each.party for each in found.last] == [0, 1]
    assert [found.seat_number(party, 0) for party in range(2)] == [1, 1]


def test_equal_losers_are_nearest_together():
    assert [(each.quotient.party, each.needs) for each in climb([90, 20, 20], 2).nearest] == [(1, 26), (2, 26)]


def test_without_votes_anyone_needs_one():
    found = climb([0, 0], 3)
    assert (found.last, found.nearest) == ((), ())
    assert found.needs(1) == 1


def test_without_seats_there_is_no_next():
    found = climb([5, 3], 0)
    assert found.nearest == ()
    assert found.needs(0) is None


def test_infinite_quotients():
    """Adams: everybody's first seat comes before any second one; more votes come first among them."""
    found = climb([50, 30, 20], 2, "adams")
    assert found.seats == (1, 1, 0)
    assert [each.party for each in found.last] == [1]
    assert [(each.quotient.party, each.needs) for each in found.nearest] == [(2, 11)]
    assert climb([50, 30, 30], 2, "adams").needs(1) == 1


def test_square_roots_are_compared_as_squares():
    """Huntington-Hill, fourth seat: 200² ÷ 6 against 116² ÷ 2; 115 would be 6612.5 against 6666.7."""
    found = climb([200, 115], 3, "huntington-hill")
    assert found.seats == (2, 1)
    assert found.next(0) == Quotient(0, 2, 40000, 6)
    assert climb([200, 115], 4, "huntington-hill").needs(1) == 1
    assert climb([200, 116], 4, "huntington-hill").seats == (2, 2)


def test_seats_given_by_a_minimum_cannot_be_beaten():
    plain = Contest(METHODS["dhondt"], 3, (100, 40, 1), least=(0, 0, 1))
    found = ladder(plain, allocate(plain))
    assert found is not None
    assert found.seats == (2, 0, 1)
    assert found.by_minimum(2, 0)
    assert [each.party for each in found.last] == [0]
    assert found.needs(1) == 11


def test_held_seats_count_in_the_divisors():
    plain = Contest(METHODS["dhondt"], 2, (100, 60), start=(1, 0))
    found = ladder(plain, allocate(plain))
    assert found is not None
    assert found.seats == (1, 1)
    assert found.quotient(0, 0) == Quotient(0, 1, 100, 2)


@pytest.mark.parametrize("method", METHODS)
def test_only_divisor_methods_have_one(method):
    plain = contest([5, 3], 3, method)
    assert (ladder(plain, allocate(plain)) is None) == isinstance(METHODS[method], Quota | Special)


@pytest.mark.parametrize("method", DIVISORS)
@given(VOTES.filter(bool), SEATS, st.data())
def test_needs_are_enough_and_one_less_is_not(method, votes, seats, data):
    party = data.draw(st.integers(0, len(votes) - 1))
    found = climb(votes, seats, method)
    needs, own = found.needs(party), found.seats[party]

    def seats_with(more: int) -> int:
        return int(climb(with_more(votes, party, more), seats, method).seats[party])

    if needs is None:
        assert seats_with(10**60) == own
        return
    assert needs >= 1
    assert seats_with(needs) > own
    assert seats_with(needs - 1) == own


@pytest.mark.parametrize("method", DIVISORS)
@given(VOTES, SEATS)
def test_numbers_of_seats_follow_the_quotients(method, votes, seats):
    """Sorted by number, quotients go down; equal ones share the lowest number; the lowest is the last seat's."""
    found = climb(votes, seats, method)
    won = [(party, own) for party, count in enumerate(found.seats) for own in range(count)]
    numbers = {place: found.seat_number(*place) for place in won}
    order = sorted(won, key=lambda place: numbers[place] or 0)
    for position, place in enumerate(order, 1):
        this = found.quotient(*place)
        higher = [other for other in won if found.quotient(*other).exceeds(this)]
        assert numbers[place] == len(higher) + 1 <= position
    assert {(each.party, each.held) for each in found.last} == {
        place for place in won if not any(found.quotient(*place).exceeds(found.quotient(*other)) for other in won)
    }


@given(VOTES, SEATS)
def test_nearest_would_take_a_seat_with_the_fewest_votes(votes, seats):
    found = climb(votes, seats)
    holders = {each.party for each in found.last}
    if not found.nearest:
        others = [party for party, count in enumerate(votes) if count and party not in holders]
        assert found.tied or not holders or not others
        return
    (needs,) = {each.needs for each in found.nearest}
    for party, count in enumerate(votes):
        if count and party not in holders:
            assert run(with_more(votes, party, needs - 1), seats).seats[party] == found.seats[party]


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


def test_text_of_a_square():
    """200 ÷ √6 = 81.6497; 3 ÷ √4 is exactly halfway and goes up."""
    assert quotient_text(40000, 6, 2, squared=True) == "81.65"
    assert quotient_text(9, 4, 0, squared=True) == "2"
    assert quotient_text(9, 4, 1, squared=True) == "1.5"


@pytest.mark.parametrize(
    ("method", "texts"),
    [
        ("dhondt", "1 2 3"),
        ("sainte-lague-1.4", "1.4 3 5"),
        ("imperiali", "1 1.5 2"),
        ("danish", "1 4 7"),
        ("dean", "0 4/3 2.4"),
        ("huntington-hill", "0 √2 √6"),
        ("macau", "1 2 4"),
    ],
)
def test_divisors_as_the_law_writes_them(method, texts):
    assert [divisor_text(METHODS[method], held) for held in range(3)] == texts.split()  # type: ignore[arg-type]


def test_a_stationary_divisor_is_a_fraction():
    assert [divisor_text(stationary(Fraction(1, 3)), held) for held in range(3)] == ["1/3", "4/3", "7/3"]


def test_decimals_apart():
    assert decimals_apart((170, 1), (1187, 7)) == 1
    assert decimals_apart((170, 1), (1187, 7), at_least=2) == 2
    assert decimals_apart((100, 1), (200, 2), at_least=2) == 2
    assert decimals_apart((10**17, 1), (3 * 10**17 + 3, 3)) == 0
    assert decimals_apart((1, 3), (3333, 10000)) == 5
    assert decimals_apart((5, 0), (4, 1), at_least=1) == 1


QUOTIENT = st.tuples(HUGE.filter(bool).map(lambda votes: votes[0]) | st.integers(0, 5000), st.integers(1, 200))


@given(QUOTIENT, QUOTIENT)
def test_written_quotients_keep_their_order(first, second):
    decimals = decimals_apart(first, second)
    written = [Fraction(quotient_text(votes, divisor, decimals)) for votes, divisor in (first, second)]
    exact = [Fraction(*quotient) for quotient in (first, second)]
    assert (written[0] < written[1], written[0] == written[1]) == (exact[0] < exact[1], exact[0] == exact[1])
    assert abs(written[0] - exact[0]) <= Fraction(1, 2 * 10**decimals)


@given(QUOTIENT, st.integers(0, 9))
def test_a_written_square_root_is_rounded(square, decimals):
    written, half = Fraction(quotient_text(square[0], square[1], decimals, squared=True)), Fraction(1, 2 * 10**decimals)
    assert max(Fraction(0), written - half) ** 2 <= Fraction(*square) < (written + half) ** 2
