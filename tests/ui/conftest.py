"""A whole window over real files, in this process: what is typed into it, and what it shows."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSettings, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QLabel

from tally_app.count.figures import Cell
from tally_app.document.document import Document
from tally_app.document.opening import create_tally
from tally_app.storage.events import Stamp
from tally_app.storage.tally_file import TallyFile
from tally_app.ui.application import Application
from tally_app.ui.session import Session
from tally_app.ui.settings import Settings
from tally_app.ui.theme import apply_theme
from tally_app.ui.workbench import Workbench

STAMP = Stamp(datetime(2024, 2, 25, 22, 14, tzinfo=UTC), "S. Chan", "test")


class Desk:
    """A clerk in front of the window."""

    def __init__(self, qtbot, settings: Path) -> None:
        store = QSettings(str(settings), QSettings.Format.IniFormat)
        self.session = Session(Settings(store), "S. Chan")
        self.window = self.session.window
        qtbot.addWidget(self.window)
        self.window.resize(1280, 800)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()

    @property
    def bench(self) -> Workbench:
        assert self.window.workbench is not None
        return self.window.workbench

    @property
    def document(self) -> Document:
        return self.bench.document

    @property
    def saved(self) -> str:
        """What the status bar says about saving."""
        label = self.window.status.findChild(QLabel, "saved")
        assert isinstance(label, QLabel)
        return label.text()

    @property
    def banner(self) -> str:
        return self.window.banner.text

    @property
    def cell(self) -> str:
        """Where the keyboard is in the grid: region, unit and column."""
        assert self.bench.region is not None
        assert self.bench.entry.grid.view.hasFocus()
        index = self.bench.entry.grid.view.currentIndex()
        return self.bench.names.cell(self.bench.entry.grid.rows_model.cell(index))

    def dock(self, name: str) -> QDockWidget:
        dock = self.window.findChild(QDockWidget, name)
        assert isinstance(dock, QDockWidget)
        return dock

    def action(self, key: str) -> None:
        self.window.actions_by_key[key].trigger()

    def at(self, region: str, column: str) -> Cell:
        """Put the keyboard into a column of a region's first unit."""
        election = self.document.election
        cell = Cell(election.rows(election.region_index[region]).start, election.column_index[column])
        self.bench.go_to_cell(cell)
        return cell

    def keys(self, text: str) -> None:
        """Press one key after the other, each where the keyboard is at that moment."""
        for character in text:
            event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, character)
            QApplication.sendEvent(focus(), event)

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(focus(), key)

    def enter(self, figure: int) -> None:
        self.keys(str(figure))
        self.press(Qt.Key.Key_Return)


def focus():
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


@pytest.fixture(scope="session")
def qapp_cls() -> type[Application]:
    """The application's own class, for pytest-qt."""
    return Application


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Path]:
    """Make a file from a bundled pack."""

    def make_from(pack: str, name: str = "", *, training: bool = False) -> Path:
        path = tmp_path / f"{name or pack}.tally"
        create_tally(path, pack, training=training, stamp=STAMP)
        return path

    return make_from


@pytest.fixture
def published(make) -> Path:
    path: Path = make("cambodia-senate-2024")
    return path


@pytest.fixture
def blank(make) -> Path:
    path: Path = make("cambodia-senate-2024-blank")
    return path


@pytest.fixture
def sit_down(qtbot, qapp, tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Begin a session, on a file or on the start screen; the settings are those of the session before."""
    apply_theme(qapp)
    desks: list[Desk] = []  # kept until the windows are closed: else Python may collect one while it is being painted

    def begin(path: Path | None = None) -> Desk:
        desk = Desk(qtbot, tmp_path / "settings.ini")
        desks.append(desk)
        if path is not None:
            assert desk.session.open(path)
        return desk

    yield begin
    for desk in desks:
        desk.window.close()


@pytest.fixture
def value_in() -> Callable[[Path, Cell], int]:
    """Ask a file, not the window, what is entered; −1 is nothing."""

    def value(path: Path, cell: Cell) -> int:
        with TallyFile.open(path, read_only=True) as file:
            return int(file.values()[cell])

    return value
