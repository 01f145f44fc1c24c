"""The table of stated figures: typed down a source's column, painted with marks where something contradicts."""

from PySide6.QtCore import QAbstractItemModel, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QSizePolicy, QStyle, QStyleOptionViewItem, QWidget

from tally_app.exchange.numbers import Refusal
from tally_app.ui.entry.delegate import Index, VotesDelegate
from tally_app.ui.entry.editor import VotesEditor
from tally_app.ui.entry.view import VotesView
from tally_app.ui.findings.marks import STATE_OF, paint_state
from tally_app.ui.sources.editor import StatedEditor
from tally_app.ui.sources.model import Part, StatedModel
from tally_app.ui.theme import COLOURS, SIZES, SPACING, paint_mark, party_colour, sized

ROW_HEIGHT = 25
_FONT = SIZES.base
_PAD = 5
_MARK = 8
_MARK_GAP = 4
_PARTY_MARK = 9
_LINES = 4
"""Lines that the name of a source may take."""
_ALIGN = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WRAP = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap


class StatedTable(VotesView):
    """Enter and Tab go down a source's column, as its paper is read."""

    def __init__(self, model: StatedModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stated = model
        self.votes_delegate.deleteLater()
        self.votes_delegate = StatedDelegate(model, self)
        self.setItemDelegate(self.votes_delegate)
        self.votes_delegate.refused.connect(self.refused)
        self.votes_delegate.left.connect(self._on_delegate_left)
        self.setModel(model)
        self.setHorizontalHeader(SourceHeader(self))
        self.setVerticalHeader(FigureHeader(model, self))
        self.setShowGrid(False)
        self.setProperty("role", "entry")
        self.setVerticalScrollMode(VotesView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def advance(self, forward: bool) -> None:
        """Go to the next or previous figure of the same source; stay at the end."""
        current = self.currentIndex()
        target = current.siblingAtRow(current.row() + (1 if forward else -1))
        if target.isValid():
            self.go_to(target)
        elif forward:
            self._ended = True
            self.ended.emit()

    def natural_widths(self) -> list[int]:
        """Return what each column needs for its figures, its marks and the words of its heading [px]."""
        figures = QFontMetrics(sized(self.font(), _FONT, bold=True))
        heading = QFontMetrics(sized(self.font(), SIZES.note, bold=True))
        widths = []
        for column in range(self._stated.columnCount()):
            indexes = [self._stated.index(row, column) for row in range(self._stated.rowCount())]
            texts = max((figures.horizontalAdvance(str(index.data() or "")) for index in indexes), default=0)
            mark = _MARK + _MARK_GAP if self._stated.part(column) is Part.SOURCE else 0
            name = str(self._stated.headerData(column, Qt.Orientation.Horizontal))
            widths.append(max(texts + mark, _width_in_lines(heading, name)) + 2 * _PAD)
        return widths


class StatedDelegate(VotesDelegate):
    """Paints a figure, its mark left of it; opens an editor that knows what kind of figure is typed."""

    def __init__(self, model: StatedModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._stated = model

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Open a cell."""
        cell = self._stated.cell(index)
        figure = cell.key.figure if cell is not None else "votes"
        editor = StatedEditor(figure, parent, self.opened_by_typing)
        editor.setFont(sized(option.font, _FONT))
        editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole) or ""))
        editor.drafted.connect(self._on_editor_drafted)
        editor.refused.connect(self.refused)
        editor.left.connect(self._on_editor_left)
        self._editor = editor
        self._index = QPersistentModelIndex(index)
        return editor

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Commit the typed text; what is not finished stays open."""
        if isinstance(editor, VotesEditor) and not editor.whole:
            self._committed = False
            self.refused.emit(Refusal.DECIMAL)
            return
        super().setModelData(editor, model, index)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint ground, figure, mark and, on the current cell, the frame."""
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        typed = self._stated.cell(index) is not None
        selected = bool(state & QStyle.StateFlag.State_Selected)
        ground = COLOURS.selection if selected else COLOURS.base if typed else COLOURS.raised
        painter.fillRect(rect, QColor(ground))
        _paint_lines(painter, rect, self._stated.starts_group(index.row()))
        colour, bold = self._look(index)
        font = sized(option.font, _FONT, bold)
        text = str(index.data() or "")
        inner = rect.adjusted(SPACING.small, 0, -_PAD, 0)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        painter.drawText(inner, _ALIGN, text)
        severity = self._stated.severity(index)
        if severity is not None:
            left = inner.right() - QFontMetrics(font).horizontalAdvance(text) - _MARK - _MARK_GAP
            top = rect.center().y() - _MARK / 2 + 0.5
            paint_state(painter, QRectF(left, top, _MARK, _MARK), STATE_OF[severity])
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(COLOURS.accent), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.restore()

    def _look(self, index: Index) -> tuple[str, bool]:
        """Return colour and weight: red where something differs, grey where a difference means nothing yet."""
        row = self._stated.rows[index.row()]
        match self._stated.part(index.column()):
            case Part.DIFFERENCE:
                differs = bool(row.findings) and str(index.data() or "") not in ("", "0")
                return (COLOURS.bad, True) if differs else (COLOURS.muted, False)
            case Part.SEAT:
                could = row.verdict is not None and row.verdict.could
                return (COLOURS.bad, True) if could else (COLOURS.ink if row.verdict else COLOURS.muted, False)
            case Part.COMPUTED:
                return (COLOURS.ink if row.whole else COLOURS.muted), False
            case Part.SOURCE:
                return COLOURS.ink, False


class SourceHeader(QHeaderView):
    """Names of sources, wrapped, never cut."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(40)

    def sizeHint(self) -> QSize:
        """Ask for the lines that the longest name takes in its column."""
        metrics = QFontMetrics(sized(self.font(), SIZES.note, bold=True))
        height = metrics.height()
        for section in range(self.count()):
            room = QRect(0, 0, self.sectionSize(section) - SPACING.small - _PAD, 1000)
            height = max(height, metrics.boundingRect(room, _WRAP, self._name(section)).height())
        return QSize(super().sizeHint().width(), height + SPACING.medium + SPACING.small)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint one heading."""
        painter.save()
        painter.fillRect(rect, QColor(COLOURS.raised))
        painter.setPen(QColor(COLOURS.border))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(QColor(COLOURS.hairline))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.setFont(sized(self.font(), SIZES.note, bold=True))
        painter.setPen(QColor(COLOURS.ink))
        painter.drawText(rect.adjusted(SPACING.small, 0, -_PAD, -SPACING.small), _WRAP, self._name(section))
        painter.restore()

    def _name(self, section: int) -> str:
        return str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")


class FigureHeader(QHeaderView):
    """Names of figures: a party's mark and key on the left, what is stated of it on the right."""

    def __init__(self, model: StatedModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._stated = model
        self.setSectionsClickable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(ROW_HEIGHT)

    def needed_width(self) -> int:
        """Return the width of the longest name [px]."""
        plain, bold = (QFontMetrics(sized(self.font(), SIZES.base, bold)) for bold in (False, True))
        widths = [0]
        for row in self._stated.rows:
            name = self._stated.row_name(row)
            beside = 0 if row.party is None else _PARTY_MARK + 2 * SPACING.medium
            widths.append((plain if row.party is None else bold).horizontalAdvance(name) + beside)
        return max(widths) + 2 * SPACING.medium + 2

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint one figure's name."""
        painter.save()
        painter.fillRect(rect, QColor(COLOURS.raised))
        _paint_lines(painter, rect, self._stated.starts_group(section))
        inner = rect.adjusted(SPACING.medium + 2, 0, -SPACING.medium, 0)
        row = self._stated.rows[section]
        name = self._stated.row_name(row)
        painter.setPen(QColor(COLOURS.ink))
        if row.party is None:
            painter.setFont(sized(self.font(), SIZES.base))
            painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        else:
            election = self._stated.election
            party = election.party_index[row.party]
            top = rect.center().y() - _PARTY_MARK / 2 + 0.5
            mark = QRectF(inner.left(), top, _PARTY_MARK, _PARTY_MARK)
            paint_mark(painter, mark, party, party_colour(election, party), "won")
            after = inner.adjusted(_PARTY_MARK + SPACING.medium, 0, 0, 0)
            painter.setFont(sized(self.font(), SIZES.base, bold=True))
            painter.drawText(after, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, row.party)
            painter.setFont(sized(self.font(), SIZES.note))
            painter.setPen(QColor(COLOURS.muted))
            painter.drawText(inner, _ALIGN, name.removeprefix(f"{row.party} "))
        painter.restore()


def _paint_lines(painter: QPainter, rect: QRect, group: bool) -> None:
    painter.setPen(QColor(COLOURS.hairline))
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    painter.drawLine(rect.topRight(), rect.bottomRight())
    if group:
        painter.setPen(QColor(COLOURS.border))
        painter.drawLine(rect.topLeft(), rect.topRight())


def _width_in_lines(metrics: QFontMetrics, name: str) -> int:
    """Return how wide a name must be to take a few lines at most, no word broken [px]."""
    longest = max((metrics.horizontalAdvance(word) for word in name.split()), default=0)
    return max(longest, metrics.horizontalAdvance(name) // _LINES + longest // 4)
