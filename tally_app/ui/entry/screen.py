"""The entry screen: heading, grid, hints."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tally_app.count.figures import Cell
from tally_app.document.document import Document, DraftChanged, FiguresChanged
from tally_app.exchange.clipboard import BlockRefused, read_block, write_block
from tally_app.exchange.numbers import Refusal
from tally_app.ui.document_signals import DocumentSignals
from tally_app.ui.entry.grid import EntryGrid
from tally_app.ui.entry.hints import HintBar
from tally_app.ui.entry.region_model import RegionModel
from tally_app.ui.entry.totals_model import TotalsModel
from tally_app.ui.entry.view import VotesView
from tally_app.ui.findings.marks import State, state_icon
from tally_app.ui.gestures import Gestures
from tally_app.ui.theme import SPACING
from tally_app.wording.methods import short_name
from tally_app.wording.names import Names
from tally_app.wording.numbers import grouped
from tally_app.wording.refusals import block_refusal, refusal
from tally_app.wording.signing import frozen_hint, signed_chip, signed_sentence

_SEAL = 18


class EntryScreen(QWidget):
    """Where a clerk types one region's forms."""

    stepped = Signal(int)
    """PgUp or PgDn: −1 or +1 region."""
    cell_changed = Signal(object)
    """The Cell that is current, or None."""
    unit_opened = Signal(int)
    """Row of a unit whose state asks for something."""

    def __init__(
        self,
        document: Document,
        signals: DocumentSignals,
        gestures: Gestures,
        names: Names,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._gestures = gestures
        self._names = names
        self._rows = self._make_rows(signals)
        self._totals = TotalsModel(document, signals, gestures, self)
        self.grid = self._make_grid()
        self._title = QLabel()
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setProperty("role", "title")
        self._state = QLabel()
        self._state.setProperty("role", "chip")
        self._seal = QLabel()
        self._subtitle = QLabel()
        self._subtitle.setTextFormat(Qt.TextFormat.PlainText)
        self._subtitle.setProperty("role", "muted")
        self._subtitle.setWordWrap(True)
        self._seal.setPixmap(state_icon(State.SIGNED, _SEAL, 2.0).pixmap(_SEAL, _SEAL))
        self._hints = self._make_hints()
        self._lay_out()
        self._connect(signals)
        self.show_region(0)

    @property
    def region(self) -> int:
        """Position of the region that is shown."""
        return self._rows.region

    @property
    def cell(self) -> Cell | None:
        """The current cell, None on the row sum."""
        index = self.grid.view.currentIndex()
        return self._rows.cell(index) if index.isValid() and self._is_form_cell(index) else None

    def finish(self) -> bool:
        """Enter what is being typed; False if that is not possible and the cell stays open."""
        return self.grid.view.votes_delegate.finish() and self.grid.totals.votes_delegate.finish()

    def show_region(self, region: int) -> None:
        """Show another region from its first cell."""
        self.grid.show_region(region)
        self._refresh_heading()

    def go_to(self, cell: Cell) -> None:
        """Show a cell and put the keyboard there."""
        region = self._document.election.region_of(cell.row)
        if region != self.region:
            self.show_region(region)
        self.grid.view.go_to(self._rows.index_of(cell))
        self.grid.view.setFocus()

    def use_names(self, names: Names) -> None:
        """Show names in another language."""
        self._names = names
        self.grid.use_names(names)
        self._refresh_heading()

    def copy(self) -> None:
        """Copy the selected figures for a spreadsheet."""
        view = self._active_view()
        block = [[self._plain(index) for index in line] for line in view.selected_block()]
        if block:
            QGuiApplication.clipboard().setText(write_block(block))

    def paste(self) -> None:
        """Enter a block from the clipboard at the current cell: whole, or not at all."""
        view = self.grid.view
        current = view.currentIndex()
        text = QGuiApplication.clipboard().text()
        if self._document.read_only or not current.isValid() or not text.strip("\r\n"):
            return
        if self._active_view() is self.grid.totals:
            self._hints.warn(self.tr("Paste into the units’ rows; stated figures are typed from the paper."))
            return
        try:
            block = read_block(text)
        except BlockRefused as refused:
            self._hints.warn(block_refusal(refused))
            return
        selected = view.selected_block()
        if len(block) == 1 and len(block[0]) == 1 and len(selected) * len(selected[0]) > 1:
            block = [[block[0][0]] * len(selected[0]) for _ in selected]
            current = selected[0][0]
        rows, columns = len(block), len(block[0])
        if current.row() + rows > self._rows.rowCount() or current.column() + columns > self._rows.sum_column:
            text = self.tr("Nothing pasted: a block of {rows} × {columns} cells does not fit here.")
            self._hints.warn(text.format(rows=rows, columns=columns))
            return
        self._gestures.paste(self._rows.cell(current), block)

    def clear(self) -> None:
        """Make the selected cells *not entered*."""
        if self._document.read_only:
            return
        if self._active_view() is self.grid.totals:
            for index in self.grid.totals.selectedIndexes():
                self._totals.setData(index, "")
            return
        cells = [self._rows.cell(i) for line in self.grid.view.selected_block() for i in line if self._is_form_cell(i)]
        self._gestures.clear(cells)

    def fill_zero(self) -> None:
        """Fill the empty vote cells of the current unit with 0."""
        current = self.grid.view.currentIndex()
        if current.isValid() and not self._document.read_only and self.finish():
            self._gestures.fill_zero(self._rows.cell(current).row)

    def warn(self, text: str) -> None:
        """Show a hint in place of the keys, for a while."""
        self._hints.warn(text)

    def _make_rows(self, signals: DocumentSignals) -> RegionModel:
        """Make the model of the units' rows: the first entries'."""
        return RegionModel(self._document, signals, self._gestures, self._names, self)

    def _make_grid(self) -> EntryGrid:
        return EntryGrid(self._document.election, self._names, self._rows, self._totals)

    def _make_hints(self) -> HintBar:
        return HintBar()

    def _lay_out(self) -> None:
        heading = QHBoxLayout()
        heading.setSpacing(SPACING.large)
        heading.addWidget(self._title)
        heading.addWidget(self._seal)
        heading.addWidget(self._state)
        heading.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACING.large, SPACING.large, SPACING.large, SPACING.medium)
        layout.setSpacing(SPACING.medium)
        layout.addLayout(heading)
        layout.addWidget(self._subtitle)
        layout.addWidget(self.grid, 1)
        layout.addWidget(self._hints)
        layout.addStretch(0)

    def _connect(self, signals: DocumentSignals) -> None:
        self.grid.stepped.connect(self.stepped)
        self.grid.unit_opened.connect(self._on_grid_unit_opened)
        self.grid.refused.connect(self._on_grid_refused)
        self.grid.current_changed.connect(self._on_grid_current_changed)
        view = self.grid.view
        view.votes_delegate.drafted.connect(self._on_delegate_drafted)
        view.votes_delegate.closed.connect(self._on_delegate_closed)
        totals = self.grid.totals.votes_delegate
        totals.drafted.connect(self._on_totals_drafted)
        totals.closed.connect(self._on_delegate_closed)
        view.cleared.connect(self.clear)
        view.ended.connect(self._on_view_ended)
        view.locked.connect(self._on_view_locked)
        self.grid.totals.cleared.connect(self.clear)
        self._gestures.refused.connect(self._hints.warn)
        signals.figures_changed.connect(self._on_document_figures_changed)
        signals.draft_changed.connect(self._on_document_draft_changed)

    def _active_view(self) -> VotesView:
        return self.grid.totals if self.grid.totals.hasFocus() else self.grid.view

    def _is_form_cell(self, index: QModelIndex) -> bool:
        return index.column() < self._rows.sum_column

    def _plain(self, index: QModelIndex) -> int | None:
        if index.model() is self._totals:
            return self._totals.value(index.row(), index.column())
        return self._rows.value(index)

    def _refresh_heading(self) -> None:
        election = self._document.election
        region = election.regions[self.region]
        result = self._document.live.region(self.region)
        self._title.setText(self._names.text(region.name))
        complete = self.tr("{complete} of {units} units complete").format(
            complete=grouped(result.complete), units=grouped(result.units)
        )
        state = self.tr("read-only") if self._document.read_only else self.tr("open")
        signed = self._document.signing.of(region.key)
        self._state.setText(f"{state} · {complete}" if signed is None else signed_chip(signed))
        self._state.setToolTip("" if signed is None else signed_sentence(signed))
        self._seal.setVisible(signed is not None)
        names = {province.key: self._names.text(province.name) for province in election.pack.provinces}
        parts = [", ".join(names.get(key, key) for key in region.provinces)]
        parts.append(self.tr("{seats} seats").format(seats=region.seats))
        parts.append(short_name(election.pack.rule))
        self._subtitle.setText(" · ".join(filter(None, parts)))

    def _on_grid_unit_opened(self, section: int) -> None:
        self.unit_opened.emit(self._document.election.starts[self.region] + section)

    def _on_view_ended(self) -> None:
        if self._rows.frozen:
            self._on_view_locked()
            return
        region = self._names.text(self._document.election.regions[self.region].name)
        text = self.tr("Last field of {region}. PgDn: next region · F2: change this figure.")
        self._hints.warn(text.format(region=region))
        QApplication.beep()

    def _on_view_locked(self) -> None:
        key = self._document.election.regions[self.region].key
        signed = self._document.signing.of(key)
        if signed is not None:
            self._hints.warn(frozen_hint(self._names, key, signed))
            return
        self._hints.warn(self.tr("This cell takes no figure: it is computed, or the file is open for reading only."))

    def _on_grid_refused(self, reason: Refusal) -> None:
        self._hints.warn(self.tr("Not taken: {reason}.").format(reason=refusal(reason)))

    def _on_grid_current_changed(self, index: QModelIndex) -> None:
        form_cell = index.isValid() and self._is_form_cell(index)
        self.cell_changed.emit(self._rows.cell(index) if form_cell else None)

    def _on_delegate_drafted(self, index: QModelIndex, value: int | None) -> None:
        self._hints.calm()
        self._document.draft(self._rows.cell(index), value)

    def _on_totals_drafted(self, index: QModelIndex, value: int | None) -> None:
        self._hints.calm()
        key = self._totals.key(index.column())
        if key is not None:
            self._document.draft_stated(key, None if value is None else str(value))

    def _on_delegate_closed(self) -> None:
        self._document.drop_draft()

    def _on_document_figures_changed(self, event: FiguresChanged) -> None:
        if self.region in event.regions:
            self._refresh_heading()
            self.grid.fit()

    def _on_document_draft_changed(self, event: DraftChanged) -> None:
        if event.region == self.region:
            self._refresh_heading()
            if event.cell is not None:
                self.grid.make_room(event.cell.column)
