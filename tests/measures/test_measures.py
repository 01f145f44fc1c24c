"""The headline figures of docs/checks.md, measured again."""

from pathlib import Path

import numpy as np
import pytest

from tests.measures.asking import answers
from tests.measures.chance import chances
from tests.measures.false_alarms import totals, whole_power
from tests.measures.rows import units_of_one_region, whole_elections

PAGE = (Path(__file__).parents[2] / "docs" / "checks.md").read_text(encoding="utf-8")

ALARMS = {
    "E104": (11, 0),
    "E203": (1134, 10),
    "E301": (2, 0),
    "E302": (2, 0),
    "E402": (1134, 0),
    "N108": (567, 13),
    "W107": (1134, 0),
    "W206": (32, 0),
    "W208": (6, 1),
    "W303": (8, 0),
    "W501": (814, 5),
    "W502": (1134, 0),
}
RIGHT_ALARMS = {"W208"}
"""What the source printed is wrong."""


@pytest.fixture(scope="module")
def alarms():
    return totals(answers())


def test_false_alarms_are_as_documented(alarms):
    assert alarms == ALARMS
    for code, (asked, fired) in ALARMS.items():
        assert f"| {code} | {fired} of {asked:,} |" in PAGE


def test_what_blocks_or_wants_a_reason_is_wrong_at_most_twice_in_a_hundred(alarms):
    """A check that is wrong more often is a note."""
    for code, (asked, fired) in alarms.items():
        if not code.startswith("N") and code not in RIGHT_ALARMS:
            assert 100 * fired <= 2 * asked, code


def test_exchanged_columns_are_found_as_documented():
    found = whole_power()
    assert (found.found, found.tried) == (1453, 4332)
    assert (found.fourfold_found, found.fourfold_tried) == (1337, 1663)
    assert "1,453 of 4,332 (34 %)" in PAGE
    assert "1,337 of 1,663 (80 %)" in PAGE


def test_rows_that_are_measured_have_the_same_lists():
    groups = list(units_of_one_region())
    assert len(groups) == 36
    assert sum(len(group.block) for group in groups) == 814
    assert all((group.block >= 0).all() for group in groups)


def test_no_two_districts_of_an_election_have_the_same_figures():
    for group in whole_elections():
        assert len(np.unique(group.block, axis=0)) == len(group.block), group.name


def test_rows_are_seldom_the_same_by_chance():
    for each in chances((33, 1000)):
        assert each.with_floor < 1
        assert each.with_floor <= each.without_floor
