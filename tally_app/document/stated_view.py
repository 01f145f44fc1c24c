"""What sources state of the chamber, a region or a unit, side by side with what is computed: rows of plain values."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import chain
from typing import NamedTuple, cast

from tally_app.allocation.allocate import Allocation
from tally_app.checks.closeness import size
from tally_app.checks.finding import Finding
from tally_app.checks.stated import (
    Stated,
    Subject,
    check_accounted,
    check_majority,
    check_stated,
    unit_subject,
)
from tally_app.count.figures import FigureKey
from tally_app.count.rounding import decimals_of, percentage
from tally_app.document.counting import open_to
from tally_app.document.document import Document
from tally_app.document.sources import sources
from tally_app.election.model import FigureKind
from tally_app.election.stating import PERCENTAGES, misplaced

_BALLOTS: tuple[FigureKind, ...] = ("registered", "cast", "valid", "blank", "invalid", "turnout", "majority")
_BY_CODE: Mapping[str, FigureKind] = {
    "E203": "seats",
    "E205": "cast",
    "W206": "share",
    "W208": "turnout",
    "W210": "majority",
}
_PRINTED = 2
"""Decimals of a computed percentage."""


class Scope(NamedTuple):
    """What figures are stated of: by keys. Without unit a region, without region the chamber."""

    region: str | None = None
    unit: str | None = None


class Verdict(NamedTuple):
    """Can a row's widest difference change a seat? *votes*: the fewest that can [ballots], None: not known."""

    size: int
    votes: int | None

    @property
    def could(self) -> bool:
        """Is the difference as large as what can?"""
        return self.votes is not None and self.size >= self.votes


class StatedCell(NamedTuple):
    """What one source states of a figure."""

    key: FigureKey
    text: str | None
    """As printed; None: nothing."""
    difference: str | None
    """Computed minus stated, with a sign, to the decimals that are stated; None: one of them is not there."""
    findings: tuple[Finding, ...]
    """What contradicts it."""


class StatedRow(NamedTuple):
    """One figure: computed, and as each source states it, in the order of the sources."""

    figure: FigureKind
    party: str | None
    computed: str | None
    """Plain digits; percentages with two decimals. None: not entered, or not to be computed yet."""
    whole: bool
    """Is everything entered that it is computed from?"""
    cells: tuple[StatedCell, ...]
    verdict: Verdict | None
    """None: no difference of ballots is open. Registered voters are no ballots."""
    findings: tuple[Finding, ...]
    """What contradicts the figure, whoever states it."""


Typed = tuple[FigureKey, str | None]
"""A figure that is being typed, and its text so far."""


def stated_rows(document: Document, scope: Scope, typed: Typed | None = None) -> tuple[StatedRow, ...]:
    """Return a row for every figure that can be stated of *scope*: votes, percentages and seats by party, and the rest.

    What is being typed counts: the draft of an entry, and *typed* of a stated figure. The cost does not depend on the
    number of units.

    Raises: KeyError: there is no such region or unit.
    """
    stated = _stated(document, scope, typed)
    subject = _subject(document, scope, stated)
    found = _by_figure(_findings(document, subject))
    votes = least_votes(document, scope.region)
    keys = [source.key for source in sources(document.election, document.records)]
    return tuple(
        _row(subject, figure, party, keys, found.get((figure, party), ()), votes)
        for figure, party in _figures(document, scope)
    )


def least_votes(document: Document, region: str | None) -> int | None:
    """Return the fewest votes that move a seat of a region, or of any, as far as they are known already."""
    election = document.election
    positions = range(len(election.regions)) if region is None else (election.region_index[region],)
    changes = (document.late.change(position) for position in positions)
    return min((change.votes for change in changes if change is not None), default=None)


def _figures(document: Document, scope: Scope) -> Iterator[tuple[FigureKind, str | None]]:
    where = {"region": scope.region is not None, "unit": scope.unit is not None}
    by_party: tuple[FigureKind, ...] = ("votes", "share", "seats")
    for figure in by_party:
        if not any(misplaced(figure, party=True, **where)):
            for party in document.election.parties:
                yield figure, party.key
    for figure in _BALLOTS:
        if not any(misplaced(figure, party=False, **where)):
            yield figure, None


def _stated(document: Document, scope: Scope, typed: Typed | None) -> Stated:
    """What is stated of the scope, as if *typed* were taken down."""
    stated = document.statements.about(scope.region, scope.unit)
    if typed is None or (typed[0].region, typed[0].unit) != scope:
        return stated
    key, text = typed
    by_source = dict(stated.get((key.figure, key.party), {}))
    by_source.pop(key.source, None)
    if text is not None:
        by_source[key.source] = text
    return {**stated, (key.figure, key.party): by_source}


