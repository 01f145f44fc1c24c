"""The list of regions: where one is, how far each is, and what is wrong where."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from tally_app.document.document import Document, DraftChanged, FiguresChanged, LateFindingsChanged
from tally_app.ui.dock_title import DockTitle
from tally_app.ui.document_signals import DocumentSignals
from tally_app.ui.findings.marks import paint_state
from tally_app.ui.regions.lines import Line
from tally_app.ui.regions.region_model import RegionModel
from tally_app.ui.signing.chips import SignedCount
from tally_app.ui.theme import COLOURS, SIZES, SPACING, sized
from tally_app.wording.names import Names
from tally_app.wording.numbers import grouped

_FILTER_FROM = 16
_MARK = 12
_MARGIN = 12
_BAR = 2
_WIDTH = 232
_LEAST_WIDTH = 150


class RegionList(QWidget):
    """Overview and regions. Both signals carry the region's position, None for the overview.

    *region_selected*: another line became current, so show it; the keyboard stays in the list.
    *region_entered*: a click or Enter, so go there with the keyboard. After a click it comes second, on the release.
    """

    region_selected = Signal(object)
    region_entered = Signal(object)
    order_changed = Signal(bool)
    """Somebody wants the worst regions first, or the election's order."""

    def __init__(
        self, document: Document, signals: DocumentSignals, names: Names, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.model = RegionModel(document, names, self)
        self.view = QListView(self)
        self.header = QWidget(self)
        """Title and order; a dock may take it as its title bar."""
        self._worst_first = QToolButton(self)
        self._signed = SignedCount(document, signals, self)
        self._filter = QLineEdit(self)
        self._document = document
        self._silent = False
        self._lay_out()
        self._filter.setVisible(len(document.election.regions) >= _FILTER_FROM)
        self.view.setCurrentIndex(self.model.index(0))
        self.view.selectionModel().currentChanged.connect(self._on_view_current_changed)
        self.view.clicked.connect(self._on_view_clicked)
        self._filter.textChanged.connect(self._on_filter_text_changed)
        signals.draft_changed.connect(self._on_signals_draft_changed)
        signals.figures_changed.connect(self._on_signals_figures_changed)
        signals.late_changed.connect(self._on_signals_late_changed)
        self._worst_first.toggled.connect(self._on_worst_first_toggled)

    @property
    def region(self) -> int | None:
        """Position of the selected region, None for the overview."""
        return self.model.region_at(self.view.currentIndex().row())

    @property
    def worst_first(self) -> bool:
        """Do the regions with errors come first?"""
        return self._worst_first.isChecked()

    def set_worst_first(self, wanted: bool) -> None:
        """Put the worst regions first, or all in the election's order."""
        self._worst_first.setChecked(wanted)

    def after(self, region: int | None, by: int) -> int | None:
        """Return the region so many lines below one in the list, None for the overview; stop at both ends."""
        row = self.model.row_of(region) + by
        return self.model.region_at(max(0, min(row, self.model.rowCount() - 1)))

    def select(self, region: int | None) -> None:
        """Show a region as selected, without telling anybody."""
        row = self.model.row_of(region)
        if self.view.isRowHidden(row):
            self._filter.clear()
        self._silent = True
        self.view.setCurrentIndex(self.model.index(row))
        self._silent = False

    def use_names(self, names: Names) -> None:
        """Name everything in another language."""
        self.model.use_names(names)

    def set_editing_row(self, row: int | None) -> None:
        """Say which unit's row is being typed: its missing figures are no errors yet."""
        self.model.set_editing_row(row)

    def sizeHint(self) -> QSize:
        """Ask for room for a name and two provinces."""
        return QSize(_WIDTH, 480)

    def _lay_out(self) -> None:
        bar = QHBoxLayout(self.header)
        bar.setContentsMargins(0, 0, SPACING.medium, 0)
        bar.addWidget(DockTitle(self.tr("Regions")))
        bar.addWidget(self._signed, 1, Qt.AlignmentFlag.AlignBottom)
        bar.addWidget(self._worst_first, 0, Qt.AlignmentFlag.AlignBottom)
        self._worst_first.setText(self.tr("Worst first"))
        self._worst_first.setToolTip(self.tr("Regions with errors first, then those with warnings"))
        self._worst_first.setCheckable(True)
        self._worst_first.setProperty("role", "order")
        self.view.setModel(self.model)
        self.view.setItemDelegate(RegionDelegate(self.model, self.view))
        self.view.setUniformItemSizes(True)
        self.view.setStyleSheet("QListView { border: 0; }")
        self.view.setMouseTracking(True)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setMinimumWidth(_LEAST_WIDTH)
        self.view.setAccessibleName(self.tr("Regions"))
        self.setFocusProxy(self.view)
        self._filter.setPlaceholderText(self.tr("Find a region or province"))
        self._filter.setAccessibleName(self.tr("Find a region or province"))
        self._filter.setClearButtonEnabled(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING.small)
        layout.addWidget(self._filter)
        layout.addWidget(self.view, 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the current region with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.region_entered.emit(self.region)
            return
        super().keyPressEvent(event)

    def _on_view_current_changed(self) -> None:
        if not self._silent:
            self.region_selected.emit(self.region)

    def _on_view_clicked(self) -> None:
        self.region_entered.emit(self.region)

    def _on_filter_text_changed(self, text: str) -> None:
        for row in range(1, self.model.rowCount()):
            self.view.setRowHidden(row, not self.model.found(row, text.strip()))

    def _on_signals_draft_changed(self, event: DraftChanged) -> None:
        self.model.refresh((event.region,))

    def _on_signals_figures_changed(self, event: FiguresChanged) -> None:
        self.model.refresh(event.regions)
        self.model.sort_again()

    def _on_signals_late_changed(self, event: LateFindingsChanged) -> None:
        self.model.refresh(event.regions)
        if event.done and self._document.live.draft is None:
            self.model.sort_again()

    def _on_worst_first_toggled(self, wanted: bool) -> None:
        self.model.set_worst_first(wanted)
        self.view.scrollTo(self.view.currentIndex())
        self.order_changed.emit(wanted)


class RegionDelegate(QStyledItemDelegate):
    """Paints one line: name and provinces on the left, seats, progress and mark on the right."""

    def __init__(self, model: RegionModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, _: QModelIndex | QPersistentModelIndex) -> QSize:
        """Two lines of text, Khmer vowel signs included."""
        name, note = _fonts(option.font)
        return QSize(_LEAST_WIDTH, QFontMetrics(name).height() + QFontMetrics(note).height() + 12)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one line."""
        row, rect = index.row(), option.rect
        painter.save()
        self._paint_ground(painter, option, row)
        line = self._model.line(row)
        name, note = _fonts(option.font)
        inner = rect.adjusted(_MARGIN, 4, -_MARGIN, -4)
        first = QRect(inner.x(), inner.y(), inner.width(), QFontMetrics(name).height())
        if not self._model.subtitle(row) and not self._model.progress(row):
            first.moveTop(rect.center().y() - first.height() // 2)
        second = QRect(inner.x(), first.bottom() + 1, inner.width(), QFontMetrics(note).height())
        mark = QRectF(0, 0, _MARK, _MARK)
        mark.moveCenter(QRectF(inner.right() - _MARK + 1, first.y(), _MARK, first.height()).center())
        paint_state(painter, mark, line.state)
        self._paint_pair(painter, first.adjusted(0, 0, -_MARK - 10, 0), name, COLOURS.ink, row, grouped(line.seats))
        self._paint_pair(painter, second, note, COLOURS.muted, row, self._model.progress(row))
        if line.unfinished:
            _paint_bar(painter, QRectF(inner.x(), rect.bottom() - _BAR, inner.width(), _BAR), line)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, row: int) -> None:
        rect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(COLOURS.selection))
            painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height()), QColor(COLOURS.accent))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(COLOURS.raised))
        if row == 0:
            painter.setPen(QColor(COLOURS.hairline))
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(COLOURS.accent), 1))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _paint_pair(self, painter: QPainter, rect: QRect, font: QFont, colour: str, row: int, right: str) -> None:
        """Paint a line's text, elided, and what stands at its right end."""
        metrics = QFontMetrics(font)
        left = self._model.title(row) if colour == COLOURS.ink else self._model.subtitle(row)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, right)
        room = rect.width() - (metrics.horizontalAdvance(right) + 8 if right else 0)
        text = metrics.elidedText(left, Qt.TextElideMode.ElideRight, room)
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


def _fonts(font: QFont) -> tuple[QFont, QFont]:
    return sized(font, SIZES.base, bold=True), sized(font, SIZES.note)


def _paint_bar(painter: QPainter, rect: QRectF, line: Line) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(COLOURS.hairline))
    painter.drawRoundedRect(rect, 1, 1)
    painter.setBrush(QColor(COLOURS.accent))
    painter.drawRoundedRect(QRectF(rect.x(), rect.y(), rect.width() * line.complete / line.units, rect.height()), 1, 1)
