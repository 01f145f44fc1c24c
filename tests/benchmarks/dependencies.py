"""What each dependency costs: on the disk, in the package, and when it is imported."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Collection, Iterable
from importlib.metadata import PackagePath, files
from os import environ
from pathlib import Path
from statistics import median

from tests.benchmarks.processes import COMPILED, Place, ask, undisturbed
from tests.benchmarks.report import Table
from tests.benchmarks.starting import packaged

_PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"
_MEGABYTE = 1_000_000
_ALSO = {"PySide6-Essentials": ("shiboken6",)}
"""Dependencies of dependencies that are counted with them."""
_IMPORTED = {"PySide6-Essentials": "PySide6.QtWidgets"}
"""What is imported of a package whose own name imports next to nothing."""
_WINDOW = "tally_app.__main__, tally_app.ui.app"
_HEADINGS = ["", "installed", "in the package", "imported alone", "loaded at the start"]


def measure(path: Path, where: Place, runs: int) -> Table:
    """Measure every dependency that pyproject.toml names, and what else is in the package."""
    table = Table("What each dependency costs", _HEADINGS)
    package = packaged()
    inside = _sizes(package / "_internal") if package else {}
    loaded = set(ask(where, "window", "start", str(path))["modules"])
    counted: set[str] = set()
    for name in _dependencies():
        own = _own_files((name, *_ALSO.get(name, ())))
        folders = {file.parts[0] for file in own if len(file.parts) > 1}
        module = _IMPORTED.get(name) or next(folder for folder in sorted(folders) if folder.isidentifier())
        size = sum(inside.get(folder, 0) for folder in folders)
        counted |= folders
        start = "yes" if module in loaded else "no"
        table.rows.append([name, _mb(_on_disk(own)), _mb(size), _import_time(module, runs), start])
    table.rows.append(["all that the window imports, these and its own", "", "", _import_time(_WINDOW, runs), "yes"])
    if package:
        rest = {name: size for name, size in inside.items() if name not in counted}
        data = rest.pop("tally_app", 0)
        program = sum(file.stat().st_size for file in package.iterdir() if file.is_file())
        table.rows += [
            ["the program's own data", "", _mb(data), "", ""],
            ["Python, and every module that is written in it", "", _mb(program + sum(rest.values())), "", ""],
            ["the whole package", "", _mb(sum(inside.values()) + program), "", ""],
        ]
    else:
        table.notes.append("Not in the package: `make package` has not built it.")
    table.notes.append(
        f"MB of 1,000,000 bytes. *Imported alone*: in a new process, with all that it needs, the median of {runs}; what"
        " several need is in each. Modules written in Python alone are compiled into the program's file in the package."
    )
    return table


def _dependencies() -> list[str]:
    with _PYPROJECT.open("rb") as file:
        stated = tomllib.load(file)["project"]["dependencies"]
    return [re.split(r"[<>=!~;\[ ]", line, maxsplit=1)[0] for line in stated]


def _own_files(names: Iterable[str]) -> list[PackagePath]:
    """Return the files of some installed packages, but not what says that they are installed, nor commands."""
    every = [file for name in names for file in files(name) or ()]
    return [file for file in every if ".." not in file.parts and not file.parts[0].endswith(".dist-info")]


def _on_disk(own: Collection[PackagePath]) -> int:
    paths = (Path(str(file.locate())) for file in own if file.suffix != ".pyc")
    return sum(path.stat().st_size for path in paths if path.exists())


def _sizes(folder: Path) -> dict[str, int]:
    """Return the bytes of everything in a folder by its first name; a package is counted without its metadata."""
    sizes: dict[str, int] = {}
    for file in folder.rglob("*"):
        if file.is_file() and not file.is_symlink():
            name = file.relative_to(folder).parts[0]
            sizes[name] = sizes.get(name, 0) + file.stat().st_size
    return sizes


def _import_time(modules: str, runs: int) -> str:
    code = f"import time; begin = time.perf_counter(); import {modules}; print(time.perf_counter() - begin)"
    command = [sys.executable, "-c", code]
    with undisturbed():
        times = [float(subprocess.check_output(command, env=environ | COMPILED)) for _ in range(runs + 1)]
    return f"{1000 * median(times[1:]):.0f} ms"  # without the first, which compiles


def _mb(size: int) -> str:
    return f"{size / _MEGABYTE:,.1f} MB" if size else "–"
