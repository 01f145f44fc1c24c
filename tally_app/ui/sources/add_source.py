"""Asks for the name of a new source: a line, and Enter."""

from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QVBoxLayout, QWidget

from tally_app.document.document import Document
from tally_app.document.edit import EditRefused
from tally_app.document.sources import source_edit
from tally_app.ui.gestures import Gestures
from tally_app.ui.theme import SPACING
from tally_app.wording.names import Names
from tally_app.wording.refusals import edit_refusal


class AddSourceDialog(QDialog):
    """Adds a source as a gesture; a name that cannot be taken leaves it open, and says why."""

    def __init__(self, document: Document, gestures: Gestures, names: Names, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Add a source"))
        self._document = document
        self._gestures = gestures
        self._names = names
        self.line = QLineEdit()
        self.line.setPlaceholderText(self.tr("commission’s communiqué of 29 February"))
        self.line.setAccessibleName(self.tr("Name of the source"))
        self.line.setMinimumWidth(380)
        self.line.setMaxLength(300)
        self.warning = QLabel()
        self.warning.setProperty("role", "warning")
        note = QLabel(self.tr("Who states the figures, as it is to stand in sentences. Enter adds it."))
        note.setProperty("role", "muted")
        self.line.returnPressed.connect(self._on_line_return_pressed)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACING.small)
        layout.addWidget(note)
        layout.addWidget(self.line)
        layout.addWidget(self.warning)

    def _on_line_return_pressed(self) -> None:
        try:
            _, edit = source_edit(self._document.election, self._document.records, self.line.text())
        except EditRefused as refused:
            self.warning.setText(edit_refusal(self._names, refused))
            return
        if self._gestures.submit(edit):
            self.accept()
