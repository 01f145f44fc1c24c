"""The start script of the portable archive, with a program of a few lines in the program's place."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from release.sums import write_folder_sums

SCRIPT = Path(__file__).parents[2] / "packaging" / "linux" / "start-election-tally.sh"
PROGRAM = (
    '#!/bin/sh\necho "$0"\nfor word in "$@"; do echo "<$word>"; done\ncat "$(dirname "$0")/_internal/data"\nexit 3\n'
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the archive is for Linux")


@pytest.fixture
def stick(tmp_path):
    """An unpacked archive, in a folder with a name that people give."""
    folder = tmp_path / "my stick" / "election tally"
    (folder / "program" / "_internal").mkdir(parents=True)
    (folder / "program" / "tally-app").write_text(PROGRAM, encoding="utf-8")
    (folder / "program" / "tally-app").chmod(0o755)
    (folder / "program" / "_internal" / "data").write_text("data\n", encoding="utf-8")
    shutil.copy(SCRIPT, folder)
    write_folder_sums(folder)
    return folder


@pytest.fixture
def start(stick, tmp_path):
    (tmp_path / "tmp").mkdir()

    def started(*words):
        command = ("sh", str(stick / SCRIPT.name), *words)
        environment = os.environ | {"TMPDIR": str(tmp_path / "tmp")}
        return subprocess.run(command, cwd="/", env=environment, capture_output=True, text=True, check=False)

    return started


def test_it_starts_the_program_where_it_lies(stick, start):
    done = start("a file.tally", "--json")
    assert (done.returncode, done.stderr) == (3, "")
    assert done.stdout == f"{stick}/program/tally-app\n<a file.tally>\n<--json>\ndata\n"


def test_on_a_stick_that_knows_no_programs_a_copy_is_started_and_removed(stick, start, tmp_path):
    for path in stick.rglob("*"):
        if path.is_file():
            path.chmod(0o444)
    done = start("a file.tally")
    place, *rest = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (3, "")
    assert place.startswith(f"{tmp_path}/tmp/election-tally.")
    assert rest == ["<a file.tally>", "data"]
    assert list((tmp_path / "tmp").iterdir()) == []


def test_files_are_compared_with_their_sums(stick, start):
    assert start("--check-files").stdout == "Every file is as it was made.\n"
    (stick / "program" / "_internal" / "data").write_text("other\n", encoding="utf-8")
    done = start("--check-files")
    assert done.returncode == 1
    assert "program/_internal/data: FAILED" in done.stdout
