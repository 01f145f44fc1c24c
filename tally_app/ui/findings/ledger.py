"""Every finding in the order it is shown, kept up to date group by group; knows nothing of Qt."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from tally_app.checks.finding import TELLING, Finding, Severity
from tally_app.document.document import Document
from tally_app.document.explanations import Given, given
from tally_app.election.election import Election

MISSING = "E101"
"""While its unit is being typed this is no mistake yet."""

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
_CALM = 3
_ACCEPTED = 4
_WEIGHTY = {"N403": "close", "N404": "could"}
"""Notes that come before the others, if this fact is true."""


class Rank(NamedTuple):
    """Where a finding stands in the list, and, as nothing in it changes while somebody types, which one it is."""

    severity: int
    light: bool
    """A note like any other. False: one that stands out, a warning, an error."""
    region: int
    """Position of the region, −1 for the chamber."""
    row: int
    code: str
    party: int
    column: int
    facts: tuple[str, ...]
    """The facts that tell two findings of one code and place apart, such as the source."""
    group: int
    repeat: int = 0

    @property
    def calm(self) -> bool:
        """Is it about the unit that is being typed at the moment?"""
        return self.severity == _CALM


class Entry(NamedTuple):
    """A finding in its place, and the reason that was last given for it."""

    rank: Rank
    finding: Finding
    given: Given | None = None

    @property
    def accepted(self) -> bool:
        """Is it a warning with a reason that holds?"""
        return self.given is not None and self.given.holds


class Counts(NamedTuple):
    """How many findings there are. *typing*: missing figures of the unit that is being typed, not yet errors."""

    errors: int = 0
    warnings: int = 0
    """Those that nobody has accepted."""
    notes: int = 0
    typing: int = 0
    accepted: int = 0
    """Warnings with a reason that holds."""


@dataclass(slots=True)
class Changes:
    """What a refresh brought: ranks that went, entries that came, entries whose facts changed."""

    removed: list[Entry] = field(default_factory=list)
    added: list[Entry] = field(default_factory=list)
    changed: list[Entry] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.removed or self.added or self.changed)


class _Group(NamedTuple):
    """Findings of one region's sums, of one unit, or of the chamber, as they were taken in."""

    findings: tuple[Finding, ...] = ()
    calm: bool = False
    entries: Mapping[Rank, Entry] = {}


_NOTHING = _Group()


class Ledger:
    """All findings of a document: a refresh looks at the chamber and at the regions that were touched."""

    def __init__(self, document: Document) -> None:
        self._live = document.live
        self._records = document.records
        self._election = document.election
        self._chamber = _NOTHING
        self._regions = [_NOTHING] * len(self._election.regions)
        self._units: list[dict[int, _Group]] = [{} for _ in self._election.regions]
        self._counts = [0] * len(Counts())
        self.refresh(range(len(self._election.regions)), ())

    @property
    def counts(self) -> Counts:
        """How many findings there are of each kind."""
        return Counts(*self._counts)

    def entries(self) -> list[Entry]:
        """Every finding, worst first."""
        groups = [self._chamber, *self._regions, *(group for units in self._units for group in units.values())]
        return sorted((entry for group in groups for entry in group.entries.values()), key=_rank)

    def refresh(self, regions: Iterable[int], typing: Collection[int], *, reasons: bool = False) -> Changes:
        """Compare with the live results.

        Args: typing: rows of units that somebody is typing at the moment. reasons: somebody gave reasons, or took them
            back, so that the same findings may be accepted or not.
        """
        changes = Changes()
        self._chamber = self._replace(self._chamber, self._live.chamber_findings(), 0, False, changes, reasons)
        for region in regions:
            findings = self._live.region_findings(region)
            self._regions[region] = self._replace(self._regions[region], findings, 1, False, changes, reasons)
            self._refresh_units(region, typing, changes, reasons)
        return changes

    def _refresh_units(self, region: int, typing: Collection[int], changes: Changes, reasons: bool) -> None:
        known = self._units[region]
        now = self._live.unit_findings(region)
        for row, findings in now.items():
            old = known.get(row, _NOTHING)
            calm = row in typing
            if reasons or old.findings is not findings or old.calm != calm:
                known[row] = self._replace(old, findings, 2, calm, changes, reasons)
        if len(known) > len(now):
            for row in [row for row in known if row not in now]:
                self._replace(known.pop(row), (), 2, False, changes, False)

    def _replace(
        self, old: _Group, findings: tuple[Finding, ...], number: int, calm: bool, changes: Changes, reasons: bool
    ) -> _Group:
        if old.findings == findings and old.calm == calm and not reasons:
            return old._replace(findings=findings)  # the next comparison is one of identity
        entries: dict[Rank, Entry] = {}
        for finding in findings:
            rank = rank_of(self._election, finding, number, calm)
            while rank in entries:
                rank = rank._replace(repeat=rank.repeat + 1)
            entries[rank] = Entry(rank, finding, given(self._records, finding))
        changes.removed += [entry for rank, entry in old.entries.items() if rank not in entries]
        for rank, entry in entries.items():
            if rank not in old.entries:
                changes.added.append(entry)
            elif old.entries[rank] != entry:
                changes.changed.append(entry)
        self._count(old.entries.values(), -1)
        self._count(entries.values(), 1)
        return _Group(findings, calm, entries)

    def _count(self, entries: Iterable[Entry], by: int) -> None:
        for entry in entries:
            self._counts[_ACCEPTED if entry.accepted else entry.rank.severity] += by


def stands_out(finding: Finding) -> bool:
    """Is it a note that is more than information: a close seat, a difference that could change one?"""
    return finding.facts.get(_WEIGHTY.get(finding.code, "")) is True


def rank_of(election: Election, finding: Finding, group: int, calm: bool) -> Rank:
    """Return where a finding stands: worst first, then the chamber, then region by region and unit by unit."""
    place = finding.place
    row = -1
    if place.region is not None and place.unit is not None:
        row = election.row(place.region, place.unit)
    return Rank(
        severity=_CALM if calm and finding.code == MISSING else _ORDER[finding.severity],
        light=finding.severity is Severity.NOTE and not stands_out(finding),
        region=-1 if place.region is None else election.region_index[place.region],
        row=row,
        code=finding.code,
        party=election.party_index.get(place.party or "", -1),
        column=election.column_index.get(place.column or "", -1),
        facts=tuple(str(finding.facts.get(name, "")) for name in TELLING),
        group=group,
    )


def _rank(entry: Entry) -> Rank:
    return entry.rank
