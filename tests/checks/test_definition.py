"""E301, E302, W303."""

import pytest
from msgspec.structs import replace

from tally_app.checks.definition import check_definition
from tally_app.election.election import Election
from tally_app.election.model import Name
from tally_app.election.pack import load_election
from tally_app.resources import resource
from tests.packs import make_election, make_pack


def found(names_of_units=(), names_of_regions=(), **options: object):
    pack = make_election(**options).pack
    regions = list(pack.regions)
    for index, name in enumerate(names_of_regions):
        regions[index] = replace(regions[index], name=Name(name))
    units = [replace(unit, name=Name(name)) for unit, name in zip(regions[0].units, names_of_units, strict=False)]
    regions[0] = replace(regions[0], units=units or regions[0].units)
    return [(f.code, f.facts["what"]) for f in check_definition(Election(replace(pack, regions=regions)))]


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
    assert found(names_of_units=["Same", "Same"]) == [("E302", "unit")]
    assert found(names_of_regions=["Same", "Same"]) == [("E302", "region")]


def declared(constituencies: int | None, seats: int | None, *, standing=None, most=None):
    """What is declared of party A; two regions with three seats each."""
    pack = make_pack(standing=standing)
    first, *others = pack.parties
    parties = [replace(first, constituencies=constituencies, seats_contested=seats), *others]
    regions = [replace(pack.regions[0], max_seats=most or {}), *pack.regions[1:]]
    findings = check_definition(Election(replace(pack, parties=parties, regions=regions)))
    return [(f.place.party, f.facts["what"], f.facts["declared"], f.facts["stands"]) for f in findings]


@pytest.mark.parametrize("constituencies", [1, 3])
def test_w303_declared_constituencies(constituencies):
    assert declared(2, None) == []
    assert declared(constituencies, None) == [("A", "constituencies", constituencies, 2)]
    assert declared(2, None, standing=(["B"], None)) == [("A", "constituencies", 2, 1)]


@pytest.mark.parametrize("seats", [5, 7])
def test_w303_declared_seats(seats):
    assert declared(None, 6) == []
    assert declared(None, seats) == [("A", "seats", seats, 6)]


def test_w303_a_list_contests_no_more_seats_than_it_has_candidates_and_the_region_has_seats():
    assert declared(None, 5, most={"A": 2}) == []
    assert declared(None, 6, most={"A": 2}) == [("A", "seats", 6, 5)]
    assert declared(None, 6, most={"A": 9}) == []
    assert declared(None, 6, most={"B": 1}) == []


@pytest.mark.parametrize("name", ["cambodia-senate-2024", "cambodia-senate-2024-blank"])
def test_w303_says_nothing_about_the_bundled_elections(name):
    election = load_election(resource("elections", f"{name}.json"))
    assert all(party.constituencies and party.seats_contested for party in election.parties)
    assert list(check_definition(election)) == []
