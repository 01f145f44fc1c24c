"""A file of each format version, as people have them (tests/data/tally-v*.md): it opens, and says what it is."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from tally_app.document.opening import open_document
from tally_app.storage import TallyFile, verify_file
from tally_app.storage.errors import NewerVersion, TamperedFile
from tally_app.storage.schema import SCHEMAS, VERSION
from tally_app.storage.training import is_training
from tests.storage.making import STAMP, fingerprint, make, make_recorded, one_cell

DATA = Path(__file__).parents[1] / "data"


class Kept(NamedTuple):
    """A file that is kept of a version."""

    name: str
    version: int
    training: bool
    last_hash: str


KEPT = [
    Kept("tally-v1", 1, False, "56c329eec01ddda403e2c8825105a37117c9faa78e9bb01edd340b0996b6eb33"),
    Kept("tally-v2-live", 2, False, "1cfc43cf277062ec8b568927500095a578cf0098b841b22de48b4cc277e70df5"),
    Kept("tally-v2-training", 2, True, "8b85b0d474cc80b70cd9a21c1db7363b4ab01ff40155afd5b78a7d6f193039e5"),
    Kept("tally-v3-live", 3, False, "fdf4bd359d5e2a3c7ad7d2c9dacec794c13428888063891ed1463f56517acc5e"),
    Kept("tally-v3-training", 3, True, "29de3a8e3e51bdaacd67b3583b46748ec79e80e0a1aeff6e352342fcfbf23b02"),
]
every_kept_file = pytest.mark.parametrize("kept", KEPT, ids=[kept.name for kept in KEPT])


def taken(kept: Kept, folder: Path) -> Path:
    return shutil.copyfile(DATA / f"{kept.name}.tally", folder / "count.tally")


def first_bytes(path: Path) -> tuple[int, bytes]:
    """The format version and the mark, as a desktop reads them."""
    content = path.read_bytes()[:100]
    return int.from_bytes(content[60:64], "big"), content[68:72]


def right_mark(training: bool) -> bytes:
    return b"TALT" if training else b"TALY"


def overwrite(path: Path, offset: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(content)


def test_a_file_of_every_version_is_kept():
    assert {kept.version for kept in KEPT} == set(SCHEMAS) == set(range(1, VERSION + 1))
    assert {kept.training for kept in KEPT if kept.version == VERSION} == {True, False}
    assert sorted(f"{kept.name}.tally" for kept in KEPT) == sorted(path.name for path in DATA.glob("*.tally"))


@every_kept_file
def test_it_opens_for_reading_as_it_is(tmp_path: Path, kept: Kept):
    path = taken(kept, tmp_path)
    before = fingerprint(tmp_path)
    with TallyFile.open(path, read_only=True) as file:
        assert (file.head.hash, file.training) == (kept.last_hash, kept.training)
        assert file.verify().ok
    assert is_training(path) is kept.training
    assert first_bytes(path)[0] == kept.version
    assert fingerprint(tmp_path) == before


@every_kept_file
def test_it_opens_for_writing_and_is_of_this_version_from_then_on(tmp_path: Path, kept: Kept):
    path = taken(kept, tmp_path)
    before = first_bytes(path)
    document = open_document(path, operator="Dara", clock=lambda: STAMP.time, origin="test")
    assert (document.head.hash, document.training) == (kept.last_hash, kept.training)
    document.close()
    with TallyFile.open(path) as file:
        file.append("figures", one_cell("r1", "u0", "FUN", None, 3), STAMP)
        assert file.verify().ok
    assert first_bytes(path) == (VERSION, right_mark(kept.training))
    others = [each for each in tmp_path.iterdir() if each != path]
    assert [other.name for other in others] == (
        [f"count.version-{kept.version}.tally"] if kept.version < VERSION else []
    )
    for other in others:
        assert first_bytes(other) == before
        assert verify_file(other).ok


@pytest.mark.parametrize("training", [True, False])
def test_a_new_file_and_its_copies_are_marked(tmp_path: Path, training: bool):
    path = make(tmp_path, training=training)
    assert first_bytes(path) == (VERSION, right_mark(training))
    with TallyFile.open(path) as file:
        file.append("figures", one_cell("r1", "u0", "FUN", None, 3), STAMP)
        assert first_bytes(path) == (VERSION, right_mark(training)), "also while somebody writes"
        file.save_copy(tmp_path / "copy.tally")
    assert first_bytes(tmp_path / "copy.tally") == (VERSION, right_mark(training))


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("long", [True, False])
def test_practice_that_is_marked_as_a_count_is_found_and_the_other_way_round(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, training: bool, long: bool
):
    if long:
        monkeypatch.setattr("tally_app.storage.verification.FOLD_BUDGET", 0)
        monkeypatch.setattr("tally_app.storage.verification.CHAIN_BUDGET", 0)
    path = make(tmp_path, training=training)
    overwrite(path, 68, right_mark(not training))
    before = fingerprint(tmp_path)
    marked, made = ("a real count", "practice") if training else ("practice", "a real count")
    for read_only in (True, False):
        with pytest.raises(TamperedFile, match=f"mark it as {marked}, but by event 1 it is {made}"):
            TallyFile.open(path, read_only=read_only)
    verification = verify_file(path)
    assert not verification.ok
    assert verification.problem is not None
    assert (verification.events, verification.problem.kind, verification.problem.event) == (1, "schema", None)
    assert is_training(path) is training
    assert fingerprint(tmp_path) == before


def test_an_altered_first_event_is_named_before_the_mark(tmp_path: Path):
    """Whoever changes both is found by the chain."""
    path = make(tmp_path, training=True)
    with closing(sqlite3.connect(path)) as database:
        database.execute("DROP TRIGGER journal_no_update")
        (sql,) = [sql for name, sql in SCHEMAS[VERSION].items() if name == "journal_no_update"]
        database.execute("UPDATE journal SET payload = replace(payload, 'true', 'false')")
        database.execute(sql)
        database.execute(f"PRAGMA application_id = {int.from_bytes(right_mark(False), 'big')}")
        database.commit()
    problem = verify_file(path).problem
    assert problem is not None
    assert (problem.kind, problem.event) == ("chain", 1)


def test_before_version_3_there_was_no_mark_of_practice(tmp_path: Path):
    path = taken(KEPT[2], tmp_path)
    overwrite(path, 68, b"TALT")
    problem = verify_file(path).problem
    assert problem is not None
    assert "its marks are 0x54414c54, 2" in problem.text


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize("training", [False, True])
def test_a_newer_file_is_refused_with_what_to_do_and_left_alone(tmp_path: Path, training: bool, read_only: bool):
    path = make_recorded(tmp_path) if not training else make(tmp_path, training=True)
    overwrite(path, 60, (VERSION + 4).to_bytes(4, "big"))
    before = fingerprint(tmp_path)
    with pytest.raises(NewerVersion) as caught:
        TallyFile.open(path, read_only=read_only)
    assert (caught.value.found, caught.value.known) == (VERSION + 4, VERSION)
    for words in (str(path), f"format version {VERSION + 4}", "Nothing was changed", "Install the newer program"):
        assert words in str(caught.value)
    assert fingerprint(tmp_path) == before
