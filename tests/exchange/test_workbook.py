from datetime import UTC, datetime
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally_app.exchange.workbook import LONGEST_NAME, SheetTable, sheet_name, workbook

AT = datetime(2024, 2, 25, 22, 0, tzinfo=UTC)
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
CELLS = st.one_of(st.none(), st.integers(0, 2**53), TEXTS)


def cells(content: bytes, sheet: str) -> list[list[object]]:
    """Read a sheet as a spreadsheet does, the heading row too; formulas would come as text that begins with =."""
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(BytesIO(content))[sheet].iter_rows()]


def one(*rows: list[str | int | float | None]) -> bytes:
    columns = [str(number) for number in range(len(rows[0]))]
    return workbook([SheetTable("T", columns, list(rows))], title="Senate", written=AT)


def test_figures_are_numbers_and_what_is_not_entered_is_empty():
    content = one(["CPP", 1191, 77.95], ["KWP", None, 0.0], ["FUN", 0, 0.0])
    assert cells(content, "T")[1:] == [["CPP", 1191, 77.95], ["KWP", None, 0], ["FUN", 0, 0]]


@pytest.mark.parametrize("text", ["=1+1", "{=1+1}", "+855 12", "@SUM(A1)", "-5", "https://x.example", "0012", "'a"])
def test_nothing_is_taken_for_a_formula_an_address_or_a_number(text):
    sheet = openpyxl.load_workbook(BytesIO(one([text, 1])))["T"]
    assert (sheet["A2"].value, sheet["A2"].data_type, sheet["A2"].hyperlink) == (text, "s", None)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=5))
def test_every_cell_comes_back(rows):
    read = cells(one(*rows), "T")[1:]
    full = len(read)
    assert read == rows[:full]
    assert all(cell is None for row in rows[full:] for cell in row)  # empty rows at the end are not written


def test_the_same_tables_give_the_same_bytes():
    assert one(["a", 1]) == one(["a", 1])
    assert one(["a", 1]) != one(["a", 2])


def test_a_sheet_has_a_name_that_spreadsheets_take():
    assert sheet_name("A/B [1]: what*?") == "A B  1   what  "
    assert len(sheet_name("TRAINING " + "long " * 20)) == LONGEST_NAME
