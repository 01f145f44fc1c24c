"""Findings that were computed after a key press, kept beside those that keep up with the typing."""

from collections.abc import Iterable, Mapping

from tally_app.checks.finding import Finding
from tally_app.election.election import Election

UnitFindings = Mapping[int, tuple[Finding, ...]]
"""Row → findings about that unit; units without any are absent."""

_NOTHING: tuple[Finding, ...] = ()


class LateStore:
    """Late findings by region, those about units by row."""

    def __init__(self, election: Election) -> None:
        self._election = election
        self._all: dict[int | None, tuple[Finding, ...]] = {}
        self._regions: dict[int | None, tuple[Finding, ...]] = {}
        self._units: dict[int, dict[int, tuple[Finding, ...]]] = {}

    def put(self, region: int | None, findings: Iterable[Finding]) -> bool:
        """Replace the findings of a region (None: the chamber); return whether they are others than before."""
        now = tuple(findings)
        if now == self._all.get(region, _NOTHING):
            return False
        self._all[region] = now
        self._regions[region] = tuple(finding for finding in now if finding.place.unit is None)
        by_row: dict[int, tuple[Finding, ...]] = {}
        for finding in now:
            if finding.place.region is not None and finding.place.unit is not None:
                row = self._election.row(finding.place.region, finding.place.unit)
                by_row[row] = (*by_row.get(row, _NOTHING), finding)
        if region is not None:
            self._units[region] = by_row
        return True

    def of_region(self, region: int | None) -> tuple[Finding, ...]:
        """Findings about a region as a whole, or about the chamber."""
        return self._regions.get(region, _NOTHING)

    def of_unit(self, region: int, row: int) -> tuple[Finding, ...]:
        """Findings about one unit."""
        return self._units.get(region, {}).get(row, _NOTHING)

    def merged(self, region: int, findings: UnitFindings) -> UnitFindings:
        """Return *findings* with the late ones, in the order of rows; the very same object where there are none."""
        late = self._units.get(region)
        if not late:
            return findings
        rows = sorted(findings.keys() | late.keys())
        return {row: _joined(findings.get(row, _NOTHING), late.get(row, _NOTHING)) for row in rows}


def _joined(one: tuple[Finding, ...], other: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Put both together; the very same object where there is nothing to join, so that nobody compares findings."""
    return (*one, *other) if one and other else one or other
