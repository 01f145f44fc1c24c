"""Files that were open lately."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from tally_app.ui.icons import IconName, own_icon
from tally_app.ui.theme import COLOURS, SIZES, SPACING, sized

ROW_HEIGHT = 52
_CROSS = 28
_BADGE = 68
_ICON = 32
_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()  # never changed: Qt's "no parent"


class RecentFile(NamedTuple):
    """A file that was open. *missing*: it is no longer there."""

    path: Path
    title: str
    opened: datetime | None = None
    training: bool = False
    missing: bool = False


class RecentModel(QAbstractListModel):
    """Recent files, the latest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files: list[RecentFile] = []

    def set_files(self, files: Sequence[RecentFile]) -> None:
        """Show other files."""
        self.beginResetModel()
        self._files = list(files)
        self.endResetModel()

    def file(self, row: int) -> RecentFile:
        """Return the file of a row."""
        return self._files[row]

    @property
    def training_text(self) -> str:
        """The mark of a training file."""
        return self.tr("TRAINING")

    def status(self, file: RecentFile) -> str:
        """Return when a file was open last, or that it is gone."""
        if file.missing:
            return self.tr("not found")
        return f"{file.opened:%Y-%m-%d %H:%M}" if file.opened else ""

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        """Return how many files there are."""
        return 0 if parent.isValid() else len(self._files)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer with the title, and with everything for tooltips and screen readers."""
        if not index.isValid():
            return None
        file = self._files[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return file.title
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            training = self.tr("training") if file.training else ""
            return "\n".join(part for part in (file.title, training, str(file.path), self.status(file)) if part)
        return None


class RecentList(QListView):
    """Opens a file with Enter or a click, and forgets it with Delete or the cross on its right."""

    opened = Signal(object)
    removed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.files = RecentModel(self)
        self.setModel(self.files)
        self.setItemDelegate(RecentDelegate(self.files, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setStyleSheet("QListView { border: 0; }")
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open or forget the current file."""
        row = self.currentIndex().row()
        if row >= 0 and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(row)
        elif row >= 0 and event.key() == Qt.Key.Key_Delete:
            self.removed.emit(self.files.file(row).path)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open a file, or forget it where the cross is."""
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        if point.x() > self.visualRect(index).right() - _CROSS:
            self.removed.emit(self.files.file(index.row()).path)
        else:
            self._open(index.row())

    def _open(self, row: int) -> None:
        if not self.files.file(row).missing:
            self.opened.emit(self.files.file(row).path)


class RecentDelegate(QStyledItemDelegate):
    """Paints a file's title, when it was open, and where it is, beside the icon that the desktop shows for it."""

    def __init__(self, files: RecentModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._files = files
        self._icons: dict[IconName, QIcon] = {}

    def sizeHint(self, _: QStyleOptionViewItem, __: QModelIndex | QPersistentModelIndex) -> QSize:
        """Two lines of text."""
        return QSize(200, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one file."""
        file, rect = self._files.file(index.row()), option.rect
        painter.save()
        active = bool(option.state & QStyle.StateFlag.State_MouseOver)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if active or focused:
            painter.fillRect(rect, QColor(COLOURS.selection if focused else COLOURS.raised))
        inner = rect.adjusted(SPACING.large, SPACING.medium - 1, -_CROSS - SPACING.small, -SPACING.medium)
        icon = QRect(inner.x(), inner.y() + (inner.height() - _ICON) // 2, _ICON, _ICON)
        mode = QIcon.Mode.Disabled if file.missing else QIcon.Mode.Normal
        self._icon("training" if file.training else "tally").paint(painter, icon, mode=mode)
        inner = inner.adjusted(_ICON + SPACING.medium, 0, 0, 0)
        font, small = sized(option.font, SIZES.base, bold=True), sized(option.font, SIZES.note)
        first = QRect(inner.x(), inner.y(), inner.width(), inner.height() // 2)
        second = first.translated(0, first.height() + 1)
        status = self._files.status(file)
        if file.training:
            self._paint_badge(painter, first, small)
            first = first.adjusted(0, 0, -_BADGE - SPACING.medium, 0)
        width = QFontMetrics(small).horizontalAdvance(status)
        painter.setFont(font)
        painter.setPen(QColor(COLOURS.muted if file.missing else COLOURS.ink))
        _elided(painter, first, file.title, Qt.TextElideMode.ElideRight)
        painter.setFont(small)
        painter.setPen(QColor(COLOURS.muted))
        painter.drawText(second, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, status)
        _elided(painter, second.adjusted(0, 0, -width - 12, 0), str(file.path), Qt.TextElideMode.ElideMiddle)
        if active or focused or file.missing:
            cross = QRect(rect.right() - _CROSS, rect.y(), _CROSS, rect.height())
            painter.setFont(sized(option.font, SIZES.base))
            painter.drawText(cross, Qt.AlignmentFlag.AlignCenter, "×")
        painter.setPen(QColor(COLOURS.raised))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    def _icon(self, name: IconName) -> QIcon:
        """Return an icon, loaded when it is first painted."""
        if name not in self._icons:
            self._icons[name] = own_icon(name)
        return self._icons[name]

    def _paint_badge(self, painter: QPainter, line: QRect, font: QFont) -> None:
        """Say of a training file what it is, where nobody can miss it."""
        badge = QRect(line.right() - _BADGE, line.y(), _BADGE, line.height())
        painter.setPen(QColor(COLOURS.warning))
        painter.setBrush(QColor(COLOURS.warning_fill))
        painter.drawRoundedRect(badge, SPACING.radius, SPACING.radius)
        painter.setFont(font)
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, self._files.training_text)


def _elided(painter: QPainter, rect: QRect, text: str, mode: Qt.TextElideMode) -> None:
    short = painter.fontMetrics().elidedText(text, mode, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, short)
