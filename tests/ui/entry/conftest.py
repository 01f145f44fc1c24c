import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tally_app.document.document import Document
from tally_app.ui.document_signals import DocumentSignals
from tally_app.ui.entry.screen import EntryScreen
from tally_app.ui.gestures import Gestures
from tally_app.wording.names import Names
from tests.ui.fake_journal import bundled_document


class Clerk:
    """Sits in front of the entry screen and uses nothing but the keyboard."""

    def __init__(self, qtbot, document: Document) -> None:
        self.document = document
        self.names = Names(document.election)
        self.signals = DocumentSignals(document)
        self.gestures = Gestures(document, self.names)
        self.screen = EntryScreen(document, self.signals, self.gestures, self.names)
        qtbot.addWidget(self.screen)
        self.screen.resize(900, 600)
        with qtbot.waitActive(self.screen):
            self.screen.show()
            self.screen.activateWindow()
        self.screen.grid.view.setFocus()

    def keys(self, text: str) -> None:
        """Press one key after the other, each where the keyboard is at that moment."""
        for character in text:
            focus = QApplication.focusWidget()
            assert focus is not None
            event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, character)
            QApplication.sendEvent(focus, event)  # QTest.keyClick takes Latin characters only

    def press(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            focus = QApplication.focusWidget()
            assert focus is not None
            QTest.keyClick(focus, key, modifier)

    def enter(self, *figures: int) -> None:
        for figure in figures:
            self.keys(str(figure))
            self.press(Qt.Key.Key_Return)

    def at(self, region: str, column: str) -> None:
        """Go to a column of a region's first unit."""
        election = self.document.election
        self.screen.show_region(election.region_index[region])
        view = self.screen.grid.view
        view.go_to(view.model().index(0, election.column_index[column]))

    @property
    def cell(self) -> str:
        """Where the keyboard is: unit and column."""
        index = self.screen.grid.view.currentIndex()
        return self.names.cell(self.screen.grid.rows_model.cell(index))

    def seats(self, region: str) -> tuple[int, ...]:
        return self.document.live.region(self.document.election.region_index[region]).allocation.seats


@pytest.fixture
def published(qtbot) -> Clerk:
    return Clerk(qtbot, bundled_document())


@pytest.fixture
def blank(qtbot) -> Clerk:
    return Clerk(qtbot, bundled_document("cambodia-senate-2024-blank"))
