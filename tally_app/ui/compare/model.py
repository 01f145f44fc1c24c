"""Regions × methods: seats as each method would give them, and what is different from the election's own rule."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from tally_app.document.comparison import Choice, Comparison, Outcome
from tally_app.document.document import Document
from tally_app.ui.theme import COLOURS
from tally_app.wording.comparison import difference, explanation, given, title
from tally_app.wording.names import Names
from tally_app.wording.numbers import signed

AnyIndex = QModelIndex | QPersistentModelIndex
CHAMBER = 0
"""The chamber's row; region r is in row r + 1."""
_MOST_IN_ORDER = 8
"""Up to so many parties a cell lists all seats in ballot order, beyond it only those that have some, by key."""


class CompareModel(QAbstractTableModel):
    """What every chosen method gives. Rows that are not computed yet are empty."""

    def __init__(self, document: Document, names: Names, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._names = names
        self._comparison = Comparison(document.election, document.live, ())

    @property
    def choices(self) -> Sequence[Choice]:
        """The methods of the columns, the election's own first."""
        return self._comparison.choices

    @property
    def waiting(self) -> bool:
        """Are regions still to be computed?"""
        return self._comparison.waiting > 0

    def choose(self, choices: Sequence[Choice]) -> None:
        """Compare with other methods."""
        self.beginResetModel()
        self._comparison = Comparison(self._document.election, self._document.live, choices)
        self.endResetModel()

    def refresh(self, regions: Iterable[int]) -> None:
        """Let regions be computed anew."""
        self._comparison.refresh(regions)

    def work(self, seconds: float) -> None:
        """Compute for so long, and show what is done."""
        done = self._comparison.work(seconds)
        last = self.columnCount() - 1
        for row in {CHAMBER, *(region + 1 for region in done)}:
            self.dataChanged.emit(self.index(row, 0), self.index(row, last))

    def outcome(self, row: int, column: int) -> Outcome | None:
        """Return what a method gives in a row; None: not computed yet."""
        outcomes = self._comparison.chamber() if row == CHAMBER else self._comparison.region(row - 1)
        return None if outcomes is None else outcomes[column]

    def changes(self, row: int) -> bool:
        """Does any method change anything in a row?"""
        return any((found := self.outcome(row, column)) and found.changed for column in range(self.columnCount()))

    def sentence(self, row: int, column: int) -> str:
        """Say in words what a cell says in figures."""
        outcome = self.outcome(row, column)
        if outcome is None:
            return ""
        election = self._document.election
        if column == 0:
            return given(election, self.choices[0], outcome)
        if row == CHAMBER:
            return difference(election, self.choices[column], outcome, self._comparison.seats)
        region = election.regions[row - 1]
        return difference(election, self.choices[column], outcome, region.seats, self._names.region(region.key))

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """The chamber and every region."""
        return 0 if parent is not None and parent.isValid() else len(self._document.election.regions) + 1

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        """One column per method."""
        return 0 if parent is not None and parent.isValid() else len(self.choices)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Methods above, places at the left."""
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                name = title(self.choices[section])
                return self.tr("{method} (the rule)").format(method=name) if section == 0 else name
            return explanation(self.choices[section]) if role == Qt.ItemDataRole.ToolTipRole else None
        if role == Qt.ItemDataRole.FontRole and section == CHAMBER:
            return _bold()
        return self._place(section) if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Seats, and below them what is different."""
        outcome = self.outcome(index.row(), index.column()) if index.isValid() else None
        if outcome is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(outcome)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignCenter)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return self.sentence(index.row(), index.column())
        if role == Qt.ItemDataRole.BackgroundRole:
            return QColor(COLOURS.warning_fill) if outcome.changed else None
        if role == Qt.ItemDataRole.ForegroundRole:
            quiet = index.column() > 0 and not outcome.changed
            return QColor(COLOURS.muted if quiet else COLOURS.ink)
        if role == Qt.ItemDataRole.FontRole and (index.row() == CHAMBER or outcome.changed):
            return _bold()
        return None

    def _place(self, row: int) -> str:
        election = self._document.election
        if row == CHAMBER:
            return self._names.text(election.pack.chamber.name)
        return self._names.region(election.regions[row - 1].key)

    def _text(self, outcome: Outcome) -> str:
        if outcome.barred is not None:
            return "–"
        parties = self._document.election.parties
        if len(parties) <= _MOST_IN_ORDER:
            seats = "–".join(f"{own:,}" for own in outcome.seats)
        else:
            pairs = zip(parties, outcome.seats, strict=True)
            seats = "  ".join(f"{party.key} {own:,}" for party, own in pairs if own) or "0"
        if outcome.open_seats:
            seats += "  " + self.tr("{seats} open").format(seats=f"{outcome.open_seats:,}")
        pairs = zip(parties, outcome.changes, strict=True)
        changes = "  ".join(f"{party.key} {signed(change)}" for party, change in pairs if change)
        return f"{seats}\n{changes}" if changes else seats


def _bold() -> QFont:
    font = QFont()
    font.setBold(True)
    return font
