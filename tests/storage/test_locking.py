"""One writer; as many readers as like."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tally_app.storage import TallyFile, verify_file
from tally_app.storage.errors import FileLocked
from tests.storage.holding import held
from tests.storage.making import STAMP, make_typical, one_stated


def test_a_second_writer_is_told_who_has_it(tmp_path: Path):
    path = make_typical(tmp_path)
    with held(path) as process:
        for _ in range(2):
            with pytest.raises(FileLocked, match=f"ចាន់ Chan on .* .process {process.pid}") as caught:
                TallyFile.open(path)
            assert caught.value.holder.operator == "ចាន់ Chan"
    with TallyFile.open(path) as file:
        assert file.append("figures", one_stated("8.10", None), STAMP)


def test_a_second_writer_in_the_same_program_is_refused_too(tmp_path: Path):
    path = make_typical(tmp_path)
    with TallyFile.open(path), pytest.raises(FileLocked):
        TallyFile.open(path)


def test_a_link_is_no_way_around_the_lock(tmp_path: Path):
    path = make_typical(tmp_path)
    (tmp_path / "link.tally").symlink_to(path)
    with TallyFile.open(path), pytest.raises(FileLocked):
        TallyFile.open(tmp_path / "link.tally")


def test_readers_are_not_held_up(tmp_path: Path):
    path = make_typical(tmp_path)
    with held(path):
        with TallyFile.open(path, read_only=True) as file:
            assert file.values()[1, 2] == 871
        assert verify_file(path).ok


def test_a_reader_sees_what_the_writer_adds(tmp_path: Path):
    path = make_typical(tmp_path)
    with TallyFile.open(path) as writer, TallyFile.open(path, read_only=True) as reader:
        writer.append("figures", one_stated("8.10", "8.11"), STAMP)
        assert list(reader.stated().values()) == ["8.11"]
        assert [event.seq for event in reader.events(after=6)] == [7]
        assert reader.verify().events == 7


def test_a_reader_that_closes_first_takes_nothing_from_the_writer(tmp_path: Path):
    path = make_typical(tmp_path)
    with TallyFile.open(path) as writer:
        TallyFile.open(path, read_only=True).close()
        verify_file(path)
        subprocess_verifies(path)
        writer.append("figures", one_stated("8.10", "8.11"), STAMP)
    with TallyFile.open(path) as file:
        assert list(file.stated().values()) == ["8.11"]
        assert file.verify().ok


def test_after_the_writer_closed_the_one_file_is_complete_though_a_reader_has_it_open(tmp_path: Path):
    path = make_typical(tmp_path)
    writer, reader = TallyFile.open(path), TallyFile.open(path, read_only=True)
    writer.append("figures", one_stated("8.10", "8.11"), STAMP)
    writer.close()
    alone = tmp_path / "alone.tally"
    alone.write_bytes(path.read_bytes())
    with TallyFile.open(alone, read_only=True) as file:
        assert list(file.stated().values()) == ["8.11"]
    reader.close()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9")
def test_the_lock_of_a_killed_program_does_not_hold(tmp_path: Path):
    path = make_typical(tmp_path)
    with held(path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert (tmp_path / "count.tally.lock").exists()
        with TallyFile.open(path) as file:
            assert file.append("figures", one_stated("8.10", None), STAMP)
    assert [entry.name for entry in tmp_path.iterdir()] == ["count.tally"]


def test_an_unreadable_lock_file_is_still_a_lock(tmp_path: Path):
    path = make_typical(tmp_path)
    with TallyFile.open(path):
        (tmp_path / "count.tally.lock").write_bytes(b"\xff\x00")
        with pytest.raises(FileLocked, match="another program"):
            TallyFile.open(path)


def subprocess_verifies(path: Path) -> None:
    script = "import sys, pathlib, tally_app.storage as storage; storage.verify_file(pathlib.Path(sys.argv[1]))"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", script, str(path)], check=True, env=environment)
