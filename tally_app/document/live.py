"""Results that keep up with the typing: a change recomputes its own region and the chamber, nothing else."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from tally_app.allocation.allocate import allocate
from tally_app.checks.definition import check_definition
from tally_app.checks.entry import Form, check_form
from tally_app.checks.finding import Finding
from tally_app.checks.screen import suspect_rows
from tally_app.checks.second import check_second
from tally_app.checks.stated import (
    Stated,
    Subject,
    check_accounted,
    check_everywhere,
    check_majority,
    check_stated,
    unit_subject,
)
from tally_app.count.book import BallotBook
from tally_app.count.figures import Cell, CellChange, FigureKey, StatedChange
from tally_app.count.statements import Statements
from tally_app.count.tally import Tally
from tally_app.document.counting import Counting, open_to, replaced, together
from tally_app.document.late_store import LateStore, UnitFindings
from tally_app.document.lots import Lot
from tally_app.document.results import ChamberResult, RegionResult
from tally_app.document.second_entry import SecondEntries
from tally_app.election.election import Election

NO_LOTS: Mapping[str, Lot] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Draft:
    """Results as if the open cell's digits were entered."""

    change: CellChange
    region: RegionResult
    chamber: ChamberResult
    form_findings: tuple[Finding, ...]
    """Findings about the unit that is being typed."""
    elsewhere: Mapping[int, RegionResult]
    """Other regions whose seats may change, too: somebody passes, or misses, a threshold of the whole chamber."""

    @property
    def row(self) -> int:
        """The unit that is being typed."""
        return self.change.cell.row


@dataclass(frozen=True, slots=True)
class StatedDraft:
    """Results as if the stated figure that is being typed were taken down."""

    change: StatedChange
    region: RegionResult
    chamber: ChamberResult
    row: int | None = None
    """The unit that it is about; None: it is about the region."""
    form_findings: tuple[Finding, ...] = ()
    """Findings about that unit."""


