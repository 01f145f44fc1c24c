"""Commands are run in this process, as a person would type them; what they wrote is read back."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tally_app.__main__ import main


class Ran(NamedTuple):
    """What a command wrote, and the number it ended with."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``tally-app`` with these words."""
    monkeypatch.setenv("TALLY_OPERATOR", "Dara")

    def run_words(*words: object) -> Ran:
        code = main([str(word) for word in words])
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return run_words


@pytest.fixture
def published(run: Run, tmp_path: Path) -> Path:
    """A tally of the 2024 results as published."""
    path = tmp_path / "published.tally"
    assert run("new", "--pack", "cambodia-senate-2024", path).code == 0
    return path


@pytest.fixture
def blank(run: Run, tmp_path: Path) -> Path:
    """A tally with nothing entered, provinces as reporting units."""
    path = tmp_path / "blank.tally"
    assert run("new", "--pack", "cambodia-senate-2024-blank", path).code == 0
    return path
