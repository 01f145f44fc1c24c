"""The line above the findings: how many there are, and which of them are shown in what order."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from tally_app.checks.finding import Severity
from tally_app.election.election import Election
from tally_app.ui.findings.ledger import Counts
from tally_app.ui.findings.marks import STATE_OF, state_icon
from tally_app.ui.findings.model import Filter
from tally_app.ui.findings.order import Order
from tally_app.ui.still_label import StillLabel
from tally_app.ui.theme import COLOURS, SPACING
from tally_app.wording.names import Names
from tally_app.wording.numbers import counted, grouped

_ICON = 10
_CHIP = f"""
QPushButton {{ padding: 2px 8px; min-width: 28px; }}
QPushButton:checked {{ background: {COLOURS.selection}; border-color: {COLOURS.accent}; }}
"""
_LEAST_TITLE = 60


class FindingsHeader(QWidget):
    """Title, filters and order; a dock may take it as its title bar."""

    filter_changed = Signal(object)
    """Carries the ``Filter``."""
    order_changed = Signal(object)
    """Carries the ``Order``."""
    by_cause_changed = Signal(bool)
    """Shall one wrong number be one line, with what hangs on it?"""

    def __init__(self, election: Election, names: Names, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._election = election
        self._title = StillLabel(self)
        self._buttons = {severity: self._severity_button(severity) for severity in Severity}
        self._by_cause = QPushButton(self.tr("By cause"), self)
        self._order = QComboBox(self)
        self._regions = QComboBox(self)
        self._fill()
        self._lay_out()
        self.use_names(names)
        self._regions.currentIndexChanged.connect(self._on_filter_changed)
        self._order.currentIndexChanged.connect(self._on_order_changed)
        self._by_cause.toggled.connect(self._on_by_cause_toggled)

    @property
    def title(self) -> str:
        """What the title line says."""
        return self._title.text()

    @property
    def by_cause(self) -> bool:
        """Is one wrong number one line?"""
        return self._by_cause.isChecked()

    def set_by_cause(self, wanted: bool) -> None:
        """Let one wrong number be one line, or every finding."""
        self._by_cause.setChecked(wanted)

    def show_region(self, region: int | None) -> None:
        """Choose one region, −1 for the chamber, None for everything."""
        self._regions.setCurrentIndex(0 if region is None else region + 2)

    def show_everything(self) -> None:
        """Take every filter off."""
        self.show_region(None)
        for button in self._buttons.values():
            button.setChecked(False)

    def use_names(self, names: Names) -> None:
        """Name the regions in another language."""
        for index, region in enumerate(self._election.regions):
            self._regions.setItemText(index + 2, names.text(region.name))

    def show_counts(self, counts: Counts) -> None:
        """Say how many findings there are of each kind."""
        self._title.setText(self._heading(counts))
        self._title.setToolTip(self._title.text())
        warnings = counts.warnings + counts.accepted
        numbers = {Severity.ERROR: counts.errors, Severity.WARNING: warnings, Severity.NOTE: counts.notes}
        for severity, number in numbers.items():
            self._label_button(severity, number)

    def _severity_button(self, severity: Severity) -> QPushButton:
        button = QPushButton(self)
        button.setCheckable(True)
        button.setStyleSheet(_CHIP)
        button.setIcon(state_icon(STATE_OF[severity], _ICON, self.devicePixelRatioF()))
        button.toggled.connect(self._on_filter_changed)
        return button

    def _fill(self) -> None:
        self._by_cause.setCheckable(True)
        self._by_cause.setStyleSheet(_CHIP)
        self._by_cause.setToolTip(self.tr("One wrong number is one line, with what hangs on it (F9)"))
        for order, text in (
            (Order.SEVERITY, self.tr("Worst first")),
            (Order.PLACE, self.tr("By place")),
            (Order.CODE, self.tr("By code")),
        ):
            self._order.addItem(text, order)
        self._order.setAccessibleName(self.tr("Order of the findings"))
        self._order.setToolTip(self.tr("Order of the findings"))
        self._regions.addItems([self.tr("All regions"), self.tr("Chamber")])
        self._regions.addItems([region.key for region in self._election.regions])
        self._regions.setAccessibleName(self.tr("Show the findings of"))
        self._regions.setToolTip(self.tr("Show the findings of one region only"))
        self._regions.setMaxVisibleItems(20)

    def _lay_out(self) -> None:
        self._title.setProperty("role", "section")
        self._title.setMinimumWidth(_LEAST_TITLE)
        bar = QHBoxLayout(self)
        bar.setContentsMargins(SPACING.card, SPACING.small, SPACING.medium, SPACING.small)
        bar.setSpacing(SPACING.small)
        bar.addWidget(self._title, 1)
        for button in self._buttons.values():
            bar.addWidget(button)
        bar.addSpacing(SPACING.medium)
        bar.addWidget(self._by_cause)
        bar.addWidget(self._order)
        bar.addWidget(self._regions)

    def _heading(self, counts: Counts) -> str:
        parts = []
        if counts.errors:
            parts.append(counted(counts.errors, self.tr("error"), self.tr("errors")))
        if counts.warnings:
            parts.append(counted(counts.warnings, self.tr("warning"), self.tr("warnings")))
        if counts.accepted:
            parts.append(self.tr("{count} accepted").format(count=grouped(counts.accepted)))
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
        button.ensurePolished()
        need, fixed = button.sizeHint(), button.minimumSize() == button.maximumSize()
        if not fixed or need.width() > button.width():
            button.setFixedSize(need)  # as long as it suffices, another number has nothing laid out anew
        button.setToolTip(kind)
        button.setAccessibleName(kind)

    def _on_filter_changed(self) -> None:
        chosen = frozenset(severity for severity, button in self._buttons.items() if button.isChecked())
        place = self._regions.currentIndex()
        self.filter_changed.emit(Filter(chosen, None if place <= 0 else place - 2))

    def _on_order_changed(self) -> None:
        self.order_changed.emit(Order(self._order.currentData()))

    def _on_by_cause_toggled(self, wanted: bool) -> None:
        self._order.setEnabled(not wanted)
        self.by_cause_changed.emit(wanted)
