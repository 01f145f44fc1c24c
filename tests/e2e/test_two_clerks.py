"""Two clerks, a returning officer and nothing but keys: from the first entry to the signature, and its history."""

import json
from pathlib import Path

import pytest

from tests.e2e.watching import results, tally_app

pytestmark = pytest.mark.window

FIRST = (910, 907, 817, 88, 1, 0, 1)
"""Kampong Cham: registered, cast, CPP, KWP, FUN, NPP, invalid."""
SECOND = (910, 907, 871, 34, 1, 0, 1)
"""Two digits of CPP exchanged, and KWP made to fit."""
NOBODY = (12, 12, 0, 0, 0, 0, 12)
"""Tboung Khmum: every ballot invalid, which wants a reason."""


@pytest.fixture
def doubled(tmp_path: Path) -> Path:
    path = tmp_path / "night.tally"
    made = tally_app("new", "--pack", "cambodia-senate-2024-blank", "--double-entry", path)
    assert made.returncode == 0, made.stderr
    return path


def states(path: Path) -> list[str]:
    units = json.loads(tally_app("units", path, "--region", "R2", "--json").stdout)["units"]
    return [unit["state"] for unit in units]


def history(path: Path) -> list[str]:
    told = json.loads(tally_app("history", path, "--json").stdout)["events"]
    return [f"{event['operator']}: {event['sentence']}" for event in reversed(told)]


def test_from_the_first_entry_to_the_signature_and_back(doubled, open_program, screen):
    clerk = open_program(doubled, "S. Chan")
    screen.key("Next", "Next")
    clerk.enter(*FIRST, *NOBODY)
    clerk.wait_for("saved", count=14)
    screen.key("ctrl+q")
    clerk.wait()
    assert states(doubled) == ["entered", "entered"]

    other = open_program(doubled, "D. Kim")
    screen.key("Next", "Next", "ctrl+shift+e")
    other.enter(*SECOND, *NOBODY)
    other.wait_for("saved", lambda told: told["records"] == ["second"], count=14)
    screen.key("ctrl+q")
    other.wait()
    assert states(doubled) == ["differs", "verified"]
    assert results(doubled)["regions"][1]["votes"]["CPP"] == 817

    officer = open_program(doubled, "L. Sok")
    screen.key("Next", "Next", "ctrl+shift+d")
    screen.window("Settle")
    screen.key("Left", "Return", "Left", "Return", "Return")
    officer.wait_for("saved", lambda told: told["records"] == ["settlement"])
    assert states(doubled) == ["verified", "verified"]
    screen.window("night.tally")

    screen.key("F8", "ctrl+e")
    screen.type("The ballot box was opened before the count; see the minutes")
    screen.key("Return")
    officer.wait_for("saved", lambda told: told["records"] == ["explanation"])

    screen.key("ctrl+Return")
    screen.window("Sign off")
    screen.type("chair")
    screen.key("Return", "Return")
    officer.wait_for("saved", lambda told: told["records"] == ["signoff"])
    screen.window("night.tally")
    before = len(officer.told("saved"))
    officer.enter(5, 6)
    assert tally_app("reopen", doubled, "--region", "R2", "--reason", "x").returncode != 0  # the window has the file
    screen.key("ctrl+q")
    officer.wait()
    assert len(officer.told("saved")) == before
    assert results(doubled)["regions"][1]["votes"]["CPP"] == 817

    opened = tally_app(
        "reopen", doubled, "--region", "R2", "--reason", "a second sheet was found", "--operator", "L. Sok"
    )
    assert opened.returncode == 0, opened.stderr
    told = history(doubled)
    settled, explained, signed, reopened = told[-4:]
    assert all(line.startswith("L. Sok: ") for line in told[-4:])
    assert "817" in settled
    assert "871" in settled
    assert "W107" in explained
    assert "see the minutes" in explained
    assert "chair" in signed
    assert "a second sheet was found" in reopened
    assert sum(line.startswith("D. Kim") for line in told) == 14
    assert tally_app("verify", doubled).returncode == 0
