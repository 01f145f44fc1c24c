"""Tables of stated figures: read whole by keys or names, refused whole with every wrong row named, written and read."""

import codecs
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally_app.count.figures import FigureKey
from tally_app.election.model import FigureKind
from tally_app.election.stating import misplaced
from tally_app.exchange.stated_table import TableProblem, TableRefused, read_table, write_table
from tally_app.wording.names import Names
from tally_app.wording.stating import table_problem
from tests.packs import make_election

ELECTION = make_election(units=(2, 1))
SOURCES = ELECTION.pack.sources
HEADING = "source,figure,region,unit,party,value\n"


def read(text: str, **options: bool):
    return read_table(text.encode(), ELECTION, SOURCES, **options)


def problems(data: str | bytes, **options: bool) -> list[TableProblem]:
    with pytest.raises(TableRefused) as refused:
        read_table(data if isinstance(data, bytes) else data.encode(), ELECTION, SOURCES, **options)
    return list(refused.value.problems)


def told(text: str) -> list[str]:
    return [table_problem(Names(ELECTION), problem) for problem in problems(text)]


def test_of_the_chamber_a_region_and_a_unit():
    table = read(HEADING + "table,votes,,,A,10\ntable,share,R1,,B,85.90\nbox,cast,R1,R1-2,,90\n")
    assert table.figures == {
        FigureKey("table", "votes", None, None, "A"): "10",
        FigureKey("table", "share", "R1", None, "B"): "85.90",
        FigureKey("box", "cast", "R1", "R1-2", None): "90",
    }
    assert table.new_sources == ()


@pytest.mark.parametrize(
    "text",
    [
        "Value;Source;Figure;Party\n1 187;results table;Votes;party a\n",
        '\ufeffsource,figure,region,unit,party,value\r\nRESULTS TABLE,votes,*,,A,"1,187"\r\n\r\n',
        "source\tfigure\tvalue\tparty\n table \tvotes\t១១៨៧\tA\t\t\n",
        "\n\nsource,figure,region,party,value\ntable,votes,Chamber,A,1187\n",
    ],
)
def test_names_separators_digits_and_the_mark_before_the_text(text):
    assert read(text).figures == {FigureKey("table", "votes", None, None, "A"): "1187"}


def test_places_by_name():
    table = read(HEADING + "table,ballots cast,region 1,UNIT 1.2,,90\ntable,%,Region 1,,A,1%\n")
    assert list(table.figures) == [
        FigureKey("table", "cast", "R1", "R1-2", None),
        FigureKey("table", "share", "R1", None, "A"),
    ]


def test_a_row_without_a_value_states_nothing():
    assert read(HEADING + "table,votes,,,A,\n").figures == {}


def test_new_sources_only_where_they_are_asked_for():
    text = HEADING + "Communiqué,votes,,,A,1\ncommuniqué,votes,,,B,2\n"
    table = read(text, new_sources_too=True)
    assert table.new_sources == ("Communiqué",)
    assert {key.source for key in table.figures} == {"Communiqué"}
    assert [(p.code, p.line, p.column) for p in problems(text)] == [("unknown", 2, "source"), ("unknown", 3, "source")]


