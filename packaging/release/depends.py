"""The Debian packages that have what the program needs and does not carry."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from release import debian
from release.project import ROOT

_TABLE = ROOT / "packaging" / "linux" / "libraries.toml"
# The GCC whose libstdc++ brought a version of its symbols; Debian numbers libstdc++6 by it.
_GCC = {"3.4.28": "9.3", "3.4.29": "11", "3.4.30": "12", "3.4.31": "13.1", "3.4.32": "13.2", "3.4.33": "14"}
# Not libraries that anything is linked with, but without them keys and letters go wrong.
_DATA = ("xkb-data", "fontconfig-config")


def packages() -> Mapping[str, Sequence[str]]:
    """Read which package has which library: all its names, the oldest first."""
    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))


class Needs(Protocol):
    """What libraries ask of the system; see `Binaries`."""

    @property
    def missing(self) -> Mapping[str, Sequence[Path]]:
        """The libraries that are needed and not carried, each with who needs it."""

    @property
    def glibc(self) -> str:
        """The oldest version of the C library that will do."""

    @property
    def glibcxx(self) -> str:
        """The oldest version of the C++ library's symbols that will do."""


def depends(binaries: Needs) -> list[str]:
    """Name the packages, as in the field Depends, sorted.

    Raises: SystemExit: a library is needed that the table does not have, or has under another package's name.
    """
    table = packages()
    unknown = [f"{name}, needed by {users[0]}" for name, users in binaries.missing.items() if name not in table]
    unknown += _misnamed(table, list(binaries.missing))
    if unknown:
        raise SystemExit(f"{_TABLE.name} does not say who has:\n" + "\n".join(unknown))
    versions = {"libc6": binaries.glibc, "libstdc++6": _GCC.get(binaries.glibcxx, "9")}
    alternatives = {tuple(table[name]) for name in binaries.missing} | {(name,) for name in _DATA}
    return sorted(" | ".join(_at_least(name, versions.get(name)) for name in names) for names in alternatives)


def _misnamed(table: Mapping[str, Sequence[str]], libraries: Sequence[str]) -> list[str]:
    owners = {library: debian.owner(library) for library in libraries if library in table}
    return [
        f"{library}: here it is in {package}, not in {' or '.join(table[library])}"
        for library, package in owners.items()
        if package is not None and package not in table[library]
    ]


def _at_least(package: str, version: str | None) -> str:
    return f"{package} (>= {version})" if version else package
