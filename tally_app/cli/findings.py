"""Findings as commands list them: numbered, the worst first, with cause, repairs and accepted reasons as values."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from tally_app.checks.causes import Cause
from tally_app.checks.claims import Claim
from tally_app.checks.finding import Finding, Place, Severity
from tally_app.checks.repair import Repair, Repairs
from tally_app.document.document import Document
from tally_app.document.explanations import Given, given
from tally_app.election.election import Election
from tally_app.wording.findings import advice, sentence
from tally_app.wording.names import Names
from tally_app.wording.repairs import cause_line, repair_sentence

_WORST_FIRST = tuple(Severity)


class FoundPlace(Struct, frozen=True):
    """Where, by keys. Without region: the chamber."""

    region: str | None
    unit: str | None
    party: str | None
    column: str | None


class Accepted(Struct, frozen=True):
    """The reason that was last given for a warning. Not *holds*: a figure has changed since, it does not count."""

    reason: str
    by: str
    holds: bool


class Found(Struct, frozen=True):
    """One finding. *number*: as ``explain`` takes it; *cause* and *repairs*: numbers in those lists, from 1."""

    code: str
    severity: str
    place: FoundPlace
    facts: dict[str, object]
    sentence: str
    number: int
    advice: str
    cause: int
    repairs: list[int]
    accepted: Accepted | None


class FoundChange(Struct, frozen=True):
    """A cell before and after; null is *not entered*."""

    region: str
    unit: str
    column: str
    old: int | None
    new: int | None


class FoundClaim(Struct, frozen=True):
    """Something stated or added up, before and after a repair."""

    code: str
    place: FoundPlace
    source: str | None
    figure: str
    stated: str
    before: str
    after: str


class FoundRepair(Struct, frozen=True):
    """A slip that explains more than it contradicts. *seats*: of the region, by party; null where nothing is entered.

    *alone*: no other cell explains as much of the same; else it is one of *cells*.
    """

    number: int
    kind: str
    place: FoundPlace
    source: str | None
    changes: list[FoundChange]
    score: int
    alone: bool
    cells: int
    fixed: list[FoundClaim]
    broken: list[FoundClaim]
    seats_before: dict[str, int] | None
    seats_after: dict[str, int] | None
    sentence: str


class FoundCause(Struct, frozen=True):
    """What probably is one mistake: its findings' numbers, the first the worst; *repair*: a number, or null."""

    number: int
    findings: list[int]
    repair: int | None
    sentence: str


def numbered(document: Document) -> dict[int, Finding]:
    """Return every finding by its number: the worst first, then the chamber's, then region by region."""
    findings = sorted(document.live.findings(), key=_severity_rank)
    return dict(enumerate(findings, 1))


def found(document: Document, names: Names, findings: Mapping[int, Finding], causes: Sequence[Cause]) -> list[Found]:
    """Return findings as values. *causes*: they, by cause."""
    repairs = document.late.repairs or Repairs()
    cause_of = {id(each): number for number, cause in enumerate(causes, 1) for each in cause.findings}
    number_of = {id(repair): number for number, repair in enumerate(repairs.found, 1)}
    return [
        Found(
            code=finding.code,
            severity=finding.severity.value,
            place=FoundPlace(*finding.place),
            facts={**finding.facts},
            sentence=sentence(names, finding),
            number=number,
            advice=advice(finding),
            cause=cause_of[id(finding)],
            repairs=[number_of[id(repair)] for repair in repairs.explaining(finding).found],
            accepted=accepted(given(document.records, finding)),
        )
        for number, finding in findings.items()
    ]


def found_repairs(election: Election, names: Names, repairs: Repairs) -> list[FoundRepair]:
    """Return repairs as values, the best first."""
    return [_repair(election, names, repairs, number, repair) for number, repair in enumerate(repairs.found, 1)]


def found_causes(
    names: Names, causes: Sequence[Cause], findings: Mapping[int, Finding], repairs: Repairs
) -> list[FoundCause]:
    """Return causes as values, the worst first."""
    number_of = {id(finding): number for number, finding in findings.items()}
    repair_of = {id(repair): number for number, repair in enumerate(repairs.found, 1)}
    return [
        FoundCause(
            number,
            [number_of[id(each)] for each in cause.findings],
            None if cause.repair is None else repair_of[id(cause.repair)],
            cause_line(names, cause),
        )
        for number, cause in enumerate(causes, 1)
    ]


def accepted(last: Given | None) -> Accepted | None:
    """Return a reason as a value."""
    return None if last is None else Accepted(last.explanation.reason, last.explanation.by, last.holds)


def place_of(place: FoundPlace) -> Place:
    """Return a place as names take it."""
    return Place(place.region, place.unit, place.party, place.column)


def _repair(election: Election, names: Names, repairs: Repairs, number: int, repair: Repair) -> FoundRepair:
    rivals = {other.where for other in repairs.rivals(repair)}
    keys = [party.key for party in election.parties]
    seats = [dict(zip(keys, seats, strict=True)) for seats in (repair.seats_before, repair.seats_after) if seats]
    return FoundRepair(
        number=number,
        kind=repair.kind.value,
        place=FoundPlace(*repair.place),
        source=repair.source,
        changes=[
            FoundChange(
                election.regions[election.region_of(cell.row)].key,
                election.unit(cell.row).key,
                election.columns[cell.column].key,
                old,
                new,
            )
            for cell, old, new in repair.changes
        ],
        score=repair.score,
        alone=not rivals,
        cells=len(rivals) + 1,
        fixed=_claims(repair.fixed),
        broken=_claims(repair.broken),
        seats_before=seats[0] if seats else None,
        seats_after=seats[1] if seats else None,
        sentence=repair_sentence(names, repair, repairs),
    )


def _claims(claims: Iterable[Claim]) -> list[FoundClaim]:
    return [
        FoundClaim(
            each.code, FoundPlace(*each.place), each.source, each.figure, each.stated_after, each.before, each.after
        )
        for each in claims
    ]


def _severity_rank(finding: Finding) -> int:
    return _WORST_FIRST.index(finding.severity)
