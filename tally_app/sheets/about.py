"""What a printed figure is of, so that it can be computed anew and compared before a sheet leaves."""

from typing import NamedTuple


class About(NamedTuple):
    """What a figure is of: a cell's own, else its row's, else its column's, field by field (``merged``).

    *figure*: a column of the form (``registered``, ``cast``, ``valid``, ``blank``, ``invalid``; ``votes`` with a
    party), ``votes`` without a party (all lists together), ``share`` (of these; without a party 100.00), ``turnout``,
    ``seats`` (without a party: those won and the open ones), ``open-seats``, ``seats-to-fill``, ``ballot``,
    ``last-seats``, ``change``, ``appointed``, ``all-seats`` (of the chamber), ``majority``, ``quotient``, ``divisor``,
    ``margin-gain`` and ``margin-loss`` (tried, not computed), ``lot-votes``, ``lot-won`` (as recorded);
    ``signed-votes``, ``signed-seats`` (at the first sign-off), ``difference`` (from then to now).
    What nobody computes anew is ``quoted``: a date, what a source states, what somebody wrote. Blank is a dash,
    never 0.
    """

    figure: str = ""
    place: str = ""
    """A region's key, a unit as ``region/unit``, ``*`` for the chamber."""
    party: str = ""
    """A party's key."""
    step: int | None = None
    """Of a quotient or a divisor: how many seats the list has already [0, 1, …]."""


class Fact(NamedTuple):
    """A figure inside a sentence: what it is of, and how it stands there."""

    about: About
    text: str


def merged(*abouts: About | None) -> About:
    """Put together what a cell, its row and its column say, the first that says something counting."""
    there = [about for about in abouts if about is not None]
    return About(
        next((about.figure for about in there if about.figure), ""),
        next((about.place for about in there if about.place), ""),
        next((about.party for about in there if about.party), ""),
        next((about.step for about in there if about.step is not None), None),
    )
