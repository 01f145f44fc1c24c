"""The chamber's panel: half-circle above, figures below."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from tally_app.document.results import ChamberResult
from tally_app.election.election import Election
from tally_app.ui.seats.chamber_table import ChamberModel, ChamberView
from tally_app.ui.seats.half_circle import HalfCircle
from tally_app.ui.seats.wording import name_in
from tally_app.ui.still_label import StillLabel
from tally_app.ui.theme import SPACING, Language


class ChamberPanel(QWidget):
    """Seats of the whole chamber, live."""

    def __init__(self, election: Election, language: Language = "en", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._election = election
        self._language: Language = language
        self._shown: tuple[ChamberResult, ChamberResult | None] | None = None
        self.title = StillLabel(self)
        self.title.setProperty("role", "section")
        self.half_circle = HalfCircle(election, self)
        self.model = ChamberModel(election, language, self)
        self.table = ChamberView(election, self.model, self)
        self._lay_out()
        self._retitle()

    def show_result(self, result: ChamberResult, committed: ChamberResult | None = None) -> None:
        """Show the chamber; *committed* is the same without the draft, None where there is no draft."""
        self._shown = (result, committed)
        self.half_circle.show_result(result, committed)
        self.model.show_result(result, committed)
        self.table.fit()
        self.setAccessibleDescription(self.half_circle.accessibleDescription())
        self._retitle()

    def use_language(self, language: Language) -> None:
        """Name the lists in another language."""
        self._language = language
        self.model.use_language(language)
        self._retitle()

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again when the program's language changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.use_language(self._language)
            if self._shown is not None:
                self.show_result(*self._shown)

    def _lay_out(self) -> None:
        card = QFrame(self)
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(SPACING.card, SPACING.medium, SPACING.card, SPACING.small)
        inside.setSpacing(SPACING.medium)
        inside.addWidget(self.half_circle)
        inside.addWidget(self.table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING.small + 2)
        layout.addWidget(self.title)
        layout.addWidget(card)
        layout.addStretch(1)

    def _retitle(self) -> None:
        result, committed = self._shown or (None, None)
        typed = result is not None and committed is not None and result.votes != committed.votes
        name = name_in(self._election.pack.chamber.name, self._language)
        literal = self.tr("Chamber: {name} · as typed") if typed else self.tr("Chamber: {name}")
        self.title.setText(literal.format(name=name))
        self.setAccessibleName(self.title.text())
