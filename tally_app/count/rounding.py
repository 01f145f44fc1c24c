"""Percentages as they are printed: exact, rounded half up."""


def decimals_of(printed: str) -> int:
    """How many decimals a printed number has: ``85.92`` → 2."""
    return len(printed.partition(".")[2])


def percentage(part: int, whole: int, decimals: int = 2) -> str:
    """*part* ÷ *whole* in per cent, rounded half up to *decimals*, as text. *whole* must be positive."""
    return rounded(100 * part, whole, decimals)


def rounded(numerator: int, denominator: int, decimals: int) -> str:
    """A non-negative fraction as decimal text, rounded half up; integers only, so nothing is ever off by a float."""
    scale = 10**decimals
    units = (2 * numerator * scale + denominator) // (2 * denominator)
    whole, rest = divmod(units, scale)
    return f"{whole}.{rest:0{decimals}d}" if decimals else str(whole)


def reduced(printed: str, decimals: int) -> str:
    """A printed decimal number rounded half up to fewer decimals."""
    digits = decimals_of(printed)
    return rounded(int(printed.replace(".", "")), 10**digits, decimals)
