"""What Debian knows of the libraries that a bundle takes from the system. On other systems: nothing."""

import shutil
import subprocess
from functools import cache
from pathlib import Path


@cache
def owner(library: Path | str) -> str | None:
    """Name the installed package that has this file, or a library of this name; None: not known, or no Debian here."""
    if shutil.which("dpkg-query") is None:
        return None
    file = Path(library)
    sought = [str(file), str(file.resolve()), f"*/{file.name}"] if file.is_absolute() else [f"*/{file}"]
    for pattern in sought:
        owners = {package for package, path in _found(pattern) if path.startswith(("/lib", "/usr/lib"))}
        if owners:
            return min(owners)
    return None


@cache
def version_of(package: str) -> str:
    """Return the version of an installed package."""
    return _asked("--show", "--showformat=${Version}\n", package).splitlines()[0]


def purl(package: str) -> str:
    """Return the address of an installed package, as a package URL."""
    source, architecture = _asked("--show", "--showformat=${source:Package} ${Architecture}\n", package).split()[:2]
    number = version_of(package).replace("+", "%2B").replace(":", "%3A")
    return f"pkg:deb/debian/{package}@{number}?arch={architecture}&upstream={source}"


def copyright_of(package: str) -> str:
    """Read whose work a package is, and under what licence."""
    text = Path("/usr/share/doc", package, "copyright").read_bytes()
    return text.decode("utf-8", errors="replace")


def _found(pattern: str) -> list[tuple[str, str]]:
    said = _asked("--search", pattern)
    return [(line.partition(":")[0], line.rpartition(": ")[2]) for line in said.splitlines()]


def _asked(*arguments: str) -> str:
    done = subprocess.run(("dpkg-query", *arguments), capture_output=True, text=True, check=False)
    return done.stdout
