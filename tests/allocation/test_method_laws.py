"""Laws of every method, and counter-examples where a method does not keep one."""

from fractions import Fraction
from itertools import islice, product
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tally_app.allocation.contest import Contest
from tally_app.allocation.engine import apportion
from tally_app.allocation.methods import METHODS, stationary
from tally_app.allocation.outcomes import outcomes
from tally_app.allocation.race import Entrant, Result
from tally_app.allocation.solve import solve
from tests.allocation.method_oracle import DIVISORS, by_divisors, oracle
from tests.allocation.oracle import with_more
from tests.allocation.test_laws import VOTES

SMALL = st.lists(st.integers(0, 12), max_size=5) | st.lists(st.integers(0, 5).map(lambda n: 12 * n), max_size=5)
SEATS = st.integers(0, 14)
ALL = [name for name in METHODS if name != "dutch-municipal"]
ALABAMA = {
    "hare": ([3, 3, 1], 3),
    "droop": ([4, 4, 1], 8),
    "hagenbach-bischoff": ([5, 5, 1], 7),
    "imperiali-quota": ([9, 9, 4, 2], 8),
    "quota-single-pass-average": ([11, 11, 2, 1], 9),
}
MONOTONE = ["quota-highest-average", *DIVISORS, "balinski-young"]


def run(method: str, votes: list[int], seats: int, steps: bool = True) -> Result:
    return apportion(METHODS[method], [Entrant(count) for count in votes], seats, steps)


def figures(result: Result) -> tuple[list[int], set[int], int, int]:
    tie = result.tie
    return list(result.seats), set(tie.parties) if tie else set(), tie.seats if tie else 0, result.unfilled


def most(result: Result) -> list[int]:
    return [result.most(party) for party in range(len(result.seats))]


@pytest.mark.parametrize("method", ALL)
@given(votes=SMALL | VOTES.map(lambda votes: votes[:6]), seats=SEATS)
def test_agrees_with_fractions(method, votes, seats):
    if method == "balinski-young":
        votes = votes[:4]
    found, expected = run(method, votes, seats), oracle(method, votes, seats)
    if expected is None:
        assert found.problem == "over-award"
        assert sum(found.seats) > seats
        return
    assert found.problem is None
    assert figures(found) == expected


@pytest.mark.parametrize("method", DIVISORS)
@given(votes=VOTES.map(lambda votes: votes[:8]), seats=st.integers(0, 400))
def test_seats_given_at_once_are_those_given_one_by_one(method, votes, seats):
    assert figures(run(method, votes, seats, steps=False)) == figures(run(method, votes, seats))


@given(SMALL, SEATS, st.fractions(0, 1, max_denominator=12))
def test_stationary_agrees_with_fractions(votes, seats, parameter):
    found = apportion(stationary(parameter), [Entrant(count) for count in votes], seats)
    assert figures(found) == by_divisors(lambda n: n + parameter, votes, seats)


@st.composite
def limited(draw: st.DrawFn) -> tuple[list[int], list[int], list[int | None], list[int]]:
    votes = draw(SMALL)
    least = [draw(st.integers(0, 2)) for _ in votes]
    highest = [draw(st.none() | st.integers(low, 5)) for low in least]
    return votes, least, highest, [draw(st.integers(0, 3)) for _ in votes]


@pytest.mark.parametrize("method", DIVISORS)
@pytest.mark.parametrize("steps", [True, False])
@given(lists=limited(), seats=st.integers(0, 60))
def test_limits_and_held_seats(method, steps, lists, seats):
    votes, least, highest, start = lists
    entrants = [Entrant(*each) for each in zip(votes, least, highest, start, strict=True)]
    found = apportion(METHODS[method], entrants, seats, steps)
    if sum(low for low, count in zip(least, votes, strict=True) if count) > seats:
        assert found.problem == "minimum-over-seats"
        return
    power = 2 if method == "huntington-hill" else 1
    assert figures(found) == by_divisors(DIVISORS[method], votes, seats, power, least, highest, start)


