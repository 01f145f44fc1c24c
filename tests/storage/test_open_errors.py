"""What a file can be when it is opened, other than good: a typed error that says so, and the bytes as they were."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tally_app.storage import StorageError, TallyFile, Verification, verify_file
from tally_app.storage.errors import (
    DamagedFile,
    DiskFull,
    FileVanished,
    NewerVersion,
    NotATallyFile,
    OlderVersion,
    ReadOnlyFile,
    TamperedFile,
    UnclosedFile,
)
from tally_app.storage.events import Block, Figures
from tally_app.storage.schema import TRIGGERS, VERSION
from tests.storage.holding import held
from tests.storage.making import STAMP, fingerprint, forge, make, make_typical, one_cell, one_stated, pack_json

NOBODY = 65534


def empty(path: Path) -> None:
    path.write_bytes(b"")


def text(path: Path) -> None:
    path.write_text("region;unit;cast\n" * 500)


def short(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0")


def somebody_elses(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE journal (seq)")


def other_application(path: Path) -> None:
    run(path, "PRAGMA application_id = 252006673")


def newer(path: Path) -> None:
    run(path, f"PRAGMA user_version = {VERSION + 1}")


def older(path: Path) -> None:
    run(path, "PRAGMA user_version = 0")


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 5_000)


def cut_to_one_page(path: Path) -> None:
    os.truncate(path, 4096)


def overwritten_page(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:8192] = b"\xa5" * 4096
    path.write_bytes(content)


def foreign_trigger(path: Path) -> None:
    run(path, "CREATE TRIGGER spy AFTER INSERT ON journal BEGIN SELECT 1; END")


def foreign_table(path: Path) -> None:
    run(path, "CREATE TABLE notes (text)")


def foreign_index(path: Path) -> None:
    run(path, "CREATE INDEX faster ON journal (kind)")


def view_for_table(path: Path) -> None:
    run(path, "ALTER TABLE current RENAME TO hidden", "CREATE VIEW current AS SELECT * FROM hidden")


def trigger_missing(path: Path) -> None:
    run(path, f"DROP TRIGGER {next(iter(TRIGGERS))}")


def other_definition(path: Path) -> None:
    forge(path, "UPDATE definition SET pack = replace(pack, 'FUN', 'FUM')")


def other_current(path: Path) -> None:
    run(path, 'UPDATE current SET figures = zeroblob(32) WHERE "row" = 1')


def other_stated(path: Path) -> None:
    run(path, "UPDATE stated SET value = '8.1'")


def emptied(path: Path) -> None:
    forge(path, "DELETE FROM journal")


def without_head(path: Path) -> None:
    run(path, "DELETE FROM head")


def without_definition(path: Path) -> None:
    forge(path, "DELETE FROM definition")


def run(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


CASES: list[tuple[Callable[[Path], None], type[StorageError]]] = [
    (empty, NotATallyFile),
    (text, NotATallyFile),
    (short, NotATallyFile),
    (somebody_elses, NotATallyFile),
    (other_application, NotATallyFile),
    (newer, NewerVersion),
    (older, OlderVersion),
    (cut, DamagedFile),
    (cut_to_one_page, DamagedFile),
    (overwritten_page, DamagedFile),
    (foreign_trigger, TamperedFile),
    (foreign_table, TamperedFile),
    (foreign_index, TamperedFile),
    (view_for_table, TamperedFile),
    (trigger_missing, TamperedFile),
    (other_definition, TamperedFile),
    (other_current, TamperedFile),
    (other_stated, TamperedFile),
    (emptied, TamperedFile),
    (without_head, TamperedFile),
    (without_definition, TamperedFile),
]


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize(("spoil", "error"), CASES, ids=[spoil.__name__ for spoil, _ in CASES])
def test_a_file_that_is_not_as_it_should_be(
    tmp_path: Path, spoil: Callable[[Path], None], error: type[StorageError], read_only: bool
):
    path = make_typical(tmp_path)
    spoil(path)
    before = fingerprint(tmp_path)
    with pytest.raises(error) as caught:
        TallyFile.open(path, read_only=read_only)
    assert type(caught.value) is error
    assert caught.value.path == path
    assert str(path) in str(caught.value)
    assert "Nothing was changed." in str(caught.value)
    if issubclass(error, DamagedFile | TamperedFile):
        assert verify_file(path).problem is not None
    assert fingerprint(tmp_path) == before


def test_a_strangers_file_in_use_keeps_its_side_files(tmp_path: Path):
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as stranger:
        stranger.execute("PRAGMA journal_mode = WAL")
        stranger.execute("CREATE TABLE theirs (x)")
        before = fingerprint(tmp_path)
        with pytest.raises(NotATallyFile):
            TallyFile.open(path)
        assert fingerprint(tmp_path) == before | {"other.db-shm": fingerprint(tmp_path)["other.db-shm"]}


def test_a_table_made_by_analyze_is_harmless(tmp_path: Path):
    path = make_typical(tmp_path)
    run(path, "ANALYZE")
    with TallyFile.open(path) as file:
        assert file.verify().ok


def test_no_such_file(tmp_path: Path):
    for read_only in (False, True):
        with pytest.raises(FileVanished, match="no such file"):
            TallyFile.open(tmp_path / "count.tally", read_only=read_only)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_not_a_file(tmp_path: Path):
    with pytest.raises(StorageError):
        TallyFile.open(tmp_path)


@pytest.mark.parametrize("how", ["deleted", "moved", "replaced"])
def test_a_file_that_goes_away_while_open_can_still_be_saved(tmp_path: Path, how: str):
    path = make_typical(tmp_path)
    with TallyFile.open(path) as file:
        file.append("figures", one_stated("8.10", "8.11"), STAMP)
        if how == "deleted":
            path.unlink()
        else:
            path.rename(tmp_path / "elsewhere.tally")
        if how == "replaced":
            shutil.copy(tmp_path / "elsewhere.tally", path)
        with pytest.raises(FileVanished, match="Save a copy") as caught:
            file.append("figures", one_stated("8.11", "8.12"), STAMP)
        assert caught.value.was_open
        file.save_copy(tmp_path / "saved.tally")
    with TallyFile.open(tmp_path / "saved.tally") as saved:
        assert list(saved.stated().values()) == ["8.11"]


@contextmanager
def powerless() -> Iterator[None]:
    """The administrator may write everywhere; be nobody for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder():
    """A folder that everybody can reach."""
    folder = Path(tempfile.mkdtemp(prefix="tally-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions of POSIX")
class TestReadOnly:
    def test_a_file_that_cannot_be_written(self, open_folder: Path):
        path = make_typical(open_folder)
        path.chmod(0o444)
        open_folder.chmod(0o777)
        self._reads_but_does_not_write(path)

    def test_a_folder_that_cannot_be_written(self, open_folder: Path):
        path = make_typical(open_folder)
        path.chmod(0o666)
        open_folder.chmod(0o555)
        self._reads_but_does_not_write(path)

    def test_a_medium_that_cannot_be_written(self, open_folder: Path):
        path = make_typical(open_folder)
        path.chmod(0o444)
        open_folder.chmod(0o555)
        self._reads_but_does_not_write(path)

    def test_an_older_file_that_cannot_be_written_is_read_and_not_copied_in_vain(self, open_folder: Path):
        path = open_folder / "count.tally"
        shutil.copyfile(Path(__file__).parents[1] / "data" / "tally-v1.tally", path)
        path.chmod(0o444)
        open_folder.chmod(0o777)
        before = fingerprint(open_folder)
        with powerless():
            with pytest.raises(ReadOnlyFile):
                TallyFile.open(path)
            with TallyFile.open(path, read_only=True) as file:
                assert file.verify().ok
        assert fingerprint(open_folder) == before

    def test_a_copy_from_a_medium_that_cannot_be_written(self, open_folder: Path):
        path = make_typical(open_folder)
        open_folder.chmod(0o555)
        target = Path(tempfile.mkdtemp(prefix="tally-")) / "copy.tally"
        target.parent.chmod(0o777)
        with powerless(), TallyFile.open(path, read_only=True) as file:
            file.save_copy(target)
        with TallyFile.open(target) as copy:
            assert copy.head.seq == 6
        shutil.rmtree(target.parent)

    def test_a_crashed_file_in_a_folder_that_cannot_be_written(self, open_folder: Path):
        path = crashed(make_typical(open_folder))
        path.chmod(0o444)
        open_folder.chmod(0o555)
        before = fingerprint(open_folder)
        for read_only in (True, False):
            with powerless(), pytest.raises(UnclosedFile, match=r"latest entries lie beside it in count\.tally-wal"):
                TallyFile.open(path, read_only=read_only)
        assert fingerprint(open_folder) == before

    def test_a_file_that_somebody_who_may_write_is_writing(self, open_folder: Path):
        path = make_typical(open_folder)
        with held(path) as writer, powerless(), TallyFile.open(path, read_only=True) as file:
            assert file.head.seq == 6
            assert writer.stdin is not None
            assert writer.stdout is not None
            writer.stdin.write("append\n")
            writer.stdin.flush()
            assert writer.stdout.readline() == "appended\n"
            assert [event.seq for event in file.events(after=6)] == [7]
            assert file.verify().ok

    def test_an_empty_side_file_on_a_medium_that_cannot_be_written(self, open_folder: Path):
        path = make_typical(open_folder)
        (open_folder / "count.tally-wal").touch()
        open_folder.chmod(0o555)
        self._reads_but_does_not_write(path)

    def test_a_new_file_where_nothing_can_be_written(self, open_folder: Path):
        open_folder.chmod(0o555)
        with powerless(), pytest.raises(ReadOnlyFile):
            make(open_folder)
        assert list(open_folder.iterdir()) == []

    def test_a_copy_to_where_nothing_can_be_written(self, open_folder: Path, tmp_path: Path):
        with TallyFile.open(make_typical(tmp_path)) as file:
            open_folder.chmod(0o555)
            with powerless(), pytest.raises(ReadOnlyFile):
                file.save_copy(open_folder / "copy.tally")

    def _reads_but_does_not_write(self, path: Path):
        before = fingerprint(path.parent)
        with powerless():
            with TallyFile.open(path, read_only=True) as file:
                assert file.values()[1, 2] == 871
                assert file.verify().ok
            with pytest.raises(ReadOnlyFile, match="Open it for reading"):
                TallyFile.open(path)
        assert fingerprint(path.parent) == before


def crashed(path: Path) -> Path:
    """Leave the file as a program that dies leaves it: the last event only in the -wal file."""
    kept = path.with_name("kept")
    with TallyFile.open(path) as file:
        file.append("figures", one_stated("8.10", "8.11"), STAMP)
        kept.mkdir()
        for entry in path.parent.glob("count.tally*"):
            shutil.copy(entry, kept)
    path.unlink()
    for entry in kept.iterdir():
        if not entry.name.endswith("-shm"):
            entry.rename(path.parent / entry.name)
    shutil.rmtree(kept)
    return path


def test_what_a_dead_program_left_in_the_side_file_is_there(tmp_path: Path):
    path = crashed(make_typical(tmp_path))
    assert (tmp_path / "count.tally-wal").stat().st_size > 0
    with TallyFile.open(path, read_only=True) as file:
        assert file.head.seq == 7
    with TallyFile.open(path) as file:
        assert list(file.stated().values()) == ["8.11"]
        assert file.verify().ok
    assert [entry.name for entry in tmp_path.iterdir()] == ["count.tally"]


def test_a_full_disk_leaves_the_file_usable(tmp_path: Path):
    path = make_typical(tmp_path)
    with TallyFile.open(path) as file:
        before, head = file.values(), file.head
        pages = file._connection.execute("PRAGMA page_count").fetchone()[0]
        file._connection.execute(f"PRAGMA max_page_count = {pages}")
        large = Figures("enter", [Block("r0", ["u0"], ["cast"], [[5]])], reason="x" * 20_000)
        with pytest.raises(DiskFull, match="Free some space"):
            file.append("figures", large, STAMP)
        assert file.head == head
        assert (file.values() == before).all()
        assert file.verify().ok
        file._connection.execute("PRAGMA max_page_count = 1000000")
        assert file.append("figures", large, STAMP).seq == head.seq + 1
    with TallyFile.open(path) as file:
        assert file.values()[0, 0] == 5
        assert file.verify().ok


def append_for_long(file: TallyFile) -> None:
    for _ in range(200):
        file.append("figures", Figures("enter", reason="x" * 3_000), STAMP)


@pytest.fixture
def small_disk(tmp_path: Path):
    """A disk of 256 kB."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only an administrator can make a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk], check=False).returncode:
        pytest.skip("a small disk cannot be made here")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_disk_that_is_really_full_loses_nothing(small_disk: Path, tmp_path: Path):
    path = make_typical(small_disk)
    with TallyFile.open(path) as file:
        with pytest.raises(DiskFull):
            append_for_long(file)
        head = file.head
        assert head.seq > 6
        assert file.verify() == Verification(True, head.seq, None)
        with pytest.raises(DiskFull):
            file.save_copy(small_disk / "copy.tally")
        with pytest.raises(DiskFull):
            TallyFile.create(small_disk / "new.tally", pack_json() + b" " * 100_000, training=False, stamp=STAMP)
        file.save_copy(tmp_path / "elsewhere.tally")
    with TallyFile.open(path) as file:
        assert file.head == head
        assert file.verify().ok
    assert {entry.name for entry in small_disk.iterdir()} <= {"count.tally", "count.tally-wal", "count.tally-shm"}
    assert verify_file(tmp_path / "elsewhere.tally").events == head.seq


def test_a_journal_too_long_to_check_at_once_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = make_typical(tmp_path)
    other_current(path)
    monkeypatch.setattr("tally_app.storage.verification.FOLD_BUDGET", 100)
    with TallyFile.open(path) as file:
        assert not file.fully_checked
        verification = file.verify()
        assert not verification.ok
        assert verification.problem is not None
        assert verification.problem.kind == "current"


def test_the_chain_is_left_to_verify_only_where_it_is_very_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = make_typical(tmp_path)
    monkeypatch.setattr("tally_app.storage.verification.FOLD_BUDGET", 100)
    forge(path, "UPDATE journal SET operator = 'somebody' WHERE seq = 4")
    with pytest.raises(TamperedFile, match="event 4") as caught:
        TallyFile.open(path)
    assert caught.value.problem.event == 4
    monkeypatch.setattr("tally_app.storage.verification.CHAIN_BUDGET", 100)
    with TallyFile.open(path) as file:
        assert not file.fully_checked
        assert file.verify().problem == caught.value.problem


def test_one_cell_more_after_a_problem_is_impossible(tmp_path: Path):
    path = make_typical(tmp_path)
    with TallyFile.open(path) as file:
        run(path, 'UPDATE current SET figures = zeroblob(3) WHERE "row" = 1')
        with pytest.raises(StorageError):
            file.append("figures", one_cell("r0", "u1", "CPP", 871, 1), STAMP)
        with pytest.raises(DamagedFile):
            file.values()
