"""Measurements in processes of their own: the window on each kind of screen, and a large file without any window."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from tests.benchmarks import synthetic
from tests.benchmarks.clock import CLOCK
from tests.e2e.screen import ScreenError, VirtualScreen

_PATIENCE = 600.0
_PRIORITY = 20
HOMES = ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR")
COMPILED = {"PYTHONDONTWRITEBYTECODE": ""}
"""A program that is installed has its modules compiled; without that they would be compiled at each start."""
_SCREEN = {
    "name": "none",
    "x": 0,
    "y": 0,
    "width": 1280,
    "height": 800,
    "logicalDpi": 96,
    "logicalBaseDpi": 96,
    "dpr": 1.0,
}


class Place(Protocol):
    """Somewhere to run a program: on no screen at all, or on a virtual one."""

    def __call__(self, command: list[str], env: Mapping[str, str]) -> subprocess.Popen[bytes]:
        """Start a program there."""


@contextmanager
def places() -> Iterator[dict[str, Place]]:
    """Where windows can be measured: always without a screen, and on a virtual screen where there is one."""
    try:
        screen = VirtualScreen().__enter__()
    except ScreenError as error:
        print(f"No virtual screen: {error}", file=sys.stderr)
        yield {"no screen": _offscreen}
        return
    try:
        yield {"no screen": _offscreen, "X screen": screen.start}
    finally:
        screen.close()


@contextmanager
def undisturbed() -> Iterator[str]:
    """Let no other program have a processor that is wanted here, where that may be done; yield a note on whether it is.

    What is started meanwhile inherits it. Root may do it on Linux, with the scheduler for real-time programs.
    """
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(_PRIORITY))
    except (AttributeError, PermissionError):
        yield "Other programs on the machine could hold up what is measured."
        return
    try:
        yield "Measured with the priority of real-time programs: no other program could take a wanted processor."
    finally:
        os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))


def ask(place: Place, module: str, *words: str) -> dict[str, Any]:
    """Run a module of this folder in a new process and return what it found."""
    with tempfile.TemporaryDirectory(dir=synthetic.folder()) as home:
        result = Path(home) / "result.json"
        settings = COMPILED | dict.fromkeys(HOMES, home)
        command = [sys.executable, "-m", f"tests.benchmarks.{module}", str(result), *words]
        process = place(command, settings | {CLOCK: str(time.monotonic_ns())})
        if process.wait(_PATIENCE):
            raise RuntimeError(f"{command} ended with {process.returncode}")
        found: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
        return found


def import_times() -> list[tuple[str, int, int]]:
    """What importing the window costs: package, own time [µs], modules; the dearest first."""
    command = [sys.executable, "-X", "importtime", "-c", "import tally_app.__main__, tally_app.ui.app"]
    environment = os.environ | COMPILED
    subprocess.run(command, env=environment, capture_output=True, check=True)  # compiles what is not compiled yet
    with undisturbed():
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    lines = done.stderr.splitlines()
    costs: dict[str, tuple[int, int]] = {}
    for line in lines[1:]:
        own, _, name = line.removeprefix("import time:").split("|")
        package = name.strip().partition(".")[0]
        known = costs.get(package, (0, 0))
        costs[package] = known[0] + int(own), known[1] + 1
    ordered = sorted(costs.items(), key=lambda item: -item[1][0])
    return [(package, own, modules) for package, (own, modules) in ordered]


def _offscreen(command: list[str], env: Mapping[str, str]) -> subprocess.Popen[bytes]:
    screen = synthetic.folder() / "screen.json"
    screen.write_text(json.dumps({"screens": [_SCREEN]}), encoding="utf-8")
    platform = f"offscreen:configfile={screen}"  # without it Qt pretends 800 × 800, where nothing has room
    return subprocess.Popen(
        command, env={**os.environ, "QT_QPA_PLATFORM": platform, "QT_LOGGING_RULES": "*.warning=false", **env}
    )
