"""The chamber in figures: votes, share and seats per list, and what changed since the last election."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from PySide6.QtCore import QAbstractTableModel, QObject, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter
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


class ChamberColumn(IntEnum):
    """The columns, from left to right."""

    NAME = 0
    VOTES = 1
    SHARE = 2
    SEATS = 3
    DRAFT = 4
    SINCE = 5


@dataclass(frozen=True, slots=True)
class ChamberRow:
    """A line: a party (*position* in ballot order), an appointment, the open seats or the total."""

    kind: Kind
    position: int
    seats: int
    draft: int = 0
    votes: int | None = None


def chamber_rows(election: Election, result: ChamberResult, committed: ChamberResult | None) -> tuple[ChamberRow, ...]:
    """Return the lines in ballot order, which favours nobody; then open and appointed seats, then the total."""
    before = committed if committed else result
    rows = [
        ChamberRow("party", party, seats, seats - before.seats[party], result.votes[party])
        for party, seats in enumerate(result.seats)
    ]
    if result.open_seats or before.open_seats:
        rows.append(ChamberRow("open", 0, result.open_seats, result.open_seats - before.open_seats))
    rows += [ChamberRow("appointed", i, each.seats) for i, each in enumerate(election.pack.chamber.appointed)]
    rows.append(ChamberRow("total", 0, sum(row.seats for row in rows), 0, result.valid))
    return tuple(rows)


class ChamberModel(QAbstractTableModel):
    """The lines as a table."""

    def __init__(self, election: Election, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._election = election
        self._language: Language = language
        self._rows: tuple[ChamberRow, ...] = ()
        self._valid = 0
        self._icons: dict[int, QIcon] = {}

    @property
    def rows(self) -> Sequence[ChamberRow]:
        """The lines that are shown."""
        return self._rows

    def show_result(self, result: ChamberResult, committed: ChamberResult | None) -> None:
        """Show the chamber; *committed* is the same without the draft."""
        rows = chamber_rows(self._election, result, committed)
        same = len(rows) == len(self._rows)
        if not same:
            self.beginResetModel()
        self._rows, self._valid = rows, result.valid
        if same:
            self._announce()
        else:
            self.endResetModel()

    def use_language(self, language: Language) -> None:
        """Name the lists in another language."""
        self._language = language
        self._announce()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(ChamberColumn) - 1)

    def _announce(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(ChamberColumn) - 1))

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
            return self._text(row, index.column())
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
    """Seats and the total in bold."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Choose the weight."""
        super().initStyleOption(option, index)
        kind = index.data(ROW).kind
        bold = kind == "total" or (kind == "party" and index.column() in (ChamberColumn.SEATS, ChamberColumn.DRAFT))
        option.font = sized(option.font, SIZES.note, bold)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Paint the cell; the total stands under a stronger line and has none below."""
        if index.data(ROW).kind != "total":
            super().paint(painter, option, index)
            return
        super(HairlineDelegate, self).paint(painter, option, index)
        painter.save()
        painter.setPen(QColor(COLOURS.border))
        painter.drawLine(option.rect.topLeft(), option.rect.topRight())
        painter.restore()


class ChamberView(PlainTable):
    """The table; long names are cut, and whole in their tooltips."""

    def __init__(self, model: ChamberModel, parent: QWidget | None = None) -> None:
        super().__init__(model, _MOST_ROWS, parent)
        self.setItemDelegate(_ChamberDelegate(self))
        self.setAccessibleName(self.tr("Votes and seats of the chamber"))
        self.setIconSize(QSize(_MARK, _MARK))
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setFont(sized(self.font(), SIZES.small))
        header.setFixedHeight(SPACING.row)
        header.setMinimumSectionSize(22)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(ChamberColumn.NAME, QHeaderView.ResizeMode.Stretch)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
