"""The published table's shape: a row for each region, and for each list its votes, percentage and seats."""

from collections.abc import Iterator, Sequence

from tally_app.count.rounding import percentage
from tally_app.document.document import Document
from tally_app.document.records import CHAMBER
from tally_app.document.results import ChamberResult, RegionResult
from tally_app.sheets.about import About
from tally_app.sheets.cells import EMPTY
from tally_app.sheets.content import Block, Cell, Column, Group, Heading, Paper, Row, Table
from tally_app.sheets.widths import Plan, plan_columns
from tally_app.sheets.words import Writer

_NAME, _SUMS = 30.0, 30.0
"""Width of the regions' names, and of valid votes and seats, at 9.5 pt [mm]."""


def region_plan(document: Document, writer: Writer, paper: Paper) -> Plan:
    """Choose the page, and which lists stand in which table."""
    result = document.live.committed_chamber
    heads = ["".join(writer.label(key)[:1]) for key in ("votes", "percent", "seats")]
    groups = [
        [[writer.figure(votes), heads[0]], ["100.00", heads[1]], [writer.figure(seats), heads[2]]]
        for votes, seats in zip(result.votes, result.seats, strict=True)
    ]
    return plan_columns(groups, _NAME, paper, 10.0, _SUMS)


def region_tables(document: Document, plan: Plan, writer: Writer) -> Iterator[Block]:
    """Yield the tables; each has the regions' names, valid votes and seats."""
    yield Heading(writer.label("results-by-region"))
    beside = plan.beside([writer.name(region.name) for region in document.election.regions])
    for parties in plan.tables:
        yield _table(document, parties, plan.size, writer, beside=beside)


def _table(document: Document, parties: Sequence[int], size: float, writer: Writer, *, beside: bool) -> Table:
    election, live = document.election, document.live
    columns = [Column(writer.label("region"), "left", grows=True, beside=beside)]
    groups = [Group((), 1)]
    for party in parties:
        key = election.parties[party].key
        columns += [
            Column(writer.label("votes"), about=About("votes", party=key)),
            Column(writer.label("percent"), about=About("share", party=key)),
            Column(writer.label("seats"), about=About("seats", party=key)),
        ]
        groups.append(Group(writer.same(key), 3, party))
    columns += [
        Column(writer.label("valid"), width=17.0, about=About("votes")),
        Column(writer.label("seats"), about=About("seats")),
    ]
    groups.append(Group(writer.label("total"), 2))
    rows = []
    for region, definition in enumerate(election.regions):
        result = live.committed_region(region)
        cells = _cells(document, region, result, parties, writer)
        rows.append(Row((Cell(writer.name(definition.name)), *cells), about=About(place=definition.key)))
    sums = _cells(document, None, live.committed_chamber, parties, writer)
    total = Row((Cell(writer.label("total")), *sums), "total", About(place=CHAMBER))
    return Table(tuple(columns), (*rows, total), size, tuple(groups))


def _cells(
    document: Document, region: int | None, result: RegionResult | ChamberResult, parties: Sequence[int], writer: Writer
) -> Iterator[Cell | str]:
    election = document.election
    won = result.allocation.seats if isinstance(result, RegionResult) else result.seats
    opened = result.allocation.open_seats if isinstance(result, RegionResult) else result.open_seats
    for party in parties:
        entered = result.sums[election.party_columns[party]] is not None
        stands = region is None or election.standing[region][party]
        if not stands and not result.votes[party]:
            yield from (EMPTY, EMPTY, EMPTY)
            continue
        votes = result.votes[party] if entered else None
        yield writer.figure(votes)
        yield writer.digits(percentage(votes, result.valid)) if votes is not None and result.valid else ""
        yield Cell(writer.number(won[party] if stands else None), strong=True)
    known = any(result.sums[column] is not None for column in election.party_columns)
    yield writer.figure(result.valid if known else None)
    yield writer.figure(sum(won) + opened)
