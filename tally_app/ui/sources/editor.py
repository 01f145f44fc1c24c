"""The open cell of a stated figure: digits as for votes, and a decimal mark in percentages."""

from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QWidget

from tally_app.election.model import FigureKind
from tally_app.exchange.numbers import NumberRefused, Refusal
from tally_app.exchange.stated_text import may_become_stated, read_stated
from tally_app.ui.entry.editor import VotesEditor


class StatedValidator(QValidator):
    """Lets through what is, or can still become, a figure of its kind."""

    def __init__(self, figure: FigureKind, parent: QWidget) -> None:
        super().__init__(parent)
        self._figure = figure

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Acceptable as it stands, on its way, or refused."""
        if not may_become_stated(self._figure, text):
            return QValidator.State.Invalid, text, position
        try:
            read_stated(self._figure, text)
        except NumberRefused:
            return QValidator.State.Intermediate, text, position
        return QValidator.State.Acceptable, text, position


class StatedEditor(VotesEditor):
    """*drafted* carries the text so far as it would be kept, None if empty; nothing is said while it is unfinished."""

    def __init__(self, figure: FigureKind, parent: QWidget | None, typing: bool) -> None:
        super().__init__(parent, typing)
        self._figure = figure
        self.setValidator(StatedValidator(figure, self))

    def _on_text_edited(self, text: str) -> None:
        try:
            self.drafted.emit(read_stated(self._figure, text))
        except NumberRefused:
            return  # ``85.`` is on its way to ``85.90``

    def _on_input_rejected(self) -> None:
        self.refused.emit(Refusal.CHARACTER)
