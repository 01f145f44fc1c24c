"""The portable archive: a folder that is unpacked, onto a memory stick too, and started where it lies.

FAT has neither symbolic links nor permissions, and takes upper and lower case for one: the archive asks for none.
"""

import platform
import shutil
import subprocess
import tarfile
from pathlib import Path

from release.elf import Binaries
from release.files import PROGRAM_MODE, empty_folder, place, settle, write
from release.papers import FOLDER, all_in_one
from release.project import COMMAND, ROOT, portable_name, version
from release.sums import write_folder_sums

_LINUX = ROOT / "packaging" / "linux"
_START = "start-election-tally.sh"


def build(application: Path, work: Path, target: Path, date: int) -> Path:
    """Pack *application* into the folder *target*, and return the archive."""
    folder = empty_folder(work / "portable") / portable_name()
    shutil.copytree(application, folder / "program")
    place(_LINUX / _START, folder / _START)
    write(folder / "README.txt", _read_me(application))
    write(folder / "LICENCES.txt", all_in_one(application / "_internal" / FOLDER))
    write_folder_sums(folder)
    settle(folder, date, frozenset({COMMAND, _START}))
    archive = target / f"{folder.name}.tar.xz"
    _pack(folder, archive, date)
    return archive


def _read_me(application: Path) -> str:
    binaries = Binaries(application)
    text = (_LINUX / "README.txt").read_text(encoding="utf-8")
    return text.format(
        version=version(),
        machine=platform.machine(),
        glibc=binaries.glibc,
        libraries=_columns(list(binaries.missing)),
    )


def _columns(names: list[str]) -> str:
    return "\n".join(
        "".join(f"      {name:24}" for name in names[row : row + 3]).rstrip() for row in range(0, len(names), 3)
    )


def _pack(folder: Path, archive: Path, date: int) -> None:
    """Write the archive: sorted, owned by nobody in particular, in compressed blocks that are the same every time."""

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        entry.mtime = date
        entry.mode = PROGRAM_MODE if entry.isdir() else entry.mode
        return entry

    command = ("xz", "--compress", "-6", "--threads=2", "--stdout")
    with archive.open("wb") as out, subprocess.Popen(command, stdin=subprocess.PIPE, stdout=out) as packing:
        assert packing.stdin is not None
        with tarfile.open(fileobj=packing.stdin, mode="w|", format=tarfile.GNU_FORMAT) as tar:
            tar.add(folder, folder.name, recursive=False, filter=plain)
            for path in sorted(folder.rglob("*")):
                tar.add(path, path.relative_to(folder.parent), recursive=False, filter=plain)
        packing.stdin.close()
    if packing.returncode:
        raise SystemExit(f"xz could not write {archive}.")