def _subject(document: Document, scope: Scope, stated: Stated) -> Subject:
    election, live = document.election, document.live
    draft = live.draft.change if live.draft is not None else None
    if scope.region is None:
        results = [live.region(region).allocation for region in range(len(election.regions))]
        tally = document.book.chamber_tally(draft)
        return Subject(election, None, tally, live.chamber.seats, open_to(results), stated)
    region = election.region_index[scope.region]
    if scope.unit is not None:
        row = election.row(scope.region, scope.unit)
        values = list(document.book.row(row))
        if draft is not None and draft.cell.row == row:
            values[draft.cell.column] = draft.new
        return unit_subject(election, row, values, stated)
    inside = draft is not None and election.region_of(draft.cell.row) == region
    tally = document.book.tally(region, draft if inside else None)
    allocation: Allocation = live.region(region).allocation
    return Subject(election, scope.region, tally, allocation.seats, open_to([allocation]), stated)


def _findings(document: Document, subject: Subject) -> Iterator[Finding]:
    yield from check_stated(subject)
    if subject.region is None:
        yield from check_accounted(subject)
        yield from check_majority(document.election, subject.stated)


def _by_figure(findings: Iterator[Finding]) -> Mapping[tuple[FigureKind, str | None], tuple[Finding, ...]]:
    found: dict[tuple[FigureKind, str | None], tuple[Finding, ...]] = {}
    for finding in findings:
        about = figure_of(finding)
        if about is not None:
            found[about] = (*found.get(about, ()), finding)
    return found


def figure_of(finding: Finding) -> tuple[FigureKind, str | None] | None:
    """Return the figure, and its party, that a finding about stated figures contradicts; None for any other."""
    place, facts = finding.place, finding.facts
    match finding.code:
        case "E201" | "E202":
            return ("votes", place.party) if place.party else (cast("FigureKind", place.column), None)
        case "E204":
            return cast("FigureKind", facts["limit"]), None
        case "W207":
            return cast("FigureKind", facts["figure"]), place.party
        case code if code in _BY_CODE:
            return _BY_CODE[code], place.party
    return None


def _is_about(finding: Finding, source: str) -> bool:
    names = ("limit_source",) if finding.code == "E204" else ("source", "other_source")
    return source in (finding.facts.get(name) for name in names)


def _row(
    subject: Subject,
    figure: FigureKind,
    party: str | None,
    keys: list[str],
    findings: tuple[Finding, ...],
    votes: int | None,
) -> StatedRow:
    by_source = subject.stated.get((figure, party), {})
    cells = []
    for source in keys:
        text = by_source.get(source)
        key = FigureKey(source, figure, subject.region, subject.unit, party)
        own = tuple(finding for finding in findings if _is_about(finding, source))
        cells.append(StatedCell(key, text, _difference(subject, figure, party, text), own))
    sizes = [] if figure == "registered" else [found for found in map(size, findings) if found]
    computed, whole = _computed(subject, figure, party, _PRINTED)
    verdict = Verdict(max(sizes), votes) if sizes else None
    return StatedRow(figure, party, computed, whole, tuple(cells), verdict, findings)


def _difference(subject: Subject, figure: FigureKind, party: str | None, text: str | None) -> str | None:
    if text is None:
        return None
    computed, _ = _computed(subject, figure, party, decimals_of(text))
    if computed is None:
        return None
    difference = Decimal(computed) - Decimal(text)
    return f"{difference:+f}" if difference else "0"


def _computed(subject: Subject, figure: FigureKind, party: str | None, decimals: int) -> tuple[str | None, bool]:
    """Return a figure as the entered ones give it, and whether all of them are there."""
    if figure in PERCENTAGES:
        part, whole, all_there = _fraction(subject, figure, party)
        return (percentage(part, whole, decimals) if part is not None and whole else None), all_there
    if figure == "majority":
        return str(subject.election.pack.chamber.total_seats // 2 + 1), True
    if figure == "seats":
        won = subject.seats[subject.election.party_index[party or ""]]
        return (str(won) if subject.begun else None), subject.counted
    if figure == "cast" and subject.region is None and "cast" not in subject.election.column_index:
        return _accounted(subject)
    total, all_there = subject.total_of(figure, party)
    return (None if total is None else str(total)), all_there


def _accounted(subject: Subject) -> tuple[str | None, bool]:
    """Ballots that the forms account for, where they do not say how many were cast: as E205 compares them."""
    rest = [subject.total(key) for key in ("blank", "invalid") if key in subject.election.column_index]
    total = sum(subject.votes) + sum(value or 0 for value, _ in rest)
    return (str(total) if subject.begun else None), subject.counted and all(there for _, there in rest)


def _fraction(subject: Subject, figure: FigureKind, party: str | None) -> tuple[int | None, int | None, bool]:
    if figure == "turnout":
        cast_, registered = subject.known("cast"), subject.known("registered")
        return cast_, registered, cast_ is not None and registered is not None
    votes, _ = subject.total_of("votes", party)
    return votes, sum(subject.votes), subject.counted


def all_findings(rows: tuple[StatedRow, ...]) -> tuple[Finding, ...]:
    """Return what contradicts the figures of the rows, in their order."""
    return tuple(chain.from_iterable(row.findings for row in rows))


def key_of(finding: Finding) -> FigureKey | None:
    """Return the stated figure that a finding contradicts; None where it is about none, or about what is entered."""
    about = figure_of(finding)
    source = finding.facts.get("limit_source" if finding.code == "E204" else "source")
    if about is None or not isinstance(source, str):
        return None
    return FigureKey(source, about[0], finding.place.region, finding.place.unit, about[1])
