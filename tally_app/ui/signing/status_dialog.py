"""The status of the results: unofficial, provisional or official, on whose word, and when they were made public."""

from collections.abc import Sequence

from PySide6.QtWidgets import QButtonGroup, QComboBox, QDialogButtonBox, QLineEdit, QPushButton, QRadioButton, QWidget

from tally_app.document.document import Document
from tally_app.document.edit import EditRefused
from tally_app.document.publication import STATUSES, Publication, publication, publication_edit
from tally_app.document.sources import sources
from tally_app.ui.gestures import Gestures
from tally_app.ui.signing.act_dialog import ActDialog, label, plain_line, titled
from tally_app.wording.findings import capital
from tally_app.wording.names import Names
from tally_app.wording.refusals import edit_refusal

_LONGEST = 300
_WIDTH = 520


class StatusDialog(ActDialog):
    """Asks for status, source and time of publication; official only where the chamber is signed off."""

    def __init__(self, document: Document, gestures: Gestures, names: Names, parent: QWidget | None = None) -> None:
        super().__init__(gestures, self.tr("Status of the results"), document.training, parent)
        self.setMinimumWidth(_WIDTH)
        self._document = document
        self._names = names
        self._signed = document.signing.of(None) is not None
        before = publication(document.records)
        self.choices = QButtonGroup(self)
        self._add_choices(before)
        self.source = QComboBox()
        source = plain_line()
        self.source.setLineEdit(source)
        self.source.addItems(_known(document, names))
        self.source.setCurrentText(before.source)
        source.setPlaceholderText(self.tr("Who says so"))
        self.published = QLineEdit(before.published_at)
        self.published.setPlaceholderText(self.tr("As it is written there: 29 February 2024, 15:00"))
        for line in (source, self.published):
            line.setMaxLength(_LONGEST)
        for text, field in ((self.tr("S&ource"), self.source), (self.tr("&Time of publication"), self.published)):
            self.add(titled(text, field))
            self.add(field)
        keep = QPushButton(self.tr("&Keep"))
        keep.setDefault(True)
        self.buttons.addButton(keep, QDialogButtonBox.ButtonRole.AcceptRole)
        self.choices.button(STATUSES.index(before.status)).setFocus()

    def accept(self) -> None:
        """Record the status; stay if that is not possible."""
        status = STATUSES[self.choices.checkedId()]
        new = Publication(status, self.source.currentText(), self.published.text())
        try:
            edit = publication_edit(self._document.records, new, chamber_signed=self._signed)
        except EditRefused as refused:
            self.say(edit_refusal(self._names, refused))
            (self.source if refused.code == "no-source" else self.published).setFocus()
            return
        if self.gestures.submit(edit, undoable=False):
            super().accept()

    def _add_choices(self, before: Publication) -> None:
        texts = {
            "unofficial": self.tr("&Unofficial: our own count, nobody’s word"),
            "provisional": self.tr("&Provisional: made public, and can still change"),
            "official": self.tr("O&fficial: final, and signed off"),
        }
        for index, status in enumerate(STATUSES):
            button = QRadioButton(texts[status])
            self.choices.addButton(button, index)
            button.setChecked(status == before.status)
            button.setEnabled(status != "official" or self._signed)
            self.add(button)
        if not self._signed:
            self.add(label(self.tr("Official results need the chamber’s sign-off first."), "muted"))


def _known(document: Document, names: Names) -> Sequence[str]:
    return [capital(names.text(source.name)) for source in sources(document.election, document.records)]
