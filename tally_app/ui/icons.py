"""The program's own icons: of the application, and of the two kinds of files. Their drawings are in packaging/icons."""

from typing import Literal

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon

from tally_app.resources import resource

IconName = Literal["application", "tally", "training"]
_SIZES = (16, 24, 32, 48, 64, 128)


def own_icon(name: IconName) -> QIcon:
    """Return an icon with a picture for each usual size [px]: what a desktop reduces itself is blurred."""
    icon = QIcon()
    for size in _SIZES:
        icon.addFile(str(resource("icons", f"{name}-{size}.png")), QSize(size, size))
    return icon
