"""Paints a cell of figures and opens its editor."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from tally_app.checks.finding import Severity
from tally_app.exchange.numbers import Refusal
from tally_app.ui.entry.editor import VotesEditor
from tally_app.ui.entry.looks import LOOK_ROLE, Look, Tone
from tally_app.ui.findings.marks import paint_probable
from tally_app.ui.theme import COLOURS, SIZES, SPACING, sized

Index = QModelIndex | QPersistentModelIndex

TONES = {
    Tone.PLAIN: COLOURS.ink,
    Tone.MUTED: COLOURS.muted,
    Tone.DRAFT: COLOURS.accent,
    Tone.BAD: COLOURS.bad,
    Tone.GOOD: COLOURS.good,
}
_MARKS = {Severity.ERROR: COLOURS.bad, Severity.WARNING: COLOURS.warning, Severity.NOTE: COLOURS.muted}
_MARK_WIDTH = 22


class VotesDelegate(QStyledItemDelegate):
    """One editor at a time. A commit that fails leaves it open, so that nothing typed is lost."""

    drafted = Signal(object, object)
    """The index that is typed into and its value so far."""
    refused = Signal(object)
    """A Refusal."""
    left = Signal(object)
    """The cell was committed and left with this Qt.Key."""
    closed = Signal()
    """The editor is gone, whoever closed it: what stood in it counts no longer."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.opened_by_typing = False
        self._editor: VotesEditor | None = None
        self._index = QPersistentModelIndex()
        self._committed = True

    @property
    def typing(self) -> bool:
        """Does something stand in the open cell that is not entered?"""
        return self._editor is not None and self._editor.isModified()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Open a cell."""
        editor = VotesEditor(parent, self.opened_by_typing)
        editor.setFont(sized(option.font, SIZES.entry))
        editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole) or ""))
        editor.drafted.connect(self._on_editor_drafted)
        editor.refused.connect(self.refused)
        editor.left.connect(self._on_editor_left)
        self._editor = editor
        self._index = QPersistentModelIndex(index)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the entered figure, selected; what is being typed stays when the model changes under it."""
        if isinstance(editor, VotesEditor) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Commit the typed text."""
        if not isinstance(editor, VotesEditor):
            return
        if not editor.whole:
            self._committed = False
            self.refused.emit(Refusal.GROUPING)
            return
        self._committed = False  # what was typed stays in its cell, even if the program breaks now
        self._committed = model.setData(index, editor.text())

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """Forget the editor."""
        if editor is self._editor:
            self._editor = None
        super().destroyEditor(editor, index)
        self.closed.emit()

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Leave keys to the editor, and keep it open when the focus goes but its text cannot be entered.

        Qt's own handling of Enter and Tab would commit a second time, that of the focus would drop the text.
        """
        if event.type() == QEvent.Type.KeyPress:
            return False
        if event.type() == QEvent.Type.FocusOut and editor is self._editor:
            self._commit_and_close(self._editor)
            return False
        return super().eventFilter(editor, event)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint ground, figure, marks and, on the current cell, the frame."""
        look: Look = index.data(LOOK_ROLE) or Look()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        self._paint_ground(painter, rect, look, bool(state & QStyle.StateFlag.State_Selected))
        right = _MARK_WIDTH if look.margin else 0
        painter.setPen(QColor(TONES[look.tone]))
        inner = rect.adjusted(SPACING.small, 0, -SPACING.medium - right, 0)
        text = str(index.data() or "")
        painter.setFont(_fitting(sized(option.font, SIZES.entry, look.bold), text, inner.width()))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        if right and (look.tick or look.severity):
            self._paint_row_mark(
                painter, QRectF(rect.right() - _MARK_WIDTH, rect.top(), _MARK_WIDTH, rect.height()), look
            )
        elif look.severity is not None and not right:
            _paint_corner(painter, rect, QColor(_MARKS[look.severity]))
        if look.repair:
            paint_probable(painter, rect.left() + SPACING.medium, rect.right() - SPACING.medium, rect.bottom() - 4)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(COLOURS.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, look: Look, selected: bool) -> None:
        ground = COLOURS.selection if selected else COLOURS.raised if look.computed else COLOURS.base
        painter.fillRect(rect, QColor(ground))
        if look.missing:
            painter.fillRect(rect, QBrush(QColor(COLOURS.border), Qt.BrushStyle.BDiagPattern))

    def _paint_row_mark(self, painter: QPainter, rect: QRectF, look: Look) -> None:
        """✓ where the row adds up, ● or ▲ where it does not; drawn, so that no font can lack them."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = rect.center() - QPointF(2, 0)
        if look.severity is None:
            painter.setPen(QPen(QColor(COLOURS.good), 2))
            tick = [QPointF(-5, 0), QPointF(-1.5, 4), QPointF(5, -4.5)]
            painter.drawPolyline(QPolygonF([centre + point for point in tick]))
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(_MARKS[look.severity]))
        if look.severity == Severity.WARNING:
            painter.drawPolygon(
                QPolygonF([centre + QPointF(-5.5, 4.5), centre + QPointF(5.5, 4.5), centre + QPointF(0, -5)])
            )
        else:
            painter.drawEllipse(centre, 5, 5)

    def _on_editor_drafted(self, value: object) -> None:
        self.drafted.emit(self._index.model().index(self._index.row(), self._index.column()), value)

    def _on_editor_left(self, key: Qt.Key) -> None:
        editor = self._editor
        if editor is None:
            return
        if key == Qt.Key.Key_Escape:
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.RevertModelCache)
            return
        if self._commit_and_close(editor):
            self.left.emit(key)

    def finish(self) -> bool:
        """Enter what stands in the open cell, if one is open; False if it cannot be entered, and stays."""
        return self._editor is None or self._commit_and_close(self._editor)

    def _commit_and_close(self, editor: VotesEditor) -> bool:
        self.commitData.emit(editor)
        if self._committed:
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        elif editor.whole:
            editor.hold()
        return self._committed


def _fitting(font: QFont, text: str, width: int) -> QFont:
    """Return the font, smaller where the text is too wide: a number must never lose its first digits."""
    needed = QFontMetrics(font).horizontalAdvance(text)
    if needed > width > 0:
        font.setPixelSize(max(7, font.pixelSize() * width // needed))
    return font


def _paint_corner(painter: QPainter, rect: QRect, colour: QColor) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    corner = QPointF(rect.topRight()) + QPointF(1, 0)
    painter.drawPolygon(QPolygonF([corner, corner - QPointF(10, 0), corner + QPointF(0, 10)]))
