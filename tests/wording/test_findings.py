"""Sentences as they are read on the screen and on paper."""

from typing import get_args

from tally_app.checks.finding import Fact, Finding, Place
from tally_app.election.model import FigureKind
from tally_app.wording import findings as wording
from tally_app.wording.findings import advice, sentence
from tally_app.wording.names import Names
from tests.ui.fake_journal import bundled_document

ENTRY = ["E101", "E102", "E103", "E104", "E105", "W107", "N109"]
STATED = ["E201", "E202", "E203", "E204", "E205", "W206", "W207", "W208", "W209", "W210"]
ALL = [*ENTRY, *STATED, "E301", "E302", "E401", "E402", "W405"]


def test_every_code_has_a_sentence_and_says_what_to_do():
    assert sorted(wording._SENTENCES) == sorted(ALL)
    assert sorted(wording._ADVICE) == sorted(ALL)


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


def test_forms():
    names = Names(bundled_document("cambodia-senate-2024-blank").election)
    takeo = Place("R5", "21", None, "invalid")
    missing = Finding("E101", takeo, {"columns": ["invalid"], "sum": 711, "cast": 712})
    assert names.place(takeo) == "Region 5 · Takeo · Invalid"
    assert sentence(names, missing) == "Not entered: Invalid. The row must add up to 712 (711 so far)."
    off = Finding("E103", takeo, {"sum": 713, "cast": 712, "difference": 1})
    assert sentence(names, off) == "Valid and invalid add up to 713; ballots cast are 712 (1 too many)."
    tie = Finding("E401", Place("R5"), {"seats": 1, "parties": ["CPP", "KWP"], "counted": True})
    assert sentence(names, tie) == "CPP and KWP are tied for 1 seat; a lot must be drawn."
    assert advice(tie)


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
