"""The history panel: what happened, newest first; below it everything about the chosen event."""

from itertools import pairwise

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from tally_app.document.document import Document, FiguresChanged
from tally_app.document.history import Wanted
from tally_app.ui.document_signals import DocumentSignals
from tally_app.ui.history.header import HistoryHeader
from tally_app.ui.history.model import HistoryModel
from tally_app.ui.history.occurrences import Occurrences
from tally_app.ui.history.table import HistoryTable
from tally_app.ui.theme import SPACING
from tally_app.wording.names import Names
from tally_app.wording.numbers import counted

_MOST_LINES = 5
"""Lines of an event's details that are seen at once; a form of twenty parties has more, and scrolls."""


class HistoryPanel(QWidget):
    """Everything that happened in the open file, and what it is searched with."""

    region_activated = Signal(object)
    """Key of the region that somebody wants to see; None: the chamber."""
    past_requested = Signal(int)
    """Number of the event after which somebody wants to see the state."""

    def __init__(
        self, document: Document, signals: DocumentSignals, names: Names, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self.model = HistoryModel(document, names, self)
        self.occurrences = Occurrences(document, self)
        self.table = HistoryTable(self.model, self)
        self.header = HistoryHeader(names, self)
        """Title, choosers and search; a dock may take it as its title bar."""
        self.search = self.header.search
        self.state = self.header.state
        self.details = QLabel(self)
        self.past = QPushButton(self.tr("State after this event"), self)
        self._below = QFrame(self)
        self._area = QScrollArea(self)
        self._lay_out()
        self._connect(signals)
        self._show_state()

    @property
    def chosen(self) -> int | None:
        """Number of the chosen event."""
        row = self.table.currentIndex().row()
        return self.model.line(row).seq if 0 <= row < self.model.rowCount() else None

    def use_names(self, names: Names) -> None:
        """Tell everything in another language."""
        self.header.use_names(names)
        self.model.use_names(names)

    def stop(self) -> None:
        """Read no further: the file is being closed."""
        self.model.stop()
        self.occurrences.stop()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to read. Only now all is in one window, and Tab can walk from the choosers to the table."""
        super().showEvent(event)
        header = self.header
        stops = (*header.choosers, header.search, header.export, self.table, self._area, self.past)
        for first, second in pairwise(stops):
            QWidget.setTabOrder(first, second)
        self.model.begin()
        self.occurrences.begin()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the text the height it needs now."""
        super().resizeEvent(event)
        self._fit_details()

    def _lay_out(self) -> None:
        self.table.setAccessibleName(self.tr("History"))
        self.setAccessibleName(self.tr("History"))
        self.details.setProperty("role", "note")
        self.details.setTextFormat(Qt.TextFormat.PlainText)
        self.details.setWordWrap(True)
        self.details.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.past.setToolTip(self.tr("Show the whole count as it was then, in a window of its own (Ctrl+Enter)"))
        self.past.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._area.setWidget(self.details)
        below = QHBoxLayout(self._below)
        below.setContentsMargins(SPACING.card, SPACING.small, SPACING.medium, SPACING.small)
        below.setSpacing(SPACING.large)
        below.addWidget(self._area, 1)
        below.addWidget(self.past, 0, Qt.AlignmentFlag.AlignTop)
        self._below.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._below)
        self.setFocusProxy(self.table)

    def _connect(self, signals: DocumentSignals) -> None:
        signals.figures_changed.connect(self._on_signals_figures_changed)
        self.header.wanted_changed.connect(self._on_header_wanted_changed)
        self.search.returnPressed.connect(self.table.setFocus)
        self.table.opened.connect(self._on_table_opened)
        self.table.past_requested.connect(self._on_table_past_requested)
        self.past.clicked.connect(self._on_past_clicked)
        self.table.selectionModel().currentRowChanged.connect(self._on_selection_current_row_changed)
        self.model.progressed.connect(self._show_state)
        self.model.modelReset.connect(self._on_model_reset)
        self.model.failed.connect(self._on_model_failed)
        self.occurrences.changed.connect(self._on_occurrences_changed)

    def _show_state(self) -> None:
        rows, everything = self.model.rowCount(), self._document.head.seq
        if not self.model.wanted:
            text = counted(everything, self.tr("event"), self.tr("events"))
        elif self.model.searching:
            text = self.tr("Searching…")
        elif not rows:
            text = self.tr("Nothing found")
        else:
            found = counted(rows, self.tr("event"), self.tr("events"))
            text = self.tr("{found} found").format(found=found)
            if not self.model.exhausted:
                text = self.tr("{found} so far").format(found=text)
        self.state.setText(text)

    def _show_details(self, row: int) -> None:
        known = 0 <= row < self.model.rowCount()
        self.details.setText(self.model.line(row).remainder if known else "")
        self.past.setVisible(known)
        self._below.setVisible(known)
        self._fit_details()

    def _fit_details(self) -> None:
        """Take as much height as the text needs, and leave the rest to the table."""
        line = self.details.fontMetrics().lineSpacing()
        needed = self.details.heightForWidth(max(1, self._area.viewport().width()))
        self._area.setFixedHeight(max(line, min(needed, _MOST_LINES * line + SPACING.small)))

    def _on_signals_figures_changed(self, _: FiguresChanged) -> None:
        self.model.add_new()
        self.occurrences.add_new()

    def _on_header_wanted_changed(self, wanted: Wanted) -> None:
        self.model.set_wanted(wanted)
        self._show_state()

    def _on_table_opened(self, row: int) -> None:
        self.region_activated.emit(self.model.line(row).region)

    def _on_table_past_requested(self, row: int) -> None:
        self.past_requested.emit(self.model.line(row).seq)

    def _on_past_clicked(self) -> None:
        if self.chosen is not None:
            self.past_requested.emit(self.chosen)

    def _on_selection_current_row_changed(self, current: QModelIndex) -> None:
        self._show_details(current.row())

    def _on_model_reset(self) -> None:
        self._show_details(-1)
        if self.table.hasFocus() and self.model.rowCount():
            self.table.selectRow(0)
        self._show_state()

    def _on_model_failed(self, message: str) -> None:
        self.details.setText(message)
        self.past.hide()
        self._below.show()

    def _on_occurrences_changed(self) -> None:
        self.header.offer(self.occurrences.found)
