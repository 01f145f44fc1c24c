"""Uncounted ballots: every way in which they can fall is tried."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally_app.allocation.alliances import apportion_allied
from tally_app.allocation.conditions import Threshold
from tally_app.allocation.contest import Alliance, Contest
from tally_app.allocation.methods import METHODS
from tally_app.allocation.uncounted import Uncounted, _cheapest, ranges
from tests.allocation.method_oracle import DIVISORS

VOTES = st.lists(st.integers(0, 15), min_size=1, max_size=3)


def completions(votes: tuple[int, ...], ballots: int, standing: list[bool]) -> Iterator[tuple[int, ...]]:
    """Every way in which at most so many ballots become votes."""
    if not votes:
        yield ()
        return
    for more in range((ballots if standing[0] else 0) + 1):
        for rest in completions(votes[1:], ballots - more, standing[1:]):
            yield (votes[0] + more, *rest)


def tried(contest: Contest, ballots: int, standing: list[bool]) -> tuple[list[int], list[int]]:
    found = [
        apportion_allied(contest.with_votes(votes), with_steps=False)[0]
        for votes in completions(contest.votes, ballots, standing)
    ]
    lists = range(len(contest.votes))
    least = [min(result.seats[party] for result in found) for party in lists]
    return least, [max(result.most(party) for result in found) for party in lists]


@st.composite
def counts(draw: st.DrawFn, method: str, limits: bool) -> tuple[Contest, int, list[bool]]:
    votes = draw(VOTES)
    contest = Contest(METHODS[method], draw(st.integers(0, 6)), tuple(votes))
    if limits:
        least = [draw(st.integers(0, 1)) for _ in votes]
        most = tuple(draw(st.none() | st.integers(low, 4)) for low in least)
        start = tuple(draw(st.integers(0, 2)) for _ in votes)
        contest = replace(contest, seats=contest.seats + 3, least=tuple(least), most=most, start=start)
    return contest, draw(st.integers(0, 8)), [draw(st.integers(0, 4)) > 0 for _ in votes]


@pytest.mark.parametrize("method", [*DIVISORS, "quota-highest-average"])
@given(data=st.data(), limits=st.booleans())
def test_ranges_are_those_of_all_completions(method, data, limits):
    contest, ballots, standing = data.draw(counts(method, limits and method in DIVISORS))
    found = ranges(contest, ballots, standing)
    assert found is not None
    assert found.exact
    least, most = tried(contest, ballots, standing)
    assert (list(found.least), list(found.most)) == (least, most)
    assert found.open_seats == contest.seats - sum(least)


@pytest.mark.parametrize("method", ["dhondt", "sainte-lague", "huntington-hill"])
@given(
    data=st.data(),
    limits=st.booleans(),
    share=st.sampled_from([Fraction(1, 20), Fraction(1, 4), Fraction(1, 2)]),
    base=st.none() | st.integers(0, 50),
    exempt=st.sets(st.integers(0, 2), max_size=1),
)
def test_a_threshold_that_is_open_never_makes_ranges_too_narrow(method, data, limits, share, base, exempt):
    contest, ballots, standing = data.draw(counts(method, limits))
    contest = replace(contest, condition=Threshold(share, base=base, exempt=frozenset(exempt)))
    found = ranges(contest, ballots, standing)
    assert found is not None
    least, most = tried(contest, ballots, standing)
    if found.exact:
        assert (list(found.least), list(found.most)) == (least, most)
    assert all(low <= true for low, true in zip(found.least, least, strict=True))
    assert all(high >= true for high, true in zip(found.most, most, strict=True))


@pytest.mark.parametrize("method", ["hare", "quota-single-pass-average", "balinski-young"])
@given(data=st.data())
def test_ranges_of_quotas_are_never_too_narrow(method, data):
    contest, ballots, standing = data.draw(counts(method, limits=False))
    found = ranges(contest, ballots, standing)
    assert found is not None
    least, most = tried(contest, ballots, standing)
    assert all(low <= true for low, true in zip(found.least, least, strict=True))
    assert all(high >= true for high, true in zip(found.most, most, strict=True))


def test_worked_example():
    """40 ÷ 2 = 20 wins the third seat: with five ballots the 15 of list 2 equal it, and a lot decides."""
    contest = Contest(METHODS["dhondt"], 3, (40, 26, 15))
    assert ranges(contest, 4) == Uncounted((2, 1, 0), (2, 1, 0), 0, True)
    assert ranges(contest, 5) == Uncounted((1, 1, 0), (2, 1, 1), 1, True)


def test_the_next_cheapest_is_not_always_the_best():
    """Costs of one and of two more quotients: 2 + 3 = 5 for the cheapest one by one, 4 for both of the first list."""
    assert _cheapest([[3, 4], [2, 9]], 2, 9) == 4
    assert _cheapest([[3, 4], [2, 9]], 2, 3) is None


def test_unknown_where_alliances_or_other_quotas_decide():
    contest = Contest(METHODS["dhondt"], 3, (40, 26, 15))
    assert ranges(replace(contest, alliances=(Alliance((0, 1)),)), 1) is None
    assert ranges(replace(contest, method=METHODS["droop"]), 1) is None
    assert ranges(replace(contest, method=METHODS["droop"]), 0) is not None


def test_eight_lists_and_twenty_seats_are_quick():
    """Five milliseconds here; a slow machine gets ten times as long."""
    contest = Contest(METHODS["dhondt"], 20, (90113, 70019, 50021, 33013, 21001, 12007, 9001, 3001))
    for ballots in (100, 5_000, 100_000):
        begin = perf_counter()
        ranges(contest, ballots)
        assert perf_counter() - begin < 0.05
