"""A figure changes: how long until seats, sums and findings are those of the new figure; and the same by pandas."""

import random
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from tally_app.count.figures import Cell
from tally_app.document.document import Document
from tests.benchmarks.files import opened
from tests.benchmarks.measuring import HEADINGS, Timings, noise, over_runs
from tests.benchmarks.report import Table
from tests.benchmarks.rivals import Pandas

_RUNS = 3
_SEED = 2024
_NAMES = {
    "ours": "Election Tally",
    "all_findings": "Election Tally, and the list of all findings",
    "by_rows": "pandas, told which rows are the region's",
    "by_groups": "pandas, groupby over the table",
}


def measure(files: dict[str, Path], cells: int) -> Table:
    table = Table("A figure changes → seats, sums and findings are those of the new figure", ["", *HEADINGS])
    for size, path in files.items():
        with closing(opened(path)) as document:
            runs = _runs(document, cells)
        table.rows += [[f"{size}: {_NAMES[name]}", *over_runs(timings)] for name, timings in runs.items()]
    table.rows.append(["noise: arithmetic that is always the same", *noise()])
    return table


def random_changes(document: Document, times: int, random: random.Random) -> list[tuple[Cell, int]]:
    """Cells of votes anywhere in the count, and what could be typed there."""
    election = document.election
    cells = [Cell(random.randrange(election.unit_count), random.choice(election.party_columns)) for _ in range(times)]
    return [(cell, (document.book.value(cell) or 0) + random.randrange(1, 50)) for cell in cells]


def _runs(document: Document, cells: int) -> dict[str, list[Timings]]:
    live, election = document.live, document.election
    rival = Pandas(document)

    def ours(cell: Cell, value: int) -> tuple[object, ...]:
        document.draft(cell, value)
        region = election.region_of(cell.row)
        return live.region(region), live.unit_findings(region), live.chamber

    def all_findings(cell: Cell, value: int) -> object:
        document.draft(cell, value)
        return live.findings()

    for cell, value in random_changes(document, 20, random.Random(_SEED)):
        document.draft(cell, value)
        seats = list(live.region(election.region_of(cell.row)).allocation.seats)
        if not seats == rival.by_rows(cell, value)[0] == rival.by_groups(cell, value)[0]:
            raise AssertionError(f"pandas and Election Tally give different seats for {cell} = {value}")

    ways: dict[str, tuple[Callable[[Cell, int], object], int]] = {
        "ours": (ours, cells),
        "all_findings": (all_findings, cells),
        "by_rows": (rival.by_rows, cells // 10),
        "by_groups": (rival.by_groups, cells // 40),
    }
    runs: dict[str, list[Timings]] = {name: [] for name in ways}
    for run in range(_RUNS):
        for name, (way, times) in ways.items():
            runs[name].append(_timed(way, random_changes(document, times, random.Random(_SEED + run))))
            document.drop_draft()
    return runs


def _timed(way: Callable[[Cell, int], object], changes: list[tuple[Cell, int]]) -> Timings:
    timings = Timings()
    for cell, value in changes:
        with timings.once():
            way(cell, value)
    return timings
