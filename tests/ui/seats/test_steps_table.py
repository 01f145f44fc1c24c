import re
from fractions import Fraction

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from tally_app.allocation.steps import Mark, steps
from tally_app.election.election import Election
from tally_app.election.model import Alliance, MethodName, Name, Rule, Threshold
from tally_app.ui.seats.region_seats import RegionSeatsPanel
from tally_app.ui.seats.steps_table import StepColumn, StepsModel
from tally_app.ui.theme import party_colour, tint
from tally_app.wording.methods import METHOD_WORDS

TIP = Qt.ItemDataRole.ToolTipRole
REGION_5 = [1187, 148, 0, 2]
LADDERS = [
    name
    for name, words in METHOD_WORDS.items()
    if not words.quota and name not in ("balinski-young", "dutch-municipal")
]
OTHERS = [name for name in METHOD_WORDS if name not in LADDERS]
LEFT = Alliance("LEFT", Name("Left"), ["KWP", "FUN", "NPP"])


@pytest.fixture
def by_rule(senate):
    """The senate's election by another rule: by_rule("hare", threshold=…)."""

    def make(method: MethodName, **rule: object) -> Election:
        return Election(msgspec.structs.replace(senate.pack, rule=Rule(method, **rule)))  # type: ignore[arg-type]

    return make


@pytest.fixture
def panel_of(qtbot, region_result):
    """A panel that shows votes in region 5, by default as published."""

    kept = []

    def make(election: Election, votes: list[int] = REGION_5, region: int = 4) -> RegionSeatsPanel:
        panel = RegionSeatsPanel(election)
        kept.append(panel)
        qtbot.addWidget(panel)
        panel.resize(315, 700)
        panel.show()
        panel.show_result(region_result(election, region, votes))
        return panel

    return make


def rows(panel: RegionSeatsPanel) -> list[list[str]]:
    model = panel.steps_model
    return [[model.index(row, column).data() for column in StepColumn] for row in range(model.rowCount())]


def marks(panel: RegionSeatsPanel) -> dict[str, Mark]:
    return {line.title: line.mark for line in panel.steps_model.lines if line.mark}


def test_largest_remainders_in_their_order(by_rule, panel_of):
    panel = panel_of(by_rule("hare"))
    assert rows(panel) == [
        ["", "Votes", "÷ 191", "Seats", "Remainder"],
        ["KWP", "148", "0.77", "0 + 1", "148"],
        ["CPP", "1,187", "6.21", "6", "41"],
        ["NPP", "2", "0.01", "0", "2"],
    ]
    assert marks(panel) == {"KWP": Mark.LAST, "CPP": Mark.NEAREST}
    assert panel.last_label.text() == "Last seat: <b>KWP</b> 148 · next: <b>CPP</b> 41"
    assert panel.rule_label.text() == "Hare quota 1,337 ÷ 7 = 191, largest remainders · ties by lot"
    assert not panel.ladder.isVisible()


def test_tooltips_are_the_sums_of_a_hand(by_rule, panel_of):
    model = panel_of(by_rule("hare")).steps_model
    assert model.index(1, 0).data(TIP) == "148 ÷ 191 = 148/191 ≈ 0.775\n148 − 0 × 191 = 148: seat 7"
    assert model.index(2, 0).data(TIP).endswith("1,187 − 6 × 191 = 41: no seat, next in line")


def test_winners_are_tinted_in_their_colour(by_rule, panel_of, senate):
    panel = panel_of(by_rule("hare"))
    ground = [panel.steps_model.index(row, StepColumn.VALUE).data(Qt.ItemDataRole.BackgroundRole) for row in (1, 2)]
    assert ground == [tint(party_colour(senate, 1)), None]
    view = panel.steps_view
    cell = view.visualRect(panel.steps_model.index(1, StepColumn.VALUE))
    assert view.viewport().grab().toImage().pixelColor(cell.left() + 4, cell.top() + 4) == QColor(ground[0])


def test_tied_remainders_are_dashed_and_no_last_seat_is_named(by_rule, panel_of):
    panel = panel_of(by_rule("hare"), [500, 500, 400, 0])
    assert set(marks(panel).values()) == {Mark.TIED}
    assert panel.last_label.text() == ""
    assert panel.open_label.text().startswith("1 seat open: tie between CPP and KWP")


