"""A region's seats: a row per party with a mark for each seat, and what the number being typed changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from tally_app.document.results import RegionResult
from tally_app.election.election import Election
from tally_app.ui.cell_text import CellText
from tally_app.ui.seats.live_margins import LiveMargins
from tally_app.ui.seats.plain_table import LEFT, RIGHT, AnyIndex, PlainTable
from tally_app.ui.seats.seat_marks import MarkRow, paint_mark_row
from tally_app.ui.seats.wording import NOT_KNOWN, both_names, short_votes, signed
from tally_app.ui.theme import COLOURS, MINUS, SIZES, SPACING, party_colour, sized

_MARGIN = 3
"""Free at each side of a text [px]."""
_MOST_ROWS = 9
_LEAST_MARKS = 44
"""Room for a party's mark and a short bar [px]."""


class SeatColumn(IntEnum):
    """The columns, from left to right."""

    PARTY = 0
    MARKS = 1
    SEATS = 2
    CHANGE = 3
    GAIN = 4
    """Votes to the next seat."""
    LOSS = 5
    """Votes to the loss of the last one."""


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A party's seats, or with *party* None the open ones. *change*: what the draft added or took."""

    party: int | None
    seats: int
    change: int
    votes: int


def seat_rows(election: Election, result: RegionResult, committed: RegionResult | None) -> tuple[SeatRow, ...]:
    """Return the rows: parties in ballot order, in a long list those with seats first; then open seats."""
    now = result.allocation
    before = committed.allocation if committed else now
    rows = [
        SeatRow(party, seats, seats - before.seats[party], result.votes[party])
        for party, seats in enumerate(now.seats)
        if election.standing[result.region][party] or seats or result.votes[party]
    ]
    if len(rows) > _MOST_ROWS:
        rows.sort(key=_without_seats)
    if now.open_seats or before.open_seats:
        rows.append(SeatRow(None, now.open_seats, now.open_seats - before.open_seats, 0))
    return tuple(rows)


def longest(rows: Sequence[SeatRow]) -> int:
    """Return how many marks the longest row has; they share its width."""
    return max((row.seats + max(0, -row.change) for row in rows), default=0)


def _look(row: SeatRow) -> tuple[int, int, bool]:
    """What of a row is seen: not its votes, which change at every key press."""
    return row.seats, row.change, _is_empty(row)


def _is_empty(row: SeatRow) -> bool:
    return not (row.votes or row.seats or row.change)


def _without_seats(row: SeatRow) -> bool:
    """Seats first: they must be seen without scrolling."""
    return not (row.seats or row.change)


