"""A message across the top of the window that is in nobody's way: no dialog, no lost keys."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from tally_app.ui.theme import SPACING


class Banner(QFrame):
    """Shows what went wrong until it is dismissed, or offers something."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self._until_saved = False
        self._accepted: Callable[[], None] | None = None
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._accept = QPushButton()
        self._accept.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._accept.clicked.connect(self._on_accept_clicked)
        dismiss = QPushButton(self.tr("Dismiss"))
        dismiss.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        dismiss.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACING.large, SPACING.small, SPACING.medium, SPACING.small)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._accept)
        layout.addWidget(dismiss)
        self.hide()

    @property
    def text(self) -> str:
        """The message, or nothing if none is shown."""
        return self._text.text() if not self.isHidden() else ""

    def show_problem(self, text: str) -> None:
        """Show a message that something failed."""
        self._show(text, "problem")

    def show_failure(self, text: str) -> None:
        """Show that something could not be saved, until something is."""
        self._show(text, "problem")
        self._until_saved = True

    def show_done(self, text: str) -> None:
        """Show what was just entered and how it is taken back; with the next change that is no longer so."""
        self._show(text, "news")
        self._until_saved = True

    def something_saved(self) -> None:
        """A change was saved: what was said until then is over."""
        if self._until_saved:
            self.hide()

    def show_news(self, text: str) -> None:
        """Show a message that something is done."""
        self._show(text, "news")

    def show_offer(self, text: str, button: str, accepted: Callable[[], None], *, problem: bool = False) -> None:
        """Offer something, a way out of a problem maybe; the button has a mnemonic, so that no mouse is needed.

        *accepted* is called if somebody wants it; the banner is gone by then.
        """
        self._show(text, "problem" if problem else "news")
        self._accepted = accepted
        self._accept.setText(button)
        self._accept.show()

    def end_offer(self) -> None:
        """What was offered makes no sense any more: its file is closed."""
        if not self._accept.isHidden():
            self.hide()

    def _on_accept_clicked(self) -> None:
        self.hide()
        if self._accepted is not None:
            self._accepted()

    def _show(self, text: str, kind: str) -> None:
        self._until_saved = False
        self._accept.hide()
        self._text.setText(text)
        self.setAccessibleName(text)
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()
