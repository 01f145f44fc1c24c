"""The result of the chamber: the half-circle, the seats of every list, and the table of regions by lists."""

from tally_app.count.rounding import percentage
from tally_app.document.document import Document
from tally_app.document.records import CHAMBER
from tally_app.document.results import ChamberResult
from tally_app.sheets.about import About, Fact
from tally_app.sheets.cells import EMPTY, QUOTED
from tally_app.sheets.content import (
    Beside,
    Block,
    Cell,
    Column,
    Figure,
    Figures,
    HalfCircle,
    Paragraph,
    Row,
    Seat,
    Sheet,
    Table,
)
from tally_app.sheets.frame import frame_of, party_marks, signatures
from tally_app.sheets.regions import region_plan, region_tables
from tally_app.sheets.request import Request
from tally_app.sheets.units import column_figures, figures_of
from tally_app.sheets.words import Writer
from tally_app.wording.half_circle import majority_angle, seat_points, seat_radius
from tally_app.wording.rules import rule_sentence

_BESIDE = 9
"""Lists that have room beside the half-circle."""
_FEW = 12


def chamber_sheet(document: Document, request: Request) -> Sheet:
    """Return the result sheet of the chamber."""
    writer, election = request.writer, document.election
    result = document.live.committed_chamber
    plan = region_plan(document, writer, request.paper)
    lists = len(election.parties)
    circle, summary = half_circle(document, result, writer), lists_table(document, result, writer)
    beside = plan.landscape and lists <= _BESIDE
    blocks: tuple[Block, ...] = (
        *((Beside(circle, summary),) if beside else (circle, summary)),
        majority(document, result, writer),
        figures(document, result, writer),
        *region_tables(document, plan, writer),
        Paragraph(writer.same(rule_sentence(election)), "small"),
        signatures(document, writer, None),
    )
    return Sheet(
        kind=request.kind,
        languages=writer.languages,
        paper=request.paper,
        landscape=plan.landscape,
        frame=frame_of(document, writer, writer.label("chamber-result"), None, request.printing),
        parties=party_marks(document),
        blocks=blocks,
        size=10.0 if lists <= _FEW else 9.5,
    )


def half_circle(document: Document, result: ChamberResult, writer: Writer) -> HalfCircle:
    """Return every seat of the chamber: lists from the left in ballot order, then open, then appointed seats."""
    election, chamber = document.election, document.election.pack.chamber
    appointed = _appointed(document)
    owners: list[int | None] = [party for party, seats in enumerate(result.seats) for _ in range(seats)]
    opened = max(result.open_seats, chamber.total_seats - appointed - len(owners))
    total = len(owners) + opened + appointed
    first_open = len(owners)
    owners += [None] * (opened + appointed)
    points = seat_points(total)
    seats = tuple(
        Seat(point.x, point.y, owner, first_open <= number < first_open + opened)
        for number, (point, owner) in enumerate(zip(points, owners, strict=True))
    )
    needed = _needed(document)
    leader = _leader(result)
    told = [f"{party.key} {own}" for party, own in zip(election.parties, result.seats, strict=True) if own]
    told += [f"open {opened}"] if opened else []
    told += [f"appointed {appointed}"] if appointed else []
    of_total = writer.label("majority-of", seats=writer.figure(needed), total=writer.figure(chamber.total_seats))
    party = "" if leader is None else election.parties[leader].key
    return HalfCircle(
        seats=seats,
        radius=seat_radius(total),
        big=writer.figure(sum(result.seats) if leader is None else result.seats[leader]),
        caption=(*writer.same(party or " ".join(writer.label("elected-seats"))), *of_total),
        alternative=" ".join(writer.label("circle", total=str(total), parties=", ".join(told))),
        about=QUOTED if leader is None else About("seats", CHAMBER, party),
        majority=majority_angle(total, needed),
    )


