"""One figure is entered durably: journal, current values, sync to the disk, results; beside it, the disk's own sync."""

import os
import random
from contextlib import closing
from pathlib import Path

from tally_app.document.document import Document
from tests.benchmarks.files import opened
from tests.benchmarks.measuring import HEADINGS, Timings, over_runs
from tests.benchmarks.recomputing import random_changes
from tests.benchmarks.report import Table

_RUNS = 3
_SEED = 2025
_PAGE = bytes(4096)


def measure(files: dict[str, Path], cells: int) -> Table:
    table = Table("A figure is entered: durable on the disk, and every result", ["", *HEADINGS])
    for size, path in files.items():
        ours: list[Timings] = []
        disk: list[Timings] = []
        with closing(opened(path)) as document:
            for run in range(_RUNS):
                pair = _entered(document, path.with_suffix(".bare"), cells, random.Random(_SEED + run))
                ours.append(pair[0])
                disk.append(pair[1])
        table.rows.append([f"{size}: Election Tally", *over_runs(ours)])
        table.rows.append([f"{size}: four pages appended to a bare file and synced", *over_runs(disk)])
    return table


def _entered(document: Document, bare: Path, cells: int, random: random.Random) -> tuple[Timings, Timings]:
    ours, disk = Timings(), Timings()
    with bare.open("ab", buffering=0) as file:
        for cell, value in random_changes(document, cells, random):
            with ours.once():
                document.commit(document.edit_cells("enter", {cell: value}))
            with disk.once():
                file.write(_PAGE * 4)
                os.fdatasync(file.fileno()) if hasattr(os, "fdatasync") else os.fsync(file.fileno())
    return ours, disk
