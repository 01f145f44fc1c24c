"""A desktop tells a real count from practice by the file, whatever its name, and offers to open either."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.storage.making import make

LINUX = Path(__file__).parents[2] / "packaging" / "linux"
ENTRY = LINUX / "election-tally.desktop"
TYPES = LINUX / "election-tally.xml"
LIVE, TRAINING = "application/vnd.election-tally", "application/vnd.election-tally.training"
NAMES = ("count.tally", "count.tally-training", "count", "count of 25.02", "count.tally.2024")
"""None that another type claims: a desktop asks some names and nothing else (``count.pdf``)."""
ENTRY_OF_SYSTEM_TYPES = Path("/usr/share/mime/packages/freedesktop.org.xml")

Ask = Callable[[Path], str]


def run(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, (command, done.stdout, done.stderr)
    return done.stdout


def needs(*programs: str) -> pytest.MarkDecorator:
    missing = [program for program in programs if shutil.which(program) is None]
    return pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}")


@pytest.fixture
def desktop(home: Path) -> Path:
    """A user's own data folder in which the two files are installed as the package installs them."""
    folder = Path(os.environ["XDG_DATA_HOME"])
    assert folder.is_relative_to(home)
    (folder / "mime" / "packages").mkdir(parents=True)
    (folder / "applications").mkdir()
    shutil.copy(TYPES, folder / "mime" / "packages")
    shutil.copy(ENTRY, folder / "applications")
    run("update-mime-database", folder / "mime")
    return folder


def told_by_xdg_mime(path: Path) -> str:
    return run("xdg-mime", "query", "filetype", path).strip()


def told_by_gio(path: Path) -> str:
    found = re.search(r"standard::content-type: (\S+)", run("gio", "info", "-a", "standard::content-type", path))
    assert found
    return found[1]


@needs("desktop-file-validate")
def test_the_desktop_entry_is_valid():
    assert run("desktop-file-validate", ENTRY) == ""


@needs("update-mime-database")
def test_the_types_are_valid(desktop: Path):
    assert run("update-mime-database", "-V", desktop / "mime").count("rror") == 0
    assert (desktop / "mime" / f"{LIVE}.xml").exists()
    assert (desktop / "mime" / f"{TRAINING}.xml").exists()


@pytest.mark.skipif(not ENTRY_OF_SYSTEM_TYPES.exists(), reason="no shared MIME types are installed")
@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(told_by_xdg_mime, marks=needs("update-mime-database", "xdg-mime", "mimetype")),
        pytest.param(told_by_gio, marks=needs("update-mime-database", "gio")),
    ],
)
@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.usefixtures("desktop")
def test_a_file_is_told_by_its_first_bytes(tmp_path: Path, name: str, training: bool, ask: Ask):
    assert ask(make(tmp_path, name=name, training=training)) == (TRAINING if training else LIVE)


@needs("update-mime-database", "gio")
@pytest.mark.usefixtures("desktop")
def test_another_database_of_that_name_is_none_of_ours(tmp_path: Path):
    other = tmp_path / "other"
    other.write_bytes(make(tmp_path).read_bytes().replace(b"TALY", b"NONE", 1))
    assert told_by_gio(other) == "application/vnd.sqlite3"


@needs("update-mime-database", "update-desktop-database", "gio")
@pytest.mark.parametrize("kind", [LIVE, TRAINING])
def test_both_kinds_are_opened_by_the_program(
    desktop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
):
    program = tmp_path / "tally-app"  # GIO lists no program that is not there
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    run("update-desktop-database", desktop / "applications")
    assert "election-tally.desktop" in run("gio", "mime", kind)


def test_the_entry_says_what_the_window_says():
    """By these a desktop knows that the window it sees is the one it started."""
    entry = dict(line.split("=", 1) for line in ENTRY.read_text(encoding="utf-8").splitlines() if "=" in line)
    app = (Path(__file__).parents[2] / "tally_app" / "ui" / "app.py").read_text(encoding="utf-8")
    assert f'setApplicationName("{entry["StartupWMClass"]}")' in app
    assert f'setDesktopFileName("{ENTRY.stem}")' in app
    assert entry["Exec"] == "tally-app %f"
    assert entry["MimeType"] == f"{LIVE};{TRAINING};"
