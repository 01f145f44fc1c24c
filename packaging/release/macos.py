"""``python -m release.macos``: everything that people on macOS receive, into dist/. Runs on macOS.

Where CODESIGN_IDENTITY names a certificate, what is built is signed with it for the hardened runtime; where
NOTARY_PROFILE names a profile of notarytool's, Apple notarizes it and its ticket is stapled on, so that a Mac without
network opens it (docs/signing.md). Else it is signed ad hoc: that runs, but a Mac asks before it is opened.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from release import application
from release.files import empty_folder, write
from release.papers import BILL, FOLDER, all_in_one
from release.project import ROOT, TITLE, macos_name, source_date, version
from release.sums import write_package_sums

IDENTIFIER = "local.election-tally"
"""Of the application; the file types' begin with it. It stays: what opens a file is kept under it."""
_MACOS = ROOT / "packaging" / "macos"
_ICONS = ROOT / "packaging" / "icons" / "macos"
OLDEST = "13.0"
"""The macOS that Qt asks for."""
# (kind, its name, the ending of file names, its type on the internet)
_KINDS = (
    ("tally", "Vote tally", "tally", "application/vnd.election-tally"),
    ("training", "Training tally", "tally-training", "application/vnd.election-tally.training"),
)


def main(work: Path = ROOT / "build" / "package", target: Path = ROOT / "dist") -> int:
    """Build it all anew."""
    date = source_date()
    empty_folder(work)
    empty_folder(target)
    folder = application.build(work, date)
    papers = folder / "_internal" / FOLDER
    _notarize_application(work / f"{TITLE}.app", work)
    image = _image(work / f"{TITLE}.app", papers, work, target)
    _sign_image(image)
    shutil.copyfile(papers / BILL, target / f"{macos_name()}.cdx.json")
    write_package_sums(target)
    return 0


def info_plist() -> dict[str, Any]:
    """Return what the bundle's Info.plist says beyond what PyInstaller writes: versions, and the two types of files."""
    return {
        "CFBundleVersion": version(),
        "CFBundleDevelopmentRegion": "en",
        "LSApplicationCategoryType": "public.app-category.business",
        "LSMinimumSystemVersion": OLDEST,
        "NSHumanReadableCopyright": "Apache License 2.0",
        "CFBundleDocumentTypes": [_document_type(kind, name) for kind, name, _, _ in _KINDS],
        "UTExportedTypeDeclarations": [_exported_type(*kind) for kind in _KINDS],
    }


def icons() -> list[tuple[str, str, str]]:
    """List the icons of the file types as PyInstaller lists what it collects."""
    return [(f"{kind}.icns", str(_ICONS / f"{kind}.icns"), "DATA") for kind, *_ in _KINDS]


def _document_type(kind: str, name: str) -> dict[str, Any]:
    return {
        "CFBundleTypeName": name,
        "CFBundleTypeRole": "Editor",
        "CFBundleTypeIconFile": f"{kind}.icns",
        "LSHandlerRank": "Owner",
        "LSItemContentTypes": [f"{IDENTIFIER}.{kind}"],
    }


def _exported_type(kind: str, name: str, ending: str, media_type: str) -> dict[str, Any]:
    return {
        "UTTypeIdentifier": f"{IDENTIFIER}.{kind}",
        "UTTypeDescription": name,
        "UTTypeConformsTo": ["public.database", "public.data"],
        "UTTypeIconFile": f"{kind}.icns",
        "UTTypeTagSpecification": {"public.filename-extension": [ending], "public.mime-type": [media_type]},
    }


def _image(app: Path, papers: Path, work: Path, target: Path) -> Path:
    """Make the disk image: the application beside a link to where it goes."""
    staging = empty_folder(work / "image")
    shutil.copytree(app, staging / app.name, symlinks=True)
    (staging / "Applications").symlink_to("/Applications")
    write(staging / "README.txt", (_MACOS / "README.txt").read_text(encoding="utf-8").format(version=version()))
    write(staging / "LICENCES.txt", all_in_one(papers))
    image = target / f"{macos_name()}.dmg"
    _run(
        "hdiutil", "create", "-quiet", "-volname", TITLE, "-srcfolder", staging, "-fs", "HFS+", "-format", "UDZO", image
    )
    return image


def _notarize_application(app: Path, work: Path) -> None:
    """Staple Apple's ticket onto the application itself: it goes where the application is copied."""
    if os.environ.get("NOTARY_PROFILE"):
        _run("ditto", "-c", "-k", "--keepParent", app, work / "notarize.zip")
        _notarize(work / "notarize.zip")
        _run("xcrun", "stapler", "staple", app)


def _sign_image(image: Path) -> None:
    if identity := os.environ.get("CODESIGN_IDENTITY"):
        _run("codesign", "--sign", identity, "--timestamp", image)
    if os.environ.get("NOTARY_PROFILE"):
        _notarize(image)
        _run("xcrun", "stapler", "staple", image)


def _notarize(file: Path) -> None:
    _run("xcrun", "notarytool", "submit", file, "--keychain-profile", os.environ["NOTARY_PROFILE"], "--wait")


def _run(*command: str | Path) -> None:
    subprocess.run(command, check=True)


if __name__ == "__main__":
    sys.exit(main())
