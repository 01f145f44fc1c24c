"""What a person waits for: a key press until it is painted, a file until it is open, the program until it is there."""

from pathlib import Path

from tests.benchmarks.measuring import HEADINGS, Timings, over_runs, seconds
from tests.benchmarks.processes import Place, ask, import_times, undisturbed
from tests.benchmarks.report import Table

_KEYS = {
    "digit": "a digit into the open cell",
    "open": "a digit that opens a cell",
    "enter": "Enter: durable, next cell",
    "page": "Page Down: the next region",
}
_MEGABYTE = 1024 * 1024


def key_presses(files: dict[str, Path], where: dict[str, Place], runs: int) -> Table:
    table = Table("A key press → painted", ["", *HEADINGS])
    for size, path in files.items():
        for place, start in where.items():
            found = [ask(start, "window", "keys", str(path)) for _ in range(runs)]
            for key, name in _KEYS.items():
                timings = [_timings(run["quiet"][key]) for run in found]
                table.rows.append([f"{size}, {place}: {name}", *over_runs(timings)])
            verifying = [_timings(run["verifying"]["digit"]) for run in found if "verifying" in run]
            if all(map(len, verifying)) and verifying:
                table.rows.append([f"{size}, {place}: a digit while the file is being verified", *over_runs(verifying)])
    return table


def opening(files: dict[str, Path], where: dict[str, Place], runs: int) -> Table:
    table = Table("A file is opened", ["", "median", "range", "runs", "most memory"])
    for size, path in files.items():
        bare = [ask(where["no screen"], "opening", str(path)) for _ in range(runs)]
        both = [run["file"] + run["document"] for run in bare]
        table.rows.append([f"{size}: file, books and results, no window", *seconds(both), _memory(bare, "memory")])
        for place, start in where.items():
            found = [ask(start, "window", "start", str(path)) for _ in range(runs)]
            times = seconds([run["usable"] for run in found])
            name = f"{size}, {place}: from the start of the process until the window is usable"
            table.rows.append([name, *times, _memory(found, "memory")])
            if found[0]["verified"] is not None:
                times = seconds([run["verified"] for run in found])
                name = f"{size}, {place}: … until all of it is verified in the background"
                table.rows.append([name, *times, _memory(found, "memory_verified")])
    return table


def first_paint(path: Path, start: Place, runs: int) -> Table:
    table = Table("The program starts, seen from inside and without a screen (until it would wait for events)", _START)
    ways = {
        "with the Senate of 2024": ["start", str(path)],
        "with no file": ["start"],
        "an empty Qt window": ["bare"],
    }
    found: dict[str, list[float]] = {name: [] for name in ways}
    with undisturbed() as note:
        for _ in range(runs):
            for name, words in ways.items():
                found[name].append(ask(start, "window", *words)["usable"])
    table.rows += [[name, *seconds(values)] for name, values in found.items()]
    table.notes.append(note)
    dear = ", ".join(f"{name} {own / 1000:.0f} ms ({modules} modules)" for name, own, modules in import_times()[:8])
    table.notes.append(f"Importing, by package (each with `-X importtime`, which itself slows it): {dear}.")
    return table


_START = ["", "median", "range", "runs"]


def _timings(pair: list[list[int]]) -> Timings:
    return Timings(*pair)


def _memory(runs: list[dict[str, float]], key: str) -> str:
    return f"{max(run[key] for run in runs) / _MEGABYTE:,.0f} MiB"
