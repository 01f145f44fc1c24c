"""The one bridge from the document's events to Qt; it adds nothing."""

from PySide6.QtCore import QObject, Signal

from tally_app.document.document import Document, DocumentEvent, DraftChanged, FiguresChanged


class DocumentSignals(QObject):
    """Signals carry the document's own events."""

    figures_changed = Signal(object)
    draft_changed = Signal(object)
    late_changed = Signal(object)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        document.subscribe(self._on_document_event)

    def _on_document_event(self, event: DocumentEvent) -> None:
        if isinstance(event, FiguresChanged):
            self.figures_changed.emit(event)
        elif isinstance(event, DraftChanged):
            self.draft_changed.emit(event)
        else:
            self.late_changed.emit(event)
