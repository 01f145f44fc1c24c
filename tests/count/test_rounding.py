"""Percentages, exact and half up."""

from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally_app.count.rounding import decimals_of, percentage, reduced


@given(st.integers(0, 10**15), st.integers(1, 10**15), st.integers(0, 6))
def test_percentage_is_what_decimal_arithmetic_gives(part, whole, decimals):
    with localcontext() as context:
        context.prec = 60
        exact = Decimal(100 * part) / Decimal(whole)
        assert percentage(part, whole, decimals) == str(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


@pytest.mark.parametrize(
    ("part", "whole", "printed"), [(9332, 10979, "85.00"), (10052, 11699, "85.92"), (1, 8, "12.50"), (0, 3, "0.00")]
)
def test_percentages_of_2024(part, whole, printed):
    assert percentage(part, whole) == printed


def test_reduced_rounds_half_up():
    assert reduced("85.925", 2) == "85.93"
    assert reduced("85.9", 0) == "86"
    assert decimals_of("85.920") == 3
    assert decimals_of("7") == 0
