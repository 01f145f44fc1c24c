"""What is in a Debian in a folder, and what is not."""

import re
from collections.abc import Iterable

from tests.packaged.debian import MinimalDebian

PYTHON = re.compile(r"/(s?bin/python[\d.]*|lib/python[\d.]*|libpython\S*)$")
BUILDING = re.compile(r".*-dev|gcc.*[^e]|g\+\+.*|binutils|make|python.*|libpython.*")
"""Packages of which none may be there: to build programs with, or Python. (gcc-…-base has no compiler in it.)"""


def development(packages: Iterable[str]) -> list[str]:
    """The packages that nobody needs who only receives a program."""
    return sorted(name for name in packages if BUILDING.fullmatch(name))


def pythons(files: Iterable[str], except_in: str) -> list[str]:
    """Every Python but the program's own, which it carries in a folder."""
    return sorted(path for path in files if PYTHON.search(path) and not path.startswith(except_in))


class Libraries:
    """What the loader finds for all programs and libraries of the program, those that are loaded on demand included."""

    def __init__(self, debian: MinimalDebian, folder: str) -> None:
        """*folder*: where the program is, with a slash at its end."""
        script = f'find "{folder}" -type f \\( -name "*.so*" -o -perm /111 \\) -exec ldd {{}} + 2>/dev/null'
        carried = f"LD_LIBRARY_PATH={folder}_internal"  # as the program sets it for itself when it starts
        lines = debian.run("env", carried, "sh", "-c", script, may_fail=True).splitlines()
        self.unfound = sorted({line.strip() for line in lines if "not found" in line})
        found = {line.split()[2] for line in lines if "=> /" in line}
        self._borrowed = sorted(path for path in found if not path.startswith(folder))
        self._debian = debian

    def owners(self) -> dict[str, str]:
        """The libraries that are used from outside the folder, each with the package that it is from."""
        real = self._debian.run("realpath", *self._borrowed).splitlines()
        names = [path.rpartition("/")[2] for path in real]
        told = self._debian.run("dpkg-query", "--search", *(f"*/{name}" for name in names)).splitlines()
        packages = {
            path.rpartition("/")[2]: package.partition(":")[0]
            for package, path in (line.split(": ", 1) for line in told)
        }
        return {path: packages[name] for path, name in zip(self._borrowed, names, strict=True)}
