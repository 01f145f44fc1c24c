"""What other methods would give: the figures of 2024, and that nothing but the method is exchanged."""

from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tally_app.allocation.methods import NAMES
from tally_app.allocation.outcome import Problem
from tally_app.count.figures import Cell
from tally_app.document.comparison import Barred, Choice, Comparison, Outcome, compare, same_method, usual_choices
from tally_app.document.document import Document
from tally_app.document.lots import Lot
from tally_app.election.model import MethodName, Rule, Threshold
from tally_app.wording.comparison import difference
from tally_app.wording.comparison import given as said_of_own
from tests.packs import make_election
from tests.ui.fake_journal import bundled_document, open_document

EVERY = [Choice(name, "1/3" if name == "stationary" else None) for name in NAMES]  # type: ignore[arg-type]
SAINTE_LAGUE, HARE = Choice("sainte-lague"), Choice("hare")
BY_REGION = [
    (5, 1, 0, 0),
    (7, 1, 0, 0),
    (4, 1, 0, 0),
    (8, 1, 0, 1),
    (6, 1, 0, 0),
    (6, 1, 0, 0),
    (8, 1, 0, 0),
    (5, 1, 0, 0),
]


def small(rule: Rule, votes: tuple[tuple[int, ...], ...], seats: int = 5) -> Document:
    units = (1,) * len(votes)
    document = open_document(make_election(parties="ABC", units=units, seats=seats, rule=rule, form=["parties"]))
    enter(document, dict(enumerate(votes)))
    return document


def enter(document: Document, votes: dict[int, tuple[int | None, ...]]) -> None:
    cells = {Cell(row, column): count for row, counts in votes.items() for column, count in enumerate(counts)}
    document.commit(document.edit_cells("paste", cells))


def compared(document: Document, *choices: Choice) -> Comparison:
    return compare(document.election, document.live, choices)


def rows(comparison: Comparison, regions: int) -> list[tuple[Outcome, ...]]:
    return [row for region in range(regions) if (row := comparison.region(region)) is not None]


class TestTheElectionOf2024:
    @pytest.fixture
    def comparison(self) -> Comparison:
        return compared(bundled_document(), SAINTE_LAGUE, HARE, Choice("quota-highest-average"))

    def test_the_chamber(self, comparison):
        assert [outcome.seats for outcome in comparison.chamber()] == [
            (55, 3, 0, 0),
            (49, 8, 0, 1),
            (49, 8, 0, 1),
            (55, 3, 0, 0),
        ]
        own, sainte_lague, _, averages = comparison.chamber()
        assert sainte_lague.changes == (-6, 5, 0, 1)
        assert (own.moved, sainte_lague.moved, averages.moved) == (0, 6, 0)
        assert (own.changed, sainte_lague.changed, averages.changed) == (False, True, False)

    def test_every_region(self, comparison):
        assert [row[1].seats for row in rows(comparison, 8)] == BY_REGION
        assert [row[2].seats for row in rows(comparison, 8)] == BY_REGION
        assert [row[1].moved for row in rows(comparison, 8)] == [1, 0, 1, 1, 1, 0, 1, 1]

    def test_the_whole_chamber_as_one_region(self, comparison):
        own, _, hare, _ = comparison.whole()
        assert (own.seats, own.changes, own.moved) == ((50, 7, 0, 1), (-5, 4, 0, 1), 5)
        assert hare.seats == (49, 8, 0, 1)

    def test_the_sentences(self, comparison):
        election = bundled_document().election
        own, sainte_lague, _, averages = comparison.chamber()
        assert difference(election, SAINTE_LAGUE, sainte_lague, 58) == (
            "With Sainte-Laguë, 6 of 58 seats would go elsewhere: CPP −6, KWP +5, NPP +1."
        )
        assert difference(election, Choice("quota-highest-average"), averages, 58) == (
            "With Hare, then averages, every seat would go to the same party."
        )
        assert said_of_own(election, Choice("dhondt"), own) == "d’Hondt is this election’s own rule: CPP 55, KWP 3."

    def test_every_method_in_the_blink_of_an_eye(self):
        document = bundled_document()
        compared(document, *EVERY)
        times = []
        for _ in range(3):
            start = perf_counter()
            compared(document, *EVERY)
            times.append(perf_counter() - start)
        assert min(times) < 0.02

    def test_nothing_entered(self):
        document = bundled_document("cambodia-senate-2024-blank")
        comparison = compared(document, *EVERY)
        for outcome in comparison.chamber():
            assert (outcome.open_seats, outcome.problem, outcome.changed) == (58, Problem.NO_VOTES, False)
            assert difference(document.election, SAINTE_LAGUE, outcome, 58) == "No votes are entered yet."


VOTES = st.tuples(*[st.integers(0, 40)] * 3)
RULES = st.builds(
    Rule,
    st.sampled_from([name for name in NAMES if name != "stationary"]),
    threshold=st.sampled_from([None, Threshold(share="1/10"), Threshold(share="1/5", scope="chamber")]),
    min_seats=st.integers(0, 1),
)