class LiveResults:
    """Results of every region and of the chamber, for what is entered and, beside it, for the draft."""

    def __init__(
        self,
        election: Election,
        book: BallotBook,
        statements: Statements,
        lots: Mapping[str, Lot] = NO_LOTS,
        second: SecondEntries | None = None,
    ) -> None:
        self._election = election
        self._book = book
        self._statements = statements
        self._second = second
        self._late = LateStore(election)
        self._merged: dict[int, UnitFindings] = {}
        self._definition = tuple(check_definition(election))
        self._everywhere: tuple[Finding, ...] = ()
        self._unit_findings: list[dict[int, tuple[Finding, ...]]] = [{} for _ in election.regions]
        for region in range(len(election.regions)):
            for row in suspect_rows(election, region, book.block(region)):
                self._check_unit(row)
        for row in second.contested(book) if second is not None else ():
            self._check_unit(row)
        for keys in statements.units():
            self._check_unit(election.row(*keys))
        self._unit_findings = [dict(sorted(found.items())) for found in self._unit_findings]
        self._counting = Counting(election, statements, lots)
        regions = range(len(election.regions))
        self._ballots = [self._counting.ballots(region, book.tally(region)) for region in regions]
        self._everywhere_ballots = together(self._ballots)
        self._standing = self._counting.rules.chamber_standing(self._everywhere_ballots)
        self._stale: set[int] = set()
        self._regions = [
            self._counting.result(region, book.tally(region), self._everywhere_ballots) for region in regions
        ]
        self._refresh_everywhere()
        self._chamber = self._sum_up(book.chamber_tally(), {})
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
        if self._draft and region in self._draft.elsewhere:
            return self._draft.elsewhere[region]
        return self.committed_region(region)

    def committed_region(self, region: int) -> RegionResult:
        """Results of a region from what is entered."""
        if region in self._stale:  # its seats stand, but how far a list is from the chamber's threshold has changed
            self._stale.remove(region)
            tally = self._book.tally(region)
            self._regions[region] = self._counting.result(region, tally, self._everywhere_ballots)
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
        committed = self._all_unit_findings(region)
        draft = self._draft or self._stated_draft
        if draft is None or draft.region.region != region or draft.row is None:
            return committed
        row = draft.row
        merged = {**committed, row: (*draft.form_findings, *self._late.of_unit(region, row))}
        return {row: merged[row] for row in sorted(merged) if merged[row]}

    def region_findings(self, region: int) -> tuple[Finding, ...]:
        """Findings about the figures of a region as a whole, with the draft, and those that came late."""
        return (*self.region(region).findings, *self._late.of_region(region))

    def chamber_findings(self) -> tuple[Finding, ...]:
        """Findings about all regions together, with the draft, and those that came late."""
        return (*self.chamber.findings, *self._late.of_region(None))

    def put_late(self, region: int | None, findings: Iterable[Finding]) -> bool:
        """Take over findings that were computed after the key press; return whether they are others than before."""
        changed = self._late.put(region, findings)
        if region is not None:  # only now: while they are made, the findings may ask for those of the units
            self._merged.pop(region, None)
        return changed

    def seats_with(self, region: int, votes: Sequence[int]) -> tuple[int, ...]:
        """Return the seats of a region as if its lists had other votes [ballots, by party]."""
        ballots = self._counting.ballots(region, self._book.tally(region))
        standing = self._election.standing[region]
        instead = ballots._replace(votes=tuple(v if s else 0 for v, s in zip(votes, standing, strict=True)))
        everywhere = replaced(self._everywhere_ballots, ballots, instead)
        return allocate(self._counting.rules.contest(region, instead, everywhere)).seats

    def findings(self) -> list[Finding]:
        """Return every finding: the chamber's, then region by region, each with its units'."""
        everything = list(self.chamber_findings())
        for region in range(len(self._election.regions)):
            everything += self.region_findings(region)
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
        form_findings = self._check_form(Form(self._election, region, cell.row, tuple(figures)))
        region_result, elsewhere = self._result(region, change)
        chamber = self._sum_up(self._book.chamber_tally(change), {**elsewhere, region: region_result})
        self._draft = Draft(change, region_result, chamber, form_findings, elsewhere)
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
        result, _ = self._result(region)
        row = None if key.unit is None else self._election.row(key.region, key.unit)
        form = () if row is None else self._check_form(Form(self._election, region, row, self._book.row(row)))
        chamber = self._sum_up(self._book.chamber_tally(), {region: result})
        self._stated_draft = StatedDraft(change, result, chamber, row, form)
        self._statements.put([StatedChange(key, text, old)])
        self._everywhere = everywhere
        return self._stated_draft

    def clear_draft(self) -> None:
        """Return to what is entered."""
        self._draft = None
        self._stated_draft = None

    def refresh(
        self,
        cells: Iterable[CellChange],
        stated: Iterable[StatedChange],
        about: Iterable[int] = (),
        units: Iterable[int] = (),
    ) -> frozenset[int]:
        """Recompute after the books changed; return the positions of the regions that were touched.

        *about*: regions about which something was recorded, *units*: rows of units whose second entry changed.
        """
        self.clear_draft()
        stated = tuple(stated)
        rows = {change.cell.row for change in cells} | set(units)
        rows |= {self._election.row(key.region, key.unit) for key, _, _ in stated if key.region and key.unit}
        regions = {self._election.region_of(row) for row in rows} | set(about)
        regions |= {self._election.region_index[key.region] for key, _, _ in stated if key.region is not None}
        for row in rows:
            self._check_unit(row)
        for region in regions:
            self._unit_findings[region] = dict(sorted(self._unit_findings[region].items()))
        self._recount(regions)
        self._refresh_everywhere()
        self._chamber = self._sum_up(self._book.chamber_tally(), {})
        return frozenset(regions)

    def _check_unit(self, row: int) -> None:
        region = self._election.region_of(row)
        findings = self._check_form(Form(self._election, region, row, self._book.row(row)))
        self._merged.pop(region, None)
        if findings:
            self._unit_findings[region][row] = findings
        else:
            self._unit_findings[region].pop(row, None)

    def _all_unit_findings(self, region: int) -> UnitFindings:
        """Return what is committed and what came late; put together once, not for every cell that is painted."""
        if region not in self._merged:
            self._merged[region] = self._late.merged(region, self._unit_findings[region])
        return self._merged[region]

    def _check_form(self, form: Form) -> tuple[Finding, ...]:
        """Return the findings about one form, where its second entry differs, and about what is stated of it."""
        findings = tuple(check_form(form))
        second = self._second
        if second is not None and second.entry(form.row) is not None:
            findings += tuple(check_second(form, second.figures(form.row), second.settled(form.row)))
        region, unit = self._election.regions[form.region].key, self._election.unit(form.row).key
        stated = self._statements.about(region, unit)
        if stated:
            findings += tuple(check_stated(unit_subject(self._election, form.row, form.values, stated)))
        return findings

    def _result(self, region: int, change: CellChange | None = None) -> tuple[RegionResult, Mapping[int, RegionResult]]:
        """Return a region's result and, where a threshold is the chamber's, those that change with it elsewhere."""
        tally = self._book.tally(region, change)
        if not self._counting.rules.spans_chamber:
            return self._counting.result(region, tally, self._everywhere_ballots), {}
        here = self._counting.ballots(region, tally)
        everywhere = replaced(self._everywhere_ballots, self._ballots[region], here)
        result = self._counting.result(region, tally, everywhere)
        if self._counting.rules.chamber_standing(everywhere) == self._standing:
            return result, {}
        others = (other for other in range(len(self._regions)) if other != region)
        return result, {other: self._counting.result(other, self._book.tally(other), everywhere) for other in others}

    def _recount(self, regions: Iterable[int]) -> None:
        """Bring the results of regions up to date, and those that depend on them."""
        touched = set(regions)
        if self._counting.rules.spans_chamber:
            touched |= self._recount_ballots(touched)
        for region in touched:
            self._regions[region] = self._counting.result(region, self._book.tally(region), self._everywhere_ballots)
        self._stale -= touched

    def _recount_ballots(self, regions: Iterable[int]) -> set[int]:
        """Add the ballots up anew; return every region if somebody passes, or misses, a chamber's threshold by it."""
        for region in regions:
            self._ballots[region] = self._counting.ballots(region, self._book.tally(region))
        self._everywhere_ballots = together(self._ballots)
        before, self._standing = self._standing, self._counting.rules.chamber_standing(self._everywhere_ballots)
        self._stale = set(range(len(self._regions)))
        return set(self._stale) if before != self._standing else set()

    def _sum_up(self, tally: Tally, drafted: Mapping[int, RegionResult]) -> ChamberResult:
        election = self._election
        results = [drafted.get(region, result) for region, result in enumerate(self._regions)]
        seats = tuple(map(sum, zip(*(result.allocation.seats for result in results), strict=True)))
        still_open = open_to(result.allocation for result in results)
        stated = self._statements.about()
        subject = Subject(election, None, tally, seats, still_open, stated)
        findings = (
            *check_stated(subject),
            *check_accounted(subject),
            *check_majority(election, stated),
            *self._everywhere,
            *self._definition,
        )
        return ChamberResult(
            votes=self._counting.votes(tally),
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
