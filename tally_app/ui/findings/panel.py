"""The findings panel: what does not fit, worst first, live at every key press."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from tally_app.checks.finding import Finding, Place, Severity
from tally_app.document.document import Document, DraftChanged, FiguresChanged, LateFindingsChanged
from tally_app.ui.document_signals import DocumentSignals
from tally_app.ui.findings.ledger import Rank
from tally_app.ui.findings.marks import STATE_OF, state_icon
from tally_app.ui.findings.model import LIMIT, Filter, FindingsModel
from tally_app.ui.findings.table import FindingsTable
from tally_app.ui.theme import COLOURS, SPACING
from tally_app.wording.names import Names
from tally_app.wording.numbers import counted, grouped

_ICON = 10
_CHIP = f"""
QPushButton {{ padding: 2px 8px; min-width: 28px; }}
QPushButton:checked {{ background: {COLOURS.selection}; border-color: {COLOURS.accent}; }}
"""


class FindingsPanel(QWidget):
    """Findings with their filters. *counts_changed* carries ``Counts``.

    *place_activated* carries the ``Place`` that somebody wants to see, *finding_activated* the whole ``Finding``.
    """

    place_activated = Signal(object)
    finding_activated = Signal(object)
    counts_changed = Signal(object)

    def __init__(
        self, document: Document, signals: DocumentSignals, names: Names, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._names = names
        self._kept: Rank | None = None
        self._walked: Rank | None = None
        self.model = FindingsModel(document, names, self.font(), self)
        self._counts = self.model.counts
        self.table = FindingsTable(self.model, self)
        self.header = QWidget(self)
        """Title and filters; a dock may take it as its title bar."""
        self._title = QLabel(self)
        self._buttons = {severity: self._severity_button(severity) for severity in Severity}
        self._regions = self._region_box()
        self._pages = QStackedWidget(self)
        self._empty = QLabel(self)
        self._more = QLabel(self)
        self._lay_out()
        self._connect(signals)
        self._name_regions()
        self._show_state()

    @property
    def title(self) -> str:
        """What the title line says."""
        return self._title.text()

    def use_names(self, names: Names) -> None:
        """Say everything in another language."""
        self._names = names
        self.model.use_names(names)
        self._name_regions()

    def set_editing_row(self, row: int | None) -> None:
        """Say which unit's row is being typed: its missing figures are no errors yet."""
        if self.model.set_editing_row(row):
            self._show_state()

    def show_region(self, region: int | None) -> None:
        """Show one region's findings only, or everything."""
        self._regions.setCurrentIndex(0 if region is None else region + 2)

    def show_chamber(self) -> None:
        """Show the chamber's findings only."""
        self._regions.setCurrentIndex(1)

    def next_finding(self, after: Place | None = None) -> Place | None:
        """Do as ``next_finding_entry``, and return where the finding is."""
        finding = self.next_finding_entry(after)
        return None if finding is None else finding.place

    def next_finding_entry(self, after: Place | None = None) -> Finding | None:
        """Select the finding after *after*, or after the one this returned last; None if nothing is shown."""
        rows = self.model.rowCount()
        if not rows:
            return None
        row = self._row_after(after) % rows
        self._walked = self.model.entry(row).rank
        self._select_row(row)
        return self.model.entry(row).finding

    def select_place(self, place: Place) -> bool:
        """Select the first finding about a place; return False if there is none."""
        row = self.model.row_of(place)
        if row is None:
            return False
        self._select_row(row)
        return True

    def _row_after(self, after: Place | None) -> int:
        rank = self._walked
        if rank is None and after is None and self.table.currentIndex().isValid():
            rank = self.model.entry(self.table.currentIndex().row()).rank
        if rank is not None:
            row = self.model.row_at(rank)
            here = row < self.model.rowCount() and self.model.entry(row).rank == rank
            if after is None or (here and self.model.entry(row).finding.place == after):
                return row + 1 if here else row
        row_of_place = None if after is None else self.model.row_of(after)
        return 0 if row_of_place is None else row_of_place + 1

    def _select_row(self, row: int) -> None:
        self.table.selectRow(row)
        self.table.scrollTo(self.model.index(row, 0))

    def _severity_button(self, severity: Severity) -> QPushButton:
        button = QPushButton(self)
        button.setCheckable(True)
        button.setStyleSheet(_CHIP)
        button.setIcon(state_icon(STATE_OF[severity], _ICON, self.devicePixelRatioF()))
        button.toggled.connect(self._on_filter_changed)
        return button

    def _region_box(self) -> QComboBox:
        box = QComboBox(self)
        box.addItems([self.tr("All regions"), self.tr("Chamber")])
        box.addItems([region.key for region in self._document.election.regions])
        box.setAccessibleName(self.tr("Show the findings of"))
        box.setToolTip(self.tr("Show the findings of one region only"))
        box.setMaxVisibleItems(20)
        return box

    def _name_regions(self) -> None:
        for index, region in enumerate(self._document.election.regions):
            self._regions.setItemText(index + 2, self._names.text(region.name))

    def _lay_out(self) -> None:
        self._title.setProperty("role", "section")
        bar = QHBoxLayout(self.header)
        bar.setContentsMargins(SPACING.card, SPACING.small, SPACING.medium, SPACING.small)
        bar.setSpacing(SPACING.small)
        bar.addWidget(self._title, 1)
        for button in self._buttons.values():
            bar.addWidget(button)
        bar.addSpacing(SPACING.medium)
        bar.addWidget(self._regions)
        self._empty.setProperty("role", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._more.setProperty("role", "muted")
        self._more.setContentsMargins(SPACING.card, SPACING.small, SPACING.card, SPACING.small)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self._more)
        self.table.setAccessibleName(self.tr("Findings"))
        self.setAccessibleName(self.tr("Findings"))
        self.setFocusProxy(self.table)

    def _connect(self, signals: DocumentSignals) -> None:
        signals.draft_changed.connect(self._on_signals_draft_changed)
        signals.figures_changed.connect(self._on_signals_figures_changed)
        signals.late_changed.connect(self._on_signals_late_changed)
        self._regions.currentIndexChanged.connect(self._on_filter_changed)
        self.table.opened.connect(self._on_table_opened)
        self.model.modelAboutToBeReset.connect(self._on_model_about_to_be_reset)
        self.model.modelReset.connect(self._on_model_reset)

    def _on_signals_draft_changed(self, event: DraftChanged) -> None:
        if self.model.refresh((event.region,)):
            self._show_state()

    def _on_signals_figures_changed(self, event: FiguresChanged) -> None:
        if self.model.refresh(event.regions):
            self._show_state()

    def _on_signals_late_changed(self, event: LateFindingsChanged) -> None:
        if self.model.refresh(event.regions):
            self._show_state()

    def _on_filter_changed(self) -> None:
        chosen = frozenset(severity for severity, button in self._buttons.items() if button.isChecked())
        place = self._regions.currentIndex()
        self.model.set_filter(Filter(chosen, None if place <= 0 else place - 2))
        self._show_state()

    def _on_table_opened(self, row: int) -> None:
        entry = self.model.entry(row)
        self._walked = entry.rank
        self.place_activated.emit(entry.finding.place)
        self.finding_activated.emit(entry.finding)

    def _on_model_about_to_be_reset(self) -> None:
        current = self.table.currentIndex()
        self._kept = self.model.entry(current.row()).rank if current.isValid() else None

    def _on_model_reset(self) -> None:
        if self._kept is None:
            return
        row = self.model.row_at(self._kept)
        if row < self.model.rowCount() and self.model.entry(row).rank == self._kept:
            self._select_row(row)

    def _show_state(self) -> None:
        counts = self.model.counts
        self._title.setText(self._heading())
        numbers = {Severity.ERROR: counts.errors, Severity.WARNING: counts.warnings, Severity.NOTE: counts.notes}
        for severity, number in numbers.items():
            self._label_button(severity, number)
        self._pages.setCurrentIndex(0 if self.model.rowCount() else 1)
        everything = self.model.filter == Filter()
        self._empty.setText(
            self.tr("Nothing contradicts so far.") if everything else self.tr("No finding of this kind here.")
        )
        more = self.model.matching - self.model.rowCount()
        self._more.setVisible(more > 0)
        self._more.setText(
            self.tr("The first {shown} are shown; {more} more below. Choose a region or a kind to see them.").format(
                shown=grouped(LIMIT), more=grouped(more)
            )
        )
        if counts != self._counts:
            self._counts = counts
            self.counts_changed.emit(counts)

    def _heading(self) -> str:
        counts = self.model.counts
        parts = []
        if counts.errors:
            parts.append(counted(counts.errors, self.tr("error"), self.tr("errors")))
        if counts.warnings:
            parts.append(counted(counts.warnings, self.tr("warning"), self.tr("warnings")))
        if counts.notes:
            parts.append(counted(counts.notes, self.tr("note"), self.tr("notes")))
        if counts.typing:
            parts.append(self.tr("{count} being typed").format(count=grouped(counts.typing)))
        return self.tr("Findings · {counts}").format(counts=", ".join(parts)) if parts else self.tr("Findings")

    def _label_button(self, severity: Severity, number: int) -> None:
        kind = {
            Severity.ERROR: self.tr("Show errors only ({count})"),
            Severity.WARNING: self.tr("Show warnings only ({count})"),
            Severity.NOTE: self.tr("Show notes only ({count})"),
        }[severity].format(count=grouped(number))
        button = self._buttons[severity]
        button.setText(grouped(number))
        button.setToolTip(kind)
        button.setAccessibleName(kind)
