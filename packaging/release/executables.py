"""The executables of the bundle, and what their files say of themselves.

On Windows a program has a console or has none: there is one for the window and one for commands. They share the rest.
"""

import os
import sys
from typing import Any

from release.project import COMMAND, ROOT, TITLE, version

WINDOW = "election-tally"
"""On Windows: the program without a console, which opens files. tally_app/ui/own_program.py knows both names."""
_ICONS = ROOT / "packaging" / "icons"
_ENGLISH, _UNICODE = 0x0409, 0x04B0


def executables() -> list[dict[str, Any]]:
    """Return what PyInstaller's EXE is told of each executable on this system, beside its contents."""
    if sys.platform == "win32":
        return [
            _windows(WINDOW, TITLE, console=False),
            _windows(COMMAND, f"{TITLE}, commands", console=True),
        ]
    if sys.platform == "darwin":
        return [
            {
                "name": COMMAND,
                "console": False,  # a bundle with a console would be hidden from the Dock; commands print all the same
                "icon": str(_ICONS / "macos" / "application.icns"),
                "codesign_identity": os.environ.get("CODESIGN_IDENTITY") or None,
                "entitlements_file": str(ROOT / "packaging" / "macos" / "entitlements.plist"),
            }
        ]
    return [{"name": COMMAND, "console": True}]


def four_numbers(release: str) -> tuple[int, int, int, int]:
    """Write a version as Windows counts: 1.2.3 is 1, 2, 3, 0; what follows a number's digits (rc1) is left out."""
    leading = [part[: len(part) - len(part.lstrip("0123456789"))] for part in release.split(".")]
    numbers = [int(digits) for digits in leading if digits]
    major, minor, patch, build = (*numbers, 0, 0, 0, 0)[:4]
    return major, minor, patch, build


def _windows(name: str, description: str, console: bool) -> dict[str, Any]:
    icon = str(_ICONS / "windows" / "application.ico")
    return {"name": name, "console": console, "icon": icon, "version": version_info(name, description)}


def version_info(name: str, description: str) -> object:
    """Return what Windows shows as the file's details."""
    from PyInstaller.utils.win32.versioninfo import (  # it needs a library that is installed on Windows only
        FixedFileInfo,
        StringFileInfo,
        StringStruct,
        StringTable,
        VarFileInfo,
        VarStruct,
        VSVersionInfo,
    )

    numbers = four_numbers(version())
    texts = {
        "CompanyName": TITLE,
        "FileDescription": description,
        "FileVersion": version(),
        "InternalName": name,
        "LegalCopyright": "Apache License 2.0",
        "OriginalFilename": f"{name}.exe",
        "ProductName": TITLE,
        "ProductVersion": version(),
    }
    strings = StringTable(f"{_ENGLISH:04X}{_UNICODE:04X}", [StringStruct(key, text) for key, text in texts.items()])
    return VSVersionInfo(
        ffi=FixedFileInfo(filevers=numbers, prodvers=numbers),
        kids=[StringFileInfo([strings]), VarFileInfo([VarStruct("Translation", [_ENGLISH, _UNICODE])])],
    )
