"""What is a number of votes, and what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally_app.exchange.numbers import LIMIT, NumberRefused, Refusal, Typed, parse_votes, read_typed


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("1191", 1191),
        ("1,191", 1191),
        ("1.191", 1191),
        ("1 191", 1191),
        ("1\u202f191", 1191),
        ("12,345,678", 12345678),
        ("១០០", 100),
        ("១,១៩១", 1191),
        ("1៩1១", 1911),
        (" 17 ", 17),
        ("", None),
        ("  ", None),
        (str(LIMIT), LIMIT),
    ],
)
def test_numbers(text, value):
    assert parse_votes(text) == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("-5", Refusal.SIGN),
        ("+5", Refusal.SIGN),
        ("−5", Refusal.SIGN),
        ("1.5", Refusal.DECIMAL),
        ("1191.0", Refusal.DECIMAL),
        ("12a", Refusal.LETTER),
        ("1e3", Refusal.LETTER),
        ("²", Refusal.CHARACTER),
        ("1_000", Refusal.CHARACTER),
        ("1,19", Refusal.DECIMAL),
        ("1,1911", Refusal.GROUPING),
        ("1,191.000", Refusal.GROUPING),
        ("1191,000", Refusal.GROUPING),
        (str(LIMIT + 1), Refusal.TOO_LARGE),
        ("1" * 5000, Refusal.TOO_LARGE),
        ("٣", Refusal.CHARACTER),
        ("=1+1", Refusal.SIGN),
    ],
)
def test_refusals_say_why(text, reason):
    with pytest.raises(NumberRefused) as refused:
        parse_votes(text)
    assert refused.value.reason == reason


@given(st.integers(0, LIMIT), st.sampled_from([",", ".", " ", ""]))
def test_every_number_is_read_in_every_grouping_and_at_every_key_on_the_way(number, separator):
    text = f"{number:,}".replace(",", separator)
    assert parse_votes(text) == number
    for length in range(1, len(text) + 1):
        typed = read_typed(text[:length])
        assert str(typed.value) == "".join(c for c in text[:length] if c.isdigit())


def test_half_a_group_is_on_its_way_but_not_whole():
    assert read_typed("1,19") == Typed(119, False)
    assert read_typed("1,") == Typed(1, False)


@given(st.text(max_size=12))
def test_no_text_is_anything_but_a_number_or_a_refusal(text):
    try:
        value = parse_votes(text)
    except NumberRefused:
        return
    assert value is None or 0 <= value <= LIMIT
