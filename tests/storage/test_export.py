"""The one door for files that others read: all of it or nothing."""

import errno
from pathlib import Path

import pytest

from tally_app.storage import export
from tally_app.storage.errors import CopyFailed, DiskFull, FileAlreadyThere, ReadOnlyFile, StorageFailed
from tally_app.storage.export import write_export
from tests.storage.making import make_typical

PIECES = [b"one,", b"", b"two\r\n"]


def test_it_is_written_whole(tmp_path: Path):
    write_export(tmp_path / "out.csv", PIECES)
    assert (tmp_path / "out.csv").read_bytes() == b"one,two\r\n"
    assert [file.name for file in tmp_path.iterdir()] == ["out.csv"]


def test_it_overwrites_only_if_told(tmp_path: Path):
    target = tmp_path / "out.csv"
    target.write_bytes(b"old")
    with pytest.raises(FileAlreadyThere):
        write_export(target, PIECES)
    assert target.read_bytes() == b"old"
    write_export(target, PIECES, overwrite=True)
    assert target.read_bytes() == b"one,two\r\n"


def test_it_never_takes_the_place_of_a_tally(tmp_path: Path):
    path = make_typical(tmp_path)
    before = path.read_bytes()
    with pytest.raises(FileAlreadyThere):
        write_export(path, PIECES, overwrite=True)
    assert path.read_bytes() == before


def _fails(number: int):
    def pieces():
        yield b"one"
        raise OSError(number, "no")

    return pieces()


@pytest.mark.parametrize(
    ("number", "error"), [(errno.ENOSPC, DiskFull), (errno.EROFS, ReadOnlyFile), (errno.EIO, StorageFailed)]
)
def test_a_failing_disk_leaves_what_was_there_and_no_half_file(tmp_path: Path, number, error):
    target = tmp_path / "out.csv"
    target.write_bytes(b"old")
    with pytest.raises(error):
        write_export(target, _fails(number), overwrite=True)
    assert target.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["out.csv"]


def test_what_reads_back_otherwise_is_thrown_away(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(export, "_digest", lambda _: "0" * 64)
    with pytest.raises(CopyFailed):
        write_export(tmp_path / "out.csv", PIECES)
    assert list(tmp_path.iterdir()) == []


def test_a_failure_at_the_last_step_leaves_nothing(tmp_path: Path, monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise DiskFull(tmp_path)

    monkeypatch.setattr(export, "place", full)
    with pytest.raises(DiskFull):
        write_export(tmp_path / "out.csv", PIECES)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there(tmp_path: Path):
    with pytest.raises(StorageFailed, match="reported an error"):
        write_export(tmp_path / "none" / "out.csv", PIECES)
