"""The candidates of a repair, ranked: what each would change, and the arithmetic of the current one."""

from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from tally_app.checks.repair import Repair, Repairs
from tally_app.ui.theme import COLOURS, SIZES, SPACING, sized
from tally_app.wording.names import Names
from tally_app.wording.numbers import signed
from tally_app.wording.repair_details import (
    effect_lines,
    kind_text,
    seats_text,
    standing_text,
)
from tally_app.wording.repairs import repair_title

MOST = 30
"""Candidates listed; those after them explain less."""
_EFFECTS = 8
_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_LEAST_WIDTH = 120


class Candidate(NamedTuple):
    """A repair as it is read: place, change and score in one line, what it is, then the claims that it decides."""

    title: str
    score: str
    about: str
    effects: tuple[str, ...]

    @property
    def spoken(self) -> str:
        """All of it, for a screen reader and a tooltip."""
        return "\n".join((f"{self.title}  {self.score}", self.about, *self.effects))


class CandidateList(QListWidget):
    """Ranked candidates; the current one shows its arithmetic. It is as high as what it shows."""

    chosen = Signal()
    """Another candidate is current."""
    left = Signal()
    """The keyboard goes back to the findings."""
    opened = Signal()
    """Somebody wants to see the current candidate's cell."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._repairs: list[Repair] = []
        self.setItemDelegate(CandidateDelegate(self))
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setStyleSheet("QListWidget { border: 0; }")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Probable slips"))
        self.currentRowChanged.connect(self._on_current_row_changed)
        self.itemActivated.connect(self._on_item_activated)

    @property
    def repair(self) -> Repair | None:
        """The current candidate."""
        row = self.currentRow()
        return self._repairs[row] if 0 <= row < len(self._repairs) else None

    def show_repairs(self, repairs: Repairs, found: tuple[Repair, ...], names: Names) -> None:
        """List *found*, some of *repairs*; the current one stays current if it is still there."""
        before = self.repair
        self._repairs = list(found[:MOST])
        self.blockSignals(True)
        self.clear()
        for repair in self._repairs:
            candidate = _candidate(repairs, repair, names)
            item = QListWidgetItem(self)
            item.setData(_ROLE, candidate)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, candidate.spoken)
            item.setToolTip(candidate.spoken)
        self.setCurrentRow(self._repairs.index(before) if before in self._repairs else 0)
        self.blockSignals(False)
        self._fit()

    def choose(self, repair: Repair) -> None:
        """Make a candidate current, if it is listed."""
        if repair in self._repairs:
            self.setCurrentRow(self._repairs.index(repair))

    def sizeHint(self) -> QSize:
        """Ask for just the height of the candidates."""
        rows = range(self.count())
        return QSize(_LEAST_WIDTH, sum(self.sizeHintForRow(row) for row in rows) + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Lead back to the findings with Esc, and with Up at the upper end."""
        if event.key() == Qt.Key.Key_Escape or (event.key() == Qt.Key.Key_Up and self.currentRow() <= 0):
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _fit(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.setFixedHeight(self.sizeHint().height())

    def _on_current_row_changed(self) -> None:
        self._fit()
        self.chosen.emit()

    def _on_item_activated(self) -> None:
        self.opened.emit()


class CandidateDelegate(QStyledItemDelegate):
    """Paints a candidate: two lines, and the claims of the current one."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As many lines as there are."""
        head, note = _fonts(option.font)
        lines = self._lines(index)
        height = QFontMetrics(head).height() + len(lines) * QFontMetrics(note).height()
        return QSize(_LEAST_WIDTH, height + 2 * SPACING.small)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one candidate."""
        candidate: Candidate = index.data(_ROLE)
        rect: QRect = option.rect
        painter.save()
        if self._is_current(index):
            painter.fillRect(rect, QColor(COLOURS.selection))
            bar = COLOURS.accent if option.state & QStyle.StateFlag.State_HasFocus else COLOURS.border
            painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height()), QColor(bar))
        inner = rect.adjusted(SPACING.card, SPACING.small, -SPACING.medium, -SPACING.small)
        self._paint_head(painter, inner, candidate, option.font)
        _, note = _fonts(option.font)
        metrics = QFontMetrics(note)
        y = inner.y() + QFontMetrics(_fonts(option.font)[0]).height()
        painter.setFont(note)
        for number, text in enumerate(self._lines(index)):
            painter.setPen(QColor(COLOURS.muted if number == 0 else COLOURS.ink))
            line = QRect(inner.x(), y, inner.width(), metrics.height())
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
            y += metrics.height()
        painter.restore()

    def _paint_head(self, painter: QPainter, inner: QRect, candidate: Candidate, font: QFont) -> None:
        """Place and change in one line, the change bold; the score at its right end."""
        bold = sized(font, SIZES.base, bold=True)
        metrics = QFontMetrics(bold)
        line = QRect(inner.x(), inner.y(), inner.width(), metrics.height())
        painter.setFont(bold)
        painter.setPen(QColor(COLOURS.good))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, candidate.score)
        room = inner.width() - metrics.horizontalAdvance(candidate.score) - SPACING.medium
        painter.setPen(QColor(COLOURS.ink))
        text = metrics.elidedText(candidate.title, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def _lines(self, index: QModelIndex | QPersistentModelIndex) -> list[str]:
        candidate: Candidate = index.data(_ROLE)
        return [candidate.about, *(candidate.effects if self._is_current(index) else ())]

    def _is_current(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        view = self.parent()
        return isinstance(view, QListWidget) and view.currentRow() == index.row()


def _candidate(repairs: Repairs, repair: Repair, names: Names) -> Candidate:
    effects = effect_lines(names, repair)
    if len(effects) > _EFFECTS:
        effects = [*effects[:_EFFECTS], f"… + {len(effects) - _EFFECTS}"]
    seats = seats_text(names.election, repair)
    about = (kind_text(repair), standing_text(repairs, repair), seats)
    return Candidate(
        repair_title(names, repair),
        signed(repair.score),
        " · ".join(filter(None, about)),
        tuple(effects),
    )


def _fonts(font: QFont) -> tuple[QFont, QFont]:
    return sized(font, SIZES.base, bold=True), sized(font, SIZES.note)
