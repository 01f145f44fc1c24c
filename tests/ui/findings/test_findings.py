"""The findings panel over real elections: what it says, where it leads, and that typing disturbs nothing."""

import time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tally_app.checks.finding import Place, Severity
from tally_app.count.figures import Cell, FigureKey
from tally_app.document.document import Document
from tally_app.election.election import Election
from tally_app.election.model import Chamber, FormField, Name, Pack, Party, Region, Rule, Unit
from tally_app.ui.document_signals import DocumentSignals
from tally_app.ui.findings.marks import State
from tally_app.ui.findings.model import LIMIT, Filter
from tally_app.ui.findings.panel import FindingsPanel
from tally_app.ui.findings.texts import Part
from tally_app.ui.gestures import Gestures
from tally_app.ui.theme import apply_theme
from tally_app.wording.names import Names
from tests.ui.fake_journal import bundled_document, open_document

TOTAL_OF_CPP = FigureKey("results-table", "votes", None, None, "CPP")


@pytest.fixture(autouse=True)
def theme(qapp):
    apply_theme(qapp)


@pytest.fixture
def published():
    return bundled_document("cambodia-senate-2024")


@pytest.fixture
def blank():
    return bundled_document("cambodia-senate-2024-blank")


def show(qtbot: QtBot, document: Document) -> FindingsPanel:
    names = Names(document.election)
    panel = FindingsPanel(document, DocumentSignals(document), Gestures(document, names), names)
    qtbot.addWidget(panel)
    panel.resize(1280, 240)
    panel.show()
    return panel


def texts(panel: FindingsPanel, part: Part) -> list[str]:
    return [panel.model.index(row, part).data() for row in range(panel.model.rowCount())]


def states(panel: FindingsPanel) -> list[State]:
    return [panel.model.state(panel.model.entry(row)) for row in range(panel.model.rowCount())]


def enter(document: Document, **figures: int | None) -> None:
    """Enter figures of the first unit."""
    cells = {Cell(0, document.election.column_index[key]): value for key, value in figures.items()}
    document.commit(document.edit_cells("enter", cells))


def test_published_table_contradicts_itself(qtbot, published):
    panel = show(qtbot, published)
    assert panel.title == "Findings · 3 errors, 10 warnings"
    assert texts(panel, Part.CODE)[:4] == ["E202", "E204", "E205", "W206"]
    assert texts(panel, Part.WHERE)[0] == "Chamber · CPP"
    assert texts(panel, Part.WHAT)[0].endswith("states 10,117 votes; the regions add up to 9,332 (785 fewer).")
    assert texts(panel, Part.ADVICE)[0].startswith("Compare the regions")
    assert texts(panel, Part.LINK)[0] == "Show"


def test_model_keeps_qts_rules(qtmodeltester, qtbot, published):
    panel = show(qtbot, published)
    qtmodeltester.check(panel.model)


def test_nothing_contradicts(qtbot):
    document = bundled_document("cambodia-senate-2024-blank")
    panel = show(qtbot, document)
    panel.show_chamber()
    assert panel.model.rowCount() == 0
    panel.show_region(None)
    assert panel.model.rowCount() == 8, "one note a region: nothing is entered"


def test_enter_double_click_and_link_lead_to_the_place(qtbot, published):
    panel = show(qtbot, published)
    places: list[Place] = []
    panel.place_activated.connect(places.append)
    panel.table.go_to(0)
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert places == [Place(None, None, "CPP", "CPP")]
    click(qtbot, panel, 1, Part.LINK)
    assert places[1:] == [Place()]
    click(qtbot, panel, 1, Part.WHAT)
    assert len(places) == 2
    where = panel.table.visualRect(panel.model.index(3, Part.WHAT)).center()
    qtbot.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.mouseDClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert places[2:] == [Place(None, None, "CPP")]


def click(qtbot: QtBot, panel: FindingsPanel, row: int, part: Part) -> None:
    where: QPoint = panel.table.visualRect(panel.model.index(row, part)).center()
    qtbot.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=where)


