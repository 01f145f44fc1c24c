"""E101–E105, W107–N109: where each fires, and the neighbour where it must not."""

import pytest
from msgspec.structs import replace

from tally_app.checks.entry import Form, check_form, check_missing, check_waiting
from tally_app.checks.finding import Severity
from tally_app.count.tally import Tally
from tally_app.election.election import Election
from tally_app.election.model import Limits
from tests.packs import make_election, make_pack

# registered, cast, A, B, invalid
RIGHT = (100, 90, 50, 37, 3)


def codes(*values: int | None, **options: object) -> list[str]:
    return [finding.code for finding in findings(*values, **options)]


def findings(*values: int | None, **options: object):
    return list(check_form(Form(make_election(**options), 0, 0, values)))


def test_a_form_that_adds_up_has_no_finding():
    assert codes(*RIGHT) == []


def test_a_unit_nobody_began_has_no_finding():
    assert codes(100, None, None, None, None) == []


def test_e101_names_every_missing_cell():
    (finding,) = findings(100, 90, 50, None, None)
    assert finding.code == "E101"
    assert finding.severity is Severity.ERROR
    assert finding.facts == {"columns": ["B", "invalid"], "sum": 50, "cast": 90}
    assert finding.place == ("R1", "R1-1", "B", "B")


def test_e101_for_a_sign_off_also_where_nobody_began():
    empty = Form(make_election(), 0, 0, (100, None, None, None, None))
    (finding,) = check_missing(empty)
    assert (finding.code, finding.facts["columns"]) == ("E101", ["cast", "A", "B", "invalid"])
    assert list(check_missing(Form(make_election(), 0, 0, RIGHT))) == []


def test_e101_zero_is_entered():
    assert codes(100, 90, 87, 0, 3) == []


def test_e101_not_for_an_optional_field():
    assert codes(100, 90, 50, 37, None, optional=("invalid",)) == []


@pytest.mark.parametrize(("valid", "expected"), [(87, []), (86, ["E102", "E103"]), (88, ["E102", "E103"])])
def test_e102_party_votes_against_the_stated_valid_votes(valid, expected):
    assert codes(100, 90, 50, 37, valid, 3, form=("registered", "cast", "parties", "valid", "invalid")) == expected


@pytest.mark.parametrize(("cast", "expected"), [(90, []), (89, ["E103"]), (91, ["E103"])])
def test_e103_boundaries(cast, expected):
    assert codes(100, cast, 50, 37, 3) == expected


def test_e103_says_how_far_off():
    (finding,) = findings(100, 91, 50, 37, 3)
    assert finding.facts == {"sum": 90, "cast": 91, "difference": -1}


def test_e103_with_blank_kept_apart():
    form = ("cast", "parties", "blank", "invalid")
    assert codes(90, 50, 35, 2, 3, form=form) == []
    assert codes(90, 50, 35, 3, 3, form=form) == ["E103"]


def test_e103_fires_before_the_row_is_full_when_it_is_too_much_already():
    assert codes(100, 90, 91, None, None) == ["E101", "E103"]
    assert codes(100, 90, 90, None, None) == ["E101"]


@pytest.mark.parametrize(("registered", "expected"), [(90, []), (89, ["E104"])])
def test_e104_boundaries(registered, expected):
    assert codes(registered, 90, 50, 37, 3) == expected


def test_e105_only_where_the_party_does_not_stand():
    standing = (["A"], None)
    assert codes(*RIGHT, standing=standing) == ["E105"]
    assert codes(100, 90, 87, 0, 3, standing=standing) == []


def test_w107_nothing_cast_or_nothing_for_anybody():
    assert codes(100, 0, 0, 0, 0) == ["W107"]
    assert codes(100, 3, 0, 0, 3) == ["W107"]
    assert codes(100, 4, 0, 1, 3) == []
    assert "W107" not in codes(100, 0, 0, 0, None)


def remarkable(*values: int | None, percent: str = "3", ballots: int = 10, **options: object):
    election = Election(replace(make_pack(**options), checks=Limits(percent, ballots)))  # type: ignore[arg-type]
    return [f for f in check_form(Form(election, 0, 0, values)) if f.code == "N108"]


