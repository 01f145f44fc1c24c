"""The quotient ladder: each party's votes by each divisor, winning quotients marked, so that seats can be checked."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import isqrt
from typing import Literal, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QColor, QIcon

from tally_app.allocation.ladder import Ladder, Quotient, divisor_text, ladder
from tally_app.document.results import RegionResult
from tally_app.election.election import Election
from tally_app.ui.seats.plain_table import LEFT, AnyIndex
from tally_app.ui.seats.seat_rows import seat_rows
from tally_app.ui.seats.wording import both_names, decimals_needed, quotient
from tally_app.ui.theme import mark_icon, party_colour, tint

Outline = Literal["", "last", "nearest", "tied"]
NOTHING = "\u00b7"
INFINITE = "\u221e"
ALMOST = "\u2248"
_MOST_DECIMALS = 4
_LARGE_COUNT = 100_000
"""From so many votes on a party's quotients are shown without decimals; the tooltip keeps them."""
_MARK = 10

Place = tuple[int, int]
"""A party, and the seats that it held when the quotient was looked at."""


class QuotientLook(NamedTuple):
    """All that a cell is painted from."""

    text: str
    won: bool
    ground: QColor | None
    outline: Outline


class QuotientModel(QAbstractTableModel):
    """Parties × divisors of one region; empty where its method has no one ladder."""

    def __init__(self, election: Election, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._election = election
        self._icons: dict[int, QIcon] = {}
        self._parties: tuple[int, ...] = ()
        self._result: RegionResult | None = None
        self.ladder: Ladder | None = None
        self._last: frozenset[Place] = frozenset()
        self._nearest: frozenset[Place] = frozenset()
        self._near_decimals = 1

    def show_result(self, result: RegionResult) -> None:
        """Show a region's quotients."""
        climbed = ladder(result.contest, result.allocation)
        parties = tuple(row.party for row in seat_rows(self._election, result, None) if row.party is not None)
        same = self._result is not None and parties == self._parties and self._result.region == result.region
        same = same and (climbed is None) == (self.ladder is None)
        if not same:
            self.beginResetModel()
        before = self._looks() if same else []
        self._parties, self._result, self.ladder = parties, result, climbed
        self._mark_ends()
        if not same:
            self.endResetModel()
        elif self.columnCount():
            for row, (old, new) in enumerate(zip(before, self._looks(), strict=True)):
                if old != new:
                    self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))

    def _looks(self) -> list[tuple[object, ...]]:
        """For each party, all that its row is painted from: at a key press few rows change."""
        climbed = self.ladder
        if climbed is None:
            return []
        looks: list[tuple[object, ...]] = []
        for party in self._parties:
            own = [frozenset(end for end in each if end[0] == party) for each in (self._last, self._nearest)]
            shared = (self._near_decimals, bool(climbed.tied)) if any(own) else None
            looks.append((climbed.entrants[party], climbed.seats[party], *own, shared))
        return looks

    def _mark_ends(self) -> None:
        climbed = self.ladder
        self._last = self._nearest = frozenset()
        if climbed is None:
            return
        near = [climbed.next(party) for party in climbed.tied] or [each.quotient for each in climbed.nearest]
        self._last = frozenset(each[:2] for each in climbed.last)
        self._nearest = frozenset(each[:2] for each in near if each is not None)
        self._near_decimals = decimals_needed(climbed, at_least=1)

    @property
    def parties(self) -> Sequence[int]:
        """The parties of the rows."""
        return self._parties

    def last_cell(self) -> QModelIndex:
        """The cell of the last seat, or an invalid index."""
        return self._first_cell(self._last)

    def nearest_cell(self) -> QModelIndex:
        """The cell of the nearest contender for the last seat, or of a tied one, or an invalid index."""
        return self._first_cell(self._nearest)

    def _first_cell(self, places: Iterable[Place]) -> QModelIndex:
        for party, held in sorted(places):
            if held < self.columnCount():
                return self.index(self._parties.index(party), held)
        return QModelIndex()

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """One row per standing party."""
        return 0 if parent is not None and parent.isValid() else len(self._parties)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        """One column per seat of the region, and per seat that somebody held before."""
        if self._result is None or self.ladder is None or (parent is not None and parent.isValid()):
            return 0
        held = max((entrant.start for entrant in self.ladder.entrants), default=0)
        return self._result.contest.seats + held

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Divisors above, parties at the left."""
        if orientation == Qt.Orientation.Horizontal:
            text = role == Qt.ItemDataRole.DisplayRole and self.ladder is not None
            return f"\u00f7{divisor_text(self.ladder.divisors, section)}" if text and self.ladder else None
        if section >= len(self._parties):
            return None
        party = self._parties[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._election.parties[party].key
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icon(party)
        if role == Qt.ItemDataRole.ToolTipRole:
            return both_names(self._election.parties[party].name)
        return int(LEFT) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A quotient: its text, and in its tooltip its exact value and what it won."""
        if self.ladder is None or not index.isValid() or index.row() >= len(self._parties):
            return None
        place = (self._parties[index.row()], index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(self.ladder, place)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignCenter)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return self._explanation(self.ladder, place)
        return None

    def look(self, row: int, column: int) -> QuotientLook:
        """Return what a cell is painted from."""
        if self.ladder is None or row >= len(self._parties):
            return QuotientLook("", won=False, ground=None, outline="")
        place = (self._parties[row], column)
        won = self._won(self.ladder, place)
        ground = tint(party_colour(self._election, place[0])) if won else None
        return QuotientLook(self._text(self.ladder, place), won, ground, self._outline(place))

    def widest_texts(self, column: int) -> Sequence[str]:
        """Texts of which one is the column's widest, found without asking every cell at each key press."""
        climbed = self.ladder
        if climbed is None:
            return ()
        votes = {climbed.entrants[party].votes: party for party in self._parties}
        most = max(votes, default=0), max((count for count in votes if count < _LARGE_COUNT), default=0)
        longest = {votes[count] for count in most if count in votes}
        ends = {party for party, held in self._last | self._nearest if held == column}
        return [self._longest_text(climbed, (party, column)) for party in longest | ends]

    def _longest_text(self, climbed: Ladder, place: Place) -> str:
        """Return a quotient as if it were not whole: those of fewer votes may be longer than a whole one."""
        text = self._text(climbed, place)
        return text if "." in text or climbed.entrants[place[0]].votes >= _LARGE_COUNT else f"{text}.0"

    def _won(self, climbed: Ladder, place: Place) -> bool:
        party, held = place
        return held - climbed.entrants[party].start >= 0 and climbed.won(party, held - climbed.entrants[party].start)

    def _text(self, climbed: Ladder, place: Place) -> str:
        party, held = place
        entrant = climbed.entrants[party]
        if not entrant.votes or held < entrant.start:
            return NOTHING
        found = climbed.quotient(party, held - entrant.start)
        if found.bottom == 0:
            return INFINITE
        decimals = 0 if entrant.votes >= _LARGE_COUNT else 1
        if place in self._last | self._nearest:
            decimals = min(_MOST_DECIMALS, max(decimals, self._near_decimals))
        return quotient(found, 0 if _is_whole(climbed, found) else decimals, climbed.squared)

    def _explanation(self, climbed: Ladder, place: Place) -> str:
        party, held = place
        entrant = climbed.entrants[party]
        if held < entrant.start:
            return self.tr("a seat that it holds already")
        found = climbed.quotient(party, held - entrant.start)
        sum_text = self._sum_text(climbed, found)
        if self._won(climbed, place):
            number = climbed.seat_number(party, held - entrant.start)
            if number is None:
                return self.tr("{quotient}, a seat of the minimum").format(quotient=sum_text)
            if party in climbed.by_lot and held - entrant.start == climbed.seats[party] - 1:
                return self.tr("{quotient}, seat {number} by lot").format(quotient=sum_text, number=number)
            return self.tr("{quotient}, seat {number}").format(quotient=sum_text, number=number)
        outline = self._outline(place)
        if outline == "tied":
            return self.tr("{quotient}, tied: a lot decides").format(quotient=sum_text)
        if outline == "nearest":
            return self.tr("{quotient}, nearest to the last seat").format(quotient=sum_text)
        return self.tr("{quotient}, no seat").format(quotient=sum_text)

    def _sum_text(self, climbed: Ladder, found: Quotient) -> str:
        dividend = f"{climbed.entrants[found.party].votes:,} \u00f7 {divisor_text(climbed.divisors, found.held)}"
        if found.bottom == 0:
            return f"{dividend} = {INFINITE}"
        if _is_whole(climbed, found):
            return f"{dividend} = {quotient(found, 0, climbed.squared)}"
        text = quotient(found, 3, climbed.squared)
        exact = Fraction(text.replace(",", "")) ** climbed.divisors.power == Fraction(found.top, found.bottom)
        sign = "=" if exact else ALMOST
        return f"{dividend} {sign} {text}"

    def _outline(self, place: Place) -> Outline:
        if place in self._last:
            return "last"
        if place in self._nearest:
            return "tied" if self.ladder is not None and self.ladder.tied else "nearest"
        return ""

    def _icon(self, party: int) -> QIcon:
        if party not in self._icons:
            self._icons[party] = mark_icon(party, party_colour(self._election, party), _MARK)
        return self._icons[party]


def _is_whole(climbed: Ladder, found: Quotient) -> bool:
    whole, rest = divmod(found.top, found.bottom)
    return not rest and (not climbed.squared or isqrt(whole) ** 2 == whole)
