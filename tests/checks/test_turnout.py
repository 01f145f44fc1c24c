"""W503 of a region: ballots cast of all its registered voters against the last election."""

import pytest
from msgspec.structs import replace

from tally_app.checks.turnout import check_region_turnout
from tally_app.count.book import BallotBook
from tally_app.count.figures import Cell, CellChange
from tally_app.election.election import Election
from tally_app.election.model import Limits
from tests.packs import make_pack

# registered, cast, A, B, invalid: 240 of 300 voted, 80 %.
ROWS = [(100, 90, 50, 37, 3), (200, 150, 60, 85, 5)]


def moved(last: str | None, points: str | None = "5", rows=ROWS, **options: object):
    pack = make_pack(**options)  # type: ignore[arg-type]
    regions = [replace(pack.regions[0], last_turnout=last), *pack.regions[1:]]
    election = Election(replace(pack, regions=regions, checks=Limits(turnout_points=points)))
    book = BallotBook(election)
    for row, values in enumerate(rows):
        book.put(CellChange(Cell(row, column), None, value) for column, value in enumerate(values) if value is not None)
    return list(check_region_turnout(election, 0, book.tally(0)))


@pytest.mark.parametrize(("last", "fires"), [("85", False), ("85.01", True), ("75", False), ("74.99", True)])
def test_w503_at_exactly_the_limit_is_no_finding(last, fires):
    assert bool(moved(last)) == fires


def test_w503_names_region_and_figures():
    (finding,) = moved("99.865")
    assert finding.code == "W503"
    assert finding.place == ("R1", None, None, "cast")
    assert finding.facts == {"turnout": "80.000", "last": "99.865", "points": "5", "cast": 240, "registered": 300}


def test_w503_waits_for_the_whole_region():
    assert moved("50", rows=[ROWS[0], (200, None, 60, 85, 5)]) == []
    assert moved("50", rows=[ROWS[0], (None, 150, 60, 85, 5)]) == []
    assert moved("50", rows=[(0, 0, 0, 0, 0), (0, 0, 0, 0, 0)]) == []


def test_w503_is_not_asked_where_turnouts_are_not_known():
    assert moved(None) == []
    assert moved("50", None) == []
    assert moved("50", rows=[(50, 37), (60, 85)], form=("parties",)) == []
