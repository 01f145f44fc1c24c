"""The window's beginning: the application, its theme, and who watches over it."""

import gc
import getpass
import os
import signal
import sys
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication

from tally_app.ui.application import Application
from tally_app.ui.front import end_launch
from tally_app.ui.icons import own_icon
from tally_app.ui.local_printing import print_locally
from tally_app.ui.main_window import MainWindow
from tally_app.ui.session import Session
from tally_app.ui.settings import Settings
from tally_app.ui.theme import apply_theme
from tally_app.ui.trouble.crashes import Seat
from tally_app.ui.trouble.log import state_folder
from tally_app.ui.trouble.trouble import Trouble

_FIRST_SIZE = (1280, 800)
_PAINTED_MS = 1000
"""After this time the window is painted for the first time."""


def run_window(path: Path | None, sample: bool, operator: str | None) -> int:
    """Run the window until it is closed: on *path*, on the bundled election if *sample*, else on the start screen.

    Where another window of this user shows the file already, that one comes to the front, and this program ends.

    *operator* is the name on every event; None: as set in the program, else the user's login name.
    """
    print_locally(os.environ)
    app = Application(sys.argv[:1])
    app.setApplicationName("Election Tally")
    app.setOrganizationName("Election Tally")
    app.setDesktopFileName("election-tally")
    if sys.platform != "darwin":  # there it would replace the bundle's own in the Dock, drawn to Apple's grid
        app.setWindowIcon(own_icon("application"))
    trouble = Trouble(Seat(state_folder()))
    with trouble.watching():
        return _run(app, trouble, path, sample, operator)


def _run(app: Application, trouble: Trouble, path: Path | None, sample: bool, operator: str | None) -> int:
    apply_theme(app)
    settings = Settings(QSettings())
    session = Session(settings, operator or settings.operator or getpass.getuser())
    trouble.attend(session)
    _size(session.window)
    opened = session.open(path) if path is not None else sample and session.open_sample()
    if opened and session.document is None:  # another window shows it
        end_launch()
        session.leave()
        return 0
    app.file_opened.connect(session.open_besides)
    session.window.show()
    app.aboutToQuit.connect(session.close)
    app.aboutToQuit.connect(session.leave)
    # Ctrl+C in the terminal: Python runs its handler only between Qt's events, so there must be some.
    signal.signal(signal.SIGINT, _interrupted)
    waker = QTimer()
    waker.timeout.connect(_let_python_run)
    waker.start(500)
    QTimer.singleShot(_PAINTED_MS, _look_for_garbage)
    QTimer.singleShot(_PAINTED_MS, trouble.log.open)
    return app.exec()


def _size(window: MainWindow) -> None:
    """Give a new window its usual size, or the whole of a screen that is no larger."""
    available = window.screen().availableSize()
    if available.width() > _FIRST_SIZE[0] * 1.1 and available.height() > _FIRST_SIZE[1] * 1.1:
        window.resize(min(1680, int(available.width() * 0.9)), min(1050, int(available.height() * 0.9)))
    else:
        window.resize(available)
        window.setWindowState(Qt.WindowState.WindowMaximized)


def _look_for_garbage() -> None:
    """Look for garbage from now on, but not among what the window was made of: that would hold up a key press."""
    gc.freeze()
    gc.enable()


def _interrupted(_signal: int, _frame: object) -> None:
    QApplication.quit()


def _let_python_run() -> None:
    """Nothing; that it is called is enough."""
