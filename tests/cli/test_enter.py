import os
from pathlib import Path

import msgspec
import pytest

from tally_app.cli.enter import Entered
from tally_app.storage.errors import DiskFull
from tally_app.storage.tally_file import TallyFile
from tests.cli.conftest import Run

TAKEO = ("--region", "R5", "--unit", "21")


def test_entered_then_in_the_results(run: Run, blank: Path):
    ran = run("enter", blank, *TAKEO, "registered=700", "cast=650", "CPP=520", "KWP=100", "FUN=0", "NPP=20")
    assert ran.code == 0
    assert "saved as event 2" in ran.out.splitlines()
    region = run("results", blank, "--json").json["regions"][4]
    assert region["votes"] == {"CPP": 520, "KWP": 100, "FUN": 0, "NPP": 20}
    assert region["sums"]["cast"] == 650
    assert (region["begun"], region["complete"]) == (1, 0)
    assert run("verify", blank, "--json").json["events"] == 2


def test_old_and_new_and_the_seats_that_moved(run: Run, published: Path):
    ran = run("enter", published, "--region", "R5", "CPP=1187", "KWP=១៧០", "invalid=3", "--json")
    msgspec.convert(ran.json, Entered, strict=True)
    assert ran.json == {
        "training": False,
        "region": "R5",
        "unit": "R5",
        "operator": "Dara",
        "changes": [{"column": "KWP", "old": 148, "new": 170}, {"column": "invalid", "old": None, "new": 3}],
        "event": 3,
        "before": {
            "seats_to_fill": 7,
            "seats": {"CPP": 7, "KWP": 0, "FUN": 0, "NPP": 0},
            "open_seats": 0,
            "tie": None,
        },
        "result": {
            "seats_to_fill": 7,
            "seats": {"CPP": 6, "KWP": 1, "FUN": 0, "NPP": 0},
            "open_seats": 0,
            "tie": None,
        },
    }


def test_moved_seats_for_people(run: Run, published: Path):
    lines = run("enter", published, "--region", "R5", "KWP=170").out.splitlines()
    assert lines == [
        "Region 5 · Region 5, whole region",
        "     before     now",
        "KWP     148  →  170",
        "saved as event 3",
        "Seats: CPP 6 (−1), KWP 1 (+1), FUN 0, NPP 0",
    ]


def test_an_empty_value_is_not_entered_and_not_zero(run: Run, published: Path):
    run("enter", published, "--region", "R5", "KWP=", "NPP=0")
    sums = run("results", published, "--json").json["regions"][4]["sums"]
    assert (sums["KWP"], sums["NPP"]) == (None, 0)


def test_the_same_again_makes_no_event(run: Run, published: Path):
    ran = run("enter", published, "--region", "R5", "KWP=148", "--json")
    assert (ran.code, ran.json["event"], ran.json["changes"]) == (0, None, [])
    assert "nothing was changed" in run("enter", published, "--region", "R5", "KWP=148").out
    assert run("verify", published, "--json").json["events"] == 2


@pytest.mark.parametrize("text", ["1,187", "1.187", "1 187", "១១៨៧", "១,១៨៧", "1187"])
def test_numbers_as_people_write_them(run: Run, published: Path, text: str):
    assert run("enter", published, "--region", "R1", f"CPP={text}", "--json").json["changes"][0]["new"] == 1187


@pytest.mark.parametrize("region", ["R5", "r5", "Region 5", "REGION 5", "ភូមិភាគទី៥"])
@pytest.mark.parametrize("unit", ["21", "takeo", "Takeo", "តាកែវ"])
def test_places_by_key_or_name(run: Run, blank: Path, region: str, unit: str):
    value = run("enter", blank, "--region", region, "--unit", unit, "cpp=1", "--json").json
    assert (value["region"], value["unit"], value["changes"][0]["column"]) == ("R5", "21", "CPP")


def test_figures_may_stand_anywhere_among_the_options(run: Run, published: Path):
    ran = run("enter", "CPP=1", "--region", "R5")
    assert ran.code != 0
    assert run("enter", published, "CPP=1", "--region", "R5", "KWP=2", "--json").json["event"] == 3