def lists_table(document: Document, result: ChamberResult, writer: Writer) -> Table:
    """Return votes and seats of every list, appointed and open seats, and what the last election had."""
    election, chamber = document.election, document.election.pack.chamber
    rows = [_list_row(document, result, party, writer) for party in range(len(election.parties))]
    if result.open_seats:
        seats = Cell(writer.number(result.open_seats), strong=True, about=About("open-seats", CHAMBER))
        rows.append(Row((Cell(writer.label("open-seats")), EMPTY, EMPTY, seats, EMPTY, EMPTY)))
    for each in chamber.appointed:
        words = writer.label("appointed", by=writer.one(each.by))
        seats = Cell(writer.number(each.seats), about=QUOTED)
        rows.append(Row((Cell(words), EMPTY, EMPTY, seats, EMPTY, EMPTY)))
    votes = _known(document, result)
    all_seats = Cell(writer.number(chamber.total_seats), about=About("all-seats", CHAMBER))
    whole = writer.digits("100.00") if votes else ""
    total = (Cell(writer.label("total")), writer.figure(votes), whole, all_seats, EMPTY, EMPTY)
    year = chamber.last_election
    columns = (
        Column(writer.label("party"), "left", grows=True),
        Column(writer.label("votes"), about=About("votes")),
        Column(writer.label("percent"), about=About("share")),
        Column(writer.label("seats"), about=About("seats")),
        Column(
            writer.label("before", year=year) if year else writer.label("before-unknown"), about=About("last-seats")
        ),
        Column(writer.label("change"), about=About("change")),
    )
    size = 10.5 if len(election.parties) <= _FEW else 9.0
    return Table(columns, (*rows, Row(total, "total", About(place=CHAMBER))), size)


def majority(document: Document, result: ChamberResult, writer: Writer) -> Paragraph:
    """Say whether a list has a majority of the chamber."""
    needed, total = _needed(document), document.election.pack.chamber.total_seats
    numbers = {"majority": writer.figure(needed), "total": writer.figure(total)}
    facts = (
        Fact(About("majority", CHAMBER), numbers["majority"]),
        Fact(About("all-seats", CHAMBER), numbers["total"]),
    )
    for party, seats in zip(document.election.parties, result.seats, strict=True):
        if seats >= needed:
            own = writer.figure(seats)
            words = writer.label("has-majority", party=writer.one(party.name), seats=own, **numbers)
            return Paragraph(words, "strong", (*facts, Fact(About("seats", CHAMBER, party.key), own)))
    return Paragraph(writer.label("no-majority", **numbers), "strong", facts)


def figures(document: Document, result: ChamberResult, writer: Writer) -> Figures:
    """Return the ballots of all regions, and how many seats there are of which kind."""
    sums, tally = figures_of(document.election, result.sums), document.book.chamber_tally()

    def told(key: str, label: str, value: str) -> Figure:
        return Figure(writer.label(label), value, About(key, CHAMBER))

    shown = [told("seats-to-fill", "elected-seats", writer.figure(document.election.pack.chamber.elected_seats))]
    if appointed := _appointed(document):
        shown.append(told("appointed", "appointed-seats", writer.figure(appointed)))
    shown.append(told("majority", "majority", writer.figure(_needed(document))))
    shown += column_figures(("registered", "cast"), CHAMBER, tally, document.election, writer)
    cast, registered = sums.get("cast"), sums.get("registered")
    if cast is not None and registered:
        shown.append(told("turnout", "turnout", writer.digits(f"{percentage(cast, registered)} %")))
    shown.append(told("votes", "valid", writer.figure(_known(document, result))))
    shown += column_figures(("blank", "invalid"), CHAMBER, tally, document.election, writer)
    if result.complete < result.units:
        entered = {"complete": writer.figure(result.complete), "units": writer.figure(result.units)}
        shown.append(told("quoted", "entered", " ".join(writer.label("entered-of", **entered))))
    return Figures(tuple(shown))


def _list_row(document: Document, result: ChamberResult, party: int, writer: Writer) -> Row:
    election = document.election
    definition = election.parties[party]
    votes = result.votes[party] if result.sums[election.party_columns[party]] is not None else None
    seats, last = result.seats[party], definition.last_seats
    is_new = definition.new and last is None
    before = Cell(writer.label("new-list"), quiet=True, about=QUOTED) if is_new else writer.figure(last)
    cells: tuple[Cell | str, ...] = (
        Cell(writer.name(definition.name), party=party),
        writer.figure(votes),
        writer.digits(percentage(votes, result.valid)) if votes is not None and result.valid else "",
        Cell(writer.number(seats), strong=True),
        before,
        writer.change(seats if is_new else None if last is None else seats - last),
    )
    return Row(cells, about=About(place=CHAMBER, party=definition.key))


def _known(document: Document, result: ChamberResult) -> int | None:
    entered = (result.sums[column] is not None for column in document.election.party_columns)
    return result.valid if any(entered) else None


def _appointed(document: Document) -> int:
    return sum(each.seats for each in document.election.pack.chamber.appointed)


def _needed(document: Document) -> int:
    return document.election.pack.chamber.total_seats // 2 + 1


def _leader(result: ChamberResult) -> int | None:
    most = max(result.seats, default=0)
    return result.seats.index(most) if most and result.seats.count(most) == 1 else None
