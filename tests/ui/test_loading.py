"""What the window loads until it is usable, in a process of its own: nothing that is needed for something else."""

import gc
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tally_app.document.opening import SAMPLE_PACK, create_tally
from tally_app.storage.events import Stamp
from tests.benchmarks.clock import CLOCK
from tests.doubled import NIGHT

LATER = {
    "a workbook of results": {"pandas", "xlsxwriter"},
    "a sheet": {"typst", "segno", "tally_app.sheets", "tally_app.ui.sheets.window", "multiprocessing.connection"},
    "paper": {"PySide6.QtPrintSupport", "PySide6.QtPdf", "PySide6.QtSvg"},
    "parts of Qt that are of no use": {"PySide6.QtNetwork", "PySide6.QtDBus", "PySide6.QtXml", "PySide6.QtTest"},
    "a dialog": {"tally_app.ui.dialogs.help_card", "tally_app.ui.dialogs.record_lot", "tally_app.ui.dialogs.new_tally"},
    "stated figures": {"tally_app.ui.sources.screen"},
    "double entry": {"tally_app.ui.second.mode", "tally_app.ui.second.unit_list"},
    "other methods": {"tally_app.ui.compare.window"},
    "a command": {"tally_app.cli.check", "tally_app.cli.results", "tally_app.cli.sheet"},
    "nobody": {"numpy.ma", "numpy.testing", "urllib.request", "http.client", "ssl", "email", "asyncio", "unittest"},
}


def loaded_by_the_window(result: Path, *files: Path) -> set[str]:
    """Open the program's window, and return the modules that were loaded when it was painted."""
    command = [sys.executable, "-m", "tests.benchmarks.window", str(result), "start", *map(str, files)]
    subprocess.run(command, env=os.environ | {CLOCK: str(time.monotonic_ns())}, capture_output=True, check=True)
    return set(json.loads(result.read_text(encoding="utf-8"))["modules"])


@pytest.mark.parametrize("on_a_file", [True, False], ids=["on a file", "on none"])
def test_the_first_paint_waits_for_nothing_that_is_needed_later(tmp_path: Path, on_a_file: bool):
    senate = tmp_path / "senate.tally"
    create_tally(senate, SAMPLE_PACK, training=False, stamp=Stamp(NIGHT, "Dara", "test"))
    loaded = loaded_by_the_window(tmp_path / "result.json", *([senate] if on_a_file else []))
    assert {"PySide6.QtWidgets", "tally_app.ui.workbench", "numpy"} <= loaded
    assert {need: sorted(modules & loaded) for need, modules in LATER.items() if modules & loaded} == {}


def test_garbage_is_looked_for_again_among_what_belonged_to_a_file_that_is_closed(sit_down, published):
    desk = sit_down(published)
    gc.freeze()
    assert desk.session.close()
    assert gc.get_freeze_count() == 0
