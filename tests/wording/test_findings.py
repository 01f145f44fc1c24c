"""Sentences as they are read on the screen and on paper."""

from typing import get_args

import pytest

from tally_app.checks.finding import Fact, Finding, Place
from tally_app.election.model import FigureKind
from tally_app.wording import findings as wording
from tally_app.wording.findings import advice, sentence
from tally_app.wording.names import Names
from tests.ui.fake_journal import bundled_document

ENTRY = ["E101", "E102", "E103", "E104", "E105", "E106", "W107", "N108", "N109"]
STATED = ["E201", "E202", "E203", "E204", "E205", "W206", "W207", "W208", "W209", "W210"]
OUTCOME = ["E401", "E402", "N403", "N404", "W405"]
ALL = [*ENTRY, *STATED, "E301", "E302", "W303", *OUTCOME, "W501", "W502", "W503"]

PROVINCE = Place("R5", "21", None, "cast")
CPP = Place("R5", None, "CPP", "CPP")
CHAMBER = Place()
READ: list[tuple[str, Place, dict[str, Fact], str]] = [
    ("E101", PROVINCE, {"columns": ["cast"], "sum": 5, "cast": None}, "Not entered: Ballots cast."),
    (
        "E101",
        Place("R5", "21", "KWP", "KWP"),
        {"columns": ["KWP", "invalid"], "sum": 700, "cast": 1712},
        "Not entered: KWP and Invalid. The row must add up to 1,712 (700 so far).",
    ),
    (
        "E102",
        PROVINCE,
        {"sum": 711, "valid": 713, "difference": -2},
        "Party votes add up to 711; the form says 713 valid votes (2 too few).",
    ),
    (
        "E103",
        PROVINCE,
        {"sum": 713, "cast": 712, "difference": 1},
        "Valid and invalid add up to 713; ballots cast are 712 (1 too many).",
    ),
    (
        "E104",
        PROVINCE,
        {"cast": 712, "registered": 700, "difference": 12},
        "712 ballots cast by 700 registered voters (12 too many).",
    ),
    ("E105", CPP, {"votes": 1}, "1 vote for Cambodian People's Party, which does not stand in this region."),
    (
        "E106",
        Place("R5", "21", "KWP", "KWP"),
        {"first": 1191, "second": 1911},
        "The first entry has 1,191 for KWP, the second 1,911.",
    ),
    ("E106", PROVINCE, {"first": None, "second": 3}, "The first entry has nothing for Ballots cast, the second 3."),
    ("W107", PROVINCE, {"cast": 0, "votes": 0}, "No ballots were cast in this unit."),
    ("W107", PROVINCE, {"cast": 3, "votes": 0}, "Every party has 0 votes in this unit."),
    (
        "N108",
        PROVINCE,
        {"invalid": 44, "of": 1400, "percent": "3.14", "limit": "3"},
        "44 of 1,400 ballots are invalid: 3.14 %, where 3 % is remarkable.",
    ),
    (
        "N109",
        Place("R5"),
        {"empty": 1, "units": 3, "registered": 1200},
        "1 of 3 units still empty: 1,200 registered voters, so at most 1,200 more ballots.",
    ),
    (
        "N109",
        Place("R5"),
        {"empty": 1, "units": 3, "registered": None},
        "1 of 3 units still empty; how many ballots they can bring is not known.",
    ),
    (
        "E201",
        CPP,
        {"source": "results-table", "stated": 1186, "sum": 1187, "difference": -1},
        "The results table states 1,186 votes; the units add up to 1,187 (1 more).",
    ),
    (
        "E201",
        Place("R5", None, None, "cast"),
        {"source": "results-table", "stated": 1190, "sum": 1187, "difference": 3},
        "The results table states 1,190 ballots cast; the units add up to 1,187 (3 fewer).",
    ),
    (
        "E202",
        Place(None, None, "CPP", "CPP"),
        {"source": "results-table", "stated": 10117, "sum": 9332, "difference": 785},
        "The results table states 10,117 votes; the regions add up to 9,332 (785 fewer).",
    ),
    (
        "E203",
        CPP,
        {"source": "results-table", "stated": 1, "seats": 7},
        "The results table states 1 seat; the votes give 7.",
    ),
    (
        "E204",
        CHAMBER,
        {"source": "results-table", "sum": 241, "limit": "cast", "limit_source": None, "cast": 240, "difference": 1},
        "Party totals of the results table add up to 241, more than the 240 ballots cast (the figures entered).",
    ),
    (
        "E205",
        CHAMBER,
        {
            "source": "article",
            "cast": 11730,
            "valid": 10979,
            "invalid": 7,
            "invalid_units": 1,
            "units": 8,
            "difference": 744,
        },
        (
            "The article states 11,730 ballots cast; valid and invalid add up to 10,986 (744 unaccounted for)."
            " Invalid ballots are known for 1 of 8 units."
        ),
    ),
    (
        "W206",
        CPP,
        {
            "source": "results-table",
            "stated": "88.8",
            "computed": "88.7",
            "votes": 1187,
            "valid": 1337,
            "base": "cast",
            "of_stated": None,
            "rounding": "half-up",
        },
        (
            "The results table states 88.8 %; 1,187 of 1,337 valid votes are 88.7 %;"
            " it fits as a percentage of ballots cast."
        ),
    ),
    (
        "W207",
        CPP,
        {"figure": "votes", "source": "results-table", "stated": "1187", "other_source": "article", "other": "1188"},
        "The results table states 1,187, the article 1,188 for the same votes.",
    ),
    (
        "W208",
        CHAMBER,
        {"source": "article", "stated": "99.86", "computed": "99.85", "cast": 11730, "registered": 11747},
        "The article states a turnout of 99.86 %; 11,730 ballots of 11,747 registered voters are 99.85 %.",
    ),
    (
        "W209",
        Place(None, None, None, "invalid"),
        {"figure": "invalid", "source": None, "regions": ["R1"], "of": 8},
        "Invalid ballots are stated for 1 of 8 regions only: Region 1.",
    ),
    (
        "W210",
        CHAMBER,
        {"source": "article", "stated": 33, "needed": 32, "seats": 62, "elected": 58, "needed_of_elected": 30},
        "The article states a majority of 33; 33 of 62 is more than it takes: it takes 32 (30 of the 58 elected).",
    ),
    ("E301", CHAMBER, {"what": "elected", "sum": 57, "stated": 58}, "The regions have 57 seats; 58 are to be elected."),
    (
        "E301",
        CHAMBER,
        {"what": "total", "sum": 60, "stated": 62},
        "Elected and appointed seats make 60; the chamber has 62.",
    ),
    (
        "E302",
        Place("R1"),
        {"what": "province", "name": "Takeo", "key": "21", "regions": ["R1", "R5"]},
        "Takeo is in 2 regions: Region 1 and Region 5.",
    ),
    ("E302", CHAMBER, {"what": "province", "name": "Takeo", "key": "21", "regions": []}, "Takeo is in no region."),
    ("E302", CHAMBER, {"what": "ballot", "name": "3", "times": 2}, "Ballot number 3 is used 2 times."),
    (
        "W303",
        Place(None, None, "KWP"),
        {"what": "constituencies", "declared": 1, "stands": 8},
        "Khmer Will Party is declared in 1 constituency; it stands in 8.",
    ),
    (
        "W303",
        Place(None, None, "KWP"),
        {"what": "seats", "declared": 58, "stands": 52},
        "Khmer Will Party is declared to contest 58 seats; where it stands it can contest 52.",
    ),
    (
        "E401",
        Place("R5"),
        {"seats": 1, "parties": ["CPP", "KWP"], "counted": False},
        "CPP and KWP are tied for 1 seat so far; votes are still to come.",
    ),
    (
        "E402",
        Place("R5"),
        {"reason": "lists-exhausted", "unfilled": 2, "given": 5, "seats": 7, "counted": True},
        "2 seats cannot be filled: no list has a candidate left.",
    ),
    (
        "N403",
        Place("R5"),
        {"votes": 19, "gains": "KWP", "loses": "CPP", "close": True, "valid": 1337},
        "The last seat hangs on 19 votes of 1,337: 19 moved from CPP to KWP would move a seat. That is close.",
    ),
    (
        "N403",
        Place("R5"),
        {"votes": 1, "gains": "KWP", "loses": None, "close": True, "valid": 1337},
        "The last seat hangs on 1 vote of 1,337: 1 more for KWP would move a seat. That is close.",
    ),
    (
        "N403",
        Place("R5"),
        {"votes": 152, "gains": None, "loses": "CPP", "close": False, "valid": 1337},
        "The last seat hangs on 152 votes of 1,337: 152 fewer for CPP would move a seat.",
    ),
    (
        "N404",
        CPP,
        {"code": "E201", "size": 19, "votes": 19, "could": True, "source": "results-table"},
        "The difference of 19 (E201) could change a seat: 19 votes can.",
    ),
    (
        "N404",
        CPP,
        {"code": "E201", "size": 3, "votes": 19, "could": False, "source": "results-table"},
        "The difference of 3 (E201) cannot change a seat by itself: that takes 19 votes.",
    ),
    (
        "N404",
        CHAMBER,
        {"code": "E205", "size": 744, "votes": 13, "could": True, "source": "article"},
        "The difference of 744 (E205) could change a seat: 13 votes can in the closest region.",
    ),
    (
        "W405",
        Place("R5"),
        {"parties": ["CPP", "KWP"], "seats": 1},
        "A lot is recorded for a tie of CPP and KWP for 1 seat, and there is no such tie now.",
    ),
    (
        "W501",
        Place("R5", "21", "CPP", "CPP"),
        {"column": "CPP", "neighbour": "KWP", "values": [98, 1011], "expected": [985, 124], "units": 3},
        "CPP 98 and KWP 1,011 look swapped: by the shares of 3 other units they would be about 985 and 124.",
    ),
    (
        "W502",
        Place("R5", "21"),
        {"with": "unit", "other_region": "R1", "other_unit": "12", "others": 1},
        "The row is the same as that of Region 1 · Phnom Penh.",
    ),
    (
        "W502",
        Place("R5", "21"),
        {"with": "unit", "other_region": "R1", "other_unit": "12", "others": 3},
        "The row is the same as that of Region 1 · Phnom Penh, and as that of 2 more units.",
    ),
    (
        "W502",
        Place("R5", "21"),
        {"with": "import", "label": "friday.csv · row 7"},
        "The row is the same as one of an earlier import: friday.csv · row 7.",
    ),
    (
        "W502",
        Place("R5", "21"),
        {"with": "training", "label": "rehearsal · Takeo"},
        "The row is the same as one of training data: rehearsal · Takeo.",
    ),
    (
        "W503",
        PROVINCE,
        {"turnout": "66.67", "last": "99.8", "points": "1.5", "cast": 200, "registered": 300},
        "Turnout is 66.67 %, at the last election 99.8 %: more than 1.5 points apart.",
    ),
]


