"""Open a region, or the chamber, again: never without a reason."""

from PySide6.QtWidgets import QDialogButtonBox, QLineEdit, QPushButton, QWidget

from tally_app.document.document import Document
from tally_app.document.edit import Edit
from tally_app.document.explanations import LONGEST
from tally_app.document.publication import publication
from tally_app.document.signing import SignOff
from tally_app.ui.gestures import Gestures
from tally_app.ui.signing.act_dialog import ActDialog, label, titled
from tally_app.wording.names import Names
from tally_app.wording.signing import place_name, signed_sentence

_WIDTH = 560


class ReopenDialog(ActDialog):
    """*edit*: the opening; *signed*: the sign-off that it removes."""

    def __init__(
        self,
        document: Document,
        gestures: Gestures,
        names: Names,
        region: str | None,
        edit: Edit,
        signed: SignOff,
        parent: QWidget | None = None,
    ) -> None:
        place = place_name(names, region)
        super().__init__(gestures, self.tr("Reopen: {place}").format(place=place), document.training, parent)
        self.setMinimumWidth(_WIDTH)
        self._edit = edit
        self.reason = QLineEdit()
        self.reason.setMaxLength(LONGEST)
        self.reason.setPlaceholderText(self.tr("What was found, and by whom"))
        reopen = QPushButton(self.tr("&Reopen"))
        reopen.setDefault(True)
        self.buttons.addButton(reopen, QDialogButtonBox.ButtonRole.AcceptRole)
        self.add(label(self.tr("It is {signed}.").format(signed=signed_sentence(signed)), ""))
        if region is None and publication(document.records).status == "official":
            self.add(label(self.tr("The official results become provisional by it."), "warning"))
        self.add(label(self.tr("The sign-off stays in the journal, with the reason for opening it again."), "muted"))
        self.add(titled(self.tr("R&eason"), self.reason))
        self.add(self.reason)
        self.reason.setFocus()

    def accept(self) -> None:
        """Open it again; stay if there is no reason, or it cannot be written."""
        reason = self.reason.text().strip()
        if not reason:
            self.say(self.tr("Write why: without a reason nothing is opened again."))
            self.reason.setFocus()
        elif self.gestures.submit(self._edit, reason, undoable=False):
            super().accept()