def test_the_first_click_on_a_link_leads_there_though_the_detail_appears(qtbot, published):
    panel = show(qtbot, published)
    places: list[Place] = []
    panel.place_activated.connect(places.append)
    before = panel.table.columnViewportPosition(Part.LINK)
    click(qtbot, panel, 1, Part.LINK)
    assert panel.table.columnViewportPosition(Part.LINK) != before
    assert places == [Place()]


def test_draft_is_live_and_taken_back(qtbot, published):
    panel = show(qtbot, published)
    region_four = published.election.rows(3).start
    with qtbot.waitSignal(panel.counts_changed) as caught:
        published.draft(Cell(region_four, 0), 1191 + 785)
    assert caught.args[0].errors == 2
    assert "E202" not in texts(panel, Part.CODE)
    published.drop_draft()
    assert texts(panel, Part.CODE)[0] == "E202"


def test_typing_keeps_selection_and_rows(qtbot, published):
    panel = show(qtbot, published)
    panel.select_place(Place(None, None, "KWP"))
    resets = []
    panel.model.modelReset.connect(lambda: resets.append(True))
    before = panel.table.currentIndex().row(), panel.model.entry(panel.table.currentIndex().row()).rank
    published.draft(Cell(published.election.rows(3).start, 0), 1976)
    row = panel.table.currentIndex().row()
    assert row != before[0]
    assert panel.model.entry(row).rank == before[1]
    assert not resets


def test_sentence_follows_the_digits(qtbot, published):
    panel = show(qtbot, published)
    published.draft(Cell(0, 0), 818)
    assert texts(panel, Part.WHAT)[0].endswith("add up to 9,333 (784 fewer).")


def test_draft_moves_to_another_region(qtbot, blank):
    panel = show(qtbot, blank)
    blank.draft(Cell(0, 1), 100)
    blank.draft(Cell(3, 1), 100)
    assert [place.unit for place in places(panel, "E101")] == ["08"]


def places(panel: FindingsPanel, code: str) -> list[Place]:
    entries = [panel.model.entry(row) for row in range(panel.model.rowCount())]
    return [entry.finding.place for entry in entries if entry.finding.code == code]


def test_missing_figures_of_the_open_unit_are_calm(qtbot, blank):
    panel = show(qtbot, blank)
    blank.draft(Cell(0, 1), 100)
    assert states(panel)[-1] is State.TYPING
    assert panel.title == "Findings · 7 notes, 1 being typed"
    panel.set_editing_row(0)
    enter(blank, cast=100)
    assert states(panel)[-1] is State.TYPING
    panel.set_editing_row(1)
    assert states(panel)[0] is State.ERROR
    assert panel.title == "Findings · 1 error, 7 notes"
    panel.set_editing_row(0)
    assert State.ERROR not in states(panel)


def test_f8_goes_round(qtbot, published):
    panel = show(qtbot, published)
    rows = panel.model.rowCount()
    walked = [panel.next_finding() for _ in range(rows + 1)]
    assert walked[0] == walked[-1] == Place(None, None, "CPP", "CPP")
    assert panel.table.currentIndex().row() == 0
    assert panel.next_finding(Place(None, None, "NPP")) == Place(None, None, "CPP"), "the first warning of W207"


def test_the_whole_finding_is_told_with_its_place(qtbot, published):
    panel = show(qtbot, published)
    panel.table.go_to(0)
    with qtbot.waitSignal(panel.place_activated), qtbot.waitSignal(panel.finding_activated) as caught:
        qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    finding = caught.args[0]
    assert (finding.code, finding.facts["source"]) == ("E202", "results-table")


def test_f8_can_ask_for_the_whole_finding(qtbot, published):
    panel = show(qtbot, published)
    found = [panel.next_finding_entry() for _ in range(3)]
    assert [finding.code for finding in found if finding] == ["E202", "E204", "E205"]
    panel.show_region(2)
    assert panel.next_finding_entry() is None


def test_f8_goes_on_after_a_finding_that_went(qtbot, published):
    panel = show(qtbot, published)
    panel.next_finding()
    published.draft(Cell(published.election.rows(3).start, 0), 1976)
    assert panel.next_finding() == Place(), "E204, which took the place of the first"


