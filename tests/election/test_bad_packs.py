"""Every kind of bad pack is refused with its place; contradictions that are findings load."""

from collections.abc import Callable
from typing import Any

import pytest

from tally_app.election import validation
from tally_app.election.pack import PackError, read_pack
from tests.election.packs import data, good

Change = Callable[[dict[str, Any]], Any]


def stated(**figure: str) -> Change:
    return lambda pack: pack["stated"].append({"source": "gazette", **figure})


def entry(region: str, unit: str, **figures: int) -> Change:
    return lambda pack: pack["entries"].append({"region": region, "unit": unit, "figures": figures})


def copy_of(part: str, index: int = 0, **other: object) -> Change:
    return lambda pack: pack[part].append({**pack[part][index], **other})


def put(value: object, *path: str | int) -> Change:
    def change(pack: Any) -> None:
        for step in path[:-1]:
            pack = pack[step]
        pack[path[-1]] = value

    return change


ALLIANCE = {"key": "a", "name": {"en": "Both"}, "members": ["PIER", "TIDE"]}
UNIT = {"key": "101", "name": {"en": "Again"}}

BAD: list[tuple[Change, str, str]] = [
    # keys
    (copy_of("parties", ballot=3), "$.parties[2].key", "'TIDE' is already used by $.parties[0]"),
    (copy_of("regions"), "$.regions[2].key", "'N' is already used by $.regions[0]"),
    (copy_of("provinces", 1), "$.provinces[2].key", "'south' is already used"),
    (copy_of("sources"), "$.sources[1].key", "'gazette' is already used"),
    (lambda p: p["regions"][0]["units"].append(UNIT), "$.regions[0].units[2].key", "already used by $.regions[0].unit"),
    (copy_of("parties", key="invalid"), "$.parties[2].key", "name of a form field"),
    (copy_of("parties", key="parties"), "$.parties[2].key", "name of a form field"),
    # form
    (put([{"field": "cast"}], "form"), "$.form", 'add { "field": "parties" }'),
    (copy_of("form", 1), "$.form[3].field", "'parties' is already used"),
    (copy_of("form", 0), "$.form[3].field", "'registered' is already used"),
    # regions
    (put(["PIER", "WAVE"], "regions", 1, "parties"), "$.regions[1].parties[1]", "there is no party 'WAVE'"),
    (put(["PIER", "PIER"], "regions", 1, "parties"), "$.regions[1].parties[1]", "listed twice"),
    (put(["east"], "regions", 0, "provinces"), "$.regions[0].provinces[0]", "there is no province 'east'"),
    (put(["north"] * 2, "regions", 0, "provinces"), "$.regions[0].provinces[1]", "listed twice"),
    # rule
    (put("fair", "rule", "method"), "$.rule.method", "Invalid enum value 'fair'"),
    (put("stationary", "rule", "method"), "$.rule", "needs its parameter"),
    (put({"method": "stationary", "parameter": "3/2"}, "rule"), "$.rule.parameter", "more than 1"),
    (put({"method": "stationary", "parameter": "1/0"}, "rule"), "$.rule.parameter", "matching regex"),
    (put("1/2", "rule", "parameter"), "$.rule.parameter", "'dhondt' has no parameter"),
    (put({"method": "dutch-municipal", "ties": "most-votes"}, "rule"), "$.rule.ties", "by lot only"),
    (put({"method": "dutch-municipal", "min_seats": 1}, "rule"), "$.rule", "no minimum"),
    (put({}, "rule", "threshold"), "$.rule.threshold", "just one of"),
    (put({"share": "1/20", "votes": 5}, "rule", "threshold"), "$.rule.threshold", "just one of"),
    (put({"share": "5"}, "rule", "threshold"), "$.rule.threshold.share", "more than everything"),
    (put({"share": 0.05}, "rule", "threshold"), "$.rule.threshold.share", "Expected `str"),
    (put({"any": [{"share": "1/20"}, {}]}, "rule", "threshold"), "$.rule.threshold.any[1]", "just one of"),
    (put({"share": "1/20", "exempt": ["WAVE"]}, "rule", "threshold"), "$.rule.threshold.exempt", "no party 'WAVE'"),
    (put({"share": "1/20", "base": "valid+blank"}, "rule", "threshold"), "$.rule.threshold.base", "form field 'blank'"),
    (
        put({"votes": 5, "coalitions": [{"partners": 2, "share": "1/20"}]}, "rule", "threshold"),
        "$.rule.threshold.coalitions",
        'need the "share"',
    ),
    (put([ALLIANCE | {"members": ["WAVE"]}], "rule", "alliances"), "$.rule.alliances[0].members[0]", "'WAVE'"),
    (put([ALLIANCE, ALLIANCE | {"key": "b"}], "rule", "alliances"), "$.rule.alliances[1].members[0]", "in two"),
    (put([ALLIANCE, ALLIANCE], "rule", "alliances"), "$.rule.alliances[1].key", "stands twice"),
    (put([ALLIANCE | {"key": "PIER"}], "rule", "alliances"), "$.rule.alliances[0].key", "is a party's key"),
    (put([ALLIANCE | {"members": ["a"]}], "rule", "alliances"), "$.rule.alliances", "members of each other"),
    (put([ALLIANCE | {"members": ["WAVE"]}], "regions", 1, "alliances"), "$.regions[1].alliances[0].members[0]", ""),
    (put({"WAVE": 1}, "regions", 0, "max_seats"), "$.regions[0].max_seats", "no party 'WAVE'"),
    (put({"WAVE": 1}, "regions", 0, "start_seats"), "$.regions[0].start_seats", "no party 'WAVE'"),
    (
        lambda p: p["regions"][0].update(max_seats={"PIER": 1}, min_seats={"PIER": 2}),
        "$.regions[0].max_seats.PIER",
        "can take 1 seats but gets at least 2",
    ),
    (put({"WAVE": [{"en": "Ana"}]}, "regions", 0, "candidates"), "$.regions[0].candidates", "'WAVE'"),
    (put({"PIER": []}, "regions", 0, "candidates"), "$.regions[0].candidates[...]", "length >= 1"),
    (
        put({"PIER": [{"en": "Ana"}, {"en": "Ana"}]}, "regions", 0, "candidates"),
        "$.regions[0].candidates.PIER[1]",
        "'Ana' is on the list twice",
    ),
    (
        lambda p: p["regions"][0].update(parties=["TIDE"], candidates={"PIER": [{"en": "Ana"}]}),
        "$.regions[0].candidates.PIER",
        "does not stand in 'N'",
    ),
    # stated figures
    (copy_of("stated"), "$.stated[1]", "already states this figure in $.stated[0]"),
    (copy_of("stated", source="radio"), "$.stated[1].source", "there is no source 'radio'"),
    (copy_of("stated", party="WAVE"), "$.stated[1].party", "there is no party 'WAVE'"),
    (stated(figure="cast", region="E", value="1"), "$.stated[1].region", "there is no region 'E'"),
    (stated(figure="cast", region="N", unit="9", value="1"), "$.stated[1].unit", "there is no unit of region 'N' '9'"),
    (stated(figure="cast", unit="101", value="1"), "$.stated[1].unit", "needs its region"),
    (stated(figure="share", value="1"), "$.stated[1]", 'add "party"'),
    (stated(figure="votes", value="1"), "$.stated[1]", 'add "party"'),
    (stated(figure="seats", value="1"), "$.stated[1]", 'add "party"'),
    (stated(figure="cast", party="PIER", value="1"), "$.stated[1].party", 'remove "party"'),
    (stated(figure="majority", region="N", value="1"), "$.stated[1].region", 'remove "region"'),
    (stated(figure="seats", party="PIER", region="N", unit="101", value="1"), "$.stated[1].unit", 'remove "unit"'),
    (stated(figure="turnout", value="99.1234567"), "$.stated[1].value", "more than 6 decimals"),
    (stated(figure="share", party="PIER", value="9.1234567"), "$.stated[1].value", "more than 6 decimals"),
    (stated(figure="cast", value="11.0"), "$.stated[1].value", "'cast' is a whole number; 11.0 is not"),
    (stated(figure="seats", party="PIER", value="3.5"), "$.stated[1].value", "'seats' is a whole number"),
    (stated(figure="registered", value="1000000000000"), "$.stated[1].value", "more than 999999999999"),
    (stated(figure="majority", value="100001"), "$.stated[1].value", "more than 100000"),
    (stated(figure="cast", value="11,730"), "$.stated[1].value", "matching regex"),
    (stated(figure="cast", value="-1"), "$.stated[1].value", "matching regex"),
    (stated(figure="mood", value="1"), "$.stated[1].figure", "Invalid enum value 'mood'"),
    # entries
    (entry("N", "101", PIER=1), "$.entries[1]", "already has figures in $.entries[0]"),
    (entry("E", "101", PIER=1), "$.entries[1].region", "there is no region 'E'"),
    (entry("S", "102", PIER=1), "$.entries[1].unit", "there is no unit of region 'S' '102'"),
    (entry("N", "102", cast=1), "$.entries[1].figures.cast", "the form has no column 'cast'"),
    (entry("N", "102", parties=1), "$.entries[1].figures.parties", "the form has no column 'parties'"),
    (entry("N", "102", WAVE=1), "$.entries[1].figures.WAVE", "the form has no column 'WAVE'"),
    (entry("N", "102", PIER=-1), "$.entries[1].figures[...]", "`int` >= 0"),
    (put(1.0, "entries", 0, "figures", "PIER"), "$.entries[0].figures[...]", "Expected `int`, got `float`"),
    # shape
    (put("5", "regions", 1, "seats"), "$.regions[1].seats", "Expected `int`, got `str`"),
    (put(-1, "regions", 1, "seats"), "$.regions[1].seats", "`int` >= 0"),
    (put(100_001, "regions", 1, "seats"), "$.regions[1].seats", "`int` <= 100000"),
    (put([], "regions", 1, "units"), "$.regions[1].units", "length >= 1"),
    (put([], "parties"), "$.parties", "length >= 1"),
    (put("Sainte-Laguë", "rule", "method"), "$.rule.method", "Invalid enum value"),
    (put("election-tally-pack/2", "format"), "$.format", "Invalid enum value"),
    (put("N 1", "regions", 0, "key"), "$.regions[0].key", "matching regex"),
    (put("", "regions", 0, "key"), "$.regions[0].key", "matching regex"),
    (put("x" * 65, "regions", 0, "key"), "$.regions[0].key", "length <= 64"),
    (put("red", "parties", 0, "colour"), "$.parties[0].colour", "matching regex"),
    (put(0, "parties", 0, "ballot"), "$.parties[0].ballot", ">= 1"),
    (put("", "parties", 0, "name", "en"), "$.parties[0].name.en", "length >= 1"),
    (put("  ", "parties", 0, "name", "en"), "$.parties[0].name.en", "matching regex"),
    (put("x" * 301, "parties", 0, "name", "en"), "$.parties[0].name.en", "length <= 300"),
    (put(1, "colour"), "$", "unknown field `colour`"),
    (put(1, "regions", 0, "seat"), "$.regions[0]", "unknown field `seat`"),
    (lambda p: p.pop("regions"), "$", "missing required field `regions`"),
    (put("2025-02-30", "date"), "$.date", "not a day of the calendar"),
    (put("18 May", "date"), "$.date", "matching regex"),
    (put(3, "not_standing"), "$.not_standing", "Expected `array`, got `int`"),
    (put([{"name": "A", "party": "WAVE"}], "not_standing"), "$.not_standing[0].party", "there is no party 'WAVE'"),
    # characters
    (put("Pier\nParty", "parties", 1, "name", "en"), "$.parties[1].name.en", "U+000A"),
    (put("Pier\x00", "parties", 1, "name", "en"), "$.parties[1].name.en", "U+0000"),
    (put("Pier\x7f", "parties", 1, "leader"), "$.parties[1].leader", "U+007F"),
    (put("Pier\x85", "parties", 1, "leader"), "$.parties[1].leader", "U+0085"),
    (put("\u202eytraP reiP", "parties", 1, "name", "km"), "$.parties[1].name.km", "U+202E"),
    (put("Pier\u2028", "regions", 0, "units", 1, "name", "en"), "$.regions[0].units[1].name.en", "U+2028"),
    (put("\u2066Pier", "title", "en"), "$.title.en", "U+2066"),
    (put("\ufeffPier", "title", "en"), "$.title.en", "U+FEFF"),
    (put("Pier\U000e0041", "title", "en"), "$.title.en", "U+E0041"),
    (put(["a\tb"], "notes"), "$.notes[0]", "U+0009"),
    (put("N\n", "regions", 0, "key"), "$.regions[0].key", "U+000A"),
    (put("2025-05-18\n", "date"), "$.date", "U+000A"),
    (put({"PIER\n": 1}, "entries", 0, "figures"), "$.entries[0].figures.PIER\\n", "U+000A"),
]


