"""Two clerks, a returning officer and nothing but keys: from the first entry to the signature, and its history."""

import json
from pathlib import Path

import pytest

from tests.e2e.watching import results, tally_app

pytestmark = pytest.mark.window

FIRST = (910, 907, 817, 88, 1, 0, 1)
"""Region 1: registered, cast, CPP, KWP, FUN, NPP, invalid."""
SECOND = (910, 907, 871, 34, 1, 0, 1)
"""Two digits of CPP exchanged, and KWP made to fit."""


@pytest.fixture
def doubled(tmp_path: Path) -> Path:
    path = tmp_path / "night.tally"
    made = tally_app("new", "--pack", "cambodia-senate-2024-blank", "--double-entry", path)
    assert made.returncode == 0, made.stderr
    return path


def states(path: Path) -> str:
    units = json.loads(tally_app("units", path, "--region", "R1", "--json").stdout)["units"]
    return str(units[0]["state"])


def history(path: Path) -> list[str]:
    told = json.loads(tally_app("history", path, "--json").stdout)["events"]
    return [f"{event['operator']}: {event['sentence']}" for event in reversed(told)]


def test_from_the_first_entry_to_the_signature_and_back(doubled, open_program, screen):
    clerk = open_program(doubled, "S. Chan")
    screen.key("Next")
    clerk.enter(*FIRST)
    clerk.wait_for("saved", count=len(FIRST))
    screen.key("ctrl+q")
    clerk.wait()
    assert states(doubled) == "entered"

    other = open_program(doubled, "D. Kim")
    screen.key("Next", "ctrl+shift+e")
    other.enter(*SECOND)
    other.wait_for("saved", lambda told: told["records"] == ["second"], count=len(SECOND))
    screen.key("ctrl+q")
    other.wait()
    assert states(doubled) == "differs"
    assert results(doubled)["regions"][0]["votes"]["CPP"] == 817

    officer = open_program(doubled, "L. Sok")
    screen.key("Next", "ctrl+shift+d")
    screen.window("Settle")
    screen.key("Left", "Return", "Left", "Return", "Return")
    officer.wait_for("saved", lambda told: told["records"] == ["settlement"])
    assert states(doubled) == "verified"
    screen.window("night.tally")

    screen.key("ctrl+Return")
    screen.window("Sign off")
    screen.type("chair")
    screen.key("Return", "Return")
    officer.wait_for("saved", lambda told: told["records"] == ["signoff"])
    screen.window("night.tally")
    before = len(officer.told("saved"))
    officer.enter(5, 6)
    assert tally_app("reopen", doubled, "--region", "R1", "--reason", "x").returncode != 0  # the window has the file
    screen.key("ctrl+q")
    officer.wait()
    assert len(officer.told("saved")) == before
    assert results(doubled)["regions"][0]["votes"]["CPP"] == 817

    opened = tally_app(
        "reopen", doubled, "--region", "R1", "--reason", "a second sheet was found", "--operator", "L. Sok"
    )
    assert opened.returncode == 0, opened.stderr
    told = history(doubled)
    assert [line.partition(":")[0] for line in told[-3:]] == ["L. Sok"] * 3
    assert any("817" in line and "871" in line for line in told[-3:-2])
    assert "a second sheet was found" in told[-1]
    assert sum(line.startswith("D. Kim") for line in told) == len(SECOND)
    assert tally_app("verify", doubled).returncode == 0
