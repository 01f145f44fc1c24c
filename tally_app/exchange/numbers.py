"""Reading a whole number as a clerk types it: Khmer or ASCII digits, grouped by threes or not at all."""

import re
from enum import StrEnum
from typing import NamedTuple

LIMIT = 999_999_999_999
"""Largest figure a cell takes; sums over millions of units stay exact in 64 bits."""

_LONGEST = 40
"""Characters that any sensible number has room in; Python itself refuses to read thousands of digits."""

_KHMER = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")
_SEPARATORS = ", .\u00a0\u202f\u2009"  # comma, space, dot; no-break, narrow no-break and thin space
_PLAIN = re.compile(r"[0-9]+", re.ASCII)
_GROUPED = re.compile(rf"[0-9]{{1,3}}([{_SEPARATORS}])[0-9]{{3}}(?:\1[0-9]{{3}})*", re.ASCII)
_GROUPING = re.compile(rf"[0-9]{{1,3}}(?:([{_SEPARATORS}])(?:[0-9]{{3}}\1)*[0-9]{{0,3}})?", re.ASCII)


class Refusal(StrEnum):
    """Why a text is not a number of votes."""

    SIGN = "sign"
    DECIMAL = "decimal"
    LETTER = "letter"
    GROUPING = "grouping"
    TOO_LARGE = "too-large"
    CHARACTER = "character"


class NumberRefused(ValueError):
    """The text is not a number of votes; ``reason`` says why."""

    def __init__(self, text: str, reason: Refusal) -> None:
        super().__init__(f"{text!r}: {reason}")
        self.text = text
        self.reason = reason


class Typed(NamedTuple):
    """What stands in an open cell: its value so far, and whether it could be entered as it is."""

    value: int | None
    whole: bool


def parse_votes(text: str) -> int | None:
    """Read a finished number; empty or blank text is None, *not entered*.

    Raises: NumberRefused: with the reason, e.g. ``1.5`` is a decimal, and ``1_000`` has a strange character.
    """
    typed = read_typed(text)
    if not typed.whole:
        raise NumberRefused(text, Refusal.DECIMAL if "." in text or "," in text else Refusal.GROUPING)
    return typed.value


def read_typed(text: str) -> Typed:
    """Read what is typed so far; ``1,19`` is on its way to ``1,191``: value 119, not whole.

    Raises: NumberRefused: no further key can make a number of it.
    """
    stripped = text.strip().translate(_KHMER)
    if not stripped:
        return Typed(None, True)
    whole = bool(_PLAIN.fullmatch(stripped) or _GROUPED.fullmatch(stripped))
    if not whole and not _GROUPING.fullmatch(stripped):
        raise NumberRefused(text, _reason(stripped))
    if len(stripped) > _LONGEST:
        raise NumberRefused(text, Refusal.TOO_LARGE)
    value = int("".join(character for character in stripped if character not in _SEPARATORS))
    if value > LIMIT:
        raise NumberRefused(text, Refusal.TOO_LARGE)
    return Typed(value, whole)


def _reason(text: str) -> Refusal:
    if any(character in "+-−–" for character in text):
        return Refusal.SIGN
    if any(character.isalpha() for character in text):
        return Refusal.LETTER
    if all(character in "0123456789" or character in _SEPARATORS for character in text):
        last = re.split(rf"[{_SEPARATORS}]", text)[-1]
        return Refusal.DECIMAL if "." in text and len(last) != 3 else Refusal.GROUPING
    return Refusal.CHARACTER
