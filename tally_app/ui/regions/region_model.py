"""The regions as a list: the overview first, then one row a region."""

from collections.abc import Iterable

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from tally_app.checks.finding import Finding
from tally_app.checks.repair import Repairs
from tally_app.document.document import Document
from tally_app.ui.findings.marks import State
from tally_app.ui.findings.slip_line import slips_alone
from tally_app.ui.findings.tooltip import MOST, list_tooltip
from tally_app.ui.regions.lines import Line, overview_line, region_line
from tally_app.wording.names import Names
from tally_app.wording.numbers import counted, grouped
from tally_app.wording.repairs import repair_sentence

_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()  # never changed: Qt's "no parent"
_WORST_FIRST = (State.ERROR, State.WARNING, State.TYPING, State.BEGUN, State.EMPTY, State.GOOD, State.SIGNED)


class RegionModel(QAbstractListModel):
    """Row 0 is the overview, the others are the regions: in the election's order, or the worst first."""

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
        self._overview = overview_line(document, regions)
        self._regions = regions
        self._order = list(range(count))
        self.worst_first = False

    def region_at(self, row: int) -> int | None:
        """Return the position of the region in a row, None for the overview."""
        return self._order[row - 1] if 0 < row <= len(self._order) else None

    def row_of(self, region: int | None) -> int:
        """Return the row of a region, or of the overview."""
        return 0 if region is None else self._order.index(region) + 1

    def set_worst_first(self, wanted: bool) -> None:
        """Put the regions with errors first, then those with warnings; or all in the election's order."""
        self.worst_first = wanted
        self.sort_again()

    def sort_again(self) -> None:
        """Bring the order up to date. Not while somebody types: a line must not move away under the eyes."""
        now = sorted(range(len(self._regions)), key=self._place)
        if now == self._order:
            return
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        regions = [self.region_at(index.row()) for index in kept]
        self._order = now
        self.changePersistentIndexList(kept, [self.index(self.row_of(region)) for region in regions])
        self.layoutChanged.emit()

    def line(self, row: int) -> Line:
        """Return what a row shows."""
        region = self.region_at(row)
        return self._overview if region is None else self._regions[region]

    def title(self, row: int) -> str:
        """Return the first line of a row."""
        region = self.region_at(row)
        return self.tr("Overview") if region is None else self._names.text(self._election.regions[region].name)

    def subtitle(self, row: int) -> str:
        """Return the second line of a row: the region's provinces, or the chamber's name."""
        region = self.region_at(row)
        if region is None:
            return self._names.text(self._election.pack.chamber.name)
        provinces = self._election.regions[region].provinces
        return ", ".join(self._names.text(self._provinces[key]) for key in provinces if key in self._provinces)

    def progress(self, row: int) -> str:
        """Return how much is entered while a region is begun and not complete; under double entry, what is verified."""
        line = self.line(row)
        parts = []
        if line.unfinished:
            text = self.tr("{complete} of {units}")
            parts.append(text.format(complete=grouped(line.complete), units=grouped(line.units)))
        if line.verified is not None and line.begun:
            text = self.tr("✓ {verified}") if line.unfinished else self.tr("✓ {verified} of {units}")
            parts.append(text.format(verified=grouped(line.verified), units=grouped(line.units)))
        return " · ".join(parts)

    def found(self, row: int, text: str) -> bool:
        """Does a region's name, key, or one of its provinces contain a text?"""
        region = self._election.regions[self._order[row - 1]]
        names = [region.name, *(self._provinces[key] for key in region.provinces if key in self._provinces)]
        words = [region.key, *(word for name in names for word in (name.en, name.km))]
        return any(text.casefold() in word.casefold() for word in words)

    def use_names(self, names: Names) -> None:
        """Name everything in another language."""
        self._names = names
        self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))

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
                line = region_line(self._document, region, self._editing_row)
                if line != self._regions[region]:
                    self._regions[region] = line
                    self._repaint(self.row_of(region))
        overview = overview_line(self._document, self._regions)
        if overview != self._overview:
            self._overview = overview
            self._repaint(0)

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        """Return one more than there are regions."""
        return 0 if parent.isValid() else len(self._regions) + 1

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer with a row's name, and with all of it for screen readers and tooltips."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.title(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "\n".join(self._spoken(index.row()))
        if role == Qt.ItemDataRole.ToolTipRole:
            region = self.region_at(index.row())
            return list_tooltip(self._names, self._spoken(index.row()), self._findings(region), self._probable(region))
        return None

    def _findings(self, region: int | None) -> list[Finding]:
        live = self._document.live
        if region is None:
            return list(live.chamber_findings())
        of_units = (finding for findings in live.unit_findings(region).values() for finding in findings)
        return [*live.region_findings(region), *of_units]

    def _probable(self, region: int | None) -> list[str]:
        """Say which figures of a region, or of all, are probably others."""
        repairs = self._document.late.repairs or Repairs()
        key = None if region is None else self._election.regions[region].key
        slips = [slip for slip in slips_alone(repairs) if key in (None, slip.place.region)][:MOST]
        return [repair_sentence(self._names, slip, repairs) for slip in slips]

    def _place(self, region: int) -> tuple[int, int]:
        return _WORST_FIRST.index(self._regions[region].state) if self.worst_first else 0, region

    def _repaint(self, row: int) -> None:
        self.dataChanged.emit(self.index(row), self.index(row))

    def _spoken(self, row: int) -> list[str]:
        line = self.line(row)
        seats = counted(line.seats, self.tr("seat"), self.tr("seats"))
        units = self.tr("{complete} of {units} units complete").format(
            complete=grouped(line.complete), units=grouped(line.units)
        )
        verified = self.tr("{verified} verified").format(verified=grouped(line.verified or 0))
        doubled = verified if line.verified is not None else ""
        parts = (self.title(row), self.subtitle(row), seats, units, doubled, self._state_text(line.state))
        return [part for part in parts if part]

    def _state_text(self, state: State) -> str:
        return {
            State.ERROR: self.tr("has errors"),
            State.WARNING: self.tr("has warnings"),
            State.NOTE: "",
            State.TYPING: self.tr("being typed"),
            State.GOOD: self.tr("complete, nothing contradicts"),
            State.BEGUN: self.tr("begun, nothing contradicts so far"),
            State.EMPTY: self.tr("not begun"),
            State.SIGNED: self.tr("signed off"),
        }[state]
