"""A program that enters votes is killed at any moment: every entry it was told is stored, is stored.

``TALLY_KILLS`` sets how many times (20 unless told).
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tally_app.storage import TallyFile
from tests.storage.making import make

WRITER = """
import sys
from pathlib import Path
from tally_app.storage import TallyFile
from tests.storage.making import STAMP, one_cell, one_record

with TallyFile.open(Path(sys.argv[1]), operator="writer") as file:
    value = int(file.values()[0, 0])
    old = None if value < 0 else value
    recorded = file.records("lot").get("r0")
    while True:
        if (recorded or {}).get("cast") == old:
            new = 0 if old is None else old + 1
            event = file.append("figures", one_cell("r0", "u0", "cast", old, new), STAMP)
            old = new
        else:
            event = file.append("lot", one_record("r0", recorded, {"cast": old}), STAMP)
            recorded = {"cast": old}
        print(event.seq, flush=True)
"""
KILLS = int(os.environ.get("TALLY_KILLS", "20"))


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9")
def test_every_entry_reported_as_stored_survives_kill_9(tmp_path: Path):
    path = make(tmp_path)
    chance = random.Random(20260225)
    for _ in range(KILLS):
        seq = write_until_killed(path, chance.uniform(0.0, 0.12))
        with TallyFile.open(path) as file:
            assert file.head.seq in (seq, seq + 1), "at most the entry being stored when it died is one more"
            entered = file.head.seq // 2  # figures and records take turns: events 2 and 3 are of the first number, 0
            assert file.values()[0, 0] == entered - 1
            assert file.records("lot") == recorded_after(file.head.seq)
            assert file.verify().ok
        assert [entry.name for entry in tmp_path.iterdir()] == ["count.tally"]


def write_until_killed(path: Path, seconds: float) -> int:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", WRITER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as writer:
        assert writer.stdout is not None
        lines = [writer.stdout.readline()]
        time.sleep(seconds)
        writer.send_signal(signal.SIGKILL)
        lines += writer.stdout.readlines()
    complete = [line for line in lines if line.endswith("\n")]
    return int(complete[-1])


def recorded_after(seq: int) -> dict[str, dict[str, int]]:
    return {"r0": {"cast": (seq - 3) // 2}} if seq >= 3 else {}
