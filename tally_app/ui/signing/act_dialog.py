"""What the dialogs of this folder have in common: heading, the mark of training, and a line for what is refused."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QLayout, QLineEdit, QVBoxLayout, QWidget

from tally_app.ui.gestures import Gestures
from tally_app.ui.theme import SPACING


class ActDialog(QDialog):
    """A dialog that does one thing, and closes once that is on the disk."""

    def __init__(self, gestures: Gestures, heading: str, training: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.gestures = gestures
        self.message = QLabel()
        self.message.setWordWrap(True)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._body = QVBoxLayout()
        self._body.setSpacing(SPACING.medium)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACING.large, SPACING.large, SPACING.large, SPACING.large)
        layout.setSpacing(SPACING.medium)
        layout.addLayout(self._top(heading, training))
        layout.addLayout(self._body)
        layout.addWidget(self.message)
        layout.addWidget(self.buttons)
        self.setWindowTitle(f"{self.tr('TRAINING')} — {heading}" if training else heading)
        gestures.refused.connect(self._on_gestures_refused)
        gestures.failed.connect(self._on_gestures_refused)
        self.message.hide()

    def add(self, part: QWidget | QLayout) -> None:
        """Put something below what is there."""
        if isinstance(part, QWidget):
            self._body.addWidget(part)
        else:
            self._body.addLayout(part)

    def say(self, text: str, role: str = "bad") -> None:
        """Say why it is not done yet."""
        self.message.setText(text)
        self.message.setAccessibleName(text)
        self.message.setProperty("role", role)
        self.message.style().unpolish(self.message)
        self.message.style().polish(self.message)
        self.message.setVisible(bool(text))

    def _top(self, heading: str, training: bool) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(SPACING.large)
        title = label(heading, "title")
        title.setWordWrap(False)
        line.addWidget(title, 1, Qt.AlignmentFlag.AlignTop)
        if training:
            badge = QLabel(self.tr("TRAINING"))
            badge.setProperty("role", "badge")
            line.addWidget(badge, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _on_gestures_refused(self, text: str) -> None:
        self.say(text)


def label(text: str, role: str) -> QLabel:
    """Return a text that wraps; nothing in it is taken for markup."""
    made = QLabel(text)
    made.setProperty("role", role)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
    return made


def plain_line() -> QLineEdit:
    """Return a line to type into for the inside of a box that has a border of its own."""
    line = QLineEdit()
    line.setStyleSheet("QLineEdit { border: 0; padding: 0; background: transparent; }")
    return line


def titled(text: str, field: QWidget) -> QLabel:
    """Return a field's name; its mnemonic leads to the field."""
    made = QLabel(text)
    made.setBuddy(field)
    field.setAccessibleName(text.replace("&", ""))
    return made
