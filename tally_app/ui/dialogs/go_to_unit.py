"""Ctrl+G: a line to type a unit's name or key into; Enter goes there."""

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QDialog, QLabel, QLineEdit, QVBoxLayout, QWidget

from tally_app.count.figures import Cell
from tally_app.election.election import Election
from tally_app.ui.theme import SPACING
from tally_app.wording.names import Names

_MOST_SUGGESTED = 20_000


class GoToUnit(QDialog):
    """Finds a reporting unit: first in the region at hand, then in all others."""

    chosen = Signal(object)
    """The Cell to go to: the unit's first."""

    def __init__(self, election: Election, names: Names, region: int | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Go to unit"))
        self._election = election
        self._names = names
        regions = list(range(len(election.regions)))
        self._order = regions if region is None else [region, *(r for r in regions if r != region)]
        self._line = QLineEdit()
        self._line.setPlaceholderText(self.tr("Name or key of a unit"))
        self._line.setAccessibleName(self.tr("Name or key of a unit"))
        self._line.setMinimumWidth(360)
        self._missing = QLabel()
        self._missing.setProperty("role", "warning")
        completer = QCompleter(QStringListModel(self._suggestions(), self), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._line.setCompleter(completer)
        self._line.returnPressed.connect(self._on_line_return_pressed)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACING.small)
        layout.addWidget(self._line)
        layout.addWidget(self._missing)

    def _suggestions(self) -> list[str]:
        names: list[str] = []
        for region in self._order:
            names += [self._names.text(unit.name) for unit in self._election.regions[region].units]
            if len(names) >= _MOST_SUGGESTED:
                break
        return names[:_MOST_SUGGESTED]

    def _on_line_return_pressed(self) -> None:
        row = self._find(self._line.text().strip().casefold())
        if row is None:
            self._missing.setText(self.tr("No unit has this name or key."))
            return
        self.accept()
        self.chosen.emit(Cell(row, 0))

    def _find(self, wanted: str) -> int | None:
        """Return the row of the unit meant: an exact name or key before a beginning, a beginning before a part."""
        best: tuple[int, int] | None = None
        for region in self._order:
            start = self._election.starts[region]
            for position, unit in enumerate(self._election.regions[region].units):
                quality = _quality(wanted, [unit.key, unit.name.en, unit.name.km])
                if quality is not None and (best is None or quality < best[0]):
                    best = (quality, start + position)
                    if quality == 0:
                        return best[1]
        return best[1] if best and wanted else None


def _quality(wanted: str, names: list[str]) -> int | None:
    folded = [name.casefold() for name in names if name]
    if wanted in folded:
        return 0
    if any(name.startswith(wanted) for name in folded):
        return 1
    return 2 if any(wanted in name for name in folded) else None
