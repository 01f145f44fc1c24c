"""The start screen: each way in, by mouse and by keyboard."""

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QCheckBox, QMainWindow, QPushButton

from tally_app.ui.icons import IconName, own_icon
from tally_app.ui.start.recent import RecentFile
from tally_app.ui.start.screen import StartScreen

HERE = RecentFile(Path("/count/senate.tally"), "Senate 2024", datetime(2024, 2, 25, 22, 14))
GONE = RecentFile(Path("/stick/takeo.tally"), "Takeo", missing=True)
OPAQUE = 255
PRACTICE = RecentFile(Path("/count/senate.tally-training"), "Senate 2024", training=True)


@pytest.fixture
def screen(qtbot) -> StartScreen:
    widget = StartScreen()
    qtbot.addWidget(widget)
    widget.resize(1280, 760)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def test_the_demonstration_is_one_key_away(qtbot, screen):
    assert screen.sample.hasFocus()
    with qtbot.waitSignal(screen.sample_requested):
        qtbot.keyClick(screen.sample, Qt.Key.Key_Space)


def test_new_tally_from_blank_forms_for_training(qtbot, screen):
    create = next(button for button in screen.new.findChildren(QPushButton))
    with qtbot.waitSignal(screen.new_requested) as caught:
        create.click()
    assert caught.args == ["cambodia-senate-2024-blank", False]
    screen.new.findChild(QCheckBox).click()
    screen.new.choose("cambodia-senate-2024")
    with qtbot.waitSignal(screen.new_requested) as caught:
        create.click()
    assert caught.args == ["cambodia-senate-2024", True]


def test_open_asks_for_a_path(qtbot, screen):
    with qtbot.waitSignal(screen.open_requested) as caught:
        screen.open.click()
    assert caught.args == [None]


def test_recent_files_open_and_are_forgotten(qtbot, screen):
    opened: list[Path] = []
    removed: list[Path] = []
    screen.open_requested.connect(opened.append)
    screen.recent_removed.connect(removed.append)
    screen.set_recent([HERE, GONE])
    rows = [screen.recent.visualRect(screen.recent.files.index(row)) for row in range(2)]
    for row in rows:
        qtbot.mouseClick(screen.recent.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    assert opened == [HERE.path], "what is not there does not open"
    cross = QPoint(rows[1].right() - 5, rows[1].center().y())
    qtbot.mouseClick(screen.recent.viewport(), Qt.MouseButton.LeftButton, pos=cross)
    assert removed == [GONE.path]
    screen.recent.setCurrentIndex(screen.recent.files.index(0))
    qtbot.keyClick(screen.recent, Qt.Key.Key_Return)
    qtbot.keyClick(screen.recent, Qt.Key.Key_Delete)
    assert (opened, removed) == ([HERE.path, HERE.path], [GONE.path, HERE.path])


def test_missing_file_says_so(screen):
    screen.set_recent([GONE])
    spoken = screen.recent.files.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith("not found")


def test_model_keeps_qts_rules(qtmodeltester, screen):
    screen.set_recent([HERE, GONE])
    qtmodeltester.check(screen.recent.files)


def test_cards_are_as_high_as_their_lines_when_they_come_into_a_window_that_is_there(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(1280, 780)
    window.show()
    screen = StartScreen()
    window.setCentralWidget(screen)
    screen.show()
    for width in (1280, 760, 1280):
        window.resize(width, 780)
        QCoreApplication.processEvents()
        for card in (screen.sample, screen.open):
            assert card.height() == card.heightForWidth(card.width())


def test_every_button_has_its_own_mnemonic(screen):
    texts = [button.text() for button in screen.findChildren(QPushButton)]
    texts += [box.text() for box in screen.findChildren(QCheckBox)]
    letters = [text[text.index("&") + 1].casefold() for text in texts]
    assert len(set(letters)) == len(letters) == 4


@pytest.mark.parametrize(("file", "name"), [(HERE, "tally"), (PRACTICE, "training")])
def test_a_recent_file_has_the_icon_that_the_desktop_shows_for_it(screen, file: RecentFile, name: IconName):
    screen.set_recent([file])
    row = screen.recent.visualRect(screen.recent.files.index(0))
    icon = own_icon(name).pixmap(QSize(32, 32), 1.0).toImage()
    shown = screen.recent.viewport().grab(row).toImage()
    middle = QPoint(icon.width() // 2, icon.height() // 2)
    places = [QPoint(x, y) for x in range(shown.width() // 4) for y in range(shown.height())]
    offsets = [place for place in places if shown.pixel(place) == icon.pixel(middle)]
    assert any(_is_at(icon, shown, place - middle) for place in offsets)


def _is_at(icon: QImage, shown: QImage, offset: QPoint) -> bool:
    """Are all pixels of *icon* that hide what is behind them there, in *shown*, moved by *offset*?"""
    solid = [
        QPoint(x, y)
        for x in range(icon.width())
        for y in range(icon.height())
        if icon.pixelColor(x, y).alpha() == OPAQUE
    ]
    return all(shown.valid(at + offset) and shown.pixel(at + offset) == icon.pixel(at) for at in solid)
