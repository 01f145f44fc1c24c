"""Sign-off, reopening, status and watching from the command line; and training told apart in whatever is written."""

from pathlib import Path

import msgspec
import pytest

from tally_app.cli.commands import COMMANDS
from tally_app.cli.known_rows import Watching
from tally_app.cli.output import TRAINING_HEADING
from tally_app.cli.reopen import Reopened
from tally_app.cli.sign_off import SignedOff
from tally_app.cli.status import StatusTold
from tests.cli.conftest import Run

BY = ("--name", "S. Chan", "--role", "chair")
FORM = ("registered=900", "cast=705", "CPP=501", "KWP=155", "FUN=17", "NPP=21", "invalid=11")


@pytest.fixture
def practice(run: Run, tmp_path: Path) -> Path:
    path = tmp_path / "practice.tally"
    assert run("new", "--pack", "cambodia-senate-2024-blank", "--training", path).code == 0
    return path


def enter(run: Run, path: Path, region: str, unit: str) -> None:
    assert run("enter", path, "--region", region, "--unit", unit, *FORM).code == 0


def test_a_region_is_signed_and_frozen_and_opened_again(run: Run, published: Path):
    ran = run("sign-off", published, "--region", "Region 5", *BY, "--note", "all seen", "--json")
    value = msgspec.convert(ran.json, SignedOff, strict=True)
    assert (ran.code, value.region, value.obstacles, value.event, value.operator) == (0, "R5", [], 3, "Dara")
    assert value.signed is not None
    assert (value.signed.name, value.signed.role, value.signed.note) == (
        "S. Chan",
        "chair of the counting commission",
        "all seen",
    )
    assert (value.signed.event, value.signed.votes) == (2, {"CPP": 1187, "KWP": 148, "FUN": 0, "NPP": 2})
    refused = run("enter", published, "--region", "R5", "CPP=1", "--json")
    assert (refused.code, refused.json["error"]["code"]) == (2, "signed-off")
    assert "Region 5 is signed off" in refused.err
    assert run("enter", published, "--region", "R6", "CPP=1").code == 0
    assert run("reopen", published, "--region", "R5", "--reason", " ", "--json").json["error"]["code"] == "no-reason"
    ran = run("reopen", published, "--region", "R5", "--reason", "misread", "--json")
    opened = msgspec.convert(ran.json, Reopened, strict=True)
    assert (opened.was, opened.reason, opened.event) == (value.signed, "misread", 5)
    assert run("enter", published, "--region", "R5", "CPP=1").code == 0
    told = run("history", published).out
    assert "misread" in told
    assert told.count("S. Chan") >= 2
    assert run("verify", published).code == 0


def test_what_stands_in_the_way_is_listed_and_nothing_is_signed(run: Run, blank: Path):
    enter(run, blank, "R5", "21")
    assert run("enter", blank, "--region", "R5", "--unit", "07", "CPP=3").code == 0
    ran = run("sign-off", blank, "--region", "R5", *BY)
    assert ran.code == 1
    assert ran.out.splitlines()[0] == "Region 5 is not signed off: 2 things stand in the way."
    assert "  Kep: nothing is entered" in ran.out.splitlines()
    value = msgspec.convert(run("sign-off", blank, "--region", "R5", *BY, "--json").json, SignedOff, strict=True)
    assert [(each.kind, each.unit, each.code) for each in value.obstacles] == [
        ("error", "07", "E101"),
        ("not-entered", "23", "E101"),
    ]
    assert (value.signed, value.event) == (None, None)
    assert run("status", blank, "--json").json["signed"] == []


def test_the_chamber_waits_for_its_regions(run: Run, published: Path):
    value = run("sign-off", published, *BY, "--json").json
    kinds = {each["kind"] for each in value["obstacles"]}
    assert (value["region"], kinds) == (None, {"error", "unexplained", "region-open"})


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("sign-off", "--region", "R9", *BY), "bad-arguments"),
        (("sign-off", "--region", "R5", "--name", " ", "--role", "chair"), "no-signature"),
        (("sign-off", "--region", "R5", "--name", "S. Chan"), "usage"),
        (("reopen", "--region", "R5", "--reason", "x"), "not-signed-off"),
        (("reopen", "--reason", "x"), "not-signed-off"),
        (("status", "official", "--source", "x"), "not-signed"),
        (("status", "provisional"), "no-source"),
        (("status", "--source", "x"), "usage"),
        (("status", "certain"), "usage"),
    ],
)
def test_refused(run: Run, published: Path, words: tuple[str, ...], code: str):
    ran = run(words[0], published, *words[1:], "--json")
    assert (ran.code, ran.json["error"]["code"]) == (2, code)
    assert run("verify", published, "--json").json["events"] == 2


