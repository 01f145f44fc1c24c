"""What docs/file-format.md tells a stranger to run works, and finds what was altered."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tally_app.storage import TallyFile
from tally_app.storage.schema import APPLICATION_ID, TABLES, TRAINING_ID, VERSION
from tests.storage.making import forge, make, make_recorded
from tests.storage.test_versions import Kept, every_kept_file, overwrite, right_mark, taken

DOCUMENT = (Path(__file__).parents[2] / "docs" / "file-format.md").read_text(encoding="utf-8")


def run_snippet(path: Path) -> subprocess.CompletedProcess[str]:
    found = re.search(r"```python\n(.*?)```", DOCUMENT, re.DOTALL)
    assert found
    return subprocess.run([sys.executable, "-c", found[1], str(path)], capture_output=True, text=True, check=False)


def test_the_snippet_finds_a_good_file_good(tmp_path: Path):
    path = make_recorded(tmp_path)
    with TallyFile.open(path) as file:
        head = file.head
    result = run_snippet(path)
    assert result.returncode == 0, result.stderr
    assert result.stdout == f"11 events, all whole; last hash {head.hash}\n"


@every_kept_file
def test_the_snippet_finds_a_good_file_of_each_version_good(tmp_path: Path, kept: Kept):
    result = run_snippet(taken(kept, tmp_path))
    assert result.returncode == 0, result.stderr
    assert result.stdout.endswith(f"events, all whole; last hash {kept.last_hash}\n")


@pytest.mark.parametrize("training", [True, False])
def test_the_snippet_finds_a_wrong_mark(tmp_path: Path, training: bool):
    path = make(tmp_path, training=training)
    overwrite(path, 68, right_mark(not training))
    result = run_snippet(path)
    assert result.returncode != 0
    assert "its first bytes say what event 1 does not" in result.stderr


@pytest.mark.parametrize(
    ("statement", "complaint"),
    [
        ("UPDATE journal SET operator = 'Nobody' WHERE seq = 3", "event 3 was altered"),
        ("DELETE FROM journal WHERE seq = 11", "events are missing at the end"),
        ("UPDATE definition SET pack = pack || ' '", "the definition was altered"),
        ("UPDATE stated SET value = '8.1'", "stated figures were altered"),
        ("UPDATE records SET value = replace(value, 'true', '1')", "records were altered"),
        ("UPDATE records SET kind = 'lots' WHERE kind = 'lot'", "records were altered"),
        ("DELETE FROM records WHERE kind = 'lot'", "records were altered"),
        ("INSERT INTO records VALUES ('lot', 'r2', '{}')", "records were altered"),
        ('UPDATE current SET figures = zeroblob(32) WHERE "row" = 1', "('r0', 'u1') cast was altered"),
    ],
)
def test_the_snippet_finds_what_was_altered(tmp_path: Path, statement: str, complaint: str):
    path = make_recorded(tmp_path)
    forge(path, statement)
    result = run_snippet(path)
    assert result.returncode != 0
    assert complaint in result.stderr


def test_the_document_names_the_tables_and_marks_that_are():
    for name in TABLES:
        assert f"| `{name}` |" in DOCUMENT
    for mark in (APPLICATION_ID, TRAINING_ID):
        assert f"`0x{mark:X}` (`{mark.to_bytes(4, 'big').decode()}`)" in DOCUMENT
    assert f"format version {VERSION}\n" in DOCUMENT
