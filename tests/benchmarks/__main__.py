"""``python -m tests.benchmarks``: measure everything, print it, and write it down if asked to."""

import argparse
import platform
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks import (
    allocating,
    dependencies,
    entering,
    recomputing,
    repairing,
    sheets,
    starting,
    synthetic,
    windows,
)
from tests.benchmarks.files import prepared
from tests.benchmarks.measuring import load
from tests.benchmarks.processes import Place, places
from tests.benchmarks.report import Table, as_text, write

_SECTIONS = (
    "allocating",
    "recomputing",
    "repairing",
    "entering",
    "sheets",
    "keys",
    "opening",
    "starting",
    "inside",
    "dependencies",
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--small", action="store_true", help="a smaller made-up count and fewer runs, to try it out")
    parser.add_argument("--only", choices=_SECTIONS, action="append", help="measure this section only")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="put the tables into this page (docs/benchmarks.md)")
    arguments = parser.parse_args()
    tables = [_machine()]
    size = synthetic.SMALL if arguments.small else synthetic.LARGE
    with prepared(size) as files, places() as where:
        for section in arguments.only or _SECTIONS:
            before = load()
            table = _sections(files, where, small=arguments.small)[section]()
            table.notes.append(f"Programs that wanted a processor in the minute before: {before}; after: {load()}.")
            print(as_text(table), flush=True)
            tables.append(table)
    if arguments.write:
        write(arguments.write, tables)
    return 0


def _sections(files: dict[str, Path], where: dict[str, Place], *, small: bool) -> dict[str, Callable[[], Table]]:
    runs = 1 if small else 3
    return {
        "allocating": lambda: allocating.measure(files, 3 if small else 9),
        "recomputing": lambda: recomputing.measure(files, 400 if small else 2_000),
        "repairing": lambda: repairing.measure(runs, 5 if small else 20),
        "entering": lambda: entering.measure(files, 50 if small else 300),
        "sheets": lambda: sheets.measure(files, 2 if small else 5, 10 if small else 40),
        "keys": lambda: windows.key_presses(files, where, runs),
        "opening": lambda: windows.opening(files, where, 1 if small else 5),
        "starting": lambda: starting.measure(files["8 units"], 2 if small else 7),
        "inside": lambda: windows.first_paint(files["8 units"], where["no screen"], 2 if small else 9),
        "dependencies": lambda: dependencies.measure(files["8 units"], where["no screen"], 2 if small else 7),
    }


def _machine() -> Table:
    """Enough to judge the figures by, and nothing that names the machine."""
    import os

    rows = [
        ["processors", str(os.cpu_count())],
        ["kind", platform.machine()],
        ["system", platform.system()],
        ["Python", platform.python_version()],
        *([package, version(package)] for package in ("PySide6-Essentials", "numpy", "pandas", "msgspec")),
    ]
    return Table("Where it was measured", ["", ""], rows)


if __name__ == "__main__":
    sys.exit(main())
