"""Everything on the screen that belongs to one open file, wired together."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from tally_app.checks.finding import Finding
from tally_app.count.figures import Cell, FigureKey
from tally_app.document.document import Document, DraftChanged, FiguresChanged
from tally_app.document.edit import Edit
from tally_app.document.second_entry import SECOND, SETTLEMENT, row_of
from tally_app.document.signing import region_of_record
from tally_app.document.sources import SOURCE
from tally_app.document.stated_view import Scope, key_of
from tally_app.ui.document_signals import DocumentSignals
from tally_app.ui.entry.screen import EntryScreen
from tally_app.ui.findings.panel import FindingsPanel
from tally_app.ui.gestures import Gestures
from tally_app.ui.history.panel import HistoryPanel
from tally_app.ui.late_worker import LateWorker
from tally_app.ui.regions.overview import OverviewScreen
from tally_app.ui.regions.region_list import RegionList
from tally_app.ui.seats.chamber import ChamberPanel
from tally_app.ui.seats.region_seats import RegionSeatsPanel
from tally_app.ui.sources.known import KnownSources
from tally_app.ui.theme import SPACING
from tally_app.wording.names import Names

if TYPE_CHECKING:
    from tally_app.ui.sources.screen import StatedScreen

_SEATS_WIDTH = 344
_SEATS_LEAST = 300


class SeatsColumn(QScrollArea):
    """Scrolls the seats where the screen is too low for both; asks for the width that seven divisors need."""

    def sizeHint(self) -> QSize:
        """Width without scrolling the ladder; any height will do."""
        return QSize(_SEATS_WIDTH, 400)


class Workbench(QObject):
    """Screens and panels of one document. The window places them; this connects them."""

    cell_changed = Signal(object)
    """The Cell that is current, or None."""
    add_source_wanted = Signal()
    import_wanted = Signal()
    """Somebody wants a table of stated figures to be imported."""
    operator_changed = Signal()
    """Somebody else sits here now."""
    closed = Signal()
    """The file is about to be closed."""

    def __init__(self, document: Document, language: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document
        names = Names(document.election, language)
        self.names = names
        self.signals = DocumentSignals(document, self)
        self.known_sources = KnownSources(document, self.signals, names, self)
        self.gestures = Gestures(document, names, self)
        self.late = LateWorker(document, self.signals, self)
        self.regions = RegionList(document, self.signals, names)
        self.entry = EntryScreen(document, self.signals, self.gestures, names)
        self.overview = OverviewScreen(document, self.signals, names, self._state)
        self._stated: StatedScreen | None = None
        self.findings = FindingsPanel(document, self.signals, self.gestures, names)
        self.history = HistoryPanel(document, self.signals, names)
        self.region_seats = RegionSeatsPanel(document.election)
        self.region_seats.lot_row.set_editable(not document.read_only)
        self.chamber = ChamberPanel(document.election)
        self.centre = QStackedWidget()
        self.centre.addWidget(self.entry)
        self.centre.addWidget(self.overview)
        self.seats = self._seats_column()
        self._connect()
        self._add_page_keys()
        self._name_seats(language)
        self.show_region(None)

    @property
    def region(self) -> int | None:
        """Position of the region whose forms are shown; None is the overview, or what is stated."""
        return self.entry.region if self.centre.currentWidget() is self.entry else None

    @property
    def stated(self) -> "StatedScreen":
        """What is stated, source by source; made when it is first asked for."""
        if self._stated is None:
            from tally_app.ui.sources.screen import StatedScreen

            self._stated = StatedScreen(self.document, self.signals, self.gestures, self.names)
            self._stated.scope_changed.connect(self._on_stated_scope_changed)
            self._stated.add_wanted.connect(self.add_source_wanted)
            self._stated.import_wanted.connect(self.import_wanted)
            self.centre.addWidget(self._stated)
        return self._stated

    @property
    def shows_stated(self) -> bool:
        """Are the stated figures in the centre?"""
        return self._stated is not None and self.centre.currentWidget() is self._stated

    def finish(self) -> bool:
        """Enter what is being typed, wherever; False if that is not possible and the cell stays open."""
        return self.entry.finish() and (self._stated is None or self._stated.finish())

    def show_region(self, region: int | None) -> None:
        """Show a region's forms, or the overview. A cell whose text cannot be entered keeps the screen where it is."""
        if not self.finish():
            self.regions.select(self.region)
            return
        if region is None:
            self.centre.setCurrentWidget(self.overview)
            self.overview.setFocus()
            self.cell_changed.emit(None)
        else:
            self.centre.setCurrentWidget(self.entry)
            if region != self.entry.region:
                self.entry.show_region(region)
            self.entry.grid.view.setFocus()
            self.cell_changed.emit(self.entry.cell)
        self.regions.select(region)
        self.region_seats.setVisible(region is not None)
        self._show_results()

    def show_stated(self, scope: Scope | None = None) -> None:
        """Show what is stated of a scope; None: of the region, or unit, that is shown, or of what it was last."""
        if not self.finish():
            return
        if scope is None and not self.shows_stated:
            scope = Scope() if self.region is None else Scope(self.document.election.regions[self.region].key)
        self.centre.setCurrentWidget(self.stated)
        if scope is not None and scope != self.stated.scope:
            self.stated.show_scope(scope)
        self._on_stated_scope_changed(self.stated.scope)
        self.region_seats.hide()
        self.stated.setFocus()
        self.cell_changed.emit(None)
        self._show_results()

    def show_figure(self, key: FigureKey) -> None:
        """Show a stated figure beside those of other sources, and put the keyboard there."""
        self.show_stated(Scope(key.region, key.unit))
        self.stated.go_to(key)

    def go_to_unit(self, cell: Cell) -> None:
        """Show a unit: what is stated of it where that is in the centre, else its form."""
        election = self.document.election
        if self.shows_stated:
            region = election.regions[election.region_of(cell.row)].key
            self.show_stated(Scope(region, election.unit(cell.row).key))
        else:
            self.go_to_cell(cell)

    def go_to_region(self, key: str | None) -> None:
        """Show a region by its key; the overview for the chamber, and for a region that is not there."""
        self.show_region(self.document.election.region_index.get(key or ""))

    @property
    def may_record_lot(self) -> bool:
        """Is there a tie to draw a lot for in the region that is shown, or a lot to correct?"""
        if self.region is None or self.document.read_only:
            return False
        result = self.document.live.region(self.region)
        return result.allocation.tie is not None or result.lot is not None

    def preview_region(self, region: int | None) -> None:
        """Show a region while the keyboard stays in the list of regions."""
        self.show_region(region)
        self.regions.setFocus()

    def use_entry(self, screen: EntryScreen) -> None:
        """Let forms be typed on another screen. What stands in an open cell must have been entered."""
        if self.centre.indexOf(screen) < 0:
            self.centre.addWidget(screen)
            screen.stepped.connect(self.step)
            screen.cell_changed.connect(self._on_entry_cell_changed)
        self.entry = screen
        screen.use_names(self.names)

    def use_operator(self, name: str) -> bool:
        """Let somebody else's name stand beside what is entered from now on; nobody takes back what others did.

        False: what stands in the open cell could not be entered under the name before.
        """
        if not self.finish():
            return False
        if name != self.document.operator:
            self.document.operator = name
            self.gestures.stack.clear()
            self.operator_changed.emit()
        return True

    def step(self, by: int) -> None:
        """Go to the next or previous region of the list; the overview comes before the first."""
        if self.shows_stated:
            self.stated.step(by)
        else:
            self.show_region(self.regions.after(self.region, by))

    def go_to_cell(self, cell: Cell) -> None:
        """Show a cell and put the keyboard there."""
        if self.finish():
            self.show_region(self.document.election.region_of(cell.row))
            self.entry.go_to(cell)

    def go_to_finding(self, finding: Finding) -> None:
        """Show what a finding is about: the cell of a form, a region's first form, or what is stated of the chamber."""
        place = finding.place
        election = self.document.election
        key = key_of(finding)
        if key is not None and (self.shows_stated or (finding.code == "W207" and place.region is not None)):
            self.show_figure(key)
            return
        if place.region is None:
            self.show_region(None)
            source = finding.facts.get("source")
            shown = self.overview.go_to_stated(str(source) if source else None, _figure(finding), place.party)
            if not shown and key is not None:
                self.show_figure(key)
            return
        region = election.region_index[place.region]
        column = election.column_index.get(place.column or place.party or "", 0)
        if place.unit is not None:
            row = election.row(place.region, place.unit)
        else:
            empty = self.document.book.first_not_begun(region) if finding.code == "N109" else None
            row = election.starts[region] if empty is None else empty
        self.go_to_cell(Cell(row, column))

    def use_language(self, language: str) -> None:
        """Show names in another language."""
        self.names.use(language)
        self.entry.use_names(self.names)
        self._name_seats(language)
        for widget in (self.regions, self.overview, self.findings, self.history):
            widget.use_names(self.names)
        if self._stated is not None:
            self._stated.use_names(self.names)
        self._show_results()
        self.cell_changed.emit(self.entry.cell if self.region is not None else None)

    def panes(self) -> list[QWidget]:
        """Return what F6 walks through."""
        shown: QWidget = self.stated if self.shows_stated else self.overview
        centre: QWidget = self.entry.grid.view if self.region is not None else shown
        return [centre, self.regions, self.findings, *([self.history] if self.history.isVisible() else [])]

    def copy(self) -> None:
        """Copy what is selected in the centre."""
        if self.shows_stated:
            self.stated.copy()
        elif self.region is None:
            self.overview.copy()
        else:
            self.entry.copy()

    def paste(self) -> None:
        """Take what is on the clipboard down in the centre."""
        if self.shows_stated:
            self.stated.paste()
        elif self.region is not None:
            self.entry.paste()

    def clear(self) -> None:
        """Make what is selected in the centre *not entered*, or not stated."""
        if self.shows_stated:
            self.stated.clear()
        elif self.region is not None:
            self.entry.clear()

    def next_finding(self) -> None:
        """Go to the next finding."""
        finding = self.findings.next_finding_entry()
        if finding is not None:
            self.go_to_finding(finding)

    def close(self) -> None:
        """Close the file."""
        self.closed.emit()
        self.late.stop()
        self.history.stop()
        self.document.close()

    def _name_seats(self, language: str) -> None:
        self.region_seats.use_language("km" if language == "km" else "en")
        self.chamber.use_language("km" if language == "km" else "en")

    def _state(self, key: FigureKey, text: str | None) -> None:
        self.gestures.state(key, text)

    def _seats_column(self) -> QScrollArea:
        column = QWidget()
        layout = QVBoxLayout(column)
        layout.setContentsMargins(SPACING.medium, 0, SPACING.medium, SPACING.small)
        layout.setSpacing(SPACING.medium)
        layout.addWidget(self.region_seats)
        layout.addWidget(self.chamber)
        layout.addStretch(1)
        area = SeatsColumn()
        area.setMinimumWidth(_SEATS_LEAST)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(column)
        return area

    def _connect(self) -> None:
        self.regions.region_selected.connect(self.preview_region)
        self.regions.region_entered.connect(self.show_region)
        self.overview.region_selected.connect(self.show_region)
        self.known_sources.changed.connect(self._on_known_sources_changed)
        self.entry.stepped.connect(self.step)
        self.entry.cell_changed.connect(self._on_entry_cell_changed)
        self.findings.finding_activated.connect(self.go_to_finding)
        self.findings.cell_activated.connect(self.go_to_cell)
        self.findings.acts.applied.connect(self._on_findings_applied)
        self.history.region_activated.connect(self.go_to_region)
        self.gestures.went_back.connect(self._on_gestures_went_back)
        self.signals.figures_changed.connect(self._on_document_figures_changed)
        self.signals.draft_changed.connect(self._on_document_draft_changed)

    def _add_page_keys(self) -> None:
        """Walk through the regions from the list and the overview too, where these keys would jump by pages."""
        for widget in (self.regions, self.overview):
            for key, slot in ((Qt.Key.Key_PageUp, self._on_page_up), (Qt.Key.Key_PageDown, self._on_page_down)):
                shortcut = QShortcut(QKeySequence(key), widget)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(slot)

    def _on_page_up(self) -> None:
        self.step(-1)

    def _on_page_down(self) -> None:
        self.step(1)

    def _on_entry_cell_changed(self, cell: Cell | None) -> None:
        self._show_editing(cell)
        self.cell_changed.emit(cell)

    def _show_editing(self, cell: Cell | None) -> None:
        """A unit that the clerk is at may have cells to come: that is no news yet."""
        row = cell.row if cell is not None and self.region is not None else None
        self.findings.set_editing_row(row)
        self.regions.set_editing_row(row)

    def _on_findings_applied(self, cell: Cell) -> None:
        """Show the figure that a repair changed; the keyboard stays with the findings."""
        self.go_to_cell(cell)
        self.findings.setFocus()

    def _on_gestures_went_back(self, edit: Edit) -> None:
        """Show where something was undone."""
        if edit.stated and (self.shows_stated or edit.stated[0].key.unit is not None):
            self.show_figure(edit.stated[0].key)
        elif edit.records and edit.records[0].kind == SOURCE:
            self.show_stated()
        elif edit.cells:
            self.go_to_cell(edit.cells[0].cell)
        elif edit.records and edit.records[0].kind in (SECOND, SETTLEMENT):
            at, row = self.entry.cell, row_of(self.document.election, edit.records[0].key)
            self.go_to_cell(Cell(row, at.column if at is not None else 0))
        elif edit.records:
            self.go_to_region(region_of_record(edit.records[0]))
        elif edit.stated and edit.stated[0].key.region is not None:
            self.show_region(self.document.election.region_index[edit.stated[0].key.region])
        else:
            self.show_region(None)

    def _on_known_sources_changed(self) -> None:
        self.entry.grid.use_sources()
        self.overview.use_sources()
        if self._stated is not None:
            self._stated.use_sources()

    def _on_stated_scope_changed(self, scope: Scope) -> None:
        if self.shows_stated:
            self.regions.select(self.document.election.region_index.get(scope.region or ""))

    def _on_document_figures_changed(self, _: FiguresChanged) -> None:
        self._show_results()

    def _on_document_draft_changed(self, _: DraftChanged) -> None:
        self._show_results()

    def _show_results(self) -> None:
        live = self.document.live
        region = self.region
        if region is not None:
            self.region_seats.show_result(live.region(region), live.committed_region(region))
        self.chamber.show_result(live.chamber, live.committed_chamber)


def _figure(finding: Finding) -> str:
    """The kind of figure that a finding about the chamber is about."""
    by_code = {"E202": "votes", "E203": "seats", "E205": "cast", "W206": "share", "W208": "turnout"}
    if finding.code == "E202" and finding.place.party is None:
        return finding.place.column or ""
    return str(finding.facts.get("figure") or by_code.get(finding.code, ""))
