"""What can be stated of whom: one set of rules for packs, for what is typed, and for tables that are read."""

from collections.abc import Iterator
from enum import StrEnum

from tally_app.election.model import FigureKind

MAX_COUNT = 999_999_999_999
MAX_SEATS = 100_000
MAX_DECIMALS = 6

WITH_PARTY: tuple[FigureKind, ...] = ("votes", "share", "seats")
"""Figures of one party; the others are of all together."""
PERCENTAGES: tuple[FigureKind, ...] = ("share", "turnout")


class Misplaced(StrEnum):
    """Why a figure cannot be stated of a party, or of a place."""

    PARTY_MISSING = "party-missing"
    PARTY_TOO_MUCH = "party-too-much"
    MAJORITY_OF_REGION = "majority-of-region"
    SEATS_OF_UNIT = "seats-of-unit"


def misplaced(figure: FigureKind, *, party: bool, region: bool, unit: bool) -> Iterator[Misplaced]:
    """Yield why a figure cannot be stated so: with or without a party, of the chamber, a region or a unit."""
    if figure in WITH_PARTY and not party:
        yield Misplaced.PARTY_MISSING
    if figure not in WITH_PARTY and party:
        yield Misplaced.PARTY_TOO_MUCH
    if figure == "majority" and region:
        yield Misplaced.MAJORITY_OF_REGION
    if figure == "seats" and unit:
        yield Misplaced.SEATS_OF_UNIT


def largest(figure: FigureKind) -> int:
    """Return the largest whole number that can be stated as this figure."""
    return MAX_SEATS if figure in ("seats", "majority") else MAX_COUNT