REFUSED = [
    (["--region", "R9", "CPP=1"], "--region R9", "R1 (Region 1), R2 (Region 2)"),
    (["--region", "R5", "CPP=1"], "--unit", "07 (Kampot), 23 (Kep), 21 (Takeo)"),
    (["--region", "R5", "--unit", "Phnom Penh", "CPP=1"], "--unit Phnom Penh", "07 (Kampot)"),
    ([*TAKEO, "ABC=1"], "ABC=1", "registered, cast, CPP, KWP, FUN, NPP, invalid"),
    ([*TAKEO, "valid=1"], "valid=1", "there is no such column"),
    ([*TAKEO, "CPP"], "CPP", "COLUMN=NUMBER"),
    ([*TAKEO, "=5"], "=5", "there is no such column"),
    ([*TAKEO, "CPP=-1"], "CPP=-1", "no sign"),
    ([*TAKEO, "CPP=1.5"], "CPP=1.5", "whole numbers"),
    ([*TAKEO, "CPP=1e3"], "CPP=1e3", "only digits"),
    ([*TAKEO, "CPP=1_000"], "CPP=1_000", "only digits"),
    ([*TAKEO, "CPP=²"], "CPP=²", "only digits"),
    ([*TAKEO, "CPP=1000000000000"], "CPP=1000000000000", "larger than"),
    ([*TAKEO, "CPP=5=6"], "CPP=5=6", "only digits"),
    ([*TAKEO, "KWP=1", "CPP=1", "kwp=2"], "kwp=2", "twice"),
]


@pytest.mark.parametrize(("words", "argument", "why"), REFUSED, ids=lambda value: str(value)[:30])
def test_a_bad_argument_is_named_and_nothing_changes(run: Run, blank: Path, words: list[str], argument: str, why: str):
    ran = run("enter", blank, *words, "NPP=4", "--json")
    error = ran.json["error"]
    assert (ran.code, error["code"]) == (2, "bad-arguments")
    (refused,) = error["arguments"]
    assert refused["argument"] == argument
    assert why in refused["message"]
    assert f"{argument}: " in ran.err
    verified = run("verify", blank, "--json").json
    assert (verified["ok"], verified["events"]) == (True, 1)
    assert run("results", blank, "--json").json["regions"][4]["sums"]["NPP"] is None


def test_every_bad_argument_is_named(run: Run, blank: Path):
    ran = run("enter", blank, "--region", "R9", "CPP=x", "ABC=1", "KWP=3", "--json")
    assert [refused["argument"] for refused in ran.json["error"]["arguments"]] == ["--region R9", "CPP=x", "ABC=1"]


def test_a_file_that_somebody_has_open(run: Run, published: Path):
    with TallyFile.open(published, operator="Vanna"):
        ran = run("enter", published, "--region", "R5", "CPP=1", "--json")
    assert (ran.code, ran.json["error"]["code"]) == (3, "locked")
    assert "Vanna" in ran.err
    assert run("verify", published, "--json").json["events"] == 2
    assert run("enter", published, "--region", "R5", "CPP=1").code == 0


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the administrator may write everywhere")
def test_a_file_that_cannot_be_written(run: Run, published: Path):
    published.chmod(0o444)
    ran = run("enter", published, "--region", "R5", "CPP=1", "--json")
    assert (ran.code, ran.json["error"]["code"]) == (3, "read-only")


def test_a_full_disk(run: Run, published: Path, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object) -> None:
        raise DiskFull(published)

    monkeypatch.setattr(TallyFile, "append_all", full)
    ran = run("enter", published, "--region", "R5", "CPP=1", "--json")
    assert (ran.code, ran.json["error"]["code"]) == (3, "disk-full")
    assert "saved" not in ran.out


def test_the_operator_is_in_the_journal(run: Run, published: Path):
    run("enter", published, "--region", "R5", "CPP=1", "--operator", "Sok Chea")
    with TallyFile.open(published, read_only=True) as file:
        assert [event.operator for event in file.events()] == ["Dara", "Dara", "Sok Chea"]


def test_without_a_name_it_is_who_logged_in(run: Run, published: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("TALLY_OPERATOR")
    monkeypatch.setattr("getpass.getuser", lambda: "chea")
    assert run("enter", published, "--region", "R5", "CPP=1", "--json").json["operator"] == "chea"


def test_nobody_enters_figures(run: Run, published: Path, monkeypatch: pytest.MonkeyPatch):
    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.delenv("TALLY_OPERATOR")
    monkeypatch.setattr("getpass.getuser", nobody)
    ran = run("enter", published, "--region", "R5", "CPP=1", "--json")
    assert (ran.code, ran.json["error"]["code"]) == (2, "no-operator")
    assert run("results", published).code == 0
