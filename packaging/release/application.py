"""The folder application, by PyInstaller."""

import os
import subprocess
import sys
from pathlib import Path

from release.files import settle
from release.project import COMMAND, NAME, ROOT
from release.sums import write_folder_sums


def build(work: Path, date: int) -> Path:
    """Make the folder application below *work*, every file with the time *date*, and return its folder."""
    command = [
        sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level=ERROR",
        f"--distpath={work}", f"--workpath={work / 'pyinstaller'}", str(ROOT / "packaging" / "election_tally.spec"),
    ]  # fmt: skip
    same = {"SOURCE_DATE_EPOCH": str(date), "PYTHONHASHSEED": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run(command, check=True, cwd=ROOT, env=os.environ | same)
    folder = work / NAME
    _strip(folder)
    write_folder_sums(folder)
    settle(folder, date, frozenset({COMMAND, f"{COMMAND}.exe"}))
    return folder


def _strip(folder: Path) -> None:
    """Take the table of symbols out of the one library that is published with it: 16 MB that only a debugger reads."""
    if sys.platform != "linux":
        return
    for library in folder.glob("_internal/typst/*.so"):
        subprocess.run(("strip", "--strip-unneeded", str(library)), check=True)
