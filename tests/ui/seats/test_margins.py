from time import perf_counter

import msgspec
import pytest
from PySide6.QtCore import Qt

from tally_app.allocation.margins import least_shift, list_margins
from tally_app.election.election import Election
from tally_app.election.model import Alliance, Name, Rule, Threshold
from tally_app.ui.seats.live_margins import LiveMargins
from tally_app.ui.seats.region_seats import RegionSeatsPanel
from tally_app.ui.seats.seat_rows import SeatColumn, SeatRowsModel
from tally_app.ui.seats.wording import short_votes

TIP = Qt.ItemDataRole.ToolTipRole
REGION_5 = [1187, 148, 0, 2]


def margins(model: SeatRowsModel) -> list[tuple[str, str]]:
    columns = (SeatColumn.GAIN, SeatColumn.LOSS)
    gain, loss = ([model.index(row, column).data() for row in range(model.rowCount())] for column in columns)
    return list(zip(gain, loss, strict=True))


def ruled(election: Election, rule: Rule) -> Election:
    return Election(msgspec.structs.replace(election.pack, rule=rule))


def tip(model: SeatRowsModel, row: int) -> str:
    return str(model.index(row, SeatColumn.GAIN).data(TIP))


def test_margins_stand_beside_each_list_at_once(senate, region_result):
    model = SeatRowsModel(senate)
    model.show_result(region_result(senate, 4, REGION_5), None)
    assert margins(model) == [("", "−152"), ("+22", ""), ("+170", ""), ("+168", "")]
    assert "loses its last seat with 152 votes less" in tip(model, 0)
    assert tip(model, 1).endswith("needs 22 more votes for one more seat")
    heads = [model.headerData(column, Qt.Orientation.Horizontal) for column in SeatColumn]
    assert heads == ["", "", "seats", "", "to gain", "to lose"]


def test_margins_follow_the_typing_without_a_reset(qtbot, senate, region_result):
    model = SeatRowsModel(senate)
    model.show_result(region_result(senate, 4, REGION_5), None)
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.show_result(region_result(senate, 4, [1187, 150, 0, 2]), None)
    assert margins(model)[1] == ("+20", "")


def test_how_few_votes_move_a_seat(qtbot, senate, region_result):
    panel = RegionSeatsPanel(senate)
    qtbot.addWidget(panel)
    panel.show_result(region_result(senate, 4, REGION_5))
    assert panel.shift_label.text() == "<b>19 votes</b> moved from <b>CPP</b> to <b>KWP</b> move a seat"
    panel.show_result(region_result(senate, 4, [1400, 200, 0, 2]))
    assert panel.shift_label.isHidden()


def test_who_is_excluded_is_told_how_many_votes_pass(qtbot, senate, region_result):
    election = ruled(senate, Rule("dhondt", threshold=Threshold(share="0.05")))
    model = SeatRowsModel(election)
    result = region_result(election, 4, REGION_5)
    model.show_result(result, None)
    qtbot.waitUntil(lambda: model.margins.of(3) is not None)
    needs = list_margins(result.contest)[3].to_threshold
    assert needs == 69  # 5 % of 1,337 are 66.85, and the votes more count in the whole, too
    assert f"needs {needs} more votes to pass the threshold" in tip(model, 3)


@pytest.mark.parametrize("method", ["hare", "balinski-young", "dutch-municipal", "dhondt"])
def test_slow_ones_are_nothing_first_and_then_what_they_are(qtbot, senate, region_result, method):
    threshold = Threshold(votes=1) if method == "dhondt" else None
    election = ruled(senate, Rule(method, threshold=threshold))
    live = LiveMargins()
    result = region_result(election, 3, [1191, 218, 1, 118])
    live.show_result(result, [0, 1, 2, 3])
    assert [live.of(party) for party in range(4)] == [None] * 4
    qtbot.waitUntil(lambda: live.shift is not None)
    assert [live.of(party) for party in range(4)] == list_margins(result.contest)
    assert live.shift == least_shift(result.contest)


def test_a_newer_figure_drops_what_was_begun(qtbot, senate, region_result):
    election = ruled(senate, Rule("hare"))
    live = LiveMargins()
    for votes in ([1191, 218, 1, 118], REGION_5):
        live.show_result(region_result(election, 4, votes), [0, 1, 2, 3])
    qtbot.waitUntil(lambda: live.shift is not None)
    assert [live.of(party) for party in range(4)] == list_margins(region_result(election, 4, REGION_5).contest)


def test_the_same_figures_are_not_computed_twice(senate, region_result):
    live = LiveMargins()
    live.show_result(region_result(senate, 4, REGION_5), [0, 1, 2, 3])
    known = live.of(0)
    live.show_result(region_result(senate, 4, REGION_5), [0, 1, 2, 3])
    assert live.of(0) is known


def test_no_margins_where_alliances_share_by_quotas(senate, region_result):
    alliance = Alliance("LEFT", Name("Left"), ["KWP", "FUN"])
    election = ruled(senate, Rule("hare", alliances=[alliance]))
    model = SeatRowsModel(election)
    model.show_result(region_result(election, 4, REGION_5), None)
    assert margins(model) == [("–", "–")] * 4
    assert tip(model, 0).endswith("votes work in both directions")


def test_a_council_too_large_for_the_keys_says_so(house, region_result):
    election = ruled(house(12, 99), Rule("balinski-young"))
    model = SeatRowsModel(election)
    model.show_result(region_result(election, 0, list(range(100, 1300, 100))), None)
    assert margins(model)[0] == ("–", "–")
    assert "too long" in tip(model, 0)


def test_nothing_is_said_of_lists_that_do_not_stand(house, region_result):
    election = house(3, 2, standing=["P1", "P3"])
    model = SeatRowsModel(election)
    model.show_result(region_result(election, 0, [10, 3, 4]), None)
    assert margins(model)[1] == ("", "")


def test_a_key_press_costs_little(senate, region_result):
    model = SeatRowsModel(senate)
    results = [region_result(senate, 4, [1187, votes, 0, 2]) for votes in range(100, 200)]
    begin = perf_counter()
    for result in results:
        model.show_result(result, None)
    assert (perf_counter() - begin) / len(results) < 0.005  # measured: 0.4 ms


@pytest.mark.parametrize(
    ("votes", "text"),
    [(0, "0"), (9_999, "9,999"), (10_000, "10k"), (123_456, "123k"), (1_250_000, "1.2M"), (999_999_999_999, "999G")],
)
def test_many_votes_are_written_shortly_and_never_more_than_they_are(votes, text):
    assert short_votes(votes) == text


def test_model_keeps_qts_rules(qtmodeltester, senate, region_result):
    election = ruled(senate, Rule("hare"))
    model = SeatRowsModel(election)
    model.show_result(region_result(election, 4, REGION_5), None)
    qtmodeltester.check(model)
