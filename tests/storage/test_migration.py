"""A file that the program of version 1 made (tests/data/tally-v1.md) is read as it is, and brought up to date to write.

Where a way through several versions is meant, there is an imagined version 0, which lacked a trigger.
"""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection

import pytest

from tally_app.count.figures import FigureKey
from tally_app.storage import TallyFile, verify_file
from tally_app.storage.errors import OlderVersion, ReadOnlyFile, TamperedFile
from tally_app.storage.migrations import MIGRATIONS
from tally_app.storage.schema import SCHEMA, SCHEMAS, VERSION
from tests.storage.making import DRAWN, STAMP, fingerprint, forge, one_record

DATA = Path(__file__).parents[1] / "data"
LAST_HASH = "56c329eec01ddda403e2c8825105a37117c9faa78e9bb01edd340b0996b6eb33"
VALUES = [[700, 640, 201, 430, 9], [600, 564, 264, 300, 0], [900, -1, -1, -1, -1]]
STATED = {FigureKey("table-1", "cast", "r0"): "1204"}

SCHEMA_0 = {name: sql for name, sql in SCHEMAS[1].items() if name != "definition_once"}


def from_version_0(connection: Connection) -> None:
    connection.execute(SCHEMA["definition_once"])


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    return shutil.copyfile(DATA / "tally-v1.tally", tmp_path / "count.tally")


