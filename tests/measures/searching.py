"""How long the search for repairs takes: ``python -m tests.measures.searching`` prints the table of ``docs/checks.md``.

Made-up counts of 500 units and 20 lists, in one region or in many, with stated totals, two sources of percentages and
turnouts everywhere. A slip loses the first digit of a figure.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from tally_app.allocation.allocate import allocate
from tally_app.allocation.rules import Ballots, Rules
from tally_app.checks.repairs import Search
from tally_app.count.figures import FigureKey
from tally_app.count.rounding import percentage
from tally_app.count.statements import Statements
from tally_app.election.election import Election
from tests.packs import make_election

LISTS = 20
RUNS = 9
CASES = (
    ("1 region of 500, nothing wrong", (500,), 0),
    ("1 region of 500, 1 slip", (500,), 1),
    ("1 region of 500, 5 slips", (500,), 5),
    ("1 region of 500, 500 slips", (500,), 500),
    ("10 regions of 50, 1 slip", (50,) * 10, 1),
    ("50 regions of 10, 5 slips", (10,) * 50, 5),
    ("500 regions of 1, 5 slips", (1,) * 500, 5),
)


@dataclass(frozen=True)
class Case:
    """A count, and a rule for its seats."""

    election: Election
    values: NDArray[np.int64]
    statements: Statements

    def search(self) -> Search:
        rules = Rules(self.election)

        def seats_with(region: int, votes: tuple[int, ...]) -> tuple[int, ...]:
            ballots = Ballots(votes, 0, 0, 0)
            return allocate(rules.contest(region, ballots, ballots)).seats

        return Search(self.election, self.values, self.statements, seats_with)


def made_up(units: tuple[int, ...], slips: int) -> Case:
    """A right count with everything stated, and then so many figures that lose their first digit."""
    chance = np.random.default_rng(0)
    election = make_election(parties=[f"P{number}" for number in range(LISTS)], units=units, seats=10)
    votes = chance.integers(1, 2000, size=(sum(units), LISTS))
    invalid = chance.integers(0, 30, size=sum(units))
    cast = votes.sum(axis=1) + invalid
    values = np.column_stack([cast + chance.integers(0, 500, size=sum(units)), cast, votes, invalid]).astype(np.int64)
    stated = dict(_stated(election, None, values))
    for number, region in enumerate(election.regions):
        rows = election.rows(number)
        stated |= dict(_stated(election, region.key, values[rows.start : rows.stop]))
    for _ in range(slips):
        row, column = chance.integers(sum(units)), chance.integers(1, 2 + LISTS)
        values[row, column] = int(str(values[row, column])[1:] or "0")
    return Case(election, values, Statements(stated))


def times(case: Case) -> tuple[float, float]:
    """Seconds of a whole search, and of its longest slice."""
    search, slices, done = case.search(), [], False
    while not done:
        start = perf_counter()
        done = search.work(0)
        slices.append(perf_counter() - start)
    return sum(slices), max(slices)


def _stated(election: Election, region: str | None, block: NDArray[np.int64]) -> Iterator[tuple[FigureKey, str]]:
    registered, cast, *votes, _ = (int(total) for total in block.sum(axis=0))
    for party, own in zip(election.parties, votes, strict=True):
        yield FigureKey("table", "votes", region, None, party.key), str(own)
        yield FigureKey("table", "share", region, None, party.key), percentage(own, sum(votes))
        yield FigureKey("box", "share", region, None, party.key), percentage(own, sum(votes))
    yield FigureKey("box", "cast", region), str(cast)
    yield FigureKey("box", "turnout", region), percentage(cast, registered)


def main() -> None:
    """Print the table."""
    print("| units, 20 lists | whole search, p50 | worst | longest slice, p50 | worst |\n|---|---|---|---|---|")
    for name, units, slips in CASES:
        case = made_up(units, slips)
        runs = sorted(times(case) for _ in range(RUNS))
        longest = sorted(run[1] for run in runs)
        numbers = (runs[RUNS // 2][0], runs[-1][0], longest[RUNS // 2], longest[-1])
        print(f"| {name} | {' | '.join(f'{1000 * number:.1f} ms' for number in numbers)} |")


if __name__ == "__main__":
    main()
