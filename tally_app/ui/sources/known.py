"""The sources that the count knows, kept up to date as people add some."""

from PySide6.QtCore import QObject, Signal

from tally_app.document.document import Document, FiguresChanged
from tally_app.document.sources import SOURCE, sources
from tally_app.ui.document_signals import DocumentSignals
from tally_app.wording.names import Names


class KnownSources(QObject):
    """Teaches the names of new sources. Made before whoever names sources, so that it hears of them first."""

    changed = Signal()
    """A source was added, or taken back."""

    def __init__(
        self, document: Document, signals: DocumentSignals, names: Names, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._names = names
        names.add_sources(sources(document.election, document.records))
        signals.figures_changed.connect(self._on_signals_figures_changed)

    def _on_signals_figures_changed(self, event: FiguresChanged) -> None:
        if any(change.kind == SOURCE for change in event.edit.records):
            self._names.add_sources(sources(self._document.election, self._document.records))
            self.changed.emit()
