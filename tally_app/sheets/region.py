"""The result of a region: votes, percentages and seats of its lists; ballots, turnout; every unit's form."""

from collections.abc import Iterator

from tally_app.allocation.outcome import Policy
from tally_app.count.rounding import percentage
from tally_app.document.document import Document
from tally_app.document.results import RegionResult
from tally_app.sheets.content import (
    Block,
    Cell,
    Column,
    Figure,
    Figures,
    Paragraph,
    Row,
    Sheet,
    Table,
    Words,
)
from tally_app.sheets.frame import frame_of, party_marks, signatures
from tally_app.sheets.request import Request
from tally_app.sheets.units import figures_of, unit_plan, unit_tables
from tally_app.sheets.words import Writer
from tally_app.wording.gestures import won_text
from tally_app.wording.methods import TIES, long_name
from tally_app.wording.numbers import counted, listed

_FEW, _SOME = 6, 18
"""Lines of a sheet that is read from afar, and of one in the usual size."""


def region_sheet(document: Document, request: Request) -> Sheet:
    """Return the result sheet of a region."""
    writer, election = request.writer, document.election
    key = str(request.region)
    region = election.region_index[key]
    result = document.live.committed_region(region)
    lists = sum(election.standing[region])
    units = len(election.rows(region))
    size = _size(lists + (units if units > 1 else 0))
    plan = unit_plan(document, region, writer, request.paper)
    tables = unit_tables(document, region, plan, writer) if units > 1 else ()
    blocks: tuple[Block, ...] = (
        ballots(document, region, result, writer),
        seats_table(document, region, result, writer, size * 1.2 if lists <= _SOME else size),
        *remarks(document, region, result, writer),
        *tables,
        signatures(document, writer, key),
    )
    return Sheet(
        kind=request.kind,
        languages=writer.languages,
        paper=request.paper,
        landscape=bool(tables) and plan.landscape,
        frame=frame_of(document, writer, writer.label("region-result"), key, request.printing),
        parties=party_marks(document),
        blocks=blocks,
        subtitle=provinces(document, region, writer),
        size=size,
    )


def provinces(document: Document, region: int, writer: Writer) -> Words:
    """Name the provinces that a region is made of, in each language."""
    names = {province.key: province.name for province in document.election.pack.provinces}
    said = [writer.name(names[key]) for key in document.election.regions[region].provinces if key in names]
    languages = range(max(map(len, said), default=0))
    return tuple(", ".join(words[min(language, len(words) - 1)] for words in said) for language in languages)


def ballots(document: Document, region: int, result: RegionResult, writer: Writer) -> Figures:
    """Return seats, voters, ballots and turnout. What is no column of the form is left out; what is missing is a dash."""
    election = document.election
    sums = figures_of(election, result.sums)
    told = [Figure(writer.label("to-fill"), writer.figure(election.regions[region].seats))]
    if len(election.rows(region)) > 1:
        entered = {"complete": writer.figure(result.complete), "units": writer.figure(result.units)}
        told.append(Figure(writer.label("entered"), " ".join(writer.label("entered-of", **entered))))
    told += [Figure(writer.label(key), writer.figure(sums[key])) for key in ("registered", "cast") if key in sums]
    if "registered" in sums and "cast" in sums:
        told.append(Figure(writer.label("turnout"), _turnout(sums["cast"], sums["registered"], writer)))
    told.append(Figure(writer.label("valid"), writer.figure(result.valid if _has_votes(document, region) else None)))
    told += [Figure(writer.label(key), writer.figure(sums[key])) for key in ("blank", "invalid") if key in sums]
    return Figures(tuple(told))


def seats_table(document: Document, region: int, result: RegionResult, writer: Writer, size: float) -> Table:
    """Return votes, percentages and seats of the lists, those with votes that do not stand here among them."""
    election = document.election
    rows = []
    for party, stands in enumerate(election.standing[region]):
        votes = result.votes[party]
        if not stands and not votes:
            continue
        definition = election.parties[party]
        known = result.sums[election.party_columns[party]] is not None
        cells = (
            writer.digits(str(definition.ballot)),
            Cell(writer.name(definition.name), party=party, quiet=not stands),
            writer.figure(votes if known else None),
            writer.digits(percentage(votes, result.valid)) if known and result.valid else "",
            Cell(writer.number(result.allocation.seats[party]) if stands else (), strong=True),
        )
        rows.append(Row(cells))
    if result.allocation.open_seats:
        open_seats = Cell(writer.number(result.allocation.open_seats), strong=True)
        rows.append(Row(("", Cell(writer.label("open-seats")), "", "", open_seats)))
    seats = sum(result.allocation.seats) + result.allocation.open_seats
    total = ("", Cell(writer.label("total")), writer.figure(result.valid), "", writer.figure(seats))
    if result.valid:
        total = (*total[:3], writer.digits("100.00"), total[4])
    columns = (
        Column(writer.label("number"), "center"),
        Column(writer.label("party"), "left", grows=True),
        Column(writer.label("votes")),
        Column(writer.label("percent")),
        Column(writer.label("seats")),
    )
    return Table(columns, (*rows, Row(total, "total")), size)


def remarks(document: Document, region: int, result: RegionResult, writer: Writer) -> Iterator[Block]:
    """Say what of the seats is open or was settled, who does not stand here, and by which rule."""
    election, allocation = document.election, result.allocation
    keys = [party.key for party in election.parties]
    if allocation.tie is not None:
        seats = counted(allocation.tie.seats, "seat", "seats")
        tied = listed([keys[party] for party in sorted(allocation.tie.parties)])
        label = "tie" if result.complete == result.units else "tie-counting"
        yield Paragraph(writer.label(label, seats=seats, parties=tied), "warning")
    if allocation.unfilled:
        yield Paragraph(writer.label("unfilled", seats=counted(allocation.unfilled, "seat", "seats")), "warning")
    lot = result.lot
    if lot is not None and any(settlement.policy is Policy.LOT for settlement in allocation.settled):
        yield Paragraph(writer.label("by-lot", by=lot.drawn_by, at=lot.drawn_at, won=won_text(lot.won)))
    standing = election.standing[region]
    absent = [key for key, stands in zip(keys, standing, strict=True) if not stands]
    if absent:
        yield Paragraph(writer.label("absent", parties=", ".join(absent)), "small")
    wrong = [key for key, stands, votes in zip(keys, standing, result.votes, strict=True) if votes and not stands]
    if wrong:
        yield Paragraph(writer.label("not-counted", parties=", ".join(wrong)), "warning")
    rule = election.pack.rule
    yield Paragraph(writer.same(f"{long_name(rule)} · {TIES[rule.ties]}"), "small")


def _has_votes(document: Document, region: int) -> bool:
    sums = document.live.committed_region(region).sums
    return any(sums[column] is not None for column in document.election.party_columns)


def _turnout(cast: int | None, registered: int | None, writer: Writer) -> str:
    if cast is None or not registered:
        return "–"
    return writer.digits(f"{percentage(cast, registered)} %")


def _size(lines: int) -> float:
    if lines <= _FEW:
        return 12.0
    return 10.5 if lines <= _SOME else 9.5
