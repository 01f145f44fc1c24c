"""The Qt bindings themselves: they must not lose references, or a long night ends in a crash."""

import sys

import pytest
from PySide6.QtGui import QColor, QPen


@pytest.mark.usefixtures("qapp")
def test_calls_into_qt_keep_none_alive():
    """PySide6 6.12.0 on Python 3.11 lost a reference to None at every call that returns nothing."""
    pen = QPen()
    colour = QColor("#1a5fbf")
    before = sys.getrefcount(None)
    for _ in range(1000):
        pen.setColor(colour)
    assert before - sys.getrefcount(None) < 100
