"""The rows of the side-by-side view: differences, contradictions, and whether they can change a seat."""

from typing import Any

import pytest

from tally_app.count.figures import Cell, FigureKey
from tally_app.document.sources import sources
from tally_app.document.stated_view import Scope, all_findings, key_of, least_votes, stated_rows
from tally_app.document.stating import import_edit, stated_edit
from tally_app.exchange.stated_table import read_table
from tally_app.wording.stating import difference_text, differences_text, verdict_text
from tests.packs import make_election
from tests.ui.fake_journal import bundled_document, open_document

COMMUNIQUE = b"""source,figure,party,value
communique,votes,CPP,10052
communique,votes,KWP,1394
communique,votes,FUN,19
communique,votes,NPP,234
communique,cast,,11730
communique,registered,,11747
"""


@pytest.fixture
def published():
    document = bundled_document()
    document.work()
    return document


@pytest.fixture
def communique(published):
    known = sources(published.election, published.records)
    table = read_table(COMMUNIQUE, published.election, known, new_sources_too=True)
    published.commit(import_edit(published, table))
    published.work()
    return published


CHAMBER = Scope()


def row(document, figure: str, party: str | None = None, scope: Scope = CHAMBER, **options) -> Any:
    (found,) = (r for r in stated_rows(document, scope, **options) if (r.figure, r.party) == (figure, party))
    return found


def test_differences_are_computed_minus_stated_to_the_decimals_stated(published):
    votes, share = row(published, "votes", "CPP"), row(published, "share", "CPP")
    assert [cell.difference for cell in votes.cells] == ["-785", None, None]
    assert [cell.difference for cell in share.cells] == ["-1.99", "-0.92", None]
    assert differences_text(share) == "−1.99 · −0.92"
    assert differences_text(row(published, "votes", "KWP")) == "0"
    assert differences_text(row(published, "blank")) == ""


def test_the_communique_is_720_off_and_that_can_change_a_seat(communique):
    votes = row(communique, "votes", "CPP")
    assert [cell.text for cell in votes.cells] == ["10117", None, None, "10052"]
    assert [(f.code, f.facts.get("difference")) for f in votes.cells[3].findings] == [("E202", 720), ("W207", None)]
    assert (votes.verdict.size, votes.verdict.could) == (785, True)
    assert votes.verdict.votes == least_votes(communique, None) == 13
    assert verdict_text(votes.verdict) == "yes: 785 ≥ 13"


def test_what_agrees_has_no_verdict(communique):
    for figure, party in (("votes", "KWP"), ("seats", "CPP")):
        agreeing = row(communique, figure, party)
        assert (agreeing.findings, agreeing.verdict) == ((), None)
        assert verdict_text(agreeing.verdict) == "–"


def test_a_small_difference_cannot_change_a_seat(published):
    """Region 1's seats hang on more votes than the one that is stated too few."""
    published.commit(stated_edit(published.statements, {FigureKey("article", "votes", "R1", None, "CPP"): "816"}))
    published.work()
    found = row(published, "votes", "CPP", Scope("R1"))
    assert found.verdict.size == 1
    assert not found.verdict.could
    assert verdict_text(found.verdict) == f"no: 1 < {least_votes(published, 'R1')}"


def test_the_verdict_agrees_with_the_note_about_the_same_finding(communique):
    notes = {
        (f.facts["code"], f.facts.get("source"), f.place): f.facts["could"]
        for f in communique.live.chamber_findings()
        if f.code == "N404"
    }
    for found in stated_rows(communique, Scope()):
        if found.verdict is not None:
            about = [(f.code, f.facts.get("source"), f.place) for f in found.findings]
            assert found.verdict.could == any(notes.get(each, False) for each in about)


def test_before_the_margins_are_known_it_says_so():
    document = bundled_document()
    found = row(document, "votes", "CPP")
    assert found.verdict.votes is None
    assert verdict_text(found.verdict) == "not known"


