"""A line of the seats panel: a button while a tie is open, the recorded lot once there is one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from tally_app.allocation.allocate import Settlement
from tally_app.allocation.outcome import Policy
from tally_app.document.results import RegionResult
from tally_app.election.election import Election
from tally_app.ui.theme import SPACING
from tally_app.wording.gestures import won_text
from tally_app.wording.history import lot_line


class LotRow(QWidget):
    """Says how a region's tie was settled, and asks for the lot of one that is open."""

    lot_requested = Signal(int)
    """Somebody wants to record or edit the lot of the region at this position."""

    def __init__(self, election: Election, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._election = election
        self._region = 0
        self.text = QLabel(self)
        self.text.setProperty("role", "note")
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.button = QPushButton(self)
        self.button.clicked.connect(self._on_button_clicked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3, 0, 0, 0)  # in line with the texts of the tables
        layout.setSpacing(SPACING.medium)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        layout.addStretch(0)
        self.hide()

    def set_editable(self, editable: bool) -> None:
        """Let lots be recorded, or not: the file is read-only."""
        self.button.setEnabled(editable)

    def show_result(self, result: RegionResult) -> None:
        """Show what there is to draw, or was drawn, in a region."""
        self._region = result.region
        text = " ".join(filter(None, (self._settled_text(each, result) for each in result.allocation.settled)))
        if not text and result.lot is not None:
            text = self.tr("The recorded lot does not count: it was drawn for another tie.")
        self.text.setText(text)
        self.text.setVisible(bool(text))
        tied = result.allocation.tie is not None
        self.button.setText(self.tr("Record the lot…") if tied else self.tr("Edit…"))
        self.button.setAccessibleName(self.tr("Record the lot") if tied else self.tr("Edit the lot"))
        self.button.setVisible(tied or result.lot is not None)
        self.setVisible(tied or bool(text))

    def _settled_text(self, settlement: Settlement, result: RegionResult) -> str:
        if settlement.policy is Policy.LOT:
            return lot_line(result.lot) if result.lot is not None else ""
        seats = zip(self._election.parties, settlement.seats, strict=True)
        won = won_text({party.key: more for party, more in seats if more})
        if settlement.policy is Policy.MOST_VOTES:
            return self.tr("Tie settled by most votes: {won}").format(won=won)
        return self.tr("Tie settled by fewest votes: {won}").format(won=won)

    def _on_button_clicked(self) -> None:
        self.lot_requested.emit(self._region)
