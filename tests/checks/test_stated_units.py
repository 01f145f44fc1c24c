"""What is stated of one reporting unit, against its own form: the same codes as for a region, at their boundaries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally_app.checks.finding import Finding, Place
from tally_app.count.book import BallotBook
from tally_app.count.figures import Cell, CellChange, FigureKey
from tally_app.count.statements import Statements
from tally_app.document.live import LiveResults
from tally_app.wording.findings import sentence
from tally_app.wording.names import Names
from tests.packs import make_election
from tests.ui.fake_journal import open_document

# Units R1-1 and R1-2: registered, cast, A, B, invalid.
FIGURES = [(100, 90, 50, 37, 3), (200, 150, 60, 85, 5)]
OF_UNIT = Place("R1", "R1-1")


def key(source: str, figure: str, party: str | None = None, unit: str = "R1-1") -> FigureKey:
    return FigureKey(source, figure, "R1", unit, party)  # type: ignore[arg-type]


def findings(stated, figures=FIGURES, form=("registered", "cast", "parties", "invalid")) -> list[Finding]:
    election = make_election(units=(2, 1), form=form)
    book = BallotBook(election)
    for row, values in enumerate(figures):
        book.put(CellChange(Cell(row, c), None, v) for c, v in enumerate(values) if v is not None)
    live = LiveResults(election, book, Statements(stated))
    return [f for f in live.findings() if f.code[1:] > "200" and f.place.unit is not None]


@pytest.mark.parametrize(("stated", "expected"), [("50", []), ("49", [("E201", -1)]), ("51", [("E201", 1)])])
def test_e201_the_units_votes_off_by_one(stated, expected):
    found = findings({key("table", "votes", "A"): stated})
    assert [(f.code, f.facts["difference"]) for f in found] == expected
    assert all(f.place == Place("R1", "R1-1", "A", "A") for f in found)


@pytest.mark.parametrize("figure", ["registered", "cast", "invalid"])
def test_e201_every_field_of_the_form(figure):
    entered = dict(zip(("registered", "cast", "A", "B", "invalid"), FIGURES[0], strict=True))[figure]
    assert findings({key("table", figure): str(entered)}) == []
    (finding,) = findings({key("table", figure): str(entered + 1)})
    assert (finding.code, finding.place) == ("E201", Place("R1", "R1-1", None, figure))


def test_e201_valid_votes_where_the_form_has_none():
    """87 = 50 + 37."""
    assert findings({key("table", "valid"): "87"}) == []
    (finding,) = findings({key("table", "valid"): "88"})
    assert (finding.code, finding.facts["sum"], finding.place.column) == ("E201", 87, "valid")
    assert findings({key("table", "valid"): "88"}, [(100, 90, 50, None, 3)]) == []
    assert [f.code for f in findings({key("table", "valid"): "49"}, [(100, 90, 50, None, 3)])] == ["E201"]


def test_e201_waits_for_the_figure():
    assert findings({key("table", "votes", "A"): "50"}, [(100, None, None, None, None)]) == []


def test_e204_the_stated_votes_are_more_than_the_ballots_of_the_form():
    stated = {key("table", "votes", "A"): "50", key("table", "votes", "B"): "41"}
    found = [f for f in findings(stated) if f.code == "E204"]
    assert [(f.place, f.facts["sum"], f.facts["cast"]) for f in found] == [(OF_UNIT, 91, 90)]
    stated = {key("table", "votes", "A"): "50", key("table", "votes", "B"): "40"}
    assert [f for f in findings(stated) if f.code == "E204"] == []


@pytest.mark.parametrize(("stated", "expected"), [("57.47", []), ("57.5", []), ("57", []), ("57.48", ["W206"])])
def test_w206_a_percentage_of_the_units_votes(stated, expected):
    """50 ÷ 87 = 57.471… %."""
    assert [f.code for f in findings({key("table", "share", "A"): stated})] == expected


def test_w206_waits_until_every_party_is_entered():
    assert findings({key("table", "share", "A"): "1.00"}, [(100, 90, 50, None, 3)]) == []


def test_w207_two_sources_of_one_unit():
    (finding,) = findings({key("box", "cast"): "90", key("table", "cast"): "91"}, [])
    assert (finding.code, finding.place, finding.facts["figure"]) == ("W207", OF_UNIT, "cast")
    assert findings({key("box", "cast"): "91", key("table", "cast"): "91"}, []) == []
    assert findings({key("box", "cast"): "90", key("table", "cast", unit="R1-2"): "150"}) == []


@pytest.mark.parametrize(("stated", "expected"), [("90.00", []), ("90", []), ("90.01", ["W208"]), ("89.99", ["W208"])])
def test_w208_turnout_of_the_unit(stated, expected):
    assert [f.code for f in findings({key("table", "turnout"): stated})] == expected


def test_w208_goes_by_the_sources_own_figures_where_none_are_entered():
    """Another source's figures must not make a turnout wrong that fits its own: 91 ÷ 100, not 90 ÷ 100."""
    stated = {
        key("box", "cast"): "90",
        key("box", "registered"): "100",
        key("table", "cast"): "91",
        key("table", "registered"): "100",
        key("table", "turnout"): "91.00",
    }
    assert [f.code for f in findings(stated, [])] == ["W207"]
    stated[key("table", "turnout")] = "90.00"
    assert sorted(f.code for f in findings(stated, [])) == ["W207", "W208"]


