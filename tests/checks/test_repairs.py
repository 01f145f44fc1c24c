"""Repairs: slips that explain more than they contradict, and only those."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tally_app.allocation.allocate import allocate
from tally_app.allocation.rules import Ballots, Rules
from tally_app.checks.finding import Finding, Place
from tally_app.checks.repairs import Search
from tally_app.checks.slips import Kind, slips
from tally_app.count.book import NOT_ENTERED
from tally_app.count.figures import FigureKey
from tally_app.count.statements import Statements
from tally_app.election.election import Election
from tests.checks.slipping import Count, count, counts, most_votes
from tests.ui.fake_journal import bundled_document

Changes = frozenset[tuple[int, int, int]]


def changed(case: Count, changes: Changes) -> Count:
    values = case.values.copy()
    for row, column, new in changes:
        values[row, column] = new
    return Count(case.election, values, case.stated)


def score(case: Count, changes: Changes) -> int:
    """What the checks themselves say: findings that go less those that come, if one of the former tells something."""
    row = next(iter(changes))[0]
    before, after = case.wrong(row), changed(case, changes).wrong(row)
    gone = before.keys() - after.keys()
    if not any(before[key] for key in gone if key[0] != "E203"):
        return 0
    return len(gone) - len(after.keys() - before.keys())


def every_slip(case: Count) -> list[tuple[Kind, Changes]]:
    """All changes that one slip in a number, or of two neighbours, calls for."""
    found = []
    for row, figures in enumerate(case.values.tolist()):
        for column, value in enumerate(figures):
            if value >= 0:
                found += [(kind, frozenset({(row, column, true)})) for true, kind in slips(value)]
        for column, (one, other) in enumerate(pairwise(figures)):
            if one >= 0 and other >= 0 and one != other:
                found.append((Kind.EXCHANGED, frozenset({(row, column, other), (row, column + 1, one)})))
    return found


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(counts(), st.data())
def test_what_is_found_is_what_trying_everything_finds(case, data):
    found = {}
    for repair in case.repairs().found:
        if repair.kind in list(Kind)[:5]:
            found[frozenset((*change.cell, change.new) for change in repair.changes)] = (repair.kind, repair.score)
    for changes, (kind, points) in found.items():
        assert points == score(case, changes), (kind, changes)
    everything = every_slip(case)
    tried = data.draw(st.lists(st.sampled_from(everything), max_size=60, unique=True))
    for kind, changes in [*tried, *(each for each in everything if restores(case, each[1]))]:
        points = score(case, changes)
        if points > 0 or changes in found:
            # Seats are asked for only where something else is gained already.
            assert found.get(changes) == (kind, points) or _by_seats_only(case, changes), (kind, changes)


def restores(case: Count, changes: Changes) -> bool:
    return case.truth is not None and all(case.truth[row, column] == new for row, column, new in changes)


def _by_seats_only(case: Count, changes: Changes) -> bool:
    without = {key: value for key, value in case.stated.items() if key.figure != "seats"}
    return score(Count(case.election, case.values, without), changes) <= 0


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(counts(), st.integers(0, 2))
def test_a_region_by_itself_has_the_same_repairs_as_among_all(case, region):
    region %= len(case.election.regions)
    key = case.election.regions[region].key
    changing = [repair for repair in case.repairs().found if repair.changes and repair.place.region == key]
    assert [repair for repair in case.repairs([region]).found if repair.changes] == changing


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(counts())
def test_slices_find_the_same_and_nothing_is_changed(case):
    before = case.values.copy()
    search = Search(case.election, case.values, case.statements, most_votes)
    while not search.work(0):
        assert search.found.found == ()
    assert search.found.found == case.repairs().found
    assert (case.values == before).all()


def bundled() -> tuple[Election, np.ndarray, dict[FigureKey, str]]:
    """The published table of 2024: its figures and everything stated about them."""
    election = bundled_document().election
    values = np.full((election.unit_count, len(election.columns)), NOT_ENTERED, dtype=np.int64)
    for entry in election.pack.entries:
        for key, figure in entry.figures.items():
            values[election.row(entry.region, entry.unit), election.column_index[key]] = figure
    stated = {FigureKey(s.source, s.figure, s.region, s.unit, s.party): s.value for s in election.pack.stated}
    return election, values, stated


def allocated(election: Election, region: int, votes: tuple[int, ...]) -> tuple[int, ...]:
    ballots = Ballots(votes, 0, 0, 0)
    return allocate(Rules(election).contest(region, ballots, ballots)).seats


def repairs_of_the_table(more=None):
    election, values, stated = bundled()

    def seats_with(region, votes):
        return allocated(election, region, votes)

    search = Search(election, values, Statements({**stated, **(more or {})}), seats_with)
    assert search.work()
    return search.found


def test_the_published_table_has_one_repair():
    """Of all single slips in the 32 cells exactly one gains something: Region 4, CPP, 1,191 → 1,911."""
    (repair,) = repairs_of_the_table().found
    assert (repair.kind, repair.place) == (Kind.TRANSPOSED, Place("R4", "R4", "CPP", "CPP"))
    assert [(change.old, change.new) for change in repair.changes] == [(1191, 1911)]
    assert repair.score == 2
    assert [(c.source, c.stated, c.before, c.after) for c in repair.fixed] == [
        ("summary-box", "85.92", "85.00", "85.92"),
        ("summary-box", "11.92", "12.70", "11.92"),
    ]
    assert repair.broken == ()
    assert repair.seats_before == repair.seats_after == (9, 1, 0, 0)
    assert repair.applicable
    assert repairs_of_the_table().alone
    unaccounted = next(claim for claim in repair.closer if claim.code == "E205")
    assert (unaccounted.before, unaccounted.after, unaccounted.stated) == ("10986", "11706", "11730")
    assert [claim.stated for claim in repair.set_aside] == ["77.95", "14.27", "0.07", "7.72"]


def test_the_commissions_totals_are_explained_by_the_same_repair():
    totals = {"CPP": "10052", "KWP": "1394", "FUN": "19", "NPP": "234"}
    commission = {FigureKey("commission", "votes", None, None, party): total for party, total in totals.items()}
    found = repairs_of_the_table(commission)
    assert found.alone
    (repair,) = found.found
    assert [(change.old, change.new) for change in repair.changes] == [(1191, 1911)]
    difference = Finding("E202", Place(None, None, "CPP", "CPP"), {"source": "commission", "difference": 720})
    assert found.explaining(difference).found == (repair,)
    assert repair.score == 3


# One region's units: registered, cast, A, B, invalid.
RIGHT = [[900, 800, 500, 290, 10], [700, 650, 400, 245, 5], [500, 480, 130, 347, 3]]


def total_votes(a: int, b: int) -> dict[FigureKey, str]:
    return {FigureKey("table", "votes", "R1", None, "A"): str(a), FigureKey("table", "votes", "R1", None, "B"): str(b)}


def test_right_figures_have_no_repairs():
    assert count(RIGHT, (3,), total_votes(1030, 882)).repairs().found == ()


def test_ballots_cast_typed_with_two_digits_swapped():
    rows = [RIGHT[0], [700, 650, 400, 245, 5], [500, 840, 130, 347, 3]]
    found = count(rows, (3,), total_votes(1030, 882)).repairs()
    assert found.alone
    best = found.found[0]
    assert (best.place.column, best.changes[0].new) == ("cast", 480)
    assert {claim.code for claim in best.fixed} == {"E103", "E104"}
    assert (best.fixed[0].stated, best.fixed[0].stated_after, best.fixed[0].after) == ("840", "480", "480")


def test_a_limit_alone_is_no_reason():
    """More ballots than registered voters, and the ballots add up: any larger number of voters would do."""
    assert count([[700, 800, 500, 290, 10]], (1,), {}).repairs().found == ()


def test_neighbouring_columns_exchanged():
    rows = [RIGHT[0], RIGHT[1], [500, 480, 347, 130, 3]]
    found = count(rows, (3,), total_votes(1030, 882)).repairs()
    assert found.alone
    assert found.found[0].kind is Kind.EXCHANGED
    assert [(change.cell.column, change.new) for change in found.found[0].changes] == [(2, 130), (3, 347)]


def test_a_unit_entered_twice_can_be_cleared():
    rows = [*RIGHT, RIGHT[1]]
    found = count(rows, (4,), total_votes(1030, 882)).repairs()
    twice = [repair for repair in found.found if repair.kind is Kind.ENTERED_TWICE]
    assert [repair.place.unit for repair in twice] == ["R1-2", "R1-4"]
    assert [change.new for change in twice[1].changes] == [None] * 5
    assert (twice[0].score, found.of_cells, twice[0].applicable) == (2, 2, True)


@pytest.mark.parametrize(("unit", "kind"), [(1, Kind.LEFT_OUT), (-1, Kind.COUNTED_TWICE)])
def test_a_unit_that_a_source_left_out_or_counted_twice_is_only_told(unit, kind):
    stated = total_votes(1030 - unit * 400, 882 - unit * 245)
    (repair,) = [each for each in count(RIGHT, (3,), stated).repairs().found if not each.changes]
    assert (repair.kind, repair.place, repair.source) == (kind, Place("R1", "R1-2"), "table")
    assert not repair.applicable
    assert [(c.stated, c.stated_after) for c in repair.fixed] == [
        (str(1030 - unit * 400), "1030"),
        (stated_b(unit), "882"),
    ]


def stated_b(unit: int) -> str:
    return str(882 - unit * 245)


def test_one_total_short_by_a_units_figure_is_a_coincidence():
    stated = total_votes(1030 - 400, 882)
    assert all(repair.changes for repair in count(RIGHT, (3,), stated).repairs().found)


def test_a_region_that_the_chambers_totals_left_out():
    rows = [RIGHT[0], RIGHT[1], RIGHT[2], [90, 80, 50, 29, 1]]
    stated = {FigureKey("table", "votes", None, None, "A"): "1030", FigureKey("table", "votes", None, None, "B"): "882"}
    found = count(rows, (3, 1), stated).repairs()
    assert (found.found[0].kind, found.found[0].place) == (Kind.LEFT_OUT, Place("R2"))


def test_two_mistakes_in_two_units_each_stand_alone():
    rows = [[900, 800, 500, 920, 10], [700, 650, 40, 245, 5], RIGHT[2]]
    found = count(rows, (3,), {}).repairs()
    alone = {(repair.place.unit, repair.place.column, repair.changes[0].new) for repair in found.standing_alone}
    assert ("R1-1", "B", 290) in alone
    assert not found.alone
    for repair in found.found:
        assert found.stands_alone(repair) == (repair in found.standing_alone)


def test_votes_for_who_does_not_stand_stood_in_the_next_column():
    rows = [[900, 800, 0, 790, 10]]
    found = count(rows, (1,), {}, standing=[["A"]]).repairs()
    assert found.found[0].kind is Kind.EXCHANGED
    assert {claim.code for claim in found.found[0].fixed} == {"E105"}


def test_stated_seats_count_where_votes_gain_already():
    stated = {FigureKey("table", "seats", "R1", None, "A"): "3", FigureKey("table", "votes", "R1", None, "A"): "920"}
    best = count([[1900, 1511, 290, 581, 10]], (1,), stated).repairs().found[0]
    assert (best.changes[0].old, best.changes[0].new) == (290, 920)
    assert (best.seats_before, best.seats_after) == ((0, 3), (3, 0))
    assert [claim.code for claim in best.fixed] == ["E103", "E201", "E203"]


def test_the_best_hundred_are_listed_and_that_there_are_more_is_said():
    rows = [[5000 + number % 90, 2990] for number in range(150)]
    a, b = (sum(row[column] for row in rows) for column in (0, 1))
    found = count(rows, (150,), total_votes(a + 100, b), form=("parties",)).repairs()
    assert len(found.found) == found.of_cells == 100
    assert found.more
    assert not found.alone
    few = count(
        rows[:9], (9,), total_votes(sum(row[0] for row in rows[:9]) + 100, 9 * 2990), form=("parties",)
    ).repairs()
    assert (len(few.found), few.more) == (9, False)


@pytest.mark.parametrize("decimals", [0, 2, 24])
def test_a_percentage_with_very_many_decimals_is_exact_beyond_64_bits(decimals):
    """110 of 160 are 68.75 %; typed as 101."""
    printed = {0: "69", 2: "68.75", 24: f"68.75{'0' * 22}"}[decimals]
    share = {FigureKey("table", "share", None, None, "A"): printed}
    found = count([[101, 50]], (1,), share, form=("parties",)).repairs()
    changes = [(each.changes[0].old, each.changes[0].new) for each in found.found if len(each.changes) == 1]
    assert (101, 110) in changes
    assert ((101, 111) in changes) == (decimals == 0)
