"""E101–E105, W107, N109: where each fires, and the neighbour where it must not."""

import pytest

from tally_app.checks.entry import Form, check_form, check_waiting
from tally_app.checks.finding import Severity
from tally_app.count.tally import Tally
from tests.packs import make_election

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
