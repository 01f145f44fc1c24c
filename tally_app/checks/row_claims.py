"""Claims about single units, for all units of a region at once: the form's equations, and what is stated of a unit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tally_app.checks.claims import Equation, Linear, Rule, Weights
from tally_app.checks.finding import Place
from tally_app.checks.stated import Stated
from tally_app.count.statements import Statements
from tally_app.election.election import Election
from tally_app.election.model import FigureKind

_Numbers = NDArray[np.int64]
_Mask = NDArray[np.bool_]

_TOTALS: tuple[FigureKind, ...] = ("registered", "cast", "valid", "blank", "invalid")


@dataclass(frozen=True)
class RowClaims:
    """One equation, asked of every unit of a region: the sum of some columns against another, or against a number.

    Arrays have one place a unit; *total* and *stated* mean something where the claim is *compared*.
    """

    code: str
    figure: str
    source: str | None
    party: str | None
    column: str
    slopes: dict[int, int]
    """+1 for the columns added up, −1 for the one that says what they should be."""
    total: _Numbers
    stated: _Numbers
    equal: _Mask
    """Must both be equal? Otherwise the total may only be less: a figure is missing, or it is a limit."""
    compared: _Mask

    @cached_property
    def level(self) -> _Numbers:
        """Total less stated."""
        return self.total - self.stated

    @cached_property
    def right(self) -> _Mask:
        """In which units it is right, of those compared."""
        return self.compared & np.where(self.equal, self.level == 0, self.level <= 0)

    @cached_property
    def wrong(self) -> _Mask:
        """In which units it is wrong and must be equal."""
        return self.compared & self.equal & ~self.right

    def slope(self, weights: Weights) -> int:
        """How much total less stated grows by when δ grows by 1."""
        return sum(self.slopes.get(column, 0) * times for column, times in weights)

    def after(self, rows: NDArray[np.intp], weights: Weights, deltas: _Numbers) -> tuple[_Mask, _Mask]:
        """In which of some units, changed by *deltas*, it becomes right, and in which it becomes wrong."""
        level = self.level[rows] + self.slope(weights) * deltas
        right = np.where(self.equal[rows], level == 0, level <= 0)
        before, compared = self.right[rows], self.compared[rows]
        return compared & right & ~before, before & ~right

    def equation(self, row: int, place: Place) -> Equation:
        """Return the claim about one unit; *place*: the unit's."""
        rule = Rule.EQUAL if self.equal[row] else Rule.AT_MOST
        part = {column: slope for column, slope in self.slopes.items() if slope > 0}
        whole = {column: 1 for column, slope in self.slopes.items() if slope < 0}
        place = place._replace(party=self.party, column=self.column)
        total, stated = Linear(int(self.total[row]), part), Linear(int(self.stated[row]), whole)
        return Equation(self.code, place, self.source, self.figure, rule, total, stated)


def row_claims(
    election: Election, region: int, block: _Numbers, statements: Statements, first: int = 0
) -> list[RowClaims]:
    """Every claim about units of a region. *block*: units × columns, −1 = not entered; *first*: where they begin."""
    form = _Form(election, region, block)
    units = election.regions[region].units[first : first + len(block)]
    scopes = [statements.about(election.regions[region].key, unit.key) for unit in units]
    return [*form.sums(), *form.limits(), *form.standing(), *_stated(election, form, scopes)]


class _Form:
    """A region's forms as arrays."""

    def __init__(self, election: Election, region: int, block: _Numbers) -> None:
        self._election = election
        self._region = region
        self.entered = block >= 0
        self.figures = np.where(self.entered, block, 0)

    def sums(self) -> Iterator[RowClaims]:
        """E102 and E103: votes against valid votes; valid votes, or else the votes, and the rest against cast."""
        index, parties = self._election.column_index, list(self._election.party_columns)
        valid, cast = index.get("valid"), index.get("cast")
        if valid is not None:
            yield self._against("E102", parties, valid, self.entered[:, valid])
        if cast is None:
            return
        rest = [index[key] for key in ("blank", "invalid") if key in index]
        counted = self.entered[:, cast]
        if valid is None:
            yield self._against("E103", [*parties, *rest], cast, counted)
            return
        yield self._against("E103", [valid, *rest], cast, counted & self.entered[:, valid])
        yield self._against("E103", [*parties, *rest], cast, counted & ~self.entered[:, valid])

    def limits(self) -> Iterator[RowClaims]:
        """E104: ballots cast against registered voters."""
        cast, registered = (self._election.column_index.get(key) for key in ("cast", "registered"))
        if cast is not None and registered is not None:
            compared = self.entered[:, cast] & self.entered[:, registered]
            yield self._against("E104", [cast], registered, compared, np.zeros_like(compared))

    def standing(self) -> Iterator[RowClaims]:
        """E105: no votes for a party that does not stand in the region."""
        for party, stands in enumerate(self._election.standing[self._region]):
            if not stands:
                column = self._election.party_columns[party]
                nothing = np.zeros(len(self.figures), dtype=np.int64)
                yield self.stated("E105", "votes", None, column, nothing, self.entered[:, column])

    def stated(
        self, code: str, figure: str, source: str | None, column: int, stated: _Numbers, compared: _Mask
    ) -> RowClaims:
        """One column against numbers."""
        key, is_party = self._election.columns[column].key, self._election.columns[column].party is not None
        equal = np.ones(len(stated), dtype=np.bool_)
        total = self.figures[:, column]
        return RowClaims(
            code, figure, source, key if is_party else None, key, {column: 1}, total, stated, equal, compared
        )

    def _against(
        self, code: str, parts: Sequence[int], whole: int, compared: _Mask, equal: _Mask | None = None
    ) -> RowClaims:
        key = self._election.columns[whole].key
        column = "cast" if code == "E104" else key
        slopes = {**dict.fromkeys(parts, 1), whole: -1}
        total = self.figures[:, list(parts)].sum(axis=1)
        both = np.asarray(self.entered[:, list(parts)].all(axis=1)) if equal is None else equal
        return RowClaims(code, key, None, None, column, slopes, total, self.figures[:, whole], both, compared)


def _stated(election: Election, form: _Form, scopes: Sequence[Stated]) -> Iterator[RowClaims]:
    """What sources state of single units; their percentages stand in the row itself and say nothing of it."""
    figures: dict[tuple[str, int], dict[int, int]] = {}
    for position, stated_here in enumerate(scopes):
        for (figure, party), by_source in stated_here.items():
            key = party if figure == "votes" else figure if figure in _TOTALS else None
            if key is not None and key in election.column_index:
                for source, printed in by_source.items():
                    figures.setdefault((source, election.column_index[key]), {})[position] = int(printed)
    for (source, column), by_unit in sorted(figures.items()):
        stated = np.zeros(len(form.figures), dtype=np.int64)
        compared = np.zeros(len(form.figures), dtype=np.bool_)
        stated[list(by_unit)], compared[list(by_unit)] = list(by_unit.values()), True
        about = "votes" if election.columns[column].party is not None else election.columns[column].key
        yield form.stated("E201", about, source, column, stated, compared & form.entered[:, column])