@settings(max_examples=80)
@given(RULES, st.tuples(VOTES, VOTES), st.integers(0, 9))
def test_seats_add_up_and_the_first_column_is_the_live_result(rule, votes, seats):
    if rule.method == "dutch-municipal" and rule.min_seats:
        rule = Rule(rule.method, threshold=rule.threshold)
    document = small(rule, votes, seats)
    comparison = compared(document, *EVERY)
    for region, row in enumerate(rows(comparison, 2)):
        allocation = document.live.region(region).allocation
        assert (row[0].seats, row[0].open_seats, row[0].changed) == (allocation.seats, allocation.open_seats, False)
        for choice, outcome in zip(comparison.choices, row, strict=True):
            if outcome.barred is None and outcome.problem is not Problem.OVER_AWARD:
                assert sum(outcome.seats) + outcome.open_seats == seats
            if outcome.barred is None and same_method(choice, comparison.choices[0]):
                assert (outcome.seats, outcome.changed) == (allocation.seats, False)
    assert comparison.chamber()[0].seats == document.live.chamber.seats
    assert comparison.chamber()[0].open_seats == document.live.chamber.open_seats


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 1), VOTES), max_size=5), VOTES)
def test_following_the_typing_equals_comparing_anew(entries, typed):
    rule = Rule("dhondt", threshold=Threshold(share="1/5", scope="chamber"))
    document = small(rule, ((40, 9, 3), (12, 20, 7)))
    comparison = compared(document, *EVERY)
    for row, votes in entries:
        enter(document, {row: votes})
        comparison.refresh([row])
        comparison.work()
    document.draft(Cell(0, 0), typed[0])
    comparison.refresh([0])
    comparison.work()
    anew = compared(document, *EVERY)
    assert rows(comparison, 2) == rows(anew, 2)
    assert comparison.chamber() == anew.chamber()
    assert comparison.whole() == anew.whole()


def test_the_threshold_stays():
    document = small(Rule("dhondt", threshold=Threshold(share="1/5")), ((70, 25, 19),))
    assert compared(document, HARE).chamber()[1].seats == (4, 1, 0)
    assert compared(small(Rule("dhondt"), ((70, 25, 19),)), HARE).chamber()[1].seats == (3, 1, 1)


@pytest.mark.parametrize(
    ("ties", "seats", "tied"), [("lot", (1, 0, 0), 1), ("most-votes", (2, 0, 0), 0), ("fewest-votes", (1, 1, 0), 0)]
)
def test_the_policy_for_ties_stays(ties, seats, tied):
    """30 ÷ 3 = 10 ÷ 1, by Sainte-Laguë only."""
    document = small(Rule("dhondt", ties=ties), ((30, 10, 1),), 2)
    own, other = compared(document, SAINTE_LAGUE).chamber()
    assert (own.seats, own.tied) == ((2, 0, 0), 0)
    assert (other.seats, other.tied) == (seats, tied)


@pytest.mark.parametrize(
    ("method", "rule", "reason"),
    [
        ("dutch-municipal", Rule("dhondt", min_seats=1), Barred.CONDITIONS),
        ("dutch-municipal", Rule("dhondt", ties="most-votes"), Barred.TIES),
        ("balinski-young", Rule("dhondt", ties="fewest-votes"), Barred.TIES),
        ("balinski-young", Rule("dhondt", min_seats=1), None),
        ("hare", Rule("dhondt", min_seats=1, ties="fewest-votes"), None),
    ],
)
def test_what_does_not_go_together_is_said(method: MethodName, rule: Rule, reason: Barred | None):
    document = small(rule, ((40, 10, 5),))
    outcome = compared(document, Choice(method)).chamber()[1]
    assert outcome.barred is reason
    said = difference(document.election, Choice(method), outcome, 5)
    assert ("does not go with this election" in said) is (reason is not None)
    if reason is not None:
        assert not any(outcome.seats)
        assert not outcome.changed


def test_a_method_that_goes_from_seat_to_seat_is_not_asked_for_very_many():
    document = small(Rule("dhondt"), ((40, 10, 5),), 100_000)
    outcome = compared(document, Choice("macau"), Choice("adams")).chamber()
    assert outcome[1].barred is Barred.TOO_MANY_SEATS
    assert sum(outcome[2].seats) + outcome[2].open_seats == 100_000


def test_a_quota_that_gives_too_much_is_no_result():
    document = bundled_document()
    imperiali = Choice("imperiali-quota")
    outcome = compared(document, imperiali).chamber()[1]
    assert outcome.problem is Problem.OVER_AWARD
    assert difference(document.election, imperiali, outcome, 58) == (
        "Imperiali quota does not decide at least one region: its quota gives more seats than there are."
    )


def test_a_lot_counts_for_the_own_rule_only():
    document = small(Rule("dhondt"), ((30, 30, 1),), 3)
    lot = Lot(["A", "B"], 1, {"B": 1}, {"A": 30, "B": 30}, "Sok Chan", "2024-02-25 23:40")
    document.commit(document.edit_lot("R1", lot))
    own, same = compared(document, Choice("dhondt")).chamber()
    assert (own.seats, own.tied) == ((1, 2, 0), 0)
    assert (same.seats, same.tied, same.changed, same.moved) == ((1, 1, 0), 1, True, 0)
    assert difference(document.election, Choice("dhondt"), same, 3) == (
        "With d’Hondt, no of 3 seats would certainly go elsewhere: B −1; a lot would decide 1 seat."
    )


def test_portions():
    document = small(Rule("dhondt"), ((30, 30, 1),) * 4)
    comparison = Comparison(document.election, document.live, [HARE])
    assert comparison.waiting == 4
    assert comparison.region(0) is None
    assert comparison.work(0.0) == [0]
    assert comparison.waiting == 3
    assert comparison.work() == [1, 2, 3]
    assert comparison.chamber() == compared(document, HARE).chamber()


def test_the_usual_methods_leave_out_the_own():
    assert [choice.method for choice in usual_choices(Rule("dhondt"))] == [
        "sainte-lague",
        "hare",
        "droop",
        "quota-highest-average",
    ]
    assert usual_choices(Rule("danish"))[0] == Choice("dhondt")
    assert same_method(Choice("stationary", "0.5"), Choice("stationary", "1/2"))
    assert not same_method(Choice("stationary", "0.5"), Choice("stationary", "1/3"))
