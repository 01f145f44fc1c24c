"""Claims: the checks' own conditions as intervals of a change, exactly."""

from hypothesis import given
from hypothesis import strategies as st

from tally_app.checks.claims import Equation, Linear, Rule, Weights
from tally_app.checks.conditions import FARTHEST, Conditions, moves
from tally_app.checks.finding import Place
from tally_app.count.rounding import percentage

COUNTS = st.integers(0, 3000)
ONE, OTHER, BOTH = ((0, 1),), ((1, 1),), ((0, 1), (1, -1))


def share(votes: int, valid: int, printed: str) -> Equation:
    """Of party A (column 0) among two parties (columns 0 and 1)."""
    part, whole = Linear(votes, {0: 1}), Linear(valid, {0: 1, 1: 1})
    return Equation("W206", Place(), "table", "share", Rule.ROUNDED, part, whole, printed)


def total(level: int, stated: int, rule: Rule = Rule.EQUAL) -> Equation:
    return Equation("E201", Place("R1"), "table", "votes", rule, Linear(level, {0: 1}), Linear(stated))


@given(COUNTS, COUNTS, st.integers(0, 12), st.sampled_from(moves(3)), st.data())
def test_a_percentage_is_right_on_one_interval(votes, others, decimals, move, data):
    """Also where the numbers need more than 64 bits: a percentage with twelve decimals."""
    near = data.draw(st.integers(-40, 40))
    printed = percentage(max(0, votes + near), max(1, votes + others + near), decimals)
    claim = share(votes, votes + others, printed)
    low, high = interval(claim, move)
    grown = dict(move)
    for delta in {*range(-60, 61), low - 1, low, high, high + 1}:
        own, other = votes + delta * grown.get(0, 0), others + delta * grown.get(1, 0)
        if own < 0 or other < 0 or abs(delta) > 10**12:
            continue
        fits = own + other > 0 and percentage(own, own + other, decimals) == printed
        assert fits == claim.right(move, delta)
        assert fits == (low <= delta <= high)
        assert fits == Conditions([claim], 3).right_after(move, delta)[0]


def interval(claim: Equation, move: Weights) -> tuple[int, int]:
    """First and last δ."""
    low, high = Conditions([claim], 3).intervals
    place = moves(3).index(move)
    return int(low[0, place]), int(high[0, place])


def test_a_half_goes_up():
    """1 of 8 is 12.5 %: printed without decimals that is 13."""
    assert share(1, 8, "13").right()
    assert not share(1, 8, "12").right()
    assert interval(share(0, 7, "13"), ONE) == (1, 1)


def test_a_total_is_right_for_one_change_and_a_limit_up_to_it():
    assert interval(total(50, 47), ONE) == interval(total(50, 47), BOTH) == (-3, -3)
    low, high = interval(total(50, 47, Rule.AT_MOST), ONE)
    assert (low, high) == (-FARTHEST, -3)
    low, high = interval(total(50, 47), OTHER)
    assert low > high
    assert Conditions([total(50, 47)], 3).touched[:, [0, 1, 3]].tolist() == [[True, False, True]]


def test_a_change_brings_a_claim_closer_or_not():
    claim = share(9332, 10979, "86.99")
    assert claim.is_closer(ONE, 720)
    assert not claim.is_closer(ONE, -10)
    assert not claim.is_closer(ONE, 0)
    assert total(50, 47).is_closer(ONE, -1)
    assert not total(50, 47).is_closer(ONE, -7)


def test_what_it_says_before_and_after():
    claim = share(9332, 10979, "85.92").claim(ONE, 720)
    assert (claim.before, claim.stated, claim.after) == ("85.00", "85.92", "85.92")
