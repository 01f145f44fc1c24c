"""Results that keep up with the typing: a change recomputes its own region and the chamber, nothing else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tally_app.allocation.allocate import allocate
from tally_app.allocation.outcome import Allocation
from tally_app.checks.definition import check_definition
from tally_app.checks.entry import Form, check_form, check_waiting
from tally_app.checks.finding import Finding
from tally_app.checks.outcome import check_tie
from tally_app.checks.screen import suspect_rows
from tally_app.checks.stated import (
    Stated,
    Subject,
    check_accounted,
    check_everywhere,
    check_majority,
    check_stated,
)
from tally_app.count.book import BallotBook
from tally_app.count.figures import Cell, CellChange, FigureKey, StatedChange
from tally_app.count.statements import Statements
from tally_app.count.tally import Tally
from tally_app.document.results import ChamberResult, RegionResult
from tally_app.election.election import Election

UnitFindings = Mapping[int, tuple[Finding, ...]]
"""Row → findings about that unit; units without any are absent."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Results as if the open cell's digits were entered."""

    change: CellChange
    region: RegionResult
    chamber: ChamberResult
    form_findings: tuple[Finding, ...]
    """Findings about the unit that is being typed."""


@dataclass(frozen=True, slots=True)
class StatedDraft:
    """Results as if the stated figure that is being typed were taken down."""

    change: StatedChange
    region: RegionResult
    chamber: ChamberResult


