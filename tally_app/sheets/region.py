"""The result of a region: votes, percentages and seats of its lists; ballots, turnout; every unit's form."""

from collections.abc import Iterator

from tally_app.allocation.outcome import Policy
from tally_app.count.rounding import percentage
from tally_app.document.document import Document
from tally_app.document.results import RegionResult
from tally_app.sheets.about import About
from tally_app.sheets.cells import EMPTY
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
from tally_app.sheets.units import column_figures, figures_of, unit_plan, unit_tables
from tally_app.sheets.words import Writer
from tally_app.wording.gestures import won_text
from tally_app.wording.numbers import counted, listed
from tally_app.wording.rules import rule_sentence

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
    size = _size(lists + (units if units > 1 else 0), len(writer.languages))
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
    """Return seats, voters, ballots and turnout: no figures of columns that the form has not, dashes for blanks."""
    election = document.election
    place = election.regions[region].key
    sums, tally = figures_of(election, result.sums), document.book.tally(region)

    def told(key: str, label: str, value: str) -> Figure:
        return Figure(writer.label(label), value, About(key, place))

    figures = [told("seats-to-fill", "to-fill", writer.figure(election.regions[region].seats))]
    if len(election.rows(region)) > 1:
        entered = {"complete": writer.figure(result.complete), "units": writer.figure(result.units)}
        figures.append(told("quoted", "entered", " ".join(writer.label("entered-of", **entered))))
    figures += column_figures(("registered", "cast"), place, tally, election, writer)
    if "registered" in sums and "cast" in sums:
        figures.append(told("turnout", "turnout", _turnout(sums["cast"], sums["registered"], writer)))
    if "valid" in sums:  # as the forms have it; the lists' own sum is the total of their table
        figures += column_figures(("valid",), place, tally, election, writer)
    else:
        figures.append(told("votes", "valid", writer.figure(_valid(document, result))))
    figures += column_figures(("blank", "invalid"), place, tally, election, writer)
    return Figures(tuple(figures))


def seats_table(document: Document, region: int, result: RegionResult, writer: Writer, size: float) -> Table:
    """Return votes, percentages and seats of the lists, those with votes that do not stand here among them."""
    place = document.election.regions[region].key
    rows = [
        _list_row(document, region, result, party, writer)
        for party, stands in enumerate(document.election.standing[region])
        if stands or result.votes[party]
    ]
    if result.allocation.open_seats:
        cell = Cell(writer.number(result.allocation.open_seats), strong=True, about=About("open-seats", place))
        rows.append(Row((EMPTY, Cell(writer.label("open-seats")), EMPTY, EMPTY, cell)))
    seats = sum(result.allocation.seats) + result.allocation.open_seats
    whole = writer.digits("100.00") if result.valid else ""
    votes = writer.figure(_valid(document, result))
    total = (EMPTY, Cell(writer.label("total")), votes, whole, writer.figure(seats))
    columns = (
        Column(writer.label("number"), "center", about=About("ballot")),
        Column(writer.label("party"), "left", grows=True),
        Column(writer.label("votes"), about=About("votes")),
        Column(writer.label("percent"), about=About("share")),
        Column(writer.label("seats"), about=About("seats")),
    )
    return Table(columns, (*rows, Row(total, "total", About(place=place))), size)


def _list_row(document: Document, region: int, result: RegionResult, party: int, writer: Writer) -> Row:
    election = document.election
    definition, stands = election.parties[party], election.standing[region][party]
    votes = result.votes[party] if result.sums[election.party_columns[party]] is not None else None
    cells = (
        writer.digits(str(definition.ballot)),
        Cell(writer.name(definition.name), party=party, quiet=not stands),
        writer.figure(votes),
        writer.digits(percentage(votes, result.valid)) if votes is not None and result.valid else "",
        Cell(writer.number(result.allocation.seats[party]), strong=True) if stands else EMPTY,
    )
    return Row(cells, about=About(place=election.regions[region].key, party=definition.key))


def remarks(
    document: Document, region: int, result: RegionResult, writer: Writer, *, rule: bool = True
) -> Iterator[Block]:
    """Say what of the seats is open or was settled, who does not stand here, and by which *rule*, if wanted."""
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
    if rule:
        yield Paragraph(writer.same(rule_sentence(election)), "small")


def _valid(document: Document, result: RegionResult) -> int | None:
    """Return the votes of all lists together; None where none are entered."""
    columns = document.election.party_columns
    return result.valid if any(result.sums[column] is not None for column in columns) else None


def _turnout(cast: int | None, registered: int | None, writer: Writer) -> str:
    if cast is None or not registered:
        return "–"
    return writer.digits(f"{percentage(cast, registered)} %")


def _size(lines: int, languages: int) -> float:
    if lines <= _FEW:
        return 14.0 if languages == 1 else 12.0
    return 10.5 if lines <= _SOME else 9.5
