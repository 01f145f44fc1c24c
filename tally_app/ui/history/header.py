"""The line above the history: how much there is, whose and what is shown of it, and a way out to a file."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QWidget

from tally_app.document.history import Occurring, Wanted
from tally_app.document.records import CHAMBER
from tally_app.ui.theme import SPACING
from tally_app.wording.kinds import in_order, kind_name
from tally_app.wording.names import Names

_LEAST_SEARCH = 90
_MOST_SEARCH = 260
_CHARACTERS = 8
"""Letters that a chooser shows at least; the opened list is as wide as its names."""
_CHAMBER = 1
"""Place of the chamber among the regions, after *all*."""


class HistoryHeader(QWidget):
    """Title, choosers, search and export; a dock may take it as its title bar. All that is chosen must hold."""

    wanted_changed = Signal(object)
    """Carries what is ``Wanted`` now."""
    export_requested = Signal()

    def __init__(self, names: Names, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = names
        self._unit: tuple[str, str, str] | None = None
        self._title = QLabel(self)
        self.state = QLabel(self)
        self.regions = QComboBox(self)
        self.persons = QComboBox(self)
        self.kinds = QComboBox(self)
        self.search = QLineEdit(self)
        self.export = QPushButton(self)
        self._label()
        self._fill_regions()
        self.offer(Occurring(frozenset(), frozenset()))
        self._lay_out()
        for chooser in self.choosers:
            chooser.currentIndexChanged.connect(self._on_changed)
        self.search.textChanged.connect(self._on_changed)
        self.export.clicked.connect(self.export_requested)

    @property
    def wanted(self) -> Wanted:
        """What is chosen and typed."""
        region, unit = self.regions.currentData() or (None, None)
        return Wanted(region, unit, self.persons.currentData(), self.kinds.currentData(), self.search.text())

    def offer(self, found: Occurring) -> None:
        """Let somebody choose among these persons and kinds; what is chosen stays so."""
        _fill(self.persons, self.tr("Everybody"), [(name, name) for name in sorted(found.persons, key=str.casefold)])
        _fill(self.kinds, self.tr("Every kind"), [(kind_name(kind), kind) for kind in in_order(found.kinds)])

    def show_unit(self, region: str, unit: str, name: str) -> None:
        """Want the history of one unit, whoever did whatever. *unit*: its key among the records."""
        self._unit = (region, unit, name)
        blockers = [QSignalBlocker(widget) for widget in (*self.choosers, self.search)]
        self._fill_regions()
        self.regions.setCurrentIndex(_CHAMBER + 1)
        self.persons.setCurrentIndex(0)
        self.kinds.setCurrentIndex(0)
        self.search.clear()
        del blockers
        self.wanted_changed.emit(self.wanted)

    def show_all(self) -> None:
        """Want everything again."""
        blockers = [QSignalBlocker(widget) for widget in (*self.choosers, self.search)]
        for chooser in self.choosers:
            chooser.setCurrentIndex(0)
        self.search.clear()
        del blockers
        self.wanted_changed.emit(self.wanted)

    def use_names(self, names: Names) -> None:
        """Name the regions in another language."""
        self._names = names
        if self._unit is not None:
            region, unit, _ = self._unit
            row = names.election.row(*unit.split("/", 1))
            self._unit = (region, unit, names.unit(row))
        with QSignalBlocker(self.regions):
            self._fill_regions()

    @property
    def choosers(self) -> tuple[QComboBox, ...]:
        """Region, person, kind."""
        return (self.regions, self.persons, self.kinds)

    def _fill_regions(self) -> None:
        """List the whole, the chamber, the unit somebody asked for, and the regions."""
        position = self.regions.currentIndex()
        election = self._names.election
        before = self.regions.count() - len(election.regions) - _CHAMBER - 1
        entries: list[tuple[str, tuple[str, str | None] | None]] = [
            (self.tr("All regions"), None),
            (self.tr("Chamber"), (CHAMBER, None)),
        ]
        if self._unit is not None:
            region, unit, name = self._unit
            entries.append((f"{self._names.region(region)} · {name}", (region, unit)))
            position += before == 0 and position > _CHAMBER
        entries += [(self._names.text(region.name), (region.key, None)) for region in election.regions]
        self.regions.clear()
        for text, data in entries:
            self.regions.addItem(text, data)
        self.regions.setCurrentIndex(max(0, position))
        _widen(self.regions)

    def _label(self) -> None:
        self._title.setText(self.tr("History"))
        self._title.setProperty("role", "section")
        self.state.setProperty("role", "muted")
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName(self.tr("Search the history"))
        self.export.setText(self.tr("Export…"))
        self.export.setAutoDefault(True)
        self.export.setToolTip(self.tr("Write what is shown to a file: a table for spreadsheets, or a NIST event log"))
        for chooser, name in (
            (self.regions, self.tr("Region of the history")),
            (self.persons, self.tr("Person in the history")),
            (self.kinds, self.tr("Kind of event")),
        ):
            chooser.setAccessibleName(name)
            chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            chooser.setMinimumContentsLength(_CHARACTERS)
            chooser.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            chooser.setMaximumWidth(_MOST_SEARCH)

    def _lay_out(self) -> None:
        self.search.setMinimumWidth(_LEAST_SEARCH)
        self.search.setMaximumWidth(_MOST_SEARCH)
        bar = QHBoxLayout(self)
        bar.setContentsMargins(SPACING.card, SPACING.small, SPACING.medium, SPACING.small)
        bar.setSpacing(SPACING.medium)
        bar.addWidget(self._title)
        bar.addWidget(self.state)
        bar.addStretch(1)
        for widget in (*self.choosers, self.search):
            bar.addWidget(widget, 3)
        bar.addWidget(self.export)

    def _on_changed(self) -> None:
        self.wanted_changed.emit(self.wanted)


def _fill(chooser: QComboBox, everything: str, entries: list[tuple[str, str]]) -> None:
    """Offer entries below *everything*; what is chosen stays so."""
    chosen = chooser.currentData()
    with QSignalBlocker(chooser):
        chooser.clear()
        chooser.addItem(everything, None)
        for text, data in entries:
            chooser.addItem(text, data)
        chooser.setCurrentIndex(max(0, chooser.findData(chosen)) if chosen is not None else 0)
    _widen(chooser)


def _widen(chooser: QComboBox) -> None:
    """Let the opened list show its longest name."""
    widths = [chooser.fontMetrics().horizontalAdvance(chooser.itemText(i)) for i in range(min(chooser.count(), 500))]
    chooser.view().setMinimumWidth(max(widths, default=0) + 4 * SPACING.large)
