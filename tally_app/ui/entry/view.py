"""A table that is filled by keyboard.

Digits open a cell, Enter and Tab walk in ballot order, arrows move as in a spreadsheet.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QTableView, QWidget

from tally_app.exchange.numbers import NumberRefused, read_typed
from tally_app.ui.entry.delegate import VotesDelegate

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_ARROWS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
_SINGLE = QItemSelectionModel.SelectionFlag.ClearAndSelect


class VotesView(QTableView):
    """The keyboard's flow over a model of figures."""

    refused = Signal(object)
    """A Refusal: a key that no cell takes."""
    stepped = Signal(int)
    """PgUp (−1) or PgDn (+1): to another region."""
    walked_off = Signal(int)
    """An arrow up (−1) or down (+1) over the edge."""
    ended = Signal()
    """Enter or Tab at the last field: there is none after it."""
    locked = Signal()
    """A digit was typed into a cell that takes none."""
    cleared = Signal()
    """Delete: make the selected cells not entered."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ended = False
        self.passes_over: Callable[[int], bool] = _none
        """Rows that Enter and Tab do not stop in, unless they are in them already."""
        self.only_row: int | None = None
        """The only row that the keyboard visits; None: every row."""
        self.votes_delegate = VotesDelegate(self)
        self.setItemDelegate(self.votes_delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        self.votes_delegate.refused.connect(self.refused)
        self.votes_delegate.left.connect(self._on_delegate_left)

    def edit(  # type: ignore[override]  # Qt has two overloads; the one without trigger is not used
        self, index: QModelIndex, trigger: QAbstractItemView.EditTrigger, event: QEvent
    ) -> bool:
        """Open a cell, remembering whether typing opened it."""
        self.votes_delegate.opened_by_typing = trigger == QAbstractItemView.EditTrigger.AnyKeyPressed
        return super().edit(index, trigger, event)

    def event(self, event: QEvent) -> bool:
        """Take Tab before Qt moves the focus with it; F6 leaves the table."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and Qt.Key(event.key()) in _TABS:
            self.keyPressEvent(event)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, clear, or open a cell with a digit."""
        key = Qt.Key(event.key())
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        shift = bool(plain & Qt.KeyboardModifier.ShiftModifier)
        control = bool(plain & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier))
        if key in _ENTER or key in _TABS:
            self._on_delegate_left(Qt.Key.Key_Backtab if shift or key == Qt.Key.Key_Backtab else Qt.Key.Key_Tab)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) and not control:
            self.stepped.emit(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not control:
            self.cleared.emit()
        elif key == Qt.Key.Key_F2:
            self._ended = False
            if not self._takes_figures():
                self.locked.emit()
            super().keyPressEvent(event)
        elif key in _ARROWS and not shift and not control:
            self._ended = False
            self._move(*_ARROWS[key])
        elif self._is_refused(event.text()) and not control:
            event.accept()
        elif event.text().strip() and not control and not self._takes_figures():
            self.locked.emit()
        elif self._ended and not control and event.text().strip():
            self.ended.emit()  # the next form's first digit must not overwrite this one's last figure
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Stay where a text cannot be entered."""
        if self.votes_delegate.finish():
            super().mousePressEvent(event)

    def advance(self, forward: bool) -> None:
        """Go to the next or previous cell that takes a figure, row after row; stay at the end."""
        current = self.currentIndex()
        model = self.model()
        width = model.columnCount()
        position = current.row() * width + current.column()
        step = 1 if forward else -1
        last = model.rowCount() * width
        while 0 <= position + step < last:
            position += step
            row = position // width
            if row != current.row() and self.passes_over(row):
                position = (row + 1) * width - 1 if forward else row * width
                continue
            index = model.index(row, position % width)
            if index.flags() & Qt.ItemFlag.ItemIsEditable:
                self.go_to(index)
                return
        if forward:
            self._ended = True
            self.ended.emit()

    def go_to(self, index: QModelIndex) -> None:
        """Make a cell the current one, alone selected, in sight."""
        self.selectionModel().setCurrentIndex(index, _SINGLE)
        self.scrollTo(index)

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Forget that the end was reached."""
        self._ended = False
        super().currentChanged(current, previous)

    def selected_block(self) -> list[list[QModelIndex]]:
        """Return the selected cells, row by row."""
        rows: dict[int, list[QModelIndex]] = {}
        for index in sorted(self.selectedIndexes(), key=_position):
            rows.setdefault(index.row(), []).append(index)
        return [rows[row] for row in sorted(rows)]

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Close an editor and keep the focus in the table."""
        had_focus = editor.hasFocus()
        super().closeEditor(editor, hint)
        if had_focus:
            self.setFocus()

    def _move(self, rows: int, columns: int) -> None:
        current = self.currentIndex()
        target = (
            current.siblingAtRow(current.row() + rows) if rows else current.siblingAtColumn(current.column() + columns)
        )
        elsewhere = self.only_row is not None and target.row() != self.only_row
        if target.isValid() and not elsewhere:
            self.go_to(target)
        elif rows:
            self.walked_off.emit(rows)

    def _takes_figures(self) -> bool:
        return bool(self.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable)

    def _is_refused(self, text: str) -> bool:
        if not text or not text.isprintable() or text.isspace():
            return False
        try:
            refused = read_typed(text).value is None
        except NumberRefused as refusal:
            self.refused.emit(refusal.reason)
            return True
        return refused

    def _on_delegate_left(self, key: Qt.Key) -> None:
        if key in _TABS:
            self.advance(key == Qt.Key.Key_Tab)
        elif key in _ARROWS:
            self._move(*_ARROWS[key])
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.stepped.emit(1 if key == Qt.Key.Key_PageDown else -1)


def _none(_: int) -> bool:
    return False


def _position(index: QModelIndex) -> tuple[int, int]:
    return index.row(), index.column()
