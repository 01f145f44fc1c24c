"""Repairs in short words, and reasons as they are read."""

import pytest

from tally_app.checks.finding import Place
from tally_app.checks.repair import Repair, Repairs
from tally_app.checks.slips import Kind
from tally_app.count.figures import Cell, CellChange
from tally_app.document.document import Document
from tally_app.document.explanations import Explanation, Given
from tally_app.wording.explanations import given_text
from tally_app.wording.names import Names
from tally_app.wording.repair_details import effect_lines, gain_text, kind_text, seats_text, short_place, standing_text
from tests.ui.fake_journal import bundled_document


@pytest.fixture(scope="module")
def published() -> Document:
    document = bundled_document()
    document.work()
    return document


@pytest.fixture
def names(published: Document) -> Names:
    return Names(published.election)


@pytest.fixture
def repairs(published: Document) -> Repairs:
    assert published.late.repairs is not None
    return published.late.repairs


def test_the_acceptance_case(names: Names, repairs: Repairs):
    (repair,) = repairs.found
    assert short_place(names, repair) == "Region 4 · CPP"
    assert kind_text(repair) == "two digits swapped"
    assert standing_text(repairs, repair) == "stands alone"
    assert seats_text(names.election, repair) == "seats unchanged 9–1"
    assert gain_text(repair) == "2 figures become right, none wrong"
    assert [line.partition("  ")[0] for line in effect_lines(names, repair)] == [
        "✓ 85.00 % → 85.92 %",
        "✓ 12.70 % → 11.92 %",
    ]


def test_seats_that_move_are_named(names: Names):
    repair = Repair(
        Kind.CHANGED,
        Place("R4", "R4", "CPP", "CPP"),
        (CellChange(Cell(3, 0), 1191, 191),),
        1,
        (),
        (),
        seats_before=(9, 1, 0, 0),
        seats_after=(4, 5, 0, 1),
    )
    assert seats_text(names.election, repair) == "seats 9–1 → 4–5–0–1 (CPP −5, KWP +4, NPP +1)"


def test_reasons():
    explanation = Explanation("W210", None, None, {}, "Printed so", "Dara")
    assert given_text(Given(explanation, True)) == "Accepted by Dara: Printed so"
    assert given_text(Given(explanation, False)) == ("No longer valid, the figures have changed: Printed so (Dara)")