def test_signing_twice_is_refused(run: Run, published: Path):
    assert run("sign-off", published, "--region", "R5", *BY).code == 0
    assert run("sign-off", published, "--region", "R5", *BY, "--json").json["error"]["code"] == "signed-off"


def test_the_status_is_in_the_results(run: Run, published: Path):
    assert run("results", published).out.splitlines()[1] == "Unofficial results"
    ran = run("status", published, "provisional", "--source", "NEC", "--published", "26 February", "--json")
    value = msgspec.convert(ran.json, StatusTold, strict=True)
    assert (value.status, value.source, value.published_at, value.event) == ("provisional", "NEC", "26 February", 3)
    assert run("status", published, "provisional", "--source", "NEC", "--published", "26 February").out.endswith(
        "Nothing was changed.\n"
    )
    assert run("results", published).out.splitlines()[1] == "Provisional results · NEC · 26 February"
    assert run("results", published, "--json").json["status"] == {
        "status": "provisional",
        "source": "NEC",
        "published_at": "26 February",
    }
    assert run("status", published).out.splitlines()[0] == "Provisional results · NEC · 26 February"


def test_a_training_row_in_a_live_count_is_found(run: Run, blank: Path, practice: Path):
    enter(run, practice, "R5", "21")
    enter(run, blank, "R1", "12")
    value = msgspec.convert(run("watch", blank, practice, "--json").json, Watching, strict=True)
    assert (value.rows, value.name, len(value.found)) == (1, "practice.tally", 1)
    assert "W502" in run("watch", blank, practice).out
    assert "Nothing" not in run("check", blank).out
    for other, code in ((blank, "same-file"), (blank.with_name("no.tally"), "no-such-file")):
        assert run("watch", blank, other, "--json").json["error"]["code"] == code


def test_every_command_about_a_training_file_says_so(run: Run, practice: Path):
    enter(run, practice, "R5", "21")
    every = {
        "results": (),
        "check": (),
        "history": (),
        "verify": (),
        "status": (),
        "compare": (),
        "sign-off": ("--region", "R5", *BY),
        "enter": ("--region", "R5", "--unit", "21", "CPP=502", "cast=706"),
    }
    assert set(every) < set(COMMANDS)
    for name, words in every.items():
        assert run(name, practice, *words).out.splitlines()[0] == TRAINING_HEADING, name
        assert run(name, practice, *words, "--json").json["training"] is True, name


def test_of_a_live_file_no_command_says_so(run: Run, published: Path):
    for name in ("results", "check", "history", "verify", "status", "compare"):
        assert "TRAINING" not in run(name, published).out, name
        assert run(name, published, "--json").json["training"] is False, name


def test_a_probable_slip_is_told_with_the_signature(run: Run, published: Path):
    ran = run("sign-off", published, "--region", "R4", "--name", "Sok Chan", "--role", "chair", "--json")
    assert (ran.code, len(ran.json["slips"])) == (0, 1)
    assert "1,191 is probably 1,911" in ran.json["slips"][0]
    assert (
        run("sign-off", published, "--region", "R5", "--name", "Sok Chan", "--role", "chair", "--json").json["slips"]
        == []
    )


def test_a_file_taken_over_before_is_watched_for_when_asked(run: Run, blank: Path, tmp_path: Path):
    figures = ["registered=712", "cast=712", "CPP=620", "KWP=90", "FUN=0", "NPP=1", "invalid=1"]
    earlier = tmp_path / "district.tally"
    run("new", "--pack", "cambodia-senate-2024-blank", earlier)
    assert run("enter", earlier, "--region", "R5", "--unit", "21", *figures).code == 0
    assert run("enter", blank, "--region", "R6", "--unit", "14", *figures).code == 0
    assert run("watch", blank, earlier, "--json").json["error"]["code"] == "not-training"
    watched = run("watch", blank, earlier, "--import", "--json")
    assert (watched.json["rows"], len(watched.json["found"])) == (1, 1)
    (finding,) = [found for found in run("check", blank, "--json").json["findings"] if found["code"] == "W502"]
    assert (finding["facts"]["with"], finding["place"]["unit"]) == ("import", "14")
    assert "district.tally" in finding["sentence"]
