"""The findings panel: what does not fit, worst first, live at every key press, and what can be done about it."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from tally_app.checks.claims import claim_key, finding_key
from tally_app.checks.finding import Finding, Place, identity
from tally_app.checks.repair import Repair, Repairs
from tally_app.document.document import Document, DraftChanged, FiguresChanged, LateFindingsChanged
from tally_app.document.explanations import EXPLANATION
from tally_app.ui.document_signals import DocumentSignals
from tally_app.ui.findings.acts import FindingActs
from tally_app.ui.findings.cause_model import CauseModel
from tally_app.ui.findings.cause_tree import CauseTree
from tally_app.ui.findings.detail import FindingDetail, Subject
from tally_app.ui.findings.header import FindingsHeader
from tally_app.ui.findings.ledger import Entry, Rank
from tally_app.ui.findings.model import LIMIT, Filter, FindingsModel
from tally_app.ui.findings.order import Order
from tally_app.ui.findings.slip_line import SlipLine, slips_alone
from tally_app.ui.findings.table import FindingsTable
from tally_app.ui.findings.walk import Walk
from tally_app.ui.gestures import Gestures
from tally_app.ui.theme import COLOURS, SPACING
from tally_app.wording.names import Names
from tally_app.wording.numbers import grouped
from tally_app.wording.repairs import repair_sentence

_LEAST_LIST = 480
"""The detail gets no more than what leaves the list this width [px]."""
_DETAIL_OF_TEN = 4
_WIDEST_DETAIL = 560
_PAUSE = 100
"""Causes are put together anew so long after a key press [ms]."""
_LONG_PAUSE = 1000
"""The same where there are so many findings that it would hold up the keys [ms]."""


class FindingsPanel(QWidget):
    """Findings with their filters, and the detail of the selected one. *counts_changed* carries ``Counts``.

    *place_activated* carries the ``Place`` that somebody wants to see, *finding_activated* the whole ``Finding``,
    *cell_activated* the ``Cell`` of a repair.
    """

    place_activated = Signal(object)
    finding_activated = Signal(object)
    cell_activated = Signal(object)
    counts_changed = Signal(object)

    def __init__(
        self,
        document: Document,
        signals: DocumentSignals,
        gestures: Gestures,
        names: Names,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._names = names
        self._kept: Rank | None = None
        self._repairs = document.late.repairs or Repairs()
        self._next_slip = 0
        self.model = FindingsModel(document, names, self.font(), self)
        self._walk = Walk(self.model)
        self._counts = self.model.counts
        self.acts = FindingActs(document, gestures, names, self)
        self.header = FindingsHeader(document.election, names, self)
        self.slips = SlipLine(self)
        self.table = FindingsTable(self.model, self)
        self._cause_model = CauseModel(names, self.font(), self)
        self.causes = CauseTree(self._cause_model, self)
        self._grouping = QTimer(self)
        self.detail = FindingDetail(names, document.read_only, self)
        self._sides = QHBoxLayout()
        self._pages = QStackedWidget(self)
        self._empty = QLabel(self)
        self._more = QLabel(self)
        self._lay_out()
        self._connect(signals)
        self._show_state()
        self._show_repairs()

    @property
    def title(self) -> str:
        """What the title line says."""
        return self.header.title

    def use_names(self, names: Names) -> None:
        """Say everything in another language."""
        self._names = names
        self.model.use_names(names)
        self._cause_model.use_names(names)
        self.header.use_names(names)
        self.slips.show_repairs(Repairs() if self.header.by_cause else self._repairs, names)
        self.detail.use_names(names)

    def set_editing_row(self, row: int | None) -> None:
        """Say which unit's row is being typed: its missing figures are no errors yet."""
        if self.model.set_editing_row(row):
            self._show_state()

    def show_region(self, region: int | None) -> None:
        """Show one region's findings only, or everything."""
        self.header.show_region(region)

    def show_chamber(self) -> None:
        """Show the chamber's findings only."""
        self.header.show_region(-1)

    @property
    def repair(self) -> Repair | None:
        """The candidate that is current in the detail."""
        return self.detail.candidates.repair if self.detail.isVisible() else None

    @property
    def holds_keyboard(self) -> bool:
        """Is somebody at work in the panel?"""
        focus = self.window().focusWidget()
        return focus is not None and (focus is self or self.isAncestorOf(focus))

    def show_next_slip(self) -> bool:
        """Show a number that is probably another one, at each call the next; False if there is none."""
        alone = slips_alone(self._repairs)
        if not alone:
            return False
        repair = alone[self._next_slip % len(alone)]
        self._next_slip += 1
        self._select_finding_of(repair)
        self.detail.candidates.choose(repair)
        self.detail.candidates.setFocus()
        return True

    @property
    def view(self) -> QWidget:
        """What shows the findings: the table, or the tree of causes."""
        return self.causes if self.header.by_cause else self.table

    def toggle_by_cause(self) -> None:
        """Let one wrong number be one line, with what hangs on it; or every finding be a line again."""
        self.header.set_by_cause(not self.header.by_cause)

    def select_unit(self, row: int) -> None:
        """Select the first warning about a unit that nobody has accepted, if there is one."""
        found = self.model.open_warning(row)
        if found is not None:
            self._select_row(found)

    def apply_repair(self) -> bool:
        """Enter what the current candidate says; False if there is none, or it cannot be entered."""
        repair = self.repair
        if repair is None:
            return False
        entries = self.detail.subject.entries
        removed = [claim_key(claim) for claim in repair.fixed]
        about = next((entry.finding for entry in entries if finding_key(entry.finding) in removed), None)
        return self.acts.apply(repair, about)

    def ask_reason(self) -> bool:
        """Ask for a reason for the selected warnings; False if none is selected."""
        return self.detail.isVisible() and self.detail.ask_reason()

    def next_finding(self, after: Place | None = None) -> Place | None:
        """Do as ``next_finding_entry``, and return where the finding is."""
        finding = self.next_finding_entry(after)
        return None if finding is None else finding.place

    def next_finding_entry(self, after: Place | None = None) -> Finding | None:
        """Select the finding after *after*, or after the one this returned last; None if nothing is shown."""
        rows = self.model.rowCount()
        if not rows:
            return None
        current = self.table.currentIndex()
        row = self._walk.row_after(after, current.row() if current.isValid() else None) % rows
        self._walk.stand_at(self.model.entry(row))
        self._select_row(row)
        return self.model.entry(row).finding

    def select_place(self, place: Place) -> bool:
        """Select the first finding about a place; return False if there is none."""
        row = self.model.row_of(place)
        if row is None:
            return False
        self._select_row(row)
        return True

    def _select_row(self, row: int) -> None:
        self.table.go_to(row)
        if self.header.by_cause:
            self._regroup()
            self.causes.go_to(self._cause_model.find_finding(identity(self.model.entry(row).finding)))

    def _select_finding_of(self, repair: Repair) -> None:
        """Select the first finding that a repair removes; of a filter that hides it, all are shown."""
        removed = {claim_key(claim) for claim in repair.fixed}
        row = self.model.row_of_claim(removed)
        if row is None:
            self.header.show_everything()
            row = self.model.row_of_claim(removed)
        if row is not None:
            self._select_row(row)

    def _lay_out(self) -> None:
        self._empty.setProperty("role", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._more.setProperty("role", "muted")
        self._more.setContentsMargins(SPACING.card, SPACING.small, SPACING.card, SPACING.small)
        for page in (self.table, self.causes, self._empty):
            self._pages.addWidget(page)
        self._grouping.setSingleShot(True)
        self.detail.setStyleSheet(f"#detail {{ border: 0; border-left: 1px solid {COLOURS.hairline}; }}")
        self.detail.hide()
        self._sides.setSpacing(0)
        self._sides.addWidget(self._pages, 1)
        self._sides.addWidget(self.detail)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self.slips)
        layout.addLayout(self._sides, 1)
        layout.addWidget(self._more)
        self.table.setAccessibleName(self.tr("Findings"))
        self.setAccessibleName(self.tr("Findings"))
        self.setFocusProxy(self.table)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width between list and detail."""
        super().resizeEvent(event)
        width = min(self.width() * _DETAIL_OF_TEN // 10, max(self.width() - _LEAST_LIST, 0), _WIDEST_DETAIL)
        self.detail.setFixedWidth(max(width, 1))

    def _connect(self, signals: DocumentSignals) -> None:
        signals.draft_changed.connect(self._on_signals_draft_changed)
        signals.figures_changed.connect(self._on_signals_figures_changed)
        signals.late_changed.connect(self._on_signals_late_changed)
        self.header.filter_changed.connect(self._on_header_filter_changed)
        self.header.order_changed.connect(self._on_header_order_changed)
        self.header.by_cause_changed.connect(self._on_header_by_cause_changed)
        self._grouping.timeout.connect(self._regroup)
        self.causes.opened.connect(self._on_causes_opened)
        self.causes.selected.connect(self._show_detail)
        self.table.opened.connect(self._on_table_opened)
        self.table.selectionModel().selectionChanged.connect(self._show_detail)
        self.model.modelAboutToBeReset.connect(self._on_model_about_to_be_reset)
        self.model.modelReset.connect(self._on_model_reset)
        self.slips.wanted.connect(self.show_next_slip)
        self.acts.refused.connect(self.detail.warn)
        self.detail.apply_wanted.connect(self.apply_repair)
        self.detail.accept_wanted.connect(self._on_detail_accept_wanted)
        self.detail.repair_opened.connect(self._on_detail_repair_opened)
        self.detail.left.connect(self._on_detail_left)
        self.detail.candidates.left.connect(self._on_detail_left)

    def _on_signals_draft_changed(self, event: DraftChanged) -> None:
        if self.model.refresh((event.region,)):
            self._show_state()

    def _on_signals_figures_changed(self, event: FiguresChanged) -> None:
        reasons = any(change.kind == EXPLANATION for change in event.edit.records)
        if self.model.refresh(event.regions, reasons=reasons):
            self._show_state()

    def _on_signals_late_changed(self, event: LateFindingsChanged) -> None:
        if self.model.refresh(event.regions):
            self._show_state()
        found = self._document.late.repairs
        if found is not None and found is not self._repairs:
            self._repairs = found
            self._next_slip = 0
            self._show_repairs()

    def _on_header_filter_changed(self, chosen: Filter) -> None:
        self.model.set_filter(chosen)
        self._show_state()

    def _on_header_order_changed(self, order: Order) -> None:
        self.model.set_order(order)

    def _on_header_by_cause_changed(self, by_cause: bool) -> None:
        had_keyboard = self.holds_keyboard
        self.setFocusProxy(self.view)
        self._show_state()
        if by_cause:
            self._regroup()
            if not self.causes.currentIndex().isValid():
                self.causes.go_to(self._cause_model.index(0, 0))
        self._show_repairs()
        if had_keyboard:
            self.view.setFocus()

    def _group_soon(self) -> None:
        if self.header.by_cause:
            self._grouping.start(_PAUSE if self.model.matching < LIMIT else _LONG_PAUSE)

    def _regroup(self) -> None:
        """Put the causes together anew, if they are shown."""
        self._grouping.stop()
        if self.header.by_cause:
            self._cause_model.show_findings(self.model.ledger.entries(), self._repairs, self.model.filter)

    def _on_causes_opened(self, index: QModelIndex) -> None:
        branch = self._cause_model.branch(index)
        repair = branch.cause.repair if branch is not None else None
        if repair is not None and repair.changes:
            self.cell_activated.emit(repair.changes[0].cell)
        else:
            finding = self._cause_model.entry(index).finding
            self.place_activated.emit(finding.place)
            self.finding_activated.emit(finding)

    def _on_table_opened(self, row: int) -> None:
        entry = self.model.entry(row)
        self._walk.stand_at(entry)
        self.place_activated.emit(entry.finding.place)
        self.finding_activated.emit(entry.finding)

    def _on_detail_repair_opened(self, repair: Repair) -> None:
        if repair.changes:
            self.cell_activated.emit(repair.changes[0].cell)

    def _on_detail_accept_wanted(self, reason: str | None) -> None:
        if self.acts.accept([entry.finding for entry in self.detail.warnings], reason):
            self.detail.end_reason()

    def _on_detail_left(self) -> None:
        self.view.setFocus()

    def _on_model_about_to_be_reset(self) -> None:
        current = self.table.currentIndex()
        self._kept = self.model.entry(current.row()).rank if current.isValid() else None

    def _on_model_reset(self) -> None:
        if self._kept is not None:
            row = self.model.row_at(self._kept)
            if row < self.model.rowCount() and self.model.entry(row).rank == self._kept:
                self._select_row(row)
        self._show_detail()

    def _show_repairs(self) -> None:
        self.slips.show_repairs(Repairs() if self.header.by_cause else self._repairs, self._names)
        self._group_soon()
        self._show_detail()

    def _show_detail(self) -> None:
        """Show the selected findings beside the list, with what may be behind them."""
        subject = self._subject_of_cause() if self.header.by_cause else self._subject(self.table.selected())
        entries = subject.entries
        if self.detail.asking and entries != self.detail.subject.entries:
            self.detail.end_reason()  # what was to be accepted is not what it was
        if self.detail.isHidden() != (subject == Subject()):
            self.detail.setVisible(subject != Subject())
            self._sides.activate()  # at once: what is clicked next must be where it is seen
        if subject != self.detail.subject:
            self.detail.show_subject(subject, self._names)

    def _subject(self, entries: Sequence[Entry]) -> Subject:
        if not entries:
            return Subject()
        explaining = self._repairs.explaining(entries[0].finding) if len(entries) == 1 else Repairs()
        return Subject(tuple(entries), self._repairs, explaining.found)

    def _subject_of_cause(self) -> Subject:
        index = self.causes.currentIndex()
        if not index.isValid():
            return Subject()
        branch = self._cause_model.branch(index)
        repair = branch.cause.repair if branch is not None else None
        if repair is None:
            return self._subject([self._cause_model.entry(index)])
        repairs = self._cause_model.repairs  # those that the causes were made of, older for a moment
        offered = (*repairs.numbers(repair), *repairs.rivals(repair))
        return Subject((), repairs, offered, repair_sentence(self._names, repair, repairs))

    def _show_state(self) -> None:
        counts = self.model.counts
        self.header.show_counts(counts)
        self._pages.setCurrentWidget(self.view if self.model.rowCount() else self._empty)
        self._group_soon()
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
        self._show_detail()
        if counts != self._counts:
            self._counts = counts
            self.counts_changed.emit(counts)
