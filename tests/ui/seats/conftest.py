from collections.abc import Sequence

import msgspec
import pytest
from PySide6.QtGui import QFont

from tally_app.allocation.allocate import allocate
from tally_app.allocation.rules import Ballots, Rules
from tally_app.document.results import ChamberResult, RegionResult
from tally_app.election.election import Election
from tally_app.election.model import Chamber, FormField, Name, Pack, Party, Region, Rule, Unit
from tally_app.resources import resource
from tally_app.ui import theme


@pytest.fixture(scope="session")
def senate():
    """The bundled election of 2024."""
    text = resource("elections", "cambodia-senate-2024.json").read_bytes()
    return Election(msgspec.json.decode(text, type=Pack))


@pytest.fixture(autouse=True, scope="module")
def themed(qapp):
    """The program's look, put away afterwards: other rooms' tests share the application."""
    before = QFont(qapp.font()), qapp.palette(), qapp.styleSheet()
    qapp.setFont(theme.load_fonts())
    qapp.setPalette(theme.application_palette())
    qapp.setStyleSheet(theme.stylesheet())
    yield qapp
    qapp.setFont(before[0])
    qapp.setPalette(before[1])
    qapp.setStyleSheet(before[2])


@pytest.fixture
def region_result():
    return make_region


@pytest.fixture
def chamber_result():
    return make_chamber


@pytest.fixture
def senate_results(senate):
    """All regions of 2024 as published."""
    votes = {entry.region: entry.figures for entry in senate.pack.entries}
    return [
        make_region(senate, index, [votes[region.key][party.key] for party in senate.parties])
        for index, region in enumerate(senate.regions)
    ]


@pytest.fixture
def house():
    """Make an election of one region without pack data: house(parties=3, seats=5)."""
    return make_house


def make_house(parties: int, seats: int, standing: list[str] | None = None) -> Election:
    lists = [Party(f"P{number}", number, Name(f"Party {number}")) for number in range(1, parties + 1)]
    region = Region("R1", Name("North"), seats, [Unit("u1", Name("Unit 1"))], parties=standing)
    chamber = Chamber(Name("House"), seats, seats)
    form = [FormField("parties")]
    return Election(
        Pack("election-tally-pack/1", "t", Name("T"), "2024-01-01", chamber, Rule("dhondt"), form, lists, [region])
    )


def make_region(election: Election, index: int, votes: Sequence[int | None]) -> RegionResult:
    """Make the result of *votes*; None is a party whose votes are not entered."""
    counted = tuple(count or 0 for count in votes)
    eligible = tuple(count if stands else 0 for count, stands in zip(counted, election.standing[index], strict=True))
    ballots = Ballots(eligible)
    contest = Rules(election).contest(index, ballots, ballots)
    sums: list[int | None] = [None] * len(election.columns)
    for column, count in zip(election.party_columns, votes, strict=True):
        sums[column] = count
    return RegionResult(index, counted, contest, tuple(sums), allocate(contest), 1, 1, 1, ())


def make_chamber(results: Sequence[RegionResult]) -> ChamberResult:
    votes = tuple(map(sum, zip(*(result.votes for result in results), strict=True)))
    sums = tuple(map(sum_of_entered, zip(*(result.sums for result in results), strict=True)))
    seats = tuple(map(sum, zip(*(result.allocation.seats for result in results), strict=True)))
    open_seats = sum(result.allocation.open_seats for result in results)
    return ChamberResult(votes, sums, seats, open_seats, 1, 1, 1, ())


def sum_of_entered(figures: Sequence[int | None]) -> int | None:
    entered = [figure for figure in figures if figure is not None]
    return sum(entered) if entered else None