class LiveResults:
    """Results of every region and of the chamber, for what is entered and, beside it, for the draft."""

    def __init__(self, election: Election, book: BallotBook, statements: Statements) -> None:
        self._election = election
        self._book = book
        self._statements = statements
        self._definition = tuple(check_definition(election))
        self._everywhere: tuple[Finding, ...] = ()
        self._unit_findings: list[dict[int, tuple[Finding, ...]]] = [{} for _ in election.regions]
        for region in range(len(election.regions)):
            for row in suspect_rows(election, region, book.block(region)):
                self._check_unit(row)
        self._regions = [self._region(region, book.tally(region)) for region in range(len(election.regions))]
        self._refresh_everywhere()
        self._chamber = self._sum_up(book.chamber_tally(), None)
        self._draft: Draft | None = None
        self._stated_draft: StatedDraft | None = None

    @property
    def stated_draft(self) -> StatedDraft | None:
        """The stated figure that is being typed, or None."""
        return self._stated_draft

    @property
    def draft(self) -> Draft | None:
        """What is being typed, or None."""
        return self._draft

    def region(self, region: int) -> RegionResult:
        """Results of a region, with the draft if it is there."""
        for draft in (self._draft, self._stated_draft):
            if draft and draft.region.region == region:
                return draft.region
        return self._regions[region]

    def committed_region(self, region: int) -> RegionResult:
        """Results of a region from what is entered."""
        return self._regions[region]

    @property
    def chamber(self) -> ChamberResult:
        """Results of all regions, with the draft."""
        draft = self._draft or self._stated_draft
        return draft.chamber if draft else self._chamber

    @property
    def committed_chamber(self) -> ChamberResult:
        """Results of all regions from what is entered."""
        return self._chamber

    def unit_findings(self, region: int) -> UnitFindings:
        """Findings about the units of a region, by row, with the draft."""
        committed = self._unit_findings[region]
        if self._draft is None or self._draft.region.region != region:
            return committed
        merged = {**committed, self._draft.change.cell.row: self._draft.form_findings}
        return {row: merged[row] for row in sorted(merged) if merged[row]}

    def findings(self) -> list[Finding]:
        """Return every finding: the chamber's, then region by region, each with its units'."""
        everything = list(self.chamber.findings)
        for region in range(len(self._election.regions)):
            everything += self.region(region).findings
            for row_findings in self.unit_findings(region).values():
                everything += row_findings
        return everything

    def set_draft(self, cell: Cell, value: int | None) -> Draft | None:
        """Let *value* stand in *cell* until it is entered or taken back. The same value as entered is no draft."""
        old = self._book.value(cell)
        self.clear_draft()
        if value == old:
            return None
        change = CellChange(cell, old, value)
        region = self._election.region_of(cell.row)
        figures = list(self._book.row(cell.row))
        figures[cell.column] = value
        form_findings = tuple(check_form(Form(self._election, region, cell.row, tuple(figures))))
        region_result = self._region(region, self._book.tally(region, change))
        chamber = self._sum_up(self._book.chamber_tally(change), region_result)
        self._draft = Draft(change, region_result, chamber, form_findings)
        return self._draft

    def set_stated_draft(self, key: FigureKey, text: str | None) -> StatedDraft | None:
        """Let a region's stated figure be *text* until it is taken down or taken back."""
        old = self._statements.value(key)
        self.clear_draft()
        if key.region is None or text == old:
            return None
        region = self._election.region_index[key.region]
        change = StatedChange(key, old, text)
        everywhere = self._everywhere
        self._statements.put([change])
        self._refresh_everywhere()
        result = self._region(region, self._book.tally(region))
        self._stated_draft = StatedDraft(change, result, self._sum_up(self._book.chamber_tally(), result))
        self._statements.put([StatedChange(key, text, old)])
        self._everywhere = everywhere
        return self._stated_draft

    def clear_draft(self) -> None:
        """Return to what is entered."""
        self._draft = None
        self._stated_draft = None

    def refresh(self, cells: Iterable[CellChange], stated: Iterable[StatedChange]) -> frozenset[int]:
        """Recompute after the books changed; return the positions of the regions that were touched."""
        self.clear_draft()
        rows = {change.cell.row for change in cells}
        regions = {self._election.region_of(row) for row in rows}
        regions |= {self._election.region_index[key.region] for key, _, _ in stated if key.region is not None}
        for row in rows:
            self._check_unit(row)
        for region in regions:
            self._unit_findings[region] = dict(sorted(self._unit_findings[region].items()))
            self._regions[region] = self._region(region, self._book.tally(region))
        self._refresh_everywhere()
        self._chamber = self._sum_up(self._book.chamber_tally(), None)
        return frozenset(regions)

    def _check_unit(self, row: int) -> None:
        region = self._election.region_of(row)
        findings = tuple(check_form(Form(self._election, region, row, self._book.row(row))))
        if findings:
            self._unit_findings[region][row] = findings
        else:
            self._unit_findings[region].pop(row, None)

    def _region(self, region: int, tally: Tally) -> RegionResult:
        election = self._election
        definition = election.regions[region]
        votes = _votes(election, tally)
        standing = election.standing[region]
        eligible = [count if stands else 0 for count, stands in zip(votes, standing, strict=True)]
        allocation = allocate(election.pack.rule, eligible, definition.seats)
        stated = self._statements.about(definition.key)
        open_to = _open_to(len(election.parties), (allocation,))
        subject = Subject(election, definition.key, tally, allocation.seats, open_to, stated)
        findings = (
            *check_tie(election, region, allocation, subject.counted),
            *check_stated(subject),
            *check_waiting(definition.key, tally, "registered" in election.column_index),
        )
        return RegionResult(
            region=region,
            votes=votes,
            eligible=tuple(eligible),
            sums=tally.sums,
            allocation=allocation,
            units=tally.units,
            begun=tally.begun,
            complete=tally.complete,
            findings=findings,
        )

    def _sum_up(self, tally: Tally, drafted: RegionResult | None) -> ChamberResult:
        election = self._election
        results = [drafted if drafted and drafted.region == i else result for i, result in enumerate(self._regions)]
        seats = tuple(map(sum, zip(*(result.allocation.seats for result in results), strict=True)))
        open_to = _open_to(len(election.parties), (result.allocation for result in results))
        stated = self._statements.about()
        subject = Subject(election, None, tally, seats, open_to, stated)
        findings = (
            *check_stated(subject),
            *check_accounted(subject),
            *check_majority(election, stated),
            *self._everywhere,
            *self._definition,
        )
        return ChamberResult(
            votes=_votes(election, tally),
            sums=tally.sums,
            seats=seats,
            open_seats=sum(result.allocation.open_seats for result in results),
            units=tally.units,
            begun=tally.begun,
            complete=tally.complete,
            findings=findings,
        )

    def _refresh_everywhere(self) -> None:
        election = self._election
        stated: list[Stated] = [self._statements.about(region.key) for region in election.regions]
        tallies = [self._book.tally(region) for region in range(len(election.regions))]
        self._everywhere = tuple(check_everywhere(election, stated, tallies))


def _votes(election: Election, tally: Tally) -> tuple[int, ...]:
    return tuple(tally.sums[column] or 0 for column in election.party_columns)


def _open_to(parties: int, allocations: Iterable[Allocation]) -> tuple[int, ...]:
    """Seats that each party could still win in open ties: one of each tie that it is part of."""
    open_to = [0] * parties
    for allocation in allocations:
        for party in allocation.tie.parties if allocation.tie else ():
            open_to[party] += 1
    return tuple(open_to)