@pytest.mark.parametrize(
    ("cast", "invalid", "fires"), [(400, 12, True), (401, 12, False), (300, 10, True), (100, 9, False), (9, 9, False)]
)
def test_n108_needs_the_share_and_the_number(cast, invalid, fires):
    """12 of 400 are exactly 3 %; 10 ballots are the fewest."""
    found = remarkable(1000, cast, cast - invalid, 0, invalid)
    assert bool(found) == fires


def test_n108_says_of_how_many():
    (finding,) = remarkable(1000, 350, 339, 0, 11)
    assert finding.severity is Severity.NOTE
    assert finding.place == ("R1", "R1-1", None, "invalid")
    assert finding.facts == {"invalid": 11, "of": 350, "percent": "3.14", "limit": "3"}


def test_n108_limits_are_the_packs_and_exact():
    """11 of 352 are 3.125 %: printed 3.13, but below 3.13."""
    assert [f.facts["percent"] for f in remarkable(1000, 352, 341, 0, 11, percent="3.125")] == ["3.13"]
    assert remarkable(1000, 352, 341, 0, 11, percent="3.13") == []
    assert remarkable(1000, 352, 341, 0, 11, ballots=12) == []


def test_n108_without_ballots_cast_is_of_valid_blank_and_invalid():
    form = ("parties", "blank", "invalid")
    assert [f.facts["of"] for f in remarkable(300, 80, 8, 12, form=form)] == [400]
    assert remarkable(300, 81, 8, 12, form=form) == []
    assert remarkable(300, None, 8, 12, form=form) == []
    assert remarkable(300, 80, None, 20, form=form) == []
    assert [f.facts["of"] for f in remarkable(300, 80, None, 20, form=form, optional=("blank",))] == [400]
    assert [f.facts["of"] for f in remarkable(1, 2, 388, 12, form=("parties", "valid", "invalid"))] == [400]


def test_n108_nothing_cast_is_no_share():
    assert remarkable(100, 0, 0, 0, 10) == []


def against_last_time(last: str | None, points: str | None, *values: int | None, **options: object):
    pack = make_pack(**options)  # type: ignore[arg-type]
    region = pack.regions[0]
    units = [replace(unit, last_turnout=last) for unit in region.units]
    regions = [replace(region, units=units), *pack.regions[1:]]
    election = Election(replace(pack, regions=regions, checks=Limits(turnout_points=points)))
    return [f for f in check_form(Form(election, 0, 0, values)) if f.code == "W503"]


@pytest.mark.parametrize(("last", "fires"), [("85", False), ("84.99", True), ("95", False), ("95.01", True)])
def test_w503_turnout_at_exactly_the_limit_is_no_finding(last, fires):
    """90 of 100 voted."""
    assert bool(against_last_time(last, "5", *RIGHT)) == fires


def test_w503_is_not_asked_where_a_figure_is_not_known():
    assert against_last_time(None, "5", *RIGHT) == []
    assert against_last_time("10", None, *RIGHT) == []
    assert against_last_time("10", "5", None, *RIGHT[1:]) == []
    assert against_last_time("10", "5", 0, *RIGHT[1:]) == []
    assert against_last_time("10", "5", 50, 37, 3, form=("parties", "invalid")) == []


def test_w503_says_both_turnouts():
    (finding,) = against_last_time("99.8", "1.5", 300, 200, 150, 47, 3)
    assert finding.severity is Severity.WARNING
    assert finding.place == ("R1", "R1-1", None, "cast")
    assert finding.facts == {"turnout": "66.67", "last": "99.8", "points": "1.5", "cast": 200, "registered": 300}


def waiting(units: int, begun: int, registered: int, unknown: int, has_registered: bool = True):
    return list(check_waiting("R1", Tally((), (), units, begun, begun, registered, unknown), has_registered))


def test_n109_bounds_the_ballots_to_come_by_registered_voters():
    (finding,) = waiting(5, 3, 1200, 0)
    assert finding.severity is Severity.NOTE
    assert finding.facts == {"empty": 2, "units": 5, "registered": 1200}
    assert waiting(5, 5, 0, 0) == []


def test_n109_says_nothing_of_ballots_where_registered_voters_are_unknown():
    assert waiting(5, 3, 700, 1)[0].facts["registered"] is None
    assert waiting(5, 3, 0, 0, has_registered=False)[0].facts["registered"] is None
