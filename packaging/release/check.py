"""``python -m release.check``: looks at what was built, as a suspicious recipient would.

Nothing here relies on how it was built: it reads the folder, the packages and their lists as they lie in dist/.
"""

import json
import re
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from PyInstaller.archive.readers import CArchiveReader

from release import smoke, sums
from release.depends import packages
from release.elf import Binaries
from release.files import size, walk
from release.papers import FOLDER
from release.parts import PYTHON_EXCLUDES
from release.project import COMMAND, NAME, ROOT, bill_file, deb_file, portable_name, version

LARGEST = 250_000_000
"""What the program may take when it is installed [bytes]."""
_FOREIGN = re.compile(
    r"(Qt6?|libQt6)(Network|Qml|Quick|VirtualKeyboard|WebEngine|OpenGL)|lib(ssl|crypto|curl)\.so|/tls/"
)
_LISTED = ("Election Tally", "Python", "Qt", "Qt for Python", "NumPy", "Typst", "Noto Sans Khmer", "SQLite")
_IN_DEB = (
    f"usr/bin/{COMMAND}",
    f"usr/share/applications/{NAME}.desktop",
    f"usr/share/doc/{NAME}/copyright",
    f"usr/share/man/man1/{COMMAND}.1.gz",
    f"usr/share/mime/packages/{NAME}.xml",
)
_NOT_ON_FAT = re.compile(r'[\\:*?"<>|\x00-\x1f]|[. ]$')


def main(target: Path = ROOT / "dist") -> int:
    """Check everything in *target*, and say what is wrong, or how large it is."""
    folder = target / NAME
    checks: dict[str, Callable[[], Iterator[str]]] = {
        "what is carried": lambda: _foreign(folder),
        "its size": lambda: _size(folder),
        "what is needed": lambda: _needs(folder, target / deb_file()),
        "licences": lambda: _licences(folder / "_internal" / FOLDER),
        "bill of materials": lambda: _bill(target / bill_file()),
        "the .deb": lambda: _deb(target / deb_file()),
        "the portable archive": lambda: _portable(target / f"{portable_name()}.tar.xz"),
        "sums": lambda: (f"{name} is not as its sum says" for name in sums.wrong(target)),
        "running": lambda: _runs(folder),
    }
    wrong = [f"{name}: {fault}" for name, check in checks.items() for fault in check()]
    for line in wrong or _sizes(target):
        print(line)
    return 1 if wrong else 0


def _foreign(folder: Path) -> Iterator[str]:
    """What the program does not use, above all whatever could speak over a network, is not there and not asked for."""
    for path in walk(folder):
        if _FOREIGN.search(path.as_posix()):
            yield f"{path.relative_to(folder)} does not belong here"
    for elf in Binaries(folder).all:
        yield from (f"{elf.path.name} is linked with {name}" for name in sorted(elf.needed) if _FOREIGN.search(name))
    archive = CArchiveReader(str(folder / COMMAND))
    modules = archive.open_embedded_archive("PYZ.pyz" if "PYZ.pyz" in archive.toc else "PYZ-00.pyz").toc
    for module in modules:
        if any(module == name or module.startswith(f"{name}.") for name in PYTHON_EXCLUDES):
            yield f"the module {module} does not belong here"


def _size(folder: Path) -> Iterator[str]:
    total = size(folder)
    if total > LARGEST:
        yield f"{total:,} bytes, more than {LARGEST:,}"


def _needs(folder: Path, package: Path) -> Iterator[str]:
    """Every library that is needed is carried, or one of the packages that have it is named."""
    named = [set(group) for group in _alternatives(_field(package, "Depends"))]
    for library, users in Binaries(folder).missing.items():
        if not any(set(packages().get(library, ())) & group for group in named):
            yield f"{users[0]} needs {library}, and no package in Depends has it"


def _licences(folder: Path) -> Iterator[str]:
    about = json.loads((folder / "components.json").read_text(encoding="utf-8"))
    if about["version"] != version():
        yield f"of version {about['version']}, not {version()}"
    names = {part["name"] for part in about["components"]}
    yield from (f"{name} is not listed" for name in _LISTED if name not in names)
    for part in about["components"]:
        if not part["texts"]:
            yield f"no text for {part['name']}"
        yield from (f"{text} is missing" for text in part["texts"] if not (folder / text).is_file())
    for text in ("LGPL-3.0.txt", "GPL-3.0.txt", "Qt.txt"):
        if not (folder / text).is_file():
            yield f"{text} is missing"


def _bill(file: Path) -> Iterator[str]:
    text = file.read_text(encoding="utf-8")
    error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if error is not None:
        yield f"no valid CycloneDX: {error}"
    bill = json.loads(text)
    names = {bill["metadata"]["component"]["name"], *(part["name"] for part in bill["components"])}
    yield from (f"{name} is not listed" for name in _LISTED if name not in names)


def _deb(package: Path) -> Iterator[str]:
    if _field(package, "Version") != version():
        yield f"of version {_field(package, 'Version')}, not {version()}"
    control = subprocess.run(("dpkg-deb", "--ctrl-tarfile", str(package)), capture_output=True, check=True).stdout
    with TemporaryDirectory() as folder:
        (Path(folder) / "control.tar").write_bytes(control)
        with tarfile.open(Path(folder) / "control.tar") as tar:
            scripts = set(tar.getnames()) - {".", "./control", "./md5sums"}
    yield from (f"a script {name}: removing must need none" for name in sorted(scripts))
    files = ("dpkg-deb", "--fsys-tarfile", str(package))
    with (
        subprocess.Popen(files, stdout=subprocess.PIPE) as unpacking,
        tarfile.open(fileobj=unpacking.stdout, mode="r|") as tar,
    ):
        entries = {entry.name.removeprefix("./"): entry for entry in tar}
    yield from (f"{name} is missing" for name in _IN_DEB if name not in entries)
    for name, entry in entries.items():
        if (entry.uid, entry.gid) != (0, 0) or (entry.mode & 0o6022 and not entry.issym()):
            yield f"{name}: owner or mode is wrong"
        if name not in (".", "") and not name.startswith("usr"):
            yield f"{name}: outside of /usr"


def _portable(archive: Path) -> Iterator[str]:
    """Nothing in the archive asks for more than FAT has."""
    seen: set[str] = set()
    with tarfile.open(archive) as tar:
        for entry in tar:
            path = PurePosixPath(entry.name)
            if not (entry.isfile() or entry.isdir()):
                yield f"{path} is neither a file nor a folder"
            if any(_NOT_ON_FAT.search(part) for part in path.parts) or len(entry.name) > 200:
                yield f"{path} cannot be written on FAT"
            if entry.name.lower() in seen:
                yield f"{path} differs from another by upper and lower case only"
            seen.add(entry.name.lower())


def _runs(folder: Path) -> Iterator[str]:
    program = folder.resolve() / COMMAND
    with TemporaryDirectory() as place:
        yield from smoke.faults(program, program, Path(place))


def _field(package: Path, name: str) -> str:
    done = subprocess.run(("dpkg-deb", "--field", str(package), name), capture_output=True, text=True, check=True)
    return done.stdout.strip()


def _alternatives(depends: str) -> Iterator[list[str]]:
    for group in depends.split(","):
        yield [alternative.split()[0] for alternative in group.split("|")]


def _sizes(target: Path) -> Iterator[str]:
    for path in sorted(target.iterdir()):
        total = size(path) if path.is_dir() else path.stat().st_size
        yield f"{total / 1e6:7.1f} MB  {path.name}"


if __name__ == "__main__":
    sys.exit(main())
