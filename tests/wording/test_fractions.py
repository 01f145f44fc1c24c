"""Numbers that are not whole, in words: nothing is lost where they are exact, and halves go up where they are not."""

from fractions import Fraction

import pytest

from tally_app.wording.fractions import exact, percent, rounded


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(191), "191"),
        (Fraction(1337, 8), "167.125"),
        (Fraction(1187, 7), "169 4/7"),
        (Fraction(1, 3), "1/3"),
        (Fraction(-4, 3), "−1 1/3"),
        (Fraction(12345), "12,345"),
    ],
)
def test_exact(value: Fraction, text: str):
    assert exact(value) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(Fraction(1191, 9), 2, "132.33"), (Fraction(5, 1000), 2, "0.01"), (Fraction(-1234567, 10), 0, "−123,457")],
)
def test_rounded(value: Fraction, decimals: int, text: str):
    assert rounded(value, decimals) == text


def test_the_root_is_meant():
    assert rounded(Fraction(2), 3, squared=True) == "1.414"


def test_percent():
    assert [percent(Fraction(share)) for share in ("1/20", "0.0325", "1/3")] == ["5 %", "3.25 %", "33 1/3 %"]
