import csv
import io
import json
from pathlib import Path

import msgspec
import pytest

from tally_app.cli.check import Checked
from tests.cli.conftest import Run


@pytest.fixture
def checked(run: Run, published: Path):
    ran = run("check", published, "--json")
    assert ran.code == 1
    return ran.json


def found(checked, code: str, party: str | None = None, source: str | None = None):
    """The one finding of this code, about this party and from this source where they are given."""
    (finding,) = [
        finding
        for finding in checked["findings"]
        if finding["code"] == code
        and party in (None, finding["place"]["party"])
        and source in (None, finding["facts"].get("source"))
    ]
    return finding


def test_the_total_row_does_not_add_up(checked):
    finding = found(checked, "E202")
    assert finding["severity"] == "error"
    assert finding["place"] == {"region": None, "unit": None, "party": "CPP", "column": "CPP"}
    facts = finding["facts"]
    assert (facts["stated"], facts["sum"], facts["difference"]) == (10117, 9332, 785)
    assert "10,117" in finding["sentence"]
    assert "785" in finding["sentence"]


def test_more_votes_than_ballots(checked):
    facts = found(checked, "E204")["facts"]
    assert (facts["sum"], facts["limit"], facts["cast"]) == (11764, "cast", 11730)


@pytest.mark.parametrize(
    ("party", "stated", "computed"),
    [("CPP", "86.99", "85.00"), ("KWP", "11.01", "12.70"), ("FUN", "0.15", "0.17"), ("NPP", "1.85", "2.13")],
)
def test_percentages_of_the_total_row(checked, party: str, stated: str, computed: str):
    facts = found(checked, "W206", party, "results-table")["facts"]
    assert (facts["stated"], facts["computed"]) == (stated, computed)


def test_two_sources_differ(checked):
    facts = found(checked, "W207", "CPP")["facts"]
    assert {facts["stated"], facts["other"]} == {"85.92", "86.99"}


def test_invalid_ballots_of_one_region_only(checked):
    finding = found(checked, "W209")
    assert finding["place"]["column"] == "invalid"
    assert (finding["facts"]["regions"], finding["facts"]["of"]) == (["R1"], 8)


def test_no_majority(checked):
    facts = found(checked, "W210")["facts"]
    assert (facts["stated"], facts["needed"], facts["seats"]) == (31, 32, 62)


def test_the_published_seats_are_right(checked):
    assert "E203" not in {finding["code"] for finding in checked["findings"]}


def test_the_shape(run: Run, checked, blank: Path):
    for value in (checked, run("check", blank, "--json").json):
        msgspec.convert(value, Checked, strict=True)
        assert list(value) == ["training", "findings", "counts", "accepted", "causes", "repairs", "more_repairs"]
        assert list(value["counts"]) == ["error", "warning", "note"]
        assert sum(value["counts"].values()) == len(value["findings"])
        for finding in value["findings"]:
            assert list(finding)[:5] == ["code", "severity", "place", "facts", "sentence"]
            assert list(finding)[5:] == ["number", "advice", "cause", "repairs", "accepted"]


def test_the_worst_comes_first(checked):
    severities = [finding["severity"] for finding in checked["findings"]]
    assert severities == sorted(severities, key=["error", "warning", "note"].index)


def test_notes_alone_end_with_zero(run: Run, blank: Path):
    ran = run("check", blank)
    assert ran.code == 0
    assert "note      N109  Region 1  1 of 1 unit still empty" in ran.out
    assert ran.out.endswith("0 errors, 0 warnings, 8 notes.\n")


def test_for_people(run: Run, published: Path):
    lines = run("check", published).out.splitlines()
    assert " ".join(lines[1].split()) == (
        "1 error E202 Chamber · CPP The results table states 10,117 votes; the regions add up to 9,332 (785 fewer)."
    )
    assert lines[-1].startswith("3 errors, ")


def test_the_acceptance_case_stands_alone(checked):
    """checks.md: of all single slips in the 32 cells exactly one has a positive score, and it leaves the seats."""
    (repair,) = checked["repairs"]
    assert (repair["kind"], repair["score"], repair["alone"], repair["cells"]) == ("transposed", 2, True, 1)
    (change,) = repair["changes"]
    assert (change["region"], change["column"], change["old"], change["new"]) == ("R4", "CPP", 1191, 1911)
    assert [(claim["stated"], claim["after"]) for claim in repair["fixed"]] == [("85.92", "85.92"), ("11.92", "11.92")]
    assert repair["broken"] == []
    assert repair["seats_before"] == repair["seats_after"] == {"CPP": 9, "KWP": 1, "FUN": 0, "NPP": 0}


def test_every_finding_has_one_cause_and_names_its_repairs(checked):
    by_number = {finding["number"]: finding for finding in checked["findings"]}
    hanging = [number for cause in checked["causes"] for number in cause["findings"]]
    assert sorted(hanging) == sorted(by_number)
    for number, cause in enumerate(checked["causes"], 1):
        assert {by_number[each]["cause"] for each in cause["findings"]} == {number}
    explained = [finding for finding in checked["findings"] if finding["repairs"] == [1]]
    assert [(each["code"], each["facts"]["stated"]) for each in explained] == [("W206", "85.92"), ("W206", "11.92")]


def test_repairs_are_told_below_the_table(run: Run, published: Path):
    lines = run("check", published).out.splitlines()
    assert lines[-3].startswith("+2     Region 4 · CPP: 1,191 is probably 1,911 (two digits swapped).")


def test_a_table_for_spreadsheets(run: Run, published: Path, tmp_path: Path):
    run("explain", published, "--finding", "W210", "--reason", "=Printed so")
    out = tmp_path / "findings.csv"
    ran = run("check", published, "--csv", out)
    assert ran.code == 1
    rows = list(csv.reader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
    assert rows[1][:5] == ["E202", "error", "Chamber", "", "CPP"]
    assert json.loads(rows[1][7])["difference"] == 785
    (accepted,) = [row for row in rows if row[0] == "W210"]
    assert accepted[8:] == ["'=Printed so", "Dara"], "no spreadsheet runs it"
    assert len(rows) == 1 + len(run("check", published, "--json").json["findings"])


def test_a_table_takes_no_file_s_place(run: Run, published: Path, tmp_path: Path):
    out = tmp_path / "findings.csv"
    out.write_text("mine", encoding="utf-8")
    assert run("check", published, "--csv", out).code == 3
    assert out.read_text(encoding="utf-8") == "mine"
