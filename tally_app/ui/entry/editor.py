"""The open cell: takes digits, refuses other keys with a reason, and lets every key press count as a draft."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from tally_app.exchange.numbers import NumberRefused, Refusal, read_typed


class VotesValidator(QValidator):
    """Lets through what is, or can still become, a number of votes."""

    reason: Refusal | None = None
    """Why the last refused key was refused."""

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Acceptable as it stands, on its way, or refused."""
        try:
            typed = read_typed(text)
        except NumberRefused as refused:
            self.reason = refused.reason
            return QValidator.State.Invalid, text, position
        return (QValidator.State.Acceptable if typed.whole else QValidator.State.Intermediate), text, position


class VotesEditor(QLineEdit):
    """A cell's editor. It says where the clerk wants to go; the delegate commits."""

    drafted = Signal(object)
    """The value so far, None if empty."""
    refused = Signal(object)
    """A Refusal: why a key was not taken."""
    left = Signal(object)
    """The Qt.Key with which the clerk wants to leave the cell; Key_Backtab for Shift+Tab and Shift+Enter."""

    def __init__(self, parent: QWidget | None, typing: bool) -> None:
        """*typing*: the cell was opened by a digit, so the arrows leave it; else they move inside the text."""
        super().__init__(parent)
        self._typing = typing
        self._validator = VotesValidator(self)
        self.setValidator(self._validator)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setFrame(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.textEdited.connect(self._on_text_edited)
        self.inputRejected.connect(self._on_input_rejected)

    @property
    def whole(self) -> bool:
        """Can the text be entered as it stands?"""
        return self.hasAcceptableInput()

    def hold(self) -> None:
        """Take no more keys: the figure could not be saved, and the next one must not run into it.

        Enter tries again, Esc takes it back, F2 or Backspace goes on typing.
        """
        self.setReadOnly(True)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on typing only if that is asked for; else as a line of text."""
        if self.isReadOnly() and event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Backspace):
            self.setReadOnly(False)
            self.deselect()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Take Tab before Qt moves the focus with it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = self._leaving_key(event)
            if key is not None:
                self.left.emit(key)
                return True
        return super().event(event)

    def _leaving_key(self, event: QKeyEvent) -> Qt.Key | None:
        key = Qt.Key(event.key())
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            return Qt.Key.Key_Backtab if shift or key == Qt.Key.Key_Backtab else Qt.Key.Key_Tab
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Escape):
            return key
        if self._typing and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            return key
        return None

    def _on_text_edited(self, text: str) -> None:
        self.drafted.emit(read_typed(text).value)

    def _on_input_rejected(self) -> None:
        self.refused.emit(self._validator.reason or Refusal.CHARACTER)
