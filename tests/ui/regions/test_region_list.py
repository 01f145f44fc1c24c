"""The list of regions: what each line says, and that it follows the typing."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from tally_app.checks.finding import Severity
from tally_app.count.figures import Cell
from tally_app.document.document import Document
from tally_app.document.explanations import explanation_edit
from tally_app.election.election import Election
from tally_app.election.model import Name, Region, Unit
from tally_app.election.pack import load_election
from tally_app.resources import resource
from tally_app.ui.document_signals import DocumentSignals
from tally_app.ui.findings.marks import State
from tally_app.ui.regions.region_list import RegionList
from tally_app.wording.names import Names
from tests.ui.fake_journal import bundled_document, open_document


@pytest.fixture
def blank() -> Document:
    return bundled_document("cambodia-senate-2024-blank")


def show(qtbot: QtBot, document: Document, language: str = "en") -> RegionList:
    regions = RegionList(document, DocumentSignals(document), Names(document.election, language))
    qtbot.addWidget(regions)
    regions.resize(232, 500)
    regions.show()
    return regions


def fill(document: Document, row: int, *figures: int) -> None:
    document.commit(document.edit_cells("enter", {Cell(row, column): value for column, value in enumerate(figures)}))


def many(count: int) -> Document:
    pack = load_election(resource("elections", "cambodia-senate-2024-blank.json")).pack
    regions = [Region(f"R{n}", Name(f"Region {n}"), 3, [Unit("U", Name("Unit"))]) for n in range(count)]
    changed = {field: getattr(pack, field) for field in pack.__struct_fields__} | {"regions": regions}
    return open_document(Election(type(pack)(**changed)))


def states(regions: RegionList) -> list[State]:
    return [regions.model.line(row).state for row in range(regions.model.rowCount())]


def test_published_regions_are_complete(qtbot):
    regions = show(qtbot, bundled_document())
    assert states(regions) == [State.ERROR, *[State.GOOD] * 8]
    assert regions.model.title(4) == "Region 4"
    assert regions.model.subtitle(4).startswith("Banteay Meanchey, Battambang, Siem Reap")
    assert regions.model.line(4).seats == 10


def test_khmer_names(qtbot):
    document = bundled_document()
    regions = show(qtbot, document)
    regions.use_names(Names(document.election, "km"))
    assert regions.model.title(3) == "ភូមិភាគទី៣"
    assert regions.model.subtitle(3) == "កណ្ដាល"


def test_model_keeps_qts_rules(qtmodeltester, qtbot, blank):
    regions = show(qtbot, blank)
    qtmodeltester.check(regions.model)


def test_marks_follow_the_count(qtbot, blank):
    regions = show(qtbot, blank)
    assert states(regions)[1] is State.EMPTY
    blank.draft(Cell(0, 1), 5)
    assert states(regions)[1] is State.TYPING
    blank.drop_draft()
    assert states(regions)[1] is State.EMPTY
    fill(blank, 0, 600, 599, 500, 98, 0, 0, 1)
    assert states(regions)[1] is State.GOOD
    fill(blank, 0, 600, 599, 500, 98, 0, 0, 2)
    assert states(regions)[1] is State.ERROR
    fill(blank, 1, 600, 599, 500, 98, 0, 0, 1)
    assert states(regions)[2] is State.BEGUN
    assert regions.model.progress(2) == "1 of 2"
    fill(blank, 2, 600, 0, 0, 0, 0, 0, 0)
    assert states(regions)[2] is State.WARNING
    assert regions.model.progress(2) == ""


def test_the_overview_is_good_only_when_every_region_is(qtbot, blank):
    regions = show(qtbot, blank)
    for row in range(blank.election.unit_count):
        assert states(regions)[0] is (State.BEGUN if row else State.EMPTY)
        fill(blank, row, 600, 599, 500, 98, 0, 0, 1)
    assert states(regions)[0] is State.GOOD
    fill(blank, 0, 600, 599, 500, 98, 0, 0, 2)
    assert states(regions)[:2] == [State.ERROR, State.ERROR]
    fill(blank, 0, 800, 701, 600, 100, 0, 0, 1)
    assert blank.live.region(0).allocation.tie is not None
    assert states(regions)[0] is not State.GOOD


def test_only_touched_rows_are_painted_again(qtbot, blank):
    regions = show(qtbot, blank)
    rows: list[int] = []

    def note(first: QModelIndex, _: QModelIndex) -> None:
        rows.append(first.row())

    regions.model.dataChanged.connect(note)
    blank.draft(Cell(0, 1), 5)
    assert sorted(rows) == [0, 1]
    rows.clear()
    blank.draft(Cell(0, 1), 51)
    assert rows == []
    blank.draft(Cell(3, 1), 5)
    assert sorted(rows) == [1, 3]


def test_missing_figures_of_the_open_unit_are_calm(qtbot, blank):
    regions = show(qtbot, blank)
    regions.set_editing_row(0)
    fill(blank, 0, 600, 599)
    assert states(regions)[1] is State.TYPING
    regions.set_editing_row(None)
    assert states(regions)[1] is State.ERROR


def test_selection_is_told_once_and_select_is_silent(qtbot, blank):
    regions = show(qtbot, blank)
    told: list[int | None] = []
    regions.region_selected.connect(told.append)
    regions.select(4)
    assert (regions.region, told) == (4, [])
    qtbot.keyClick(regions.view, Qt.Key.Key_Down)
    assert (regions.region, told) == (5, [5])
    regions.select(None)
    assert regions.region is None


def test_arrows_show_a_region_and_enter_or_a_click_goes_there(qtbot, blank):
    regions = show(qtbot, blank)
    told: list[tuple[str, int | None]] = []
    regions.region_selected.connect(lambda region: told.append(("selected", region)))
    regions.region_entered.connect(lambda region: told.append(("entered", region)))
    qtbot.keyClick(regions.view, Qt.Key.Key_Down)
    assert told == [("selected", 0)]
    qtbot.keyClick(regions.view, Qt.Key.Key_Return)
    assert told[1:] == [("entered", 0)]
    told.clear()
    for _ in range(2):
        where = regions.view.visualRect(regions.model.index(4)).center()
        qtbot.mouseClick(regions.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert told == [("selected", 3), ("entered", 3), ("entered", 3)], "the second click leaves nothing to show"


def test_state_is_said_in_words(qtbot, blank):
    regions = show(qtbot, blank)
    spoken = regions.model.index(5).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Region 5\nKampot, Kep, Takeo\n7 seats\n0 of 3 units complete\nnot begun"


def test_filter_appears_with_many_regions(qtbot):
    regions = show(qtbot, many(84))
    assert regions._filter.isVisible()
    qtbot.keyClicks(regions._filter, "region 83")
    assert [row for row in range(85) if not regions.view.isRowHidden(row)] == [0, 84]
    regions.select(10)
    assert not regions.view.isRowHidden(11)


def test_no_filter_for_eight_regions(qtbot, blank):
    assert not show(qtbot, blank)._filter.isVisible()


def test_a_region_whose_warnings_have_reasons_asks_for_nothing(qtbot, blank):
    fill(blank, 1, 1400, 1365, 1121, 239, 1, 4, 0)
    fill(blank, 2, 10, 10, 0, 0, 0, 0, 10)
    regions = show(qtbot, blank)
    (finding,) = [f for f in blank.live.unit_findings(1)[2] if f.severity is Severity.WARNING]
    assert states(regions)[2] is State.WARNING
    blank.commit(explanation_edit(blank.records, finding, "Nobody came.", "S. Chan"))
    assert states(regions)[2] is State.GOOD
    fill(blank, 2, 12, 12, 0, 0, 0, 0, 12)
    assert states(regions)[2] is State.WARNING
