"""Choosers of what is shown: the chamber, a region, one of its units."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from tally_app.document.stated_view import Scope
from tally_app.election.election import Election
from tally_app.ui.theme import SPACING
from tally_app.wording.names import Names

_MOST_UNITS = 2000
"""Units that are listed; in larger regions Ctrl+G goes to one."""
_WIDTH = 132


class ScopeBox(QWidget):
    """Two lists; the second has the units of the region in the first."""

    chosen = Signal(object)
    """The Scope that somebody chose."""

    def __init__(self, election: Election, names: Names, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._election = election
        self._names = names
        self._region = _box(self)
        self._unit = _box(self)
        self._region.setAccessibleName(self.tr("Region, or the chamber"))
        self._unit.setAccessibleName(self.tr("Unit, or the whole region"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING.small)
        for text, box in ((self.tr("Sho&w"), self._region), (self.tr("U&nit"), self._unit)):
            label = QLabel(text, self)
            label.setProperty("role", "muted")
            label.setBuddy(box)
            layout.addWidget(label)
            layout.addWidget(box)
            layout.addSpacing(SPACING.small)
        self._region.activated.connect(self._on_region_activated)
        self._unit.activated.connect(self._on_unit_activated)

    def show_scope(self, scope: Scope) -> None:
        """Show what is chosen, without telling anybody."""
        self._region.clear()
        self._region.addItem(self.tr("Chamber"), None)
        for region in self._election.regions:
            self._region.addItem(self._names.text(region.name), region.key)
        self._region.setCurrentIndex(self._region.findData(scope.region))
        self._fill_units(scope)

    def _fill_units(self, scope: Scope) -> None:
        self._unit.clear()
        self._unit.setEnabled(scope.region is not None)
        self._unit.addItem(self.tr("All together"), None)
        if scope.region is not None:
            units = self._election.regions[self._election.region_index[scope.region]].units
            if len(units) > _MOST_UNITS:
                self._unit.setToolTip(self.tr("Ctrl+G goes to a unit by its name"))
                units = [unit for unit in units if unit.key == scope.unit]
            for unit in units:
                self._unit.addItem(self._names.text(unit.name), unit.key)
        self._unit.setCurrentIndex(self._unit.findData(scope.unit))

    def _on_region_activated(self, index: int) -> None:
        self.chosen.emit(Scope(self._region.itemData(index)))

    def _on_unit_activated(self, index: int) -> None:
        self.chosen.emit(Scope(self._region.currentData(), self._unit.itemData(index)))


def _box(parent: QWidget) -> QComboBox:
    box = QComboBox(parent)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(8)
    box.setMaximumWidth(_WIDTH)
    box.setMaxVisibleItems(24)
    box.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    return box
