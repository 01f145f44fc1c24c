"""A stick or disc that cannot be written: read, copied from, and never believed to be more than it is."""

import shutil
from pathlib import Path

import pytest

from tally_app.storage import TallyFile, verify_file
from tally_app.storage.copying import copy_unclosed
from tally_app.storage.errors import CopyFailed, FileAlreadyThere, ReadOnlyFile, UnclosedFile
from tally_app.storage.training import is_training
from tests.medium import read_only_medium
from tests.storage.making import STAMP, fingerprint, forge, make, make_typical, one_stated


@pytest.fixture
def count(tmp_path: Path) -> Path:
    folder = tmp_path / "written"
    folder.mkdir()
    return make_typical(folder)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "copy.tally"


def leave_open(path: Path, *, with_shm: bool) -> None:
    """Make the file as it is when a stick is pulled out while somebody has it open: event 7 is in the -wal only."""
    aside = path.parent.with_name("aside")
    with TallyFile.open(path) as file:
        file.append("figures", one_stated("8.10", "8.11"), STAMP)
        shutil.copytree(path.parent, aside)
    shutil.rmtree(path.parent)
    aside.rename(path.parent)
    if not with_shm:
        path.with_name("count.tally-shm").unlink()


@pytest.mark.parametrize("journal", ["WAL", "DELETE"])
def test_it_opens_for_reading_and_nothing_is_made_beside_it(tmp_path: Path, count: Path, target: Path, journal: str):
    assert count.read_bytes()[18] == 2, "it is in WAL mode, as the program leaves it"
    if journal == "DELETE":
        forge(count, "PRAGMA journal_mode = DELETE")
    with read_only_medium(count.parent, tmp_path / "stick") as stick:
        path = stick / count.name
        before = fingerprint(stick)
        with pytest.raises(ReadOnlyFile):
            TallyFile.open(path)
        with TallyFile.open(path, read_only=True) as file:
            assert file.verify().ok
            assert file.head.seq == 6
            file.save_copy(target)
        assert verify_file(path).ok
        assert not is_training(path)
        assert fingerprint(stick) == before
    with TallyFile.open(target) as copy:
        assert copy.head.seq == 6


def test_entries_beside_it_are_read_where_that_can_be_done(tmp_path: Path, count: Path, target: Path):
    leave_open(count, with_shm=True)
    with (
        read_only_medium(count.parent, tmp_path / "stick") as stick,
        TallyFile.open(stick / count.name, read_only=True) as file,
    ):
        assert list(file.stated().values()) == ["8.11"]
        file.save_copy(target)
    with TallyFile.open(target) as copy:
        assert copy.head.seq == 7


def test_entries_beside_it_that_cannot_be_brought_in_are_named_and_not_left_out(
    tmp_path: Path, count: Path, target: Path
):
    leave_open(count, with_shm=False)
    with read_only_medium(count.parent, tmp_path / "stick") as stick:
        path = stick / count.name
        for read_only in (True, False):
            with pytest.raises(UnclosedFile, match=r"latest entries lie beside it in count\.tally-wal"):
                TallyFile.open(path, read_only=read_only)
        with pytest.raises(UnclosedFile):
            verify_file(path)
        assert copy_unclosed(path, target) == 7
    assert sorted(each.name for each in tmp_path.iterdir()) == ["copy.tally", "stick", "written"]
    with TallyFile.open(target) as copy:
        assert list(copy.stated().values()) == ["8.11"]


class TestCopyingWhatWasNotClosed:
    def test_never_over_another_file(self, count: Path, target: Path):
        target.write_bytes(b"kept")
        with pytest.raises(FileAlreadyThere):
            copy_unclosed(count, target)
        assert target.read_bytes() == b"kept"

    def test_not_what_does_not_verify(self, count: Path, target: Path):
        forge(count, "UPDATE stated SET value = '8.1'")
        with pytest.raises(CopyFailed, match="stated"):
            copy_unclosed(count, target)
        assert not target.exists()
        assert [each.name for each in target.parent.iterdir()] == ["written"]

    def test_practice_stays_practice(self, tmp_path: Path, target: Path):
        path = make(tmp_path, training=True)
        assert copy_unclosed(path, target) == 1
        assert is_training(target)
