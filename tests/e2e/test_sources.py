"""The commission's communiqué as one more source of the published table, with nothing but the keyboard."""

import json

import pytest

from tests.e2e.screen import wait_until
from tests.e2e.watching import tally_app

pytestmark = pytest.mark.window


def figures(path):
    """What sources state of the chamber, by figure and party."""
    done = tally_app("sources", path, "--json")
    assert done.returncode == 0, done.stderr
    return {(figure["figure"], figure["party"]): figure for figure in json.loads(done.stdout)["figures"]}


def test_a_source_is_added_and_its_figures_are_typed_down_its_column(open_program, published, screen):
    open_program(published)
    screen.key("ctrl+t", "F4")
    screen.window("Add a source")
    screen.type("communique of 29 February")
    screen.key("Return")
    screen.window("Election Tally")
    for votes in ("10052", "1394", "19", "234"):
        screen.key(*votes, "Return")
    screen.key(*["Down"] * 8, *"11747", "Return", *"11730", "Return")
    key = "communique-of-29-february"
    found = wait_until(
        lambda: told if key in (told := figures(published))["cast", None]["stated"] else None,
        what="the communiqué in the file",
    )
    assert found["votes", "CPP"]["stated"][key] == {
        "value": "10052",
        "difference": "-720",
        "findings": ["E202", "W207"],
    }
    assert [found["votes", party]["stated"][key]["findings"] for party in ("KWP", "FUN", "NPP")] == [[], [], []]
    assert found["registered", None]["stated"][key]["value"] == "11747"
    screen.key(*["ctrl+z"] * 7)
    wait_until(lambda: not figures(published)["votes", "CPP"]["stated"].get(key), what="everything taken back")
