"""A file of an imagined version 0, in which stated figures had a table of another name."""

import sqlite3
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection

import pytest

from tally_app.storage import TallyFile
from tally_app.storage.errors import OlderVersion, TamperedFile
from tally_app.storage.migrations import Migration
from tally_app.storage.schema import SCHEMA
from tests.storage.making import STAMP, fingerprint, make_typical, one_stated

OLD_STATED = SCHEMA["stated"].replace("CREATE TABLE stated", "CREATE TABLE printed")
OLD_SCHEMA = {name: sql for name, sql in SCHEMA.items() if name != "stated"} | {"printed": OLD_STATED}


def from_version_0(connection: Connection) -> None:
    connection.execute(SCHEMA["stated"])
    connection.execute("INSERT INTO stated SELECT * FROM printed")
    connection.execute("DROP TABLE printed")


MIGRATIONS = {0: Migration(OLD_SCHEMA, from_version_0)}


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    path = make_typical(tmp_path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(OLD_STATED)
        connection.execute("INSERT INTO printed SELECT * FROM stated")
        connection.execute("DROP TABLE stated")
        connection.execute("PRAGMA user_version = 0")
    return path


def test_an_older_file_is_brought_up_to_date_and_kept_as_it_was(old_file: Path):
    with TallyFile.open(old_file, migrations=MIGRATIONS) as file:
        assert list(file.stated().values()) == ["8.10"]
        assert file.verify().ok
        file.append("figures", one_stated("8.10", "8.11"), STAMP)
    copy = old_file.with_name("count.version-0.tally")
    assert sorted(old_file.parent.iterdir()) == [old_file, copy]
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT value FROM printed").fetchall() == [("8.10",)]
        assert connection.execute("PRAGMA user_version").fetchone() == (0,)
    with TallyFile.open(old_file) as file:
        assert list(file.stated().values()) == ["8.11"]


def test_an_earlier_copy_is_not_overwritten(old_file: Path):
    earlier = old_file.with_name("count.version-0.tally")
    earlier.write_bytes(b"kept")
    TallyFile.open(old_file, migrations=MIGRATIONS).close()
    assert earlier.read_bytes() == b"kept"
    assert old_file.with_name("count.version-0-1.tally").exists()


def test_the_copy_does_not_take_a_name_beside_which_entries_of_a_lost_file_lie(old_file: Path):
    old_file.with_name("count.version-0.tally-wal").write_bytes(b"entries")
    TallyFile.open(old_file, migrations=MIGRATIONS).close()
    assert not old_file.with_name("count.version-0.tally").exists()
    assert old_file.with_name("count.version-0-1.tally").exists()


@pytest.mark.parametrize("read_only", [False, True])
def test_without_a_way_it_is_left_alone(old_file: Path, read_only: bool):
    before = fingerprint(old_file.parent)
    with pytest.raises(OlderVersion):
        TallyFile.open(old_file, read_only=read_only)
    assert fingerprint(old_file.parent) == before


def test_reading_does_not_migrate(old_file: Path):
    before = fingerprint(old_file.parent)
    with pytest.raises(OlderVersion, match="Open it once for writing"):
        TallyFile.open(old_file, read_only=True, migrations=MIGRATIONS)
    assert fingerprint(old_file.parent) == before


def test_a_migration_that_fails_halfway_changes_nothing(old_file: Path):
    def fails(connection: Connection) -> None:
        from_version_0(connection)
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        TallyFile.open(old_file, migrations={0: Migration(OLD_SCHEMA, fails)})
    with TallyFile.open(old_file, migrations=MIGRATIONS) as file:
        assert file.verify().ok


def test_a_migration_that_makes_another_schema_changes_nothing(old_file: Path):
    with pytest.raises(TamperedFile):
        TallyFile.open(old_file, migrations={0: Migration(OLD_SCHEMA, lambda _: None)})
    with TallyFile.open(old_file, migrations=MIGRATIONS) as file:
        assert file.verify().ok


def test_a_tampered_older_file_is_not_migrated(old_file: Path):
    with closing(sqlite3.connect(old_file)) as connection:
        connection.execute("CREATE VIEW spy AS SELECT 1")
    before = fingerprint(old_file.parent)
    with pytest.raises(TamperedFile, match="spy"):
        TallyFile.open(old_file, migrations=MIGRATIONS)
    assert fingerprint(old_file.parent) == before
