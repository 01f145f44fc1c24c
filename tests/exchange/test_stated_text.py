"""Stated figures as they are typed and printed, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally_app.exchange.numbers import NumberRefused, Refusal
from tally_app.exchange.stated_text import may_become_stated, read_stated

TO_KHMER = str.maketrans("0123456789.", "០១២៣៤៥៦៧៨៩,")
percentages = st.from_regex(r"\A[0-9]{1,3}(\.[0-9]{1,6})?\Z")


@pytest.mark.parametrize(
    ("figure", "typed", "kept"),
    [
        ("share", "៨៦,៩៩", "86.99"),
        ("share", "86.990", "86.990"),
        ("share", "85.90 %", "85.90"),
        ("turnout", "99.86%", "99.86"),
        ("turnout", "100", "100"),
        ("votes", "10,117", "10117"),
        ("votes", "១០.១១៧", "10117"),
        ("cast", "11 730", "11730"),
        ("seats", "100000", "100000"),
        ("votes", " ", None),
        ("share", "", None),
    ],
)
def test_as_it_is_kept(figure, typed, kept):
    assert read_stated(figure, typed) == kept


@pytest.mark.parametrize(
    ("figure", "typed", "reason"),
    [
        ("votes", "86.99", Refusal.DECIMAL),
        ("votes", "-4", Refusal.SIGN),
        ("votes", "85%", Refusal.CHARACTER),
        ("seats", "100001", Refusal.TOO_LARGE),
        ("majority", "100001", Refusal.TOO_LARGE),
        ("share", ".", Refusal.DECIMAL),
        ("share", "85.", Refusal.DECIMAL),
        ("share", ".5", Refusal.DECIMAL),
        ("share", "-1.2", Refusal.SIGN),
        ("share", "8x", Refusal.LETTER),
        ("turnout", "99.1234567", Refusal.DECIMAL),
        ("share", "1,000.5", Refusal.DECIMAL),
    ],
)
def test_what_is_no_such_figure(figure, typed, reason):
    with pytest.raises(NumberRefused) as refused:
        read_stated(figure, typed)
    assert refused.value.reason is reason


def test_impossible_keys():
    assert may_become_stated("share", "86.")
    assert may_become_stated("turnout", "៩៩,")
    assert not may_become_stated("share", "86.9%")
    assert not may_become_stated("votes", "-")
    assert not may_become_stated("votes", "86.9999")
    assert may_become_stated("seats", "100000")
    assert not may_become_stated("seats", "100001")


@given(percentages)
def test_percentages_are_kept_as_printed_in_both_scripts(text):
    assert read_stated("share", text) == text
    assert read_stated("turnout", text.translate(TO_KHMER)) == text
    assert all(may_become_stated("share", text[:end]) for end in range(len(text) + 1))
