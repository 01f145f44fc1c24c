"""The Debian package: the folder application in /usr/lib, and what a desktop asks for in /usr/share."""

import gzip
import os
import platform
import shutil
import subprocess
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import md5
from pathlib import Path

from release.depends import depends
from release.elf import Binaries
from release.files import empty_folder, place, settle, size, walk, write
from release.man_page import man_page
from release.papers import FOLDER, all_in_one
from release.project import COMMAND, DEBIAN_MACHINE, MAINTAINER, NAME, ROOT, SUMMARY, deb_file, version

_LINUX = ROOT / "packaging" / "linux"
_ICONS = ROOT / "packaging" / "icons" / "hicolor"
_DESKTOP = {"*.desktop": "applications", "*.metainfo.xml": "metainfo", f"{NAME}.xml": "mime/packages"}
_DESCRIPTION = """\
 A person opens one file, types the numbers from the paper forms of an
 election, and sees at every key press who wins which seat and which number
 cannot be right. It prints the sheets that people sign, and loses nothing when
 the power fails.
 .
 It needs no network, no server and no account."""


def build(application: Path, work: Path, target: Path, date: int) -> Path:
    """Pack *application* into the folder *target*, and return the package."""
    tree = empty_folder(work / "deb")
    shutil.copytree(application, tree / "usr" / "lib" / NAME)
    (tree / "usr" / "bin").mkdir()
    (tree / "usr" / "bin" / COMMAND).symlink_to(f"../lib/{NAME}/{COMMAND}")
    _place_shared(application, tree / "usr" / "share", date)
    write(tree / "DEBIAN" / "control", _control(application, tree))
    write(tree / "DEBIAN" / "md5sums", _md5sums(tree))
    settle(tree, date, frozenset({COMMAND}))
    package = target / deb_file()
    command = ("dpkg-deb", "--root-owner-group", "--threads-max=2", "-Zxz", "--build", str(tree), str(package))
    subprocess.run(command, check=True, env=os.environ | {"SOURCE_DATE_EPOCH": str(date)}, stdout=subprocess.DEVNULL)
    return package


def place_desktop(share: Path) -> None:
    """Place what a desktop reads: the menu entry, the file types, the icons."""
    for pattern, folder in _DESKTOP.items():
        for file in sorted(_LINUX.glob(pattern)):
            place(file, share / folder / file.name)
    for file in walk(_ICONS):
        place(file, share / "icons" / "hicolor" / file.relative_to(_ICONS))


def _place_shared(application: Path, share: Path, date: int) -> None:
    place_desktop(share)
    documents = share / "doc" / NAME
    write(documents / "copyright", all_in_one(application / "_internal" / FOLDER))
    write(documents / "changelog.gz", _packed(changelog(date).encode()))
    write(documents / "CHANGELOG.md.gz", _packed((ROOT / "CHANGELOG.md").read_bytes()))
    write(share / "man" / "man1" / f"{COMMAND}.1.gz", _packed(man_page(date).encode()))


def changelog(date: int) -> str:
    """Write the list of changes in the form that Debian's tools read."""
    entry = f"{NAME} ({version()}) stable; urgency=medium\n\n  * What is new is in CHANGELOG.md.gz.\n"
    return f"{entry}\n -- {MAINTAINER}  {format_datetime(datetime.fromtimestamp(date, UTC))}\n"


def _packed(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)


def _control(application: Path, tree: Path) -> str:
    fields = {
        "Package": NAME,
        "Version": version(),
        "Architecture": DEBIAN_MACHINE[platform.machine()],
        "Maintainer": MAINTAINER,
        "Installed-Size": str(-(-size(tree) // 1024)),
        "Depends": ", ".join(depends(Binaries(application))),
        "Recommends": "desktop-file-utils, hicolor-icon-theme, shared-mime-info, xdg-utils",
        "Section": "misc",
        "Priority": "optional",
        "Description": f"{SUMMARY}\n{_DESCRIPTION}",
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def _md5sums(tree: Path) -> str:
    files = [path for path in walk(tree / "usr") if not path.is_symlink()]
    return "".join(
        f"{md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {path.relative_to(tree)}\n" for path in files
    )
