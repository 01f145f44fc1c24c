import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from tally_app.ui.seats.ladder import LadderView
from tally_app.ui.seats.quotients import QuotientModel
from tally_app.ui.theme import party_colour, tint

TIP = Qt.ItemDataRole.ToolTipRole
TYPED = [1187, 170, 0, 2]


@pytest.fixture
def model(senate, region_result):
    model = QuotientModel(senate)
    model.show_result(region_result(senate, 4, TYPED))
    return model


def row(model: QuotientModel, number: int) -> list[str]:
    return [model.index(number, column).data() for column in range(model.columnCount())]


def test_quotients_of_region_5(model):
    assert row(model, 0) == ["1,187", "593.5", "395.7", "296.8", "237.4", "197.8", "169.6"]
    assert row(model, 1)[:3] == ["170", "85", "56.7"]
    assert row(model, 2) == ["·"] * 7
    assert [model.headerData(i, Qt.Orientation.Vertical) for i in range(4)] == ["CPP", "KWP", "FUN", "NPP"]
    assert model.headerData(6, Qt.Orientation.Horizontal) == "÷7"


def test_winners_the_last_seat_and_its_nearest_contender_are_marked(model):
    assert [model.look(0, column).won for column in range(7)] == [True] * 6 + [False]
    assert model.look(1, 0).outline == "last"
    assert model.look(0, 6).outline == "nearest"
    assert model.last_cell() == model.index(1, 0)
    assert model.nearest_cell() == model.index(0, 6)


def test_tooltips_say_the_sum_and_the_seat(model):
    assert model.index(0, 0).data(TIP) == "1,187 ÷ 1 = 1,187, seat 1"
    assert model.index(0, 1).data(TIP) == "1,187 ÷ 2 = 593.500, seat 2"
    assert model.index(0, 6).data(TIP) == "1,187 ÷ 7 ≈ 169.571, nearest to the last seat"
    assert model.index(1, 0).data(TIP) == "170 ÷ 1 = 170, seat 7"
    assert model.index(1, 1).data(TIP) == "170 ÷ 2 = 85, no seat"


def test_the_sentences_contender_is_outlined_even_below_a_higher_quotient(senate, region_result):
    model = QuotientModel(senate)
    model.show_result(region_result(senate, 3, [1191, 218, 1, 118]))
    assert model.last_cell() == model.index(0, 8)
    assert model.nearest_cell() == model.index(3, 0)
    assert model.look(0, 9).outline == ""


def test_tied_quotients_are_marked_as_open(senate, region_result):
    model = QuotientModel(senate)
    model.show_result(region_result(senate, 4, [1400, 200, 0, 2]))
    assert [model.look(0, 6).outline, model.look(1, 0).outline] == ["tied", "tied"]
    assert model.index(1, 0).data(TIP) == "200 ÷ 1 = 200, tied: a lot decides"


def test_numbers_beyond_floating_point_stay_exact(house, region_result):
    election = house(2, 3)
    model = QuotientModel(election)
    model.show_result(region_result(election, 0, [9_007_199_254_740_993, 3]))
    assert row(model, 0) == ["9,007,199,254,740,993", "4,503,599,627,370,497", "3,002,399,751,580,331"]
    assert model.index(0, 1).data(TIP) == "9,007,199,254,740,993 ÷ 2 = 4,503,599,627,370,496.500, seat 2"


def test_last_and_next_differ_in_the_grid_too(house, region_result):
    election = house(2, 2)
    model = QuotientModel(election)
    model.show_result(region_result(election, 0, [201, 100]))
    assert (row(model, 0)[1], row(model, 1)[0]) == ("100.5", "100")
    election = house(2, 3)
    model = QuotientModel(election)
    model.show_result(region_result(election, 0, [3001, 1000]))
    assert (row(model, 0)[2], row(model, 1)[0]) == ("1,000.3", "1,000")


def test_votes_that_win_nothing_do_not_appear_as_quotients(house, region_result):
    election = house(2, 3, standing=["P1"])
    model = QuotientModel(election)
    model.show_result(region_result(election, 0, [30, 20]))
    assert row(model, 1) == ["·"] * 3


@pytest.mark.parametrize("votes", [TYPED, [0, 0, 0, 0], [1400, 200, 0, 2]])
def test_model_keeps_qts_rules(qtmodeltester, senate, region_result, votes):
    model = QuotientModel(senate)
    model.show_result(region_result(senate, 4, votes))
    qtmodeltester.check(model)


def test_typing_repaints_and_another_region_resets(qtbot, senate, region_result, model):
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.show_result(region_result(senate, 4, [1187, 171, 0, 2]))
    with qtbot.waitSignal(model.modelReset):
        model.show_result(region_result(senate, 3, [1191, 218, 1, 118]))
    assert model.columnCount() == 10


@pytest.fixture
def view(qtbot, senate):
    view = LadderView(QuotientModel(senate))
    qtbot.addWidget(view)
    view.resize(420, 200)
    view.show()
    return view


def test_winning_cells_are_tinted(view, senate, region_result):
    view.show_result(region_result(senate, 4, TYPED))
    image = view.viewport().grab().toImage()
    won = view.visualRect(view.model().index(0, 2))
    lost = view.visualRect(view.model().index(1, 3))
    assert image.pixelColor(won.left() + 2, won.top() + 3) == tint(party_colour(senate, 0))
    assert image.pixelColor(lost.left() + 2, lost.top() + 3) == QColor("white")


def test_columns_share_the_width_while_they_fit(view, senate, region_result):
    view.show_result(region_result(senate, 4, TYPED))
    widths = {view.columnWidth(column) for column in range(7)}
    assert max(widths) - min(widths) <= 1
    assert sum(view.columnWidth(column) for column in range(7)) == view.viewport().width()


def test_many_divisors_scroll_beside_the_parties(qtbot, house, region_result):
    election = house(3, 100)
    model = QuotientModel(election)
    view = LadderView(model)
    qtbot.addWidget(view)
    view.resize(315, 200)
    view.show()
    view.show_result(region_result(election, 0, [123_456, 65_432, 9_876]))
    assert view.horizontalScrollBar().maximum() > 0
    last = view.visualRect(model.last_cell())
    assert view.viewport().rect().contains(last)
    assert view.verticalHeader().isVisible()


def test_the_last_seat_and_its_contender_are_both_in_sight(view, senate, region_result):
    view.resize(240, 200)
    view.show_result(region_result(senate, 4, TYPED))
    assert view.horizontalScrollBar().maximum() > 0
    view.resize(315, 200)
    view.show_result(region_result(senate, 3, [700, 690, 1, 118]))
    for cell in (view.model().last_cell(), view.model().nearest_cell()):
        assert view.viewport().rect().contains(view.visualRect(cell))


def test_it_does_not_take_the_focus_from_the_form(view):
    assert not view.focusPolicy() & Qt.FocusPolicy.ClickFocus
