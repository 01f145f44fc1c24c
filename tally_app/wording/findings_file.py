"""Findings as a table for spreadsheets: one line each, by code."""

import json
from collections.abc import Iterable, Iterator

from tally_app.checks.finding import Finding, Severity
from tally_app.document.explanations import given
from tally_app.document.records import RecordBook
from tally_app.exchange.csv_table import csv_table
from tally_app.wording.findings import advice, sentence
from tally_app.wording.names import Names

HEADER = (
    "Code",
    "Severity",
    "Region",
    "Unit",
    "Party or column",
    "What does not fit",
    "What to do",
    "Facts",
    "Accepted because",
    "Accepted by",
)
_ORDER = {severity: rank for rank, severity in enumerate(Severity)}


def findings_csv(names: Names, records: RecordBook, findings: Iterable[Finding]) -> Iterator[bytes]:
    """Yield findings as comma-separated text, ordered by severity and code; regions and units by their names."""
    return csv_table(HEADER, finding_rows(names, records, findings))


def finding_rows(names: Names, records: RecordBook, findings: Iterable[Finding]) -> Iterator[tuple[str, ...]]:
    """Yield a row of texts for each finding, as the header names them, ordered by severity and code."""
    return (_row(names, records, finding) for finding in sorted(findings, key=_rank))


def _row(names: Names, records: RecordBook, finding: Finding) -> tuple[str, ...]:
    place, election = finding.place, names.election
    last = given(records, finding)
    holds = last is not None and last.holds
    unit = place.region is not None and place.unit is not None
    return (
        finding.code,
        finding.severity.value,
        names.region(place.region) if place.region is not None else "Chamber",
        names.unit(election.row(str(place.region), str(place.unit))) if unit else "",
        place.party or (names.column(place.column) if place.column is not None else ""),
        sentence(names, finding),
        advice(finding),
        json.dumps(finding.facts, ensure_ascii=False),
        last.explanation.reason if last is not None and holds else "",
        last.explanation.by if last is not None and holds else "",
    )


def _rank(finding: Finding) -> tuple[int, str]:
    return _ORDER[finding.severity], finding.code
