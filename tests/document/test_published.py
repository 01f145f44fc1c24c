"""The published table of 2024 contradicts itself, and the program says how, without outside knowledge."""

import pytest

from tally_app.checks.finding import Finding
from tally_app.document.document import Document

PUBLISHED = "cambodia-senate-2024"
SEATS = [(6, 0), (7, 1), (5, 0), (9, 1), (7, 0), (6, 1), (9, 0), (6, 0)]


@pytest.fixture
def document(open_pack) -> Document:
    document: Document = open_pack(PUBLISHED)
    return document


def found(document: Document, code: str) -> list[Finding]:
    return [finding for finding in document.live.findings() if finding.code == code]


def test_the_votes_give_the_published_seats_region_by_region(document):
    assert [document.live.region(r).allocation.seats[:2] for r in range(8)] == SEATS
    assert document.live.chamber.seats == (55, 3, 0, 0)
    assert document.live.chamber.open_seats == 0
    assert found(document, "E203") == []


def test_the_total_row_states_785_votes_more_than_the_regions_have(document):
    (finding,) = found(document, "E202")
    assert finding.place.party == "CPP"
    assert finding.facts == {"source": "results-table", "stated": 10117, "sum": 9332, "difference": 785}


def test_the_stated_totals_exceed_the_ballots_cast(document):
    (finding,) = found(document, "E204")
    assert (finding.facts["sum"], finding.facts["cast"]) == (11764, 11730)


def test_the_total_rows_percentages_are_wrong_and_what_they_would_be(document):
    wrong = {
        f.place.party: (f.facts["stated"], f.facts["computed"], f.facts["of_stated"])
        for f in found(document, "W206")
        if f.facts["source"] == "results-table"
    }
    assert wrong == {
        "CPP": ("86.99", "85.00", "86.00"),
        "KWP": ("11.01", "12.70", "11.85"),
        "FUN": ("0.15", "0.17", "0.16"),
        "NPP": ("1.85", "2.13", "1.99"),
    }


def test_the_regions_own_percentages_are_right(document):
    assert [f for f in found(document, "W206") if f.place.region is not None] == []


def test_summary_box_and_results_table_differ(document):
    pairs = {(f.place.party, f.facts["stated"], f.facts["other"]) for f in found(document, "W207")}
    assert pairs == {("CPP", "86.99", "85.92"), ("KWP", "11.01", "11.92")}


def test_invalid_ballots_are_stated_for_one_region_only(document):
    (finding,) = found(document, "W209")
    assert (finding.facts["figure"], finding.facts["regions"], finding.facts["of"]) == ("invalid", ["R1"], 8)


def test_31_of_62_is_no_majority(document):
    (finding,) = found(document, "W210")
    assert (finding.facts["stated"], finding.facts["needed"], finding.facts["needed_of_elected"]) == (31, 32, 30)


def test_744_ballots_are_unaccounted_for(document):
    (finding,) = found(document, "E205")
    assert finding.facts["difference"] == 744
    assert (finding.facts["invalid_units"], finding.facts["units"]) == (1, 8)


def test_nothing_else_is_found(document):
    codes = sorted({finding.code for finding in document.live.findings()})
    assert codes == ["E202", "E204", "E205", "W206", "W207", "W209", "W210"]
    assert len(document.live.findings()) == 13
