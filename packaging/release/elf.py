"""What the libraries and programs in a folder need of the system, as their own headers say."""

import os
import re
import subprocess
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from release.files import walk

_NEEDED = re.compile(r"\(NEEDED\).*\[(.+)\]")
_VERSION = re.compile(r"Name: (GLIBC|GLIBCXX)_([\d.]+)\b")

_PLAIN = {"LC_ALL": "C", "PATH": os.environ.get("PATH", "/usr/bin:/bin")}


class Elf(NamedTuple):
    """One library or program: its path, and the names of the libraries that it asks the loader for."""

    path: Path
    needed: frozenset[str]
    glibc: tuple[int, ...]
    glibcxx: tuple[int, ...]


class Binaries:
    """All libraries and programs below *folder*."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def all(self) -> tuple[Elf, ...]:
        """Everything that the loader loads."""
        return tuple(_read(path) for path in walk(self.folder) if _is_elf(path))

    @cached_property
    def carried(self) -> frozenset[str]:
        """The names of the files that are there."""
        return frozenset(elf.path.name for elf in self.all)

    @cached_property
    def missing(self) -> dict[str, list[Path]]:
        """The libraries that are needed and not carried, each with who needs it, sorted."""
        needs: dict[str, list[Path]] = {}
        for elf in self.all:
            for name in elf.needed - self.carried:
                needs.setdefault(name, []).append(elf.path.relative_to(self.folder))
        return dict(sorted(needs.items()))

    @property
    def glibc(self) -> str:
        """The oldest version of the C library that will do."""
        return _newest(elf.glibc for elf in self.all)

    @property
    def glibcxx(self) -> str:
        """The oldest version of the C++ library's symbols that will do."""
        return _newest(elf.glibcxx for elf in self.all)


def _is_elf(path: Path) -> bool:
    if path.is_symlink():
        return False
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _read(path: Path) -> Elf:
    command = ("readelf", "--wide", "--dynamic", "--version-info", str(path))
    said = subprocess.run(command, capture_output=True, text=True, check=True, env=_PLAIN)
    versions: dict[str, tuple[int, ...]] = {"GLIBC": (), "GLIBCXX": ()}
    for family, number in _VERSION.findall(said.stdout):
        versions[family] = max(versions[family], tuple(map(int, number.split("."))))
    return Elf(path, frozenset(_NEEDED.findall(said.stdout)), versions["GLIBC"], versions["GLIBCXX"])


def _newest(versions: Iterable[tuple[int, ...]]) -> str:
    return ".".join(map(str, max(versions, default=())))
