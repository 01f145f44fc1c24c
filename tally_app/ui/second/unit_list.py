"""Ctrl+U: every unit, how far it is and for whom it waits; type to search, Enter goes there."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from tally_app.count.figures import Cell
from tally_app.document.document import Document
from tally_app.document.unit_states import STATES
from tally_app.ui.second.unit_model import Part, UnitModel
from tally_app.ui.theme import SPACING
from tally_app.wording.names import Names
from tally_app.wording.numbers import grouped
from tally_app.wording.units import state_name

_SIZE = (940, 520)
_WIDTHS = {Part.UNIT: 180, Part.REGION: 110, Part.STATE: 160, Part.WAITS: 200, Part.FIRST: 110}
_ALL = "all"
_MINE = "mine"
_LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class UnitList(QDialog):
    """Finds units by state, region and name."""

    chosen = Signal(object)
    """The Cell to go to: the unit's first."""

    def __init__(
        self,
        document: Document,
        names: Names,
        region: int | None,
        *,
        second: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """*region*: the one that is shown; *second*: a second clerk asks, who sees first what waits for them."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Units"))
        self._document = document
        self._names = names
        self.search = QLineEdit()
        self.states = QComboBox()
        self.regions = QComboBox()
        self.count = QLabel()
        self.model = UnitModel(document, names, self)
        self.table = QTableView()
        self._fill_boxes()
        self._lay_out()
        if second:
            self.states.setCurrentIndex(self.states.findData(_MINE))
        self._refresh()
        if region is not None:
            self._select(document.election.starts[region])
        self.search.textChanged.connect(self._refresh)
        self.states.currentIndexChanged.connect(self._refresh)
        self.regions.currentIndexChanged.connect(self._refresh)
        self.search.installEventFilter(self)
        self.table.installEventFilter(self)
        self.table.doubleClicked.connect(self._on_table_double_clicked)
        self.search.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows move in the list while the text is being typed, and Enter go to the unit."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._go(self.table.currentIndex())
                return True
            if watched is self.search and event.key() in _LIST_KEYS:
                QApplication.sendEvent(self.table, event)
                return True
        return super().eventFilter(watched, event)

    def _fill_boxes(self) -> None:
        doubled = self._document.second.active
        counts = self._document.states.counts()
        self.states.addItem(self.tr("All states"), _ALL)
        if doubled:
            mine = self.tr("Second entry by {operator}").format(operator=self._document.operator)
            self.states.addItem(mine, _MINE)
        for state in STATES:
            if doubled or counts[state]:
                name = state_name(state, double_entry=doubled)
                self.states.addItem(f"{name[:1].upper()}{name[1:]} ({grouped(counts[state])})", state)
        self.states.setAccessibleName(self.tr("Show units that are"))
        self.regions.addItem(self.tr("All regions"), None)
        for position, each in enumerate(self._document.election.regions):
            self.regions.addItem(self._names.text(each.name), position)
        self.regions.setAccessibleName(self.tr("Show the units of"))
        for box in (self.states, self.regions):
            box.setMaxVisibleItems(20)

    def _lay_out(self) -> None:
        self.search.setPlaceholderText(self.tr("Name or key of a unit or region"))
        self.search.setAccessibleName(self.tr("Name or key of a unit or region"))
        self.search.setClearButtonEnabled(True)
        self.count.setProperty("role", "muted")
        self._prepare_table()
        bar = QHBoxLayout()
        bar.setSpacing(SPACING.medium)
        bar.addWidget(self.search, 1)
        bar.addWidget(self.states)
        bar.addWidget(self.regions)
        hint = QLabel(self.tr("↑ ↓ choose · Enter goes to the unit · Esc closes"))
        hint.setProperty("role", "muted")
        foot = QHBoxLayout()
        foot.addWidget(self.count, 1)
        foot.addWidget(hint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACING.large, SPACING.large, SPACING.large, SPACING.medium)
        layout.setSpacing(SPACING.medium)
        layout.addLayout(bar)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)
        self.resize(*_SIZE)

    def _prepare_table(self) -> None:
        self.table.setModel(self.model)
        self.table.setProperty("role", "plain")
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.verticalHeader().setDefaultSectionSize(SPACING.row)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for part, width in _WIDTHS.items():
            self.table.setColumnWidth(part, width)
        self.table.setAccessibleName(self.tr("Units"))

    def _refresh(self) -> None:
        self.model.show_units(self._wanted(), self.search.text())
        units = grouped(self._document.election.unit_count)
        text = self.tr("{shown} of {units} units").format(shown=grouped(self.model.rowCount()), units=units)
        self.count.setText(text)
        if self.model.rowCount():
            self.table.selectRow(0)

    def _wanted(self) -> NDArray[np.int64]:
        states, region = self._document.states, self.regions.currentData()
        state = self.states.currentData()
        if state == _MINE:
            return states.waiting_for(self._document.operator, region)
        return states.rows(STATES if state == _ALL else (state,), region)

    def _select(self, unit: int) -> None:
        row = self.model.row_from(unit)
        if row < self.model.rowCount():
            self.table.selectRow(row)
            self.table.scrollTo(self.model.index(row, 0))

    def _go(self, index: QModelIndex) -> None:
        if index.isValid():
            cell = Cell(self.model.unit(index.row()), 0)
            self.accept()
            self.chosen.emit(cell)

    def _on_table_double_clicked(self, index: QModelIndex) -> None:
        self._go(index)
