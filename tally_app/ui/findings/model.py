"""Findings as a table that changes row by row, so that selection and scroll position stay."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from html import escape

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from tally_app.checks.finding import Place, Severity
from tally_app.document.document import Document
from tally_app.ui.findings.ledger import Changes, Counts, Entry, Ledger, Rank
from tally_app.ui.findings.marks import STATE_OF, State
from tally_app.ui.theme import COLOURS, SIZES, sized
from tally_app.wording.findings import advice, sentence
from tally_app.wording.names import Names

LIMIT = 1000
"""Rows shown at most; a filter shows the others."""
ROLE_STATE = int(Qt.ItemDataRole.UserRole) + 1
_BULK = 100  # from here on one reset costs less than row by row

_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()  # never changed: Qt's "no parent"


class Part(IntEnum):
    """Columns."""

    MARK = 0
    CODE = 1
    WHERE = 2
    WHAT = 3
    ADVICE = 4
    LINK = 5


@dataclass(frozen=True, slots=True)
class Filter:
    """Which findings are shown. No *severities*: all. *region*: a position, −1 for the chamber, None for all."""

    severities: frozenset[Severity] = frozenset()
    region: int | None = None

    def passes(self, entry: Entry) -> bool:
        """Is a finding shown?"""
        if self.severities and entry.finding.severity not in self.severities:
            return False
        return self.region is None or entry.rank.region == self.region


class FindingsModel(QAbstractTableModel):
    """Findings, worst first. Tell it what changed with ``refresh``."""

    def __init__(self, document: Document, names: Names, font: QFont, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names = names
        self._font = font
        self._live = document.live
        self._election = document.election
        self._ledger = Ledger(document)
        self._filter = Filter()
        self._editing_row: int | None = None
        self._drafted_region: int | None = None
        self._calm_regions: set[int] = set()
        self._matching = self._ledger.entries()
        self._shown = min(len(self._matching), LIMIT)

    @property
    def counts(self) -> Counts:
        """How many findings there are, shown or not."""
        return self._ledger.counts

    @property
    def matching(self) -> int:
        """How many findings pass the filter; at most ``LIMIT`` of them are rows."""
        return len(self._matching)

    @property
    def filter(self) -> Filter:
        """Which findings are shown."""
        return self._filter

    def entry(self, row: int) -> Entry:
        """Return the finding of a row."""
        return self._matching[row]

    def row_at(self, rank: Rank) -> int:
        """Return the row of a finding, or of the one after it if it is gone; may be past the end."""
        return bisect_left(self._matching, rank, key=_rank)

    def row_of(self, place: Place) -> int | None:
        """Return the first row about a place."""
        return next((row for row in range(self._shown) if self._matching[row].finding.place == place), None)

    def use_names(self, names: Names) -> None:
        """Say everything in another language."""
        self._names = names
        self._start_again()

    def set_filter(self, chosen: Filter) -> None:
        """Show other findings."""
        if chosen != self._filter:
            self._filter = chosen
            self._start_again()

    def set_editing_row(self, row: int | None) -> bool:
        """Say which unit is being typed; return whether anything changed."""
        if row == self._editing_row:
            return False
        self._editing_row = row
        return self.refresh(())

    def refresh(self, regions: Iterable[int]) -> bool:
        """Look again at the chamber, at *regions*, and where the draft was or is; return whether anything changed."""
        draft = self._live.draft
        now = draft.region.region if draft else None
        typing = {row for row in (self._editing_row, draft.change.cell.row if draft else None) if row is not None}
        calm = {self._election.region_of(row) for row in typing}
        touched = set(regions) | self._calm_regions | calm | ({self._drafted_region, now} - {None})
        self._calm_regions = calm
        self._drafted_region = now
        changes = self._ledger.refresh(sorted(region for region in touched if region is not None), typing)
        self._apply(changes)
        return bool(changes)

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        """Return how many findings are shown."""
        return 0 if parent.isValid() else self._shown

    def columnCount(self, parent: _Index = _NO_INDEX) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(Part)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name a column; nobody sees it, a screen reader says it."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return [
            self.tr("Severity"),
            self.tr("Code"),
            self.tr("Where"),
            self.tr("What does not fit"),
            self.tr("What to do"),
            self.tr("Go there"),
        ][section]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer what a cell says and how it looks."""
        if not index.isValid() or index.row() >= self._shown:
            return None
        entry, part = self._matching[index.row()], Part(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return None if part is Part.MARK else self._text(entry, part)
        if role == ROLE_STATE:
            return self.state(entry).value
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._hint(entry, part)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._severity(entry) if part is Part.MARK else self._text(entry, part)
        return self._look(entry, part, role)

    def state(self, entry: Entry) -> State:
        """Return the mark of a finding."""
        return State.TYPING if entry.rank.calm else STATE_OF[entry.finding.severity]

    def _text(self, entry: Entry, part: Part) -> str:
        finding = entry.finding
        if part is Part.CODE:
            return finding.code
        if part is Part.WHERE:
            return self._names.place(finding.place)
        if part is Part.WHAT:
            return sentence(self._names, finding)
        if part is Part.ADVICE:
            return advice(finding)
        return self.tr("Go to cell") if finding.place.unit else self.tr("Show")

    def _hint(self, entry: Entry, part: Part) -> str:
        if part is Part.MARK:
            return self._severity(entry)
        finding = entry.finding
        place = escape(self._names.place(finding.place))
        lines = (f"<b>{finding.code} · {place}</b>", escape(sentence(self._names, finding)), escape(advice(finding)))
        return "<qt>" + "<br>".join(lines) + "</qt>"

    def _severity(self, entry: Entry) -> str:
        if entry.rank.calm:
            return self.tr("Being typed: not an error yet")
        return {
            Severity.ERROR: self.tr("Error: blocks the sign-off of its region"),
            Severity.WARNING: self.tr("Warning: a sign-off needs a written reason"),
            Severity.NOTE: self.tr("Note"),
        }[entry.finding.severity]

    def _look(self, entry: Entry, part: Part, role: int) -> object:
        if role == Qt.ItemDataRole.ForegroundRole:
            if part is Part.LINK:
                return QColor(COLOURS.accent)
            quiet = entry.rank.calm or part in (Part.CODE, Part.ADVICE)
            return QColor(COLOURS.muted if quiet else COLOURS.ink)
        if role == Qt.ItemDataRole.FontRole:
            small = part in (Part.CODE, Part.ADVICE)
            return sized(self._font, SIZES.note if small else SIZES.base, part is Part.WHERE and not entry.rank.calm)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _apply(self, changes: Changes) -> None:
        removed = [entry for entry in changes.removed if self._filter.passes(entry)]
        added = [entry for entry in changes.added if self._filter.passes(entry)]
        changed = [entry for entry in changes.changed if self._filter.passes(entry)]
        if len(removed) + len(added) > _BULK:
            self._start_again()
            return
        for entry in removed:
            self._take_out(self.row_at(entry.rank))
        for entry in added:
            self._put_in(self.row_at(entry.rank), entry)
        for entry in changed:
            row = self.row_at(entry.rank)
            self._matching[row] = entry
            if row < self._shown:
                said = self.index(row, Part.WHAT)  # the same finding at the same place: only its numbers are new
                self.dataChanged.emit(said, said)

    def _take_out(self, row: int) -> None:
        if row >= self._shown:
            del self._matching[row]
            return
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._matching[row]
        self._shown -= 1
        self.endRemoveRows()
        if len(self._matching) > self._shown:
            self.beginInsertRows(QModelIndex(), self._shown, self._shown)
            self._shown += 1
            self.endInsertRows()

    def _put_in(self, row: int, entry: Entry) -> None:
        if row >= LIMIT:
            self._matching.insert(row, entry)
            return
        if self._shown == LIMIT:
            self.beginRemoveRows(QModelIndex(), LIMIT - 1, LIMIT - 1)
            self._shown -= 1
            self.endRemoveRows()
        self.beginInsertRows(QModelIndex(), row, row)
        self._matching.insert(row, entry)
        self._shown += 1
        self.endInsertRows()

    def _start_again(self) -> None:
        self.beginResetModel()
        self._matching = [entry for entry in self._ledger.entries() if self._filter.passes(entry)]
        self._shown = min(len(self._matching), LIMIT)
        self.endResetModel()


def _rank(entry: Entry) -> Rank:
    return entry.rank
