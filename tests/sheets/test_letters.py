"""Whatever stands in a name prints as text: markup, long words, other directions, control characters, formulas."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.json import encode
from msgspec.structs import replace

from tally_app.document.document import Document
from tally_app.election.election import Election
from tally_app.election.model import Appointment, Name, Pack, Role
from tally_app.sheets.frame import Printing
from tally_app.sheets.kinds import sheets_for
from tally_app.sheets.letters import can_print, printable
from tally_app.sheets.request import KINDS, OF_A_REGION, Kind, Request
from tally_app.sheets.typeset import typeset
from tally_app.sheets.widths import evenly, plan_columns
from tests.sheets.making import AT, fill, pages_of, small_pack
from tests.ui.fake_journal import open_document

HOSTILE = {
    "markup": ("#panic() *bold* _it_ $x$ `raw` <label> @ref \\ // /* = Head", "#panic() *bold* _it_ $x$ `raw` <label>"),
    "quotes": ('"; #let x = "', '"; #let x = "'),
    "formula": ("=SUM(A1:A9)", "=SUM(A1:A9)"),
    "command": ("-2+3+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0"),
    "control": ("be\u0007ll\u0000", "be‹U+0007›ll‹U+0000›"),
    "newline": ("two\nlines", "two‹U+000A›lines"),
    "turned": ("abc\u202edef", "abc‹U+202E›def"),
    "isolated": ("abc\u2066def", "abc‹U+2066›def"),
    "no font": ("party 🎉 票", "party ‹U+1F389› ‹U+7968›"),
    "long": ("W" * 300, "W" * 300),
    "hebrew": ("שלום", "שלום"),
    "html": ("<script>alert(1)</script>&amp;", "<script>alert(1)</script>&amp;"),
}


def hostile_pack(text: str) -> Pack:
    """Everything that has a name has this one."""
    pack = small_pack()
    name = Name(text)
    regions = [
        replace(
            region,
            name=name,
            units=[replace(unit, name=name) for unit in region.units],
            candidates={"A": [name]},
        )
        for region in pack.regions
    ]
    return replace(
        pack,
        title=name,
        chamber=replace(pack.chamber, name=name, appointed=[Appointment(name, 1)]),
        parties=[replace(party, name=name) for party in pack.parties],
        regions=regions,
        rule=replace(pack.rule, source=text),
        roles=[Role("chair", name)],
    )


def hostile_document(text: str) -> Document:
    document = open_document(Election(hostile_pack(text)), with_pack=False)
    fill(document, 0, registered=260, cast=200, A=150, B=50, blank=0, invalid=0)
    fill(document, 1, registered=240, cast=200, A=150, B=50, blank=0, invalid=0)
    return document


def request(kind: Kind, text: str) -> Request:
    return Request(kind, Printing(text, AT), "R1" if kind in OF_A_REGION else None)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("case", HOSTILE)
def test_it_prints_as_text(case: str, kind: Kind):
    text, shown = HOSTILE[case]
    sheet = sheets_for(hostile_document(text), request(kind, text))
    page = "".join("".join(pages_of(sheet)).split())
    assert "".join(shown.split()) in page


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_unprintable_is_in_any_text(kind: Kind):
    text = "".join(text for text, _ in HOSTILE.values())
    sheet = encode(sheets_for(hostile_document(text), request(kind, text))).decode()
    assert [letter for letter in sheet if not can_print(letter)] == []
    assert "\\u00" not in sheet


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_printable_texts_are_printable(text: str):
    shown = printable(text)
    assert all(map(can_print, shown))
    assert printable(shown) == shown


@given(st.text("abcdefg ទី", max_size=20))
def test_what_can_be_printed_stays_as_it_is(text: str):
    assert printable(text) == text


def test_every_letter_that_is_said_to_be_there_is_there():
    letters = [chr(code) for code in range(0x20, 0x2800) if can_print(chr(code)) and not chr(code).isspace()]
    sheet = sheets_for(hostile_document(" ".join(letters)[:299]), request("region", "x"))
    whole = replace(sheet, subtitle=tuple(" ".join(letters[start::4]) for start in range(4)))
    assert typeset(whole, AT)


@given(st.integers(0, 60), st.integers(1, 9))
def test_columns_are_divided_evenly(number: int, most: int):
    parts = evenly(range(number), most)
    assert [position for part in parts for position in part] == list(range(number))
    assert max(map(len, parts), default=0) - min(map(len, parts), default=0) <= 1
    assert max(map(len, parts), default=0) <= most


@given(st.lists(st.lists(st.lists(st.text("0123456789,W", max_size=12), min_size=1), min_size=1), min_size=1))
def test_every_column_stands_in_one_table(groups: list[list[list[str]]]):
    plan = plan_columns(groups, 40.0, "a4")
    assert [position for table in plan.tables for position in table] == list(range(len(groups)))
    assert plan.size >= 7
    assert len(plan.tables) == 1 or plan.landscape
