"""Reading a stated figure as it is typed or printed: a count as votes are read, a percentage with its own decimals."""

import re

from tally_app.election.model import FigureKind
from tally_app.election.stating import MAX_DECIMALS, PERCENTAGES, largest
from tally_app.exchange.numbers import NumberRefused, Refusal, parse_votes, read_typed

_KHMER = str.maketrans("០១២៣៤៥៦៧៨៩,", "0123456789.")
_BEGUN = re.compile(rf"[0-9]{{0,3}}(\.[0-9]{{0,{MAX_DECIMALS}}})?", re.ASCII)
_WHOLE = re.compile(rf"[0-9]{{1,3}}(\.[0-9]{{1,{MAX_DECIMALS}}})?", re.ASCII)


def read_stated(figure: FigureKind, typed: str) -> str | None:
    """Return a figure as it is kept: ASCII digits, a percentage with the decimals it has; None for nothing.

    Raises: NumberRefused: the text is not such a figure.
    """
    if figure in PERCENTAGES:
        text = typed.strip().removesuffix("%").rstrip().translate(_KHMER)
        if text and not _WHOLE.fullmatch(text):
            raise NumberRefused(typed, _reason(text))
        return text or None
    number = parse_votes(typed)
    if number is not None and number > largest(figure):
        raise NumberRefused(typed, Refusal.TOO_LARGE)
    return None if number is None else str(number)


def may_become_stated(figure: FigureKind, typed: str) -> bool:
    """Could further keys still make a figure of what is typed so far?"""
    if figure in PERCENTAGES:
        return _BEGUN.fullmatch(typed.strip().translate(_KHMER)) is not None
    try:
        value = read_typed(typed).value
    except NumberRefused:
        return False
    return value is None or value <= largest(figure)


def _reason(text: str) -> Refusal:
    if any(character in "+-−–" for character in text):
        return Refusal.SIGN
    return Refusal.LETTER if any(character.isalpha() for character in text) else Refusal.DECIMAL
