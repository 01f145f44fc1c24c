"""Votes → seats by d'Hondt and Sainte-Laguë: all regions at once, one by one, and the same by other programs."""

from collections.abc import Callable, Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tally_app.allocation.batch import seats_of_many
from tally_app.allocation.engine import apportion
from tally_app.allocation.methods import METHODS
from tally_app.allocation.outcome import Divisors
from tally_app.allocation.race import Entrant
from tests.allocation.rival_interregnum import read_quotients
from tests.benchmarks.files import opened
from tests.benchmarks.measuring import Timings, milliseconds
from tests.benchmarks.report import Table

_SEED = 2026
_PATIENCE = 1.0
"""What would take longer for a whole case is timed on its first regions, and multiplied [s]."""
_COMPARED = 300
"""Regions of a case whose seats are compared with ours."""
_NAMES = {"dhondt": "d'Hondt", "sainte-lague": "Sainte-Laguë"}
_CLOSE = 10**17
_NEEDS = {"electoral-sim": "it needs Python 3.12 or later"}
Seats = list[int]


class Case(NamedTuple):
    """What is allocated in one timing."""

    name: str
    votes: NDArray[np.int64]
    """[regions × lists]"""
    seats: NDArray[np.int64]
    """[regions]"""

    def regions(self, most: int) -> Iterator[tuple[Seats, int]]:
        return zip(self.votes[:most].tolist(), self.seats[:most].tolist(), strict=True)


class Program(NamedTuple):
    """A program that allocates one region's seats. To bring the votes into its form is not timed."""

    name: str
    prepare: Callable[[list[int]], Any]
    allocate: Callable[[str, Any, int], Any]
    read: Callable[[Any, int], Seats | None]
    """What came out, and the number of lists → seats of each; None: it says that there is a tie."""


def measure(files: dict[str, Path], runs: int) -> Table:
    every = _cases(files)
    programs, missing = _programs()
    headings = ["", *(case.name for case in every), "other seats", "exact", "tells ties"]
    table = Table("Votes → seats", headings, notes=missing)
    for method, name in _NAMES.items():
        at_once = [_shown(_at_once(method, case, runs)) for case in every]
        table.rows.append([f"{name}: Election Tally, all regions at once", *at_once, "0", "yes", "yes"])
        for program in programs:
            times = [_one_by_one(program, method, case, runs) for case in every]
            wrong = sum(_others(program, method, case) for case in every)
            table.rows.append([f"{name}: {program.name}", *times, str(wrong), *_probed(program, method)])
    compared = sum(min(_COMPARED, len(case.votes)) for case in every)
    table.notes.append(
        f"Wall, the median of at least {runs} timings of a whole case; ≈: of the regions that take about "
        f"{_PATIENCE:.0f} s, multiplied. Other seats: in how many of {compared} regions they are not ours, ties "
        "aside. Exact: the second seat goes to the higher of two quotients of 10^17 that differ by 1, whichever list "
        "it is of. Tells ties: says of two lists with one vote each, and one seat, that there is a tie."
    )
    return table


def _cases(files: dict[str, Path]) -> list[Case]:
    chance = np.random.default_rng(_SEED)
    with closing(opened(files["8 units"])) as document:
        election = document.election
        regions = range(len(election.regions))
        senate = [document.book.block(region)[:, election.party_columns].sum(axis=0) for region in regions]
        seats = [region.seats for region in election.regions]
    return [
        Case("Senate of 2024: 8 regions, 58 seats, 4 lists", np.array(senate), np.array(seats)),
        Case("1,000 seats, 50 lists", chance.integers(1, 10**6, (1, 50)), np.array([1_000])),
        Case("10,000 regions of 10 seats, 20 lists", chance.integers(1, 10**5, (10_000, 20)), np.full(10_000, 10)),
    ]


def _programs() -> tuple[list[Program], list[str]]:
    """Return the programs that are installed, and what is to be said of the others."""
    found, missing = [], []
    for name, adapter in _ADAPTERS.items():
        try:
            found.append(adapter(name))
        except ImportError as error:
            missing.append(f"{name} is not measured here: {error} ({_NEEDS.get(name, 'make bench installs it')}).")
    return found, missing


def _election_tally(name: str) -> Program:
    def allocate(method: str, lists: list[Entrant], seats: int) -> Any:
        return apportion(METHODS[method], lists, seats, with_steps=False)

    return Program(
        name,
        lambda votes: [Entrant(count) for count in votes],
        allocate,
        lambda result, _: None if result.tie else list(result.seats),
    )


def _votelib(name: str) -> Program:
    evaluators = import_module("votelib.evaluate.proportional")
    rules = {
        "dhondt": evaluators.HighestAverages("d_hondt"),
        "sainte-lague": evaluators.HighestAverages("sainte_lague"),
    }

    def read(found: dict[Any, int], lists: int) -> Seats | None:
        return None if set(found) - set(range(lists)) else [found.get(party, 0) for party in range(lists)]

    return Program(
        name,
        lambda votes: dict(enumerate(votes)),
        lambda method, votes, seats: rules[method].evaluate(votes, seats),
        read,
    )


