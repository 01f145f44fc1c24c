"""Small texts that keep themselves up to date: the status of the results, and how many regions are signed off."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from tally_app.document.document import Document
from tally_app.document.publication import publication
from tally_app.ui.document_signals import DocumentSignals
from tally_app.ui.theme import SPACING
from tally_app.wording.findings import capital
from tally_app.wording.numbers import grouped
from tally_app.wording.signing import status_name, status_text


class StatusChip(QLabel):
    """Unofficial, provisional or official, on whose word and since when; the whole of it in the tooltip."""

    def __init__(self, document: Document, signals: DocumentSignals, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.setProperty("role", "chip")
        signals.figures_changed.connect(self._on_signals_figures_changed)
        self._refresh()

    def _refresh(self) -> None:
        status = publication(self._document.records)
        text = capital(status_text(status))
        self.setText(capital(status_name(status.status)))
        self.setToolTip(text)
        self.setAccessibleName(text)

    def _on_signals_figures_changed(self) -> None:
        self._refresh()


class StatusNote(QLabel):
    """On whose word the results are what they are, and since when; nothing where nobody said anything."""

    def __init__(self, document: Document, signals: DocumentSignals, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.setProperty("role", "muted")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        signals.figures_changed.connect(self._on_signals_figures_changed)
        self._refresh()

    def _refresh(self) -> None:
        status = publication(self._document.records)
        self.setText(capital(status_text(status)))
        self.setVisible(bool(status.source or status.published_at))

    def _on_signals_figures_changed(self) -> None:
        self._refresh()


class SignedCount(QLabel):
    """``5 of 8 signed off``; nothing while nobody signed anything."""

    def __init__(self, document: Document, signals: DocumentSignals, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.setProperty("role", "muted")
        self.setContentsMargins(0, SPACING.medium, 0, SPACING.small)
        signals.figures_changed.connect(self._on_signals_figures_changed)
        self._refresh()

    def _refresh(self) -> None:
        signed, regions = len(self._document.signing.signed_regions), len(self._document.election.regions)
        text = self.tr("{signed} of {regions} signed off").format(signed=grouped(signed), regions=grouped(regions))
        self.setText(text if signed else "")

    def _on_signals_figures_changed(self) -> None:
        self._refresh()
