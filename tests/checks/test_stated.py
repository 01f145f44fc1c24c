"""E201–E205, W206–W210: stated figures against computed ones, at their boundaries."""

import pytest

from tally_app.checks.finding import Finding
from tally_app.count.book import BallotBook
from tally_app.count.figures import Cell, CellChange, FigureKey
from tally_app.count.statements import Statements
from tally_app.document.live import LiveResults
from tests.packs import make_election

# One unit a region: registered, cast, A, B, invalid.
FIGURES = [(100, 90, 50, 37, 3), (200, 150, 60, 85, 5)]


def findings(stated, figures=FIGURES, **options: object) -> list[Finding]:
    """*stated*: (source, figure, region, party) → printed value."""
    election = make_election(units=(1,) * len(figures), **options)
    book = BallotBook(election)
    for row, values in enumerate(figures):
        book.put(CellChange(Cell(row, c), None, v) for c, v in enumerate(values) if v is not None)
    keys = {FigureKey(s, f, r, None, p): value for (s, f, r, p), value in stated.items()}
    live = LiveResults(election, book, Statements(keys))
    return [f for f in live.findings() if f.code[1:] > "200"]


def codes(*args, **options):
    return [finding.code for finding in findings(*args, **options)]


@pytest.mark.parametrize(("stated", "expected"), [("50", []), ("49", ["E201"]), ("51", ["E201"])])
def test_e201_a_regions_total_off_by_one(stated, expected):
    found = codes({("table", "votes", "R1", "A"): stated, ("table", "votes", "R2", "A"): "60"})
    assert found == expected


def test_e201_holds_for_other_columns_too():
    totals = {("table", "cast", "R1", None): "91", ("table", "cast", "R2", None): "150"}
    (finding,) = findings(totals)
    assert finding.code == "E201"
    assert finding.place.column == "cast"


def test_e201_waits_for_the_count_unless_the_sum_is_too_much_already():
    half = [(100, 90, 50, 37, 3), (200, 150, None, 85, 5)]
    both = {("table", "votes", "R1", "A"): "50", ("table", "votes", "R2", "A"): "60"}
    assert codes(both, half) == []
    assert codes({("table", "votes", None, "A"): "110"}, half) == []
    assert codes({("table", "votes", None, "A"): "49"}, half) == ["E202"]


@pytest.mark.parametrize(("stated", "difference"), [("111", 1), ("109", -1)])
def test_e202_the_chambers_total_off_by_one(stated, difference):
    (finding,) = findings({("table", "votes", None, "A"): stated})
    assert finding.code == "E202"
    assert (finding.facts["sum"], finding.facts["difference"]) == (110, difference)
    assert codes({("table", "votes", None, "A"): "110"}) == []


def test_e203_seats_of_a_region_and_of_the_chamber():
    # d'Hondt, 3 seats: R1 50, 37, 25 → 2–1; R2 85, 60, 42.5 → 1–2.
    assert codes({("table", "seats", "R1", "A"): "2", ("table", "seats", "R2", "A"): "1"}) == []
    assert codes({("table", "seats", "R1", "A"): "3", ("table", "seats", "R2", "A"): "1"}) == ["E203"]
    assert codes({("table", "seats", None, "A"): "3"}) == []
    assert codes({("table", "seats", None, "A"): "2"}) == ["E203"]


def test_e203_a_seat_that_a_tie_can_still_bring_contradicts_nothing():
    tied = [(100, 83, 40, 40, 3), (200, 150, 60, 85, 5)]  # R1: 1–1 and a tie for the third
    for seats in ("1", "2"):
        assert codes({("table", "seats", "R1", "A"): seats, ("table", "seats", "R2", "A"): "1"}, tied) == ["E401"]
    assert "E203" in codes({("table", "seats", "R1", "A"): "3", ("table", "seats", "R2", "A"): "1"}, tied)


def test_e204_stated_votes_together_against_ballots_cast_and_registered():
    votes = {("table", "votes", None, "A"): "110", ("table", "votes", None, "B"): "122"}
    assert codes({**votes, ("box", "cast", None, None): "240"}) == []
    exactly = {("table", "votes", None, "A"): "110", ("table", "votes", None, "B"): "130"}
    assert "E204" not in codes(exactly)
    over = findings({("table", "votes", None, "A"): "110", ("table", "votes", None, "B"): "131"})
    too_many = [f for f in over if f.code == "E204"]
    assert [(f.facts["sum"], f.facts["cast"]) for f in too_many] == [(241, 240)]


@pytest.mark.parametrize(("stated", "fires"), [("178", False), ("179", True)])
def test_e204_against_registered_voters_that_are_entered_in_every_unit(stated, fires):
    """122 and 178 are the 300 registered voters of both regions."""
    votes = {("table", "votes", None, "A"): "122", ("table", "votes", None, "B"): stated}
    of_registered = [f for f in findings(votes) if f.code == "E204" and f.facts["limit"] == "registered"]
    assert bool(of_registered) == fires
    assert all((f.facts["limit_source"], f.facts["registered"]) == (None, 300) for f in of_registered)
    unknown = [(None, *FIGURES[0][1:]), FIGURES[1]]
    assert not [f for f in findings(votes, unknown) if f.facts.get("limit") == "registered"]


