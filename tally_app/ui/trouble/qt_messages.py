"""What Qt complains of, for the log: its own words only, for a message may quote a path or a text of the window."""

import re

from PySide6.QtCore import QtMsgType

from tally_app.ui.trouble.traces import Trace

SERIOUS = (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)
_NAMES = {QtMsgType.QtWarningMsg: "warning", QtMsgType.QtCriticalMsg: "critical", QtMsgType.QtFatalMsg: "fatal"}
_CATEGORY = re.compile(r"default|qt(\.[a-z0-9]+){1,5}")
_PLACE = re.compile(r"Q[A-Z][a-z]\w*::~?\w+")
"""``QWidget::setLayout``: a class of Qt and one of its functions."""


def describe_message(kind: QtMsgType, category: str, text: str) -> Trace:
    """Return how serious a message is, and which functions of Qt it names."""
    words = len(text.split())
    places = dict.fromkeys(_PLACE.findall(text))
    known = category if _CATEGORY.fullmatch(category) else "other"
    return (f"Qt {_NAMES.get(kind, 'message')} in {known}, {words} words", *(f"  {place}" for place in places))
