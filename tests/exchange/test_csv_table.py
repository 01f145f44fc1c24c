import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally_app.exchange.csv_table import as_it_was, csv_table, harmless

FIELDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)


@pytest.mark.parametrize("field", ["=1+1", "+855", "-5", "@SUM(A1)", "\t=1", "\r=1", "'quoted"])
def test_what_a_spreadsheet_would_run_is_harmless(field):
    assert harmless(field) == f"'{field}"
    assert as_it_was(harmless(field)) == field


@pytest.mark.parametrize("field", ["", "0", "1191", "Sok Chan", "a=b", "−5", "សុខ"])
def test_all_else_stays_as_it_is(field):
    assert harmless(field) == field


def test_bytes_are_what_spreadsheets_expect():
    table = b"".join(csv_table(["a", "b"], [["x,y", 'say "=1"'], ["=1", "two\nlines"]]))
    assert table == b'\xef\xbb\xbfa,b\r\n"x,y","say ""=1"""\r\n\'=1,"two\nlines"\r\n'


@given(st.lists(st.lists(FIELDS, min_size=3, max_size=3), max_size=5))
def test_every_field_comes_back(rows):
    text = b"".join(csv_table(["a", "b", "c"], rows)).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert [[as_it_was(field) for field in row] for row in read[1:]] == rows
    assert not any(field.startswith(("=", "+", "-", "@", "\t", "\r")) for row in read for field in row)
