import os
import re
from pathlib import Path

import pytest

from tally_app.cli.commands import COMMANDS
from tally_app.cli.exits import STORAGE_CODES, Exit
from tests.cli.documentation import CONSOLE, PAGE, page_as_it_should_be

HASH = re.compile(r"\b[0-9a-f]{64}\b")


@pytest.fixture
def page() -> str:
    return PAGE.read_text(encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="the page's paths are not Windows's")
def test_every_example_is_true(page: str, tmp_path: Path):
    """If it is not, and should be as it is now: ``python -m tests.cli.documentation`` writes the examples anew."""
    assert len(CONSOLE.findall(page)) == 27
    assert HASH.sub("…", page_as_it_should_be(page, tmp_path)) == HASH.sub("…", page)


def test_every_command_and_code_is_described(page: str):
    for name in COMMANDS:
        assert f"\n## {name}\n" in page
    for exit_code in Exit:
        assert f"\n| {exit_code.value} | " in page
    for code in STORAGE_CODES.values():
        assert f"`{code}`" in page