def test_averages_come_one_by_one_after_the_quotas(by_rule, panel_of):
    lines = rows(panel_of(by_rule("quota-highest-average")))
    assert lines[0] == ["Whole quotas", "", "÷ 191", "Seats", ""]
    assert ["CPP", "1,187", "÷ 7", "7", "169.6"] in lines


def test_alliances_are_told_from_the_outside_inwards(by_rule, panel_of):
    lines = rows(panel_of(by_rule("hare", alliances=[LEFT])))
    titles = [line[0] for line in lines]
    assert titles[0] == "Among alliances and lists: 7"
    assert ["LEFT", "150", "0.79", "0 + 1", "150"] in lines
    assert titles[4] == "Inside LEFT: 1"


def test_the_quota_method_says_who_is_passed_over(by_rule, panel_of):
    model = panel_of(by_rule("balinski-young"), [800, 70, 60, 30]).steps_model
    tips = [line.tip for line in model.lines]
    assert any("At the upper quota, passed over: CPP" in tip for tip in tips)


def test_dutch_councils_by_article(by_rule, panel_of):
    panel = panel_of(by_rule("dutch-municipal"), [1191, 218, 1, 118], region=3)
    assert rows(panel)[0][0] == "P 6, P 8"
    tips = [line.tip for line in panel.steps_model.lines]
    assert tips[-1].endswith("no seat, less than three quarters of the quota")


@pytest.mark.parametrize("method", OTHERS)
@pytest.mark.parametrize("votes", [REGION_5, [0, 0, 0, 0], [500, 500, 0, 0], [700, 500, 300, 100]])
def test_every_method_without_a_ladder_has_a_worksheet_that_keeps_qts_rules(
    qtmodeltester, by_rule, region_result, method, votes
):
    election = by_rule(method)
    model = StepsModel(election)
    result = region_result(election, 4, votes)
    model.show_steps(steps(result.contest, result.allocation))
    assert bool(model.lines) == any(votes) or result.allocation.problem
    qtmodeltester.check(model)


@pytest.mark.parametrize("method", OTHERS)
@pytest.mark.parametrize("votes", [REGION_5, [700, 500, 300, 101], [123_456, 98_765, 4_321, 1]])
def test_every_sum_in_a_tooltip_is_right(by_rule, panel_of, method, votes):
    for line in panel_of(by_rule(method), votes).steps_model.lines:
        for sum_text in re.findall(r"^[\d,.]+ [÷−][^=\n]*= [^:≈\n]*", line.tip, re.MULTILINE):
            left, _, right = sum_text.replace(",", "").partition(" = ")
            assert value(left) == value(right.strip())


def value(text: str) -> Fraction:
    """Read ``1187 − 6 × 191``, ``148 ÷ 169 4/7`` or ``6 41/191``; signs bind as the worksheet writes them."""
    for sign, together in (("−", Fraction.__sub__), ("÷", Fraction.__truediv__), ("×", Fraction.__mul__)):
        first, found, second = text.partition(f" {sign} ")
        if found:
            return together(value(first), value(second))
    parts = [Fraction(part) for part in text.replace("−", "-").split()]
    return sum(parts, start=Fraction(0))


def test_typing_repaints_without_resetting(qtbot, by_rule, region_result):
    election = by_rule("hare")
    model = StepsModel(election)
    for votes in (REGION_5, [1187, 149, 0, 2]):
        result = region_result(election, 4, votes)
        told = steps(result.contest, result.allocation)
        if votes is REGION_5:
            model.show_steps(told)
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.show_steps(told)


def test_many_steps_scroll_to_the_last_seat(house, panel_of):
    election = Election(msgspec.structs.replace(house(5, 60).pack, rule=Rule("balinski-young")))
    panel = panel_of(election, [901, 703, 505, 307, 109], region=0)
    view = panel.steps_view
    assert view.verticalScrollBar().maximum() > 0
    assert view.viewport().rect().intersects(view.visualRect(panel.steps_model.last_cell()))
    assert not view.focusPolicy() & Qt.FocusPolicy.ClickFocus


