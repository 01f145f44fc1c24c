"""Warnings accepted with a reason from the command line: addressed without doubt, kept, and dropped with a figure."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run


def warning(run: Run, file: Path, code: str):
    (finding,) = [each for each in run("check", file, "--json").json["findings"] if each["code"] == code]
    return finding


def test_a_reason_by_code(run: Run, published: Path):
    ran = run("explain", published, "--finding", "w210", "--reason", " Printed so ", "--json")
    assert ran.code == 0
    (explained,) = ran.json["findings"]
    assert (explained["code"], ran.json["event"], ran.json["operator"]) == ("W210", 3, "Dara")
    assert explained["accepted"] == {"reason": "Printed so", "by": "Dara", "holds": True}
    assert warning(run, published, "W210")["accepted"] == explained["accepted"]
    told = run("check", published).out
    assert "(30 of the 58 elected). [accepted by Dara: Printed so]" in told
    assert told.endswith("3 errors, 10 warnings (1 accepted), 11 notes.\n")


def test_several_by_number_get_one_reason_in_one_gesture(run: Run, published: Path):
    ran = run("explain", published, "--finding", 5, "--finding", 7, "--reason", "Rounded by the source", "--json")
    assert [each["number"] for each in ran.json["findings"]] == [5, 7]
    assert run("check", published, "--json").json["accepted"] == 2


def test_the_same_again_changes_nothing(run: Run, published: Path):
    run("explain", published, "--finding", "W210", "--reason", "Printed so")
    assert run("explain", published, "--finding", "W210", "--reason", "Printed so", "--json").json["event"] is None


def test_taken_back(run: Run, published: Path):
    run("explain", published, "--finding", "W210", "--reason", "Printed so")
    assert run("explain", published, "--finding", "W210", "--remove").out.splitlines()[-1] == "saved as event 4"
    assert warning(run, published, "W210")["accepted"] is None


def test_a_reason_falls_with_the_figures(run: Run, published: Path):
    run("explain", published, "--finding", 6, "--reason", "Rounded down")
    run("enter", published, "--region", "R2", "FUN=3")
    (accepted,) = filter(None, (each["accepted"] for each in run("check", published, "--json").json["findings"]))
    assert accepted == {"reason": "Rounded down", "by": "Dara", "holds": False}
    assert "[no longer accepted: Rounded down]" in run("check", published).out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--finding", "W206", "--reason", "x"], "several have this code; write the number: 4, 5, 6, 7, 8 or 9"),
        (["--finding", "99", "--reason", "x"], "there is no finding of this number here"),
        (["--finding", "W107", "--reason", "x"], "there is no finding of this code here"),
        (["--finding", "W210", "--region", "R1", "--reason", "x"], "there is no finding of this code here"),
        (["--finding", "E204", "--reason", "x"], "Only warnings are accepted with a reason"),
        (["--finding", "17", "--reason", "x"], "Only warnings are accepted with a reason"),
        (["--finding", "W210", "--reason", "  "], "Write a reason"),
        (["--finding", "W210"], "say why with --reason TEXT"),
        (["--finding", "W210", "--reason", "x", "--remove"], "say why with --reason TEXT"),
        (["--finding", "W210", "--unit", "R1", "--reason", "x"], "say of which region"),
    ],
)
def test_what_cannot_be_accepted_changes_nothing(run: Run, published: Path, words: list[str], told: str):
    before = published.read_bytes()
    ran = run("explain", published, *words)
    assert ran.code == 2
    assert told in ran.err
    assert "Nothing was changed." in ran.err
    assert published.read_bytes() == before


def test_a_unit_of_a_region(run: Run, blank: Path):
    zero = [f"{key}=0" for key in ("CPP", "KWP", "FUN", "NPP", "invalid")]
    for unit in ("Kampot", "Takeo"):
        run("enter", blank, "--region", "R5", "--unit", unit, "registered=90", "cast=0", *zero)
    assert run("explain", blank, "--finding", "W107", "--reason", "Nobody came").code == 2
    ran = run(
        "explain", blank, "--finding", "W107", "--region", "R5", "--unit", "takeo", "--reason", "Closed", "--json"
    )
    assert [each["place"]["unit"] for each in ran.json["findings"]] == ["21"]
