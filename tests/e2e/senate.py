"""The Senate election of 2024 as it is typed: the published votes, split into provinces' forms."""

from collections.abc import Iterable

PUBLISHED = {
    "R1": ((817, 88, 1, 0), (6, 0, 0, 0), 1),
    "R2": ((1121, 239, 1, 4), (7, 1, 0, 0), 2),
    "R3": ((779, 130, 4, 12), (5, 0, 0, 0), 1),
    "R4": ((1191, 218, 1, 118), (9, 1, 0, 0), 5),
    "R5": ((1187, 148, 0, 2), (7, 0, 0, 0), 3),
    "R6": ((1161, 245, 1, 4), (6, 1, 0, 0), 2),
    "R7": ((1575, 151, 0, 15), (9, 0, 0, 0), 5),
    "R8": ((1501, 175, 11, 79), (6, 0, 0, 0), 6),
}
"""Votes of CPP, KWP, FUN and NPP, and their seats; how many provinces the region has."""


def forms(votes: tuple[int, ...], provinces: int) -> list[list[int]]:
    """Split a region's votes: registered, cast, the parties and invalid of each province; the last takes the rest."""
    parts = [[count // (2 * provinces) for count in votes] for _ in range(provinces - 1)]
    parts.append([count - sum(part[party] for part in parts) for party, count in enumerate(votes)])
    return [[sum(part) + 4, sum(part) + 1, *part, 1] for part in parts]


def figures(region: str) -> list[int]:
    """Every figure of a region's forms, in the order in which they are typed."""
    votes, _, provinces = PUBLISHED[region]
    return [figure for form in forms(votes, provinces) for figure in form]


def keys(numbers: Iterable[int]) -> list[str]:
    """X's names of the keys that type numbers, each with Enter."""
    return [key for number in numbers for key in (*str(number), "Return")]
