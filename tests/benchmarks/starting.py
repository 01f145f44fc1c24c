"""The program starts on a file, beside LibreOffice Calc on a workbook with the same figures, in the same run."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from tests.benchmarks import synthetic
from tests.benchmarks.files import now, opened
from tests.benchmarks.measuring import seconds
from tests.benchmarks.processes import COMPILED, HOMES, undisturbed
from tests.benchmarks.report import Table
from tests.benchmarks.watching import Program, Start, Watch
from tests.e2e.screen import ScreenError

_ROOT = Path(__file__).parents[2]
_CACHES = Path("/proc/sys/vm/drop_caches")
_HEADINGS = ["", "painted", "painted and a key answered", "range", "runs", "processor", "least"]


def measure(path: Path, runs: int) -> Table:
    """Start each program *runs* times warm, and as often cold, one after the other in turn."""
    table = Table("The program starts on the Senate of 2024, beside LibreOffice Calc", _HEADINGS)
    try:
        with _programs(path, table.notes) as programs, undisturbed() as note, Watch() as watch:
            table.notes.append(note)
            looks = {name: watch.rehearse(program) for name, program in programs.items()}
            for state in ("warm", "cold"):
                if state == "cold" and not _may_forget():
                    table.notes.append("Not measured cold: only root may drop the system's caches.")
                    continue
                found: dict[str, list[Start]] = {name: [] for name in programs}
                for _ in range(runs):
                    for name, program in programs.items():
                        if state == "cold":
                            _forget()
                        found[name].append(watch.start(program, looks[name]))
                table.rows += [[f"{state}: {name}", *_figures(starts)] for name, starts in found.items()]
    except ScreenError as error:
        table.notes.append(f"Not measured: {error}")
    return table


def packaged() -> Path | None:
    """Return the folder application that ``make package`` has built, if it is there."""
    folders = (_ROOT / "dist" / "election-tally", _ROOT / "build" / "package" / "election-tally")
    return next((folder for folder in folders if (folder / "tally-app").exists()), None)


@contextmanager
def _programs(path: Path, notes: list[str]) -> Iterator[Mapping[str, Program]]:
    """What is compared, by name, each with a home of its own that it keeps from start to start."""
    with tempfile.TemporaryDirectory(dir=synthetic.folder()) as name:
        folder = Path(name)
        programs = {}
        package = packaged()
        if package is None:
            notes.append("The package is not measured: `make package` has not built it.")
        else:
            programs["the package"] = _tally([str(package / "tally-app")], path, folder / "package")
        programs["the program from its source"] = _tally([sys.executable, "-m", "tally_app"], path, folder / "source")
        office = shutil.which("soffice")
        if office is None:
            notes.append("LibreOffice Calc is not measured: it is not installed (libreoffice-calc).")
        else:
            programs["LibreOffice Calc"] = _calc(office, path, folder / "calc")
            notes.append(f"{_said(office)} without splash screen and recovery, on a workbook of the results.")
        yield programs


def _tally(command: list[str], path: Path, home: Path) -> Program:
    home.mkdir(mode=0o700)
    copy = Path(shutil.copy(path, home))
    return Program([*command, str(copy)], copy.name, _at_home(home) | COMPILED)


def _calc(office: str, path: Path, home: Path) -> Program:
    """Calc, with the workbook that the program writes of its results, in Calc's own format."""
    from tally_app.wording.names import Names
    from tally_app.wording.results_file import results_workbook

    home.mkdir(mode=0o700)
    document = opened(path)
    results = home / "results.xlsx"
    results.write_bytes(results_workbook(document, Names(document.election, "en"), now()))
    document.close()
    profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
    convert = [office, "--headless", profile, "--convert-to", "ods", "--outdir", str(home), str(results)]
    subprocess.run(convert, env=os.environ | _at_home(home), capture_output=True, check=True)
    command = [office, "--calc", "--norestore", "--nologo", profile, str(results.with_suffix(".ods"))]
    return Program(command, r"^results\.ods", _at_home(home))


def _at_home(home: Path) -> dict[str, str]:
    return dict.fromkeys(HOMES, str(home))


def _figures(starts: list[Start]) -> list[str]:
    painted, *_ = seconds([start.painted for start in starts])
    used = [start.processor for start in starts]
    return [painted, *seconds([start.usable for start in starts]), f"{median(used):.2f} s", f"{min(used):.2f} s"]


def _said(office: str) -> str:
    """Return a program's name and version, without its build."""
    words = subprocess.run([office, "--version"], capture_output=True, text=True, check=True).stdout.split()
    return " ".join(words[:2])


def _may_forget() -> bool:
    return os.access(_CACHES, os.W_OK)


def _forget() -> None:
    """Let the system forget every file that nobody uses just now, as if it had been started anew."""
    os.sync()
    _CACHES.write_text("3", encoding="ascii")
    subprocess.run(["xdotool", "version"], capture_output=True, check=False)  # it presses the key: it is not measured
