"""A label that changes at every key press without anything around it being laid out anew."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyleOption, QWidget

from tally_app.ui.theme import COLOURS


class StillLabel(QLabel):
    """One line of plain text in the room that it is given; what has no room ends in dots.

    Another text in a ``QLabel`` asks every layout above it, up to the window's, to measure and place everything again.
    """

    def __init__(self, parent: QWidget | None = None, *, widest: str = "") -> None:
        """*widest*: a text that the room must suffice for; without one it takes what is left."""
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._said = ""
        self._muted = False
        self._widest = widest
        across = QSizePolicy.Policy.Preferred if widest else QSizePolicy.Policy.Ignored
        self.setSizePolicy(across, QSizePolicy.Policy.Preferred)

    def text(self) -> str:
        """Return what the label says."""
        return self._said

    def setText(self, text: str) -> None:
        """Say something else."""
        if text != self._said:
            self._said = text
            self.setAccessibleName(text)
            self.update()

    def mute(self, muted: bool) -> None:
        """Paint it in muted ink, or as its role says: a role of its own would have the window laid out again."""
        if muted != self._muted:
            self._muted = muted
            self.update()

    def clear(self) -> None:
        """Say nothing."""
        self.setText("")

    def sizeHint(self) -> QSize:
        """Return the room for the widest text, on one line."""
        margins, metrics = self.contentsMargins(), self.fontMetrics()
        width = metrics.horizontalAdvance(self._widest) + 1 + margins.left() + margins.right()  # it rounds down
        return QSize(width, metrics.height() + margins.top() + margins.bottom())

    def minimumSizeHint(self) -> QSize:
        """Return the height of a line; of the width nothing is insisted on."""
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the text as the style paints labels."""
        option = QStyleOption()
        option.initFrom(self)
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(self._said, Qt.TextElideMode.ElideRight, room.width())
        painter = QPainter(self)
        role, enabled = self.foregroundRole(), self.isEnabled()
        if self._muted:
            option.palette.setColor(role, QColor(COLOURS.muted))
        flags = int(self.alignment())
        self.style().drawItemText(painter, room, flags, option.palette, enabled, shown, role)
        painter.end()
