"""Units as rows of a list, asked for as they are shown: a hundred thousand cost no more than twenty-five."""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from tally_app.document.document import Document
from tally_app.document.second_entry import UnitState
from tally_app.ui.theme import COLOURS
from tally_app.wording.names import Names
from tally_app.wording.numbers import listed
from tally_app.wording.units import second_clerks, state_name, waits_for

_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()  # never changed: Qt's "no parent"
_COLOURS = {UnitState.VERIFIED: COLOURS.good, UnitState.DIFFERS: COLOURS.bad}


class Part(IntEnum):
    """Columns; the last three under double entry only."""

    UNIT = 0
    REGION = 1
    STATE = 2
    WAITS = 3
    FIRST = 4
    SECOND = 5


class UnitModel(QAbstractTableModel):
    """Units that pass the filter. None of their figures is here."""

    def __init__(self, document: Document, names: Names, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._election = document.election
        self._names = names
        self._folded: list[str] = []
        self._rows: NDArray[np.int64] = document.states.rows()

    def unit(self, row: int) -> int:
        """Return the row in the book of the unit in a row of the list."""
        return int(self._rows[row])

    def row_from(self, unit: int) -> int:
        """Return the row in the list of the first unit from one of the book on; past the end if there is none."""
        return int(np.searchsorted(self._rows, unit))

    def show_units(self, rows: NDArray[np.int64], text: str) -> None:
        """Show these units, as far as their name or key, or their region's, has a text in it."""
        wanted = text.strip().casefold()
        if wanted:
            folded = self._texts()
            rows = np.array([row for row in rows.tolist() if wanted in folded[row]], dtype=np.int64)
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        """Units that are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NO_INDEX) -> int:
        """What is said of each."""
        doubled = self._document.second.active
        return 0 if parent.isValid() else len(Part) if doubled else Part.STATE + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name the columns."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            Part.UNIT: self.tr("Unit"),
            Part.REGION: self.tr("Region"),
            Part.STATE: self.tr("State"),
            Part.WAITS: self.tr("Waits for"),
            Part.FIRST: self.tr("First entry by"),
            Part.SECOND: self.tr("Second entry by"),
        }[Part(section)]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Say who is at a unit, and for whom it waits."""
        if not index.isValid():
            return None
        row = self.unit(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(row, Part(index.column()))
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == Part.STATE:
            colour = _COLOURS.get(self._document.states.state(row))
            return QColor(colour) if colour else None
        return None

    def _text(self, row: int, part: Part) -> str:
        second, state = self._document.second, self._document.states.state(row)
        if part is Part.UNIT:
            return self._names.unit(row)
        if part is Part.REGION:
            return self._names.text(self._election.regions[self._election.region_of(row)].name)
        if part is Part.STATE:
            return state_name(state, double_entry=second.active)
        if part is Part.WAITS:
            return waits_for(second, row, state)
        return listed(list(second.clerks(row) if part is Part.FIRST else second_clerks(second, row)))

    def _texts(self) -> list[str]:
        """Every unit's names and keys, once: the first search makes them."""
        if not self._folded:
            for region in self._election.regions:
                about = f"{region.key} {region.name.en} {region.name.km}"
                for unit in region.units:
                    self._folded.append(f"{unit.key} {unit.name.en} {unit.name.km} {about}".casefold())
        return self._folded
