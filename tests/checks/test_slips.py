"""Slips of one number: every true value that a slip turns into what was entered, and no other."""

from hypothesis import given
from hypothesis import strategies as st

from tally_app.checks.slips import LARGEST, Kind, slips

FIGURES = st.one_of(st.integers(0, 99), st.integers(0, 99_999), st.integers(0, LARGEST))


def typed(true: int, kind: Kind) -> set[int]:
    """What stands there after *true* was typed with one slip."""
    digits = str(true)
    places = range(len(digits))
    if kind is Kind.TRANSPOSED:
        texts = {digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :] for i in places[:-1]}
    elif kind is Kind.DOUBLED:
        texts = {digits[:i] + digits[i] + digits[i:] for i in places}
    elif kind is Kind.DROPPED:
        texts = {digits[:i] + digits[i + 1 :] for i in places if len(digits) > 1}
    else:
        texts = {digits[:i] + other + digits[i + 1 :] for i in places for other in "0123456789"}
    return {int(text) for text in texts} - {true}


@given(FIGURES)
def test_each_true_value_leads_to_what_was_entered_by_its_slip(entered):
    for true, kind in slips(entered):
        assert entered in typed(true, kind), (true, kind)


@given(FIGURES)
def test_each_true_value_is_another_figure_and_comes_once(entered):
    values = [true for true, _ in slips(entered)]
    assert len(values) == len(set(values))
    assert entered not in values
    assert all(0 <= value <= LARGEST for value in values)


@given(FIGURES, st.sampled_from([Kind.TRANSPOSED, Kind.DOUBLED, Kind.DROPPED, Kind.CHANGED]))
def test_whatever_was_typed_with_a_slip_the_true_value_is_listed(true, kind):
    """Also where the slip made leading zeros: 1023 without its 1 is 23."""
    for entered in typed(true, kind):
        if entered <= LARGEST:
            assert true in dict(slips(entered)), entered


def test_what_1191_may_have_been():
    found = dict(slips(1191))
    assert {value for value, kind in found.items() if kind is Kind.TRANSPOSED} == {1911, 1119}
    assert {value for value, kind in found.items() if kind is Kind.DOUBLED} == {191}
    assert found[11091] is found[11191] is found[11910] is found[91191] is Kind.DROPPED
    assert found[1091] is found[9191] is Kind.CHANGED
    assert 191 not in {value for value, kind in found.items() if kind is Kind.CHANGED}


def test_single_digits_and_nothing():
    assert dict(slips(0))[7] is Kind.CHANGED
    assert dict(slips(0))[70] is Kind.DROPPED
    assert dict(slips(5))[0] is Kind.CHANGED
    assert dict(slips(5))[50] is dict(slips(5))[1005] is Kind.DROPPED
    assert not slips(-1)
    assert dict(slips(100))[10] is Kind.DOUBLED
    assert 10 not in {value for value, kind in slips(10) if kind is Kind.TRANSPOSED}
