"""The chamber in figures: votes, share and seats per list, and what changed since the last election."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from PySide6.QtCore import QAbstractTableModel, QObject, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QIcon, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyleOptionViewItem, QWidget

from tally_app.count.rounding import percentage
from tally_app.document.results import ChamberResult
from tally_app.election.election import Election
from tally_app.election.model import Appointment, Party
from tally_app.ui.seats.plain_table import LEFT, RIGHT, AnyIndex, HairlineDelegate, PlainTable
from tally_app.ui.seats.wording import NOT_KNOWN, both_names, name_in, signed
from tally_app.ui.theme import COLOURS, SIZES, SPACING, Language, mark_icon, party_colour, sized

Kind = Literal["party", "appointed", "open", "total"]
ROW = Qt.ItemDataRole.UserRole
_MARK = 11
_MOST_ROWS = 14
_WIDEST_KEY = 60
_LEAST_NAME = 60
"""Below it a name says nothing: then the key stands alone [px]."""
_PADDING = 9
_LEAST_PADDING = 4


class ChamberColumn(IntEnum):
    """The columns, from left to right."""

    NAME = 0
    VOTES = 1
    SHARE = 2
    SEATS = 3
    DRAFT = 4
    SINCE = 5


_BOLD = (ChamberColumn.NAME, ChamberColumn.SEATS, ChamberColumn.DRAFT)


@dataclass(frozen=True, slots=True)
class ChamberRow:
    """A line: a party (*position* in ballot order), an appointment, the open seats or the total.

    *votes*: None where the line has none, or none are entered yet.
    """

    kind: Kind
    position: int
    seats: int
    draft: int = 0
    votes: int | None = None


def chamber_rows(election: Election, result: ChamberResult, committed: ChamberResult | None) -> tuple[ChamberRow, ...]:
    """Return the lines in ballot order, which favours nobody; then open and appointed seats, then the total."""
    before = committed if committed else result
    rows = [
        ChamberRow("party", party, seats, seats - before.seats[party], _entered(election, result, party))
        for party, seats in enumerate(result.seats)
    ]
    if result.open_seats or before.open_seats:
        rows.append(ChamberRow("open", 0, result.open_seats, result.open_seats - before.open_seats))
    rows += [ChamberRow("appointed", i, each.seats) for i, each in enumerate(election.pack.chamber.appointed)]
    rows.append(ChamberRow("total", 0, sum(row.seats for row in rows), 0, _all_entered(rows)))
    return tuple(rows)


def _entered(election: Election, result: ChamberResult, party: int) -> int | None:
    """Return a party's votes, None while nobody entered any: that is not zero."""
    return None if result.sums[election.party_columns[party]] is None else result.votes[party]


def _all_entered(rows: Sequence[ChamberRow]) -> int | None:
    votes = [row.votes for row in rows if row.votes is not None]
    return sum(votes) if votes else None