@pytest.mark.parametrize(("change", "path", "message"), BAD, ids=[f"{path} {message}"[:70] for _, path, message in BAD])
def test_bad_pack_is_refused_with_its_place(change: Change, path: str, message: str):
    pack = good()
    change(pack)
    with pytest.raises(PackError) as caught:
        read_pack(data(pack), "harbour.json")
    assert [problem for problem in caught.value.problems if problem.path == path and message in problem.message]
    assert f"harbour.json: {path}: " in str(caught.value)


def test_every_problem_of_meaning_is_named_at_once():
    pack = good()
    for change in (put("WAVE", "stated", 0, "party"), put(["east"], "regions", 0, "provinces"), copy_of("parties")):
        change(pack)
    with pytest.raises(PackError) as caught:
        read_pack(data(pack), "harbour.json")
    assert [problem.path for problem in caught.value.problems] == [
        "$.parties[2].key",
        "$.regions[0].provinces[0]",
        "$.stated[0].party",
    ]


def test_a_problem_of_shape_is_named_in_every_part():
    pack = good()
    for change in (put("5", "regions", 0, "seats"), put(-1, "regions", 1, "seats"), put("red", "parties", 1, "colour")):
        change(pack)
    with pytest.raises(PackError) as caught:
        read_pack(data(pack), "harbour.json")
    assert {problem.path for problem in caught.value.problems} == {
        "$.regions[0].seats",
        "$.regions[1].seats",
        "$.parties[1].colour",
    }
    assert len(caught.value.problems) == 3


