"""Texts that come from anywhere, made into what the sheets' fonts can print: nothing hidden, nothing out of its place.

A PDF/A may not show a letter that no font has. What cannot be printed is named instead, so that it is seen:
``‹U+0007›``.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence

# What Noto Sans Khmer and the fonts inside Typst have, found by typesetting every letter; without controls, the marks
# that change the direction of what follows, and line separators.
_RANGES: Sequence[tuple[int, int]] = (
    (0x20, 0x7E),
    (0xA0, 0x377),
    (0x37A, 0x37F),
    (0x384, 0x38A),
    (0x38C, 0x38C),
    (0x38E, 0x3A1),
    (0x3A3, 0x484),
    (0x487, 0x4FF),
    (0x531, 0x556),
    (0x559, 0x58A),
    (0x591, 0x5C7),
    (0x5D0, 0x5EA),
    (0x5EF, 0x5F4),
    (0x60C, 0x60C),
    (0x61B, 0x61B),
    (0x61F, 0x61F),
    (0x621, 0x63A),
    (0x640, 0x64A),
    (0x660, 0x66D),
    (0x6F0, 0x6F9),
    (0x10D0, 0x10FF),
    (0x1780, 0x17DD),
    (0x17E0, 0x17E9),
    (0x17F0, 0x17F9),
    (0x19E0, 0x19FF),
    (0x1E00, 0x1EFF),
    (0x2000, 0x200D),
    (0x2010, 0x2027),
    (0x202F, 0x2040),
    (0x2070, 0x2071),
    (0x2074, 0x208E),
    (0x20A0, 0x20C0),
    (0x2190, 0x22FF),
    (0x25A0, 0x25FF),
    (0x2701, 0x2704),
    (0x270C, 0x2714),
)
_STARTS = tuple(first for first, _ in _RANGES)
_LONGEST_WORD = 20
"""Letters after which a word without a space may be broken. Khmer is broken between words of its own."""
_BREAK = "\u200b"
_LONG = re.compile(rf"[^\s{_BREAK}\u1780-\u17ff]{{{_LONGEST_WORD + 1},}}")
_PIECE = _LONGEST_WORD // 2


def can_print(letter: str) -> bool:
    """Tell whether the sheets' fonts have a letter, and whether it stays where it is."""
    position = bisect_right(_STARTS, ord(letter)) - 1
    return position >= 0 and ord(letter) <= _RANGES[position][1]


def printable(text: str) -> str:
    """Return a text that can be printed: other letters by their numbers, very long words with places to break."""
    shown = "".join(letter if can_print(letter) else f"‹U+{ord(letter):04X}›" for letter in text)
    return _LONG.sub(_breakable, shown)


def _breakable(found: re.Match[str]) -> str:
    word = found.group()
    return _BREAK.join(word[start : start + _PIECE] for start in range(0, len(word), _PIECE))
