"""Blocks to and from spreadsheets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally_app.exchange.clipboard import BlockRefused, read_block, write_block

cell = st.one_of(st.none(), st.integers(0, 10**12 - 1))
line = st.lists(cell, min_size=3, max_size=3).filter(lambda cells: any(c is not None for c in cells))


@given(st.lists(line, min_size=1, max_size=5))
def test_what_goes_out_comes_back(block):
    assert read_block(write_block(block)) == block


def test_a_spreadsheets_block_with_windows_lines_and_grouping():
    assert read_block('1,191\t218\r\n"1.187"\t\r\n') == [[1191, 218], [1187, None]]


def test_a_text_longer_than_any_number_is_refused():
    with pytest.raises(BlockRefused):
        read_block("1" * 200_000)


def test_blank_lines_at_the_end_are_no_rows():
    assert read_block("1\n\n\n") == [[1]]


def test_lines_of_different_length_are_filled_up():
    assert read_block("1\n2\t3") == [[1, None], [2, 3]]


def test_the_first_wrong_cell_is_named():
    with pytest.raises(BlockRefused) as refused:
        read_block("1\t2\n3\t4.5\n-1\t2")
    assert (refused.value.row, refused.value.column, refused.value.text) == (2, 2, "4.5")
