"""Steps replayed by hand: their seats add up to the allocation, their figures are those of the votes."""

from fractions import Fraction
from itertools import groupby, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally_app.allocation.allocate import allocate, with_lot
from tally_app.allocation.conditions import Combined, Threshold
from tally_app.allocation.contest import Alliance, Contest
from tally_app.allocation.methods import METHODS
from tally_app.allocation.outcome import Policy
from tally_app.allocation.steps import RANKED, Kind, Mark, Sheet, Step, Steps, steps
from tests.allocation.method_oracle import DIVISORS, QUOTAS

HARE = ("quota-highest-average", "quota-single-pass-average")
SMALL = st.lists(st.integers(0, 12), min_size=1, max_size=5) | st.lists(st.integers(0, 900), min_size=1, max_size=5)


def told(contest: Contest) -> Steps:
    return steps(contest, allocate(contest))


def only(contest: Contest) -> Sheet:
    (sheet,) = told(contest).sheets
    return sheet


def line(step: Step) -> tuple[int, int, str]:
    return step.member, step.seats, str(step.value)


def plain(method: str, votes: list[int], seats: int, **limits: object) -> Contest:
    return Contest(METHODS[method], seats, tuple(votes), **limits)  # type: ignore[arg-type]


@st.composite
def contests(draw: st.DrawFn, method: str) -> Contest:
    votes = draw(SMALL)
    seats = draw(st.integers(0, 14))
    threshold = draw(st.none() | st.integers(0, 9).map(lambda least: Threshold(votes=least)))
    most = tuple(draw(st.none() | st.integers(0, 5)) for _ in votes)
    policy = draw(st.sampled_from(Policy))
    if method == "dutch-municipal":
        return Contest(METHODS[method], seats, tuple(votes), threshold, most=most, policy=policy)
    least = tuple(draw(st.integers(0, 2 if high is None else min(2, high))) for high in most)
    start = tuple(draw(st.integers(0, 3)) for _ in votes)
    allied = draw(st.booleans()) and len(votes) > 3
    alliances = (Alliance((0, Alliance((1, 2)))),) if allied else ()
    return Contest(METHODS[method], seats, tuple(votes), threshold, least, most, start, alliances, policy=policy)


def seats_of(explained: Steps) -> list[int]:
    """Add up what every step gave to each list."""
    seats = [own + lot for own, lot in zip(explained.certain, explained.by_lot, strict=True)]
    for sheet in explained.sheets:
        for stage in sheet.stages:
            for step in stage.steps if stage.kind is not Kind.HELD else ():
                member = sheet.part.members[step.member]
                if isinstance(member, int):
                    seats[member] += step.seats
    return seats


@pytest.mark.parametrize("method", METHODS)
@given(data=st.data())
def test_steps_add_up_to_the_allocation(method, data):
    contest = data.draw(contests(method))
    allocation = allocate(contest)
    assert tuple(seats_of(steps(contest, allocation))) == allocation.seats
    if allocation.tie is not None:
        lot = [0] * len(contest.votes)
        for party in allocation.tie.parties[: allocation.tie.seats]:
            lot[party] = 1
        drawn = with_lot(allocation, lot)
        assert tuple(seats_of(steps(contest, drawn))) == drawn.seats


@pytest.mark.parametrize("method", METHODS)
@given(data=st.data())
def test_every_sheet_gives_the_seats_of_its_members(method, data):
    for sheet in told(data.draw(contests(method))).sheets:
        own = [0] * len(sheet.part.members)
        for stage in sheet.stages:
            for step in stage.steps if stage.kind is not Kind.HELD else ():
                own[step.member] += step.seats
                assert not step.seats or step.number == sum(own)
        assert tuple(own) == sheet.part.settled.seats


def by_hand(method: str, sheet: Sheet, kind: Kind, step: Step) -> Fraction | None:
    """The figure that a step rests on, from the votes and the seats before it."""
    votes = sheet.part.entrants[step.member].votes
    if kind in (Kind.QUOTA, Kind.SURPLUS, Kind.REMAINDER):
        name = "hare" if method in (*HARE, "dutch-municipal") else method
        quota = QUOTAS[name](sheet.quota_votes, sheet.quota_seats)
        assert sheet.quota == quota
        if kind is Kind.QUOTA:
            return votes / quota
        taken = votes // quota if method == "dutch-municipal" else step.held
        return votes - quota * taken
    if kind in (Kind.AVERAGE, Kind.UNIQUE_AVERAGE):
        divisor = DIVISORS.get(method, DIVISORS["dhondt"])(step.held)
        power = 2 if method == "huntington-hill" else 1
        return Fraction(votes) ** power / divisor if divisor else None
    return Fraction(votes) if kind is Kind.POLICY else None


