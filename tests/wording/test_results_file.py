from datetime import UTC, datetime
from io import BytesIO

import openpyxl
import pytest

from tally_app.wording import results_file
from tally_app.wording.names import Names
from tests.sheets.elections import make_file, open_file
from tests.sheets.making import small_document, small_pack
from tests.ui.fake_journal import bundled_document

AT = datetime(2024, 2, 25, 22, 0, tzinfo=UTC)


def read(document) -> dict[str, list[list[object]]]:
    content = results_file.results_workbook(document, Names(document.election), AT)
    book = openpyxl.load_workbook(BytesIO(content))
    return {
        sheet.title.removeprefix("TRAINING "): [[cell.value for cell in row] for row in sheet.iter_rows()]
        for sheet in book
    }


def column(table: list[list[object]], heading: str) -> list[object]:
    position = table[0].index(heading)
    return [row[position] for row in table[1:]]


def test_the_senate_as_published():
    document = bundled_document()
    book = read(document)
    assert list(book) == ["About", "Regions", "Lists", "Units", "Findings"]
    regions = book["Regions"]
    assert column(regions, "CPP votes") == [817, 1121, 779, 1191, 1187, 1161, 1575, 1501, 9332]
    assert column(regions, "KWP seats") == [0, 1, 0, 1, 0, 1, 0, 0, 3]
    assert column(regions, "CPP %")[0] == 90.18
    assert column(regions, "Invalid") == [7, *[None] * 7, 7]
    assert column(regions, "Valid votes (sum)")[-1] == 10979
    assert column(book["Lists"], "Seats") == [55, 3, 0, 0]
    assert len(book["Findings"]) == 1 + len(document.live.findings())
    assert ["As of event", document.head.seq] in book["About"]
    assert ["Hash of that event", document.head.hash] in book["About"]


def test_every_unit_has_its_row_and_an_empty_cell_is_no_0():
    document = small_document()
    units = read(document)["Units"]
    assert len(units) == 1 + document.election.unit_count
    for row in range(document.election.unit_count):
        assert units[1 + row][3:] == list(document.book.row(row))


@pytest.mark.parametrize("training", [True, False])
def test_a_training_says_so_on_every_sheet(tmp_path, training):
    document = open_file(make_file(tmp_path / "a.tally", small_pack(), training=training))
    book = openpyxl.load_workbook(BytesIO(results_file.results_workbook(document, Names(document.election), AT)))
    document.close()
    assert [name.startswith("TRAINING ") for name in book.sheetnames] == [training] * 5
    assert (book.worksheets[0]["A2"].value == "TRAINING") is training


def test_more_units_than_spreadsheets_bear_are_left_out_and_that_is_said(monkeypatch):
    document = small_document()
    monkeypatch.setattr(results_file, "MOST_UNITS", 1)
    book = read(document)
    assert "Units" not in book
    assert "too many" in str({row[0]: row[1] for row in book["About"]}["Reporting units"])
