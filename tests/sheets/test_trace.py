"""The trace of an allocation: quotients as a hand computes them, winners marked, and the steps of other methods."""

from fractions import Fraction

import pytest

from tally_app.election.model import Alliance, MethodName, Name, Rule, Threshold
from tally_app.sheets.content import Cell, Sheet
from tests.sheets.making import (
    cells,
    fill,
    make_document,
    paragraphs,
    rows,
    sheet_of,
    small_document,
    small_pack,
    tables,
    text_of,
)
from tests.ui.fake_journal import bundled_document


def traced(rule: Rule, votes: dict[str, int], seats: int = 7, **options: object) -> Sheet:
    parties = tuple(votes)
    document = make_document(
        small_pack(parties=parties, seats=seats, rule=rule, standing=None, form=("parties",), units=(1, 1), **options)
        if {"A", "B"} <= votes.keys()
        else small_pack()
    )
    fill(document, 0, **votes)
    return sheet_of(document, "trace", "R1")


def test_quotients_of_region_4():
    sheet = sheet_of(bundled_document(), "trace", "R4")
    quotients, order, margins = tables(sheet)
    assert [column.heading for column in quotients.columns[1:]] == [
        ("CPP", "1,191"),
        ("KWP", "218"),
        ("FUN", "1"),
        ("NPP", "118"),
    ]
    assert rows(quotients)[:2] == [["1", "1,191.00", "218.00", "1.00", "118.00"], ["2", "595.50", "109.00", "", ""]]
    marked = {cell.words: (cell.mark, cell.tag) for cell in cells(quotients) if cell.words}
    assert marked[("1,191.00",)] == ("won", "1")
    assert marked[("218.00",)] == ("won", "6")
    assert marked[("132.33",)] == ("last", "10")
    assert marked[("118.00",)] == ("next", "")
    assert marked[("109.00",)] == ("", "")
    assert rows(order)[5] == ["6", "KWP", "218 ÷ 1 = 218.00"]
    assert rows(order)[9] == ["10", "CPP", "1,191 ÷ 9 = 132.33"]
    assert ["NPP", "118", "0", "15", "–"] in rows(margins)
    said = paragraphs(sheet)
    assert "The last seat went to CPP with 132.33." in said
    assert "Next would be NPP with 118.00: 15 votes more would give it a seat." in said
    assert "13 votes moved from CPP to NPP would move a seat." in said
    assert "10 seats. d’Hondt: highest averages, divisors 1, 2, 3, …; ties by lot." in said
    assert "Highest average (d'Hondt) in each region by itself" in said
    text = text_of(sheet)
    assert all(figure in text for table in tables(sheet) for row in rows(table) for figure in row if figure)


@pytest.mark.parametrize("region", range(8))
def test_every_seat_can_be_checked_by_hand(region: int):
    document = bundled_document()
    result = document.live.committed_region(region)
    _, order, _ = tables(sheet_of(document, "trace", document.election.regions[region].key))
    values = []
    for _, party, sum_ in rows(order):
        votes, rest = sum_.split(" ÷ ")
        divisor, value = rest.split(" = ")
        assert int(votes.replace(",", "")) == result.votes[document.election.party_index[party]]
        exact = Fraction(int(votes.replace(",", "")), int(divisor))
        assert abs(exact - Fraction(value.replace(",", ""))) <= Fraction(1, 200)
        values.append(exact)
    assert values == sorted(values, reverse=True)
    assert len(values) == document.election.regions[region].seats


def test_tied_quotients_are_marked():
    document = small_document()
    document.commit(document.edit_lot("R1", None))
    sheet = sheet_of(document, "trace", "R1")
    tied = [cell.words for cell in cells(tables(sheet)[0]) if cell.mark == "tied"]
    assert tied == [("100.00",), ("100.00",)]
    assert "1 seat open: A and B have equal claims" in paragraphs(sheet)


def test_a_seat_by_lot_says_so():
    quotients, order, _ = tables(sheet_of(small_document(), "trace", "R1"))
    assert [row[2] for row in rows(order) if row[1] == "B"] == ["100 ÷ 1 = 100.00 · By lot, as recorded"]
    assert sum(cell.mark in ("won", "last") for cell in cells(quotients)) == 3


def test_largest_remainders_step_by_step():
    rule = Rule("hare", source="Elections Act, section 3")
    sheet = traced(rule, {"A": 470, "B": 160, "C": 158, "D": 120, "E": 61, "F": 31}, 10)
    said = paragraphs(sheet)
    assert "Quota 100, from 1,000 votes and 10 seats" in said
    assert "Source of the rule: Elections Act, section 3" in said
    quotas, remainders, _ = tables(sheet)
    assert ["A", "470 ÷ 100", "4.70", "4", ""] in rows(quotas)
    assert ["A", "470 − 4 × 100", "70.00", "1", "8"] in rows(remainders)
    assert [cell.mark for cell in cells(remainders) if cell.mark] == ["won", "won", "last", "next"]


@pytest.mark.parametrize(
    "method",
    [
        "sainte-lague",
        "danish",
        "adams",
        "dean",
        "huntington-hill",
        "droop",
        "hagenbach-bischoff",
        "quota-highest-average",
        "quota-single-pass-average",
        "balinski-young",
        "dutch-municipal",
    ],
)
def test_every_method_has_its_trace(method: MethodName):
    text = text_of(traced(Rule(method), {"A": 5_100, "B": 3_150, "C": 1_750, "D": 900}))
    assert "5,100" in text
    assert "Source of the rule: none is given" in text


def test_alliances_inside_and_outside():
    rule = Rule("dhondt", alliances=[Alliance("AB", Name("Both"), ["A", "B"])])
    sheet = traced(rule, {"A": 500, "B": 300, "C": 400, "D": 10})
    said = paragraphs(sheet)
    assert "Among alliances and lists: 7" in said
    assert "Inside AB: 5" in said


def test_whom_a_threshold_keeps_out():
    rule = Rule("dhondt", threshold=Threshold(share="5/100"))
    sheet = traced(rule, {"A": 600, "B": 360, "C": 40})
    said = paragraphs(sheet)
    assert "threshold: at least 5 % of valid votes" in said
    assert "Below the threshold, no part in the allocation: C (40 of 50 votes)" in said
    assert isinstance(tables(sheet)[0].rows[0].cells[3], Cell)
    assert rows(tables(sheet)[0])[0][3] == ""
