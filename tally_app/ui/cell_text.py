"""Texts of table cells, painted straight: a style sheet that is asked for every cell takes four times as long."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from tally_app.ui.theme import sized

_REMEMBERED = 4_000
"""Shortened texts that are kept; then all are forgotten, and measured again."""


class CellText:
    """Paints one line of text in a cell, shortened with dots where it has no room; remembers fonts and what was cut."""

    def __init__(self, font: QFont) -> None:
        self._font = font
        self._fonts: dict[tuple[int, bool], tuple[QFont, QFontMetrics]] = {}
        self._shown: dict[tuple[str, int, int, bool], str] = {}

    def paint(
        self, painter: QPainter, room: QRect, text: str, ink: QColor, align: int, pixels: int, *, bold: bool = False
    ) -> None:
        """Paint *text* within *room*, in a size and a weight; *align*: Qt's flags."""
        if text:
            self.paint_whole(
                painter, room, self._fitted(text, room.width(), pixels, bold), ink, align, pixels, bold=bold
            )

    def paint_whole(
        self, painter: QPainter, room: QRect, text: str, ink: QColor, align: int, pixels: int, *, bold: bool = False
    ) -> None:
        """Paint *text*, even if it has too little room: of a figure nothing is left out."""
        painter.setFont(self._of(pixels, bold)[0])
        painter.setPen(ink)
        painter.drawText(room, align, text)

    def _fitted(self, text: str, width: int, pixels: int, bold: bool) -> str:
        key = (text, width, pixels, bold)
        shown = self._shown.get(key)
        if shown is None:
            if len(self._shown) >= _REMEMBERED:
                self._shown.clear()
            shown = self._of(pixels, bold)[1].elidedText(text, Qt.TextElideMode.ElideRight, width)
            self._shown[key] = shown
        return shown

    def _of(self, pixels: int, bold: bool) -> tuple[QFont, QFontMetrics]:
        found = self._fonts.get((pixels, bold))
        if found is None:
            font = sized(self._font, pixels, bold)
            found = self._fonts[pixels, bold] = (font, QFontMetrics(font))
        return found
