"""Of Qt's complaints the log gets Qt's own words."""

import pytest
from PySide6.QtCore import QtMsgType

from tally_app.ui.trouble.qt_messages import describe_message


@pytest.mark.parametrize(
    ("category", "text", "told"),
    [
        (
            "default",
            'QWidget::setLayout: Attempting to set QLayout "Sok Chan" on QWidget "4817203"',
            ("Qt warning in default, 10 words", "  QWidget::setLayout"),
        ),
        ("qt.qpa.xcb", "could not open /home/sok/Takeo.tally", ("Qt warning in qt.qpa.xcb, 4 words",)),
        ("Sok Chan 4817203", "", ("Qt warning in other, 0 words",)),
    ],
)
def test_paths_and_texts_are_left_out(category, text, told):
    assert describe_message(QtMsgType.QtWarningMsg, category, text) == told
