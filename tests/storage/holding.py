"""Another process that has a file open for writing."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOLDER = """
import sys
from pathlib import Path
from tally_app.storage import TallyFile
from tally_app.storage.events import Figures
from tests.storage.making import STAMP

with TallyFile.open(Path(sys.argv[1]), operator="ចាន់ Chan") as file:
    print("open", flush=True)
    while sys.stdin.readline() == "append\\n":
        file.append("figures", Figures("enter"), STAMP)
        print("appended", flush=True)
"""


@contextmanager
def held(path: Path) -> Iterator[subprocess.Popen[str]]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", HOLDER, str(path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield process
        process.communicate("close\n")
