"""One line in which a person says why a warning is right after all. Enter records it, Esc leaves."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from tally_app.document.explanations import LONGEST
from tally_app.ui.theme import SPACING
from tally_app.wording.numbers import grouped


class ReasonLine(QWidget):
    """Hidden until somebody is asked."""

    given = Signal(str)
    """The reason that was typed. The line stays until it is told that the reason was taken."""
    left = Signal()
    """Nothing is to be recorded, or it is recorded."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = QLineEdit(self)
        self._field.setMaxLength(LONGEST)
        self._field.setAccessibleName(self.tr("Reason"))
        self._record = QPushButton(self.tr("Accept"), self)
        self._record.setStyleSheet("QPushButton { padding: 3px 8px; }")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACING.card, SPACING.hair, SPACING.medium, SPACING.small)
        layout.setSpacing(SPACING.small)
        layout.addWidget(self._field, 1)
        layout.addWidget(self._record)
        self._field.returnPressed.connect(self._on_returned)
        self._record.clicked.connect(self._on_returned)
        self.hide()

    def ask(self, before: str, warnings: int) -> None:
        """Take the keyboard. *before*: the reason given earlier; *warnings*: how many get this one."""
        hint = self.tr("Why is this right after all? Enter accepts, Esc leaves.")
        if warnings > 1:
            hint = self.tr("One reason for {count} warnings. Enter accepts, Esc leaves.").format(
                count=grouped(warnings)
            )
        self._field.setPlaceholderText(hint)
        self._field.setToolTip(hint)
        self._field.setText(before)
        self._field.selectAll()
        self.show()
        self._field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _on_returned(self) -> None:
        if self._field.text().strip():
            self.given.emit(self._field.text())
