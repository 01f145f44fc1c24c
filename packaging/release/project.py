"""What is built: the program's name and version, and the time that everything in a package bears."""

import os
import platform
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAME = "election-tally"
COMMAND = "tally-app"
TITLE = "Election Tally"
SUMMARY = "type votes from paper forms; see seats and contradictions at every key press"
DEBIAN_MACHINE = {"x86_64": "amd64", "aarch64": "arm64"}
MAINTAINER = "Election Tally maintainers <maintainers@election-tally.invalid>"


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
    committed = _git("log", "-1", "--format=%ct")
    if not committed:
        raise SystemExit("No git history to take the date from: set SOURCE_DATE_EPOCH to the time of the source.")
    return int(committed)


def commit() -> str:
    """Name the source that is built: the commit, and whether it was changed since. Empty: not known."""
    return _git("describe", "--always", "--dirty", "--abbrev=12", "--exclude=*")


def deb_file() -> str:
    """Name the Debian package."""
    return f"{NAME}_{version()}_{DEBIAN_MACHINE[platform.machine()]}.deb"


def portable_name() -> str:
    """Name the portable archive, without its ending, and the folder in it."""
    return f"{NAME}-{version()}-linux-{platform.machine()}"


def bill_file() -> str:
    """Name the bill of materials beside the packages."""
    return f"{NAME}-{version()}.cdx.json"


def windows_name() -> str:
    """Name the portable archive for Windows, without its ending; the installer's name begins with it."""
    return f"{NAME}-{version()}-windows-x64"


def macos_name() -> str:
    """Name the disk image, without its ending, by the processor that it is for: ``arm64`` or ``x86_64``."""
    return f"{NAME}-{version()}-macos-{platform.machine()}"


def day(date: int) -> str:
    """Write a time as its day."""
    return datetime.fromtimestamp(date, UTC).strftime("%Y-%m-%d")


def _git(*arguments: str) -> str:
    done = subprocess.run(("git", "-C", str(ROOT), *arguments), capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""
