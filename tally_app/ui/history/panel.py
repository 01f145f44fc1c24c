"""The history panel: time, who and what, newest first; Enter or double-click goes to the region."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLabel, QLineEdit, QTableView, QVBoxLayout, QWidget

from tally_app.document.document import Document, FiguresChanged
from tally_app.ui.document_signals import DocumentSignals
from tally_app.ui.history.model import HistoryModel, Part
from tally_app.ui.theme import SPACING
from tally_app.wording.names import Names
from tally_app.wording.numbers import counted

_SEARCH_WIDTH = 220


class HistoryTable(QTableView):
    """Shows a ``HistoryModel``; *opened* carries the row whose place somebody wants to see."""

    opened = Signal(int)

    def __init__(self, model: HistoryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setProperty("role", "plain")
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(SPACING.row)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        digits = self.fontMetrics().horizontalAdvance("0000-00-00 00:00:00")
        self.setColumnWidth(Part.TIME, digits + 3 * SPACING.medium)
        self.setColumnWidth(Part.WHO, digits)
        self.doubleClicked.connect(self._on_self_double_clicked)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin with the newest event."""
        super().focusInEvent(event)
        if not self.selectionModel().hasSelection() and self.model().rowCount():
            self.selectRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the current event with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def _on_self_double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(index.row())


class HistoryPanel(QWidget):
    """Everything that happened in the open file, and a line to search it with."""

    region_activated = Signal(object)
    """Key of the region that somebody wants to see; None: the chamber."""

    def __init__(
        self, document: Document, signals: DocumentSignals, names: Names, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self.model = HistoryModel(document, names, self)
        self.table = HistoryTable(self.model, self)
        self.header = QWidget(self)
        """Title and search; a dock may take it as its title bar."""
        self.search = QLineEdit(self)
        self._title = QLabel(self)
        self.state = QLabel(self)
        self.details = QLabel(self)
        self._lay_out()
        self._connect(signals)
        self._show_state()

    def use_names(self, names: Names) -> None:
        """Tell everything in another language."""
        self.model.use_names(names)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to read."""
        super().showEvent(event)
        self.model.begin()

    def _lay_out(self) -> None:
        self._title.setText(self.tr("History"))
        self._title.setProperty("role", "section")
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(_SEARCH_WIDTH)
        self.search.setAccessibleName(self.tr("Search the history"))
        self.table.setAccessibleName(self.tr("History"))
        self.setAccessibleName(self.tr("History"))
        bar = QHBoxLayout(self.header)
        bar.setContentsMargins(SPACING.card, SPACING.small, SPACING.medium, SPACING.small)
        bar.setSpacing(SPACING.medium)
        bar.addWidget(self._title, 1)
        bar.addWidget(self.state)
        bar.addWidget(self.search)
        for label in (self.state, self.details):
            label.setProperty("role", "muted")
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.details.setProperty("role", "note")
        self.details.setWordWrap(True)
        self.details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.details.setContentsMargins(SPACING.card, SPACING.small, SPACING.card, SPACING.small)
        self.details.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.details)
        self.setFocusProxy(self.table)

    def _connect(self, signals: DocumentSignals) -> None:
        signals.figures_changed.connect(self._on_signals_figures_changed)
        self.search.textChanged.connect(self.model.set_wanted)
        self.search.returnPressed.connect(self.table.setFocus)
        self.table.opened.connect(self._on_table_opened)
        self.table.selectionModel().currentRowChanged.connect(self._on_selection_current_row_changed)
        self.model.progressed.connect(self._show_state)
        self.model.modelReset.connect(self._on_model_reset)
        self.model.failed.connect(self._on_model_failed)

    def _show_state(self) -> None:
        rows, everything = self.model.rowCount(), self._document.head.seq
        if not self.search.text().strip():
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
        text = self.model.line(row).remainder if 0 <= row < self.model.rowCount() else ""
        self.details.setText(text)
        self.details.setVisible(bool(text))

    def _on_signals_figures_changed(self, _: FiguresChanged) -> None:
        self.model.add_new()

    def _on_table_opened(self, row: int) -> None:
        self.region_activated.emit(self.model.line(row).region)

    def _on_selection_current_row_changed(self, current: QModelIndex) -> None:
        self._show_details(current.row())

    def _on_model_reset(self) -> None:
        self._show_details(-1)
        self._show_state()

    def _on_model_failed(self, message: str) -> None:
        self.details.setText(message)
        self.details.show()
