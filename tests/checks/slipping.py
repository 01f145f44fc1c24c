"""Small counts with stated figures, for the tests of claims and repairs, and the checks themselves as the oracle."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from tally_app.checks.entry import Form, check_form
from tally_app.checks.finding import Finding
from tally_app.checks.repairs import Repairs, Search
from tally_app.checks.stated import Subject, check_accounted, check_stated
from tally_app.count.book import BallotBook
from tally_app.count.figures import FigureKey
from tally_app.count.rounding import percentage
from tally_app.count.statements import Statements
from tally_app.election.election import Election
from tests.packs import make_election

Key = tuple[object, ...]


def most_votes(_: int, votes: tuple[int, ...]) -> tuple[int, ...]:
    """A rule that needs no engine: three seats to whoever has most, shared alike in a tie."""
    winners = [party for party, own in enumerate(votes) if own == max(votes)]
    return tuple(3 // len(winners) * (party in winners) for party in range(len(votes)))


@dataclass
class Count:
    election: Election
    values: NDArray[np.int64]
    stated: dict[FigureKey, str]
    truth: NDArray[np.int64] | None = None
    """What should have been typed, where that is known."""

    @property
    def statements(self) -> Statements:
        return Statements(self.stated)

    def repairs(self, regions: list[int] | None = None) -> Repairs:
        search = Search(self.election, self.values, self.statements, most_votes, regions)
        assert search.work()
        return search.found

    def column(self, key: str) -> int:
        return self.election.column_index[key]

    def seats(self) -> list[tuple[int, ...]]:
        regions = range(len(self.election.regions))
        return [most_votes(r, tuple(self._votes(self.election.rows(r)))) for r in regions]

    def _votes(self, rows: range) -> list[int]:
        columns = list(self.election.party_columns)
        return [int(number) for number in np.maximum(self.values[rows.start : rows.stop, columns], 0).sum(axis=0)]

    def findings(self) -> Iterator[Finding]:
        """What the checks say of these figures."""
        book = BallotBook(self.election, self.values.copy())
        statements, seats, none = self.statements, self.seats(), (0,) * len(self.election.parties)
        for region, definition in enumerate(self.election.regions):
            for row in self.election.rows(region):
                yield from check_form(Form(self.election, region, row, book.row(row)))
            stated = statements.about(definition.key)
            yield from check_stated(
                Subject(self.election, definition.key, book.tally(region), seats[region], none, stated)
            )
        everywhere = tuple(map(sum, zip(*seats, strict=True)))
        chamber = Subject(self.election, None, book.chamber_tally(), everywhere, none, statements.about())
        yield from check_stated(chamber)
        yield from check_accounted(chamber)

    def wrong(self, row: int) -> dict[Key, bool]:
        """What is wrong, as a repair in a unit sees it, and whether it tells something that it becomes right.

        No percentages of the unit's own row, and no limit that stated figures set.
        """
        region = self.election.regions[self.election.region_of(row)]
        alone = len(region.units) == 1
        keys: dict[Key, bool] = {}
        for each in self.findings():
            facts, code = each.facts, each.code
            derived = code in ("W206", "W208") and alone and each.place.region == region.key
            if code not in JUDGED or derived or facts.get("limit_source") is not None:
                continue
            whole = self._whole(each)
            if code == "E205" and not whole and int(str(facts["difference"])) > 0:
                continue
            keys[code, each.place, facts.get("source"), facts.get("limit")] = whole
        return keys

    def _whole(self, finding: Finding) -> bool:
        """Is everything there that a finding adds up, so that only an equal number is right?"""
        code, place = finding.code, finding.place
        if code in ("E104", "E204"):
            return False
        rows = range(len(self.values)) if place.region is None else self.election.rows(self._region(place.region))
        if place.unit is not None:
            row = self.election.row(str(place.region), place.unit)
            rows = range(row, row + 1)
        columns = [self.column(str(place.column))] if code in ("E201", "E202") else [2, 3, 4]
        judged = ("E103", "E201", "E202", "E205")
        return code not in judged or bool((self.values[rows.start : rows.stop, columns] >= 0).all())

    def _region(self, key: str) -> int:
        return self.election.region_index[key]


JUDGED = ("E102", "E103", "E104", "E105", "E201", "E202", "E203", "E204", "E205", "W206", "W208")


def count(rows: list[list[int]], units: tuple[int, ...], stated: Mapping[FigureKey, str], **options: object) -> Count:
    """*rows*: figures of each unit, −1 = not entered; options as ``make_pack``."""
    election = make_election(units=units, **options)
    return Count(election, np.array(rows, dtype=np.int64), dict(stated))


@st.composite
def counts(draw: st.DrawFn) -> Count:
    """A count whose figures were right, as are most that are stated, and then one or two were typed wrong."""
    units = draw(st.sampled_from([(1, 2), (2, 2), (1, 1, 1), (3,)]))
    rows = [_row(draw) for _ in range(sum(units))]
    truth = count(rows, units, {})
    stated = {key: value for key, value in _all_stated(truth) if draw(st.integers(0, 3))}
    for key in draw(st.lists(st.sampled_from(sorted(stated, key=str)), max_size=2)) if stated else ():
        stated[key] = _another(draw, stated[key])
    values = truth.values.copy()
    for _ in range(draw(st.integers(1, 2))):
        row, column = draw(st.integers(0, len(values) - 1)), draw(st.integers(0, values.shape[1] - 1))
        digits = str(values[row, column])
        place = draw(st.integers(0, len(digits) - 1))
        new = digits[:place] + draw(st.sampled_from(["", digits[place] * 2, "1", "8"])) + digits[place + 1 :]
        values[row, column] = int(new) if new else -1 if column != 0 else 99
    if draw(st.booleans()):
        values[draw(st.integers(0, len(values) - 1)), 4] = -1
    return Count(truth.election, values, stated, truth.values)


def _row(draw: st.DrawFn) -> list[int]:
    votes = [draw(st.integers(10, 2000)) for _ in range(2)]
    invalid = draw(st.integers(0, 30))
    cast = sum(votes) + invalid
    return [cast + draw(st.integers(0, 200)), cast, *votes, invalid]


def _all_stated(truth: Count) -> Iterator[tuple[FigureKey, str]]:
    for place, region in enumerate([None, *truth.election.regions]):
        rows = truth.values if region is None else truth.values[slice(*_ends(truth.election, place - 1))]
        key = region.key if region else None
        registered, cast, *votes, invalid = (int(number) for number in rows.sum(axis=0))
        for party, own in zip("AB", votes, strict=True):
            yield FigureKey("table", "votes", key, None, party), str(own)
            yield FigureKey("table", "share", key, None, party), percentage(own, sum(votes), 2)
            yield FigureKey("box", "share", key, None, party), percentage(own, sum(votes), 0)
        yield FigureKey("box", "cast", key), str(cast)
        yield FigureKey("table", "invalid", key), str(invalid)
        yield FigureKey("box", "turnout", key), percentage(cast, registered, 1)
    for region in truth.election.regions:
        yield FigureKey("table", "seats", region.key, None, "A"), "3"
    yield FigureKey("table", "seats", None, None, "B"), "3"


def _ends(election: Election, region: int) -> tuple[int, int]:
    rows = election.rows(region)
    return rows.start, rows.stop


def _another(draw: st.DrawFn, printed: str) -> str:
    whole, point, decimals = printed.partition(".")
    return f"{max(0, int(whole) + draw(st.sampled_from([-90, -9, -1, 1, 9, 90])))}{point}{decimals}"
