"""What stands in the way of a sign-off: one line each, in groups; Enter goes to the place."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from tally_app.document.signing import Hindrance, Obstacle
from tally_app.ui.theme import COLOURS, SIZES, SPACING, sized
from tally_app.wording.names import Names
from tally_app.wording.numbers import grouped
from tally_app.wording.signing import hindrance_advice, hindrance_heading, obstacle_place, obstacle_text

_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()  # never changed: Qt's "no parent"
_MOST_OF_A_KIND = 200
"""So many lines of one group are shown; whoever has gone through them asks again."""
_ROW = 26
_INDENT = 12
_PLACE = 0.34
"""Share of the width that the place gets at most."""
_COLOURS = {Hindrance.ERROR: COLOURS.bad, Hindrance.UNEXPLAINED: COLOURS.warning}


class ObstacleModel(QAbstractListModel):
    """Headings and lines; a heading is an index that cannot be chosen."""

    def __init__(
        self, found: Sequence[Obstacle], names: Names, region: str | None, parent: QObject | None = None
    ) -> None:
        """*region*: what all of them are about; None: the chamber."""
        super().__init__(parent)
        self._names = names
        self._region = region
        self._lines: list[Obstacle | tuple[Hindrance, int]] = []
        for kind, number in Counter(each.kind for each in found).items():
            self._lines.append((kind, number))
            self._lines += [each for each in found if each.kind is kind][:_MOST_OF_A_KIND]

    def obstacle(self, row: int) -> Obstacle | None:
        """Return what a row is about; None for a heading."""
        line = self._lines[row]
        return line if isinstance(line, Obstacle) else None

    def heading(self, row: int) -> tuple[str, str]:
        """Return a heading and what to do about its lines."""
        line = self._lines[row]
        kind, number = (line.kind, 0) if isinstance(line, Obstacle) else line
        advice = hindrance_advice(kind)
        if number > _MOST_OF_A_KIND:
            first = self.tr("the first {most} are shown").format(most=grouped(_MOST_OF_A_KIND))
            advice = f"{advice} · {first}"
        return hindrance_heading(kind, number), advice

    def kind(self, row: int) -> Hindrance:
        """Return the kind of a heading or a line."""
        line = self._lines[row]
        return line.kind if isinstance(line, Obstacle) else line[0]

    def texts(self, obstacle: Obstacle) -> tuple[str, str]:
        """Return where, and what."""
        return obstacle_place(self._names, obstacle, self._region), obstacle_text(self._names, obstacle)

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        """Headings and lines."""
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Headings are skipped by the keyboard."""
        if self.obstacle(index.row()) is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer with the whole line, for searching by typing, tooltips and screen readers."""
        roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
        if not index.isValid() or role not in roles:
            return None
        obstacle = self.obstacle(index.row())
        return ": ".join(self.texts(obstacle) if obstacle is not None else self.heading(index.row()))


class ObstacleList(QListView):
    """The lines. Up and down skip the headings."""

    chosen = Signal(object)
    """The Obstacle whose place is to be shown."""

    def __init__(
        self, found: Sequence[Obstacle], names: Names, region: str | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.lines = ObstacleModel(found, names, region, self)
        self.setModel(self.lines)
        self.setItemDelegate(ObstacleDelegate(self.lines, self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("What stands in the way"))
        self.setAccessibleDescription(self.tr("Enter goes to the place."))
        self.setFixedHeight(min(max(self.lines.rowCount(), 4), 13) * _ROW + 4)
        self.setCurrentIndex(self.lines.index(min(1, self.lines.rowCount() - 1)))
        self.activated.connect(self._on_activated)

    @property
    def current(self) -> Obstacle | None:
        """What the current line is about."""
        index = self.currentIndex()
        return self.lines.obstacle(index.row()) if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the place with Enter; walk over the headings."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.current is not None:
                self.chosen.emit(self.current)
            return
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        row = self.currentIndex().row() + step
        while 0 <= row < self.lines.rowCount() and self.lines.obstacle(row) is None:
            row += step
        if 0 <= row < self.lines.rowCount():
            self.setCurrentIndex(self.lines.index(row))
        elif step < 0:
            self.scrollToTop()

    def _on_activated(self, index: QModelIndex) -> None:
        obstacle = self.lines.obstacle(index.row())
        if obstacle is not None:
            self.chosen.emit(obstacle)


class ObstacleDelegate(QStyledItemDelegate):
    """Paints a heading with its advice, or a line: the place on the left, what is wrong beside it."""

    def __init__(self, lines: ObstacleModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines = lines
        self._room: int | None = None

    def sizeHint(self, _: QStyleOptionViewItem, __: _Index) -> QSize:
        """One line of text, Khmer vowel signs included."""
        return QSize(200, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one line."""
        row, rect = index.row(), option.rect
        painter.save()
        obstacle = self._lines.obstacle(row)
        if obstacle is None:
            painter.fillRect(rect, QColor(COLOURS.raised))
            inner = rect.adjusted(SPACING.medium, 0, -SPACING.medium, 0)
            head, advice = self._lines.heading(row)
            bold = sized(option.font, SIZES.note, bold=True)
            colour = _COLOURS.get(self._lines.kind(row), COLOURS.ink)
            width = QFontMetrics(bold).horizontalAdvance(head) + SPACING.large
            _text(painter, inner, bold, colour, head)
            _text(painter, inner.adjusted(width, 0, 0, 0), sized(option.font, SIZES.note), COLOURS.muted, advice)
        else:
            self._paint_ground(painter, option)
            inner = rect.adjusted(_INDENT + SPACING.small, 0, -SPACING.medium, 0)
            place, what = self._lines.texts(obstacle)
            room = min(int(inner.width() * _PLACE), self._widest(sized(option.font, SIZES.note, bold=True)))
            font = sized(option.font, SIZES.note)
            where = QRect(inner.x(), inner.y(), room - SPACING.medium, inner.height())
            _text(painter, where, sized(option.font, SIZES.note, bold=True), COLOURS.ink, place)
            _text(painter, inner.adjusted(room, 0, 0, 0), font, COLOURS.ink, what)
        painter.restore()

    def _widest(self, font: QFont) -> int:
        """Width that the longest place asks for."""
        if self._room is None:
            metrics = QFontMetrics(font)
            found = filter(None, map(self._lines.obstacle, range(self._lines.rowCount())))
            widths = [metrics.horizontalAdvance(self._lines.texts(each)[0]) for each in found]
            self._room = max(widths, default=0) + 2 * SPACING.large
        return self._room

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(COLOURS.selection))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(COLOURS.accent), 1))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))


def _text(painter: QPainter, rect: QRect, font: QFont, colour: str, text: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    short = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, short)
