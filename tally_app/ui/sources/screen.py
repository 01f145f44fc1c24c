"""The screen of stated figures: whose they are, side by side with what is computed, and what the differences mean."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tally_app.count.figures import FigureKey
from tally_app.document.document import Document
from tally_app.document.edit import EditRefused
from tally_app.document.stated_view import Scope, all_findings
from tally_app.document.stating import stated_edit
from tally_app.election.stating import PERCENTAGES
from tally_app.exchange.clipboard import BlockRefused
from tally_app.exchange.numbers import Refusal
from tally_app.exchange.stated_block import read_stated_block
from tally_app.ui.document_signals import DocumentSignals
from tally_app.ui.gestures import Gestures
from tally_app.ui.sources.hints import StatedHints
from tally_app.ui.sources.model import Part, StatedModel
from tally_app.ui.sources.scope_box import ScopeBox
from tally_app.ui.sources.steps import step
from tally_app.ui.sources.table import ROW_HEIGHT, FigureHeader, StatedTable
from tally_app.ui.theme import SPACING
from tally_app.wording.names import Names
from tally_app.wording.numbers import counted
from tally_app.wording.refusals import edit_refusal, stated_refusal
from tally_app.wording.stating import stated_block_refusal

_BORDERS = 4
_WIDEST = 1.4
"""On a wide screen columns grow by this factor at most: figures of one row stay together."""


class StatedScreen(QWidget):
    """What is stated of the chamber, of a region or of a unit."""

    add_wanted = Signal()
    """Somebody wants to add a source."""
    import_wanted = Signal()
    """Somebody wants to import a table."""
    scope_changed = Signal(object)
    """The Scope that is shown now."""

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
        self._stale = False
        self._bar = 0
        self.model = StatedModel(document, gestures, names, self)
        self.table = StatedTable(self.model)
        self._scope_box = ScopeBox(document.election, names)
        self._frame = QFrame()
        self._title = QLabel(self.tr("Stated figures"))
        self._state = QLabel()
        self._about = QLabel()
        self._add = QPushButton(self.tr("Add a source…"))
        self._import = QPushButton(self.tr("Import…"))
        self._hints = StatedHints()
        self._lay_out()
        self._connect(signals)
        self.show_scope(Scope())

    @property
    def scope(self) -> Scope:
        """What is shown."""
        return self.model.scope

    @property
    def warning(self) -> str:
        """The hint that is shown, or nothing."""
        return self._hints.warning

    def finish(self) -> bool:
        """Enter what is being typed; False if that is not possible and the cell stays open."""
        return self.table.votes_delegate.finish()

    def show_scope(self, scope: Scope) -> None:
        """Show another scope, from the first figure of the source that is current."""
        if not self.finish():
            self._scope_box.show_scope(self.scope)
            return
        column = max(1, self.table.currentIndex().column())
        self.model.show_scope(scope)
        self._stale = False
        self._scope_box.show_scope(scope)
        self._say()
        self._fit()
        self.table.go_to(self.model.index(0, min(column, self.model.columnCount() - 1)))
        self.scope_changed.emit(scope)

    def go_to(self, key: FigureKey) -> bool:
        """Show a figure and put the keyboard there; False if it is not shown of such a place, or a cell is open."""
        scope = Scope(key.region, key.unit)
        if scope != self.scope:
            self.show_scope(scope)
        index = self.model.index_of(key)
        if self.scope != scope or not index.isValid():
            return False
        self.table.go_to(index)
        self.table.setFocus()
        return True

    def use_sources(self) -> None:
        """Show the columns of the sources that there are now; the keyboard goes to a new one."""
        before = self.model.columnCount()
        index = self.table.currentIndex()
        self.model.use_sources()
        added = self.model.columnCount() > before
        column = self.model.columnCount() - 3 if added else min(index.column(), self.model.columnCount() - 1)
        self._say()
        self._fit()
        self.table.go_to(self.model.index(0 if added else max(index.row(), 0), column))

    def use_names(self, names: Names) -> None:
        """Show names in another language."""
        self._names = names
        self.model.use_names()
        self._scope_box.show_scope(self.scope)
        self._say()
        self._fit()

    def step(self, by: int) -> None:
        """Go on to the next or previous unit, region, or the chamber before the first."""
        self.show_scope(step(self._document.election, self.scope, by))

    def copy(self) -> None:
        """Copy the selected block as spreadsheets read it."""
        lines = self.table.selected_block()
        if lines:
            text = "\n".join("\t".join(self.model.plain(index) for index in line) for line in lines)
            QGuiApplication.clipboard().setText(text)

    def paste(self) -> None:
        """Take a block from the clipboard down at the current cell: whole, or not at all."""
        text = QGuiApplication.clipboard().text()
        current = self.table.currentIndex()
        if self._document.read_only or not current.isValid() or not text.strip("\r\n"):
            return
        kinds = [row.figure for row in self.model.rows[current.row() :]]
        try:
            block = read_stated_block(text, kinds)
        except BlockRefused as refused:
            kind = kinds[min(refused.row, len(kinds)) - 1]
            self._hints.warn(stated_block_refusal(refused, kind))
            return
        last = self.model.index(current.row() + len(block) - 1, current.column() + len(block[0]) - 1)
        if self.model.cell(current) is None or self.model.cell(last) is None:
            hint = self.tr("Nothing pasted: a block of {rows} × {columns} cells does not fit here.")
            self._hints.warn(hint.format(rows=len(block), columns=len(block[0])))
            return
        figures: dict[FigureKey, str | None] = {}
        for row, line in enumerate(block, current.row()):
            for column, value in enumerate(line, current.column()):
                cell = self.model.cell(self.model.index(row, column))
                if cell is not None and value is not None:
                    figures[cell.key] = value
        self._submit(figures, "paste")

    def clear(self) -> None:
        """Let the selected figures be not stated."""
        if not self._document.read_only:
            cells = (self.model.cell(index) for line in self.table.selected_block() for index in line)
            self._submit({cell.key: None for cell in cells if cell is not None}, "clear")

    def warn(self, text: str) -> None:
        """Show a hint in place of the keys, for a while."""
        self._hints.warn(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out again."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Look at what changed meanwhile."""
        super().showEvent(event)
        if self._stale:
            self._refresh()

    def _lay_out(self) -> None:
        for label, role in ((self._title, "title"), (self._state, "chip"), (self._about, "muted")):
            label.setProperty("role", role)
        for button in (self._add, self._import):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setEnabled(not self._document.read_only)
        heading = QHBoxLayout()
        heading.setSpacing(SPACING.medium)
        heading.addWidget(self._title)
        heading.addWidget(self._state)
        heading.addStretch(1)
        heading.addWidget(self._add)
        heading.addWidget(self._import)
        second = QHBoxLayout()
        second.addWidget(self._scope_box)
        second.addWidget(self._about)
        second.addStretch(1)
        inside = QVBoxLayout(self._frame)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.table)
        row = QHBoxLayout()
        row.addWidget(self._frame, 1)
        row.addStretch(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACING.large, SPACING.large, SPACING.large, SPACING.medium)
        layout.setSpacing(SPACING.medium)
        layout.addLayout(heading)
        layout.addLayout(second)
        layout.addLayout(row, 1)
        layout.addWidget(self._hints)
        layout.addStretch(0)
        self.table.setAccessibleName(self.tr("Stated figures by source"))
        self.setFocusProxy(self.table)

    def _connect(self, signals: DocumentSignals) -> None:
        self._scope_box.chosen.connect(self._on_scope_box_chosen)
        self._add.clicked.connect(self.add_wanted)
        self._import.clicked.connect(self.import_wanted)
        self.table.verticalScrollBar().rangeChanged.connect(self._on_bar_range_changed)
        self.table.refused.connect(self._on_table_refused)
        self.table.stepped.connect(self.step)
        self.table.cleared.connect(self.clear)
        self.table.ended.connect(self._on_table_ended)
        self.table.locked.connect(self._on_table_locked)
        self.table.votes_delegate.drafted.connect(self._on_delegate_drafted)
        self.table.votes_delegate.closed.connect(self._on_delegate_closed)
        self._gestures.refused.connect(self._hints.warn)
        signals.figures_changed.connect(self._on_document_changed)
        signals.draft_changed.connect(self._on_document_changed)
        signals.late_changed.connect(self._on_document_changed)

    def _submit(self, figures: dict[FigureKey, str | None], gesture: str) -> None:
        try:
            edit = stated_edit(self._document.statements, figures, gesture)
        except EditRefused as refused:
            self._hints.warn(edit_refusal(self._names, refused))
            return
        self._gestures.submit(edit)

    def _refresh(self) -> None:
        self._stale = False
        self.model.refresh()
        self._say()
        self._make_room()

    def _say(self) -> None:
        """Say how many figures contradict, and of what they are."""
        found = len({id(finding) for finding in all_findings(self.model.rows)})
        stated = any(cell.text is not None for row in self.model.rows for cell in row.cells)
        if found:
            self._state.setText(counted(found, self.tr("contradiction"), self.tr("contradictions")))
        else:
            self._state.setText(self.tr("all agree") if stated else self.tr("nothing stated yet"))
        region, unit = self.scope
        election = self._document.election
        text = self._names.text(election.pack.title)
        if region is not None and unit is None:
            seats = election.regions[election.region_index[region]].seats
            text = counted(seats, self.tr("seat"), self.tr("seats"))
        elif region is not None:
            text = self.tr("the unit’s own form is what it is compared with")
        self._about.setText(text)

    def _reserved(self) -> int:
        """Return the width of the vertical scroll bar, if there is one [px]."""
        bar = self.table.verticalScrollBar()
        return bar.sizeHint().width() if bar.maximum() else 0

    def _make_room(self) -> None:
        """Widen the columns if a figure needs it; never narrow them meanwhile."""
        if any(need > self.table.columnWidth(c) for c, need in enumerate(self.table.natural_widths())):
            self._fit()

    def _fit(self) -> None:
        header = self.table.verticalHeader()
        names = header.needed_width() if isinstance(header, FigureHeader) else header.width()
        needs = self.table.natural_widths()
        bar = self._bar = self._reserved()
        room = self.width() - 2 * SPACING.large - names - bar - _BORDERS
        factor = min(max(room / sum(needs), 1.0), _WIDEST)
        header.setFixedWidth(names)
        for column, need in enumerate(needs):
            self.table.setColumnWidth(column, int(need * factor))
        used = names + sum(int(need * factor) for need in needs)
        self._frame.setMaximumWidth(used + bar + _BORDERS)
        heading = self.table.horizontalHeader()
        heading.setFixedHeight(heading.sizeHint().height())
        across = self.table.horizontalScrollBar().sizeHint().height() if used > room + names else 0
        self._frame.setMaximumHeight(heading.height() + self.model.rowCount() * ROW_HEIGHT + across + _BORDERS)

    def _on_bar_range_changed(self) -> None:
        if self._bar != self._reserved():
            self._fit()

    def _on_scope_box_chosen(self, scope: Scope) -> None:
        self.show_scope(scope)
        self.table.setFocus()

    def _on_table_refused(self, reason: Refusal) -> None:
        cell = self.model.cell(self.table.currentIndex())
        if cell is None:
            return
        if cell.key.figure in PERCENTAGES:
            text = self.tr("Not taken: here stands {expected}.")
            self._hints.warn(text.format(expected=stated_refusal(cell.key.figure, reason)))
        else:
            text = self.tr("Not taken: {reason}.")
            self._hints.warn(text.format(reason=stated_refusal(cell.key.figure, reason)))

    def _on_table_ended(self) -> None:
        self._hints.warn(self.tr("Last figure of this source. PgDn: next region · F2: change this figure."))
        QApplication.beep()

    def _on_table_locked(self) -> None:
        if self._document.read_only:
            self._hints.warn(self.tr("The file is open for reading only."))
        elif self.model.part(self.table.currentIndex().column()) is not Part.SOURCE:
            self._hints.warn(self.tr("This is computed. What is stated is typed into the column of its source."))

    def _on_delegate_drafted(self, index: QModelIndex, text: str | None) -> None:
        self._hints.calm()
        cell = self.model.cell(index)
        if cell is not None:
            self.model.set_typed((cell.key, text))
            self._make_room()
            self._document.draft_stated(cell.key, text)

    def _on_delegate_closed(self) -> None:
        self.model.set_typed(None)
        self._document.drop_draft()

    def _on_document_changed(self) -> None:
        if self.isVisible():
            self._refresh()
        else:
            self._stale = True
