"""The frame around the window of a training file: seen from the corner of the eye, in nobody's way."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QWidget

from tally_app.ui.theme import COLOURS

WIDTH = 5
_STRIPE = 8
_EVERY = 36


class TrainingFrame(QWidget):
    """Lies around its parent's content, over margins that it makes; takes neither clicks nor keys."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Training: practice figures, no real count"))
        window.installEventFilter(self)
        self.hide()

    def show_for(self, training: bool) -> None:
        """Be there for a training file, and for no other."""
        margin = WIDTH if training else 0
        self._window.setContentsMargins(margin, margin, margin, margin)
        self._fit()
        self.setVisible(training)
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint stripes, as on a barrier."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(COLOURS.training))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(COLOURS.warning), _STRIPE))
        for x in range(0, self.width() + self.height(), _EVERY):
            painter.drawLine(x, 0, x - self.height(), self.height())

    def _fit(self) -> None:
        around = self._window.rect()
        self.setGeometry(around)
        inner = around.adjusted(WIDTH, WIDTH, -WIDTH, -WIDTH)
        self.setMask(QRegion(around).subtracted(QRegion(QRect(inner))))
