"""What is said of a unit under double entry, to everybody and to its second clerk."""

from pathlib import Path

import pytest

from tally_app.document.document import Document
from tally_app.document.second_entry import UnitState
from tally_app.wording.units import second_line, second_refusal, state_name, unit_line, unit_sentence, waits_for
from tests.doubled import FIRST, doubled_file, first, opened, second, settle

SLIP = (100, 90, 50, 73, 3)


@pytest.fixture
def document(tmp_path: Path):
    document = opened(doubled_file(tmp_path))
    yield document
    document.close()


def said(document: Document, row: int = 0) -> tuple[str, str, str]:
    arguments = (document.second, row, document.states.state(row))
    return unit_line(*arguments), waits_for(*arguments), unit_sentence(*arguments)


def to_clerk(document: Document, operator: str) -> str:
    return second_line(document.second, 0, document.states.state(0), operator)


def test_from_empty_to_settled(document):
    assert said(document) == ("", "a first clerk", "Waits for a first clerk.")
    first(document, "S. Chan", 0, *FIRST[:3])
    assert said(document)[0] == "first entry begun by S. Chan"
    assert to_clerk(document, "D. Kim") == "the first entry is not complete"
    first(document, "S. Chan", 0, *FIRST)
    assert said(document) == (
        "waits for a second clerk · first by S. Chan",
        "a second clerk, not S. Chan",
        "First entry by S. Chan. Waits for a second clerk, not S. Chan.",
    )
    assert to_clerk(document, "s. chan") == "first entry by you"
    assert to_clerk(document, "D. Kim") == "waits for you"
    second(document, "D. Kim", 0, 100)
    assert said(document)[0] == "second entry begun by D. Kim"
    assert to_clerk(document, "Ny") == "begun by D. Kim"
    second(document, "D. Kim", 0, *SLIP)
    assert said(document)[0] == "differs · settle"
    assert to_clerk(document, "D. Kim") == "differs: to be settled"
    settle(document, "Sok", 0, {"B": 73})
    assert said(document) == (
        "✓ verified · settled by Sok",
        "",
        "First entry by S. Chan; second entry by D. Kim; settled by Sok. Verified.",
    )
    assert to_clerk(document, "D. Kim") == "✓ verified"


def test_why_somebody_cannot_type_a_second_entry(document):
    def why(operator: str) -> str:
        return second_refusal(document.second, 0, document.states.state(0), operator)

    assert "not complete" in why("D. Kim")
    first(document, "S. Chan", 0, *FIRST)
    assert "somebody else" in why("S. Chan")
    assert why("D. Kim") == ""


def test_without_double_entry_a_complete_unit_waits_for_nobody():
    assert state_name(UnitState.ENTERED, double_entry=False) == "entered"
    assert state_name(UnitState.ENTERED, double_entry=True) == "waits for a second clerk"