class SeatRowsModel(QAbstractTableModel):
    """Seats per party of one region."""

    def __init__(self, election: Election, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._election = election
        self._rows: tuple[SeatRow, ...] = ()
        self._result: RegionResult | None = None
        self._margins_shown: list[tuple[str, str]] = []
        self.margins = LiveMargins(self)
        self.margins.changed.connect(self._on_margins_changed)

    def show_result(self, result: RegionResult, committed: RegionResult | None) -> None:
        """Show a region; *committed* is the same without the draft, None where there is no draft."""
        rows = seat_rows(self._election, result, committed)
        same = [row.party for row in rows] == [row.party for row in self._rows]
        if not same:
            self.beginResetModel()
        before, self._rows, self._result = self._rows, rows, result
        stands = self._election.standing[result.region]
        self.margins.show_result(result, [party for party, is_there in enumerate(stands) if is_there])
        if not same:
            self._margins_shown = self._margin_texts()
            self.endResetModel()
            return
        rescaled = longest(rows) != longest(before)
        for line, (old, new) in enumerate(zip(before, rows, strict=True)):
            if rescaled or _look(old) != _look(new):
                self.dataChanged.emit(self.index(line, 0), self.index(line, len(SeatColumn) - 1))
        self._on_margins_changed()

    @property
    def rows(self) -> Sequence[SeatRow]:
        """The rows that are shown."""
        return self._rows

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """One row per party, and one for open seats."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        """Party, marks, seats, change, votes to the next seat and to the loss of the last."""
        return 0 if parent is not None and parent.isValid() else len(SeatColumn)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What the figures are."""
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(RIGHT)
        texts = {
            SeatColumn.SEATS: (self.tr("seats"), ""),
            SeatColumn.GAIN: (self.tr("to gain"), self.tr("Fewest more votes that make one more seat certain")),
            SeatColumn.LOSS: (self.tr("to lose"), self.tr("Fewest votes less with which the last seat is lost")),
        }
        text, tip = texts.get(SeatColumn(section), ("", ""))
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip or None
        return text if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell shows."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(LEFT if index.column() == SeatColumn.PARTY else RIGHT)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return self._explanation(row)
        return None

    def summary(self) -> str:
        """The seats as one line of text: ``CPP 6 (−1), KWP 1 (+1)``."""
        return ", ".join(
            " ".join(filter(None, (self.text(row, 0), str(row.seats), f"({signed(row.change)})" if row.change else "")))
            for row in self._rows
            if row.seats or row.change
        )

    def text(self, row: SeatRow, column: int) -> str:
        """Return what a cell says."""
        if column == SeatColumn.PARTY:
            return self.tr("Open") if row.party is None else self._election.parties[row.party].key
        if column == SeatColumn.SEATS:
            return f"{row.seats:,}"
        if column in (SeatColumn.GAIN, SeatColumn.LOSS):
            return self._margin_text(row, column)
        return signed(row.change) if column == SeatColumn.CHANGE else ""

    def _margin_text(self, row: SeatRow, column: int) -> str:
        if row.party is None or not self._stands(row.party):
            return ""
        if self._margin_problem():
            return NOT_KNOWN
        margin = self.margins.of(row.party)
        votes = None if margin is None else margin.gain if column == SeatColumn.GAIN else margin.loss
        if votes is None:
            return ""
        return f"{'+' if column == SeatColumn.GAIN else MINUS}{short_votes(votes)}"

    def _margin_texts(self) -> list[tuple[str, str]]:
        columns = (SeatColumn.GAIN, SeatColumn.LOSS)
        texts = [[self._margin_text(row, column) for column in columns] for row in self._rows]
        return [(gain, loss) for gain, loss in texts]

    def _on_margins_changed(self) -> None:
        """Repaint the margins that are others than before."""
        before, self._margins_shown = self._margins_shown, self._margin_texts()
        for line, (old, new) in enumerate(zip(before, self._margins_shown, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(line, SeatColumn.GAIN), self.index(line, SeatColumn.LOSS))

    def _stands(self, party: int) -> bool:
        return self._result is not None and self._election.standing[self._result.region][party]

    def _margin_problem(self) -> str:
        if self.margins.unknown is not None:
            return self.tr("margins are not known where alliances share seats by quotas: votes work in both directions")
        if self.margins.too_large:
            return self.tr("margins would take too long here while typing")
        return ""

    def _explanation(self, row: SeatRow) -> str:
        if row.party is None or self._result is None:
            return self.tr("Seats that no party holds yet")
        name = both_names(self._election.parties[row.party].name)
        lines = [name, self.tr("Votes: {votes}").format(votes=f"{row.votes:,}")]
        if row.change:
            lines.append(self.tr("Seats by the number being typed: {change}").format(change=signed(row.change)))
        lines += [self.need_text(row.party), self._loss_text(row.party), self._threshold_text(row.party)]
        lines.append(self._margin_problem())
        return "\n".join(filter(None, lines))

    def need_text(self, party: int) -> str:
        """``needs 22 more votes for one more seat``; empty where no further seat can be had."""
        margin = self.margins.of(party)
        if margin is None or margin.gain is None or not self._stands(party):
            return ""
        if margin.gain == 1:
            return self.tr("needs 1 more vote for one more seat")
        return self.tr("needs {votes} more votes for one more seat").format(votes=f"{margin.gain:,}")

    def _loss_text(self, party: int) -> str:
        margin = self.margins.of(party)
        if margin is None or margin.loss is None:
            return ""
        if margin.loss == 1:
            return self.tr("loses its last seat with 1 vote less")
        return self.tr("loses its last seat with {votes} votes less").format(votes=f"{margin.loss:,}")

    def _threshold_text(self, party: int) -> str:
        margin = self.margins.of(party)
        if margin is None or not margin.to_threshold or not self._stands(party):
            return ""
        if margin.to_threshold == 1:
            return self.tr("needs 1 more vote to pass the threshold")
        return self.tr("needs {votes} more votes to pass the threshold").format(votes=f"{margin.to_threshold:,}")


def _ink(row: SeatRow, column: int) -> QColor:
    if column == SeatColumn.CHANGE:
        # Fewer open seats is progress; more is not.
        better = row.change > 0 if row.party is not None else row.change < 0
        return QColor(COLOURS.good if better else COLOURS.bad)
    quiet = row.party is None or _is_empty(row) or column in (SeatColumn.GAIN, SeatColumn.LOSS)
    return QColor(COLOURS.muted if quiet else COLOURS.ink)


class _SeatRowsDelegate(QStyledItemDelegate):
    """Paints the marks; sets party and seats in bold where there is something."""

    def __init__(self, election: Election, model: SeatRowsModel, font: QFont, parent: QObject) -> None:
        super().__init__(parent)
        self._election = election
        self._model = model
        self._text = CellText(font)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Paint a cell."""
        row, column = self._model.rows[index.row()], SeatColumn(index.column())
        painter.save()
        if column is SeatColumn.MARKS:
            self._paint_marks(painter, option.rect, row)
        else:
            margin = column in (SeatColumn.GAIN, SeatColumn.LOSS)
            room: QRect = option.rect.adjusted(_MARGIN, 0, -_MARGIN, 0)
            size, bold = (SIZES.small, False) if margin else (SIZES.base, bool(row.seats or row.change))
            align = int(LEFT if column is SeatColumn.PARTY else RIGHT)
            self._text.paint(painter, room, self._model.text(row, column), _ink(row, column), align, size, bold=bold)
        painter.restore()

    def _paint_marks(self, painter: QPainter, rect: QRect, row: SeatRow) -> None:
        area = QRectF(rect).adjusted(SPACING.small, 0, -SPACING.small, 0)
        colour = QColor(COLOURS.muted) if row.party is None else party_colour(self._election, row.party)
        gained, lost = max(0, row.change), max(0, -row.change)
        if row.party is None:
            gained = lost = 0
        marks = MarkRow(row.party, colour, row.seats, gained, lost)
        paint_mark_row(painter, area, marks, longest(self._model.rows))


class SeatRowsView(PlainTable):
    """The rows as a table; small heads over the figures."""

    def __init__(self, election: Election, model: SeatRowsModel, parent: QWidget | None = None) -> None:
        super().__init__(model, _MOST_ROWS, parent)
        self.setItemDelegate(_SeatRowsDelegate(election, model, self.font(), self))
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setFont(sized(self.font(), SIZES.small))
        header.setFixedHeight(SPACING.row - 2)
        header.setMinimumSectionSize(0)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(SeatColumn.MARKS, QHeaderView.ResizeMode.Stretch)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fit_columns()
        model.modelReset.connect(self._on_model_reset)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names give way where the panel is narrow; figures do not."""
        super().resizeEvent(event)
        self._fit_columns()

    def _on_model_reset(self) -> None:
        self._fit_columns()

    def _fit_columns(self) -> None:
        metrics = QFontMetrics(sized(self.font(), SIZES.base, bold=True))
        rows = self.model().rowCount()
        keys = [str(self.model().index(row, SeatColumn.PARTY).data()) for row in range(rows)]
        widest = max((metrics.horizontalAdvance(key) for key in keys), default=0)
        padding = 3 * SPACING.small
        self.setColumnWidth(SeatColumn.SEATS, metrics.horizontalAdvance("000") + padding)
        self.setColumnWidth(SeatColumn.CHANGE, metrics.horizontalAdvance("+00") + SPACING.small)
        small = QFontMetrics(sized(self.font(), SIZES.small))
        for column in (SeatColumn.GAIN, SeatColumn.LOSS):
            head = str(self.model().headerData(column, Qt.Orientation.Horizontal))
            self.setColumnWidth(column, max(map(small.horizontalAdvance, (head, "+9,999"))) + SPACING.medium)
        figures = sum(self.columnWidth(column) for column in list(SeatColumn)[SeatColumn.SEATS :])
        room = self.viewport().width() - figures - _LEAST_MARKS
        self.setColumnWidth(SeatColumn.PARTY, max(44, min(120, widest + padding, room)))