def test_every_wrong_row_is_named():
    found = told(
        HEADING
        + "table,votes,,,A,1.5\n"
        + "table,votes,,,X,1\n"
        + "table,voices,,,A,1\n"
        + "table,votes,R9,,A,1\n"
        + "table,votes,R1,R2-1,A,1\n"
        + "table,votes,,R1-1,A,1\n"
        + "table,votes,,,,1\n"
        + "table,cast,,,A,1\n"
        + "table,seats,R1,R1-1,A,1\n"
        + "table,majority,R1,,,1\n"
        + "table,share,,,A,85.\n"
        + "table,seats,,,A,100001\n"
        + "table,votes,,,A\n"
        + "table,votes,,,A,1,187\n"
        + ",votes,,,A,1\n"
        + "table,votes,,,B,1\n"
        + "results table,votes,,,Party B,1\n"
    )
    assert found == [
        "row 2, value “1.5”: votes are whole numbers, and are grouped by threes (1,191)",
        "row 3, party “X”: there is no such party; there are: A, B",
        f"row 4, figure “voices”: there is no such figure; there are: {', '.join(get_args(FigureKind))}",
        "row 5, region “R9”: there is no such region; there are: R1, R2",
        "row 6, unit “R2-1”: there is no such unit; there are: R1-1, R1-2",
        "row 7, unit “R1-1”: say in which region the unit is",
        "row 8, party: Votes: say of which party.",
        "row 9, party “A”: Ballots cast: this is no figure of one party; leave the party out.",
        "row 10, unit “R1-1”: Seats are a region’s, or the chamber’s; leave the unit out.",
        "row 11, region “R1”: A majority is the chamber’s; leave the region out.",
        "row 12, value “85.”: a percentage as printed, at most 6 decimals (85.90)",
        "row 13, value “100001”: larger than 100,000",
        "row 14: 5 cells under 6 columns; add the empty cells",
        "row 15: 7 cells under 6 columns; write numbers without commas, or between quotation marks",
        "row 16, source: say who states it",
        "row 18: row 17 states this figure already; remove one",
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "the file is empty; its first row names the columns: source, figure, region, unit, party, value"),
        (" , ,\n", "the file is empty; its first row names the columns: source, figure, region, unit, party, value"),
        ("source,figure\n", "row 1: the column “value” is missing; name it in the first row, and fill it"),
        (
            "source,figure,reigon,value\n",
            "row 1: there is no column “reigon”; the columns are: source, figure, region, unit, party, value",
        ),
        (
            "source,figure,value,\n",
            "row 1: a column has no name; the columns are: source, figure, region, unit, party, value",
        ),
        ("source,figure,value,value\n", "row 1: the column “value” stands twice; remove one"),
    ],
)
def test_a_wrong_heading(text, sentence):
    assert told(text) == [sentence]


def test_rows_are_counted_by_lines_also_where_a_cell_has_several():
    (problem,) = problems(HEADING + 'table,votes,,,A,"1\n"\ntable,votes,,,X,2\n')
    assert problem.line == 4


@pytest.mark.parametrize("text", ['table,votes,,,A,"1\n', 'table,votes,,,A,"1"2\n'])
def test_quotation_marks_that_do_not_fit(text):
    (problem,) = problems(HEADING + text)
    assert (problem.code, problem.line) == ("quotes", 2)


@pytest.mark.parametrize(
    "data",
    [
        (HEADING + "communiqué,votes,,,A,1").encode("latin-1"),
        codecs.BOM_UTF16_LE + HEADING.encode("utf-16-le"),
        b"PK\x03\x04\x14\x00\x06\x00\x08\x00\xff\xfe",
    ],
)
def test_what_is_not_utf_8_is_said(data):
    (problem,) = problems(data)
    assert problem.code == "not-utf-8"
    assert "save it as “CSV UTF-8”" in table_problem(Names(ELECTION), problem)


figures = st.sampled_from(["registered", "cast", "valid", "blank", "invalid", "votes", "share", "seats", "turnout"])
places = st.sampled_from([(None, None), ("R1", None), ("R1", "R1-1"), ("R1", "R1-2"), ("R2", "R2-1")])
keys = st.builds(
    lambda source, figure, place, party: FigureKey(source, figure, place[0], place[1], party),
    st.sampled_from(["table", "box"]),
    figures,
    places,
    st.sampled_from([None, "A", "B"]),
).filter(lambda k: not [*misplaced(k.figure, party=bool(k.party), region=bool(k.region), unit=bool(k.unit))])


@given(st.dictionaries(keys, st.integers(0, 999).map(str), max_size=12))
def test_what_is_written_is_read_back(stated):
    assert read_table(write_table(stated).encode(), ELECTION, SOURCES).figures == stated


def sentences(data: bytes) -> list[str]:
    """What is said of a table; nothing of a good one."""
    try:
        read_table(data, ELECTION, SOURCES)
    except TableRefused as refused:
        return [table_problem(Names(ELECTION), problem) for problem in refused.problems]
    return []


@given(st.binary(max_size=80))
def test_no_bytes_do_anything_but_refuse_or_read(data):
    assert all(sentences(data))


@given(st.text(max_size=60))
def test_no_rows_do_anything_but_refuse_or_read(text):
    assert all(sentences((HEADING + text).encode("utf-8", "surrogatepass")))
