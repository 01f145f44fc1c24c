"""W502: how often rows of polling stations are the same by chance, with and without its floor.

Stations are drawn from the real shares of an election, all alike, which is worse than any real country: between real
stations shares differ.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from tally_app.checks.twins import Twins
from tests.measures.rows import read, whole_elections
from tests.packs import make_election

STATIONS = (33, 1000, 30_000, 300_000)
VOTERS = ((20, 800), (300, 400))
"""Fewest and most ballots of a station: as they vary, and all nearly of one size."""

_SAMPLE = 3_000


class Chance(NamedTuple):
    """How many units in a hundred have a twin by chance."""

    election: str
    stations: int
    voters: tuple[int, int]
    without_floor: float
    with_floor: float
    telling: float
    """How many units in a hundred are above the floor, so that a row entered twice is seen."""


def chances(stations: tuple[int, ...] = STATIONS) -> Iterator[Chance]:
    """Draw stations for each election, number of stations and spread of their size. Seeded."""
    random = np.random.default_rng(20240225)
    for election, shares in _shares().items():
        for count in stations:
            for voters in VOTERS:
                yield _chance(random, election, shares, count, voters)


def _shares() -> dict[str, list[float]]:
    """Two lists and hardly an invalid ballot; the Senate's four and invalid ballots; and three large elections."""
    senate = np.sum([district["votes"] for district in _senate()], axis=0).tolist()
    found = {"two lists": [0.60, 0.38, 0.02], "kh-senate-2024": _parts([*senate, 31])}
    for group in whole_elections():
        if group.name in ("es-congreso-1993", "no-storting-2013", "tr-tbmm-2018"):
            found[group.name] = _parts(group.block.sum(axis=0).tolist())
    return found


def _senate() -> list[dict[str, list[int]]]:
    return next(each["districts"] for each in read("elections.json")["elections"] if each["id"] == "kh-senate-2024")


def _parts(sums: list[int]) -> list[float]:
    return [each / sum(sums) for each in sums]


def _chance(
    random: np.random.Generator, name: str, shares: list[float], stations: int, voters: tuple[int, int]
) -> Chance:
    parties = [f"L{each}" for each in range(len(shares))]
    election = make_election(parties=parties, units=(stations,), form=("parties",))
    units = alike = twins = telling = 0
    while units < _SAMPLE:
        ballots = random.integers(voters[0], voters[1] + 1, size=stations)
        rows = random.multinomial(ballots, shares).astype(np.int64)
        _, which, times = np.unique(rows, axis=0, return_inverse=True, return_counts=True)
        found = Twins(election, rows)
        units += stations
        alike += int((times[which.ravel()] > 1).sum())
        twins += len(list(found.findings(0)))
        telling += found.telling
    return Chance(name, stations, voters, 100 * alike / units, 100 * twins / units, 100 * telling / units)
