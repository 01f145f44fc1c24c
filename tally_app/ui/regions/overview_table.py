"""The view both tables of the overview use: hairlines, marks beside figures, block copy, typing of stated figures."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QValidator
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QFrame,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from tally_app.count.figures import FigureKey
from tally_app.exchange.stated_text import may_become_stated
from tally_app.ui.findings.marks import State, paint_probable, paint_state
from tally_app.ui.regions.group_header import PAD, RowHeader, starts_group
from tally_app.ui.regions.overview_model import TotalsModel
from tally_app.ui.regions.table_model import ROLE_MARK, ROLE_PROBABLE, TableModel
from tally_app.ui.theme import COLOURS, SIZES, sized

ROW_HEIGHT = 28
MARK = 8
MARK_GAP = 4
REFUSED = "refused"
"""Property of an editor whose text was not taken."""


class OverviewTable(QTableView):
    """Shows a ``TableModel``.

    *opened* carries the row that somebody wants to see, *left* the column where an arrow key leaves the table: up from
    *first_row* or above, or down from the last row. *retyped*: an editor's text changed, or the editor closed.
    """

    opened = Signal(object)
    left = Signal(int)
    retyped = Signal()
    first_row = 0

    def __init__(self, model: TableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = model
        self._editor: QLineEdit | None = None
        self._edited = QPersistentModelIndex()
        self.setModel(model)
        self.setItemDelegate(FigureDelegate(model, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setProperty("role", "plain")
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QTableView.SelectionMode.ContiguousSelection)
        names = RowHeader(model, self)
        names.setDefaultSectionSize(ROW_HEIGHT)
        self.setVerticalHeader(names)
        names.sectionDoubleClicked.connect(self._on_names_section_double_clicked)
        self.doubleClicked.connect(self._on_self_double_clicked)

    def copy(self) -> None:
        """Copy the selected block as spreadsheets read it."""
        ranges = self.selectionModel().selection()
        if ranges.isEmpty():
            return
        block = ranges.at(0)
        rows = range(block.top(), block.bottom() + 1)
        columns = range(block.left(), block.right() + 1)
        lines = ("\t".join(self._table.plain(row, column) for column in columns) for row in rows)
        QGuiApplication.clipboard().setText("\n".join(lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, clear a stated figure, or open the current row."""
        index = self.currentIndex()
        if self.state() == QTableView.State.EditingState:
            super().keyPressEvent(event)  # the editor's Enter comes here once the editor has taken it
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Qt.Key.Key_Delete and index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.model().setData(index, "")
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self._open(index)
        elif self._leaves(event, index.row()):
            self.left.emit(index.column())
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Go on to the next figure after Enter; keep a refused text open until it is mended or Esc takes it back."""
        if editor.property(REFUSED) and hint != QAbstractItemDelegate.EndEditHint.RevertModelCache:
            QTimer.singleShot(0, editor, self._return_to_editor)
            return
        self._editor = None
        super().closeEditor(editor, hint)
        self.retyped.emit()
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self.setCurrentIndex(self.model().index(self.currentIndex().row(), self.currentIndex().column() + 1))

    def edit_with(self, editor: QLineEdit, index: QModelIndex | QPersistentModelIndex) -> None:
        """Take note of the open editor."""
        self._editor, self._edited = editor, QPersistentModelIndex(index)  # type: ignore[arg-type,unused-ignore]
        editor.textEdited.connect(self._on_editor_text_edited)

    def drop_editor(self) -> None:
        """Close the editor without taking its text, if there is one."""
        if self._editor is not None:
            self.closeEditor(self._editor, QAbstractItemDelegate.EndEditHint.RevertModelCache)

    def _leaves(self, event: QKeyEvent, row: int) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if event.key() == Qt.Key.Key_Up:
            return 0 <= row <= self.first_row
        return event.key() == Qt.Key.Key_Down and row == self.model().rowCount() - 1

    def _return_to_editor(self) -> None:
        """Take the keyboard back from another cell of this table; what is elsewhere keeps it."""
        if self._editor is None:
            return
        self.setCurrentIndex(self.model().index(self._edited.row(), self._edited.column()))
        if self.hasFocus():
            self._editor.setFocus()

    def _on_editor_text_edited(self) -> None:
        if self._editor is not None:
            self._editor.setProperty(REFUSED, False)
        self.retyped.emit()

    def _open(self, index: QModelIndex) -> None:
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)
        else:
            self.opened.emit(index.row())

    def _on_self_double_clicked(self, index: QModelIndex) -> None:
        if not index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.opened.emit(index.row())

    def _on_names_section_double_clicked(self, section: int) -> None:
        self.opened.emit(section)


class FigureDelegate(QStyledItemDelegate):
    """Paints a figure with its mark and its lines; edits stated figures."""

    def __init__(self, model: TableModel, table: OverviewTable) -> None:
        super().__init__(table)
        self._model = model
        self._table = table

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one cell: its ground and lines, the figure, and a mark on its left."""
        rect = option.rect
        row, column = index.row(), index.column()
        painter.save()
        self._paint_ground(painter, option, row, column)
        text = self._model.text(row, column)
        colour, bold = self._model.look(row, column)
        font = sized(option.font, SIZES.base, bold)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        inner = rect.adjusted(0, 0, -PAD, 0)
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        if index.data(ROLE_PROBABLE):
            width = QFontMetrics(font).horizontalAdvance(text)
            paint_probable(painter, inner.right() - width, inner.right(), rect.bottom() - 5)
        mark = str(index.data(ROLE_MARK) or "")
        if mark:
            left = inner.right() - QFontMetrics(font).horizontalAdvance(text) - MARK - MARK_GAP
            paint_state(painter, QRectF(left, rect.center().y() - MARK / 2 + 0.5, MARK, MARK), State(mark))
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, row: int, column: int) -> None:
        rect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, QColor(COLOURS.selection if selected else self._model.ground(row)))
        painter.setPen(QColor(COLOURS.hairline))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if starts_group(self._model, column):
            painter.setPen(QColor(COLOURS.border))
            painter.drawLine(rect.topLeft(), rect.bottomLeft())
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(COLOURS.accent))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def createEditor(
        self, parent: QWidget, _: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        """Open a field that refuses impossible keys."""
        editor = QLineEdit(parent)
        editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        editor.setFrame(False)
        editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        key = self._model.key(index.column()) if isinstance(self._model, TotalsModel) else None
        if key is not None:
            editor.setValidator(StatedValidator(key, editor))
        self._table.edit_with(editor, index)
        return editor

    def setModelData(
        self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Hand over what was typed."""
        if isinstance(editor, QLineEdit):
            taken = model.setData(index, editor.text())  # type: ignore[arg-type,unused-ignore]
            editor.setProperty(REFUSED, not taken)


class StatedValidator(QValidator):
    """Refuses a key that no figure of this kind can have."""

    def __init__(self, key: FigureKey, parent: QObject) -> None:
        super().__init__(parent)
        self._key = key

    def validate(self, text: str, position: int) -> object:
        """Let everything pass that may still become a figure."""
        possible = may_become_stated(self._key.figure, text)
        return (QValidator.State.Acceptable if possible else QValidator.State.Invalid), text, position
