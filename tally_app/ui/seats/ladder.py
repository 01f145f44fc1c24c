"""The quotient ladder: each party's votes by each divisor, winning quotients marked, so that seats can be checked."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QIcon, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from tally_app.allocation.ladder import Contender, last_winner, next_in_line
from tally_app.document.results import RegionResult
from tally_app.election.election import Election
from tally_app.ui.seats.nearest import decimals_needed, nearest_contenders
from tally_app.ui.seats.plain_table import LEFT, AnyIndex, PlainTable, underline
from tally_app.ui.seats.seat_rows import seat_rows
from tally_app.ui.seats.wording import both_names, quotient
from tally_app.ui.theme import COLOURS, SIZES, SPACING, mark_icon, party_colour, sized, tint

Outline = Literal["", "last", "nearest", "tied"]
OUTLINE = Qt.ItemDataRole.UserRole
WON = Qt.ItemDataRole.UserRole + 1
NOTHING = "\u00b7"
_MOST_ROWS = 9
_MOST_DECIMALS = 4
_LARGE_COUNT = 100_000
"""From so many votes on a party's quotients are shown without decimals; the tooltip keeps them."""
_MARK = 10


class QuotientModel(QAbstractTableModel):
    """Parties × divisors of one region."""

    def __init__(self, election: Election, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._election = election
        self._icons: dict[int, QIcon] = {}
        self._parties: tuple[int, ...] = ()
        self._result: RegionResult | None = None
        self._seat_numbers: dict[tuple[int, int], int] = {}
        self._last: frozenset[tuple[int, int]] = frozenset()
        self._nearest: frozenset[tuple[int, int]] = frozenset()
        self._near_decimals = 1

    def show_result(self, result: RegionResult) -> None:
        """Show a region's quotients."""
        parties = tuple(row.party for row in seat_rows(self._election, result, None) if row.party is not None)
        same = self._result is not None and parties == self._parties and self._result.region == result.region
        if not same:
            self.beginResetModel()
        before = self._looks() if same else []
        self._parties, self._result = parties, result
        self._mark_ends(result)
        if not same:
            self.endResetModel()
        elif self.columnCount():
            for row, (old, new) in enumerate(zip(before, self._looks(), strict=True)):
                if old != new:
                    self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))

    def _looks(self) -> list[tuple[object, ...]]:
        """For each party, all that its row is painted from: at a key press few rows change."""
        if self._result is None:
            return []
        allocation, votes = self._result.allocation, self._result.eligible
        ends = (self._last, self._nearest)
        looks: list[tuple[object, ...]] = []
        for party in self._parties:
            own = [frozenset(end for end in each if end[0] == party) for each in ends]
            shared = (self._near_decimals, allocation.tie is None) if any(own) else None
            looks.append((votes[party], allocation.seats[party], *own, shared))
        return looks

    def _mark_ends(self, result: RegionResult) -> None:
        allocation = result.allocation
        last = last_winner(allocation)
        others = next_in_line(result.eligible, allocation) if allocation.tie else nearest_contenders(result)
        self._seat_numbers = {(step.party, step.divisor): step.seat for step in allocation.steps}
        self._last = frozenset((each.party, each.divisor) for each in last)
        self._nearest = frozenset((each.party, each.divisor) for each in others)
        self._near_decimals = decimals_needed(result, at_least=1)

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

    def _first_cell(self, cells: Iterable[tuple[int, int]]) -> QModelIndex:
        for party, divisor in sorted(cells):
            for column in range(self.columnCount()):
                if self._divisor(column) == divisor:
                    return self.index(self._parties.index(party), column)
        return QModelIndex()

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """One row per standing party."""
        return 0 if parent is not None and parent.isValid() else len(self._parties)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        """One column per seat of the region."""
        if self._result is None or (parent is not None and parent.isValid()):
            return 0
        return self._election.regions[self._result.region].seats

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Divisors above, parties at the left."""
        if orientation == Qt.Orientation.Horizontal:
            return f"\u00f7{self._divisor(section)}" if role == Qt.ItemDataRole.DisplayRole else None
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
        """A quotient: its text, what it won, its exact value."""
        if self._result is None or not index.isValid() or index.row() >= len(self._parties):
            return None
        party, divisor = self._parties[index.row()], self._divisor(index.column())
        contender = Contender(party, self._result.eligible[party], divisor)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(contender)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignCenter)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return self._explanation(contender)
        if role == Qt.ItemDataRole.BackgroundRole:
            won = (party, divisor) in self._seat_numbers
            return tint(party_colour(self._election, party)) if won else None
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(COLOURS.ink if (party, divisor) in self._seat_numbers else COLOURS.muted)
        if role == WON:
            return (party, divisor) in self._seat_numbers
        return self._outline(party, divisor) if role == OUTLINE else None

    def widest_texts(self, column: int) -> Sequence[str]:
        """Texts of which one is the column's widest, found without asking every cell at each key press."""
        if self._result is None:
            return ()
        divisor = self._divisor(column)
        votes = [self._result.eligible[party] for party in self._parties]
        most = max(votes, default=0), max((count for count in votes if count < _LARGE_COUNT), default=0)
        texts = [quotient(count, divisor, 0 if divisor == 1 or count >= _LARGE_COUNT else 1) for count in most]
        ends = [party for party, end in self._last | self._nearest if end == divisor]
        return [*texts, *(self._text(Contender(party, self._result.eligible[party], divisor)) for party in ends)]

    def _text(self, contender: Contender) -> str:
        if not contender.votes:
            return NOTHING
        decimals = 0 if contender.votes >= _LARGE_COUNT else 1
        if (contender.party, contender.divisor) in self._last | self._nearest:
            decimals = min(_MOST_DECIMALS, max(decimals, self._near_decimals))
        if contender.quotient.denominator == 1:
            decimals = 0
        return quotient(contender.votes, contender.divisor, decimals)

    def _explanation(self, contender: Contender) -> str:
        text = quotient(contender.votes, contender.divisor, 3)
        exact = Fraction(text.replace(",", "")) == contender.quotient
        if exact and contender.quotient.denominator == 1:
            text = quotient(contender.votes, contender.divisor, 0)
        sign = "=" if exact else "\u2248"
        sum_text = f"{contender.votes:,} \u00f7 {contender.divisor} {sign} {text}"
        seat = self._seat_numbers.get((contender.party, contender.divisor))
        if seat is not None:
            return self.tr("{quotient}, seat {number}").format(quotient=sum_text, number=seat)
        outline = self._outline(contender.party, contender.divisor)
        if outline == "tied":
            return self.tr("{quotient}, tied: a lot decides").format(quotient=sum_text)
        if outline == "nearest":
            return self.tr("{quotient}, nearest to the last seat").format(quotient=sum_text)
        return self.tr("{quotient}, no seat").format(quotient=sum_text)

    def _outline(self, party: int, divisor: int) -> Outline:
        if (party, divisor) in self._last:
            return "last"
        if (party, divisor) in self._nearest:
            return "tied" if self._result is not None and self._result.allocation.tie else "nearest"
        return ""

    def _divisor(self, column: int) -> int:
        return self._result.allocation.divisors.at(column) if self._result is not None else column + 1

    def _icon(self, party: int) -> QIcon:
        if party not in self._icons:
            self._icons[party] = mark_icon(party, party_colour(self._election, party), _MARK)
        return self._icons[party]


