"""``python -m release.smoke COMMAND [WINDOW]``: does a built program work, from wherever it was installed to?

COMMAND is the executable for commands, WINDOW the one that opens windows where it is another (Windows). They run in a
folder of their own, without this process's variables for Python and Qt. Windows go nowhere (Qt's platform "offscreen"),
so this runs on a machine without a screen, the same on all three systems.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from release.project import version

_PATIENCE_S = 120
"""For the first start on a slow machine whose virus scanner reads every file."""
_BUNDLED = "cambodia-senate-2024"
_CONTRADICTION = "E202"
"""The published table contradicts itself: `check` must say so."""


def main(words: Sequence[str] = tuple(sys.argv[1:])) -> int:
    """Say what does not work."""
    if not words:
        print(__doc__)
        return 2
    command, window = Path(words[0]).resolve(), Path(words[-1]).resolve()
    with TemporaryDirectory() as folder:
        found = list(faults(command, window, Path(folder)))
    for fault in found:
        print(fault)
    print("It works." if not found else "It does not work.")
    return 1 if found else 0


def faults(command: Path, window: Path, folder: Path) -> Iterator[str]:
    """Do in *folder* what people do, and tell what goes wrong."""
    said = _run(command, folder, "--version")
    if said.stdout.strip() != f"Election Tally {version()}":
        yield f"--version: {_told(said)}"
    tally, sheet, book = (folder / f"smoke.{kind}" for kind in ("tally", "pdf", "xlsx"))
    made = _run(command, folder, "new", "--pack", _BUNDLED, tally)
    if made.returncode != 0 or not tally.is_file():
        yield f"new: {_told(made)}"
        return
    checked = _run(command, folder, "check", tally, "--json")
    if checked.returncode != 1 or _CONTRADICTION not in {found["code"] for found in _findings(checked.stdout)}:
        yield f"check: {_told(checked)}"
    printed = _run(command, folder, "sheet", tally, "-o", sheet)
    if printed.returncode != 0 or not sheet.read_bytes().startswith(b"%PDF-"):
        yield f"sheet: {_told(printed)}"
    exported = _run(command, folder, "results", tally, "--xlsx", book)
    if exported.returncode != 0 or not book.read_bytes().startswith(b"PK"):
        yield f"results: {_told(exported)}"
    yield from _opens(window, tally, folder)
    verified = _run(command, folder, "verify", tally)
    if verified.returncode != 0:
        yield f"verify, after the window was ended: {_told(verified)}"


def _opens(window: Path, tally: Path, folder: Path) -> Iterator[str]:
    """The window opens the file, which it says by its lock, and stays."""
    lock = tally.with_name(f"{tally.name}.lock")
    lock.unlink(missing_ok=True)
    process = subprocess.Popen([window, tally], cwd=folder, env=_environment(folder))
    try:
        until = time.monotonic() + _PATIENCE_S
        while not lock.is_file() and process.poll() is None and time.monotonic() < until:
            time.sleep(0.1)
        if process.poll() is not None:
            yield f"the window ended with {process.returncode}"
        elif not lock.is_file():
            yield f"no window opened the file within {_PATIENCE_S} s"
    finally:
        process.kill()
        process.wait()


def _run(command: Path, folder: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [command, *words],
        cwd=folder,
        env=_environment(folder),
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        timeout=_PATIENCE_S,
    )


def _environment(folder: Path) -> dict[str, str]:
    kept = {
        name: text for name, text in os.environ.items() if not name.upper().startswith(("PYTHON", "VIRTUAL_ENV", "QT"))
    }
    own = {"HOME": str(folder), "TALLY_OPERATOR": "smoke test", "QT_QPA_PLATFORM": "offscreen"}
    return kept | own


def _findings(text: str) -> list[dict[str, str]]:
    try:
        findings: list[dict[str, str]] = json.loads(text)["findings"]
    except (ValueError, KeyError):
        return []
    return findings


def _told(done: subprocess.CompletedProcess[str]) -> str:
    return f"exit code {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"


if __name__ == "__main__":
    sys.exit(main())
