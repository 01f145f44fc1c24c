"""A medium that really cannot be written: a file system of its own, mounted for reading only."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def read_only_medium(contents: Path, at: Path) -> Iterator[Path]:
    """Yield *at*, where what is in the folder *contents* can be read; skips the test where nothing may be mounted."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root may mount")
    at.mkdir()
    if _run("mount", "-t", "tmpfs", "-o", "size=16m", "tally-test", at):
        pytest.skip("nothing may be mounted here")
    try:
        shutil.copytree(contents, at, dirs_exist_ok=True)
        assert not _run("mount", "-o", "remount,ro", at)
        with pytest.raises(OSError, match="Read-only file system"):
            (at / "probe").touch()
        yield at
    finally:
        still_open = _run("umount", at)
        if still_open:
            _run("umount", "--lazy", at)  # nothing may stay mounted
    assert not still_open, f"a file on {at} is still open"


def _run(*command: str | Path) -> int:
    return subprocess.run(command, check=False, capture_output=True).returncode
