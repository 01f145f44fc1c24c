"""A program that the system ends: where it was is found at the next start, without the names of folders."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tally_app.ui.trouble.crashes import Seat, read_crash

CRASHING = """
import os, sys
from pathlib import Path
from tally_app.ui.trouble.crashes import Seat
seat = Seat(Path(sys.argv[1]))
def sok_chan(votes):
    os.abort()
sok_chan(4817203)
"""


@pytest.mark.skipif(os.name == "nt", reason="ends otherwise there")
@pytest.mark.usefixtures("seat")
def test_the_next_window_finds_where_the_last_one_crashed(tmp_path):
    folder, script = tmp_path / "state", tmp_path / "Takeo.py"
    script.write_text(CRASHING, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])}
    done = subprocess.run([sys.executable, script, folder], check=False, capture_output=True, env=environment)
    assert done.returncode == -signal.SIGABRT, done.stderr
    found = Seat(folder)
    assert found.left == ("Aborted", "  (elsewhere)", "  (elsewhere)")
    found.leave()
    again = Seat(folder)
    assert again.left == (), "it is told once"
    again.leave()


@pytest.mark.usefixtures("seat")
def test_a_window_that_ended_as_it_should_left_nothing(tmp_path):
    Seat(tmp_path).leave()
    after = Seat(tmp_path)
    assert after.left == ()
    after.leave()


def test_folders_are_left_out_and_lines_kept():
    text = """Fatal Python error: Segmentation fault

Thread 0x00007f17 (most recent call first):
  File "/usr/lib/python3.11/threading.py", line 320 in wait

Current thread 0x00007f18 (most recent call first):
  File "/home/sok.chan/Takeo/tally_app/ui/entry/view.py", line 120 in VotesView.go_to
  File "C:\\Users\\Sok Chan\\app\\tally_app\\__main__.py", line 9 in <module>
  File "/home/sok.chan/lib/python3.11/site-packages/numpy/core/fromnumeric.py", line 7 in sum
  File "/home/sok.chan/x.py", line 3 in sok
  File "/home/tally_app/Sok Chan/tally_app/ui/app.py", line 4 in run_window
  File "numpy/linalg/__init__.py", line 5 in norm

Extension modules: numpy.core._multiarray_umath (total: 1)
"""
    assert read_crash(text) == (
        "Segmentation fault",
        "  threading.py:320 in wait",
        "  tally_app/ui/entry/view.py:120 in VotesView.go_to",
        "  tally_app/__main__.py:9 in <module>",
        "  numpy/core/fromnumeric.py:7 in sum",
        "  (elsewhere)",
        "  tally_app/ui/app.py:4 in run_window",
        "  numpy/linalg/__init__.py:5 in norm",
    )
