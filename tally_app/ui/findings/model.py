"""Findings as a table that changes row by row, so that selection and scroll position stay."""

from bisect import bisect_left
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from tally_app.checks.claims import finding_key
from tally_app.checks.finding import Place, Severity
from tally_app.document.document import Document
from tally_app.ui.findings.ledger import Changes, Counts, Entry, Ledger, Rank
from tally_app.ui.findings.marks import State
from tally_app.ui.findings.order import KEYS, Order
from tally_app.ui.findings.texts import FindingTexts, Part
from tally_app.wording.names import Names

LIMIT = 1000
"""Rows shown at most; a filter shows the others."""
_BULK = 100  # from here on one reset costs less than row by row

_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()  # never changed: Qt's "no parent"


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
    """Findings, worst first if nobody wants another order. Tell it what changed with ``refresh``."""

    def __init__(self, document: Document, names: Names, font: QFont, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts = FindingTexts(names, font, self)
        self._live = document.live
        self._election = document.election
        self._ledger = Ledger(document)
        self._filter = Filter()
        self._order = Order.SEVERITY
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
    def ledger(self) -> Ledger:
        """Every finding, shown or not."""
        return self._ledger

    @property
    def filter(self) -> Filter:
        """Which findings are shown."""
        return self._filter

    def entry(self, row: int) -> Entry:
        """Return the finding of a row."""
        return self._matching[row]

    def row_at(self, rank: Rank) -> int:
        """Return the row of a finding, or of the one after it if it is gone; may be past the end."""
        key = KEYS[self._order]
        return bisect_left(self._matching, key(rank), key=self._sort_key)

    def row_of(self, place: Place) -> int | None:
        """Return the first row about a place."""
        return next((row for row in range(self._shown) if self._matching[row].finding.place == place), None)

    def row_of_claim(self, keys: Collection[tuple[object, ...]]) -> int | None:
        """Return the first row whose finding says that one of some claims is wrong, by their keys."""
        return next((row for row in range(self._shown) if finding_key(self.entry(row).finding) in keys), None)

    def open_warning(self, unit: int) -> int | None:
        """Return the first row with a warning about the unit of a row of the book that nobody has accepted."""
        for row in range(self._shown):
            entry = self._matching[row]
            if entry.rank.row == unit and entry.finding.severity is Severity.WARNING and not entry.accepted:
                return row
        return None

    def use_names(self, names: Names) -> None:
        """Say everything in another language."""
        self._texts.names = names
        self._start_again()

    def set_filter(self, chosen: Filter) -> None:
        """Show other findings."""
        if chosen != self._filter:
            self._filter = chosen
            self._start_again()

    def set_order(self, order: Order) -> None:
        """Put other findings first."""
        if order is not self._order:
            self._order = order
            self._start_again()

    def set_editing_row(self, row: int | None) -> bool:
        """Say which unit is being typed; return whether anything changed."""
        if row == self._editing_row:
            return False
        self._editing_row = row
        return self.refresh(())

    def refresh(self, regions: Iterable[int], *, reasons: bool = False) -> bool:
        """Look again at the chamber, at *regions*, and where the draft was or is; return whether anything changed.

        *reasons*: warnings there were accepted, or are so no longer.
        """
        draft = self._live.draft
        now = draft.region.region if draft else None
        typing = {row for row in (self._editing_row, draft.change.cell.row if draft else None) if row is not None}
        calm = {self._election.region_of(row) for row in typing}
        touched = set(regions) | self._calm_regions | calm | ({self._drafted_region, now} - {None})
        self._calm_regions = calm
        self._drafted_region = now
        regions = sorted(region for region in touched if region is not None)
        changes = self._ledger.refresh(regions, typing, reasons=reasons)
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
        return self._texts.data(self._matching[index.row()], Part(index.column()), role)

    def state(self, entry: Entry) -> State:
        """Return the mark of a finding."""
        return self._texts.state(entry)

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
                # The same finding at the same place: only its numbers are new, or whether it is accepted.
                self.dataChanged.emit(self.index(row, 0), self.index(row, Part.WHAT))

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
        self._matching.sort(key=self._sort_key)
        self._shown = min(len(self._matching), LIMIT)
        self.endResetModel()

    def _sort_key(self, entry: Entry) -> tuple[object, ...]:
        return KEYS[self._order](entry.rank)