@pytest.mark.parametrize("method", METHODS)
@given(data=st.data())
def test_every_figure_is_found_again_with_fractions(method, data):
    for sheet in told(data.draw(contests(method))).sheets:
        for stage in sheet.stages:
            assert stage.squared == (method == "huntington-hill" and stage.kind is Kind.AVERAGE)
            for step in stage.steps:
                assert step.value == by_hand(method, sheet, stage.kind, step)


@pytest.mark.parametrize("method", [name for name in METHODS if name not in (*HARE[1:], "balinski-young")])
@given(data=st.data())
def test_ranked_steps_go_down_and_differ_as_written(method, data):
    for sheet in told(data.draw(contests(method))).sheets:
        for stage in sheet.stages:
            if stage.kind not in RANKED or stage.squared:
                continue
            values = [step.value for step in stage.steps if step.value is not None]
            assert values == sorted(values, reverse=True)
            scale = 10 ** stage.decimals()
            for high, low in pairwise(values):
                assert high == low or round_up(high * scale) != round_up(low * scale)


def round_up(value: Fraction) -> int:
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def test_hare_by_hand():
    """1,337 ÷ 7 = 191: six whole quotas for the first list, and its remainder is below 148."""
    sheet = only(plain("hare", [1187, 148, 0, 2], 7))
    assert sheet.quota == 191
    assert (sheet.quota_votes, sheet.quota_seats) == (1337, 7)
    whole, rest = sheet.stages
    assert [line(step) for step in whole.steps] == [(0, 6, "1187/191")]
    assert [line(step) for step in rest.steps] == [(1, 1, "148"), (0, 0, "41"), (3, 0, "2")]
    assert [step.mark for step in rest.steps] == [Mark.LAST, Mark.NEAREST, Mark.PLAIN]


def test_a_share_just_below_a_whole_number_is_not_written_as_one():
    whole = only(plain("hare", [199_999, 100_001], 3)).stages[0]
    assert whole.steps[0].value == Fraction(199_999, 100_000)
    assert whole.decimals() == 5


def test_tied_remainders_are_marked():
    rest = only(plain("hare", [15, 15, 10], 4)).stages[-1]
    assert [(step.member, step.mark) for step in rest.steps] == [(0, Mark.TIED), (1, Mark.TIED)]


def test_a_policy_and_a_lot_are_steps_of_their_own():
    settled = only(plain("hare", [35, 15, 10], 4, policy=Policy.MOST_VOTES))
    assert settled.part.settled.tie is None
    tied = plain("dhondt", [10, 10], 3)
    explained = steps(tied, allocate(tied, [0, 1]))
    assert explained.by_lot == (0, 1)
    policy = only(plain("dhondt", [20, 10], 2, policy=Policy.FEWEST_VOTES)).stages[-1]
    assert (policy.kind, [line(step) for step in policy.steps]) == (Kind.POLICY, [(1, 1, "10")])


def test_too_few_seats_for_all_whole_quotas_go_by_what_is_left():
    """The last list's minimum of 3 leaves 2 of 5 seats; by the quota of 20 there would be 3 and 1 to give."""
    lowest, one_by_one = only(plain("hare", [60, 38, 2], 5, least=(0, 0, 3))).stages
    assert [line(step) for step in lowest.steps] == [(2, 3, "None")]
    assert one_by_one.kind is Kind.SURPLUS
    assert [line(step) for step in one_by_one.steps] == [(0, 1, "60"), (0, 1, "40"), (1, 0, "38"), (0, 0, "20")]


def test_held_seats_come_first():
    held = only(plain("hare", [60, 40], 5, start=(0, 4))).stages[0]
    assert (held.kind, [line(step) for step in held.steps]) == (Kind.HELD, [(1, 4, "None")])


