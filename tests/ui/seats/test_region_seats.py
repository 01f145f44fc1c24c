import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from tally_app.ui.seats.region_seats import RegionSeatsPanel
from tally_app.ui.seats.seat_marks import MarkRow, paint_mark_row
from tally_app.ui.seats.seat_rows import SeatRowsModel, SeatRowsView

REGION_5 = 4
AS_PUBLISHED = [1187, 148, 0, 2]
AS_TYPED = [1187, 170, 0, 2]


@pytest.fixture
def panel(qtbot, senate):
    panel = RegionSeatsPanel(senate)
    qtbot.addWidget(panel)
    panel.resize(315, 600)
    panel.show()
    return panel


def cells(model: SeatRowsModel) -> list[list[str]]:
    return [[model.index(row, column).data() for column in range(4)] for row in range(model.rowCount())]


def test_a_draft_that_moves_a_seat_shows_both_sides(panel, senate, region_result):
    panel.show_result(region_result(senate, REGION_5, AS_TYPED), region_result(senate, REGION_5, AS_PUBLISHED))
    assert cells(panel.seats_model) == [
        ["CPP", "", "6", "−1"],
        ["KWP", "", "1", "+1"],
        ["FUN", "", "0", ""],
        ["NPP", "", "0", ""],
    ]
    assert panel.title.text() == "Seats in Region 5 · as typed"
    assert panel.accessibleDescription() == "CPP 6 (−1), KWP 1 (+1)"


def test_without_a_draft_nothing_is_as_typed(panel, senate, region_result):
    result = region_result(senate, REGION_5, AS_PUBLISHED)
    panel.show_result(result, result)
    assert panel.title.text() == "Seats in Region 5"
    assert panel.accessibleDescription() == "CPP 7"


def test_taking_a_draft_back_takes_the_marks_back(panel, senate, region_result):
    committed = region_result(senate, REGION_5, AS_PUBLISHED)
    panel.show_result(region_result(senate, REGION_5, AS_TYPED), committed)
    panel.show_result(committed, None)
    assert cells(panel.seats_model)[0] == ["CPP", "", "7", ""]
    assert panel.title.text() == "Seats in Region 5"


def test_last_seat_and_its_nearest_contender_exactly(panel, senate, region_result):
    panel.show_result(region_result(senate, REGION_5, AS_TYPED))
    assert panel.last_label.text() == (
        "Last seat: <b>KWP</b> 170.00 · nearest: <b>CPP</b> 169.57, <b>4 more votes</b> would take it"
    )


