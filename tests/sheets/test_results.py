"""What the sheets of results say: figures are the document's."""

import re
from collections import Counter
from io import BytesIO

import pytest
from pypdf import PdfReader

from tally_app.count.rounding import percentage
from tally_app.document.document import Document
from tally_app.sheets.content import Figures, HalfCircle
from tally_app.sheets.typeset import typeset
from tests.packs import make_pack
from tests.sheets.making import (
    AT,
    blocks,
    cells,
    fill,
    large_document,
    make_document,
    numbers,
    paragraphs,
    rows,
    sheet_of,
    small_document,
    small_pack,
    tables,
    text_of,
)
from tests.ui.fake_journal import bundled_document


@pytest.fixture(scope="module")
def senate() -> Document:
    return bundled_document()


def figures(sheet) -> dict[str, str]:
    return {
        each.label[0]: each.value for block in blocks(sheet) if isinstance(block, Figures) for each in block.figures
    }


def test_a_sum_of_some_units_only_says_of_how_many(senate: Document):
    assert figures(sheet_of(senate, "chamber"))["Invalid ballots: 1 of 8 units"] == "7"
    assert figures(sheet_of(senate, "region", "R1"))["Invalid ballots"] == "7"
    assert figures(sheet_of(senate, "region", "R2"))["Invalid ballots"] == "–"


@pytest.mark.parametrize("region", range(8))
def test_a_region_of_the_senate(senate: Document, region: int):
    sheet = sheet_of(senate, "region", senate.election.regions[region].key)
    result = senate.live.committed_region(region)
    (table,) = tables(sheet)
    for party, row in enumerate(rows(table)[:4]):
        votes, seats = result.votes[party], result.allocation.seats[party]
        assert row[2:] == [f"{votes:,}", percentage(votes, result.valid), str(seats)]
    assert rows(table)[-1][2:] == [f"{result.valid:,}", "100.00", str(sum(result.allocation.seats))]
    text = text_of(sheet)
    assert all(figure in text for row in rows(table) for figure in row[2:])


def test_units_ballots_and_turnout():
    sheet = sheet_of(small_document(), "region", "R1")
    assert figures(sheet) == {
        "Seats to fill": "3",
        "Units entered": "2 of 2",
        "Registered voters": "500",
        "Ballots cast": "407",
        "Turnout": "81.40 %",
        "Valid votes": "400",
        "Blank ballots": "3",
        "Invalid ballots": "4",
    }
    _, units = tables(sheet)
    assert rows(units) == [
        ["Unit 1.1", "260", "207", "150", "50", "3", "4", "79.62"],
        ["Unit 1.2", "240", "200", "150", "50", "0", "0", "83.33"],
        ["Total", "500", "407", "300", "100", "3", "4", "81.40"],
    ]


def test_valid_votes_are_those_of_the_form_where_it_has_them():
    document = make_document(make_pack(("A", "B"), (1,), ("cast", "valid", "parties", "invalid")))
    fill(document, 0, cast=104, valid=101, A=60, B=40, invalid=3)
    sheet = sheet_of(document, "region", "R1")
    assert figures(sheet)["Valid votes"] == "101"
    assert rows(tables(sheet)[0])[-1][1:3] == ["Total", "100"]


def test_blank_is_a_dash_and_never_0():
    document = make_document(small_pack())
    fill(document, 0, A=0)
    sheet = sheet_of(document, "region", "R1")
    assert figures(sheet)["Invalid ballots"] == "–"
    seats, units = tables(sheet)
    assert rows(seats)[0][2] == "0"
    assert rows(seats)[1][2] == "–"
    assert rows(units)[1][1:] == ["–", "–", "–", "–", "–", "–", ""]


def test_who_does_not_stand_and_votes_that_do_not_count():
    document = small_document()
    assert "Not standing here: B" in paragraphs(sheet_of(document, "region", "R2"))
    fill(document, 2, B=5)
    sheet = sheet_of(document, "region", "R2")
    assert "Votes entered for lists that do not stand here do not count: B" in paragraphs(sheet)
    assert rows(tables(sheet)[0])[1][1:] == ["Party B", "5", "4.85", ""]


def test_an_open_seat_and_how_it_was_drawn():
    document = small_document()
    assert "A tie was settled by lot, drawn by Sok Chan on 2024-02-25 23:40: B" in paragraphs(
        sheet_of(document, "region", "R1")
    )
    document.commit(document.edit_lot("R1", None))
    sheet = sheet_of(document, "region", "R1")
    assert "1 seat open: A and B have equal claims, and a lot must be drawn." in paragraphs(sheet)
    assert ["", "Open seats", "", "", "1"] in rows(tables(sheet)[0])
    assert rows(tables(sheet)[0])[-1][-1] == "3"