def test_the_quota_method_says_who_is_barred():
    """With 80 % of the votes the first list may have 4 of 5 seats, and 8 of 10; d'Hondt would give it 10."""
    (stage,) = only(plain("balinski-young", [80, 7, 6, 4, 3], 10)).stages
    assert [step.number for step in stage.steps if step.seats and 0 in step.barred] == [5, 10]
    assert [step.member for step in stage.steps if step.number in (5, 10) and step.seats] == [1, 2]
    assert [step.member for step in stage.steps if step.mark is Mark.NEAREST] == [0]


def test_dutch_council_by_articles():
    """P 6 whole quotas, P 8 remainders of three quarters of it at least, then averages."""
    kinds = [stage.kind for stage in only(plain("dutch-municipal", [480, 300, 120, 60, 40], 15)).stages]
    assert kinds[0] is Kind.QUOTA
    assert kinds[1:] == [kind for kind, _ in groupby(kinds[1:])]
    assert set(kinds) <= {Kind.QUOTA, Kind.REMAINDER, Kind.UNIQUE_AVERAGE, Kind.AVERAGE}


def test_an_absolute_majority_takes_the_last_residual_seat():
    stages = only(plain("dutch-municipal", [2571, 977, 567, 536, 453], 19)).stages
    assert all(stage.kind is not Kind.TIED for stage in stages)


def test_alliances_are_sheets_inside_each_other():
    contest = Contest(METHODS["dhondt"], 7, (500, 300, 200, 100), alliances=(Alliance((0, 1), "Left"),))
    outer, inner = told(contest).sheets
    assert (outer.part.alliance, inner.part.alliance) == (None, contest.alliances[0])
    assert sum(step.seats for stage in inner.stages for step in stage.steps) == inner.part.seats == 6


def test_an_open_alliance_leaves_what_is_certain_inside():
    contest = Contest(METHODS["dhondt"], 1, (5, 5, 10), alliances=(Alliance((0, 1), "Left"),))
    explained = told(contest)
    assert len(explained.sheets) == 1
    assert explained.certain == (0, 0, 0)


class TestExcluded:
    def test_figures_of_a_share(self):
        contest = Contest(METHODS["dhondt"], 7, (1187, 148, 0, 2), Threshold(Fraction(1, 20)))
        (out,) = told(contest).excluded
        (hurdle,) = out.hurdles
        assert (out.party, hurdle.votes, hurdle.needed, hurdle.least) == (3, 2, Fraction(1337, 20), 67)

    def test_more_than_the_threshold(self):
        contest = Contest(METHODS["dhondt"], 7, (90, 10), Threshold(Fraction(1, 10), inclusive=False))
        assert [each.hurdles[0].least for each in told(contest).excluded] == [11]

    def test_an_alliance_counts_as_a_whole(self):
        threshold = Threshold(Fraction(1, 10), alliances=True)
        contest = Contest(METHODS["dhondt"], 3, (90, 5, 5, 4), threshold, alliances=(Alliance((1, 2), "Two"),))
        assert [(each.party, each.hurdles[0].votes) for each in told(contest).excluded] == [(1, 10), (2, 10), (3, 4)]

    def test_only_the_missed_ones_of_several(self):
        both = Combined((Threshold(votes=5), Threshold(votes=50)), all_of_them=True)
        (out,) = told(Contest(METHODS["dhondt"], 3, (90, 10), both)).excluded
        assert [hurdle.least for hurdle in out.hurdles] == [50]

    def test_the_chambers_threshold_counts_elsewhere(self):
        threshold = Threshold(Fraction(1, 2), elsewhere=(0, 900))
        (out,) = told(Contest(METHODS["dhondt"], 3, (90, 10), threshold)).excluded
        assert out.hurdles[0] == (90, Fraction(500), True)

    @given(SMALL, st.fractions(0, 1, max_denominator=30), st.booleans())
    def test_the_fewest_votes_that_pass(self, votes, share, inclusive):
        threshold = Threshold(share, base=sum(votes), inclusive=inclusive)
        for each in told(Contest(METHODS["dhondt"], 3, tuple(votes), threshold)).excluded:
            (hurdle,) = each.hurdles
            assert threshold.passes(hurdle.least, sum(votes))
            assert not threshold.passes(hurdle.least - 1, sum(votes))
