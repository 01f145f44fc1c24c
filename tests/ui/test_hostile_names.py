"""Names come from packs, and people type reasons: whatever is in them, the window shows it as text."""

from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from tally_app.storage.tally_file import TallyFile
from tests.packs import make_pack
from tests.ui.conftest import STAMP

MARKUP = "<img src='file:///secret.png'><b>bold</b>"


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A tally in which whatever a pack can name is named like a piece of HTML."""
    pack = msgspec.to_builtins(make_pack(units=(2, 1)))
    units = [unit for region in pack["regions"] for unit in region["units"]]
    for named in (*pack["parties"], *pack["regions"], *units, *pack["sources"], pack["chamber"]):
        named["name"]["en"] = MARKUP
    pack["title"]["en"] = MARKUP
    path = tmp_path / "hostile.tally"
    TallyFile.create(path, msgspec.json.encode(pack), training=False, stamp=STAMP)
    return path


def drawn_as_markup(window: QWidget) -> list[str]:
    """The texts of labels in a window that have a hostile name in them, which Qt would draw as HTML."""
    return [
        f"{type(label.parent()).__name__}: {label.text()}"
        for label in window.findChildren(QLabel)
        if "<img" in label.text() and label.textFormat() is not Qt.TextFormat.PlainText
    ]


def test_no_label_of_the_window_takes_a_name_for_markup(sit_down, hostile):
    desk = sit_down(hostile)
    for region in ("R1", "R2"):
        desk.at(region, "registered")
        desk.enter(9)
        desk.enter(12)
    desk.action("stated")
    assert drawn_as_markup(desk.window) == []
    desk.action("history")
    desk.action("overview")
    assert drawn_as_markup(desk.window) == []
    desk.action("compare")
    desk.action("sheets")
    for window in desk.window.findChildren(QWidget):
        if window.isWindow():
            assert drawn_as_markup(window) == []
