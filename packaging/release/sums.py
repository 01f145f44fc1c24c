"""Lists of sums for sha256sum --check: one in each folder of the program, one over all packages."""

from collections.abc import Iterable, Iterator
from hashlib import file_digest
from pathlib import Path

from release.files import walk

OF_FOLDER = "FILES.sha256"
OF_PACKAGES = "SHA256SUMS"


def write_folder_sums(folder: Path) -> None:
    """Write the sums of all files below *folder* into it."""
    _write(folder / OF_FOLDER, walk(folder))


def write_package_sums(folder: Path) -> None:
    """Write the sums of the packages in *folder* beside them; of a folder there, that of its own list."""
    _write(folder / OF_PACKAGES, _packages(folder))


def wrong(folder: Path) -> list[str]:
    """Name what is not as the sums of *folder* and of folders in it say, is not there, or has no sum."""
    names = _wrong(folder / OF_PACKAGES, _packages(folder))
    for inner in folder.glob(f"*/{OF_FOLDER}"):
        names += _wrong(inner, walk(inner.parent))
    return names


def _packages(folder: Path) -> Iterator[Path]:
    return iter(sorted([*(path for path in folder.iterdir() if path.is_file()), *folder.glob(f"*/{OF_FOLDER}")]))


def _write(list_of_sums: Path, files: Iterable[Path]) -> None:
    lines = [f"{sum_}  {name}\n" for name, sum_ in _sums(list_of_sums, files).items()]
    list_of_sums.write_text("".join(lines), encoding="utf-8")


def _wrong(list_of_sums: Path, files: Iterable[Path]) -> list[str]:
    lines = list_of_sums.read_text(encoding="utf-8").splitlines()
    stated = {name: sum_ for sum_, _, name in (line.partition("  ") for line in lines)}
    found = _sums(list_of_sums, files)
    return sorted(name for name in stated.keys() | found.keys() if stated.get(name) != found.get(name))


def _sums(list_of_sums: Path, files: Iterable[Path]) -> dict[str, str]:
    folder = list_of_sums.parent
    return {file.relative_to(folder).as_posix(): _sum(file) for file in files if file != list_of_sums}


def _sum(file: Path) -> str:
    with file.open("rb") as content:
        return file_digest(content, "sha256").hexdigest()
