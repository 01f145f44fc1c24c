"""The headline figures of docs/checks.md about repairs, on fewer rows."""

import pytest

from tally_app.checks.slips import Kind
from tests.measures.searching import made_up
from tests.measures.slips import cast_is_right, measure, rows

ROWS = 200


@pytest.mark.parametrize(
    ("kind", "alone", "of_kind"),
    [(Kind.TRANSPOSED, 0.72, 0.80), (Kind.DROPPED, 0.68, 0.82), (Kind.DOUBLED, 0.93, 0.98), (Kind.CHANGED, 0.13, 0.14)],
)
def test_the_true_number_is_always_listed_and_often_stands_alone(kind, alone, of_kind):
    every_fifth = rows()[::5][:ROWS]
    rate = measure(kind, every_fifth, cast_is_right())
    assert rate.rows == rate.listed == ROWS
    assert rate.alone / rate.rows >= alone
    assert rate.of_kind / rate.rows >= of_kind


def test_there_are_rows_enough():
    assert len(rows()) >= 1000
    assert all(len(row) == 4 for row in rows())


def test_a_slip_in_500_units_of_20_lists_stands_alone():
    """Everything is stated."""
    case = made_up((500,), 1)
    search = case.search()
    assert search.work()
    assert search.found.alone
    assert search.found.found[0].broken == ()
