"""W502: a whole row equals another unit's, or one seen before."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally_app.checks.finding import Severity
from tally_app.checks.twins import CHANCE, Foreign, Twins, row_key
from tally_app.election.election import Election
from tests.packs import make_election

Row = Sequence[int | None]

# registered, cast, A, B, invalid
ONE = (1000, 842, 711, 120, 11)
OTHER = (1200, 842, 711, 119, 12)
NOBODY_YET = (1000, None, None, None, None)


class Book:
    """Figures of some units, and who knows its twins."""

    def __init__(self, *rows: Row, units: Sequence[int] = (2, 2), foreign: Foreign | None = None) -> None:
        self.election: Election = make_election(units=units)
        filled = [*rows, *[NOBODY_YET] * (sum(units) - len(rows))]
        self.values = np.array([self._line(row) for row in filled], dtype=np.int64)
        self.twins = Twins(self.election, self.values, foreign or {})

    def put(self, row: int, figures: Row) -> frozenset[int]:
        self.values[row] = self._line(figures)
        return self.twins.put(row, figures)

    def findings(self, region: int):
        return list(self.twins.findings(region))

    @staticmethod
    def _line(row: Row) -> list[int]:
        return [-1 if value is None else value for value in row]


def test_w502_both_units_name_each_other():
    book = Book(ONE, OTHER, ONE)
    assert book.twins.all_pairs() == [(0, 2)]
    (first,), (second,) = book.findings(0), book.findings(1)
    assert first.severity is Severity.WARNING
    assert first.place == ("R1", "R1-1", None, None)
    assert first.facts == {"with": "unit", "other_region": "R2", "other_unit": "R2-1", "others": 1}
    assert second.place == ("R2", "R2-1", None, None)
    assert second.facts == {"with": "unit", "other_region": "R1", "other_unit": "R1-1", "others": 1}


@pytest.mark.parametrize("column", [2, 3, 4])
def test_w502_one_figure_off_by_one_is_no_twin(column):
    near = [*ONE]
    near[column] += 1
    assert Book(ONE, near).findings(0) == []


def test_w502_registered_and_cast_do_not_tell_two_rows_apart():
    """One form keyed into two units: their registered voters are their own."""
    assert Book(ONE, (1005, 843, *ONE[2:])).twins.all_pairs() == [(0, 1)]


def test_w502_the_same_figures_in_another_order_are_others():
    assert Book(ONE, (1000, 842, 120, 711, 11)).findings(0) == []


def test_w502_a_unit_that_is_not_complete_is_not_compared():
    part = (*ONE[:4], None)
    assert Book(part, part).findings(0) == []


def test_w502_three_of_a_kind_name_the_first_and_how_many():
    book = Book(ONE, ONE, OTHER, ONE)
    assert book.twins.of(3) == [0, 1]
    assert [f.facts["other_unit"] for f in book.findings(0)] == ["R1-2", "R1-1"]
    assert [f.facts["others"] for f in book.findings(0)] == [2, 2]


@pytest.mark.parametrize(("votes", "fires"), [(45, False), (46, True)])
def test_w502_rows_that_are_easily_the_same_by_chance(votes, fires):
    """4 units: the product of 12 × each figure above 0 must be (20 × 4)² = 6,400. 12 × 12 × 45 = 6,480."""
    assert CHANCE == 20
    row = (100, votes, votes - 1, 1, 0)
    assert bool(Book(row, row).findings(0)) == fires


def test_w502_rows_of_zeros_are_no_twins():
    nothing = (100, 0, 0, 0, 0)
    only_one_list = (900, 530, 530, 0, 0)
    assert Book(nothing, nothing).findings(0) == []
    assert Book(only_one_list, only_one_list, units=(2,)).findings(0) != []
    assert Book(only_one_list, only_one_list).findings(0) == []


def test_w502_the_largest_figures_do_not_overflow():
    most = (999_999_999_999,) * 5
    assert Book(most, most).twins.all_pairs() == [(0, 1)]
    assert Book(most, (*most[:4], 999_999_999_998)).findings(0) == []


def test_w502_follows_each_change():
    book = Book(ONE, OTHER)
    assert book.put(3, ONE) == {0, 3}
    assert [f.place.unit for f in book.findings(0)] == ["R1-1"]
    assert book.put(0, OTHER) == {0, 1, 3}
    assert book.twins.all_pairs() == [(0, 1)]
    assert book.findings(1) == []
    assert book.put(1, NOBODY_YET) == {0, 1}
    assert book.twins.all_pairs() == []


def test_w502_many_changes_at_once():
    book = Book(*[(1000, 850, 700 + row, 140, 10) for row in range(150)], units=(150,))
    book.values[:120] = Book._line(ONE)
    assert book.twins.refresh(range(120)) == set(range(120))
    assert len(book.twins.all_pairs()) == 120 * 119 // 2
    book.values[0] = Book._line(OTHER)
    assert book.twins.refresh([0]) == set(range(120))
    assert book.twins.of(0) == []


def test_w502_a_row_of_an_earlier_import_or_of_training():
    key = row_key(make_election(), ONE)
    for origin, label in (("import", "rehearsal.csv, row 7"), ("training", "Friday's rehearsal")):
        book = Book(ONE, OTHER, foreign={key: (origin, label)})
        (finding,) = book.findings(0)
        assert finding.place == ("R1", "R1-1", None, None)
        assert finding.facts == {"with": origin, "label": label}
        book.put(0, OTHER)
        assert [f.facts["with"] for f in book.findings(0)] == ["unit", "unit"]
        book.put(2, ONE)
        assert [f.facts["with"] for f in book.findings(1)] == [origin]


def test_w502_known_rows_that_tell_nothing_or_are_no_keys():
    small = (100, 3, 2, 1, 0)
    book = Book(small, ONE, foreign={row_key(make_election(), small): ("training", "x"), "no key": ("import", "y")})
    assert book.findings(0) == []


def test_row_keys():
    """The same figures on the same form have one key, whatever is registered; others have another."""
    election, again = make_election(), make_election(units=(7,), seats=9)
    assert row_key(election, ONE) == row_key(again, (None, None, *ONE[2:]))
    assert len(row_key(election, ONE)) == 32
    others = [OTHER, (1000, 842, 120, 711, 11), (1000, 842, 711, 120, None), (1000, 842, 711, 120, 0)]
    assert len({row_key(election, row) for row in [ONE, *others]}) == 5
    renamed = make_election(parties=("A", "C"))
    assert row_key(renamed, ONE) != row_key(election, ONE)


kind = st.sampled_from([ONE, OTHER, (1000, 842, 710, 121, 11), (100, 2, 1, 1, 0), NOBODY_YET])


@given(st.lists(kind, min_size=5, max_size=5), st.lists(st.tuples(st.integers(0, 4), kind), max_size=8))
def test_w502_after_any_changes_as_if_looked_at_anew(rows, changes):
    book = Book(*rows, units=(3, 2))
    for row, figures in changes:
        book.put(row, figures)
    anew = Twins(book.election, book.values.copy())
    now = book.values.tolist()
    telling = [row for row in range(5) if now[row][4] >= 0 and now[row][2] > 100]
    pairs = [(a, b) for a in telling for b in telling if a < b and now[a][2:] == now[b][2:]]
    assert book.twins.all_pairs() == anew.all_pairs() == pairs
    for region in (0, 1):
        assert list(book.twins.findings(region)) == list(anew.findings(region))
