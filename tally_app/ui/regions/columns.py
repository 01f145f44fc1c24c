"""Columns of the published table, what stands in them, and which finding is about which; knows nothing of Qt."""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, cast

from tally_app.checks.finding import Finding
from tally_app.count.figures import FigureKey
from tally_app.count.rounding import decimals_of, percentage
from tally_app.document.results import ChamberResult, RegionResult
from tally_app.election.election import Election
from tally_app.election.model import FigureKind
from tally_app.wording.numbers import grouped, signed

MINUS = "−"


class Kind(StrEnum):
    """What a column holds."""

    SEATS = "seats to fill"
    VOTES = "votes"
    SHARE = "share"
    WON = "seats won"
    FIELD = "field"
    VALID = "valid"


class Column(NamedTuple):
    """A column: of a party, of a field of the form, or of the whole region."""

    kind: Kind
    party: int | None = None
    field: str = ""

    @property
    def stated(self) -> FigureKind | None:
        """The figure that a source can state of the chamber in this column."""
        if self.kind is Kind.SEATS:
            return None
        figures = {Kind.VOTES: "votes", Kind.SHARE: "share", Kind.WON: "seats", Kind.VALID: "valid"}
        return cast("FigureKind", figures.get(self.kind, self.field))


def table_columns(election: Election) -> tuple[Column, ...]:
    """Seats, then the form's columns in their order, each party's with its share and seats, then all valid votes."""
    columns = [Column(Kind.SEATS)]
    for column in election.columns:
        if column.party is None:
            columns.append(Column(Kind.FIELD, None, column.key))
        else:
            columns += [Column(kind, column.party) for kind in (Kind.VOTES, Kind.SHARE, Kind.WON)]
    last = max(index for index, column in enumerate(columns) if column.party is not None)
    columns.insert(last + 1, Column(Kind.VALID))
    return tuple(columns)


def stated_key(election: Election, column: Column, source: str) -> FigureKey | None:
    """Return the key of what a source states of the chamber in a column; None where nothing can be stated."""
    if column.stated is None or (column.kind is Kind.VALID and "valid" in election.column_index):
        return None
    party = None if column.party is None else election.parties[column.party].key
    return FigureKey(source, column.stated, None, None, party)


def seats_won(result: RegionResult | ChamberResult) -> tuple[int, ...]:
    """Return the certain seats per party."""
    return result.allocation.seats if isinstance(result, RegionResult) else result.seats


def computed(election: Election, column: Column, result: RegionResult | ChamberResult, seats: int) -> str:
    """Return what stands in a column, in plain digits; nothing where nothing is entered."""
    if column.kind is Kind.SEATS:
        return str(seats)
    if column.party is None:
        total = result.valid if column.kind is Kind.VALID else result.sums[election.column_index[column.field]]
        return "" if total is None or (column.kind is Kind.VALID and not _any_votes(election, result)) else str(total)
    votes = result.sums[election.party_columns[column.party]]
    if column.kind is Kind.VOTES:
        return "" if votes is None else str(votes)
    if column.kind is Kind.SHARE:
        return "" if votes is None or not result.valid else percentage(votes, result.valid)
    return str(seats_won(result)[column.party]) if _any_votes(election, result) else ""


def tied(column: Column, result: RegionResult) -> bool:
    """Can the column's party still win an open seat by lot?"""
    tie = result.allocation.tie
    return column.kind is Kind.WON and tie is not None and column.party in tie.parties


def difference(election: Election, column: Column, result: ChamberResult, stated: str) -> str:
    """Return computed minus stated, with its sign, to the decimals that are stated; nothing if either is missing."""
    if column.kind is Kind.SHARE:
        votes = None if column.party is None else result.sums[election.party_columns[column.party]]
        if votes is None or not result.valid:
            return ""
        change = Decimal(percentage(votes, result.valid, decimals_of(stated))) - Decimal(stated)
        return f"{change:+}".replace("-", MINUS) if change else "0"
    plain = computed(election, column, result, 0)
    return signed(int(plain) - int(stated)) if plain else ""


def readable(plain: str) -> str:
    """Group a whole number by threes; a percentage stays as it is."""
    return grouped(int(plain)) if plain.isdigit() else plain


def column_of(election: Election, columns: Sequence[Column], finding: Finding) -> int | None:
    """Return the column that a finding about a region, or the chamber, is about."""
    return next((index for index, column in enumerate(columns) if _about(election, column, finding)), None)


def _about(election: Election, column: Column, finding: Finding) -> bool:
    place, figure = finding.place, finding.facts.get("figure")
    if place.party is not None:
        kinds = {"E203": Kind.WON, "W206": Kind.SHARE}
        by_figure = {"share": Kind.SHARE, "seats": Kind.WON}
        kind = kinds.get(finding.code) or by_figure.get(str(figure), Kind.VOTES)
        return column.kind is kind and column.party == election.party_index[place.party]
    if finding.code in ("E301", "E401", "E402", "W210"):
        return column.kind is Kind.SEATS
    field = place.column or (str(figure) if figure else "")
    if field in election.column_index:
        return column.field == field
    return column.kind is (Kind.SEATS if finding.code.startswith("E30") else Kind.VALID)


def _any_votes(election: Election, result: RegionResult | ChamberResult) -> bool:
    return any(result.sums[column] is not None for column in election.party_columns)
