"""The bundled packs say what was published, compared with an independent copy of the published figures."""

import json
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from tally_app.election.election import Election
from tally_app.election.model import Stated
from tally_app.election.pack import find_pack, load_election

FACTS: Any = json.loads((Path(__file__).parents[1] / "data" / "cambodia_senate_2024.json").read_bytes())
REGIONS: Any = FACTS["districts"]
PARTIES = ["CPP", "KWP", "FUN", "NPP"]


@pytest.fixture(scope="module")
def published() -> Election:
    return load_election(find_pack("cambodia-senate-2024"))


@pytest.fixture(scope="module")
def blank() -> Election:
    return load_election(find_pack("cambodia-senate-2024-blank"))


@pytest.fixture(scope="module", params=["cambodia-senate-2024", "cambodia-senate-2024-blank"])
def either(request: pytest.FixtureRequest) -> Election:
    return load_election(find_pack(request.param))


def figures(stated: Sequence[Stated], source: str) -> dict[tuple[str | None, str, str | None], str]:
    return {(s.region, s.figure, s.party): s.value for s in stated if s.source == source}


def test_chamber(either: Election):
    chamber, facts = either.pack.chamber, FACTS["chamber"]
    assert (chamber.name.en, chamber.name.km) == (facts["name_en"], facts["name_km"])
    assert (chamber.total_seats, chamber.elected_seats) == (facts["total_seats"], facts["elected_seats"]) == (62, 58)
    assert [(a.by.en, a.seats) for a in chamber.appointed] == [(a["by"], a["seats"]) for a in facts["appointed"]]
    assert chamber.term_years == facts["term_years"]
    assert chamber.last_election == "2018"
    assert either.pack.date == FACTS["date"]
    assert either.pack.country == FACTS["country"]


def test_parties(either: Election):
    for party, facts in zip(either.parties, FACTS["parties"], strict=True):
        assert party.key == facts["id"]
        assert party.ballot == facts["ballot"]
        assert (party.name.en, party.name.km) == (facts["name_en"], facts["name_km"])
        assert party.leader == facts["leader"]
        assert facts.get("leader_elsewhere", "") in party.note
        assert (party.constituencies, party.seats_contested) == (facts["constituencies"], facts["seats_contested"])


def test_previous_seats(either: Election):
    before = FACTS["previous_seats_2018"]
    for party in either.parties:
        assert (party.last_seats, party.new) == (before.get(party.key), party.key not in before)
    assert either.parties[0].last_seats == FACTS["infobox"]["CPP"]["last_seats"]
    assert FACTS["infobox"]["KWP"]["last_seats"] == "New"


def test_regions(either: Election):
    assert sum(region.seats for region in either.regions) == 58
    for number, (region, facts) in enumerate(zip(either.regions, REGIONS, strict=True), start=1):
        assert (region.key, region.name.en, region.seats) == (facts["id"], facts["name_en"], facts["seats"])
        assert region.name.km == f"ភូមិភាគទី{'០១២៣៤៥៦៧៨'[number]}"
        assert region.provinces == [province["geocode"] for province in facts["provinces"]]
        assert region.parties is None


def test_provinces(either: Election):
    facts = sorted((p for region in REGIONS for p in region["provinces"]), key=lambda p: str(p["geocode"]))
    names = [(p.key, p.name.en, p.name.km) for p in either.pack.provinces]
    assert names == [(p["geocode"], p["name_en"], p["name_km"]) for p in facts]
    assert len(names) == 25


def test_provinces_keep_the_printed_spelling(published: Election):
    printed = {p["geocode"]: p["as_printed"] for region in REGIONS for p in region["provinces"]}
    assert {p.key: p.as_printed or p.name.en for p in published.pack.provinces} == printed
    assert [p.as_printed for p in published.pack.provinces if p.as_printed] == ["Banteay Meachey", "Strung Treng"]


def test_published_votes(published: Election):
    assert [column.key for column in published.columns] == [*PARTIES, "invalid"]
    assert [column.required for column in published.columns] == [True, True, True, True, False]
    for entry, facts in zip(published.pack.entries, REGIONS, strict=True):
        invalid = facts["stated_blank_invalid"]
        assert (entry.region, entry.unit) == (facts["id"], facts["id"])
        assert entry.figures == facts["votes"] | ({} if invalid is None else {"invalid": invalid})
    assert sum(entry.figures["CPP"] for entry in published.pack.entries) == 9332


def test_published_results_table(published: Election):
    expected: dict[tuple[str | None, str, str | None], str] = {}
    for region in REGIONS:
        for party in PARTIES:
            expected[region["id"], "share", party] = region["stated_pct"][party]
            expected[region["id"], "seats", party] = str(region["stated_seats"][party])
    totals = FACTS["stated_totals"]
    for party in PARTIES:
        expected[None, "votes", party] = str(totals["votes"][party])
        expected[None, "share", party] = totals["pct"][party]
        expected[None, "seats", party] = str(totals["seats"][party])
    expected["R1", "invalid", None] = expected[None, "invalid", None] = "7"
    assert figures(published.pack.stated, "results-table") == expected


def test_published_summary_box_and_article(published: Election):
    box = {(None, "share", party): facts["pct"] for party, facts in FACTS["infobox"].items()}
    box |= {(None, "seats", party): str(facts["seats"]) for party, facts in FACTS["infobox"].items()}
    assert figures(published.pack.stated, "summary-box") == box
    assert figures(published.pack.stated, "article") == {
        (None, "cast", None): str(FACTS["turnout"]["ballots_cast_stated"]),
        (None, "turnout", None): FACTS["turnout"]["pct_stated"],
        (None, "majority", None): str(FACTS["chamber"]["stated_majority"]),
    }
    assert {s.source for s in published.pack.stated} == {source.key for source in published.pack.sources}


def test_nothing_from_outside_the_publication(published: Election):
    """The commission's 10,052 and the probable 1,911 are evidence, not what was published."""
    text = find_pack(published.pack.key).read_text("utf-8")
    assert not [number for number in ("10052", "10,052", "1911", "1,911", "11747", "11,747") if number in text]


def test_not_standing(published: Election):
    members = [(m.name, m.first_elected, m.party, m.announced) for m in published.pack.not_standing]
    assert members == [tuple(facts.values()) for facts in FACTS["not_standing"]]


def test_blank_pack_has_forms_by_province_and_no_figures(blank: Election):
    assert [column.key for column in blank.columns] == ["registered", "cast", *PARTIES, "invalid"]
    assert all(column.required for column in blank.columns)
    for region, facts in zip(blank.regions, REGIONS, strict=True):
        units = [(unit.key, unit.name.en, unit.name.km) for unit in region.units]
        assert units == [(p["geocode"], p["name_en"], p["name_km"]) for p in facts["provinces"]]
    assert blank.unit_count == 25
    assert not blank.pack.stated
    assert not blank.pack.entries
    assert [source.key for source in blank.pack.sources] == ["results-table", "summary-box", "commission"]


def test_both_packs_define_the_same_election(published: Election, blank: Election):
    one, other = published.pack, blank.pack
    assert (one.chamber, one.rule, one.parties, one.date) == (other.chamber, other.rule, other.parties, other.date)
    assert [(r.key, r.name, r.seats, r.provinces) for r in one.regions] == [
        (r.key, r.name, r.seats, r.provinces) for r in other.regions
    ]


def test_party_colours_differ(either: Election):
    colours = [party.colour for party in either.parties]
    assert colours == ["#0072B2", "#D55E00", "#8A7A00", "#009E73"]
    assert all(one != other for one, other in combinations(colours, 2))
