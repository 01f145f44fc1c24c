"""E106: the second entry against the first."""

import pytest

from tally_app.checks.entry import Form
from tally_app.checks.finding import Severity
from tally_app.checks.second import check_second, differing
from tests.packs import make_election

# registered, cast, A, B, invalid
FIRST = (100, 90, 50, 37, 3)


def form(*values: int | None, **options: object) -> Form:
    return Form(make_election(**options), 0, 0, values)


def test_e106_two_entries_that_agree():
    assert list(check_second(form(*FIRST), FIRST, {})) == []


def test_e106_names_every_field_that_differs_and_both_figures():
    found = list(check_second(form(*FIRST), (100, 90, 5, 37, 4), {}))
    assert [(f.code, f.severity, f.place.column) for f in found] == [
        ("E106", Severity.ERROR, "A"),
        ("E106", Severity.ERROR, "invalid"),
    ]
    assert found[0].place == ("R1", "R1-1", "A", "A")
    assert [f.facts for f in found] == [{"first": 50, "second": 5}, {"first": 3, "second": 4}]


@pytest.mark.parametrize(
    ("first", "second"), [((100, 90, 50, 37, None), (100, 90, 5, 37, 3)), (FIRST, (100, 90, 5, None, 3))]
)
def test_e106_waits_for_both_entries_to_be_complete(first, second):
    assert differing(form(*first), second, {}) == []


def test_e106_an_optional_field_may_be_empty_in_both_but_not_in_one():
    empty = form(100, 90, 50, 37, None, optional=("invalid",))
    assert differing(empty, (100, 90, 50, 37, None), {}) == []
    (finding,) = check_second(empty, FIRST, {})
    assert finding.facts == {"first": None, "second": 3}
    assert differing(empty, FIRST, {"invalid": None}) == []


def test_e106_settled_as_long_as_the_first_entry_has_what_the_paper_says():
    second = (100, 90, 5, 37, 4)
    assert differing(form(*FIRST), second, {"A": 50}) == ["invalid"]
    assert differing(form(*FIRST), second, {"A": 50, "invalid": 3}) == []
    assert differing(form(*FIRST), second, {"A": 5}) == ["A", "invalid"]
    assert differing(form(100, 90, 51, 37, 3), second, {"A": 50, "invalid": 3}) == ["A"]
