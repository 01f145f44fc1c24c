import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from tally_app.count.figures import Cell
from tally_app.election.model import Rule
from tally_app.ui.compare.model import CHAMBER
from tally_app.ui.compare.window import CompareWindow
from tally_app.ui.document_signals import DocumentSignals
from tally_app.wording.names import Names
from tests.packs import make_election
from tests.ui.fake_journal import bundled_document, open_document

OWN, SAINTE_LAGUE, HARE = 0, 1, 2


def open_window(qtbot, document) -> CompareWindow:
    window = CompareWindow(document, DocumentSignals(document), Names(document.election))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: not window.model.waiting and window.sentence.text() != "")
    return window


@pytest.fixture
def senate(qtbot):
    return open_window(qtbot, bundled_document())


def text(window: CompareWindow, row: int, column: int) -> str:
    return str(window.model.index(row, column).data())


def check(window: CompareWindow, name: str) -> None:
    (item,) = window.methods.findItems(name, Qt.MatchFlag.MatchExactly)
    item.setCheckState(Qt.CheckState.Checked)


def test_2024_by_other_methods(senate):
    head = [senate.model.headerData(column, Qt.Orientation.Horizontal) for column in range(3)]
    assert head == ["d’Hondt (the rule)", "Sainte-Laguë", "Hare"]
    assert [text(senate, CHAMBER, column) for column in range(3)] == [
        "55–3–0–0",
        "49–8–0–1\nCPP −6  KWP +5  NPP +1",
        "49–8–0–1\nCPP −6  KWP +5  NPP +1",
    ]
    assert text(senate, 5, SAINTE_LAGUE) == "6–1–0–0\nCPP −1  KWP +1"
    assert text(senate, 2, SAINTE_LAGUE) == "7–1–0–0"


def test_the_sentence_says_what_the_cell_says(senate):
    assert senate.sentence.text() == ("With Sainte-Laguë, 6 of 58 seats would go elsewhere: CPP −6, KWP +5, NPP +1.")
    senate.view.setCurrentIndex(senate.model.index(2, SAINTE_LAGUE))
    assert senate.sentence.text() == "With Sainte-Laguë, every seat of Region 2 would go to the same party."
    senate.view.setCurrentIndex(senate.model.index(CHAMBER, OWN))
    assert senate.sentence.text().startswith("d’Hondt is this election’s own rule")


def test_it_follows_what_is_typed(qtbot):
    document = bundled_document()
    window = open_window(qtbot, document)
    row, column = document.election.starts[4], document.election.party_columns[1]
    document.draft(Cell(row, column), 170)
    qtbot.waitUntil(lambda: text(window, 5, OWN) == "6–1–0–0")
    assert text(window, CHAMBER, OWN) == "54–4–0–0"
    assert text(window, 5, SAINTE_LAGUE) == "6–1–0–0"
    document.drop_draft()
    qtbot.waitUntil(lambda: text(window, 5, OWN) == "7–0–0–0")
    document.commit(document.edit_cells("enter", {Cell(row, column): 170}))
    qtbot.waitUntil(lambda: text(window, 5, OWN) == "6–1–0–0")


def test_choosing_methods(qtbot, senate):
    check(senate, "Adams")
    qtbot.waitUntil(lambda: not senate.model.waiting and senate.model.columnCount() == 6)
    adams = [choice.method for choice in senate.model.choices].index("adams")
    assert sum(map(int, text(senate, CHAMBER, adams).split("\n")[0].split("–"))) == 58


def test_a_parameter_is_an_exact_fraction(qtbot, senate):
    check(senate, "Divisors n + r")
    senate.parameter.clear()
    qtbot.keyClicks(senate.parameter, "1/2")
    qtbot.keyClick(senate.parameter, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not senate.model.waiting)
    choice = senate.model.choices.index(("stationary", "1/2"))
    assert text(senate, CHAMBER, choice).startswith("49–8–0–1")
    senate.parameter.clear()
    qtbot.keyClicks(senate.parameter, "1/0")
    qtbot.keyClick(senate.parameter, Qt.Key.Key_Return)
    assert senate.parameter.text() == "1/3"


def test_only_rows_that_change(senate):
    senate.only_changes.click()
    shown = [row for row in range(9) if not senate.view.isRowHidden(row)]
    assert shown == [CHAMBER, 1, 3, 4, 5, 7, 8]
    senate.only_changes.click()
    assert not any(senate.view.isRowHidden(row) for row in range(9))


def test_copied_as_a_table(senate):
    senate.copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 10
    assert lines[0].split("\t")[:3] == ["", "d’Hondt (the rule)", "Sainte-Laguë"]
    assert lines[1].split("\t")[1:3] == ["55–3–0–0", "49–8–0–1 · CPP −6  KWP +5  NPP +1"]


def test_open_seats_and_methods_that_do_not_go_with_the_rule(qtbot):
    document = open_document(make_election(units=(1,), seats=2, rule=Rule("dhondt", min_seats=1), form=["parties"]))
    document.commit(document.edit_cells("paste", {Cell(0, 0): 40, Cell(0, 1): 40}))
    window = open_window(qtbot, document)
    check(window, "Dutch municipal")
    qtbot.waitUntil(lambda: not window.model.waiting)
    dutch = [choice.method for choice in window.model.choices].index("dutch-municipal")
    assert text(window, 1, dutch) == "–"
    assert "no minimum" in window.model.sentence(1, dutch)
    tied = open_document(make_election(units=(1,), seats=3, form=["parties"]))
    tied.commit(tied.edit_cells("paste", {Cell(0, 0): 40, Cell(0, 1): 40}))
    assert text(open_window(qtbot, tied), 1, OWN) == "1–1  1 open"


def test_model_keeps_qts_rules(qtmodeltester, senate):
    qtmodeltester.check(senate.model)