class _QuotientDelegate(QStyledItemDelegate):
    """Bold winners, hairlines, and the outlines of the last seat and of who is nearest to it."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Choose the weight."""
        super().initStyleOption(option, index)
        option.font = sized(option.font, SIZES.small, bold=bool(index.data(WON)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Paint the quotient and its frame."""
        super().paint(painter, option, index)
        rect: QRect = option.rect
        painter.save()
        underline(painter, rect)
        painter.fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), QColor(COLOURS.hairline))
        pen = _OUTLINES.get(index.data(OUTLINE))
        if pen is not None:
            colour, width, style = pen
            painter.setPen(QPen(QColor(colour), width, style, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin))
            inset = width // 2
            painter.drawRect(rect.adjusted(inset, inset, -1, -1))
        painter.restore()


_OUTLINES: dict[Outline, tuple[str, int, Qt.PenStyle]] = {
    "last": (COLOURS.ink, 2, Qt.PenStyle.SolidLine),
    "nearest": (COLOURS.muted, 1, Qt.PenStyle.SolidLine),
    "tied": (COLOURS.ink, 1, Qt.PenStyle.DashLine),
}


class LadderView(PlainTable):
    """The grid: the parties stay at the left while the divisors scroll."""

    def __init__(self, model: QuotientModel, parent: QWidget | None = None) -> None:
        super().__init__(model, _MOST_ROWS, parent)
        self._quotients = model
        self._shown_ends: tuple[object, ...] = ()
        self.setItemDelegate(_QuotientDelegate(self))
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setAccessibleName(self.tr("Quotients"))
        small = sized(self.font(), SIZES.small)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setFont(small)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setMinimumSectionSize(SPACING.row - 2)
        self.verticalHeader().setDefaultSectionSize(SPACING.row - 2)
        self.horizontalHeader().setFixedHeight(SPACING.row - 3)

    def show_result(self, result: RegionResult) -> None:
        """Show a region's quotients; bring the last seat and its nearest contender into view when they moved."""
        self._quotients.show_result(result)
        self.fit_height()
        self.updateGeometries()
        self._fit_columns()
        ends = (self._quotients.nearest_cell(), self._quotients.last_cell())
        places = (result.region, *((end.row(), end.column()) for end in ends))
        if places != self._shown_ends:
            self._shown_ends = places
            self._show_ends()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns as long as they all fit."""
        super().resizeEvent(event)
        self._fit_columns()
        if event.size().width() != event.oldSize().width():
            self._show_ends()

    def _show_ends(self) -> None:
        """Scroll to the last seat, and as far as there is room to its contender."""
        for cell in (self._quotients.nearest_cell(), self._quotients.last_cell()):
            if cell.isValid():
                self.scrollTo(cell)

    def _fit_columns(self) -> None:
        count = self._quotients.columnCount()
        if count == 0:
            return
        natural = self._natural_widths(count)
        room = self.viewport().width()
        header = self.horizontalHeader()
        equal = max(natural) * count <= room
        spare = max(0, room - (0 if equal else sum(natural)))
        for column, width in enumerate(natural):
            share = spare // count + (column < spare % count)
            new = share if equal else width + share
            if header.sectionSize(column) != new:
                header.resizeSection(column, new)
        self.updateGeometries()
        self.fit_height()

    def _natural_widths(self, count: int) -> list[int]:
        metrics = QFontMetrics(sized(self.font(), SIZES.small, bold=True))
        widths = []
        for column in range(count):
            texts = list(self._quotients.widest_texts(column))
            texts.append(str(self._quotients.headerData(column, Qt.Orientation.Horizontal)))
            widths.append(metrics.horizontalAdvance(max(texts, key=len)) + SPACING.small)
        return widths