def test_the_published_votes_leave_kwp_22_short(panel, senate, region_result):
    panel.show_result(region_result(senate, REGION_5, AS_PUBLISHED))
    assert panel.last_label.text().endswith("nearest: <b>KWP</b> 148.00, <b>22 more votes</b> would take it")
    tip = panel.seats_model.index(1, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "Khmer Will Party · គណបក្ស" in tip
    assert tip.endswith("needs 22 more votes for one more seat")


def test_one_vote_is_said_in_the_singular(qtbot, house, region_result):
    election = house(2, 1)
    panel = RegionSeatsPanel(election)
    qtbot.addWidget(panel)
    panel.show_result(region_result(election, 0, [10, 9]))
    assert "2 more votes" in panel.last_label.text()
    panel.show_result(region_result(election, 0, [10, 10]))
    assert panel.seats_model.need_text(0) == "needs 1 more vote for one more seat"


def test_close_quotients_get_the_decimals_that_tell_them_apart(qtbot, house, region_result):
    election = house(2, 3)
    panel = RegionSeatsPanel(election)
    qtbot.addWidget(panel)
    panel.show_result(region_result(election, 0, [300_000, 100_001]))
    assert "100,001.00" in panel.last_label.text()
    panel.show_result(region_result(election, 0, [3_000_001, 1_000_000]))
    assert "1,000,000.33" in panel.last_label.text()


def test_the_threat_is_who_needs_fewest_votes_not_the_next_quotient(panel, senate, region_result):
    panel.show_result(region_result(senate, 3, [1191, 218, 1, 118]))
    assert panel.last_label.text() == (
        "Last seat: <b>CPP</b> 132.33 · nearest: <b>NPP</b> 118.00, <b>15 more votes</b> would take it"
    )


def test_contenders_that_need_as_many_votes_are_all_named(qtbot, house, region_result):
    election = house(3, 1)
    panel = RegionSeatsPanel(election)
    qtbot.addWidget(panel)
    panel.show_result(region_result(election, 0, [10, 7, 7]))
    assert panel.last_label.text().endswith(
        "nearest: <b>P2</b> 7.00, <b>P3</b> 7.00, <b>4 more votes</b> would take it"
    )


def test_nobody_else_has_votes(qtbot, house, region_result):
    election = house(2, 2)
    panel = RegionSeatsPanel(election)
    qtbot.addWidget(panel)
    panel.show_result(region_result(election, 0, [10, 0]))
    assert panel.last_label.text() == "Last seat: <b>P1</b> 5.00"


def test_a_tie_leaves_the_seat_open_and_says_who_is_tied(panel, senate, region_result):
    panel.show_result(region_result(senate, REGION_5, [1400, 200, 0, 2]), None)
    assert panel.open_label.text() == "1 seat open: tie between CPP and KWP; a lot must be drawn"
    assert panel.open_label.isVisible()
    assert not panel.last_label.isVisible()
    assert cells(panel.seats_model)[-1] == ["Open", "", "1", ""]


def test_three_tied_for_two_seats(qtbot, house, region_result):
    election = house(3, 2)
    panel = RegionSeatsPanel(election)
    qtbot.addWidget(panel)
    panel.show_result(region_result(election, 0, [5, 5, 5]))
    assert panel.open_label.text() == "2 seats open: tie between P1, P2 and P3; lots must be drawn"


def test_no_votes_leaves_all_seats_unfilled(panel, senate, region_result):
    panel.show_result(region_result(senate, REGION_5, [0, 0, 0, 0]))
    assert panel.open_label.text() == "7 seats not yet filled: no votes entered"
    assert [row[0] for row in cells(panel.seats_model)] == ["CPP", "KWP", "FUN", "NPP", "Open"]


def test_region_is_named_in_khmer_and_the_parties_keep_their_keys(panel, senate, region_result):
    panel.show_result(region_result(senate, REGION_5, AS_PUBLISHED))
    panel.use_language("km")
    assert panel.title.text() == "Seats in ភូមិភាគទី៥"
    assert cells(panel.seats_model)[0][0] == "CPP"


def test_a_list_that_does_not_stand_is_left_out(qtbot, house, region_result):
    election = house(3, 5, standing=["P1", "P3"])
    panel = RegionSeatsPanel(election)
    qtbot.addWidget(panel)
    panel.show_result(region_result(election, 0, [10, 0, 4]))
    assert [row[0] for row in cells(panel.seats_model)] == ["P1", "P3"]


def test_in_a_long_list_winners_come_first(qtbot, house, region_result):
    election = house(40, 100)
    panel = RegionSeatsPanel(election)
    qtbot.addWidget(panel)
    panel.resize(315, 700)
    panel.show()
    panel.show_result(region_result(election, 0, [0, 1, *[1000] * 2, *[0] * 35, 5000]))
    assert [row[0] for row in cells(panel.seats_model)][:5] == ["P3", "P4", "P40", "P1", "P2"]
    assert panel.seats_view.height() < 250


@pytest.mark.parametrize("votes", [AS_TYPED, [0, 0, 0, 0], [1400, 200, 0, 2]])
def test_model_keeps_qts_rules(qtmodeltester, senate, region_result, votes):
    model = SeatRowsModel(senate)
    model.show_result(region_result(senate, REGION_5, votes), region_result(senate, REGION_5, AS_PUBLISHED))
    qtmodeltester.check(model)


def test_typing_repaints_without_resetting(qtbot, senate, region_result):
    model = SeatRowsModel(senate)
    model.show_result(region_result(senate, REGION_5, AS_PUBLISHED), None)
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.show_result(region_result(senate, REGION_5, AS_TYPED), None)


def test_columns_hold_their_texts(qtbot, house, region_result):
    election = house(3, 120)
    model = SeatRowsModel(election)
    view = SeatRowsView(election, model)
    qtbot.addWidget(view)
    model.show_result(region_result(election, 0, [900, 50, 10]), None)
    assert view.columnWidth(2) > view.fontMetrics().horizontalAdvance("120")


def painted(row: MarkRow, longest: int, width: int = 200) -> QImage:
    image = QImage(width, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint_mark_row(painter, QRectF(0, 0, width, 20), row, longest)
    painter.end()
    return image


def test_marks_stand_side_by_side_in_the_partys_colour():
    blue = QColor("#0072B2")
    image = painted(MarkRow(0, blue, 2, lost=1), longest=3)
    assert [image.pixelColor(x, 10).name() for x in (9, 27, 45)] == [blue.name(), blue.name(), "#ffffff"]


def test_many_seats_become_a_bar_as_long_as_the_share():
    blue = QColor("#0072B2")
    image = painted(MarkRow(0, blue, 50), longest=100)
    assert image.pixelColor(80, 10).name() == blue.name()
    assert image.pixelColor(150, 10).name() == "#ffffff"
