"""What a command loads, in a process of its own: never Qt, and of the heavy libraries only what it uses."""

import subprocess
import sys
from pathlib import Path

import pytest

QT = {"PySide6", "shiboken6"}
HEAVY = {"pandas", "xlsxwriter", "typst", "segno", "fontpkg_noto_sans_khmer", "urllib.request", "numpy.ma"}
COMMANDS_WITHOUT_A_FILE = ("--version", "--help")
COMMANDS_ON_A_FILE = ("check", "results", "units", "history", "verify", "status", "compare")
_PROGRAM = "import sys, tally_app.__main__ as program; program.main(sys.argv[1:]); print(*sys.modules)"


def loaded_by(*words: str) -> set[str]:
    """Run the program and return the modules that it had loaded when it ended."""
    done = subprocess.run([sys.executable, "-c", _PROGRAM, *words], capture_output=True, encoding="utf-8", check=True)
    assert not done.stderr
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("option", COMMANDS_WITHOUT_A_FILE)
def test_an_option_loads_no_command(option: str):
    loaded = loaded_by(option)
    assert sorted(loaded & (QT | HEAVY)) == []
    assert not {"tally_app.cli.check", "tally_app.cli.sheet"} & loaded


@pytest.mark.parametrize("command", COMMANDS_ON_A_FILE)
def test_a_command_loads_neither_qt_nor_what_sheets_and_workbooks_need(published: Path, command: str):
    loaded = loaded_by(command, str(published))
    assert f"tally_app.cli.{command}" in loaded
    assert sorted(loaded & (QT | HEAVY)) == []


def test_a_sheet_loads_typst_and_still_neither_qt_nor_pandas(published: Path, tmp_path: Path):
    loaded = loaded_by("sheet", str(published), "--region", "R5", "-o", str(tmp_path / "R5.pdf"))
    assert {"typst", "segno"} <= loaded
    assert sorted(loaded & (QT | {"pandas", "xlsxwriter"})) == []