def test_the_chamber_of_the_senate(senate: Document):
    sheet = sheet_of(senate, "chamber")
    summary, regions = tables(sheet)
    assert rows(summary) == [
        ["Cambodian People's Party", "9,332", "85.00", "55", "58", "−3"],
        ["Khmer Will Party", "1,394", "12.70", "3", "new", "+3"],
        ["FUNCINPEC", "19", "0.17", "0", "0", "0"],
        ["Nation Power Party", "234", "2.13", "0", "new", "0"],
        ["Appointed by King Norodom Sihamoni", "", "", "2", "", ""],
        ["Appointed by National Assembly", "", "", "2", "", ""],
        ["Total", "10,979", "100.00", "62", "", ""],
    ]
    assert len(regions.rows) == 9
    assert rows(regions)[3] == [
        *["Region 4", "1,191", "77.95", "9", "218", "14.27", "1", "1", "0.07", "0", "118", "7.72", "0"],
        *["1,528", "10"],
    ]
    assert "Cambodian People's Party has 55 of 62 seats: a majority (32 are needed)." in paragraphs(sheet)
    assert figures(sheet)["Majority"] == "32"
    text = text_of(sheet)
    assert all(figure in text for table in (summary, regions) for row in rows(table) for figure in row[1:])


def test_the_half_circle_has_every_seat(senate: Document):
    (circle,) = [block for block in blocks(sheet_of(senate, "chamber")) if isinstance(block, HalfCircle)]
    owners = [seat.party for seat in circle.seats]
    assert [owners.count(party) for party in (0, 1, None)] == [55, 3, 4]
    assert (circle.big, circle.caption) == ("55", ("CPP", "majority 32 of 62"))
    assert circle.alternative == "Half-circle of 62 seats: CPP 55, KWP 3, appointed 4"
    assert not any(seat.open for seat in circle.seats)


def test_open_seats_of_the_half_circle():
    document = small_document()
    document.commit(document.edit_lot("R1", None))
    (circle,) = [block for block in blocks(sheet_of(document, "chamber")) if isinstance(block, HalfCircle)]
    assert [seat.open for seat in circle.seats].count(True) == 1
    assert len(circle.seats) == 7


def test_nobody_has_a_majority():
    document = make_document(small_pack())
    assert "No list has the 4 of 7 seats that are a majority." in paragraphs(sheet_of(document, "chamber"))


def test_forty_lists_and_a_thousand_units_are_typeset():
    document = large_document(40, [1000], 60)
    sheet = sheet_of(document, "region", "R1")
    _, *parts = tables(sheet)
    assert sum(len(part.columns) - 1 for part in parts) == 45
    assert all(len(part.rows) == 1001 for part in parts)
    pages = PdfReader(BytesIO(typeset(sheet, AT))).pages
    assert len(pages) < 120
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1].extract_text()


def test_the_width_of_a_long_column_is_that_of_its_widest_text():
    sheet = sheet_of(large_document(3, (70,), 5), "region", "R1", languages=("km",), khmer_digits=True)
    *_, units = tables(sheet)
    zeros = str.maketrans("០១២៣៤៥៦៧៨៩", "០" * 10)
    for position, column in enumerate(units.columns):
        if column.shapes:
            assert {row[position].translate(zeros) for row in rows(units)} == set(column.shapes)
    assert sum(bool(column.shapes) for column in units.columns) == 4


def test_forty_lists_and_many_units_lose_no_row_and_no_figure():
    document = large_document(40, [150], 60)
    sheet = sheet_of(document, "region", "R1")
    _, *parts = tables(sheet)
    text = text_of(sheet)
    found = Counter(re.findall(r"Unit 1\.[0-9]+", text))
    assert found == {f"Unit 1.{unit}": len(parts) for unit in range(1, 151)}
    there = Counter(numbers(text))
    printed = Counter(figure for part in parts for row in rows(part) for figure in row[1:])
    assert not printed - there


def test_a_chamber_of_forty_lists_has_every_list_in_one_table():
    sheet = sheet_of(large_document(40, [3] * 25, 6), "chamber")
    _, *parts = tables(sheet)
    shown = [group.words[0] for part in parts for group in part.groups if group.party is not None]
    assert shown == [f"L{number:02}" for number in range(1, 41)]
    assert all(len(part.rows) == 26 for part in parts)


def test_marks_stand_beside_their_parties(senate: Document):
    (table,) = tables(sheet_of(senate, "region", "R1"))
    assert [cell.party for cell in cells(table) if cell.party is not None] == [0, 1, 2, 3]
