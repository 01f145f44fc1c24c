"""What the clerk sees when the program broke: a calm bar over the count that takes no key and opens no dialog."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tally_app.ui.theme import SPACING


class TroubleBar(QFrame):
    """Says what happened and what is safe. Its buttons have mnemonics and leave the keyboard in the open cell."""

    restart_wanted = Signal()
    report_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self._head = QLabel()
        self._head.setProperty("role", "bad")
        self._details = QLabel()
        self._details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for label in (self._head, self._details):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._go_on = QPushButton(self.tr("&Go on"))
        self._restart = QPushButton(self.tr("&Restart here"))
        self._report = QPushButton(self.tr("&Show the report"))
        self._go_on.clicked.connect(self._on_go_on_clicked)
        self._restart.clicked.connect(self.restart_wanted)
        self._report.clicked.connect(self.report_wanted)
        self._report.hide()
        self._lay_out()
        self.hide()

    @property
    def text(self) -> str:
        """What it says, or nothing if it is not shown."""
        return f"{self._head.text()} {self._details.text()}" if not self.isHidden() else ""

    @property
    def shows_fault(self) -> bool:
        """Is it said that something broke?"""
        return not self.isHidden() and not self._restart.isHidden()

    def show_fault(self, head: str, details: str, *, urgent: bool) -> None:
        """Say that something broke; *urgent*: going on is not what we advise."""
        self._show(head, details, "problem")
        self._restart.show()
        self._restart.setDefault(urgent)

    def show_past(self, head: str, details: str) -> None:
        """Say how the program ended the last time."""
        self._show(head, details, "news")
        self._restart.hide()

    def set_report(self, there: bool) -> None:
        """Say whether there is a report to be shown."""
        self._report.setVisible(there)

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(SPACING.hair)
        texts.addWidget(self._head)
        texts.addWidget(self._details)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACING.large, SPACING.small, SPACING.medium, SPACING.small)
        layout.setSpacing(SPACING.medium)
        layout.addLayout(texts, 1)
        for button in (self._go_on, self._restart, self._report):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            layout.addWidget(button)

    def _show(self, head: str, details: str, kind: str) -> None:
        self._head.setText(head)
        self._head.setProperty("role", "bad" if kind == "problem" else "")
        self._details.setText(details)
        self.setAccessibleName(f"{head} {details}")
        self.setProperty("kind", kind)
        for widget in (self, self._head):
            widget.style().unpolish(widget)
            widget.style().polish(widget)
        self.show()

    def _on_go_on_clicked(self) -> None:
        self.hide()
