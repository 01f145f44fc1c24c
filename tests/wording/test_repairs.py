"""Repairs and causes as they are read."""

import numpy as np
import pytest

from tally_app.checks.causes import Cause, group
from tally_app.checks.slips import Kind
from tally_app.count.figures import FigureKey
from tally_app.wording.names import Names
from tally_app.wording.repairs import cause_line, lines, repair_sentence, repair_title
from tests.checks.slipping import Count, count
from tests.checks.test_repairs import RIGHT, repairs_of_the_table, total_votes
from tests.ui.fake_journal import bundled_document


def table() -> Names:
    return Names(bundled_document().election)


def test_the_repair_of_the_published_table():
    found = repairs_of_the_table()
    (repair,) = found.found
    assert repair_sentence(table(), repair, found) == (
        "Region 4 · CPP: 1,191 is probably 1,911 (two digits swapped)."
        " That makes 85.92 % and 11.92 % of the summary box right; seats stay 9–1."
    )
    assert repair_title(table(), repair) == "Region 4 · CPP: 1,191 → 1,911"


def test_its_arithmetic_before_and_after():
    (repair,) = repairs_of_the_table().found
    read = [tuple(line) for line in lines(table(), repair)]
    assert ("Chamber · CPP · percentage (summary box)", "85.92 %", "85.00 %", "85.92 %", "right") in read
    assert ("Chamber · CPP · votes (results table)", "10,117", "9,332", "10,052", "closer") in read
    assert ("Chamber · ballots cast (article)", "11,730", "10,986", "11,706", "closer") in read
    assert ("Region 4 · CPP · percentage (results table)", "77.95 %", "77.95 %", "85.01 %", "not counted") in read


def test_the_causes_of_the_published_table():
    document = bundled_document()
    found = [each for each in document.live.findings() if each.code[0] != "N"]
    read = [cause_line(table(), cause) for cause in group(found, repairs_of_the_table())]
    assert read[0] == (
        "Region 4 · CPP: 1,191 is probably 1,911 (two digits swapped): explains 2 findings, 3 more come closer."
    )
    assert read[1] == (
        "Chamber · CPP: The results table states 10,117 votes; the regions add up to 9,332 (785 fewer). (+1)"
    )
    assert len(read) == 6


def said(case: Count, kind: Kind) -> str:
    found = case.repairs()
    repair = next(each for each in found.found if each.kind is kind)
    return repair_sentence(Names(case.election), repair, found)


def test_one_of_several_cells():
    rows = [[1900, 800, 500, 290, 10], [700, 650, 400, 245, 5], [500, 480, 130, 367, 3]]
    text = said(count(rows, (3,), {}), Kind.CHANGED)
    assert text.startswith("Region 1 · Unit 1.3 · ")
    assert "may be " in text
    assert ", one of 2 cells. That makes the form's sum of ballots right" in text


@pytest.mark.parametrize(
    ("rows", "stated", "kind", "text"),
    [
        (
            [*RIGHT[:2], [500, 480, 347, 130, 3]],
            total_votes(1030, 882),
            Kind.EXCHANGED,
            (
                "Region 1 · Unit 1.3: A 347 and B 130 have probably changed places."
                " That makes 1,030 votes (A) and 882 votes (B) of the results table right; seats stay 3."
            ),
        ),
        (
            [*RIGHT, RIGHT[1]],
            total_votes(1030, 882),
            Kind.ENTERED_TWICE,
            (
                "Region 1 · Unit 1.2: may be another unit's form, entered once more, one of 2 explanations."
                " That makes 1,030 votes (A) and 882 votes (B) of the results table right; seats stay 3."
            ),
        ),
        (
            RIGHT,
            total_votes(630, 637),
            Kind.LEFT_OUT,
            (
                "The results table has probably left out Region 1 · Unit 1.2."
                " That makes 630 votes (A) and 637 votes (B) of the results table right."
            ),
        ),
        (
            RIGHT,
            total_votes(1430, 1127),
            Kind.COUNTED_TWICE,
            (
                "The results table has probably counted Region 1 · Unit 1.2 twice."
                " That makes 1,430 votes (A) and 1,127 votes (B) of the results table right."
            ),
        ),
    ],
)
def test_every_kind_of_slip_with_whole_rows(rows, stated, kind, text):
    assert said(count(rows, (len(rows),), stated), kind) == text


def test_seats_that_change_and_claims_that_break():
    stated = {FigureKey("table", "seats", "R1", None, "A"): "3", FigureKey("table", "votes", "R1", None, "A"): "920"}
    case = count([[1900, 1511, 290, 581, 10]], (1,), {**stated, FigureKey("box", "votes", "R1", None, "A"): "290"})
    text = said(case, Kind.TRANSPOSED)
    assert "; seats become 3–0 (now 0–3)." in text
    assert text.endswith("It makes 290 votes (A) of the summary box wrong.")


def test_every_kind_of_claim_and_of_slip_has_words():
    """Read aloud all that a mixed case brings."""
    values = np.array([[900, 800, 500, 920, 10], [70, 650, 40, 245, 5], [500, 480, 0, 477, 3]])
    case = count(values.tolist(), (3,), total_votes(1030, 882), standing=[["A"]])
    found = case.repairs()
    names = Names(case.election)
    for repair in found.found:
        assert repair_sentence(names, repair, found).count(" right") == 1
        assert repair_title(names, repair)
        assert len(lines(names, repair)) >= len(repair.fixed)


def test_a_cause_without_repair_is_its_heads_sentence():
    (finding, *_) = [each for each in bundled_document().live.findings() if each.code == "W210"]
    assert cause_line(table(), Cause(finding)).startswith("Chamber: The article states a majority of 31;")
