"""Numbers that are not whole, as windows and sheets write them: rounded, or exactly."""

from fractions import Fraction

from tally_app.allocation.ladder import quotient_text
from tally_app.wording.numbers import grouped

_MOST_EXACT_DECIMALS = 4


def rounded(value: Fraction, decimals: int, squared: bool = False) -> str:
    """Write a number rounded half up, its thousands grouped. *squared*: its root is meant."""
    sign = "−" if value < 0 else ""
    whole, point, rest = quotient_text(abs(value.numerator), value.denominator, decimals, squared).partition(".")
    return f"{sign}{grouped(int(whole))}{point}{rest}"


def exact(value: Fraction) -> str:
    """Write a number exactly: ``191``, ``167.125``, or with a fraction where decimals do not end, ``169 4/7``."""
    for decimals in range(_MOST_EXACT_DECIMALS + 1):
        if (value * 10**decimals).denominator == 1:
            return rounded(value, decimals)
    sign, whole, rest = "−" if value < 0 else "", abs(value) // 1, abs(value) % 1
    return f"{sign}{grouped(whole)} {rest}" if whole else f"{sign}{rest}"


def percent(share: Fraction) -> str:
    """Write a share as per cent: ``5 %``, ``3.25 %``, ``33 1/3 %``."""
    return f"{exact(100 * share)} %"
