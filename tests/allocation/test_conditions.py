"""Who takes part: shares that coalitions, alliances and exempt lists are asked."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tally_app.allocation.conditions import Combined, Threshold, standing

POLAND = Threshold(Fraction(5, 100), exempt=frozenset({3}), coalitions=((2, Fraction(8, 100)),))


def test_a_coalition_needs_more():
    """Poland: 5 % for a party, 8 % for a coalition, nothing for a national minority."""
    votes = [860, 70, 65, 5]
    assert standing(POLAND, votes, partners=[1, 2, 1, 1]) == [True, False, True, True]
    assert standing(POLAND, [850, 80, 65, 5], partners=[1, 2, 1, 1]) == [True, True, True, True]


def test_province_or_region():
    """Extremadura: 5 % in the province, or 5 % of the region."""
    here, everywhere = Threshold(Fraction(1, 20), base=1000), Threshold(votes=60)
    assert standing(Combined((here, everywhere), False), [50, 49]) == [True, False]
    assert standing(Combined((here, everywhere), True), [60, 50]) == [True, False]


def test_an_alliance_as_one():
    together = Threshold(votes=10, alliances=True)
    assert standing(together, [6, 4, 9], [[0, 1]]) == [True, True, False]


@given(st.integers(0, 10**40), st.fractions(0, 1), st.integers(0, 10**40))
def test_share_is_exact(votes, share, base):
    needed = share * base
    assert Threshold(share, base=base).passes(votes, 0) == (votes >= needed)
    assert Threshold(share, base=base, inclusive=False).passes(votes, 0) == (votes > needed)
    if needed.denominator == 1:
        assert Threshold(share, base=base).passes(int(needed), 0)
        assert not Threshold(share, base=base, inclusive=False).passes(int(needed), 0)