def test_filters(qtbot, published):
    panel = show(qtbot, published)
    errors = next(button for button in panel.findChildren(QPushButton) if "errors" in button.accessibleName())
    errors.click()
    assert texts(panel, Part.CODE) == ["E202", "E204", "E205"]
    assert panel.title == "Findings · 3 errors, 10 warnings"
    panel.show_region(2)
    assert panel.model.rowCount() == 0
    assert panel.next_finding() is None


def test_undo_of_a_stated_figure(qtbot, published):
    panel = show(qtbot, published)
    published.commit(published.edit_stated(TOTAL_OF_CPP, "9332"))
    assert "E202" not in texts(panel, Part.CODE)
    published.commit(published.edit_stated(TOTAL_OF_CPP, "10117"))
    assert texts(panel, Part.CODE)[0] == "E202"


def test_the_advice_comes_back_when_a_long_sentence_goes(qtbot, published):
    panel = show(qtbot, published)
    longest = max(texts(panel, Part.WHAT), key=len)
    metrics = panel.table.fontMetrics()
    panel.resize(metrics.horizontalAdvance(longest) + 440, 240)
    assert panel.table.isColumnHidden(Part.ADVICE)
    total = published.election.rows(0).start
    invalid = published.election.column_index["invalid"]
    published.commit(published.edit_cells("enter", {Cell(total, invalid): 744 + 7}))
    assert longest not in texts(panel, Part.WHAT)
    qtbot.waitUntil(lambda: not panel.table.isColumnHidden(Part.ADVICE))


def large(regions: int = 84, units: int = 120) -> Document:
    parties = [Party(f"P{n}", n, Name(f"Party {n}")) for n in range(1, 19)]
    definitions = [
        Region(f"R{r}", Name(f"Region {r}"), 7, [Unit(f"U{u}", Name(f"Unit {u}")) for u in range(units)])
        for r in range(regions)
    ]
    pack = Pack(
        "election-tally-pack/1",
        "large",
        Name("Large"),
        "2024-02-14",
        Chamber(Name("Chamber"), 7 * regions, 7 * regions),
        Rule("dhondt"),
        [FormField("registered"), FormField("cast"), FormField("parties"), FormField("invalid")],
        parties,
        definitions,
    )
    return open_document(Election(pack))


def test_two_thousand_findings_cost_little_per_key(qtbot):
    document = large()
    cells = {Cell(region * 120 + unit, 1): 100 for region in range(84) for unit in range(12)}
    cells |= {Cell(unit, 1): 100 for unit in range(120)}
    cells |= {Cell(region * 120 + unit, 2): 200 for region in range(84) for unit in range(12)}
    document.commit(document.edit_cells("paste", cells))
    panel = show(qtbot, document)
    assert panel.model.matching > 2000
    assert panel.model.rowCount() == LIMIT
    document.live.set_draft(Cell(5, 3), 1)
    costs = []
    for value in range(20):
        document.live.set_draft(Cell(5, 3), 150 + value)
        start = time.perf_counter()
        panel.model.refresh((0,))
        costs.append(time.perf_counter() - start)
    assert sorted(costs)[10] < 0.004  # 2 ms are meant; a shared machine gets twice that
    rows = [panel.model.entry(row).rank for row in range(panel.model.rowCount())]
    assert rows == sorted(rows)


def test_limit_moves_with_insertions(qtbot):
    document = large()
    document.commit(document.edit_cells("paste", {Cell(row, 2): 5 for row in range(1200)}))
    panel = show(qtbot, document)
    assert panel.model.matching == 1200 + 83 - 9
    last = panel.model.entry(LIMIT - 1)
    document.commit(document.edit_cells("enter", {Cell(5, 1): 3}))
    assert panel.model.rowCount() == LIMIT
    assert panel.model.entry(LIMIT - 1) != last
    document.commit(document.edit_cells("clear", {Cell(5, 1): None}))
    assert panel.model.rowCount() == LIMIT
    assert panel.model.entry(LIMIT - 1) == last
    panel.model.set_filter(Filter(frozenset({Severity.NOTE})))
    assert panel.model.rowCount() == panel.model.matching
