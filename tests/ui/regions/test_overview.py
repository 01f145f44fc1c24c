"""The published table: its figures against the source, its stated rows, and that it follows the typing."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from tally_app.count.figures import Cell, FigureKey
from tally_app.document.document import Document
from tally_app.election.election import Election
from tally_app.election.model import Pack
from tally_app.ui.document_signals import DocumentSignals
from tally_app.ui.regions.columns import Kind
from tally_app.ui.regions.overview import OverviewScreen
from tally_app.ui.regions.overview_table import MARK
from tally_app.ui.regions.table_model import ROLE_MARK
from tally_app.ui.theme import COLOURS, SIZES, apply_theme, sized
from tally_app.wording.names import Names
from tests.ui.fake_journal import bundled_document, open_document

TOTAL, STATED, DIFFERENCE = range(3)
VOTES_OF_CPP = FigureKey("results-table", "votes", None, None, "CPP")
SHARE_OF_CPP = FigureKey("results-table", "share", None, None, "CPP")


@pytest.fixture
def published() -> Document:
    return bundled_document()


def show(qtbot: QtBot, document: Document) -> OverviewScreen:
    def state(key: FigureKey, text: str | None) -> None:
        document.commit(document.edit_stated(key, text))

    screen = OverviewScreen(document, DocumentSignals(document), Names(document.election), state)
    qtbot.addWidget(screen)
    screen.resize(1100, 600)
    screen.show()
    return screen


def column(screen: OverviewScreen, kind: Kind, party: int | None = None, field: str = "") -> int:
    return screen.regions_model.columns.index((kind, party, field))


def line(screen: OverviewScreen, row: int, *, totals: bool = False) -> list[str]:
    model = screen.totals_model if totals else screen.regions_model
    return [model.text(row, index) for index in range(len(model.columns))]


def test_regions_are_those_of_the_published_table(qtbot, published):
    screen = show(qtbot, published)
    assert line(screen, 3) == (
        ["10", "1,191", "77.95", "9", "218", "14.27", "1", "1", "0.07", "0", "118", "7.72", "0", "1,528", ""]
    )
    assert line(screen, 0)[-2:] == ["906", "7"]
    headings = [screen.regions_model.headerData(index, Qt.Orientation.Horizontal) for index in range(5)]
    assert headings == ["Seats", "Votes", "%", "Seats", "Votes"]


def test_totals_stated_and_difference(qtbot, published):
    screen = show(qtbot, published)
    assert line(screen, TOTAL, totals=True)[:4] == ["58", "9,332", "85.00", "55"]
    assert line(screen, STATED, totals=True)[:4] == ["", "10,117", "86.99", "55"]
    assert line(screen, DIFFERENCE, totals=True)[:4] == ["", "−785", "−1.99", "0"]
    red = screen.totals_model.index(DIFFERENCE, 1).data(Qt.ItemDataRole.ForegroundRole)
    assert red == QColor(COLOURS.bad)


def test_another_source(qtbot, published):
    screen = show(qtbot, published)
    screen.show_source("summary-box")
    assert line(screen, STATED, totals=True)[:4] == ["", "", "85.92", "55"]
    assert line(screen, DIFFERENCE, totals=True)[:4] == ["", "", "−0.92", "0"]
    screen.show_source("article")
    assert line(screen, STATED, totals=True)[:4] == ["", "", "", ""]


@pytest.mark.parametrize(
    ("source", "figure", "party", "where"),
    [
        ("summary-box", "share", "KWP", (Kind.SHARE, 1, "")),
        ("article", "seats", "NPP", (Kind.WON, 3, "")),
        (None, "votes", "CPP", (Kind.VOTES, 0, "")),
        (None, "invalid", None, (Kind.FIELD, None, "invalid")),
        (None, "valid", None, (Kind.VALID, None, "")),
    ],
)
def test_a_stated_figure_is_found_and_brought_into_sight(qtbot, published, source, figure, party, where):
    screen = show(qtbot, published)
    screen.resize(600, 500)
    assert screen.go_to_stated(source, figure, party)
    assert screen.totals_model.source == (source or "results-table")
    index = screen.totals.currentIndex()
    assert (index.row(), index.column()) == (STATED, column(screen, *where))
    assert screen.focusWidget() is screen.totals
    assert screen.totals.viewport().rect().contains(screen.totals.visualRect(index))
    above = screen.regions_model.index(0, index.column())
    assert screen.regions.visualRect(above).left() == screen.totals.visualRect(index).left()


@pytest.mark.parametrize(("source", "figure", "party"), [("nobody", "votes", "CPP"), ("article", "valid", "CPP")])
def test_what_nobody_states_is_not_found(qtbot, published, source, figure, party):
    screen = show(qtbot, published)
    assert not screen.go_to_stated(source, figure, party)
    assert screen.totals_model.source == "results-table"


def test_models_keep_qts_rules(qtmodeltester, qtbot, published):
    screen = show(qtbot, published)
    qtmodeltester.check(screen.regions_model)
    qtmodeltester.check(screen.totals_model)


def test_findings_are_marked_where_they_are(qtbot, published):
    screen = show(qtbot, published)
    cell = screen.totals_model.index(STATED, column(screen, Kind.VOTES, 0))
    assert cell.data(ROLE_MARK) == "error"
    assert "785 fewer" in cell.data(Qt.ItemDataRole.ToolTipRole)
    share = screen.totals_model.index(STATED, column(screen, Kind.SHARE, 1))
    assert share.data(ROLE_MARK) == "warning"
    assert screen.regions_model.index(3, 1).data(ROLE_MARK) == ""


def test_draft_moves_a_seat(qtbot, published):
    screen = show(qtbot, published)
    won = column(screen, Kind.WON, 1)
    published.draft(Cell(2, 1), 240)
    cell = screen.regions_model.index(2, won)
    assert cell.data() == "1"
    assert cell.data(Qt.ItemDataRole.ForegroundRole) == QColor(COLOURS.accent)
    assert line(screen, TOTAL, totals=True)[won] == "4"
    assert cell.data(ROLE_MARK) == "error", "E203: the source states no seat"
    published.drop_draft()
    assert cell.data() == "0"
    assert cell.data(Qt.ItemDataRole.ForegroundRole) == QColor(COLOURS.muted)


def test_stated_figure_is_typed(qtbot, published):
    screen = show(qtbot, published)
    screen.totals.setCurrentIndex(screen.totals_model.index(STATED, 1))
    screen.totals.setFocus()
    screen.totals.edit(screen.totals.currentIndex())
    editor = screen.totals.focusWidget()
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "10117"
    editor.selectAll()
    qtbot.keyClicks(editor, "10,0x52")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: published.statements.value(VOTES_OF_CPP) == "10052")
    qtbot.waitUntil(lambda: screen.totals.currentIndex().column() == 2)
    assert line(screen, DIFFERENCE, totals=True)[1] == "−720"


def type_stated(qtbot: QtBot, screen: OverviewScreen, where: int, text: str) -> QLineEdit:
    screen.totals.setCurrentIndex(screen.totals_model.index(STATED, where))
    screen.totals.setFocus()
    screen.totals.edit(screen.totals.currentIndex())
    editor = screen.totals.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    return editor


def hint(screen: OverviewScreen) -> str:
    return next(label.text() for label in screen.findChildren(QLabel) if label.property("role") == "warning")


@pytest.mark.parametrize(
    ("where", "typed", "expected"), [(1, "86,99", "a whole number."), (2, ".", "a percentage like 86.99.")]
)
def test_a_refused_text_stays_open_until_it_is_mended(qtbot, published, where, typed, expected):
    screen = show(qtbot, published)
    before = published.statements.value(screen.totals_model.key(where))
    editor = type_stated(qtbot, screen, where, typed)
    qtbot.waitUntil(lambda: hint(screen).endswith(expected))
    qtbot.wait(20)
    assert editor.isVisible()
    assert editor.text() == typed
    assert screen.totals.currentIndex().column() == where
    assert published.statements.value(screen.totals_model.key(where)) == before
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    assert hint(screen) == ""
    editor.selectAll()
    qtbot.keyClicks(editor, "86")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.totals.currentIndex().column() == where + 1)
    assert published.statements.value(screen.totals_model.key(where)) == "86"


def test_escape_takes_a_refused_text_back_and_another_cell_does_not(qtbot, published):
    screen = show(qtbot, published)
    editor = type_stated(qtbot, screen, 1, "86,99")
    qtbot.waitUntil(lambda: hint(screen) != "")
    other = screen.totals.visualRect(screen.totals_model.index(STATED, 4)).center()
    qtbot.mouseClick(screen.totals.viewport(), Qt.MouseButton.LeftButton, pos=other)
    qtbot.waitUntil(lambda: screen.totals.currentIndex().column() == 1)
    assert editor.isVisible()
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: screen.totals.findChild(QLineEdit) is None)
    assert hint(screen) == ""
    assert published.statements.value(VOTES_OF_CPP) == "10117"


def test_a_refused_text_does_not_move_to_another_source(qtbot, published):
    screen = show(qtbot, published)
    type_stated(qtbot, screen, 1, "86,99")
    qtbot.waitUntil(lambda: hint(screen) != "")
    screen.show_source("summary-box")
    qtbot.waitUntil(lambda: screen.totals.findChild(QLineEdit) is None)


def test_arrows_lead_from_the_last_region_to_what_is_stated_and_back(qtbot, published):
    screen = show(qtbot, published)
    screen.regions.setFocus()
    screen.regions.setCurrentIndex(screen.regions_model.index(7, 4))
    qtbot.keyClick(screen.regions, Qt.Key.Key_Down)
    assert screen.focusWidget() is screen.totals
    assert screen.totals.currentIndex() == screen.totals_model.index(STATED, 4)
    qtbot.keyClick(screen.totals, Qt.Key.Key_Right)
    qtbot.keyClick(screen.totals, Qt.Key.Key_Up)
    assert screen.focusWidget() is screen.regions
    assert screen.regions.currentIndex() == screen.regions_model.index(7, 5)


def test_the_keyboard_begins_in_the_regions_and_the_wheel_changes_no_source(qtbot, published):
    screen = show(qtbot, published)
    screen.setFocus()
    assert screen.focusWidget() is screen.regions
    box = screen.findChild(QComboBox)
    assert isinstance(box, QComboBox)
    assert box.focusPolicy() == Qt.FocusPolicy.ClickFocus
    wheel = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, wheel)
    assert not wheel.isAccepted()
    assert screen.totals_model.source == "results-table"


def test_delete_states_nothing(qtbot, published):
    screen = show(qtbot, published)
    screen.totals.setCurrentIndex(screen.totals_model.index(STATED, 2))
    qtbot.keyClick(screen.totals, Qt.Key.Key_Delete)
    assert published.statements.value(SHARE_OF_CPP) is None


def test_read_only_file_takes_nothing(qtbot, published):
    screen = show(qtbot, open_document(published.election, read_only=True))
    assert not screen.totals_model.index(STATED, 1).flags() & Qt.ItemFlag.ItemIsEditable


def test_enter_and_double_click_open_a_region(qtbot, published):
    screen = show(qtbot, published)
    opened: list[int] = []
    screen.region_selected.connect(opened.append)
    screen.regions.setCurrentIndex(screen.regions_model.index(4, 2))
    qtbot.keyClick(screen.regions, Qt.Key.Key_Return)
    screen.regions.verticalHeader().sectionDoubleClicked.emit(6)
    assert opened == [4, 6]


def test_copied_block_is_plain(qtbot, published):
    screen = show(qtbot, published)
    model = screen.regions_model
    screen.regions.setFocus()
    screen.regions.setCurrentIndex(model.index(2, 1))
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right):
        qtbot.keyClick(screen.regions, key, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(screen.regions, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "779\t84.22\t5\n1191\t77.95\t9"


def test_tables_scroll_together(qtbot, published):
    screen = show(qtbot, published)
    screen.resize(600, 500)
    bar = screen.totals.horizontalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() == screen.regions.horizontalScrollBar().maximum() > 0)
    bar.setValue(120)
    assert screen.regions.horizontalScrollBar().value() == 120
    widths = [[table.columnWidth(index) for index in range(8)] for table in (screen.regions, screen.totals)]
    assert widths[0] == widths[1]


def test_columns_are_as_narrow_as_their_figures(qtbot, qapp, published):
    apply_theme(qapp)
    screen = show(qtbot, published)
    screen.resize(690, 560)
    widths = [screen.regions.columnWidth(index) for index in range(len(screen.regions_model.columns))]
    assert all(width <= most for width, most in zip(widths[1:4], (66, 58, 42), strict=True))
    assert sum(widths[:12]) < 590, "three of four parties are seen"
    bold = QFontMetrics(sized(screen.font(), SIZES.base, bold=True))
    assert widths[1] >= bold.horizontalAdvance("10,117") + MARK


def test_blank_forms_show_nothing_rather_than_zero(qtbot):
    screen = show(qtbot, bundled_document("cambodia-senate-2024-blank"))
    assert set(line(screen, 0)[1:]) == {""}
    assert line(screen, TOTAL, totals=True)[0] == "58"


def test_nobody_states_anything(qtbot, published):
    pack = published.election.pack
    fields = {field: getattr(pack, field) for field in pack.__struct_fields__} | {"sources": [], "stated": []}
    document = open_document(Election(Pack(**fields)))
    screen = show(qtbot, document)
    document.draft(Cell(0, 0), 818)
    assert screen.totals_model.rowCount() == 1
    assert line(screen, TOTAL, totals=True)[1] == "9,333"
