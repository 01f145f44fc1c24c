"""Findings and repairs that may take longer than a key press: computed in slices between two of them.

Whoever shows them calls ``Document.work`` while nothing else is to be done. A newer edit drops what an older search had
found so far, so nothing is ever offered for figures that are not there any more.
"""

from collections.abc import Collection, Iterable, Iterator
from time import perf_counter

from tally_app.allocation.contest import Contest
from tally_app.allocation.margins import has_margins
from tally_app.allocation.methods import Special
from tally_app.checks.closeness import Change, changes, check_margin, check_sizes
from tally_app.checks.finding import Finding
from tally_app.checks.plausibility import check_swapped
from tally_app.checks.repairs import Repairs, Search
from tally_app.checks.twins import Twins
from tally_app.count.book import BallotBook
from tally_app.count.statements import Statements
from tally_app.document.known_rows import known_rows
from tally_app.document.live import LiveResults
from tally_app.document.records import RecordBook
from tally_app.election.election import Election

_MOST_WORK = {Special.BALINSKI_YOUNG: 200, Special.DUTCH_MUNICIPAL: 1000}
"""Lists × seats beyond which the margins of these methods take seconds."""
_SLICE = 0.002
"""A part of the search for repairs [s]."""


class LateFindings:
    """N403 and N404, W501 and W502, and the repairs, brought up to date on demand."""

    def __init__(
        self,
        election: Election,
        book: BallotBook,
        statements: Statements,
        records: RecordBook,
        live: LiveResults,
    ) -> None:
        self._election = election
        self._book = book
        self._statements = statements
        self._records = records
        self._live = live
        self._stale = dict.fromkeys(range(len(election.regions)))
        self._swapped: dict[int, tuple[Finding, ...]] = {}
        self._changes: dict[int, Change | None] = {}
        self._chamber_stale = True
        self._twins: Twins | None = None
        self._changed_rows: set[int] = set()
        self._search: Search | None = None
        self._steps: Iterator[int | None] | None = None
        self.repairs: Repairs | None = None
        """The last complete search; None while one is still going on."""

    @property
    def done(self) -> bool:
        """Is everything up to date?"""
        return not self._stale and not self._chamber_stale and self.repairs is not None

    def change(self, region: int) -> Change | None:
        """Return the least change of votes that moves a seat of a region, as far as it is known."""
        return self._changes.get(region)

    def touch(self, regions: Iterable[int], rows: Collection[int], *, figures: bool) -> None:
        """Let regions be looked at again. *rows*: units whose figures changed; *figures*: did any, or stated ones?"""
        for region in regions:
            self._stale[region] = None
        for row in rows:
            self._swapped.pop(self._election.region_of(row), None)
        self._changed_rows |= set(rows)
        self._chamber_stale = True
        if figures:
            self._search, self.repairs = None, None

    def forget_known_rows(self) -> None:
        """Look for twins anew: the known rows of other files changed."""
        self._twins = None
        self._stale = dict.fromkeys(range(len(self._election.regions)))

    def work(self, seconds: float | None = None) -> frozenset[int]:
        """Compute for so long, None: to the end; return the regions whose findings are others now."""
        end = None if seconds is None else perf_counter() + seconds
        changed = set()
        while not self.done:
            if self._steps is None:
                self._steps = self._all_steps()
            for region in self._steps:
                if region is not None:
                    changed.add(region)
                if end is not None and perf_counter() > end:
                    return frozenset(changed)
            self._steps = None
        return frozenset(changed)

    def _all_steps(self) -> Iterator[int | None]:
        """Do one thing after the other; yield after each, a region if its findings changed."""
        self._bring_twins_up_to_date()
        yield None
        while self._stale:
            region = next(iter(self._stale))
            del self._stale[region]
            yield from self._region_steps(region)
        if self._chamber_stale:
            self._chamber_stale = False
            self._live.put_late(None, self._of_chamber())
            yield None
        yield from self._repair_steps()

    def _region_steps(self, region: int) -> Iterator[int | None]:
        if region not in self._swapped:
            self._swapped[region] = tuple(check_swapped(self._election, region, self._book.block(region)))
            yield None
        contest = self._live.region(region).contest
        best: Change | None = None
        for found in changes(contest) if _is_quick(contest) else ():
            best = found
            yield None
            if region in self._stale:  # its votes changed meanwhile: it has its turn again
                return
        self._changes[region] = best
        yield region if self._live.put_late(region, self._of_region(region)) else None

    def _repair_steps(self) -> Iterator[None]:
        while self.repairs is None and not self._stale and not self._chamber_stale:
            if self._search is None:
                values = self._book.values()
                self._search = Search(self._election, values, self._statements, self._live.seats_with)
            if self._search.work(_SLICE):
                self.repairs = self._search.found
            yield None

    def _bring_twins_up_to_date(self) -> None:
        if self._twins is None:
            self._twins = Twins(self._election, self._book.values(), known_rows(self._records))
            self._changed_rows.clear()
            return
        for row in self._twins.refresh(self._changed_rows) if self._changed_rows else ():
            self._stale[self._election.region_of(row)] = None
        self._changed_rows.clear()

    def _of_region(self, region: int) -> Iterator[Finding]:
        yield from self._swapped.get(region, ())
        if self._twins is not None:
            yield from self._twins.findings(region)
        result = self._live.region(region)
        change = self._changes.get(region)
        yield from check_margin(self._election, region, change, result.valid)
        size = None if change is None else change.votes
        key = self._election.regions[region].key
        findings = [*result.findings, *(f for unit in self._own_unit_findings(region) for f in unit)]
        yield from check_sizes(findings, {key: size})

    def _own_unit_findings(self, region: int) -> Iterable[tuple[Finding, ...]]:
        return self._live.unit_findings(region).values()

    def _of_chamber(self) -> Iterator[Finding]:
        known = [change.votes for change in self._changes.values() if change is not None]
        yield from check_sizes(self._live.chamber.findings, {None: min(known, default=None)})


def _is_quick(contest: Contest) -> bool:
    if not has_margins(contest):
        return False
    most = _MOST_WORK.get(contest.method) if isinstance(contest.method, Special) else None
    return most is None or len(contest.votes) * contest.seats <= most
