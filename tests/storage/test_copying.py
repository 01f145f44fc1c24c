import shutil
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from tally_app.storage import TallyFile, copying
from tally_app.storage.errors import CopyFailed, DiskFull, FileAlreadyThere, FileLocked
from tally_app.storage.place import place
from tests.storage.making import (
    CORRECTED,
    STAMP,
    fingerprint,
    make,
    make_recorded,
    make_typical,
    one_record,
    one_stated,
)


def test_a_copy_is_the_same_and_is_a_file_of_its_own(tmp_path: Path):
    with TallyFile.open(make_recorded(tmp_path)) as file:
        file.save_copy(tmp_path / "copy.tally")
        with TallyFile.open(tmp_path / "copy.tally") as copy:
            assert copy.head == file.head
            assert list(copy.events()) == list(file.events())
            assert np.array_equal(copy.values(), file.values())
            assert copy.stated() == file.stated()
            assert copy.records("lot") == file.records("lot") == {"r0": CORRECTED}
            assert copy.records("sign_off") == file.records("sign_off")
            copy.append("figures", one_stated("8.10", "8.11"), STAMP)
            copy.append("lot", one_record("r0", CORRECTED, None), STAMP)
        assert file.stated() != {}
        assert file.records("lot") != {}
        assert file.head.seq == 11
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["copy.tally", "count.tally"]


def test_a_copy_of_what_was_just_entered(tmp_path: Path):
    with TallyFile.open(make_typical(tmp_path)) as file:
        file.append("figures", one_stated("8.10", "8.11"), STAMP)
        file.save_copy(tmp_path / "copy.tally")
    with TallyFile.open(tmp_path / "copy.tally", read_only=True) as copy:
        assert list(copy.stated().values()) == ["8.11"]


def test_a_reader_copies_while_another_writes(tmp_path: Path):
    path = make_typical(tmp_path)
    with TallyFile.open(path) as writer, TallyFile.open(path, read_only=True) as reader:
        writer.append("figures", one_stated("8.10", "8.11"), STAMP)
        reader.save_copy(tmp_path / "copy.tally")
        assert reader.verify().events == 7
    with TallyFile.open(tmp_path / "copy.tally", read_only=True) as copy:
        assert copy.head.seq == 7


def test_a_copy_overwrites_only_if_told(tmp_path: Path):
    other = make(tmp_path, name="other.tally")
    with TallyFile.open(make_typical(tmp_path)) as file:
        before = other.read_bytes()
        with pytest.raises(FileAlreadyThere):
            file.save_copy(other)
        assert other.read_bytes() == before
        file.save_copy(other, overwrite=True)
    with TallyFile.open(other) as copy:
        assert copy.head.seq == 6


@pytest.mark.parametrize("name", ["count.tally", "../count/count.tally", "link.tally", "hard.tally"])
def test_a_copy_never_overwrites_the_file_itself(tmp_path: Path, name: str):
    folder = tmp_path / "count"
    folder.mkdir()
    path = make_typical(folder)
    (folder / "link.tally").symlink_to(path)
    (folder / "hard.tally").hardlink_to(path)
    with TallyFile.open(path) as file:
        with pytest.raises(FileAlreadyThere):
            file.save_copy(folder / name, overwrite=True)
        file.append("figures", one_stated("8.10", "8.11"), STAMP)
        assert file.verify().ok


def test_a_copy_does_not_replace_a_file_that_is_open_elsewhere(tmp_path: Path):
    other = make(tmp_path, name="other.tally")
    with (
        TallyFile.open(make_typical(tmp_path)) as file,
        TallyFile.open(other, operator="Chan"),
        pytest.raises(FileLocked, match="Chan"),
    ):
        file.save_copy(other, overwrite=True)


def test_a_copy_does_not_take_the_name_of_a_file_that_was_not_closed(tmp_path: Path):
    side = tmp_path / "copy.tally-wal"
    side.write_bytes(b"entries")
    with TallyFile.open(make_typical(tmp_path)) as file, pytest.raises(FileAlreadyThere, match=r"copy\.tally-wal"):
        file.save_copy(tmp_path / "copy.tally", overwrite=True)
    assert side.read_bytes() == b"entries"


@pytest.mark.parametrize(
    ("statement", "complaint"),
    [
        ("UPDATE stated SET value = '9'", "stated as '9'"),
        ("UPDATE records SET value = '{}' WHERE kind = 'lot'", "recorded as {}"),
    ],
)
def test_a_copy_of_a_tampered_file_is_not_made(tmp_path: Path, statement: str, complaint: str):
    path = make_recorded(tmp_path)
    with TallyFile.open(path) as file:
        connection = sqlite3.connect(path)
        connection.execute(statement)
        connection.commit()
        connection.close()
        with pytest.raises(CopyFailed, match=complaint):
            file.save_copy(tmp_path / "copy.tally")
    assert [entry.name for entry in tmp_path.iterdir()] == ["count.tally"]


def test_a_copy_that_came_out_wrong_is_thrown_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A disk that forgets: what arrives is a whole, valid file, but of another day."""
    old = make(tmp_path, name="old.tally")
    monkeypatch.setattr(copying, "vacuum_into", lambda _path, _connection, draft: shutil.copy(old, draft))
    with TallyFile.open(make_typical(tmp_path)) as file:
        with pytest.raises(CopyFailed, match="ends with event 1, not 6"):
            file.save_copy(tmp_path / "copy.tally")
        assert sorted(entry.name for entry in tmp_path.iterdir() if entry.suffix == ".tally") == [
            "count.tally",
            "old.tally",
        ]


def test_a_copy_that_does_not_fit_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(_path: Path, _connection: object, draft: Path) -> None:
        draft.write_bytes(b"SQLite format 3\0 and no more")
        raise DiskFull(draft)

    monkeypatch.setattr(copying, "vacuum_into", full)
    path = make_typical(tmp_path)
    before = fingerprint(tmp_path)
    with TallyFile.open(path) as file, pytest.raises(DiskFull):
        file.save_copy(tmp_path / "copy.tally")
    assert fingerprint(tmp_path) == before


def test_a_disk_without_hard_links_gets_the_copy_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    with TallyFile.open(make_typical(tmp_path)) as file:
        monkeypatch.setattr("os.link", no_links)
        file.save_copy(tmp_path / "copy.tally")
        with pytest.raises(FileAlreadyThere):
            file.save_copy(tmp_path / "copy.tally")
    with TallyFile.open(tmp_path / "copy.tally") as copy:
        assert copy.head.seq == 6


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_appears_at_the_last_moment_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
):
    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    if not links:
        monkeypatch.setattr("os.link", no_links)
    draft, target = tmp_path / "draft", tmp_path / "copy.tally"
    draft.write_bytes(b"new")
    target.write_bytes(b"there first")
    with pytest.raises(FileAlreadyThere):
        place(draft, target)
    assert target.read_bytes() == b"there first"
