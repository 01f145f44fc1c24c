"""``python -m release.windows``: everything that people on Windows receive, into dist/. Runs on Windows.

Inno Setup 6 makes the installer: its ISCC.exe is on the PATH or in its usual folder. Where SIGN_COMMAND is set, it
signs the executables and the installer; ``$f`` in it stands for the file (docs/signing.md).
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from time import gmtime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from release import application
from release.executables import WINDOW
from release.files import empty_folder, walk, write
from release.papers import BILL, FOLDER, all_in_one
from release.project import COMMAND, ROOT, source_date, version, windows_name
from release.sums import write_folder_sums, write_package_sums

_WINDOWS = ROOT / "packaging" / "windows"
SCRIPT = _WINDOWS / "election_tally.iss"
_USUAL = Path(os.environ.get("ProgramFiles(x86)", "C:/Program Files (x86)")) / "Inno Setup 6" / "ISCC.exe"  # noqa: SIM112


def main(work: Path = ROOT / "build" / "package", target: Path = ROOT / "dist") -> int:
    """Build it all anew."""
    date = source_date()
    empty_folder(work)
    empty_folder(target)
    folder = application.build(work, date)
    sign_command = os.environ.get("SIGN_COMMAND", "")
    if sign_command:
        for name in (WINDOW, COMMAND):
            _sign(folder / f"{name}.exe", sign_command)
        write_folder_sums(folder)
    papers = folder / "_internal" / FOLDER
    subprocess.run(compiler(_compiler(), folder, target, sign_command), check=True)
    shutil.copyfile(papers / BILL, target / f"{windows_name()}.cdx.json")
    write(folder / "README.txt", (_WINDOWS / "README.txt").read_text(encoding="utf-8").format(version=version()))
    write(folder / "LICENCES.txt", all_in_one(papers))
    write_folder_sums(folder)
    pack(folder, target / f"{windows_name()}.zip", date)
    write_package_sums(target)
    return 0


def compiler(program: str, application: Path, target: Path, sign_command: str = "") -> list[str]:
    """Return the command that compiles the installer from the folder *application* into the folder *target*."""
    stated = {
        "Version": version(),
        "Application": str(application.resolve()),
        "Output": str(target.resolve()),
        "Name": f"{windows_name()}-setup",
    }
    quoted = sign_command.replace('"', "$q")  # as Inno Setup wants quotes within an argument
    signing = ["/DSigned", f"/Srelease={quoted}"] if sign_command else []
    return [program, "/Qp", *(f"/D{key}={value}" for key, value in stated.items()), *signing, str(SCRIPT)]


def pack(folder: Path, archive: Path, date: int) -> None:
    """Write the portable archive: sorted, every file with the time *date*, the same bytes for the same files."""
    with ZipFile(archive, "w", ZIP_DEFLATED, compresslevel=9) as packed:
        for path in walk(folder):
            entry = ZipInfo(f"{windows_name()}/{path.relative_to(folder).as_posix()}", gmtime(date)[:6])
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0
            packed.writestr(entry, path.read_bytes())


def _compiler() -> str:
    found = shutil.which("ISCC") or (str(_USUAL) if _USUAL.is_file() else None)
    if found is None:
        raise SystemExit("Inno Setup 6 is not installed: its ISCC.exe is needed to make the installer.")
    return found


def _sign(file: Path, command: str) -> None:
    subprocess.run(command.replace("$f", f'"{file}"'), check=True)


if __name__ == "__main__":
    sys.exit(main())
