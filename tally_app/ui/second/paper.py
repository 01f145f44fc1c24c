"""One differing field of a unit: both entries, and what the paper says, typed or chosen by an arrow."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from tally_app.exchange.numbers import NumberRefused, parse_votes
from tally_app.ui.entry.editor import VotesValidator
from tally_app.wording.numbers import grouped


class PaperLine(QLineEdit):
    """Takes what the paper says. ← and → take the first or the second entry's figure, digits any other."""

    decided = Signal()
    """It says something else than before."""
    refused = Signal(object)
    """A Refusal: why a key was not taken."""
    left = Signal(int)
    """Enter or an arrow: to the next (1) or the previous (−1) field."""

    def __init__(self, first: int | None, second: int | None, required: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries = (first, second)
        self._required = required
        self._nothing = False
        self._validator = VotesValidator(self)
        self.setValidator(self._validator)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.textChanged.connect(self._on_text_changed)
        self.inputRejected.connect(self._on_input_rejected)

    @property
    def is_decided(self) -> bool:
        """Does it say what is on the paper? Nothing typed is no answer; choosing an entry that has nothing is one."""
        return self._nothing or (bool(self.text()) and self.hasAcceptableInput())

    @property
    def value(self) -> int | None:
        """What the paper says, None: nothing."""
        try:
            return parse_votes(self.text())
        except NumberRefused:
            return None

    @property
    def chosen(self) -> int | None:
        """Whose figure it is: 0 the first entry's, 1 the second's, None another or none yet."""
        return self._entries.index(self.value) if self.is_decided and self.value in self._entries else None

    def choose(self, which: int) -> None:
        """Take the first (0) or the second (1) entry's figure, unless it has none and the form requires one."""
        figure = self._entries[which]
        if figure is None and self._required:
            return
        self.setText("" if figure is None else grouped(figure))
        self._nothing = figure is None
        self.setPlaceholderText(self.tr("not entered") if self._nothing else "")
        self.decided.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with ← and →, go on with Enter, ↓ and ↑."""
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.choose(0 if key == Qt.Key.Key_Left else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit(1)
        elif key == Qt.Key.Key_Up:
            self.left.emit(-1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Let the next digit replace what is there."""
        super().focusInEvent(event)
        self.selectAll()

    def _on_text_changed(self) -> None:
        self._nothing = False
        self.setPlaceholderText("")
        self.decided.emit()

    def _on_input_rejected(self) -> None:
        if self._validator.reason is not None:
            self.refused.emit(self._validator.reason)
