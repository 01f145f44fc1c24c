"""Trees of files that come out the same every time."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

PROGRAM_MODE, FILE_MODE = 0o755, 0o644


def empty_folder(folder: Path) -> Path:
    """Make *folder*, without what was in it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def place(source: Path, target: Path) -> None:
    """Copy one file to *target*, making its folders."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(PROGRAM_MODE if os.access(source, os.X_OK) else FILE_MODE)


def write(target: Path, content: str | bytes) -> None:
    """Write one file to *target*, making its folders."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content if isinstance(content, bytes) else content.encode())


def walk(folder: Path) -> Iterator[Path]:
    """Go through the files below *folder*, sorted by path."""
    return iter(sorted(path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()))


def settle(folder: Path, date: int, programs: frozenset[str] = frozenset()) -> None:
    """Give everything below *folder* plain modes and the time *date*; *programs* are the names that may be executed."""
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(PROGRAM_MODE if path.is_dir() or path.name in programs else FILE_MODE)
        os.utime(path, (date, date), follow_symlinks=False)


def size(folder: Path) -> int:
    """Add up the sizes of the files below *folder* [bytes]."""
    return sum(path.lstat().st_size for path in walk(folder))
