"""Claims: the checks' own conditions as intervals of a change, exactly."""

from hypothesis import given
from hypothesis import strategies as st

from tally_app.checks.claims import FARTHEST, Equation, Linear, Rule
from tally_app.checks.finding import Place
from tally_app.count.rounding import percentage

COUNTS = st.integers(0, 3000)


def share(votes: int, valid: int, printed: str) -> Equation:
    """Of party A (column 0) among two parties (columns 0 and 1)."""
    part, whole = Linear(votes, {0: 1}), Linear(valid, {0: 1, 1: 1})
    return Equation("W206", Place(), "table", "share", Rule.ROUNDED, part, whole, printed)


def total(level: int, stated: int, rule: Rule = Rule.EQUAL) -> Equation:
    return Equation("E201", Place("R1"), "table", "votes", rule, Linear(level, {0: 1}), Linear(stated))


@given(COUNTS, COUNTS, st.integers(0, 4), st.sampled_from([((0, 1),), ((1, 1),), ((0, 1), (1, -1))]), st.data())
def test_a_percentage_is_right_on_one_interval(votes, others, decimals, weights, data):
    near = data.draw(st.integers(-40, 40))
    printed = percentage(max(0, votes + near), max(1, votes + others + near), decimals)
    claim = share(votes, votes + others, printed)
    interval = claim.interval(weights)
    grown = dict(weights)
    for delta in {*range(-60, 61), *(() if interval is None else ends(interval))}:
        own, other = votes + delta * grown.get(0, 0), others + delta * grown.get(1, 0)
        if own < 0 or other < 0 or abs(delta) >= FARTHEST:
            continue
        fits = own + other > 0 and percentage(own, own + other, decimals) == printed
        assert fits == claim.right(weights, delta)
        assert fits == (interval is not None and interval.low <= delta <= interval.high)


def ends(interval):
    return {interval.low - 1, interval.low, interval.high, interval.high + 1}


def test_a_half_goes_up():
    """1 of 8 is 12.5 %: printed without decimals that is 13."""
    assert share(1, 8, "13").right()
    assert not share(1, 8, "12").right()
    assert share(0, 7, "13").interval(((0, 1),)) == (1, 1)


def test_a_total_is_right_for_one_change_and_a_limit_up_to_it():
    assert total(50, 47).interval(((0, 1),)) == (-3, -3)
    assert total(50, 47).interval(((0, 1), (1, -1))) == (-3, -3)
    limit = total(50, 47, Rule.AT_MOST).interval(((0, 1),))
    assert limit is not None
    assert limit.high == -3
    assert limit.low < -(10**13)
    assert total(50, 47).interval(((1, 1),)) is None
    assert not total(50, 47).touched(((1, 1),))


def test_what_it_says_before_and_after():
    claim = share(9332, 10979, "85.92").claim(((0, 1),), 720)
    assert (claim.before, claim.stated, claim.after) == ("85.00", "85.92", "85.92")