class ChamberModel(QAbstractTableModel):
    """The lines as a table."""

    def __init__(self, election: Election, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._election = election
        self._language: Language = language
        self._rows: tuple[ChamberRow, ...] = ()
        self._valid = 0
        self._texts: list[list[str]] = []
        self._icons: dict[int, QIcon] = {}

    @property
    def rows(self) -> Sequence[ChamberRow]:
        """The lines that are shown."""
        return self._rows

    def show_result(self, result: ChamberResult, committed: ChamberResult | None) -> None:
        """Show the chamber; *committed* is the same without the draft."""
        rows = chamber_rows(self._election, result, committed)
        same = [row.kind for row in rows] == [row.kind for row in self._rows]
        if not same:
            self.beginResetModel()
        self._rows, self._valid = rows, result.valid
        before, self._texts = self._texts, self._all_texts()
        if same:
            self._announce_other_than(before)
        else:
            self.endResetModel()

    def use_language(self, language: Language) -> None:
        """Name the lists in another language."""
        self._language = language
        before, self._texts = self._texts, self._all_texts()
        self._announce_other_than(before)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(ChamberColumn) - 1)

    def _all_texts(self) -> list[list[str]]:
        return [[self._text(row, column) for column in ChamberColumn] for row in self._rows]

    def _announce_other_than(self, before: list[list[str]]) -> None:
        """Have those cells repainted whose text changed: at a key press a few of many."""
        for line, (old, new) in enumerate(zip(before, self._texts, strict=True)):
            for column in ChamberColumn:
                if old[column] != new[column]:
                    self.dataChanged.emit(self.index(line, column), self.index(line, column))

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """One row per line."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        """Name, votes, share, seats, the draft's change, the change since the last election."""
        return 0 if parent is not None and parent.isValid() else len(ChamberColumn)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Titles of the columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._title(section)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._title_tip(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(LEFT if section == ChamberColumn.NAME else RIGHT)
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell shows."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts[index.row()][index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(LEFT if index.column() == ChamberColumn.NAME else RIGHT)
        if role == Qt.ItemDataRole.DecorationRole and index.column() == ChamberColumn.NAME:
            return self._icon(row.position) if row.kind == "party" else None
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return self._tip(row)
        if role == Qt.ItemDataRole.ForegroundRole:
            return _ink(row, index.column())
        return row if role == ROW else None

    def _title(self, section: int) -> str:
        year = self._election.pack.chamber.last_election
        return {
            ChamberColumn.NAME: self.tr("Party"),
            ChamberColumn.VOTES: self.tr("Votes"),
            ChamberColumn.SHARE: self.tr("%"),
            ChamberColumn.SEATS: self.tr("Seats"),
            ChamberColumn.DRAFT: "",
            ChamberColumn.SINCE: self.tr("vs {year}").format(year=year) if year else self.tr("Change"),
        }[ChamberColumn(section)]

    def _title_tip(self, section: int) -> str | None:
        year = self._election.pack.chamber.last_election
        if section == ChamberColumn.SHARE:
            return self.tr("Share of the valid votes, rounded half up")
        if section == ChamberColumn.DRAFT:
            return self.tr("Change by the number being typed")
        if section == ChamberColumn.SINCE and year:
            return self.tr("Change of seats since the election of {year}").format(year=year)
        return None

    def _text(self, row: ChamberRow, column: int) -> str:
        match column:
            case ChamberColumn.NAME:
                return self._name(row)
            case ChamberColumn.VOTES:
                return "" if row.votes is None else f"{row.votes:,}"
            case ChamberColumn.SHARE:
                return self._share(row)
            case ChamberColumn.SEATS:
                return f"{row.seats:,}"
            case ChamberColumn.DRAFT:
                return signed(row.draft)
            case _:
                return self._since(row)

    def _name(self, row: ChamberRow) -> str:
        match row.kind:
            case "party":
                return name_in(self._party(row).name, self._language)
            case "appointed":
                return self.tr("Appointed by {by}").format(by=name_in(self._appointment(row).by, self._language))
            case "open":
                return self.tr("Open")
            case _:
                return self.tr("Total")

    def _share(self, row: ChamberRow) -> str:
        if row.votes is None:
            return ""
        return percentage(row.votes, self._valid) if self._valid else NOT_KNOWN

    def _since(self, row: ChamberRow) -> str:
        if row.kind != "party":
            return ""
        party = self._party(row)
        if not self._valid:  # nothing is won yet, so nothing is lost either
            return self.tr("new") if party.new else ""
        if party.new:
            return self.tr("{change} new").format(change=signed(row.seats)) if row.seats else self.tr("new")
        if party.last_seats is None:
            return NOT_KNOWN
        return signed(row.seats - party.last_seats) or "0"

    def _tip(self, row: ChamberRow) -> str:
        match row.kind:
            case "party":
                return both_names(self._party(row).name)
            case "appointed":
                appointment = self._appointment(row)
                lines = (self.tr("Appointed by {by}").format(by=both_names(appointment.by)), appointment.note)
                return "\n".join(filter(None, lines))
            case "open":
                return self.tr("Seats that no party holds yet")
            case _:
                return self.tr("All seats of the chamber, and all valid votes")

    def _party(self, row: ChamberRow) -> Party:
        return self._election.parties[row.position]

    def _appointment(self, row: ChamberRow) -> Appointment:
        return self._election.pack.chamber.appointed[row.position]

    def _icon(self, party: int) -> QIcon:
        if party not in self._icons:
            self._icons[party] = mark_icon(party, party_colour(self._election, party), _MARK)
        return self._icons[party]


def _ink(row: ChamberRow, column: int) -> QColor:
    if column == ChamberColumn.DRAFT:
        better = row.draft > 0 if row.kind == "party" else row.draft < 0
        return QColor(COLOURS.good if better else COLOURS.bad)
    muted = row.kind in ("appointed", "open") or column == ChamberColumn.SINCE
    return QColor(COLOURS.muted if muted else COLOURS.ink)


class _ChamberDelegate(HairlineDelegate):
    """Seats and the total in bold; a party by its key, then as much of its name as there is room for."""

    def __init__(self, election: Election, parent: QObject) -> None:
        super().__init__(parent)
        self._keys = [party.key for party in election.parties]

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Choose the weight."""
        super().initStyleOption(option, index)
        kind = index.data(ROW).kind
        bold = kind == "total" or (kind == "party" and index.column() in _BOLD)
        option.font = sized(option.font, SIZES.note, bold)
        if kind == "party" and index.column() == ChamberColumn.NAME:
            option.text = self._keys[index.data(ROW).position]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Paint the cell and, where there is room, the party's name."""
        super().paint(painter, option, index)
        if index.data(ROW).kind == "party" and index.column() == ChamberColumn.NAME:
            self._paint_name(painter, option, str(index.data()))

    def line_below(self, index: AnyIndex) -> str:
        """Colour of the line under a cell."""
        if index.data(ROW).kind == "total":
            return COLOURS.base
        following: ChamberRow = index.sibling(index.row() + 1, index.column()).data(ROW)
        return COLOURS.border if following.kind == "total" else COLOURS.hairline

    def _paint_name(self, painter: QPainter, option: QStyleOptionViewItem, name: str) -> None:
        font = sized(option.font, SIZES.note)
        keys = QFontMetrics(sized(font, SIZES.note, bold=True))
        key_width = min(_WIDEST_KEY, max(keys.horizontalAdvance(key) for key in self._keys))
        area = option.rect.adjusted(_MARK + 5 * SPACING.small + key_width, 0, -SPACING.hair, 0)
        if area.width() < _LEAST_NAME:
            return
        painter.save()
        painter.setFont(font)
        painter.setPen(QColor(COLOURS.muted))
        elided = QFontMetrics(font).elidedText(name, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, LEFT, elided)
        painter.restore()


class ChamberView(PlainTable):
    """The table; long names are cut, and whole in their tooltips."""

    def __init__(self, election: Election, model: ChamberModel, parent: QWidget | None = None) -> None:
        super().__init__(model, _MOST_ROWS, parent)
        self._lines = model
        self._keys = [party.key for party in election.parties]
        self.setItemDelegate(_ChamberDelegate(election, self))
        self.setAccessibleName(self.tr("Votes and seats of the chamber"))
        self.setIconSize(QSize(_MARK, _MARK))
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setFixedHeight(SPACING.row)
        header.setMinimumSectionSize(10)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(ChamberColumn.NAME, QHeaderView.ResizeMode.Stretch)
        known = any(party.new or party.last_seats is not None for party in election.parties)
        self.setColumnHidden(ChamberColumn.SINCE, not known)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        model.modelReset.connect(self._on_model_reset)

    def fit(self) -> None:
        """Give each column of numbers the room it needs, and the table the height of its rows."""
        bold = QFontMetrics(sized(self.font(), SIZES.note, bold=True))
        title = QFontMetrics(sized(self.font(), SIZES.small))
        needs: dict[ChamberColumn, int] = {}
        for column in tuple(ChamberColumn)[1:]:
            cells = (str(self._lines.index(line, column).data()) for line in range(self._lines.rowCount()))
            heading = str(self._lines.headerData(column, Qt.Orientation.Horizontal))
            widest = bold.horizontalAdvance(max(cells, key=len, default=""))  # figures are of one width
            least = bold.horizontalAdvance("+1") if column == ChamberColumn.DRAFT else title.horizontalAdvance(heading)
            needs[column] = 0 if self.isColumnHidden(column) else max(widest, least)
        padding = self._padding(sum(needs.values()), bold)
        for column, need in needs.items():
            if need and self.columnWidth(column) != need + padding:
                self.setColumnWidth(column, need + padding)
        self.fit_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the keys their room in a narrow panel too."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def _padding(self, needed: int, metrics: QFontMetrics) -> int:
        """Return the air that each figure gets beside the whole keys [px]."""
        keys = max(metrics.horizontalAdvance(key) for key in self._keys)
        room = self.viewport().width() - needed - min(_WIDEST_KEY, keys) - _MARK - 3 * SPACING.small
        return max(_LEAST_PADDING, min(_PADDING, room // (len(ChamberColumn) - 1)))

    def _on_model_reset(self) -> None:
        self.clearSpans()
        for line, row in enumerate(self._lines.rows):
            if row.kind in ("appointed", "open"):
                self.setSpan(line, ChamberColumn.NAME, 1, ChamberColumn.SEATS)