@pytest.mark.parametrize("method", [*METHODS, "stationary"])
@given(lists=limited(), seats=SEATS, threshold=st.none() | st.integers(0, 9), allied=st.booleans())
def test_no_seat_is_dropped_and_nothing_raised(method, lists, seats, threshold, allied):
    votes, least, highest, start = lists
    case: dict[str, Any] = {"method": method, "votes": votes, "seats": seats, "max_seats": highest}
    if method == "stationary":
        case["parameter"] = "2/5"
    if method != "dutch-municipal":
        case |= {"min_seats": least, "start_seats": start}
        if allied and len(votes) > 3:
            case["alliances"] = [[0, [1, 2]]]
    if threshold is not None:
        case["threshold"] = {"votes": threshold, "inclusive": allied}
    outcome = solve(case, steps=True, certificate=True)
    at_stake = outcome["tie"]["seats"] if outcome["tie"] else 0
    over = outcome["error"] and outcome["error"]["code"] == "over-award"
    assert over or sum(outcome["seats"]) + at_stake + outcome["unfilled"] == seats
    assert bool(outcome["unfilled"]) <= (outcome["error"] is not None)
    for own, high in zip(outcome["seats"], highest, strict=True):
        assert high is None or own <= high


@pytest.mark.parametrize("method", [*ALL, "dutch-municipal"])
@given(votes=SMALL, seats=SEATS, random=st.randoms())
def test_order_of_the_lists_decides_nothing(method, votes, seats, random):
    order = list(range(len(votes)))
    random.shuffle(order)
    plain, shuffled = run(method, votes, seats), run(method, [votes[party] for party in order], seats)
    assert shuffled.seats == tuple(plain.seats[party] for party in order)
    tied = {order[position] for position in shuffled.tie.parties} if shuffled.tie else set()
    assert (tied, shuffled.unfilled) == (set(plain.tie.parties) if plain.tie else set(), plain.unfilled)


@pytest.mark.parametrize("method", MONOTONE)
@given(votes=SMALL, seats=SEATS)
def test_one_seat_more_takes_none_away(method, votes, seats):
    fewer, more = run(method, votes, seats), run(method, votes, seats + 1)
    assert all(before <= after for before, after in zip(fewer.seats, more.seats, strict=True))
    assert all(before <= after for before, after in zip(most(fewer), most(more), strict=True))


@pytest.mark.parametrize("method", ALABAMA)
def test_some_methods_can_take_a_seat_away_when_there_is_one_more(method):
    """The paradox of Alabama, found by search among few votes."""
    votes, seats = ALABAMA[method]
    fewer, more = run(method, votes, seats), run(method, votes, seats + 1)
    assert fewer.tie is None
    assert more.tie is None
    assert any(before > after for before, after in zip(fewer.seats, more.seats, strict=True))


@given(SMALL, SEATS)
def test_highest_averages_after_the_quota_are_dhondt(votes, seats):
    """D'Hondt gives every list its whole quotas anyway, so going on from there changes nothing."""
    assert figures(run("quota-highest-average", votes, seats)) == figures(run("dhondt", votes, seats))


@pytest.mark.parametrize("method", ["hare", "balinski-young"])
@given(votes=SMALL.filter(any), seats=SEATS)
def test_quota_is_kept(method, votes, seats):
    found = run(method, votes, seats)
    for party, count in enumerate(votes):
        share = Fraction(count * seats, sum(votes))
        assert found.seats[party] >= int(share)
        assert found.most(party) < share + 1


@pytest.mark.parametrize("method", ["dhondt", "quota-highest-average", "quota-single-pass-average"])
@given(votes=SMALL.filter(any), seats=SEATS)
def test_lower_quota_is_kept(method, votes, seats):
    for count, own in zip(votes, run(method, votes, seats).seats, strict=True):
        assert own >= count * seats // sum(votes)


@given(SMALL.filter(any), SEATS)
def test_adams_keeps_the_upper_quota(votes, seats):
    found = run("adams", votes, seats)
    assume(seats >= sum(count > 0 for count in votes))
    for party, count in enumerate(votes):
        assert found.most(party) < Fraction(count * seats, sum(votes)) + 1


@pytest.mark.parametrize(
    ("method", "votes", "seats", "party", "broken"),
    [
        ("dhondt", [9215, 159, 158, 157, 156, 155], 100, 0, "upper"),
        ("adams", [5117, 4400, 162, 161, 160], 90, 0, "lower"),
        ("sainte-lague", [9215, 159, 158, 157, 156, 155], 100, 0, "lower"),
        ("huntington-hill", [9215, 159, 158, 157, 156, 155], 100, 0, "lower"),
        ("dean", [9215, 159, 158, 157, 156, 155], 100, 0, "lower"),
    ],
)
def test_divisor_methods_can_break_the_quota(method, votes, seats, party, broken):
    """No divisor method stays within both quotas (Balinski and Young)."""
    share = Fraction(votes[party] * seats, sum(votes))
    own = run(method, votes, seats).seats[party]
    assert own >= share + 1 if broken == "upper" else own <= share - 1


