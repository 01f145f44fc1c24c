"""Margins of any method: found again by trying every smaller number."""

from dataclasses import replace
from fractions import Fraction
from itertools import product
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally_app.allocation.alliances import apportion_allied
from tally_app.allocation.case import read_case
from tally_app.allocation.conditions import Combined, Condition, Threshold
from tally_app.allocation.contest import Alliance, Contest
from tally_app.allocation.margins import (
    ListMargin,
    Shift,
    Unknown,
    has_margins,
    least_shift,
    list_margin,
    list_margins,
    unknown_margins,
)
from tally_app.allocation.methods import METHODS, Method, stationary
from tally_app.allocation.outcome import Policy
from tally_app.allocation.outcomes import outcomes
from tally_app.allocation.race import Result
from tests.allocation.method_oracle import QUOTAS as LARGEST_REMAINDERS
from tests.allocation.oracle import climb
from tests.allocation.oracle import contest as plain_contest

QUOTAS = [*LARGEST_REMAINDERS, "quota-highest-average", "quota-single-pass-average"]
ALL = [*METHODS, "stationary"]
COUNTS = st.lists(st.integers(0, 25), min_size=1, max_size=4)


def case(**given: Any) -> dict[str, Any]:
    return {"method": "dhondt", **given}


def test_region_5_as_published():
    """As the ladder says: 22 votes more bring KWP its first seat; CPP holds it until it loses 152."""
    read = read_case(case(votes=[1187, 148, 0, 2], seats=7)).contest
    assert list_margins(read) == [
        ListMargin(None, 152, None),
        ListMargin(22, None, None),
        ListMargin(170, None, None),
        ListMargin(168, None, None),
    ]
    assert least_shift(read) == Shift(19, 1, 0)


def test_distance_to_the_threshold():
    """Ballots more raise the base, too: 4 of 99 are too few, and 5 of 100 are just enough."""
    read = read_case(case(votes=[95, 4], seats=20, threshold={"share": "1/20", "base": 99})).contest
    assert list_margins(read)[1] == ListMargin(1, None, 1)
    assert list_margins(read)[0].to_threshold == 0


@st.composite
def thresholds(draw: st.DrawFn, size: int, depth: int = 0) -> Condition:
    if depth < 1 and draw(st.integers(0, 3)) == 0:
        parts = draw(st.lists(thresholds(size, depth + 1), min_size=1, max_size=2))
        return Combined(tuple(parts), draw(st.booleans()))
    share = draw(st.none() | st.sampled_from([Fraction(1, 20), Fraction(1, 5), Fraction(1, 3), Fraction(9, 10)]))
    return Threshold(
        share=share,
        votes=draw(st.integers(0, 15)) if share is None else None,
        base=draw(st.none() | st.integers(0, 60)),
        inclusive=draw(st.booleans()),
        exempt=frozenset(draw(st.sets(st.integers(0, size - 1), max_size=1))),
        alliances=draw(st.booleans()),
        coalitions=draw(st.sampled_from([(), ((2, Fraction(2, 5)),)])),
        elsewhere=draw(st.just(()) | st.tuples(*[st.integers(0, 20)] * size)),
    )


@st.composite
def contests(draw: st.DrawFn, method: str, plain: bool = False) -> Contest:
    votes = draw(COUNTS)
    size, dutch = len(votes), method == "dutch-municipal"
    if plain or draw(st.booleans()):
        return Contest(method_of(method), draw(st.integers(1, 7)), tuple(votes))
    least = draw(st.just([]) | st.lists(st.integers(0, 2), min_size=size, max_size=size))
    start = draw(st.just([]) | st.lists(st.integers(0, 3), min_size=size, max_size=size))
    highest = [draw(st.none() | st.integers(least[party] if least else 0, 4)) for party in range(size)]
    allied: list[tuple[int | Alliance, ...]] = (
        [] if method in QUOTAS or dutch else [(0, 1), (0, Alliance((1, 2))), (1, 3)]
    )
    return Contest(
        method_of(method),
        draw(st.integers(1, 7)),
        tuple(votes),
        condition=draw(st.none() | thresholds(size)),
        least=() if dutch else tuple(least),
        most=tuple(highest) if draw(st.booleans()) else (),
        start=() if dutch else tuple(start),
        alliances=draw(st.just(()) | st.sampled_from(allied).map(lambda each: (Alliance(each),)))
        if size == 4 and allied
        else (),
        partners=draw(st.just(()) | st.tuples(*[st.integers(1, 2)] * size)),
        policy=draw(st.sampled_from(Policy)),
    )


