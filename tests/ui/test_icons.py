"""The program's icons are there in every size, and practice looks like nothing else."""

from typing import get_args

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter

from tally_app.resources import resource
from tally_app.ui.icons import IconName, own_icon

pytestmark = pytest.mark.usefixtures("qapp")
NAMES = get_args(IconName)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", [16, 24, 32, 48, 64, 128])
def test_an_icon_has_a_picture_of_each_size(name: IconName, size: int):
    picture = QImage(str(resource("icons", f"{name}-{size}.png")))
    shown = own_icon(name).pixmap(QSize(size, size), 1.0).toImage()
    assert (picture.width(), picture.height()) == (size, size)
    assert shown.convertToFormat(picture.format()) == picture


def test_practice_is_told_apart_without_colours_at_the_smallest_size():
    """A quarter of the 16 × 16 pixels differ by more than a third of the range from black to white."""
    live, training = (grey(name) for name in ("tally", "training"))
    differing = sum(abs(one - other) > 85 for one, other in zip(live, training, strict=True))
    assert differing > len(live) / 4


def grey(name: IconName) -> list[int]:
    image = own_icon(name).pixmap(QSize(16, 16), 1.0).toImage()
    on_white = QImage(image.size(), QImage.Format.Format_RGB32)
    on_white.fill(0xFFFFFFFF)
    painter = QPainter(on_white)
    painter.drawImage(0, 0, image)
    painter.end()
    shades = on_white.convertToFormat(QImage.Format.Format_Grayscale8)
    return [shades.pixelColor(x, y).red() for y in range(16) for x in range(16)]