@pytest.mark.parametrize("method", [name for name in ALL if name != "droop"])
@given(votes=SMALL, seats=SEATS, factor=st.integers(2, 10**18))
def test_only_proportions_count(method, votes, seats, factor):
    plain, larger = run(method, votes, seats), run(method, [count * factor for count in votes], seats)
    assert figures(larger) == figures(plain)


@pytest.mark.parametrize("method", [name for name in ALL if name != "imperiali-quota"])
@pytest.mark.parametrize("steps", [True, False])
def test_votes_beyond_64_bits(method, steps):
    votes = [10**18 + 1, 10**18, 10**18 - 1, 10**40]
    found = run(method, votes, 1, steps)
    assert (found.seats, found.tie) == ((0, 0, 0, 1), None)


VOTE_MONOTONE = [name for name in METHODS if name not in ("droop", "balinski-young", "dutch-municipal")]


@pytest.mark.parametrize("method", VOTE_MONOTONE)
@given(votes=SMALL.filter(bool), seats=SEATS, more=st.integers(1, 20), data=st.data())
def test_more_votes_never_cost_a_seat(method, votes, seats, more, data):
    party = data.draw(st.integers(0, len(votes) - 1))
    before, after = run(method, votes, seats), run(method, with_more(votes, party, more), seats)
    assume(before.problem is None and after.problem is None)
    assert after.seats[party] >= before.seats[party]
    assert after.most(party) >= before.most(party)


@pytest.mark.parametrize(
    ("method", "votes", "seats", "party", "change"),
    [
        ("droop", [5, 1], 6, 0, [(5, 1), (4, 2)]),
        ("balinski-young", [19, 13, 3, 2], 9, 1, [(5, 4, 0, 0), (5, 3, 1, 0)]),
    ],
)
def test_one_vote_more_can_cost_a_seat(method, votes, seats, party, change):
    """Found by search among few votes: Droop's quota is rounded; an upper quota keeps others from their turn."""
    assert [run(method, votes, seats).seats, run(method, with_more(votes, party, 1), seats).seats] == change


@pytest.mark.parametrize("method", [*DIVISORS, "hare", "droop", "hagenbach-bischoff", "quota-highest-average"])
@given(votes=SMALL.filter(lambda votes: len(votes) > 1), seats=SEATS, data=st.data())
def test_nobody_gains_by_giving_votes_away(method, votes, seats, data):
    gives, gets = data.draw(st.permutations(range(len(votes))))[:2]
    moved = data.draw(st.integers(0, votes[gives]))
    before, after = (
        run(method, votes, seats),
        run(method, with_more(with_more(votes, gives, -moved), gets, moved), seats),
    )
    assume(before.problem is None and after.problem is None)
    assert after.seats[gives] <= before.seats[gives]
    assert after.most(gives) <= before.most(gives)


@pytest.mark.parametrize("method", DIVISORS)
@given(votes=SMALL, seats=SEATS, data=st.data())
def test_growing_faster_never_loses_to_growing_more_slowly(method, votes, seats, data):
    """Population monotone, as only divisor methods are (Balinski and Young)."""
    grown = [own + data.draw(st.integers(0, 12)) for own in votes]
    before, after = run(method, votes, seats), run(method, grown, seats)
    for fast, slow in product(range(len(votes)), repeat=2):
        if votes[fast] and votes[slow] and grown[fast] * votes[slow] >= grown[slow] * votes[fast]:
            assert not (after.most(fast) < before.seats[fast] and after.seats[slow] > before.most(slow))


@pytest.mark.parametrize(
    ("method", "seats", "votes", "grown", "loses", "gains"),
    [
        ("hare", 5, [5, 3, 1], [6, 6, 1], 0, 2),
        ("droop", 8, [5, 2, 1], [6, 2, 1], 0, 2),
        ("hagenbach-bischoff", 7, [5, 5, 1], [9, 7, 2], 2, 0),
        ("quota-single-pass-average", 4, [13, 3, 1], [14, 3, 2], 0, 1),
        ("balinski-young", 4, [9, 2, 1], [13, 3, 1], 1, 0),
    ],
)
def test_population_paradox(method, seats, votes, grown, loses, gains):
    """A list grows faster than another, and loses a seat while the other one gains."""
    before, after = run(method, votes, seats), run(method, grown, seats)
    assert before.tie is None
    assert after.tie is None
    assert grown[loses] * votes[gains] > grown[gains] * votes[loses]
    assert after.seats[loses] < before.seats[loses]
    assert after.seats[gains] > before.seats[gains]


