"""The whole window, as in the tests above: see ``tests/ui/conftest.py``."""

from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from tally_app.document.signing_off import sign_off
from tally_app.ui.signing.act_dialog import ActDialog

Dialog = TypeVar("Dialog", bound=ActDialog)


@pytest.fixture
def dialog() -> Callable[[type[Dialog]], Dialog]:
    """The one dialog of a kind that is open."""

    def find(kind: type[Dialog]) -> Dialog:
        QApplication.processEvents()
        found = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, kind) and widget.isVisible()]
        assert len(found) == 1
        return found[0]

    return find


@pytest.fixture
def no_dialog() -> Callable[[], bool]:
    """Is no dialog open?"""

    def none() -> bool:
        QApplication.processEvents()
        return not any(isinstance(w, QDialog) and w.isVisible() for w in QApplication.topLevelWidgets())

    return none


@pytest.fixture
def signed(sit_down, published):
    """Region 5 is signed off, and its first cell has the keyboard."""
    desk = sit_down(published)
    desk.at("R5", "CPP")
    desk.bench.gestures.submit(sign_off(desk.document, "R5", "S. Chan", "chair"), undoable=False)
    return desk
