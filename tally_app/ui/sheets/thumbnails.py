"""Small pictures of a sheet's pages, to go to one."""

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from tally_app.ui.sheets.page import Page
from tally_app.ui.theme import COLOURS, SPACING

_WIDTH = 92
_ROOM = QSize(124, 164)
_FRAME = 2
_BETWEEN_MS = 5
"""A pause between two pictures [ms]."""
_IN_SIGHT = 12
"""So many of the pictures that were looked at last are drawn; others were scrolled past."""
_MOST = 200
"""So many pictures are kept."""

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class ThumbnailModel(QAbstractListModel):
    """Pages as pictures; each is drawn after it was looked at, one at a time. Until then it is white paper."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: tuple[Page, ...] = ()
        self._drawn: dict[int, QPixmap] = {}
        self._old: set[int] = set()
        """Rows whose pictures are of an older sheet."""
        self._asked: list[int] = []
        """Rows that were looked at, the latest last."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_BETWEEN_MS)
        self._timer.timeout.connect(self._on_timer_timeout)

    def show_pages(self, pages: tuple[Page, ...]) -> None:
        """Show these pages from now on."""
        same = len(pages) == len(self._pages)
        if not same:
            self.beginResetModel()
        self._pages, self._asked = pages, []
        self._drawn = self._drawn if same else {}
        self._old = set(self._drawn)
        if not same:
            self.endResetModel()
        elif pages:
            self.dataChanged.emit(self.index(0), self.index(len(pages) - 1))

    def rowCount(self, parent: Index = _ROOT) -> int:
        """One row a page."""
        return 0 if parent.isValid() else len(self._pages)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A page's number and picture."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return str(index.row() + 1)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.tr("Page {number} of {all}").format(number=index.row() + 1, all=len(self._pages))
        if role == Qt.ItemDataRole.DecorationRole:
            return self._picture(index.row())
        return None

    def _picture(self, row: int) -> QPixmap:
        if (row not in self._drawn or row in self._old) and row not in self._asked:
            self._asked = [*self._asked, row][-_IN_SIGHT:]
            if not self._timer.isActive():
                self._timer.start()
        if row in self._drawn:
            return self._drawn[row]
        size = self._pages[row].size
        width = self._width(row)
        blank = QPixmap(2 * width, max(1, round(2 * width * size.height() / size.width())))
        blank.setDevicePixelRatio(2.0)
        blank.fill(Qt.GlobalColor.white)
        return blank

    def _width(self, row: int) -> int:
        size = self._pages[row].size
        return _WIDTH if size.width() < size.height() else round(_WIDTH * 1.18)

    def _on_timer_timeout(self) -> None:
        if not self._asked:
            return
        row = self._asked.pop(0)
        while len(self._drawn) >= _MOST:
            del self._drawn[next(iter(self._drawn))]
        self._drawn[row] = self._pages[row].pixmap(self._width(row), 2.0)
        self._old.discard(row)
        self.dataChanged.emit(self.index(row), self.index(row))
        self._timer.start()


class ThumbnailDelegate(QStyledItemDelegate):
    """A page with its number below; a frame around the one that is shown."""

    def sizeHint(self, _: QStyleOptionViewItem, __: Index) -> QSize:
        """The same room for every page, upright or lying."""
        return _ROOM

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one page."""
        picture = index.data(Qt.ItemDataRole.DecorationRole)
        room: QRect = option.rect
        size = picture.deviceIndependentSize().toSize()
        line = option.fontMetrics.lineSpacing()
        top = room.top() + (room.height() - size.height() - line - SPACING.small) // 2
        corner = QPoint(room.left() + (room.width() - size.width()) // 2, top)
        painter.drawPixmap(corner, picture)
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setPen(QPen(QColor(COLOURS.accent if current else COLOURS.border), _FRAME if current else 1))
        edge = _FRAME if current else 1
        painter.drawRect(QRect(corner, size).adjusted(-edge, -edge, edge - 1, edge - 1))
        painter.setPen(QColor(COLOURS.accent if current else COLOURS.muted))
        below = QRect(room.left(), corner.y() + size.height() + SPACING.small, room.width(), line)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(index.data()))


class Thumbnails(QListView):
    """The list at the left of the pages."""

    page_chosen = Signal(int)
    """Somebody wants this page [0, 1, …]."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._following = False
        self.pages = ThumbnailModel(self)
        self.setModel(self.pages)
        self.setItemDelegate(ThumbnailDelegate(self))
        self.setStyleSheet(f"QListView {{ background: {COLOURS.raised}; border: 0; }}")
        self.setAccessibleName(self.tr("Pages as small pictures"))
        self.setUniformItemSizes(True)
        self.setFixedWidth(_ROOM.width() + 20)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    def follow(self, page: int) -> None:
        """Mark the page that is shown."""
        index = self.pages.index(page)
        if index.isValid() and page != self.currentIndex().row():
            self._following = True
            self.setCurrentIndex(index)
            self._following = False

    def _on_current_changed(self, current: QModelIndex, _: QModelIndex) -> None:
        if current.isValid() and not self._following:
            self.page_chosen.emit(current.row())
