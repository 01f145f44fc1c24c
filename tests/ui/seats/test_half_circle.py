import pytest
from PySide6.QtGui import QColor, QImage

from tally_app.ui.seats.half_circle import HalfCircle, seat_plan
from tally_app.ui.theme import COLOURS
from tally_app.wording.half_circle import seat_points, seat_radius


@pytest.fixture
def half_circle(qtbot, senate):
    widget = HalfCircle(senate)
    qtbot.addWidget(widget)
    widget.resize(300, widget.heightForWidth(300))
    return widget


@pytest.mark.parametrize("count", [0, 1, 2, 3, 7, 62, 125, 631, 800])
def test_every_seat_has_its_place(count):
    points = seat_points(count)
    assert len(set(points)) == count
    angles = [round(point.angle, 9) for point in points]
    assert angles == sorted(angles)
    assert all(abs(point.x) <= 1 and 0 <= point.y <= 1 for point in points)
    assert 0 < seat_radius(count) < 0.1


def test_seats_run_from_left_to_right():
    points = seat_points(62)
    assert points[0].x < -0.6
    assert points[-1].x > 0.6


def test_parties_then_open_then_appointed(senate, senate_results, chamber_result):
    result = chamber_result(senate_results)
    plan = seat_plan(senate, result, None)
    assert [seat.party for seat in plan.seats] == [0] * 55 + [1] * 3 + [None] * 4
    assert {seat.style for seat in plan.seats} == {"won"}
    assert plan.majority == 32


def test_a_seat_that_moves_is_outlined_beside_the_party_it_left(senate, senate_results, region_result, chamber_result):
    before = chamber_result(senate_results)
    senate_results[4] = region_result(senate, 4, [1187, 170, 0, 2])
    plan = seat_plan(senate, chamber_result(senate_results), before)
    assert [seat.style for seat in plan.seats[53:58]] == ["won", "gained", "won", "won", "won"]
    assert plan.seats[54].party == 1


def test_seats_that_nobody_holds_are_open(senate, senate_results, region_result, chamber_result):
    senate_results[0] = region_result(senate, 0, [0, 0, 0, 0])
    plan = seat_plan(senate, chamber_result(senate_results), None)
    assert [seat.style for seat in plan.seats].count("open") == 6
    assert len(plan.seats) == 62


def test_text_for_those_who_cannot_see_it(half_circle, senate_results, chamber_result):
    half_circle.show_result(chamber_result(senate_results))
    assert half_circle.accessibleDescription() == "CPP 55, KWP 3, appointed 4, majority 32"
    assert half_circle.centre_texts() == ("majority 32", "55", "CPP of 62")


def test_without_a_single_leader_it_counts_the_elected_seats_that_are_filled(
    half_circle, senate, region_result, chamber_result
):
    half_circle.show_result(chamber_result([region_result(senate, index, [0] * 4) for index in range(8)]))
    assert half_circle.centre_texts() == ("majority 32", "0", "of 58 elected filled")


def test_pixels_show_who_sits_where(half_circle, senate_results, chamber_result):
    half_circle.show_result(chamber_result(senate_results))
    image = QImage(half_circle.size() * 2, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(2)
    image.fill(QColor("white"))
    half_circle.render(image)
    rects = half_circle.seat_rects()

    def colour(seat: int) -> str:
        return image.pixelColor((rects[seat].center() * 2).toPoint()).name()

    assert [colour(0), colour(54)] == ["#0072b2"] * 2
    assert [colour(55), colour(57)] == ["#d55e00"] * 2
    assert [colour(58), colour(61)] == [COLOURS.appointed] * 2


@pytest.mark.parametrize("size", [(120, 66), (300, 160), (900, 200), (100, 400)])
def test_seats_stay_inside_the_widget(half_circle, senate_results, chamber_result, size):
    half_circle.show_result(chamber_result(senate_results))
    half_circle.resize(*size)
    assert all(half_circle.rect().toRectF().contains(rect) for rect in half_circle.seat_rects())


@pytest.mark.parametrize("seats", [0, 1, 2, 5, 100, 800])
def test_any_number_of_seats_is_painted(qtbot, house, region_result, chamber_result, seats):
    election = house(3, seats)
    widget = HalfCircle(election)
    qtbot.addWidget(widget)
    widget.resize(300, widget.heightForWidth(300))
    widget.show_result(chamber_result([region_result(election, 0, [50, 30, 20])]))
    assert not widget.grab().isNull()
    assert len(widget.seat_rects()) == seats


def test_height_follows_width(half_circle):
    assert half_circle.hasHeightForWidth()
    assert half_circle.heightForWidth(300) == 156
    assert half_circle.heightForWidth(5000) == half_circle.heightForWidth(1000)
