"""``python -m release.check_windows``: installs what was built for this user, looks at it, removes it. Runs on Windows.

Also tries the portable archive, from a folder with spaces and Khmer letters in its name.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from release import smoke
from release.executables import WINDOW
from release.project import COMMAND, ROOT, TITLE, windows_name

_QUIET = ("/VERYSILENT", "/SUPPRESSMSGBOXES", "/NORESTART")
_PATIENCE_S = 60
_TYPES = {".tally": "ElectionTally.Tally", ".tally-training": "ElectionTally.Training"}


def main(target: Path = ROOT / "dist") -> int:
    """Say what is wrong."""
    folder = Path(os.environ["LOCALAPPDATA"]) / "Programs" / TITLE
    faults = [*_installs(target / f"{windows_name()}-setup.exe", folder), *_removes(folder)]
    with TemporaryDirectory(prefix="stick ឆ្នោត ") as stick:
        ZipFile(target / f"{windows_name()}.zip").extractall(stick)
        faults += _works(Path(stick) / windows_name())
    for fault in faults:
        print(fault)
    return 1 if faults else 0


def _installs(installer: Path, folder: Path) -> Iterator[str]:
    subprocess.run((installer, *_QUIET, "/CURRENTUSER"), check=True)
    for ending, kind in _TYPES.items():
        if _value(ending) != kind:
            yield f"{ending} is {_value(ending)!r}"
        command = _value(rf"{kind}\shell\open\command")
        if command != f'"{folder / WINDOW}.exe" "%1"':
            yield f"{kind} is opened by {command!r}"
        icon = _value(rf"{kind}\DefaultIcon")
        if icon is None or not Path(icon).is_file():
            yield f"{kind} has no icon: {icon!r}"
    yield from _works(folder)


def _removes(folder: Path) -> Iterator[str]:
    subprocess.run((folder / "unins000.exe", *_QUIET), check=True)
    until = time.monotonic() + _PATIENCE_S  # a copy of the uninstaller removes the uninstaller, after that has ended
    while folder.exists() and time.monotonic() < until:
        time.sleep(0.1)
    left = list(folder.rglob("*")) if folder.exists() else []
    yield from (f"not removed: {path}" for path in left)
    yield from (f"not removed: {kind}" for kind in (*_TYPES, *_TYPES.values()) if _value(kind) is not None)


def _works(folder: Path) -> Iterator[str]:
    if smoke.main((str(folder / f"{COMMAND}.exe"), str(folder / f"{WINDOW}.exe"))):
        yield f"{folder} does not work"


def _value(key: str) -> str | None:
    import winreg

    try:
        return winreg.QueryValue(winreg.HKEY_CURRENT_USER, rf"Software\Classes\{key}")
    except OSError:
        return None


if __name__ == "__main__":
    sys.exit(main())