def method_of(name: str) -> Method:
    return stationary(Fraction(1, 7)) if name == "stationary" else METHODS[name]


def count(contest: Contest) -> Result:
    return apportion_allied(contest, with_steps=False)[0]


@pytest.mark.parametrize("method", ALL)
@given(data=st.data())
def test_least_numbers_are_least(method, data):
    """By trying every smaller number; where there is none, many."""
    contest = data.draw(contests(method))
    party = data.draw(st.integers(0, len(contest.votes) - 1))
    own = count(contest).seats[party]
    gain, loss, to_pass = list_margin(contest, party)

    def gained(votes: int) -> bool:
        after = count(contest.with_change(party, votes))
        return after.problem is None and after.seats[party] > own

    def lost(votes: int) -> bool:
        after = count(contest.with_change(party, -votes))
        return after.problem is None and bool(after.most(party) < own)

    def passes(votes: int) -> bool:
        return bool(contest.with_change(party, votes).standing()[party])

    for found, holds, highest in (
        (gain, gained, 80),
        (loss, lost, contest.votes[party]),
        (to_pass, passes, 80),
    ):
        tried = range(0 if holds is passes else 1, highest + 1 if found is None else min(found, highest))
        if (holds is passes and contest.condition is None) or (holds is lost and not own):
            assert found is None
            continue
        assert not any(map(holds, tried))
        assert found is None or holds(found)
        if found is None and highest == 80:
            assert not any(holds(number) for number in (100, 127, 1000, 12345, 10**6, 10**9))


@pytest.mark.parametrize("method", ALL)
@given(data=st.data())
def test_least_shift_is_least(method, data):
    contest = data.draw(contests(method))
    now = count(contest)
    found = least_shift(contest)
    if now.tie or now.unfilled or now.problem:
        assert found is None
        return
    lists = range(len(contest.votes))
    for gains, loses in product(lists, lists):
        for moved in range(1, contest.votes[loses] + 1):
            if gains == loses or (found is not None and moved > found.votes):
                break
            shifted = list(contest.votes)
            shifted[gains] += moved
            shifted[loses] -= moved
            possible = now.seats in outcomes(contest.with_votes(shifted))
            if found is None or moved < found.votes or (gains, loses) < found[1:]:
                assert possible
            elif (gains, loses) == found[1:]:
                assert not possible


@given(st.lists(st.integers(0, 10**20), min_size=2, max_size=6), st.integers(1, 12))
def test_agrees_with_the_ladder(votes, seats):
    read, found = plain_contest(votes, seats), climb(votes, seats)
    assert [each.gain for each in list_margins(read)] == [found.needs(party) for party in range(len(votes))]


def test_closed_form_and_halving_agree_beyond_64_bits():
    contest = Contest(METHODS["huntington-hill"], 9, (10**40 + 7, 3 * 10**39, 10**38))
    limited = replace(contest, most=(None, None, 9))
    assert list_margins(contest) == list_margins(limited)
    assert least_shift(contest) == least_shift(limited)


def test_a_quota_in_alliances_has_none_and_says_why():
    contest = Contest(METHODS["hare"], 5, (9, 5, 4), alliances=(Alliance((0, 1)),))
    assert not has_margins(contest)
    assert unknown_margins(contest) is Unknown.QUOTA_IN_ALLIANCES


def test_twenty_lists_and_a_hundred_seats_are_quick():
    """Five milliseconds here; a slow machine gets ten times as long."""
    contest = Contest(METHODS["dhondt"], 100, tuple(1000003 * (20 - party) // (party + 3) for party in range(20)))
    begin = perf_counter()
    list_margins(contest)
    least_shift(contest)
    assert perf_counter() - begin < 0.05
