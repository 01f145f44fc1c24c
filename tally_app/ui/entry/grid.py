"""Grid and pinned totals as one: shared column widths, one horizontal scroll bar, arrows that cross between them."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QGridLayout, QMenu, QSizePolicy, QToolButton, QWidget

from tally_app.election.election import Election
from tally_app.ui.entry.headers import ColumnHeader, UnitHeader
from tally_app.ui.entry.region_model import RegionModel
from tally_app.ui.entry.totals_model import TotalsModel, TotalsRow
from tally_app.ui.entry.view import VotesView
from tally_app.ui.theme import SIZES, SPACING, sized
from tally_app.wording.findings import capital
from tally_app.wording.names import Names

_ROW_HEIGHT = 36
_MIN_COLUMN = 54
_MAX_COLUMN = 132
_NAMES_MEASURED = 200
_MIN_HEADER = 112
_MAX_HEADER = 280
_USUAL_HEADER = 190
_MARGIN = 15
_SUM_MARGIN = 36  # with the room for marks
_STATE_HEADER = 250  # under double entry, with a line on how far the unit is


class EntryGrid(QFrame):
    """The region's grid over its pinned rows."""

    _edges = 4
    """What its frame and the tables' take of its width [px]."""

    stepped = Signal(int)
    refused = Signal(object)
    current_changed = Signal(object)
    """The current QModelIndex of the grid above."""
    unit_opened = Signal(int)
    """Somebody clicked on the state of a row's unit, which asks for it."""

    def __init__(
        self, election: Election, names: Names, rows: RegionModel, totals: TotalsModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._election = election
        self._names = names
        self.rows_model = rows
        self.totals_model = totals
        units = UnitHeader()
        units.opened.connect(self.unit_opened)
        self.view = self._make_view(rows, units)
        self.view.setHorizontalHeader(ColumnHeader(election))
        self._totals_header = UnitHeader(bold=True, raised=TotalsRow.STATED if totals.sources else None)
        self.totals = self._make_view(totals, self._totals_header)
        self.totals.horizontalHeader().hide()
        self.totals.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.totals.only_row = TotalsRow.STATED
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._source_button = self._make_source_button()
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(0)
        layout.setVerticalSpacing(SPACING.medium)
        layout.addWidget(self.view, 0, 0)
        layout.addWidget(self.totals, 1, 0)
        layout.setRowStretch(0, 1)
        layout.setColumnStretch(0, 1000)  # the second column takes what wide screens leave over
        layout.setColumnStretch(1, 1)
        self._connect()

    def show_region(self, region: int) -> None:
        """Show another region from its first cell."""
        self.rows_model.show_region(region)
        self.totals_model.show_region(region)
        self.fit()
        self.view.go_to(self.rows_model.index(0, 0))

    def use_names(self, names: Names) -> None:
        """Show names in another language."""
        self._names = names
        self.rows_model.use_names(names)
        self._fill_source_menu()
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns again."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Give the names and every column their width; sums of millions stay readable."""
        available = self.width() - self._edges - self._scroll_bar_width()
        columns = self.rows_model.columnCount()
        metrics = QFontMetrics(sized(self.font(), SIZES.note, bold=True))
        headings = [
            metrics.horizontalAdvance(str(self.rows_model.headerData(c, Qt.Orientation.Horizontal) or ""))
            + (_SUM_MARGIN if c == self.rows_model.sum_column else _MARGIN)
            for c in range(columns)
        ]
        needed = [max(_MIN_COLUMN, heading, self._figure_width(c)) for c, heading in enumerate(headings)]
        wanted = min(_MAX_HEADER, self._name_width())
        room = available - sum(needed)
        header = min(wanted, room) if room >= _MIN_HEADER else wanted  # where it scrolls anyway, names stay whole
        spare = max(0, available - header - sum(needed)) // columns
        for view in (self.view, self.totals):
            if view.verticalHeader().width() != header:
                view.verticalHeader().setFixedWidth(header)
                view.updateGeometries()  # else the figures stay where the old heading ended
            for column, width in enumerate(needed):
                view.setColumnWidth(column, min(width + spare, max(width, _MAX_COLUMN)))
        used = header + sum(self.view.columnWidth(column) for column in range(columns))
        for view in (self.view, self.totals):
            view.setMaximumWidth(used + 2 + self._scroll_bar_width())
        rows = self.rows_model.rowCount() * _ROW_HEIGHT + self.view.horizontalHeader().height() + 2
        self.view.setMaximumHeight(rows)
        bar = self.totals.horizontalScrollBar().sizeHint().height() if used > available else 0
        self.totals.setFixedHeight(_ROW_HEIGHT * len(TotalsRow) + 2 + bar)
        self.setMaximumHeight(rows + SPACING.medium + self.totals.height())
        self._place_source_button()

    def make_room(self, column: int) -> None:
        """Widen the columns if what is being typed, or the sum it leads to, needs it; never narrow them meanwhile."""
        changed = (column, self.rows_model.sum_column)
        if any(self._figure_width(each) > self.view.columnWidth(each) for each in changed):
            self.fit()

    def _scroll_bar_width(self) -> int:
        rows = self.rows_model.rowCount() * _ROW_HEIGHT + self.view.horizontalHeader().height()
        return self.view.verticalScrollBar().sizeHint().width() if rows > self.view.height() > 0 else 0

    def _name_width(self) -> int:
        """Width that the units' names and the chooser of the source ask for."""
        metrics = QFontMetrics(sized(self.font(), 14))
        rows = range(min(self.rows_model.rowCount(), _NAMES_MEASURED))
        names = (str(self.rows_model.headerData(row, Qt.Orientation.Vertical) or "") for row in rows)
        usual = _STATE_HEADER if self._election.pack.double_entry else _USUAL_HEADER
        return max(usual, max(metrics.horizontalAdvance(name) for name in names) + 22)

    def _figure_width(self, column: int) -> int:
        font = sized(self.font(), SIZES.entry, bold=True)
        texts = (str(self.totals_model.index(row, column).data() or "") for row in TotalsRow)
        widest = max(len(text) for text in texts)
        self.view.ensurePolished()
        extra = 36 if column == self.rows_model.sum_column else 14
        return int(widest * font.pixelSize() * 0.58) + extra

    def _make_view(self, model: RegionModel | TotalsModel, header: UnitHeader) -> VotesView:
        view = VotesView(self)
        view.setProperty("role", "entry")
        view.setModel(model)
        view.setVerticalHeader(header)
        header.setDefaultSectionSize(_ROW_HEIGHT)
        header.setMinimumWidth(_MIN_HEADER)
        view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.refused.connect(self.refused)
        view.stepped.connect(self.stepped)
        return view

    def _connect(self) -> None:
        self.view.setAccessibleName(self.tr("Forms of the region"))
        self.totals.setAccessibleName(self.tr("Sums, stated figures and differences"))
        self.view.walked_off.connect(self._on_view_walked_off)
        self.totals.walked_off.connect(self._on_totals_walked_off)
        self.totals.horizontalScrollBar().valueChanged.connect(self.view.horizontalScrollBar().setValue)
        self.view.horizontalScrollBar().valueChanged.connect(self.totals.horizontalScrollBar().setValue)
        self.view.selectionModel().currentChanged.connect(self._on_view_current_changed)
        self.totals.verticalHeader().installEventFilter(self)

    def _on_view_current_changed(self, current: QModelIndex) -> None:
        self.current_changed.emit(current)

    def _on_view_walked_off(self, rows: int) -> None:
        if rows > 0:
            column = self.view.currentIndex().column()
            self.totals.setFocus()
            self.totals.go_to(self.totals_model.index(TotalsRow.STATED, column))

    def _on_totals_walked_off(self, rows: int) -> None:
        if rows < 0:
            column = self.totals.currentIndex().column()
            self.view.setFocus()
            self.view.go_to(self.rows_model.index(self.rows_model.rowCount() - 1, column))

    def _make_source_button(self) -> QToolButton:
        button = QToolButton(self.totals.verticalHeader())
        button.setObjectName("source")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setToolTip(self.tr("Whose figures are stated"))
        button.setMenu(QMenu(button))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._source_actions = QActionGroup(self)
        self._source_actions.triggered.connect(self._on_source_triggered)
        self._source_menu = button.menu()
        self._fill_source_menu(button)
        return button

    def _fill_source_menu(self, button: QToolButton | None = None) -> None:
        button = button or self._source_button
        self._source_menu.clear()
        for source in self.totals_model.sources:
            action = QAction(capital(self._names.source_name(source.key)), self._source_actions)
            action.setCheckable(True)
            action.setData(source.key)
            action.setChecked(source.key == self.totals_model.source)
            self._source_menu.addAction(action)
        button.setVisible(self.totals_model.source is not None)

    def _on_source_triggered(self, action: QAction) -> None:
        if not self.totals.votes_delegate.finish():  # it belongs to the source that was shown while it was typed
            self._fill_source_menu()
            return
        self.totals_model.show_source(str(action.data()))
        self.fit()
        self._place_source_button()

    def use_sources(self) -> None:
        """Let the sources be chosen that there are now."""
        self.totals_model.use_sources()
        self._totals_header.raise_row(None if self.totals_model.source is None else TotalsRow.STATED)
        self._fill_source_menu()
        self._place_source_button()

    def next_source(self) -> None:
        """Show the next source's stated figures."""
        actions = self._source_actions.actions()
        checked = self._source_actions.checkedAction()
        if actions:
            actions[(actions.index(checked) + 1) % len(actions) if checked else 0].trigger()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the source chooser in its row's heading."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._place_source_button()
        return super().eventFilter(watched, event)

    def _place_source_button(self) -> None:
        header = self.totals.verticalHeader()
        button = self._source_button
        name = capital(self._names.source_name(self.totals_model.source))
        room = header.width() - SPACING.medium
        button.setText(f"{button.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room - 20)} ▾")
        top = header.sectionViewportPosition(TotalsRow.STATED) + _ROW_HEIGHT // 2
        button.setGeometry(SPACING.small, top, min(button.sizeHint().width(), room), _ROW_HEIGHT // 2 - 2)
