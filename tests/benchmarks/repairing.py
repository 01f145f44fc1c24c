"""A wrong figure is entered: how long until its repair is offered; and how long to try every slip by recounting."""

import random
from time import perf_counter_ns

import numpy as np

from tally_app.checks.repairs import Repairs, Search
from tally_app.checks.slips import slips
from tally_app.count.book import BallotBook
from tally_app.count.figures import Cell, CellChange, FigureKey
from tally_app.count.statements import Statements
from tally_app.document.live import LiveResults
from tally_app.election.election import Election
from tests.benchmarks.measuring import HEADINGS, Timings, milliseconds, noise, over_runs, quantile
from tests.benchmarks.report import Table
from tests.packs import make_election

_UNITS, _PARTIES, _SEATS = 500, 20, 30
_SLICE = 0.004
_SEED = 2024


def measure(runs: int, searches: int) -> Table:
    title = f"A wrong figure in one of {_UNITS} units × {_PARTIES} parties → its repair is found"
    table = Table(title, ["", *HEADINGS])
    whole: list[Timings] = []
    slices = Timings()
    tried = 0.0
    for run in range(runs):
        timings = Timings()
        for number in range(searches):
            count = _Count(random.Random(_SEED + run * searches + number))
            with timings.once():
                found = count.search(slices)
            if count.wrong not in {change.cell for repair in found.found for change in repair.changes}:
                raise AssertionError("the wrong cell is not among the repairs")
        whole.append(timings)
        tried = count.recounting_every_slip()
    table.rows.append(["Election Tally, everything", *over_runs(whole)])
    table.rows.append(["Election Tally, one slice of it", *over_runs([slices])])
    table.rows.append(["every slip of every cell entered and recounted", milliseconds(tried), "", "", "", "scaled"])
    table.rows.append(["noise: arithmetic that is always the same", *noise()])
    table.notes.append(
        f"Longest slice: {milliseconds(quantile(slices.wall, 1.0))}; a slice is asked to end after 4 ms."
    )
    return table


class _Count:
    """A region with totals stated by a source, and one figure that was typed wrong."""

    def __init__(self, chance: random.Random) -> None:
        parties = [f"P{number}" for number in range(_PARTIES)]
        self.election: Election = make_election(parties=parties, units=(_UNITS,), seats=_SEATS)
        values = self._values(chance)
        self.wrong = Cell(chance.randrange(_UNITS), chance.choice(self.election.party_columns))
        true = int(values[self.wrong])
        stated = {
            FigureKey("table", "votes", "R1", None, key): str(int(values[:, self.election.column_index[key]].sum()))
            for key in parties
        }
        values[self.wrong] = chance.choice([false for false in _mistyped(true, chance) if false != true])
        self.statements = Statements(stated)
        self.values = values
        self.live = LiveResults(self.election, BallotBook(self.election, values.copy()), self.statements)

    def search(self, slices: Timings) -> Repairs:
        search = Search(self.election, self.values, self.statements, self.live.seats_with)
        done = False
        while not done:
            with slices.once():
                done = search.work(_SLICE)
        return search.found

    def recounting_every_slip(self) -> float:
        """The plain way, timed on a few slips and multiplied [ns]."""
        every = [
            (Cell(row, column), int(true))
            for row in range(_UNITS)
            for column in self.election.party_columns
            for true, _ in slips(int(self.values[row, column]))
        ]
        book = BallotBook(self.election, self.values.copy())
        live = LiveResults(self.election, book, self.statements)
        some = random.Random(_SEED).sample(every, 50)
        begin = perf_counter_ns()
        for cell, true in some:
            change = CellChange(cell, book.value(cell), true)
            book.put([change])
            live.refresh([change], [])
            len(live.findings())
            back = CellChange(cell, true, change.old)
            book.put([back])
            live.refresh([back], [])
        return (perf_counter_ns() - begin) / len(some) * len(every)

    def _values(self, chance: random.Random) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
        votes = [[chance.randrange(20, 4_000) for _ in range(_PARTIES)] for _ in range(_UNITS)]
        rows = [[2 * sum(line) + 100, sum(line) + 5, *line, 5] for line in votes]
        return np.array(rows, dtype=np.int64)


def _mistyped(true: int, chance: random.Random) -> list[int]:
    """Numbers that a slip can have made of the true one."""
    digits = str(true)
    place = chance.randrange(len(digits))
    return [
        int(digits[:place] + digits[place:][:2][::-1] + digits[place + 2 :]),
        int(digits[:place] + digits[place] + digits[place:]),
        int(digits[:place] + str((int(digits[place]) + chance.randrange(1, 10)) % 10) + digits[place + 1 :]),
    ]
