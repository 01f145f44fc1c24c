"""A large button with a title and a line that says what it does."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from tally_app.ui.theme import COLOURS, SIZES, SPACING, sized

_TITLE = 15
_PAD = 14
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class CardButton(QPushButton):
    """A button as wide as its column. *main*: the one that most people want first."""

    def __init__(self, text: str, notes: list[str], main: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._notes = [note for note in notes if note]
        self._main = main
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text.replace("&", ""))
        self.setAccessibleDescription(" ".join(self._notes))

    def hasHeightForWidth(self) -> bool:
        """The lines below the title wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height that all lines take."""
        return 2 * _PAD + self._title_metrics().height() + sum(self._heights(width))

    def sizeHint(self) -> QSize:
        """Ask for the height that the present width needs."""
        return QSize(300, self.heightForWidth(max(self.width(), 300)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height of all lines; layouts above may have asked before the width was known."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.setFixedHeight(self.heightForWidth(event.size().width()))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint ground, title with its mnemonic, and the lines below."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        inner = self.rect().adjusted(_PAD, _PAD, -_PAD, -_PAD)
        painter.setFont(sized(self.font(), _TITLE, bold=True))
        painter.setPen(QColor(COLOURS.base if self._main else COLOURS.ink))
        title = QRect(inner.x(), inner.y(), inner.width(), self._title_metrics().height())
        painter.drawText(title, Qt.TextFlag.TextShowMnemonic | Qt.AlignmentFlag.AlignLeft, self.text())
        painter.setFont(sized(self.font(), SIZES.base))
        painter.setPen(QColor(COLOURS.base if self._main else COLOURS.muted))
        top = title.bottom() + 1
        for note, height in zip(self._notes, self._heights(self.width()), strict=True):
            painter.drawText(
                QRect(inner.x(), top + SPACING.small, inner.width(), height - SPACING.small), int(_WRAP), note
            )
            top += height
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        ground = QColor(COLOURS.accent if self._main else COLOURS.base)
        if self.isDown() or self.underMouse():
            ground = ground.darker(112) if self._main else QColor(COLOURS.raised)
        painter.setBrush(ground)
        painter.setPen(QPen(QColor(COLOURS.accent if self._main else COLOURS.hairline), 1))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), SPACING.radius, SPACING.radius)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(COLOURS.base if self._main else COLOURS.accent), 2))
            ring = self.rect().toRectF().adjusted(4, 4, -4, -4)
            painter.drawRoundedRect(ring, SPACING.radius - 2, SPACING.radius - 2)

    def _title_metrics(self) -> QFontMetrics:
        return QFontMetrics(sized(self.font(), _TITLE, bold=True))

    def _heights(self, width: int) -> list[int]:
        metrics = QFontMetrics(sized(self.font(), SIZES.base))
        room = QRect(0, 0, width - 2 * _PAD, 1000)
        return [metrics.boundingRect(room, int(_WRAP), note).height() + SPACING.small for note in self._notes]