def _interregnum(name: str) -> Program:
    allocator = import_module("interregnum.methods.singlevote.highest_averages").HighestAveragesAllocator
    rules = {"dhondt": allocator("dhondt"), "sainte-lague": allocator("sainte_lague")}

    def read(found: Any, lists: int) -> Seats | None:
        answer = read_quotients(found, lists)
        return None if answer.tied else list(answer.seats)

    return Program(
        name,
        lambda votes: list(enumerate(votes)),
        lambda method, votes, seats: rules[method].calc(votes, seats, random_seed=1),
        read,
    )


def _apportionment(name: str) -> Program:
    methods = import_module("apportionment.methods")
    rules = {"dhondt": "dhondt", "sainte-lague": "saintelague"}

    def allocate(method: str, votes: list[int], seats: int) -> Seats | None:
        try:
            found: Seats = methods.compute(
                rules[method], votes, seats, fractions="fractions" in name, tiesallowed=False
            )
        except methods.TiesException:
            return None
        return found

    return Program(name, list, allocate, lambda found, _: found)


def _poli_sci_kit(name: str) -> Program:
    highest_averages = import_module("poli_sci_kit.appointment.methods").highest_averages
    rules = {"dhondt": "Jefferson", "sainte-lague": "Webster"}

    def allocate(method: str, votes: list[int], seats: int) -> Any:
        return highest_averages(averaging_style=rules[method], shares=votes, total_alloc=seats)

    return Program(name, list, allocate, lambda found, _: list(found))


def _electoral_sim(name: str) -> Program:
    allocate_seats = import_module("electoral_sim.systems.allocation").allocate_seats
    rules = {"dhondt": "dhondt", "sainte-lague": "sainte_lague"}
    return Program(
        name,
        np.array,
        lambda method, votes, seats: allocate_seats(votes, seats, method=rules[method]),
        lambda found, _: found.tolist(),
    )


_ADAPTERS: dict[str, Callable[[str], Program]] = {
    "Election Tally, region by region": _election_tally,
    "votelib": _votelib,
    "interregnum": _interregnum,
    "apportionment": _apportionment,
    "apportionment, fractions": _apportionment,
    "poli-sci-kit": _poli_sci_kit,
    "electoral-sim": _electoral_sim,
}


def _divisors(method: str) -> Divisors:
    row = METHODS[method]
    assert isinstance(row, Divisors)
    return row


def _at_once(method: str, case: Case, runs: int) -> float:
    return _timed(lambda: seats_of_many(_divisors(method), case.votes, case.seats), runs)


def _one_by_one(program: Program, method: str, case: Case, runs: int) -> str:
    regions = [(program.prepare(votes), seats) for votes, seats in case.regions(len(case.votes))]

    def allocate(most: int) -> None:
        for votes, seats in regions[:most]:
            program.allocate(method, votes, seats)

    allocate(3)
    begun = perf_counter()
    allocate(3)
    each = (perf_counter() - begun) / min(3, len(regions))
    few = max(3, int(_PATIENCE / runs / each))
    if few >= len(regions):
        return _shown(_timed(lambda: allocate(len(regions)), runs))
    return f"≈ {_shown(_timed(lambda: allocate(few), runs) * len(regions) / few)}"


def _timed(way: Callable[[], object], runs: int) -> float:
    """Return the median of *runs* timings, or of as many as fit into a fifth of a second if those are more [ns]."""
    timings = Timings()
    way()
    ends = perf_counter() + 0.2
    while len(timings) < runs or (perf_counter() < ends and len(timings) < 2_000):
        with timings.once():
            way()
    return median(timings.wall)


def _shown(nanoseconds: float) -> str:
    return milliseconds(nanoseconds)


def _others(program: Program, method: str, case: Case) -> int:
    """Count the regions with other seats than ours."""
    ours = seats_of_many(_divisors(method), case.votes[:_COMPARED], case.seats[:_COMPARED])
    theirs = [
        program.read(program.allocate(method, program.prepare(votes), seats), len(votes))
        for votes, seats in case.regions(_COMPARED)
    ]
    certain = zip(ours.seats.tolist(), ours.tied_seats.tolist(), theirs, strict=True)
    return sum(own != other for own, tied, other in certain if not tied)


def _probed(program: Program, method: str) -> tuple[str, str]:
    """Exact? Tells ties? By cases that show it."""

    def seats(votes: list[int], places: int) -> Seats | None:
        return program.read(program.allocate(method, program.prepare(votes), places), len(votes))

    times = _divisors(method).at(1) // _divisors(method).at(0)
    ahead, behind = [times * (_CLOSE + 1), _CLOSE], [times * _CLOSE, _CLOSE + 1]
    exact = [seats(votes[::order], 2) for votes in (ahead, behind) for order in (1, -1)]
    right = [[2, 0], [0, 2], [1, 1], [1, 1]]
    return "yes" if exact == right else "no", "yes" if seats([1, 1], 1) is None else "no"
