"""Export the icons in drawings/ to the forms that desktops read. By hand after a change, then commit: `make icons`.

Small sizes have drawings of their own, on their own grid of pixels; the others are the drawing without a number.
What is made: hicolor/ (Linux), windows/*.ico, macos/*.icns, and the window's icons in resources/icons/.
"""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QRectF
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ICONS = Path(__file__).parent
WINDOW = ICONS.parents[1] / "resources" / "icons"
HICOLOR_SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
WINDOW_SIZES = (16, 24, 32, 48, 64, 128)
ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
INSTALLER_SIZE = 110
"""Of the picture in the installer's corner, which it takes as BMP only."""
ICNS_SIZES = (32, 64, 128, 256, 512, 1024)
"""In pixels; macOS has no other than these, since 16 points are 32 pixels."""
_MACOS_PLATE = 824 / 1024 / (60 / 64)
"""Apple's grid has an application's plate 824 of 1024 wide; ours is 60 of 64."""


@dataclass(frozen=True)
class Icon:
    """One icon: the name of its drawings, and what Linux calls it."""

    name: str
    hicolor: str
    plate: float = 1.0
    """The part of its canvas that it fills on macOS."""


ALL = (
    Icon("application", "apps/election-tally", _MACOS_PLATE),
    Icon("tally", "mimetypes/application-vnd.election-tally"),
    Icon("training", "mimetypes/application-vnd.election-tally.training"),
)


def make(hicolor: Path, windows: Path, macos: Path, window: Path) -> None:
    """Write every icon in every form into the four folders. Needs a running ``QGuiApplication``."""
    for icon in ALL:
        folder, _, name = icon.hicolor.partition("/")
        for size in HICOLOR_SIZES:
            _write_png(drawn(icon.name, size), hicolor / f"{size}x{size}" / folder / f"{name}.png")
        scalable = hicolor / "scalable" / folder / f"{name}.svg"
        scalable.parent.mkdir(parents=True, exist_ok=True)
        scalable.write_bytes(drawing(icon.name).read_bytes())
        for size in WINDOW_SIZES:
            _write_png(drawn(icon.name, size), window / f"{icon.name}-{size}.png")
        _write_all(windows / f"{icon.name}.ico", [drawn(icon.name, size) for size in ICO_SIZES])
        _write_all(macos / f"{icon.name}.icns", [drawn(icon.name, size, icon.plate) for size in ICNS_SIZES])

    paper = Image.new("RGB", (INSTALLER_SIZE, INSTALLER_SIZE), "white")
    picture = drawn("application", INSTALLER_SIZE)
    paper.paste(picture, mask=picture)
    paper.save(windows / "installer.bmp")


def drawing(name: str, size: int = 0) -> Path:
    """Return the drawing for *size* [px]: the one on its grid, else the scalable one."""
    own = ICONS / "drawings" / f"{name}-{16 if size == 20 else size}.svg"
    return own if own.exists() else ICONS / "drawings" / f"{name}.svg"


def drawn(name: str, size: int, plate: float = 1.0) -> Image.Image:
    """Draw an icon *size* px wide and high, filling the part *plate* of it."""
    source = drawing(name, size if plate == 1.0 else 0)
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    margin = size * (1 - plate) / 2
    QSvgRenderer(str(source)).render(painter, QRectF(margin, margin, size * plate, size * plate))
    painter.end()
    pixels = image.convertToFormat(QImage.Format.Format_RGBA8888)
    return Image.frombytes("RGBA", (size, size), bytes(pixels.constBits()))


def _write_png(image: Image.Image, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    image.save(target, optimize=True)


def _write_all(target: Path, images: Sequence[Image.Image]) -> None:
    """Write one file with all *images*, the largest last; its form by its ending."""
    target.parent.mkdir(parents=True, exist_ok=True)
    images[-1].save(target, append_images=images[:-1], sizes=[image.size for image in images])


def main() -> int:
    """Export all icons into their places."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _app = QGuiApplication([])
    make(ICONS / "hicolor", ICONS / "windows", ICONS / "macos", WINDOW)
    return 0


if __name__ == "__main__":
    sys.exit(main())
