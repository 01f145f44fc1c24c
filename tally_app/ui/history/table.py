"""The history's table: Enter goes where the event was, Ctrl+Enter shows the state after it; a menu says so."""

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from tally_app.ui.history.model import HistoryModel, Part
from tally_app.ui.theme import SPACING

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class HistoryTable(QTableView):
    """Shows a ``HistoryModel``. The signals carry a row."""

    opened = Signal(int)
    """Somebody wants to see its place."""
    past_requested = Signal(int)
    """Somebody wants to see the state after it."""

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
        self.setColumnWidth(Part.NUMBER, self.fontMetrics().horizontalAdvance("000,000") + 2 * SPACING.medium)
        self.setColumnWidth(Part.TIME, digits + 3 * SPACING.medium)
        self.setColumnWidth(Part.WHO, digits)
        self._add_menu()
        self.doubleClicked.connect(self._on_self_double_clicked)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin with the newest event."""
        super().focusInEvent(event)
        if not self.selectionModel().hasSelection() and self.model().rowCount():
            self.selectRow(0)

    def event(self, event: QEvent) -> bool:
        """Take Ctrl+Enter also where the window has it as a shortcut of its own."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _ENTER:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the current event with Enter, its moment with Ctrl+Enter."""
        if event.key() in _ENTER and self.currentIndex().isValid():
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._on_past_triggered()
            else:
                self._on_place_triggered()
            return
        super().keyPressEvent(event)

    def _add_menu(self) -> None:
        """Offer the same by a menu, which tells the keys; the table itself takes them."""
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        ctrl_enter = QKeySequence("Ctrl+Return").toString(QKeySequence.SequenceFormat.NativeText)
        past = QAction(self.tr("Show the state after this event") + f"\t{ctrl_enter}", self)
        past.triggered.connect(self._on_past_triggered)
        place = QAction(self.tr("Go to its region") + f"\t{self.tr('Return')}", self)
        place.triggered.connect(self._on_place_triggered)
        self.addActions([past, place])

    def _on_past_triggered(self) -> None:
        if self.currentIndex().isValid():
            self.past_requested.emit(self.currentIndex().row())

    def _on_place_triggered(self) -> None:
        if self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())

    def _on_self_double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(index.row())
