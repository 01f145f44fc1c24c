"""Double entry from the command line: the second entry, the settlement, and the list of units."""

from pathlib import Path

import msgspec
import pytest

from tally_app.cli.enter_second import EnteredAgain
from tally_app.cli.settle import Settled
from tally_app.cli.units import Units
from tests.cli.conftest import Run

KEP = ("--region", "R5", "--unit", "Kep")
FORM = ("registered=9100", "cast=8090", "CPP=5150", "KWP=2931", "FUN=4", "NPP=3", "invalid=2")
AGAIN = (*FORM[:3], "KWP=2913", *FORM[4:])
KIM = ("--operator", "Kim")


@pytest.fixture
def doubled(run: Run, tmp_path: Path) -> Path:
    path = tmp_path / "doubled.tally"
    made = run("new", "--pack", "cambodia-senate-2024-blank", "--double-entry", path, "--json")
    assert made.json["double_entry"] is True
    return path


@pytest.fixture
def contested(run: Run, doubled: Path) -> Path:
    assert run("enter", doubled, *KEP, *FORM).code == 0
    assert run("enter", doubled, "--second", *KIM, *KEP, *AGAIN).code == 0
    return doubled


def state(run: Run, path: Path) -> str:
    units = run("units", path, "--region", "R5", "--json").json["units"]
    return str(next(unit["state"] for unit in units if unit["name"] == "Kep"))


def test_entries_that_agree(run: Run, doubled: Path):
    run("enter", doubled, *KEP, *FORM)
    assert state(run, doubled) == "entered"
    ran = run("enter", doubled, "--second", *KIM, *KEP, *FORM[:2])
    assert "not complete" in ran.out
    assert state(run, doubled) == "typed-again"
    ran = run("enter", doubled, "--second", *KIM, *KEP, *FORM, "--json")
    msgspec.convert(ran.json, EnteredAgain)
    assert (ran.json["state"], ran.json["event"], len(ran.json["changes"])) == ("verified", 4, 5)
    assert state(run, doubled) == "verified"


def test_the_second_clerk_is_told_nothing_of_the_first_entry(run: Run, doubled: Path):
    run("enter", doubled, *KEP, *FORM)
    for options in ((), ("--json",)):
        ran = run("enter", doubled, "--second", *KIM, *KEP, *AGAIN, *options)
        assert "differ" in ran.out
        assert "2,931" not in ran.out
        assert "2931" not in ran.out
        assert "eats" not in ran.out


def test_the_same_name_is_refused(run: Run, doubled: Path):
    run("enter", doubled, *KEP, *FORM)
    ran = run("enter", doubled, "--second", *KEP, *FORM, "--operator", "dara", "--json")
    assert (ran.code, ran.json["error"]["code"]) == (2, "same-clerk")
    run("enter", doubled, "--second", *KIM, *KEP, *AGAIN)
    ran = run("enter", doubled, *KIM, *KEP, "KWP=2913", "--json")
    assert (ran.code, ran.json["error"]["code"]) == (2, "second-clerk")


def test_a_difference_is_settled(run: Run, contested: Path):
    assert any(f["code"] == "E106" for f in run("check", contested, "--json").json["findings"])
    ran = run("settle", contested, *KEP, "KWP=2,913", "--note", "a 1 and a 3", "--operator", "Sok", "--json")
    msgspec.convert(ran.json, Settled)
    assert ran.json["fields"] == [{"column": "KWP", "first": 2931, "second": 2913, "paper": 2913}]
    assert (ran.json["operator"], ran.json["note"]) == ("Sok", "a 1 and a 3")
    assert state(run, contested) == "verified"
    assert not any(f["code"] == "E106" for f in run("check", contested, "--json").json["findings"])
    assert run("results", contested, "--json").json["regions"][4]["votes"]["KWP"] == 2913


@pytest.mark.parametrize(
    ("code", "figures"),
    [("not-settled", ["KWP="]), ("not-differing", ["KWP=2913", "CPP=5150"])],
)
def test_a_settlement_is_refused_whole(run: Run, contested: Path, code: str, figures: list[str]):
    ran = run("settle", contested, *KEP, *figures, "--json")
    assert (ran.code, ran.json["error"]["code"]) == (2, code)
    assert "Nothing was changed." in ran.err
    assert state(run, contested) == "differs"


def test_nothing_to_settle(run: Run, doubled: Path, blank: Path):
    assert run("settle", doubled, *KEP, "KWP=1", "--json").json["error"]["code"] == "no-difference"
    assert run("settle", blank, *KEP, "KWP=1", "--json").json["error"]["code"] == "no-double-entry"
    assert run("enter", blank, "--second", *KEP, "KWP=1", "--json").json["error"]["code"] == "no-double-entry"
    assert run("enter", doubled, "--second", *KEP, "KWP=1", "--json").json["error"]["code"] == "not-entered"


def test_units_by_state_and_region(run: Run, contested: Path):
    ran = run("units", contested, "--state", "differs", "--json")
    value = msgspec.convert({k: v for k, v in ran.json.items() if k != "training"}, Units)
    (unit,) = value.units
    assert (unit.region, unit.name, unit.first_by, unit.second_by, unit.settled_by) == (
        "R5",
        "Kep",
        ["Dara"],
        ["Kim"],
        [],
    )
    assert value.counts["empty"] == 24
    ran = run("units", contested, "--region", "region 5", "--state", "empty", "--state", "differs")
    assert "Kampot" in ran.out
    assert "3 units of 3." in ran.out
    assert "2931" not in ran.out.replace(",", "")
    assert run("units", contested, "--state", "gone").code == 2
    assert run("units", contested, "--region", "R99").code == 2


def test_units_without_double_entry(run: Run, blank: Path):
    run("enter", blank, *KEP, *FORM)
    ran = run("units", blank, "--region", "R5")
    assert "entered" in ran.out
    assert "Waits" not in ran.out
    assert run("units", blank, "--json").json["double_entry"] is False
