"""Bringing a window to the front because the user asked for it elsewhere.

Every window system keeps programs from pushing themselves forward, and has its own way to see that the user wants it:
a token from whoever was clicked (Wayland), the time of the click (X11), leave from the process in front (Windows).
"""

import os
import sys

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

_TOKEN = "XDG_ACTIVATION_TOKEN"
_X11 = "xcb"
_ROUND_TRIP_MS = 50


def launch_token() -> str:
    """Return the token with which this process was started, if a desktop started it."""
    return os.environ.get(_TOKEN, "")


def let_come_forward(pid: int) -> None:
    """Let another process come to the front in place of this one, where that is for this one to allow."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(pid)


def come_to_front(window: QWidget, token: str) -> None:
    """Show a window above all others, with the keyboard; a dialog of it that waits for an answer keeps that."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    _activate(window, token)
    if QGuiApplication.platformName() == _X11:
        _learn_the_time(window)
        QTimer.singleShot(_ROUND_TRIP_MS, window, lambda: _activate(window, token))


def end_launch() -> None:
    """Tell the desktop that the program has started, though it shows no window: X11 turns a watch until then.

    Qt says so when the first window appears; this one appears to nobody. On Wayland the token's use says it.
    """
    if QGuiApplication.platformName() == _X11:
        unseen = QWidget(None, Qt.WindowType.BypassWindowManagerHint | Qt.WindowType.WindowTransparentForInput)
        unseen.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        unseen.setGeometry(-1, -1, 1, 1)
        unseen.show()
        unseen.close()


def _activate(window: QWidget, token: str) -> None:
    window.raise_()
    if token:
        os.environ[_TOKEN] = token  # Qt looks for it there when a window is to be activated
    (QApplication.activeModalWidget() or window).activateWindow()
    os.environ.pop(_TOKEN, None)


def _learn_the_time(window: QWidget) -> None:
    """Let the X server tell Qt what time it is.

    Qt asks for the keyboard with the time of the last event that it has heard of, and window managers refuse who was
    last clicked before the window in front was. A changed property is an event, and a blank at a title's end unseen.
    """
    title = window.windowTitle()
    window.setWindowTitle(f"{title} ")
    window.setWindowTitle(title)
