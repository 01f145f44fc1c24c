"""The regions while forms are typed a second time: what is verified, and what waits for whoever sits here."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QWidget

from tally_app.document.document import Document, FiguresChanged
from tally_app.document.second_entry import UnitState
from tally_app.ui.document_signals import DocumentSignals
from tally_app.wording.names import Names
from tally_app.wording.numbers import grouped

_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()  # never changed: Qt's "no parent"


class SecondRegionsModel(QAbstractListModel):
    """One row a region. Nothing in it comes from the first entries' figures."""

    def __init__(self, document: Document, names: Names, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._names = names
        self._texts = [self._text(region) for region in range(len(document.election.regions))]

    def refresh(self, regions: frozenset[int] | None = None) -> None:
        """Look again at regions, None: at all of them."""
        for region in range(len(self._texts)) if regions is None else regions:
            self._texts[region] = self._text(region)
        self.dataChanged.emit(self.index(0), self.index(len(self._texts) - 1))

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        """Regions."""
        return 0 if parent.isValid() else len(self._texts)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer with name and progress."""
        shown = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        return self._texts[index.row()] if index.isValid() and role in shown else None

    def _text(self, region: int) -> str:
        states = self._document.states
        counts = states.counts(region)
        waiting = len(states.waiting_for(self._document.operator, region))
        verified = self.tr("{verified} of {units} verified").format(
            verified=grouped(counts[UnitState.VERIFIED]), units=grouped(sum(counts.values()))
        )
        waits = self.tr("{waiting} for you").format(waiting=grouped(waiting))
        name = self._names.text(self._document.election.regions[region].name)
        return f"{name}\n{' · '.join([verified, *([waits] if waiting else [])])}"


class SecondRegions(QListView):
    """The list; *entered* carries the position of a region that somebody wants to go to."""

    entered_region = Signal(int)

    def __init__(
        self, document: Document, signals: DocumentSignals, names: Names, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.regions = SecondRegionsModel(document, names, self)
        self.setModel(self.regions)
        self.setUniformItemSizes(True)
        self.setStyleSheet("QListView { border: 0; } QListView::item { padding: 5px 10px; }")
        self.setAccessibleName(self.tr("Regions"))
        self.clicked.connect(self._on_self_clicked)
        signals.figures_changed.connect(self._on_signals_figures_changed)

    def show_region(self, region: int | None) -> None:
        """Mark the region that is shown."""
        self.setCurrentIndex(QModelIndex() if region is None else self.regions.index(region))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the current region with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.entered_region.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def _on_self_clicked(self, index: QModelIndex) -> None:
        self.entered_region.emit(index.row())

    def _on_signals_figures_changed(self, event: FiguresChanged) -> None:
        self.regions.refresh(event.regions)
