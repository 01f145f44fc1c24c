"""What names a finding while its figures change."""

import json

from tally_app.checks.finding import Fact, Finding, Place, Severity, identity

REGION = Place("R1")


def differs(place: Place = REGION, code: str = "E201", **facts: Fact) -> str:
    """Facts whose names are Python's words end in an underscore here."""
    return identity(Finding(code, place, {name.rstrip("_"): fact for name, fact in facts.items()}))


def test_severity_is_the_first_letter():
    severities = [Finding(code, Place(), {}).severity for code in ("E101", "W107", "N109")]
    assert severities == [Severity.ERROR, Severity.WARNING, Severity.NOTE]


def test_identity_stays_while_figures_change():
    before = differs(source="table", stated=50, sum=49, difference=1)
    assert before == differs(difference=-3, sum=53, stated=50, source="table")
    assert json.loads(before) == ["E201", "R1", None, None, None, ["source", "table"]]


def test_identity_tells_apart_what_is_another_finding():
    keys = {
        differs(source="table"),
        differs(source="box"),
        differs(code="E202", source="table"),
        differs(Place("R2"), source="table"),
        differs(Place("R1", "R1-1"), source="table"),
        differs(Place("R1", None, "A"), source="table"),
        differs(Place("R1", None, None, "cast"), source="table"),
        differs(source="table", figure="cast"),
        differs(source="table", limit="cast", limit_source="box"),
        differs(source="table", other_source="box"),
        differs(what="unit", name="Same"),
        differs(neighbour="B"),
        differs(with_="unit", other_region="R1", other_unit="R1-2"),
        differs(with_="import", label="first"),
        identity(Finding("N404", Place("R1"), {"code": "E202"})),
    }
    assert len(keys) == 15


def test_identity_cannot_be_imitated_by_a_name():
    assert differs(source='a",["figure","cast') != differs(source="a", figure="cast")