@pytest.mark.parametrize("method", DIVISORS)
@given(votes=SMALL.filter(lambda votes: len(votes) > 1), seats=SEATS, data=st.data())
def test_any_two_lists_share_their_seats_as_if_alone(method, votes, seats, data):
    """Coherence: each result is one of the two lists' own, with the seats that they have together."""
    pair = data.draw(st.permutations(range(len(votes))))[:2]
    for result in islice(outcomes(Contest(METHODS[method], seats, tuple(votes))), 5):
        own = tuple(result[party] for party in pair)
        alone = Contest(METHODS[method], sum(own), tuple(votes[party] for party in pair))
        assert own in list(outcomes(alone)) or not any(alone.votes)


@pytest.mark.parametrize(
    ("method", "votes", "seats", "pair", "together", "alone"),
    [
        ("hare", [8, 3, 1], 5, (0, 2), (3, 1), (4, 0)),
        ("droop", [4, 4, 1], 8, (0, 2), (3, 2), (4, 1)),
        ("hagenbach-bischoff", [6, 2, 1], 6, (0, 2), (4, 1), (5, 0)),
        ("quota-single-pass-average", [11, 2, 1], 5, (0, 1), (4, 1), (5, 0)),
        ("balinski-young", [9, 2, 1], 4, (0, 1), (3, 1), (4, 0)),
    ],
)
def test_quotas_are_not_coherent(method, votes, seats, pair, together, alone):
    assert tuple(run(method, votes, seats).seats[party] for party in pair) == together
    assert run(method, [votes[party] for party in pair], sum(together)).seats == alone


@pytest.mark.parametrize("method", ["dhondt", "imperiali", "quota-highest-average"])
@given(votes=SMALL.filter(lambda votes: len(votes) > 1), seats=SEATS)
def test_two_lists_never_lose_by_merging(method, votes, seats):
    apart, merged = run(method, votes, seats), run(method, [votes[0] + votes[1], *votes[2:]], seats)
    assert merged.seats[0] >= apart.seats[0] + apart.seats[1]


@given(SMALL.filter(lambda votes: len(votes) > 1), SEATS)
def test_by_adams_a_list_never_loses_by_splitting(votes, seats):
    """As long as there is a seat for every list: before that the largest ones get theirs first."""
    assume(seats >= sum(map(bool, votes)))
    """As long as there is a seat for each list."""
    apart, merged = run("adams", votes, seats), run("adams", [votes[0] + votes[1], *votes[2:]], seats)
    assume(seats >= len(votes) and apart.tie is None and merged.tie is None)
    assert merged.seats[0] <= apart.seats[0] + apart.seats[1]


@pytest.mark.parametrize(
    ("method", "votes", "seats", "apart", "merged"),
    [
        ("sainte-lague", [4, 1, 1], 4, 2, 1),
        ("sainte-lague", [4, 1, 1], 2, 0, 1),
        ("hare", [5, 1, 1], 5, 2, 1),
        ("hare", [5, 1, 1], 2, 0, 1),
        ("adams", [3, 1, 1], 3, 2, 1),
        ("dhondt", [3, 1, 1], 2, 0, 1),
    ],
)
def test_merging_costs_or_brings_a_seat(method, votes, seats, apart, merged):
    """The last two lists together: Sainte-Laguë and Hare reward neither merging nor splitting as such."""
    assert sum(run(method, votes, seats).seats[1:]) == apart
    assert run(method, [votes[0], votes[1] + votes[2]], seats).seats[1] == merged


@given(SMALL.filter(any), st.integers(0, 7).map(lambda half: 2 * half + 1))
def test_by_dhondt_a_majority_of_votes_is_one_of_seats(votes, seats):
    party = max(range(len(votes)), key=votes.__getitem__)
    assume(2 * votes[party] > sum(votes))
    assert 2 * run("dhondt", votes, seats).seats[party] > seats


def test_by_other_methods_it_need_not_be():
    assert run("sainte-lague", [4, 1, 1, 1], 5).seats == (2, 1, 1, 1)
    assert run("hare", [7, 3, 3], 3).seats == (1, 1, 1)


@pytest.mark.parametrize(("method", "bias"), [("dhondt", 8), ("sainte-lague", 0), ("adams", -13)])
def test_who_is_favoured(method, bias):
    """Seats of the larger of two lists beyond its share, over all ways to divide 80 votes; 4 seats, ties halved."""
    found = Fraction(0)
    for votes in range(41, 80):
        result = run(method, [votes, 80 - votes], 4)
        found += Fraction(result.seats[0] + result.most(0), 2) - Fraction(4 * votes, 80)
    assert found == bias
