"""The line under the grid: the keys that matter or, for a while, why a key was not taken."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedLayout, QWidget

from tally_app.ui.theme import SPACING

_WARNING_MS = 6000


class HintBar(QWidget):
    """Keys, as many as there is room for, or a warning in their place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hints: list[tuple[QLabel, QLabel]] = []
        self._warning = QLabel()
        self._warning.setProperty("role", "warning")
        self._warning.setWordWrap(True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WARNING_MS)
        self._timer.timeout.connect(self.calm)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._keys())
        self._stack.addWidget(self._warning)
        self.setFixedHeight(34)

    def warn(self, text: str) -> None:
        """Say why something was not taken."""
        self._warning.setText(text)
        self._warning.setAccessibleName(text)
        self._stack.setCurrentIndex(1)
        self._timer.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what has no room; the last key, which shows all others, goes last."""
        super().resizeEvent(event)
        room = event.size().width()
        for hint in (self._hints[-1], *self._hints[:-1]):
            room -= sum(label.sizeHint().width() for label in hint) + 2 * SPACING.small + SPACING.medium
            for label in hint:
                label.setVisible(room >= 0)

    def calm(self) -> None:
        """Show the keys again."""
        self._timer.stop()
        self._stack.setCurrentIndex(0)

    @property
    def warning(self) -> str:
        """The warning that is shown, or nothing."""
        return self._warning.text() if self._stack.currentIndex() == 1 else ""

    def _shown_keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys that matter here, and what they do."""
        return (
            (self.tr("Enter"), self.tr("next field")),
            (self.tr("Esc"), self.tr("take back")),
            (self.tr("Ctrl 0"), self.tr("fill with 0")),
            (self.tr("PgDn"), self.tr("next region")),
            (self.tr("F8"), self.tr("next finding")),
            (self.tr("F1"), self.tr("all keys")),
        )

    def _keys(self) -> QWidget:
        widget = QWidget()
        layout = QHBoxLayout(widget)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING.small)
        for key, text in self._shown_keys():
            cap = QLabel(key)
            cap.setProperty("role", "key")
            cap.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            label = QLabel(text)
            label.setProperty("role", "muted")
            label.setContentsMargins(0, 0, SPACING.medium, 0)
            layout.addWidget(cap)
            layout.addWidget(label)
            self._hints.append((cap, label))
        layout.addStretch(1)
        widget.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        return widget
