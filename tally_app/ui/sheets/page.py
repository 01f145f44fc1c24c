"""One page of a sheet as Qt draws it: outlines, sharp at any size on screen and on paper."""

import re

from PySide6.QtCore import QByteArray, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_SEE_THROUGH = re.compile(rb'\b(fill|stroke)="(#[0-9a-f]{6})([0-9a-f]{2})"')
"""A colour with its opacity as two more digits, which Qt takes for black."""


class Page:
    """A page of SVG; *size* in points of 1/72 inch."""

    def __init__(self, svg: bytes) -> None:
        self._renderer = QSvgRenderer(QByteArray(readable(svg)))
        self.size: QSizeF = self._renderer.viewBoxF().size()

    def paint(self, painter: QPainter, target: QRectF) -> None:
        """Draw the page over the whole target."""
        self._renderer.render(painter, target)

    def pixmap(self, width: int, ratio: float) -> QPixmap:
        """Return the page on white, so many logical pixels wide on a screen with *ratio* pixels for each."""
        height = max(1, round(width * self.size.height() / self.size.width()))
        made = QPixmap(round(width * ratio), round(height * ratio))
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.white)
        painter = QPainter(made)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        self.paint(painter, QRectF(0, 0, width, height))
        painter.end()
        return made


def readable(svg: bytes) -> bytes:
    """Write the opacity of colours as the attribute that Qt knows, and that letters have no outline.

    Qt would print one around every shape that says nothing of it, one point wide: letters would all be bold.
    """
    return _SEE_THROUGH.sub(_apart, svg).replace(b"<svg ", b'<svg stroke-width="0" ', 1)


def _apart(found: re.Match[bytes]) -> bytes:
    name, colour, opacity = found.groups()
    share = f"{int(opacity, 16) / 255:.4f}".encode()
    return name + b'="' + colour + b'" ' + name + b'-opacity="' + share + b'"'
