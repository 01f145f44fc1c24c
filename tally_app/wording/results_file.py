"""Results as a workbook for spreadsheets: regions, lists, reporting units, findings, and what all this is."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from tally_app import __version__
from tally_app.count.rounding import percentage
from tally_app.document.document import Document
from tally_app.document.publication import publication
from tally_app.document.results import ChamberResult, RegionResult
from tally_app.exchange.workbook import SheetTable, workbook
from tally_app.wording.findings_file import HEADER, finding_rows
from tally_app.wording.names import Names
from tally_app.wording.numbers import grouped
from tally_app.wording.signing import status_text

MOST_UNITS = 100_000
"""Reporting units up to which each has its row: spreadsheets take a million, but for minutes."""
_Row = list[str | int | float | None]


def results_workbook(document: Document, names: Names, written: datetime) -> bytes:
    """Return the committed results of a file, with its findings as far as they are known, as an ``.xlsx`` workbook."""
    tables = [_about(document, names, written), _regions(document, names), _lists(document, names)]
    if document.election.unit_count <= MOST_UNITS:
        tables.append(_units(document, names))
    findings = finding_rows(names, document.records, document.live.findings())
    tables.append(SheetTable("Findings", HEADER, list(findings), 1))
    if document.training:
        tables = [table._replace(name=f"TRAINING {table.name}") for table in tables]
    return workbook(tables, title=document.election.pack.title.en, written=written)


def _about(document: Document, names: Names, written: datetime) -> SheetTable:
    pack, head = document.election.pack, document.head
    units = document.election.unit_count
    left_out = f"{grouped(units)}, too many for a row each here" if units > MOST_UNITS else grouped(units)
    rows: list[_Row] = [
        ["Election", names.text(pack.title)],
        ["Date", pack.date],
        ["Results", status_text(publication(document.records))],
        ["Reporting units", left_out],
        ["As of event", head.seq],
        ["Hash of that event", head.hash],
        ["Written at", f"{written:%Y-%m-%d %H:%M:%S %Z}"],
        ["Written by", f"Election Tally {__version__}"],
    ]
    if document.training:
        rows.insert(0, ["TRAINING", "These are figures of a training, not of an election."])
    return SheetTable("About", ("What", "Value"), rows)


def _regions(document: Document, names: Names) -> SheetTable:
    """One row a region, and one for the chamber: of each list votes, percentage and seats; then the other fields."""
    election = document.election
    fields = [column for column in election.columns if column.party is None]
    columns = ["Key", "Region", "Seats to fill"]
    for party in election.parties:
        columns += [f"{party.key} votes", f"{party.key} %", f"{party.key} seats"]
    columns += ["Open seats", "Valid votes (sum)", *(names.column(field.key) for field in fields)]
    columns += ["Units", "Units complete"]
    rows: list[_Row] = []
    for index, region in enumerate(election.regions):
        result = document.live.committed_region(index)
        seats = result.allocation.seats
        told: _Row = [region.key, names.region(region.key), region.seats]
        rows.append([*told, *_figures(document, result, seats, result.allocation.open_seats)])
    chamber = document.live.committed_chamber
    whole: _Row = ["", names.text(election.pack.chamber.name), election.pack.chamber.elected_seats]
    rows.append([*whole, *_figures(document, chamber, chamber.seats, chamber.open_seats)])
    return SheetTable("Regions", columns, rows, 2)


def _figures(
    document: Document, result: RegionResult | ChamberResult, seats: Sequence[int], open_seats: int
) -> Iterator[str | int | float | None]:
    election = document.election
    for party, column in enumerate(election.party_columns):
        votes = result.sums[column]
        yield from (votes, _share(votes, result.valid), seats[party])
    yield from (open_seats, result.valid)
    yield from (result.sums[index] for index, column in enumerate(election.columns) if column.party is None)
    yield from (result.units, result.complete)


def _lists(document: Document, names: Names) -> SheetTable:
    election, chamber = document.election, document.live.committed_chamber
    rows: list[_Row] = []
    for party, definition in enumerate(election.parties):
        votes = chamber.sums[election.party_columns[party]]
        told: _Row = [definition.ballot, definition.key, names.party(definition.key)]
        rows.append([*told, votes, _share(votes, chamber.valid), chamber.seats[party], definition.last_seats])
    return SheetTable("Lists", ("No.", "Key", "List", "Votes", "%", "Seats", "Seats before"), rows, 3)


def _units(document: Document, names: Names) -> SheetTable:
    election = document.election
    columns = ["Region", "Key", "Reporting unit", *(names.column(column.key) for column in election.columns)]
    rows: list[_Row] = []
    for region in election.regions:
        for row in election.rows(election.region_index[region.key]):
            told: _Row = [names.region(region.key), election.unit(row).key, names.unit(row)]
            rows.append([*told, *document.book.row(row)])
    return SheetTable("Units", columns, rows, 3)


def _share(votes: int | None, valid: int) -> float | None:
    """Percentage of the valid votes, rounded to hundredths as everywhere."""
    return None if votes is None or not valid else float(percentage(votes, valid))