def test_e205_before_the_end_only_when_it_is_too_much_already():
    half = [(100, 90, 50, 37, 3), (200, 150, None, 85, 5)]
    assert codes({("box", "cast", None, None): "180"}, half).count("E205") == 0
    assert codes({("box", "cast", None, None): "179"}, half).count("E205") == 1


def test_e205_says_for_how_many_units_invalid_ballots_are_known():
    some = [(100, 90, 50, 37, 3), (200, 150, 60, 85, None)]
    (finding,) = [
        f for f in findings({("box", "cast", None, None): "240"}, some, optional=("invalid",)) if f.code == "E205"
    ]
    assert (finding.facts["difference"], finding.facts["invalid_units"], finding.facts["units"]) == (5, 1, 2)


def test_e205_ballots_that_nobody_reports():
    assert codes({("box", "cast", None, None): "240"}) == []
    found = findings({("box", "cast", None, None): "241"})
    assert [f.code for f in found] == ["E202", "E205"]
    assert found[1].facts["difference"] == 1


@pytest.mark.parametrize(("stated", "expected"), [("57.47", []), ("57.48", ["W206"]), ("57.5", []), ("57", [])])
def test_w206_rounds_half_up_to_the_printed_decimals(stated, expected):
    """50 of 87 is 57.4712… %."""
    assert codes({("table", "share", "R1", "A"): stated, ("table", "share", "R2", "A"): "41.38"}) == expected


def test_w206_a_half_goes_up():
    """1 of 8 is 12.5 %: printed without decimals that is 13, not 12."""
    figures = [(100, 8, 1, 7, 0), (200, 150, 60, 85, 5)]
    whole = {("table", "share", "R2", "A"): "41.38"}
    assert codes({("table", "share", "R1", "A"): "13", **whole}, figures) == []
    assert codes({("table", "share", "R1", "A"): "12", **whole}, figures) == ["W206"]


def test_w206_names_the_base_that_would_make_it_right():
    (finding,) = findings({("table", "share", "R1", "A"): "55.56", ("table", "share", "R2", "A"): "41.38"})
    assert (finding.facts["base"], finding.facts["computed"]) == ("cast", "57.47")


def test_w207_sources_that_differ_beyond_rounding():
    share = ("share", None, "A")
    assert codes({("table", *share): "47.41", ("box", *share): "47.4"}) == []
    assert codes({("table", *share): "47.41", ("box", *share): "47.3"}) == ["W206", "W207"]


def test_w208_turnout_of_the_registered():
    assert codes({("box", "turnout", None, None): "80.00"}) == []
    assert codes({("box", "turnout", None, None): "80.01"}) == ["W208"]


def test_w208_needs_both_figures():
    unknown = [(None, *FIGURES[0][1:]), FIGURES[1]]
    assert codes({("box", "turnout", None, None): "80.01"}, unknown) == []
    stated = {("box", "turnout", None, None): "80.01", ("box", "registered", None, None): "300"}
    assert codes(stated, unknown) == ["W208"]


def test_w209_an_optional_column_that_is_entered_for_some_regions():
    some = [FIGURES[0], (200, 150, 60, 85, None)]
    (finding,) = [f for f in findings({}, some, optional=("invalid",)) if f.code == "W209"]
    assert (finding.facts["figure"], finding.facts["source"], finding.facts["regions"]) == ("invalid", None, ["R1"])
    assert "W209" not in codes({}, FIGURES, optional=("invalid",))


def test_w209_a_figure_for_some_regions_only():
    (finding,) = findings({("table", "invalid", "R1", None): "3"})
    assert finding.code == "W209"
    assert finding.facts["regions"] == ["R1"]
    assert codes({("table", "invalid", "R1", None): "3", ("table", "invalid", "R2", None): "5"}) == []


@pytest.mark.parametrize(("stated", "expected"), [("3", ["W210"]), ("4", []), ("5", ["W210"])])
def test_w210_a_majority_of_six_is_four(stated, expected):
    assert codes({("box", "majority", None, None): stated}) == expected


def test_w210_a_majority_of_seven_is_four():
    assert codes({("box", "majority", None, None): "4"}, appointed=1) == []
    assert codes({("box", "majority", None, None): "3"}, appointed=1) == ["W210"]


def test_e401_an_open_tie_names_who_and_how_many():
    (finding,) = findings({}, [(100, 83, 40, 40, 3), (200, 150, 60, 85, 5)])
    assert finding.code == "E401"
    assert finding.facts == {"seats": 1, "parties": ["A", "B"], "counted": True}
    assert codes({}, [(100, 84, 41, 40, 3), (200, 150, 60, 85, 5)]) == []
