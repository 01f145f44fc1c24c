"""What a line of the region list says, as values; knows nothing of Qt."""

from collections.abc import Sequence
from typing import NamedTuple

from tally_app.checks.finding import Finding, Severity
from tally_app.document.document import Document
from tally_app.document.explanations import explanation_of
from tally_app.document.second_entry import UnitState
from tally_app.ui.findings.ledger import MISSING
from tally_app.ui.findings.marks import State

_SEVERITY = {State.ERROR: Severity.ERROR, State.WARNING: Severity.WARNING}


class Line(NamedTuple):
    """How far a region is, or, for the overview, the chamber: its units, and what was found."""

    seats: int
    units: int
    begun: int
    complete: int
    state: State
    verified: int | None = None
    """Units whose second entry agrees; None without double entry."""

    @property
    def unfinished(self) -> bool:
        """Was it begun, and is it not complete?"""
        return self.begun > 0 and self.complete < self.units


def region_line(document: Document, region: int, editing_row: int | None) -> Line:
    """Describe one region. Missing figures of the unit that is being typed are no errors yet."""
    live = document.live
    result = live.region(region)
    typing = live.draft is not None and live.draft.region.region == region
    worst = _worst(document, result.findings, False)
    for row, findings in live.unit_findings(region).items():
        if worst is Severity.ERROR:
            break
        calm = row == editing_row
        typing = typing or (calm and any(finding.code == MISSING for finding in findings))
        worst = _worse(worst, _worst(document, findings, calm))
    state = State.TYPING if live.draft is not None and typing else _state(worst, typing, result.begun)
    verified = _verified(document, region)
    if state is State.GOOD and min(result.complete, result.units if verified is None else verified) < result.units:
        state = State.BEGUN
    definition = document.election.regions[region]
    seats = definition.seats
    if state is not State.ERROR and definition.key in document.signing.signed_regions:
        state = State.SIGNED
    return Line(seats, result.units, result.begun, result.complete, state, verified)


def overview_line(document: Document, regions: Sequence[Line]) -> Line:
    """Describe the chamber: what is worst in its own figures or in a region's line."""
    chamber = document.live.chamber
    worst = _worst(document, chamber.findings, False)
    for line in regions:
        worst = _worse(worst, _SEVERITY.get(line.state))
    state = _state(worst, False, chamber.begun)
    verified = _verified(document, None)
    least = min(chamber.complete, chamber.begun, chamber.units if verified is None else verified)
    if state is State.GOOD and (least < chamber.units or chamber.open_seats):
        state = State.BEGUN
    if state is not State.ERROR and document.signing.of(None) is not None:
        state = State.SIGNED
    seats = document.election.pack.chamber.elected_seats
    return Line(seats, chamber.units, chamber.begun, chamber.complete, state, verified)


def _verified(document: Document, region: int | None) -> int | None:
    return document.states.counts(region)[UnitState.VERIFIED] if document.second.active else None


def _state(worst: Severity | None, typing: bool, begun: int) -> State:
    if worst is Severity.ERROR:
        return State.ERROR
    if worst is Severity.WARNING:
        return State.WARNING
    if typing:
        return State.TYPING
    return State.GOOD if begun else State.EMPTY


def _worst(document: Document, findings: tuple[Finding, ...], calm: bool) -> Severity | None:
    """Return what is worst of what asks for something: a warning with a reason asks for nothing more."""
    worst: Severity | None = None
    for finding in findings:
        if calm and finding.code == MISSING:
            continue
        warning = finding.severity is Severity.WARNING
        if warning and (worst is not None or explanation_of(document.records, finding) is not None):
            continue
        worst = _worse(worst, finding.severity)
    return worst


def _worse(one: Severity | None, other: Severity | None) -> Severity | None:
    for severity in (Severity.ERROR, Severity.WARNING):
        if severity in (one, other):
            return severity
    return None
