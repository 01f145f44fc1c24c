"""Warnings that were accepted with a written reason. A reason holds until a figure of its finding changes."""

from collections.abc import Iterable
from typing import Annotated, Any, NamedTuple

from msgspec import Meta, Struct, to_builtins

from tally_app.checks.finding import Finding, Severity, identity
from tally_app.document.edit import Edit, EditRefused
from tally_app.document.records import RecordBook, RecordChange, read_record, same, write_record

EXPLANATION = "explanation"
"""Kind of the records of explanations; their key is the finding's identity."""

LONGEST = 1000
"""Characters that a reason may have."""


class Explanation(Struct, frozen=True, forbid_unknown_fields=True):
    """Why a warning was accepted, and what exactly the warning said."""

    code: str
    region: str | None
    unit: str | None
    facts: dict[str, Any]
    reason: Annotated[str, Meta(min_length=1, max_length=LONGEST, pattern=r"\S")]
    by: str


class Given(NamedTuple):
    """The reason that was last given for a finding. *holds*: the finding is still the same, down to its figures."""

    explanation: Explanation
    holds: bool


def given(records: RecordBook, finding: Finding) -> Given | None:
    """Return the reason that was last given for a finding, also where it does not hold any more."""
    if finding.severity is not Severity.WARNING or not records.of(EXPLANATION):
        return None
    record = records.value(EXPLANATION, identity(finding))
    if record is None:
        return None
    return Given(read_record(record, Explanation), same(record.get("facts"), facts_of(finding)))


def explanation_of(records: RecordBook, finding: Finding) -> Explanation | None:
    """Return the reason with which a finding was accepted, if it still is the same finding."""
    last = given(records, finding)
    return last.explanation if last is not None and last.holds else None


def unexplained(records: RecordBook, findings: Iterable[Finding]) -> list[Finding]:
    """Return the warnings that nobody has given a reason for."""
    return [f for f in findings if f.severity is Severity.WARNING and explanation_of(records, f) is None]


def explanation_edit(records: RecordBook, finding: Finding, reason: str | None, operator: str) -> Edit:
    """Return the edit that accepts a warning with a reason; None takes the reason back.

    Raises: EditRefused: ``not-a-warning``: errors are corrected, notes need no reason; ``no-reason``: it is empty or
        too long.
    """
    if finding.severity is not Severity.WARNING:
        raise EditRefused("not-a-warning", finding=finding.code)
    key = identity(finding)
    old, new = records.value(EXPLANATION, key), None
    if reason is not None:
        place = finding.place
        text = reason.strip()
        value = Explanation(finding.code, place.region, place.unit, facts_of(finding), text, operator)
        if not text or len(text) > LONGEST:
            raise EditRefused("no-reason", limit=LONGEST)
        new = write_record(value)
    changed = not same(old, new)
    return Edit("explain", records=(RecordChange(EXPLANATION, key, old, new),) if changed else ())


def facts_of(finding: Finding) -> dict[str, Any]:
    """Return a finding's facts as the journal keeps them."""
    return dict(to_builtins(finding.facts))