def test_the_findings_are_those_of_the_live_results(communique):
    """Of the chamber and of every region, whatever is stated of a figure."""
    for scope, live in (
        (Scope(), communique.live.chamber.findings),
        *((Scope(r.key), communique.live.region(i).findings) for i, r in enumerate(communique.election.regions)),
    ):
        shown = all_findings(stated_rows(communique, scope))
        about = [f for f in live if f.code[1:] > "200" and f.code[0] in "EW" and f.code[1] == "2" and f.code != "W209"]
        assert sorted(map(repr, shown)) == sorted(map(repr, about))


def test_which_figures_can_be_stated_of_what(published):
    def figures(scope):
        return {found.figure for found in stated_rows(published, scope)}

    assert "majority" in figures(Scope())
    assert figures(Scope()) - figures(Scope("R1")) == {"majority"}
    assert figures(Scope("R1")) - figures(Scope("R1", "R1")) == {"seats"}


def test_what_is_typed_counts(published):
    key = FigureKey("results-table", "votes", None, None, "CPP")
    assert row(published, "votes", "CPP", typed=(key, "9332")).findings == ()
    assert row(published, "votes", "CPP", typed=(key, None)).cells[0].difference is None
    assert row(published, "votes", "CPP").cells[0].text == "10117"
    published.draft(Cell(0, 0), 1602)
    assert row(published, "votes", "CPP").computed == "10117"
    assert row(published, "votes", "CPP").verdict is None


def test_a_unit_by_its_own_form():
    document = open_document(make_election(units=(2, 1)), with_pack=False)
    document.commit(document.edit_cells("enter", {Cell(1, 0): 100, Cell(1, 1): 90, Cell(1, 2): 50}))
    scope = Scope("R1", "R1-2")
    key = FigureKey("table", "votes", "R1", "R1-2", "A")
    document.commit(stated_edit(document.statements, {key: "51"}))
    found = row(document, "votes", "A", scope)
    assert (found.computed, found.cells[0].difference, found.verdict.size) == ("50", "-1", 1)
    assert [f.place.unit for f in found.findings] == ["R1-2"]
    assert row(document, "votes", "A", Scope("R1", "R1-1")).computed is None
    document.draft(Cell(1, 2), 51)
    assert row(document, "votes", "A", scope).findings == ()


def test_a_count_that_is_not_over_has_a_difference_and_no_contradiction():
    document = open_document(make_election(units=(2, 1)), with_pack=False)
    document.commit(document.edit_cells("enter", {Cell(0, 2): 50}))
    document.commit(stated_edit(document.statements, {FigureKey("table", "votes", "R1", None, "A"): "80"}))
    found = row(document, "votes", "A", Scope("R1"))
    assert (found.whole, found.cells[0].difference, found.findings, found.verdict) == (False, "-30", (), None)


def test_an_import_is_one_edit_with_its_sources_and_comes_back_whole(published):
    before = published.statements.figures()
    known = sources(published.election, published.records)
    table = read_table(COMMUNIQUE, published.election, known, new_sources_too=True)
    edit = import_edit(published, table)
    published.commit(edit)
    assert [source.key for source in sources(published.election, published.records)][-1] == "communique"
    assert len(published.statements.figures()) == len(before) + 6
    assert not import_edit(
        published, read_table(COMMUNIQUE, published.election, sources(published.election, published.records))
    )
    published.commit(edit.inverse())
    assert published.statements.figures() == before
    assert len(sources(published.election, published.records)) == 3


def test_a_finding_leads_to_the_figure_it_contradicts(communique):
    keys = {f.code: key_of(f) for f in communique.live.chamber_findings() if f.facts.get("source") != "results-table"}
    assert keys["W210"] == FigureKey("article", "majority")
    assert keys["E202"] == FigureKey("communique", "votes", None, None, "CPP")
    assert {key_of(f) for f in communique.live.chamber_findings() if f.code in ("W209", "N404")} == {None}


@pytest.mark.parametrize(
    ("difference", "text"), [("-785", "−785"), ("+12345", "+12,345"), ("0", "0"), ("-0.92", "−0.92"), (None, "")]
)
def test_how_a_difference_is_written(difference, text):
    assert difference_text(difference) == text
