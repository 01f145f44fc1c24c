"""The table of findings: one line each, widths shared out by what there is to read."""

from collections.abc import Iterable

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from tally_app.ui.cell_text import CellText
from tally_app.ui.findings.ledger import Entry
from tally_app.ui.findings.marks import State, paint_state
from tally_app.ui.findings.model import FindingsModel
from tally_app.ui.findings.texts import ROLE_LOOK, ROLE_STATE, Look, Part
from tally_app.ui.findings.widths import TEXTS, Widths
from tally_app.ui.theme import COLOURS

ROW_HEIGHT = 28
_LEAST_HEIGHT = 25
_MARK = 11
_MARGIN = 3
"""What a style leaves free at each side of a text."""
_ALIGNMENT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_ALONE = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
_MEASURED = 60  # rows that decide how wide the columns are: more than a screen shows


class FindingsTable(QTableView):
    """Shows a ``FindingsModel``; *opened* carries the row whose place somebody wants to see."""

    opened = Signal(object)

    def __init__(self, model: FindingsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._findings = model
        self.setModel(model)
        self.setItemDelegate(FindingDelegate(self.font(), self))
        self.setProperty("role", "plain")
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(0)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self._widths = Widths()
        self._pressed: int | None = None
        self._shrinking = QTimer(self)
        self._shrinking.setSingleShot(True)
        self._shrinking.setInterval(0)
        self._measure_all()
        self._connect()

    def _connect(self) -> None:
        self._findings.rowsInserted.connect(self._on_model_rows_inserted)
        self._findings.rowsRemoved.connect(self._on_model_rows_removed)
        self._shrinking.timeout.connect(self._measure_all)
        self._findings.dataChanged.connect(self._on_model_data_changed)
        self._findings.modelReset.connect(self._on_model_reset)
        self.doubleClicked.connect(self._on_self_double_clicked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the current finding with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def selected(self) -> list[Entry]:
        """Return the selected findings, from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._findings.entry(row) for row in rows if row < self._findings.rowCount()]

    def go_to(self, row: int) -> None:
        """Select one row alone, in sight; whatever keys are held, as ``selectRow`` would not."""
        index = self._findings.index(row, Part.CODE)
        self.selectionModel().setCurrentIndex(index, _ALONE)
        self.scrollTo(index)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember a link that is pressed: selecting its row may move the columns under the pointer."""
        index = self.indexAt(event.position().toPoint())
        link = index.column() == Part.LINK and event.button() == Qt.MouseButton.LeftButton
        self._pressed = index.row() if link else None
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Follow a link."""
        super().mouseReleaseEvent(event)
        row, self._pressed = self._pressed, None
        if row is not None and self.rowAt(int(event.position().y())) == row:
            self.opened.emit(row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show a hand over the links."""
        over_link = self.indexAt(event.position().toPoint()).column() == Part.LINK
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over_link else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out again."""
        super().resizeEvent(event)
        self._share_width()

    def _measure(self, first: int, last: int, parts: Iterable[Part] = TEXTS) -> None:
        """Let columns grow with the texts of some rows."""
        for part in parts:
            texts = [str(self._findings.index(row, part).data()) for row in range(first, last + 1)]
            self._widths.measure(part, texts, self.font())
        self._share_width()

    def _measure_all(self) -> None:
        self._widths.forget()
        self._measure(0, min(self._findings.rowCount(), _MEASURED) - 1)

    def _share_width(self) -> None:
        widths = self._widths.shared(self.viewport().width())
        for part in Part:
            self.setColumnHidden(part, part not in widths)
            if part in widths and self.columnWidth(part) != widths[part]:
                self.setColumnWidth(part, widths[part])

    def _on_model_rows_inserted(self, _: QModelIndex, first: int, last: int) -> None:
        self._measure(first, last)

    def _on_model_rows_removed(self) -> None:
        # Once for all rows that go together, and after those that come in their place.
        self._shrinking.start()

    def _on_model_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        # Only the sentence: the rest is what makes it the same finding. This happens to many rows at each key press.
        self._measure(first.row(), last.row(), (Part.WHAT,))

    def _on_model_reset(self) -> None:
        self._measure_all()

    def _on_self_double_clicked(self, index: QModelIndex) -> None:
        if index.column() != Part.LINK:
            self.opened.emit(index.row())


class FindingDelegate(QStyledItemDelegate):
    """Paints the mark, the texts, and a hairline under each row."""

    def __init__(self, font: QFont, parent: QObject | None = None) -> None:
        """*font*: the program's."""
        super().__init__(parent)
        self._text = CellText(font)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Ask for air above and below the text, where the view asks."""
        return super().sizeHint(option, index).expandedTo(QSize(0, _LEAST_HEIGHT))

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Keep each text's own colour in the selected row."""
        super().initStyleOption(option, index)
        colour = option.palette.color(QPalette.ColorRole.Text)
        option.palette.setColor(QPalette.ColorRole.HighlightedText, colour)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one cell: a finding's straight, anything else as the style does."""
        look: Look | None = index.data(ROLE_LOOK)
        rect: QRect = option.rect
        painter.save()
        if look is None:
            super().paint(painter, option, index)
        else:
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(rect, QColor(COLOURS.selection))
            room = rect.adjusted(_MARGIN, 0, -_MARGIN, 0)
            self._text.paint(painter, room, look.text, QColor(look.ink), _ALIGNMENT, look.size, bold=look.bold)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(COLOURS.raised))
        painter.restore()
        if index.column() == Part.MARK:
            box = QRectF(0, 0, _MARK, _MARK)
            box.moveCenter(QRectF(rect).center())
            paint_state(painter, box, State(index.data(ROLE_STATE)))