@pytest.fixture
def file_of_version_0(old_file: Path) -> Path:
    with closing(sqlite3.connect(old_file, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER definition_once")
        connection.execute("PRAGMA user_version = 0")
    return old_file


def version_of(path: Path) -> int:
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def expect_everything(file: TallyFile) -> None:
    assert file.values().tolist() == VALUES
    assert file.stated() == STATED
    assert [event.hash for event in file.events()][5] == LAST_HASH
    assert file.verify().ok


def test_a_file_of_version_1_is_brought_up_to_date_and_kept_as_it_was(old_file: Path):
    before = list_events(old_file)
    with TallyFile.open(old_file) as file:
        expect_everything(file)
        assert list(file.events()) == before
        assert file.head == (6, LAST_HASH)
        assert file.records("lot") == {}
        file.append("lot", one_record("r1", None, DRAWN), STAMP)
    copy = old_file.with_name("count.version-1.tally")
    assert sorted(old_file.parent.iterdir()) == [old_file, copy]
    assert (version_of(old_file), version_of(copy)) == (VERSION, 1)
    assert list_events(copy) == before
    with TallyFile.open(old_file) as file:
        expect_everything(file)
        assert file.records("lot") == {"r1": DRAWN}
        assert file.verify().events == 7
    assert sorted(old_file.parent.iterdir()) == [old_file, copy], "the second opening has nothing to convert"


def list_events(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as connection:
        return connection.execute("SELECT * FROM journal ORDER BY seq").fetchall()


def test_a_file_of_version_1_is_read_as_it_is(old_file: Path):
    before = fingerprint(old_file.parent)
    with TallyFile.open(old_file, read_only=True) as file:
        expect_everything(file)
        assert file.fully_checked
        assert file.records("lot") == {}
        with pytest.raises(ReadOnlyFile):
            file.append("lot", one_record("r1", None, DRAWN), STAMP)
    assert verify_file(old_file).ok
    assert fingerprint(old_file.parent) == before


def test_a_copy_of_a_file_of_version_1_is_of_version_1(old_file: Path, tmp_path: Path):
    with TallyFile.open(old_file, read_only=True) as file:
        file.save_copy(tmp_path / "copy.tally")
    assert version_of(tmp_path / "copy.tally") == 1
    with TallyFile.open(tmp_path / "copy.tally", read_only=True) as copy:
        expect_everything(copy)


def test_a_reader_goes_on_while_the_file_is_brought_up_to_date(old_file: Path):
    with TallyFile.open(old_file, read_only=True) as reader:
        with TallyFile.open(old_file) as writer:
            writer.append("lot", one_record("r1", None, DRAWN), STAMP)
            assert reader.records("lot") == {"r1": DRAWN}
            assert [event.kind for event in reader.events(6)] == ["lot"]
            assert reader.verify().ok
        expect_everything(reader)


@pytest.mark.parametrize(
    ("statement", "event"),
    [
        ("UPDATE journal SET operator = 'Nobody' WHERE seq = 3", 3),
        ('UPDATE current SET figures = zeroblob(40) WHERE "row" = 2', 2),
        ("CREATE VIEW spy AS SELECT 1", None),
        (SCHEMA["records"], None),
    ],
)
def test_an_older_file_that_is_not_whole_is_left_alone(old_file: Path, statement: str, event: int | None):
    forge(old_file, statement)
    before = fingerprint(old_file.parent)
    for read_only in (False, True):
        with pytest.raises(TamperedFile) as caught:
            TallyFile.open(old_file, read_only=read_only)
        assert caught.value.problem.event == event
    assert not verify_file(old_file).ok
    assert fingerprint(old_file.parent) == before


def test_a_record_in_a_file_of_version_1_is_found(old_file: Path):
    """Version 1 has no table for it: whoever put a new file's mark back cannot hide what was recorded."""
    with TallyFile.open(old_file) as file:
        file.append("lot", one_record("r1", None, DRAWN), STAMP)
    forge(old_file, "DROP TABLE records", "PRAGMA user_version = 1")
    problem = verify_file(old_file).problem
    assert problem is not None
    assert (problem.event, problem.kind) == (7, "current")


def test_an_earlier_copy_is_not_overwritten(old_file: Path):
    earlier = old_file.with_name("count.version-1.tally")
    earlier.write_bytes(b"kept")
    TallyFile.open(old_file).close()
    assert earlier.read_bytes() == b"kept"
    assert old_file.with_name("count.version-1-1.tally").exists()


def test_the_copy_does_not_take_a_name_beside_which_entries_of_a_lost_file_lie(old_file: Path):
    old_file.with_name("count.version-1.tally-wal").write_bytes(b"entries")
    TallyFile.open(old_file).close()
    assert not old_file.with_name("count.version-1.tally").exists()
    assert old_file.with_name("count.version-1-1.tally").exists()


@pytest.mark.parametrize("read_only", [False, True])
def test_a_version_that_is_no_longer_known_is_left_alone(file_of_version_0: Path, read_only: bool):
    before = fingerprint(file_of_version_0.parent)
    with pytest.raises(OlderVersion, match="no longer knows"):
        TallyFile.open(file_of_version_0, read_only=read_only)
    assert fingerprint(file_of_version_0.parent) == before


def test_without_a_way_it_is_left_alone(old_file: Path):
    before = fingerprint(old_file.parent)
    with pytest.raises(OlderVersion):
        TallyFile.open(old_file, migrations={})
    assert fingerprint(old_file.parent) == before


def test_several_versions_are_one_way(file_of_version_0: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(SCHEMAS, 0, SCHEMA_0)
    with TallyFile.open(file_of_version_0, migrations={0: from_version_0} | dict(MIGRATIONS)) as file:
        expect_everything(file)
    assert version_of(file_of_version_0) == VERSION


def test_a_migration_that_fails_halfway_changes_nothing(old_file: Path):
    def fails(connection: Connection) -> None:
        MIGRATIONS[1](connection)
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        TallyFile.open(old_file, migrations=dict(MIGRATIONS) | {1: fails})
    assert version_of(old_file) == 1
    with TallyFile.open(old_file) as file:
        expect_everything(file)


KILLED = """
import os, signal, sys
from pathlib import Path
from tally_app.storage import TallyFile
from tally_app.storage.migrations import MIGRATIONS

def dies(connection):
    MIGRATIONS[1](connection)
    connection.execute("PRAGMA user_version = 2")
    os.kill(os.getpid(), signal.SIGKILL)

TallyFile.open(Path(sys.argv[1]), migrations=dict(MIGRATIONS) | {1: dies})
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9")
def test_a_program_killed_while_migrating_leaves_the_file_as_it_was(old_file: Path):
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    killed = subprocess.run([sys.executable, "-c", KILLED, str(old_file)], env=environment, check=False)
    assert killed.returncode == -signal.SIGKILL
    with TallyFile.open(old_file, read_only=True) as file:
        expect_everything(file)
        assert file.records("lot") == {}
    assert verify_file(old_file).ok
    with TallyFile.open(old_file) as file:
        expect_everything(file)
        file.append("lot", one_record("r1", None, DRAWN), STAMP)
    assert version_of(old_file) == VERSION


@pytest.mark.parametrize("statement", ["SELECT 1", f"{SCHEMA['records']}; DELETE FROM stated"])
def test_a_migration_that_makes_something_else_changes_nothing(old_file: Path, statement: str):
    def wrong(connection: Connection) -> None:
        for part in statement.split("; "):
            connection.execute(part)

    with pytest.raises(TamperedFile):
        TallyFile.open(old_file, migrations=dict(MIGRATIONS) | {1: wrong})
    assert version_of(old_file) == 1
    with TallyFile.open(old_file) as file:
        expect_everything(file)