def test_a_long_list_of_problems_is_cut_in_the_message_only():
    pack = good()
    put([f"p{number}" for number in range(50)], "regions", 0, "provinces")(pack)
    with pytest.raises(PackError) as caught:
        read_pack(data(pack), "harbour.json")
    assert len(caught.value.problems) == 50
    assert str(caught.value).count("\n") == 20
    assert str(caught.value).endswith("… and 30 more")


FINDINGS: list[Change] = [
    put(99, "chamber", "elected_seats"),
    put(7, "regions", 0, "seats"),
    put(["north", "south"], "regions", 0, "provinces"),
    put([], "regions", 0, "provinces"),
    put(1, "parties", 0, "ballot"),
    put("Pier Party", "parties", 0, "name", "en"),
    put(3, "parties", 0, "constituencies"),
    entry("S", "101", TIDE=5),
    stated(figure="share", party="PIER", value="101.5"),
    stated(figure="votes", party="TIDE", region="S", value="5"),
]


@pytest.mark.parametrize("change", FINDINGS)
def test_contradictions_load(change: Change):
    pack = good()
    change(pack)
    read_pack(data(pack), "harbour.json")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (b"", "line 1, column 1: "),
        (b"{", "line 1, column 2: "),
        (b'{\n  "key": nope\n}', "line 2, column 10: "),
        ('{"ក": nope}'.encode(), "line 1, column 7: "),
        (b'{"key":\n "a\xff"}', "line 2, column 4: not UTF-8"),
        ('{"key": "a"}'.encode("utf-16"), "line 1, column 1: not UTF-8"),
        (b"[" * 200_000, "the text is nested too deeply"),
        (b'{"format": 1} {}', "line 1, column 15: "),
    ],
)
def test_text_that_is_not_json_is_refused_with_line_and_column(text: bytes, place: str):
    with pytest.raises(PackError) as caught:
        read_pack(text, "harbour.json")
    assert str(caught.value).startswith(f"harbour.json: {place}")


@pytest.mark.parametrize("text", [b"[]", b"3", b"null", b'"pack"', b"{}"])
def test_json_that_is_no_pack_is_refused(text: bytes):
    with pytest.raises(PackError, match=r"harbour\.json: \$: "):
        read_pack(text, "harbour.json")


def test_a_key_given_twice_is_not_silently_lost():
    text = data(good()).replace(b'"PIER": 340', b'"PIER": 340, "PIER": 430')
    with pytest.raises(PackError, match=r"\$\.entries\[0\]\.figures\.PIER: 'PIER' is given twice"):
        read_pack(text, "harbour.json")


def test_too_many_cells_are_refused(monkeypatch):
    monkeypatch.setattr(validation, "MAX_CELLS", 11)
    with pytest.raises(PackError, match=r"\$\.regions: 3 units make 12 cells"):
        read_pack(data(good()), "harbour.json")


def test_too_many_bytes_are_refused(monkeypatch):
    monkeypatch.setattr("tally_app.election.pack.MAX_BYTES", 10)
    with pytest.raises(PackError, match="a pack has 10 at most"):
        read_pack(data(good()), "harbour.json")
