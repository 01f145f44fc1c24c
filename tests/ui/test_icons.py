"""The program's icons are there in every size and form as they are drawn, and practice looks like nothing else."""

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from icons.make import HICOLOR_SIZES, ICNS_SIZES, ICO_SIZES, ICONS, WINDOW, make
from PIL import Image
from PIL.IcnsImagePlugin import IcnsImageFile
from PIL.IcoImagePlugin import IcoImageFile
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


class TestExports:
    """What `make icons` wrote is committed: it is what the drawings say, up to how a version of Qt rounds."""

    def test_every_picture_is_as_it_is_drawn(self, tmp_path: Path):
        make(tmp_path / "hicolor", tmp_path / "windows", tmp_path / "macos", tmp_path / "window")
        kept = {"hicolor": ICONS / "hicolor", "windows": ICONS / "windows", "macos": ICONS / "macos", "window": WINDOW}
        made = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.*") if path.is_file())
        assert len(made) == 3 * (len(HICOLOR_SIZES) + 1 + 6 + 2) + 1
        for path in made:
            committed = kept[path.parts[0]].joinpath(*path.parts[1:])
            assert committed.is_file(), committed
            if path.suffix == ".svg":
                assert committed.read_bytes() == (tmp_path / path).read_bytes()
                continue
            for one, other in zip(pictures(tmp_path / path), pictures(committed), strict=True):
                assert one.size == other.size
                assert np.abs(np.asarray(one, int) - np.asarray(other, int)).max() < 24, path

    @pytest.mark.parametrize("name", NAMES)
    def test_each_system_finds_its_sizes(self, name: IconName):
        assert [picture.width for picture in pictures(ICONS / "windows" / f"{name}.ico")] == list(ICO_SIZES)
        assert {picture.width for picture in pictures(ICONS / "macos" / f"{name}.icns")} == set(ICNS_SIZES)


def pictures(path: Path) -> Iterator[Image.Image]:
    with Image.open(path) as image:
        if isinstance(image, IcnsImageFile):
            yield from (image.icns.getimage(size).convert("RGBA") for size in sorted(image.icns.itersizes()))
        elif isinstance(image, IcoImageFile):
            yield from (image.ico.getimage(size).convert("RGBA") for size in sorted(image.ico.sizes()))
        else:
            yield image.convert("RGBA")
