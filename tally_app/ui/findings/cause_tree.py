"""The tree of causes: Right opens one, Left closes it, Enter leads to the cell."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QTreeView, QWidget

from tally_app.ui.findings.cause_model import CauseModel
from tally_app.ui.findings.table import FindingDelegate
from tally_app.ui.findings.texts import Part
from tally_app.ui.findings.widths import MARK_WIDTH, TEXTS, Widths

_MEASURED = 40
_INDENT = 16


class CauseTree(QTreeView):
    """Shows a ``CauseModel``; what is selected and what is open stays so when the findings change."""

    opened = Signal(object)
    """The QModelIndex of the line whose place somebody wants to see."""
    selected = Signal()
    """Another line is current, or none."""

    def __init__(self, model: CauseModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._causes = model
        self._widths = Widths()
        self._current: object = None
        self._expanded: list[object] = []
        self.setModel(model)
        self.setItemDelegate(FindingDelegate(self.font(), self))
        self.setHeaderHidden(True)
        self.header().setMinimumSectionSize(0)
        self.header().setStretchLastSection(False)
        self.setUniformRowHeights(True)
        self.setIndentation(_INDENT)
        self.setAllColumnsShowFocus(True)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(self.tr("Findings by cause"))
        model.modelAboutToBeReset.connect(self._on_model_about_to_be_reset)
        model.modelReset.connect(self._on_model_reset)
        self.clicked.connect(self._on_self_clicked)
        self.doubleClicked.connect(self._on_self_double_clicked)
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the current line's place with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out again."""
        super().resizeEvent(event)
        self._share_width()

    def go_to(self, index: QModelIndex) -> None:
        """Make a line current, in sight."""
        if index.isValid():
            self.setCurrentIndex(index.siblingAtColumn(0))
            self.scrollTo(index)

    def _share_width(self) -> None:
        widths = self._widths.shared(self.viewport().width(), MARK_WIDTH + 2 * _INDENT)
        for part in Part:
            self.setColumnHidden(part, part not in widths)
            if part in widths and self.columnWidth(part) != widths[part]:
                self.setColumnWidth(part, widths[part])

    def _measure(self) -> None:
        self._widths.forget()
        tops = [self._causes.index(row, 0) for row in range(min(self._causes.rowCount(), _MEASURED))]
        rows = [
            *tops,
            *(self._causes.index(leaf, 0, top) for top in tops for leaf in range(self._causes.rowCount(top))),
        ]
        for part in TEXTS:
            self._widths.measure(part, (str(row.siblingAtColumn(part).data() or "") for row in rows), self.font())
        self._share_width()

    def _on_model_about_to_be_reset(self) -> None:
        current = self.currentIndex()
        self._current = self._causes.key(current) if current.isValid() else None
        tops = (self._causes.index(row, 0) for row in range(self._causes.rowCount()))
        self._expanded = [self._causes.key(top) for top in tops if self.isExpanded(top)]

    def _on_model_reset(self) -> None:
        for key in self._expanded:
            index = self._causes.find(key)
            if index.isValid():
                self.expand(index)
        self._measure()
        if self._current is not None:
            self.go_to(self._causes.find(self._current))
        self.selected.emit()

    def _on_self_clicked(self, index: QModelIndex) -> None:
        if index.column() == Part.LINK:
            self.opened.emit(index)

    def _on_self_double_clicked(self, index: QModelIndex) -> None:
        if index.column() != Part.LINK:
            self.opened.emit(index)

    def _on_current_changed(self) -> None:
        self.selected.emit()