def test_the_sentence_speaks_of_the_form():
    election = make_election(units=(2, 1))
    (finding,) = findings({key("table", "votes", "A"): "49"})
    assert sentence(Names(election), finding) == "The results table states 49 votes; its form says 50 (1 more)."


def test_a_unit_that_is_clean_by_itself_is_checked_on_opening_for_what_is_stated_of_it():
    (finding,) = findings({key("table", "votes", "A", "R1-2"): "61"})
    assert finding.place.unit == "R1-2"


def test_it_is_about_the_unit_and_follows_every_change():
    document = open_document(make_election(units=(2, 1)), with_pack=False)
    where = key("table", "votes", "A")

    def codes() -> list[str]:
        return [f.code for found in document.live.unit_findings(0).values() for f in found if f.code == "E201"]

    document.commit(document.edit_stated(where, "49"))
    assert codes() == []
    document.draft(Cell(0, 2), 50)
    assert codes() == ["E201"]
    document.draft(Cell(0, 2), 49)
    assert codes() == []
    document.drop_draft()
    document.commit(document.edit_cells("enter", {Cell(0, 2): 50}))
    assert codes() == ["E201"]
    document.draft_stated(where, "50")
    assert codes() == []
    document.drop_draft()
    assert codes() == ["E201"]
    document.commit(document.edit_stated(where, None))
    assert codes() == []


counts = st.integers(0, 60)
keys = st.builds(
    FigureKey,
    st.sampled_from(["table", "box"]),
    st.sampled_from(["votes", "cast", "registered", "invalid", "share"]),
    st.just("R1"),
    st.sampled_from(["R1-1", "R1-2"]),
    st.sampled_from(["A", "B"]),
)


def placed(where: FigureKey) -> FigureKey:
    return where if where.figure in ("votes", "share") else where._replace(party=None)


cells = st.builds(Cell, st.integers(0, 1), st.integers(0, 4))


@given(st.lists(st.one_of(st.tuples(cells, st.none() | counts), st.tuples(keys, st.none() | counts)), max_size=25))
def test_after_any_gestures_the_findings_are_those_of_a_fresh_computation(gestures):
    document = open_document(make_election(units=(2, 1)), with_pack=False)
    for where, number in gestures:
        if isinstance(where, FigureKey):
            text = None if number is None else str(number)
            document.commit(document.edit_stated(placed(where), text))
        else:
            document.commit(document.edit_cells("enter", {where: number}))
    fresh = LiveResults(document.election, document.book, document.statements)
    assert document.live.findings() == fresh.findings()


@given(
    st.lists(st.tuples(keys, counts), max_size=6), keys, st.none() | counts, st.lists(counts, min_size=5, max_size=5)
)
def test_a_stated_draft_is_what_it_will_be(before, where, number, row):
    document = open_document(make_election(units=(2, 1)), with_pack=False)
    document.commit(document.edit_cells("enter", {Cell(0, column): value for column, value in enumerate(row)}))
    for key_, value in before:
        document.commit(document.edit_stated(placed(key_), str(value)))
    text = None if number is None else str(number)
    document.draft_stated(placed(where), text)
    shown = document.live.findings()
    document.drop_draft()
    document.commit(document.edit_stated(placed(where), text))
    assert document.live.findings() == shown