def test_every_code_has_a_sentence_and_says_what_to_do():
    assert sorted(wording._SENTENCES) == sorted(ALL)
    assert sorted(wording._ADVICE) == sorted(ALL)


@pytest.mark.parametrize(
    ("code", "place", "facts", "text"), READ, ids=lambda value: value if isinstance(value, str) else ""
)
def test_the_sentence_that_is_read(code, place, facts, text):
    names = Names(bundled_document("cambodia-senate-2024-blank").election)
    finding = Finding(code, place, facts)
    assert sentence(names, finding) == text
    assert names.place(place)


def test_every_code_is_read_aloud_above():
    assert {code for code, *_ in READ} == set(ALL)


def test_advice_is_one_short_sentence():
    for code in ALL:
        text = advice(Finding(code, Place(), {}))
        assert text.endswith(".")
        assert len(text) <= 60


def test_the_published_table_read_aloud():
    document = bundled_document()
    names = Names(document.election)
    read = {f"{f.code} {names.place(f.place)}: {sentence(names, f)}" for f in document.live.findings()}
    assert read >= {
        "E202 Chamber · CPP: The results table states 10,117 votes; the regions add up to 9,332 (785 fewer).",
        (
            "E204 Chamber: Party totals of the results table add up to 11,764,"
            " more than the 11,730 ballots cast (the article)."
        ),
        (
            "W206 Chamber · CPP: The results table states 86.99 %; 9,332 of 10,979 valid votes are 85.00 %"
            " (86.00 % by its own totals)."
        ),
        "W207 Chamber · CPP: The results table states 86.99 %, the summary box 85.92 % for the same percentage.",
        "W210 Chamber: The article states a majority of 31; 31 of 62 is not one: it takes 32 (30 of the 58 elected).",
    }
    assert any(line.startswith("W209 Chamber · Invalid: Invalid ballots are stated") for line in read)


def test_where_a_finding_is():
    names = Names(bundled_document("cambodia-senate-2024-blank").election)
    assert names.place(Place("R5", "21", None, "invalid")) == "Region 5 · Takeo · Invalid"


def test_every_kind_of_stated_figure_has_a_name_and_a_sentence():
    names = Names(bundled_document().election)
    for figure in get_args(FigureKind):
        facts: dict[str, Fact] = {"figure": figure, "source": "results-table", "regions": ["R1"], "of": 8}
        finding = Finding("W209", Place(column=figure), facts)
        assert names.place(finding.place).startswith("Chamber · ")
        assert "for 1 of 8 regions only: Region 1." in sentence(names, finding)


def test_khmer_names_where_the_pack_has_them():
    names = Names(bundled_document("cambodia-senate-2024-blank").election, "km")
    assert names.place(Place("R5", "21", "KWP", "KWP")) == "ភូមិភាគទី៥ · តាកែវ · KWP"
    assert names.party("CPP") == "គណបក្សប្រជាជនកម្ពុជា"
