"""The strip across a window of the past: which moment it shows, what had happened last, and the way back."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from tally_app.ui.theme import SPACING


class OneLine(QLabel):
    """A text on one line, shortened at its end where there is no room; the tooltip has all of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint as much as there is room for."""
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()


class PastStrip(QFrame):
    """Says that this is not now."""

    left = Signal()
    """Somebody goes back to the present."""

    def __init__(self, moment: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "past")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        title = QLabel(moment)
        title.setObjectName("moment")
        title.setTextFormat(Qt.TextFormat.PlainText)
        self.last_event = OneLine()
        back = QPushButton(self.tr("Back to the present (Ctrl+W)"))
        back.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        back.clicked.connect(self.left)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACING.large, SPACING.small, SPACING.medium, SPACING.small)
        layout.setSpacing(SPACING.large)
        layout.addWidget(title)
        layout.addWidget(self.last_event, 1)
        layout.addWidget(back)
        self.setAccessibleName(moment)

    def tell(self, text: str) -> None:
        """Say what had happened last."""
        self.last_event.setText(text)
        self.last_event.setToolTip(text)
