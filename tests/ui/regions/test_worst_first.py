"""The regions, the worst first: wanted or not, kept, and never moved under the typing."""

from PySide6.QtCore import Qt

from tally_app.count.figures import Cell
from tally_app.document.document import Document
from tests.ui.conftest import Desk

FORM = (600, 599, 500, 98, 0, 0, 1)


def fill(document: Document, row: int, *figures: int) -> None:
    document.commit(document.edit_cells("enter", {Cell(row, column): value for column, value in enumerate(figures)}))


def order(desk: Desk) -> list[int | None]:
    model = desk.bench.regions.model
    return [model.region_at(row) for row in range(model.rowCount())]


def with_errors_in(desk: Desk, *regions: int) -> None:
    for region in regions:
        fill(desk.document, desk.document.election.starts[region], 600, 599, 500, 98, 0, 0, 2)


def test_the_worst_come_first_only_if_somebody_wants_that(sit_down, blank):
    desk: Desk = sit_down(blank)
    with_errors_in(desk, 4, 6)
    assert order(desk) == [None, *range(8)]
    desk.action("worst_first")
    assert order(desk) == [None, 4, 6, 0, 1, 2, 3, 5, 7]
    desk.action("worst_first")
    assert order(desk) == [None, *range(8)]


def test_it_is_remembered(sit_down, blank, published):
    desk: Desk = sit_down(blank)
    desk.action("worst_first")
    assert desk.session.open(published)
    assert desk.bench.regions.worst_first


def test_no_line_moves_while_a_digit_is_typed(sit_down, blank):
    desk: Desk = sit_down(blank)
    desk.action("worst_first")
    desk.at("R5", "registered")
    for figure in FORM[:-1]:
        desk.enter(figure)
    desk.keys("2")
    before = order(desk)
    assert before == [None, 4, 0, 1, 2, 3, 5, 6, 7], "a region that is begun comes before those that are not"
    desk.press(Qt.Key.Key_Return)
    assert desk.bench.region == 4
    assert desk.bench.regions.region == 4, "the line that is selected moved with its region"


def test_page_down_follows_the_list(sit_down, blank):
    desk: Desk = sit_down(blank)
    with_errors_in(desk, 4, 6)
    desk.action("worst_first")
    walked = []
    for _ in range(4):
        desk.press(Qt.Key.Key_PageDown)
        walked.append(desk.bench.region)
    assert walked == [4, 6, 0, 1]


def test_the_tooltip_lists_the_worst_and_counts_the_rest(sit_down, published):
    desk: Desk = sit_down(published)
    desk.bench.late.finish()
    tip = str(desk.bench.regions.model.index(0).data(Qt.ItemDataRole.ToolTipRole))
    assert tip.count("<b>") == 8
    assert tip.index("<b>E202</b>") < tip.index("<b>E205</b>") < tip.index("<b>W206</b>")
    assert "… and 8 more" in tip
    of_region_4 = str(desk.bench.regions.model.index(4).data(Qt.ItemDataRole.ToolTipRole))
    assert "<b>N403</b> The last seat hangs on 13 votes" in of_region_4


def test_what_a_figure_probably_is_shows_in_the_overview(sit_down, published):
    desk: Desk = sit_down(published)
    model = desk.bench.overview.regions_model
    marked = [(row, column) for row in range(8) for column in range(model.columnCount()) if model.probable(row, column)]
    assert marked == []
    desk.bench.late.finish()
    marked = [(row, column) for row in range(8) for column in range(model.columnCount()) if model.probable(row, column)]
    assert [(row, model.text(row, column)) for row, column in marked] == [(3, "1,191")]
    index = model.index(*marked[0])
    for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
        assert "1,191 is probably 1,911 (two digits swapped)" in str(index.data(role))
    tip = desk.bench.regions.model.index(4).data(Qt.ItemDataRole.ToolTipRole)
    assert "1,191 is probably 1,911 (two digits swapped)" in str(tip)
