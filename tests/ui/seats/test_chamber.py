import msgspec
import pytest
from PySide6.QtCore import QCoreApplication, Qt

from tally_app.election.election import Election
from tally_app.ui.seats.chamber import ChamberPanel
from tally_app.ui.seats.chamber_table import ChamberModel


@pytest.fixture
def panel(qtbot, senate):
    panel = ChamberPanel(senate)
    qtbot.addWidget(panel)
    panel.resize(420, 700)
    panel.show()
    return panel


def lines(model: ChamberModel) -> list[list[str]]:
    columns = range(model.columnCount())
    return [[model.index(row, column).data() for column in columns] for row in range(model.rowCount())]


def test_the_published_result(panel, senate_results, chamber_result):
    panel.show_result(chamber_result(senate_results))
    assert lines(panel.model) == [
        ["Cambodian People's Party", "9,332", "85.00", "55", "", "−3"],
        ["Khmer Will Party", "1,394", "12.70", "3", "", "+3 new"],
        ["FUNCINPEC", "19", "0.17", "0", "", "0"],
        ["Nation Power Party", "234", "2.13", "0", "", "new"],
        ["Appointed by King Norodom Sihamoni", "", "", "2", "", ""],
        ["Appointed by National Assembly", "", "", "2", "", ""],
        ["Total", "10,979", "100.00", "62", "", ""],
    ]
    assert panel.title.text() == "Chamber: Senate"


def test_headers_name_the_last_election(panel):
    titles = [panel.model.headerData(column, Qt.Orientation.Horizontal) for column in range(6)]
    assert titles == ["Party", "Votes", "%", "Seats", "", "vs 2018"]


def test_a_draft_shows_what_it_moves(panel, senate, senate_results, region_result, chamber_result):
    before = chamber_result(senate_results)
    senate_results[4] = region_result(senate, 4, [1187, 170, 0, 2])
    panel.show_result(chamber_result(senate_results), before)
    assert [line[3:5] for line in lines(panel.model)[:2]] == [["54", "−1"], ["4", "+1"]]
    assert panel.title.text() == "Chamber: Senate · as typed"
    assert panel.accessibleDescription() == "CPP 54 (−1), KWP 4 (+1), appointed 4, majority 32"


def test_open_seats_have_a_line_and_the_total_stays(panel, senate, senate_results, region_result, chamber_result):
    senate_results[0] = region_result(senate, 0, [0, 0, 0, 0])
    panel.show_result(chamber_result(senate_results))
    assert lines(panel.model)[4][0:4:3] == ["Open", "6"]
    assert lines(panel.model)[-1][3] == "62"
    assert panel.table.columnSpan(4, 0) == 3
    panel.show_result(chamber_result([*senate_results[1:], region_result(senate, 0, [817, 88, 1, 0])]))
    assert lines(panel.model)[4][0].startswith("Appointed")


def test_no_votes_have_no_share(panel, senate, region_result, chamber_result):
    panel.show_result(chamber_result([region_result(senate, index, [0] * 4) for index in range(8)]))
    assert lines(panel.model)[0][1:3] == ["0", "–"]


def test_what_is_not_entered_is_blank_and_nobody_has_lost_yet(panel, senate, region_result, chamber_result):
    panel.show_result(chamber_result([region_result(senate, index, [None] * 4) for index in range(8)]))
    assert [line[1:] for line in lines(panel.model)[:4]] == [
        ["", "", "0", "", ""],
        ["", "", "0", "", "new"],
        ["", "", "0", "", ""],
        ["", "", "0", "", "new"],
    ]
    assert lines(panel.model)[-1][1:3] == ["", ""]
    results = [region_result(senate, 0, [817, 88, None, 0])]
    panel.show_result(chamber_result(results))
    assert [line[1] for line in lines(panel.model)[:4]] == ["817", "88", "", "0"]
    assert lines(panel.model)[0][5] == "−52"


def test_half_a_hundredth_rounds_up(house, region_result, chamber_result):
    election = house(2, 3)
    model = ChamberModel(election, "en")
    model.show_result(chamber_result([region_result(election, 0, [1, 19_999])]), None)
    assert [line[2] for line in lines(model)] == ["0.01", "100.00", "100.00"]


def test_khmer_names_and_english_where_they_are_missing(panel, senate_results, chamber_result):
    panel.show_result(chamber_result(senate_results))
    panel.use_language("km")
    names = [line[0] for line in lines(panel.model)]
    assert names[0] == "គណបក្សប្រជាជនកម្ពុជា"
    assert names[4] == "Appointed by King Norodom Sihamoni"
    assert panel.title.text() == "Chamber: ព្រឹទ្ធសភា"
    tip = panel.model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "Cambodian People's Party · គណបក្សប្រជាជនកម្ពុជា"


def test_unknown_previous_seats_are_not_nought(senate, senate_results, chamber_result):
    parties = [msgspec.structs.replace(party, last_seats=None) for party in senate.pack.parties]
    model = ChamberModel(Election(msgspec.structs.replace(senate.pack, parties=parties)), "en")
    model.show_result(chamber_result(senate_results), None)
    assert lines(model)[0][5] == "–"


def test_nothing_known_of_the_last_election_needs_no_column(qtbot, house):
    panel = ChamberPanel(house(3, 5))
    qtbot.addWidget(panel)
    assert panel.table.isColumnHidden(5)


def test_model_keeps_qts_rules(qtmodeltester, senate, senate_results, chamber_result):
    model = ChamberModel(senate, "en")
    model.show_result(chamber_result(senate_results), None)
    qtmodeltester.check(model)


def test_typing_repaints_without_resetting(qtbot, senate, senate_results, region_result, chamber_result):
    model = ChamberModel(senate, "en")
    model.show_result(chamber_result(senate_results), None)
    senate_results[4] = region_result(senate, 4, [1187, 170, 0, 2])
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.show_result(chamber_result(senate_results), None)


def test_keys_are_never_cut_in_a_narrow_panel(panel, senate_results, chamber_result):
    panel.resize(276, 700)
    panel.show_result(chamber_result(senate_results))
    needed = panel.table.fontMetrics().horizontalAdvance("KWP") + 11 + 12
    assert panel.table.columnWidth(0) > needed
    assert panel.table.horizontalHeader().length() <= panel.table.viewport().width()


@pytest.mark.parametrize(("width", "named"), [(290, False), (420, True)])
def test_a_name_without_room_is_left_out(panel, senate_results, chamber_result, width, named):
    panel.show_result(chamber_result(senate_results))
    view = panel.table
    view.setFixedWidth(width)
    QCoreApplication.processEvents()
    where = view.visualRect(panel.model.index(0, 0))
    picture = view.viewport().grab(where.adjusted(62, 3, -3, -3)).toImage()
    colours = {picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height())}
    assert (len(colours) > 1) is named
