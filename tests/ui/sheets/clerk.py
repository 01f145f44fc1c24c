"""Somebody at the window of sheets."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tally_app.ui.sheets import jobs
from tally_app.ui.sheets.window import SheetsWindow
from tests.ui.conftest import Desk

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
FROM_NOW = 20_000


class Clerk:
    """Somebody at the window of sheets."""

    def __init__(self, qtbot, desk: Desk) -> None:
        self.qtbot = qtbot
        self.desk = desk
        QTest.keyClick(desk.window, Qt.Key.Key_P, CONTROL)
        (window,) = desk.window.findChildren(SheetsWindow)
        self.window: SheetsWindow = window
        self.wait()

    def wait(self) -> None:
        """Wait until the newest sheet is shown."""
        preview = self.window.preview
        while preview.waiting:
            with self.qtbot.waitSignal(preview.waiting_changed, timeout=FROM_NOW):
                pass

    def go_to_the_count(self) -> None:
        """Go to the main window; the window of sheets stays."""
        self.desk.window.windowHandle().requestActivate()
        self.qtbot.waitUntil(lambda: QApplication.activeWindow() is self.desk.window)

    @property
    def said(self) -> str:
        return self.window.bar.shown.text()

    def choose(self, label: Qt.Key, first_letters: str) -> None:
        """Go to a choice by its letter, and type what it begins with."""
        QTest.keyClick(self.window, label, ALT)
        self.desk.keys(first_letters)
        self.wait()

    def ended(self, begin: Callable[[], None]) -> jobs.Outcome:
        """Begin a job and wait for its end."""
        with self.qtbot.waitSignal(self.window.doing.ended, timeout=FROM_NOW) as signal:
            begin()
        outcome: jobs.Outcome = signal.args[0]
        assert self.window.banner.text == outcome.text
        return outcome
