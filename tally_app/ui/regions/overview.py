"""The published table, live: every region with votes, percentages and seats per party, and what is stated of them."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from tally_app.document.document import Document, DraftChanged, FiguresChanged, LateFindingsChanged
from tally_app.document.sources import sources
from tally_app.ui.document_signals import DocumentSignals
from tally_app.ui.regions.columns import Kind
from tally_app.ui.regions.group_header import AIR, PAD, GroupHeader
from tally_app.ui.regions.overview_model import RegionsModel, State, TotalsModel
from tally_app.ui.regions.overview_table import MARK, MARK_GAP, ROW_HEIGHT, OverviewTable
from tally_app.ui.signing.chips import StatusChip, StatusNote
from tally_app.ui.theme import SIZES, SPACING, sized
from tally_app.wording.findings import capital
from tally_app.wording.names import Names
from tally_app.wording.numbers import counted, grouped

_FRAMES = 8  # borders of the card and of the tables
_HINT_TIME = 6000
"""How long a hint stays if no key is pressed [ms]."""
_WIDEST = 1.5
_LEAST_SOURCE = 12  # characters of a source's name that are seen in any window
"""On a wide screen columns grow by this factor at most: figures of one region stay together."""


class SourceBox(QComboBox):
    """Sources to compare with. It takes the keyboard only by a click or its mnemonic, and the wheel only then."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        # Its longest name must not decide how narrow the window can be.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Room for the beginning of a name; the tooltip has all of it."""
        return QSize(_LEAST_SOURCE * self.fontMetrics().averageCharWidth(), super().minimumSizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what is below."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class OverviewScreen(QWidget):
    """All regions, and the totals pinned below. *region_selected* carries the position of the region to show.

    *state* is called with a figure's key and the text that somebody typed, or None for *not stated*.
    """

    region_selected = Signal(object)

    def __init__(
        self,
        document: Document,
        signals: DocumentSignals,
        names: Names,
        state: State,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._names = names
        self._drafted_region: int | None = None
        self.regions_model = RegionsModel(document, names, self.font(), self)
        self.totals_model = TotalsModel(document, names, self.font(), state, self)
        self.regions = OverviewTable(self.regions_model, self)
        self.totals = OverviewTable(self.totals_model, self)
        self._header = GroupHeader(self.regions_model, self.regions)
        self._frame = QFrame(self)
        self._title = QLabel(self.tr("Overview"), self)
        self._progress = QLabel(self)
        self._status = StatusChip(document, signals, self)
        self._status_note = StatusNote(document, signals, self)
        self._about = QLabel(self)
        self._about.setTextFormat(Qt.TextFormat.PlainText)
        self._hint = QLabel(self)
        self._hint_time = QTimer(self)
        self._source = SourceBox(self)
        self._pinned = QVBoxLayout()
        self._lay_out()
        self._connect(signals)
        self.use_names(names)

    def use_names(self, names: Names) -> None:
        """Name everything in another language."""
        self._names = names
        self.regions_model.use_names(names)
        self.totals_model.use_names(names)
        for index in range(self._source.count()):
            self._source.setItemText(index, capital(names.source_name(self._source.itemData(index))))
        self._say_progress()
        self._share_width()

    def show_source(self, key: str) -> None:
        """Compare with what another source states."""
        index = self._source.findData(key)
        if index >= 0:
            self._source.setCurrentIndex(index)

    def use_sources(self) -> None:
        """Let the sources be chosen that there are now."""
        self.totals.drop_editor()
        before = self.totals_model.source
        self._source.blockSignals(True)
        self._source.clear()
        self._list_sources()
        self._source.setCurrentIndex(max(self._source.findData(before), 0) if self._source.count() else -1)
        self._source.blockSignals(False)
        self.totals_model.use_source(self._source.currentData() or "")
        self.totals.first_row = min(TotalsModel.STATED, self.totals_model.rowCount() - 1)
        self._share_width()

    def _list_sources(self) -> None:
        for source in sources(self._document.election, self._document.records):
            self._source.addItem(capital(self._names.source_name(source.key)), source.key)
        for widget in (self._source_label, self._source):
            widget.setVisible(bool(self._source.count()))

    def go_to_stated(self, source: str | None, figure: str, party: str | None) -> bool:
        """Show what *source*, or the chosen one if None, states of a figure, and put the keyboard there.

        Returns: False if there is no such cell; then nothing changes.
        """
        if source is not None and self._source.findData(source) < 0:
            return False
        column = self.totals_model.stated_column(figure, party)
        if column is None:
            return False
        if source is not None:
            self.show_source(source)
        index = self.totals_model.index(TotalsModel.STATED, column)
        self.totals.setFocus()
        self.totals.setCurrentIndex(index)
        self.totals.scrollTo(index)
        return True

    def copy(self) -> None:
        """Copy the selected block of the table that has the keyboard."""
        (self.totals if self.totals.hasFocus() else self.regions).copy()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out again."""
        super().resizeEvent(event)
        self._share_width()

    def showEvent(self, event: QShowEvent) -> None:
        """Share the width out by what was entered meanwhile."""
        super().showEvent(event)
        self._share_width()

    def _lay_out(self) -> None:
        self._prepare_tables()
        self._pinned.addWidget(self.totals)
        table = QVBoxLayout(self._frame)
        table.setContentsMargins(1, 1, 1, 1)
        table.setSpacing(0)
        table.addWidget(self.regions, 1)
        table.addSpacing(SPACING.medium)
        table.addLayout(self._pinned)
        row = QHBoxLayout()
        row.addWidget(self._frame, 1)
        row.addStretch(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACING.large, SPACING.large, SPACING.large, SPACING.medium)
        layout.setSpacing(SPACING.small)
        layout.addLayout(self._top_line())
        layout.addWidget(self._about)
        layout.addWidget(self._status_note)
        layout.addSpacing(SPACING.medium)
        layout.addLayout(row, 1)
        layout.addWidget(self._hint)
        layout.addStretch(0)
        self._frame.setProperty("role", "card")
        self._about.setProperty("role", "muted")
        self._about.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._hint.setProperty("role", "warning")
        self._hint.setWordWrap(True)
        self._hint_time.setSingleShot(True)
        self._hint_time.setInterval(_HINT_TIME)
        self.setFocusProxy(self.regions)

    def _top_line(self) -> QHBoxLayout:
        self._title.setProperty("role", "title")
        self._progress.setProperty("role", "chip")
        label = QLabel(self.tr("Com&pare with"), self)
        label.setProperty("role", "muted")
        label.setBuddy(self._source)
        self._source_label = label
        for gives_way in (label, self._progress):
            gives_way.setMinimumWidth(1)  # on a screen of 1024 pixels
        self._source.setAccessibleName(self.tr("Source of the stated figures"))
        self._list_sources()
        line = QHBoxLayout()
        line.setSpacing(SPACING.medium)
        line.addWidget(self._title)
        line.addWidget(self._progress)
        line.addWidget(self._status)
        line.addStretch(1)
        line.addWidget(label)
        line.addWidget(self._source)
        return line

    def _prepare_tables(self) -> None:
        self.regions.setHorizontalHeader(self._header)
        self.regions.setAccessibleName(self.tr("Regions with votes and seats per party"))
        self.regions.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.totals.first_row = min(TotalsModel.STATED, self.totals_model.rowCount() - 1)
        self.totals.setAccessibleName(self.tr("Total, stated figures, difference"))
        self.totals.horizontalHeader().hide()
        self.totals.horizontalHeader().setMinimumSectionSize(20)
        self.totals.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _connect(self, signals: DocumentSignals) -> None:
        signals.draft_changed.connect(self._on_signals_draft_changed)
        signals.figures_changed.connect(self._on_signals_figures_changed)
        signals.late_changed.connect(self._on_signals_late_changed)
        self.regions.opened.connect(self.region_selected)
        self.regions.horizontalScrollBar().valueChanged.connect(self.totals.horizontalScrollBar().setValue)
        self.totals.horizontalScrollBar().valueChanged.connect(self.regions.horizontalScrollBar().setValue)
        self.regions.verticalScrollBar().rangeChanged.connect(self._on_bar_range_changed)
        self.regions.left.connect(self._on_regions_left)
        self.totals.left.connect(self._on_totals_left)
        self.totals_model.refused.connect(self._on_totals_refused)
        self.totals.retyped.connect(self._hint.clear)
        self._hint_time.timeout.connect(self._hint.clear)
        self._source.currentIndexChanged.connect(self._on_source_changed)

    def _on_signals_draft_changed(self, event: DraftChanged) -> None:
        self._refresh({event.region})

    def _on_signals_figures_changed(self, event: FiguresChanged) -> None:
        self._hint.clear()
        self._refresh(event.regions)
        self._say_progress()
        if self.isVisible():  # else on showing: behind the entry grid every Enter would pay for it
            self._share_width()

    def _on_signals_late_changed(self, event: LateFindingsChanged) -> None:
        self.regions_model.refresh(event.regions)
        if event.done:  # and with them what a figure probably is
            self.regions_model.repaint_rows(0, self.regions_model.rowCount() - 1)

    def _on_bar_range_changed(self) -> None:
        if self._pinned.contentsMargins().right() != self._reserved():
            self._share_width()

    def _on_regions_left(self, column: int) -> None:
        """Down from the last region: to what is stated."""
        self._step_into(self.totals, self.totals.first_row, column)

    def _on_totals_left(self, column: int) -> None:
        self._step_into(self.regions, self.regions_model.rowCount() - 1, column)

    def _step_into(self, table: OverviewTable, row: int, column: int) -> None:
        table.setFocus()
        table.setCurrentIndex(table.model().index(row, column))

    def _on_totals_refused(self, hint: str) -> None:
        self._hint.setText(hint)
        self._hint_time.start()

    def _on_source_changed(self, index: int) -> None:
        self.totals.drop_editor()
        self.totals_model.use_source(str(self._source.itemData(index)))
        self._share_width()

    def _refresh(self, regions: set[int] | frozenset[int]) -> None:
        draft = self._document.live.draft
        now = draft.region.region if draft else None
        touched = {*regions, now, self._drafted_region}
        self._drafted_region = now
        self.regions_model.refresh(region for region in touched if region is not None)
        self.totals_model.refresh()

    def _say_progress(self) -> None:
        live, pack = self._document.live, self._document.election.pack
        regions = range(len(self._document.election.regions))
        complete = sum(live.region(region).complete == live.region(region).units for region in regions)
        text = self.tr("{complete} of {regions} regions complete").format(
            complete=grouped(complete), regions=grouped(len(regions))
        )
        ties = (live.region(region).allocation.tie for region in regions)
        tied = sum(tie.seats for tie in ties if tie is not None)
        if tied:
            seats = counted(tied, self.tr("seat"), self.tr("seats"))
            text = self.tr("{progress} · a lot decides {seats}").format(progress=text, seats=seats)
        self._progress.setText(text)
        seats = self.tr("{count} elected seats").format(count=grouped(pack.chamber.elected_seats))
        about = " · ".join((self._names.text(pack.title), self._names.text(pack.chamber.name), seats))
        self._about.setText(about)
        self._about.setToolTip(about)

    def _share_width(self) -> None:
        """Widen columns where there is room; below that the tables scroll together."""
        names = self._names_width()
        needs = [self._needed(column) for column in range(len(self.totals_model.columns))]
        reserved = self._reserved()
        room = self.width() - 2 * SPACING.large - names - reserved - _FRAMES
        widths = [int(need * min(max(room / sum(needs), 1.0), _WIDEST)) for need in needs]
        for table in (self.regions, self.totals):
            table.verticalHeader().setFixedWidth(names)
            for column, width in enumerate(widths):
                table.setColumnWidth(column, width)
        self._pinned.setContentsMargins(0, 0, reserved, 0)
        self._frame.setMaximumWidth(names + sum(widths) + reserved + _FRAMES)
        self._share_height(scrolls=room < sum(widths))

    def _share_height(self, scrolls: bool) -> None:
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOn if scrolls else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.totals.setHorizontalScrollBarPolicy(policy)
        bar = self.totals.horizontalScrollBar().sizeHint().height() if scrolls else 0
        totals = self.totals_model.rowCount() * ROW_HEIGHT + bar + 2
        regions = self._regions_height()
        self.totals.setFixedHeight(totals)
        self.regions.setMaximumHeight(regions)
        self._frame.setMaximumHeight(regions + SPACING.medium + totals + 4)

    def _regions_height(self) -> int:
        return self._header.sizeHint().height() + self.regions_model.rowCount() * ROW_HEIGHT + 4

    def _reserved(self) -> int:
        """Return the width of the vertical scroll bar, if there is one [px]."""
        bar = self.regions.verticalScrollBar()
        return bar.sizeHint().width() if bar.maximum() else 0

    def _names_width(self) -> int:
        metrics = QFontMetrics(sized(self.font(), SIZES.base, bold=True))
        models = (self.regions_model, self.totals_model)
        names = [model.row_name(row) for model in models for row in range(model.rowCount())]
        return min(max(map(metrics.horizontalAdvance, names)) + 24, 220)

    def _needed(self, column: int) -> int:
        """Return a column's natural width: its longest figure, its marks where it has any, little air."""
        plain = QFontMetrics(sized(self.font(), SIZES.base))
        bold = QFontMetrics(sized(self.font(), SIZES.base, bold=True))
        kind = self.totals_model.columns[column].kind
        least = {Kind.SHARE: "00.00", Kind.WON: "00", Kind.SEATS: "00"}.get(kind, "0,000")
        widths = [bold.horizontalAdvance(least)]
        for model, metrics in ((self.regions_model, plain), (self.totals_model, bold)):
            for row in range(model.rowCount()):
                mark = MARK + MARK_GAP if model.cell_findings(row, column) else 0
                widths.append(metrics.horizontalAdvance(model.text(row, column)) + mark)
        return max(max(widths) + PAD + AIR, self._header.needed_width(column))
