"""Causes: one wrong number is one line; every finding is in exactly one."""

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tally_app.checks.causes import Cause, group
from tally_app.checks.finding import Fact, Finding, Place, Severity, identity
from tally_app.checks.repair import Repairs
from tests.checks.slipping import counts
from tests.checks.test_repairs import repairs_of_the_table
from tests.ui.fake_journal import bundled_document

CPP = Place(None, None, "CPP", "CPP")


def finding(code: str, place: Place = CPP, /, **facts: Fact) -> Finding:
    return Finding(code, place, facts)


def total(source: str = "table", difference: int = 785) -> Finding:
    return finding("E202", CPP, source=source, stated=10117, sum=10117 - difference, difference=difference)


def too_many(source: str = "table", difference: int = 34) -> Finding:
    return finding("E204", Place(), source=source, limit="cast", limit_source="article", difference=difference)


def codes(causes: list[Cause]) -> list[list[str]]:
    return [[each.code for each in cause.findings] for cause in causes]


def of(*findings: Finding) -> list[list[str]]:
    return codes(group(findings, Repairs()))


def test_the_published_table():
    found = [each for each in bundled_document().live.findings() if each.code[0] != "N"]
    repairs = repairs_of_the_table()
    causes = group(found, repairs)
    assert codes(causes) == [
        ["W206", "E205", "W206", "W206", "W206"],
        ["E202", "E204"],
        ["W206", "W207"],
        ["W206", "W207"],
        ["W209"],
        ["W210"],
    ]
    first = causes[0]
    assert first.repair is repairs.found[0]
    assert first.severity is Severity.ERROR
    assert {each.facts["source"] for each in (first.head, *first.others)} == {"summary-box", "article", "results-table"}
    assert [(each.code, each.place.party) for each in first.closer] == [
        ("E205", None),
        ("W206", "FUN"),
        ("W206", "NPP"),
    ]


def test_too_many_votes_hang_on_the_total_only_if_it_is_enough():
    assert of(total(difference=34), too_many(difference=34)) == [["E202", "E204"]]
    assert of(total(difference=33), too_many(difference=34)) == [["E202"], ["E204"]]
    assert of(total(difference=-40), too_many(difference=34)) == [["E202"], ["E204"]]
    assert of(total("box"), too_many("table")) == [["E202"], ["E204"]]


def test_sources_that_differ_hang_on_the_wrong_one():
    differ = finding("W207", Place(None, None, "CPP"), figure="votes", source="box", other_source="table")
    assert of(differ, total("table")) == [["E202", "W207"]]
    assert of(differ, total("article")) == [["E202"], ["W207"]]
    share = finding("W207", Place(None, None, "CPP"), figure="share", source="box", other_source="table")
    assert of(share, total("table")) == [["E202"], ["W207"]]


def test_a_percentage_of_a_wrong_total_hangs_on_it():
    derived = finding("W206", Place(None, None, "CPP"), source="table", stated="86.00", of_stated="86.00")
    another = finding("W206", Place(None, None, "CPP"), source="table", stated="86.99", of_stated="86.00")
    assert of(total(), derived) == [["E202", "W206"]]
    assert of(total(), another) == [["E202"], ["W206"]]


def test_one_cell_is_one_cause_and_two_cells_are_two():
    cell, other = Place("R1", "R1-1", None, "cast"), Place("R1", "R1-1", "A", "A")
    assert of(finding("E104", cell), finding("E103", cell), finding("E106", other)) == [["E103", "E104"], ["E106"]]


def test_close_seats_stay_alone_and_sizes_hang_on_their_finding():
    margin = finding("N403", Place("R1"), votes=3)
    size = finding("N404", CPP, code="E202", source="table", size=785, could=True)
    lost = finding("N404", CPP, code="E202", source="box", size=785, could=True)
    assert of(margin, size, total("table"), lost) == [["E202", "N404"], ["N403"], ["N404"]]


def test_unknown_codes_are_causes_of_their_own():
    assert of(finding("W999", Place("R1")), finding("E998", Place("R1"))) == [["E998"], ["W999"]]
    cell = Place("R1", "R1-1", "A", "A")
    assert of(finding("W999", cell), finding("E998", cell)) == [["E998", "W999"]]


def test_two_sources_that_differ_from_a_figure_that_a_repair_makes_right_are_two_mistakes():
    case = bundled_document().live.findings()
    box = finding("W207", Place(None, None, "CPP"), figure="share", source="summary-box", other_source="third")
    causes = group([*case, box], repairs_of_the_table())
    assert ["W207"] in codes(causes)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(counts(), st.randoms(use_true_random=False))
def test_every_finding_is_in_one_cause_in_any_order(case, shuffle: random.Random):
    findings, repairs = list(case.findings()), case.repairs()
    causes = group(findings, repairs)
    together = [identity(each) for cause in causes for each in cause.findings]
    assert sorted(together) == sorted(identity(each) for each in findings)
    shuffle.shuffle(findings)
    assert group(findings, repairs) == causes
    order = [list(Severity).index(cause.severity) for cause in causes]
    assert order == sorted(order)
    assert all(set(map(identity, cause.closer)) <= set(map(identity, cause.others)) for cause in causes)
