"""What a person presses in these tests."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tally_app.ui.signing.sign_off_dialog import SignOffDialog
from tests.ui.conftest import focus

Key = Qt.Key


def type_text(text: str) -> None:
    QTest.keyClicks(focus(), text)


def sign_by_keys(dialog, role: str = "chair") -> None:
    """In the dialog's form: the role, whose end the list completes; Enter takes that, Enter signs."""
    form = dialog(SignOffDialog)
    assert form.list is None
    assert form.role.hasFocus()
    type_text(role)
    QTest.keyClick(focus(), Key.Key_Return)
    if form.isVisible():
        QTest.keyClick(focus(), Key.Key_Return)


def ctrl_return() -> None:
    QTest.keyClick(focus(), Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def come_back(desk) -> None:
    """Go on in the window; without a window manager nobody gives it the keyboard back after a dialog."""
    desk.window.activateWindow()
    QApplication.processEvents()


def hint(desk) -> str:
    return str(desk.bench.entry._hints.warning)
