"""The regions as a list: the overview first, then one row a region."""

from collections.abc import Iterable

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from tally_app.document.document import Document
from tally_app.ui.findings.marks import State
from tally_app.ui.regions.lines import Line, overview_line, region_line
from tally_app.wording.names import Names
from tally_app.wording.numbers import counted, grouped

_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()  # never changed: Qt's "no parent"


class RegionModel(QAbstractListModel):
    """Row 0 is the overview, row *n* the region at position *n* − 1."""

    def __init__(self, document: Document, names: Names, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._election = document.election
        self._names = names
        self._provinces = {province.key: province.name for province in document.election.pack.provinces}
        self._editing_row: int | None = None
        self._drafted_region: int | None = None
        count = len(self._election.regions)
        regions = [region_line(document, region, None) for region in range(count)]
        self._lines = [overview_line(document, regions), *regions]

    def line(self, row: int) -> Line:
        """Return what a row shows."""
        return self._lines[row]

    def title(self, row: int) -> str:
        """Return the first line of a row."""
        return self.tr("Overview") if row == 0 else self._names.text(self._election.regions[row - 1].name)

    def subtitle(self, row: int) -> str:
        """Return the second line of a row: the region's provinces, or the chamber's name."""
        if row == 0:
            return self._names.text(self._election.pack.chamber.name)
        provinces = self._election.regions[row - 1].provinces
        return ", ".join(self._names.text(self._provinces[key]) for key in provinces if key in self._provinces)

    def progress(self, row: int) -> str:
        """Return how much is entered while a region is neither untouched nor complete, else nothing."""
        line = self._lines[row]
        if not line.unfinished:
            return ""
        return self.tr("{complete} of {units}").format(complete=grouped(line.complete), units=grouped(line.units))

    def found(self, row: int, text: str) -> bool:
        """Does a region's name, key, or one of its provinces contain a text?"""
        region = self._election.regions[row - 1]
        names = [region.name, *(self._provinces[key] for key in region.provinces if key in self._provinces)]
        words = [region.key, *(word for name in names for word in (name.en, name.km))]
        return any(text.casefold() in word.casefold() for word in words)

    def use_names(self, names: Names) -> None:
        """Name everything in another language."""
        self._names = names
        self.dataChanged.emit(self.index(0), self.index(len(self._lines) - 1))

    def set_editing_row(self, row: int | None) -> None:
        """Say which unit is being typed: its missing figures are no errors yet."""
        touched = {self._election.region_of(r) for r in (row, self._editing_row) if r is not None}
        self._editing_row = row
        self.refresh(touched)

    def refresh(self, regions: Iterable[int]) -> None:
        """Look again at *regions*, at where the draft is or was, and at the chamber."""
        draft = self._document.live.draft
        now = draft.region.region if draft else None
        touched = {*regions, now, self._drafted_region} - {None}
        self._drafted_region = now
        for region in touched:
            if region is not None:
                self._replace(region + 1, region_line(self._document, region, self._editing_row))
        self._replace(0, overview_line(self._document, self._lines[1:]))

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        """Return one more than there are regions."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer with a row's name, and with all of it for screen readers and tooltips."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.title(index.row())
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._spoken(index.row())
        return None

    def _replace(self, row: int, line: Line) -> None:
        if self._lines[row] != line:
            self._lines[row] = line
            self.dataChanged.emit(self.index(row), self.index(row))

    def _spoken(self, row: int) -> str:
        line = self._lines[row]
        seats = counted(line.seats, self.tr("seat"), self.tr("seats"))
        units = self.tr("{complete} of {units} units complete").format(
            complete=grouped(line.complete), units=grouped(line.units)
        )
        parts = (self.title(row), self.subtitle(row), seats, units, self._state_text(line.state))
        return "\n".join(part for part in parts if part)

    def _state_text(self, state: State) -> str:
        return {
            State.ERROR: self.tr("has errors"),
            State.WARNING: self.tr("has warnings"),
            State.NOTE: "",
            State.TYPING: self.tr("being typed"),
            State.GOOD: self.tr("complete, nothing contradicts"),
            State.BEGUN: self.tr("begun, nothing contradicts so far"),
            State.EMPTY: self.tr("not begun"),
        }[state]
