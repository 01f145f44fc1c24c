"""One page of a sheet as Qt draws it: outlines, sharp at any size on screen and on paper."""

import re
from zlib import decompress, decompressobj

from PySide6.QtCore import QByteArray, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_SEE_THROUGH = re.compile(rb'\b(fill|stroke)="(#[0-9a-f]{6})([0-9a-f]{2})"')
"""A colour with its opacity as two more digits, which Qt takes for black."""


_VIEW_BOX = re.compile(rb'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_HEAD = 400
"""Within so many bytes an SVG says its size."""


class Page:
    """A page of SVG; *size* in points of 1/72 inch.

    It is unpacked when it is drawn, and only for that: a sheet may have a thousand pages, each of which is ten times as
    large unpacked.
    """

    def __init__(self, packed: bytes) -> None:
        """*packed*: SVG, packed by zlib."""
        self._packed = packed
        found = _VIEW_BOX.search(decompressobj().decompress(packed, _HEAD))
        if found is None:
            raise ValueError("an SVG that does not say its size")
        self.size = QSizeF(float(found[1]), float(found[2]))

    def paint(self, painter: QPainter, target: QRectF) -> None:
        """Draw the page over the whole target."""
        QSvgRenderer(QByteArray(readable(decompress(self._packed)))).render(painter, target)

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
