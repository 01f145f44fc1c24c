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
        assert list(value) == ["training", "findings", "counts"]
        assert list(value["counts"]) == ["error", "warning", "note"]
        assert sum(value["counts"].values()) == len(value["findings"])
        for finding in value["findings"]:
            assert list(finding) == ["code", "severity", "place", "facts", "sentence"]


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
        "error E202 Chamber · CPP The results table states 10,117 votes; the regions add up to 9,332 (785 fewer)."
    )
    assert lines[-1].startswith("3 errors, ")