class TestRule:
    @pytest.mark.parametrize("method", LADDERS)
    def test_a_ladder_is_named_shortly(self, by_rule, panel_of, method):
        panel = panel_of(by_rule(method, parameter="2/5" if method == "stationary" else None))
        assert panel.rule_label.text().endswith(" · ties by lot")
        assert panel.ladder.isVisible()
        assert not panel.steps_view.isVisible()

    @pytest.mark.parametrize(
        ("method", "text"),
        [
            ("droop", "Droop quota 168, the first whole number above 1,337 ÷ 8, largest remainders"),
            ("hagenbach-bischoff", "Hagenbach-Bischoff quota 1,337 ÷ 8 = 167.13, largest remainders"),
            ("imperiali-quota", "Imperiali quota 1,337 ÷ 9 = 148.56, largest remainders"),
            ("quota-single-pass-average", "Hare quota 1,337 ÷ 7 = 191, then one average each"),
            ("dutch-municipal", "Dutch municipal, quota 1,337 ÷ 7 = 191"),
            ("balinski-young", "Balinski-Young"),
        ],
    )
    def test_a_quota_is_written_with_its_sum(self, by_rule, panel_of, method, text):
        assert panel_of(by_rule(method)).rule_label.text() == f"{text} · ties by lot"

    def test_a_threshold_with_who_misses_it(self, by_rule, panel_of):
        panel = panel_of(by_rule("dhondt", threshold=Threshold(share="0.05"), ties="most-votes"))
        assert panel.rule_label.text() == (
            "d’Hondt · 5 % of valid votes: 67 votes; excluded: NPP (needs 69 more) · ties to the list with more votes"
        )

    def test_several_thresholds(self, by_rule, panel_of):
        either = Threshold(any_of=[Threshold(share="1/30"), Threshold(votes=100, inclusive=False)])
        text = panel_of(by_rule("dhondt", threshold=either)).rule_label.text()
        assert (
            text
            == "d’Hondt · 3 1/3 % of valid votes: 45 votes or 100 votes; excluded: NPP (needs 45 more) · ties by lot"
        )


class TestProblems:
    def test_no_list_passes(self, by_rule, panel_of):
        panel = panel_of(by_rule("dhondt", threshold=Threshold(votes=5000)))
        assert panel.open_label.text() == "7 seats not filled: no list passes the threshold"

    def test_the_quota_gives_too_many(self, by_rule, panel_of):
        panel = panel_of(by_rule("imperiali-quota"), [500, 500, 0, 0], region=1)
        assert panel.open_label.text() == ("The quota gives 10 seats where there are 8: the rule has no answer here")

    def test_candidates_run_out(self, panel_of, senate):
        regions = [
            msgspec.structs.replace(region, max_seats={party.key: 1 for party in senate.parties})
            for region in senate.pack.regions
        ]
        election = Election(msgspec.structs.replace(senate.pack, regions=regions))
        assert panel_of(election).open_label.text() == "4 seats not filled: no list has a candidate left"

    def test_minimum_seats_are_too_many(self, by_rule, panel_of):
        panel = panel_of(by_rule("dhondt", min_seats=4))
        assert panel.open_label.text() == (
            "The lists’ minimum seats are more than the 7 seats there are: nothing is allocated"
        )


class TestNarrow:
    """300 px of panel, long keys, millions of votes."""

    VOTES = (6_187_345, 1_148_012, 345_000, 222_222)

    @pytest.fixture
    def panel(self, senate, panel_of):
        keys = ["Cambodian-Peoples", "KWP", "FUNCINPEC-2024", "NPP"]
        lists = [msgspec.structs.replace(p, key=key) for p, key in zip(senate.pack.parties, keys, strict=True)]
        regions = [msgspec.structs.replace(region, parties=None) for region in senate.pack.regions]
        pack = msgspec.structs.replace(
            senate.pack, rule=Rule("hare"), parties=lists, regions=regions, entries=[], stated=[], not_standing=[]
        )
        panel = panel_of(Election(pack), list(self.VOTES))
        panel.resize(284, 700)
        return panel

    def test_no_figure_is_cut(self, panel):
        for view in (panel.seats_view, panel.steps_view):
            assert view.horizontalHeader().length() <= view.viewport().width()

    def test_names_are_read_and_votes_make_room(self, panel):
        assert panel.steps_view.isColumnHidden(StepColumn.VOTES)
        assert panel.steps_view.columnWidth(StepColumn.PARTY) > 60
        panel.resize(600, 700)
        assert not panel.steps_view.isColumnHidden(StepColumn.VOTES)

    def test_a_long_quota_stands_in_the_rules_line_only(self, panel):
        assert rows(panel)[0][StepColumn.BY] == "÷ quota"
        assert "1,128,939.86" in panel.rule_label.text()
