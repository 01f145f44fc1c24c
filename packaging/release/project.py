"""What is built: the program's name and version, and the time that everything in a package bears."""

import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAME = "election-tally"
COMMAND = "tally-app"
TITLE = "Election Tally"
SUMMARY = "type votes from paper forms; see seats and contradictions at every key press"
MAINTAINER = "Election Tally <election-tally@localhost>"


def version() -> str:
    """Read the version from its one place."""
    text = (ROOT / "tally_app" / "__init__.py").read_text(encoding="utf-8")
    match = re.search(r'^__version__ = "([^"]+)"$', text, re.MULTILINE)
    if match is None:
        raise SystemExit("tally_app/__init__.py states no __version__.")
    return match[1]


def source_date() -> int:
    """Return the time that every file in a package bears [s since 1970]: SOURCE_DATE_EPOCH, else the last commit's."""
    stated = os.environ.get("SOURCE_DATE_EPOCH")
    if stated:
        return int(stated)
    command = ("git", "-C", str(ROOT), "log", "-1", "--format=%ct")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit("No git history to take the date from: set SOURCE_DATE_EPOCH to the time of the source.")
    return int(done.stdout)
