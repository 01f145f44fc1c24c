"""The log: bounded, one writer for each file, never in the way."""

from pathlib import Path

import pytest

from tally_app.ui.trouble import log as log_module
from tally_app.ui.trouble.crashes import Seat
from tally_app.ui.trouble.log import Log, log_folder


def lines(folder: Path, number: int = 1) -> list[str]:
    return (folder / f"window-{number}.log").read_text(encoding="utf-8").splitlines()


def test_what_was_noted_before_the_file_was_opened_comes_first(tmp_path):
    log = Log(tmp_path / "logs", 1)
    log.note("started", version="0.1")
    assert not (tmp_path / "logs").exists(), "the window is painted before anything is written"
    log.open()
    log.note("used", action="undo")
    log.close()
    first, second = lines(tmp_path / "logs")
    assert first.endswith("INFO started version=0.1")
    assert second.endswith("INFO used action=undo")


def test_a_fault_is_written_at_once(tmp_path):
    log = Log(tmp_path, 1)
    log.note("started")
    log.warn("broke", ("ValueError", "  x.py:1 in f"))
    assert [line.strip() for line in lines(tmp_path)[-2:]] == ["ValueError", "x.py:1 in f"]
    log.close()


def test_it_never_takes_more_than_its_five_files(tmp_path, monkeypatch):
    monkeypatch.setattr(log_module, "_BYTES", 2000)
    log = Log(tmp_path, 3)
    log.open()
    for number in range(1000):
        log.note("used", action="undo", number=number)
    log.close()
    files = sorted(path.name for path in tmp_path.iterdir())
    assert files == ["window-3.log", *(f"window-3.log.{old}" for old in range(1, 5))]
    assert all(path.stat().st_size <= 2000 for path in tmp_path.iterdir())
    assert "number=999" in lines(tmp_path, 3)[-1]


@pytest.mark.usefixtures("seat")
def test_two_windows_write_two_logs_and_the_next_one_goes_on_in_the_first(tmp_path):
    folder = tmp_path / "state"
    first, second = Seat(folder), Seat(folder)
    assert (first.number, second.number) == (1, 2)
    first.leave()
    third = Seat(folder)
    assert third.number == 1
    second.leave()
    third.leave()


@pytest.mark.parametrize("number", [0, 1])
def test_where_nothing_can_be_written_the_program_runs_without(tmp_path, number):
    (tmp_path / "file").touch()
    log = Log(tmp_path / "file" / "logs", number)
    log.note("started")
    log.warn("broke", ("ValueError",))
    log.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full")
def test_a_full_disk_stops_the_log_and_nothing_else(tmp_path, capfd):
    (tmp_path / "window-1.log").symlink_to("/dev/full")
    log = Log(tmp_path, 1)
    log.warn("broke", ("ValueError",))
    log.note("used", action="undo")
    log.close()
    assert capfd.readouterr() == ("", "")


def test_it_is_in_the_folder_of_the_platform(home):
    assert home in log_folder().parents
