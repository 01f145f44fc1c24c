"""E301, E302."""

from tally_app.checks.definition import check_definition
from tests.packs import make_election


def found(**options: object):
    return [(f.code, f.facts["what"]) for f in check_definition(make_election(**options))]


def test_a_sound_definition_has_no_finding():
    assert found(appointed=4, provinces=[["P"], ["Q"]], listed_provinces=["P", "Q"]) == []


def test_e301_regions_seats_against_the_elected():
    assert found(elected=6) == []
    assert found(elected=7) == [("E301", "elected")]


def test_e301_elected_and_appointed_against_the_chamber():
    assert found(elected=6, appointed=2, total=8) == []
    assert found(elected=6, appointed=2, total=9) == [("E301", "total")]


def test_e302_a_province_in_two_regions_or_in_none():
    assert found(provinces=[["P"], ["P"]], listed_provinces=["P"]) == [("E302", "province")]
    assert found(provinces=[[], []], listed_provinces=["P"]) == [("E302", "province")]


def test_e302_a_ballot_number_or_a_name_twice():
    assert found(ballots=[1, 1]) == [("E302", "ballot")]
    assert found(party_names=["Same", "Same"]) == [("E302", "party")]
