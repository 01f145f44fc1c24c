"""The record of a lot: between whom, for how many seats, who drew it before whom; or the form to write it down on."""

from collections.abc import Iterator

from tally_app.allocation.outcome import Policy
from tally_app.document.document import Document
from tally_app.document.draw import Draw, draw_of
from tally_app.document.lots import Lot
from tally_app.document.results import RegionResult
from tally_app.sheets.about import About
from tally_app.sheets.cells import QUOTED
from tally_app.sheets.content import Blanks, Block, Cell, Column, Paragraph, Row, Sheet, Table
from tally_app.sheets.frame import frame_of, party_marks, signatures
from tally_app.sheets.request import NoSuchSheet, Request
from tally_app.sheets.words import Writer
from tally_app.wording.numbers import counted


def lot_sheet(document: Document, request: Request) -> Sheet:
    """Return the record of a region's lot; of a tie that waits for one, the form to write it down on.

    Raises: NoSuchSheet: ``no-lot``: there is no tie, and no lot is recorded.
    """
    writer, key = request.writer, str(request.region)
    result = document.live.committed_region(document.election.region_index[key])
    draw = draw_of(document.election, result)
    if result.lot is not None:
        blocks: Iterator[Block] = _record(document, result, result.lot, writer)
    elif draw is not None:
        blocks = _form(document, result, draw, writer)
    else:
        raise NoSuchSheet("no-lot", region=key)
    return Sheet(
        kind=request.kind,
        languages=writer.languages,
        paper=request.paper,
        landscape=False,
        frame=frame_of(document, writer, writer.label("lot-record"), key, request.printing),
        parties=party_marks(document),
        blocks=(*blocks, signatures(document, writer, key)),
        size=12.0,
    )


def _record(document: Document, result: RegionResult, lot: Lot, writer: Writer) -> Iterator[Block]:
    counts = any(settlement.policy is Policy.LOT for settlement in result.allocation.settled)
    yield Paragraph(writer.label("lot-tie", seats=counted(lot.seats, "seat", "seats")), "strong")
    yield _lists(document, result, lot, writer)
    told = [("drawn-by", lot.drawn_by), ("drawn-at", lot.drawn_at)]
    told += [("witnesses", witness) for witness in lot.witnesses]
    told += [("note", lot.note)] if lot.note else []
    rows = (Row((Cell(writer.label(label), quiet=True), Cell(writer.same(text)))) for label, text in told)
    yield Table((Column((), "left", width=45.0), Column((), "left", grows=True)), tuple(rows), 12.0)
    yield Paragraph(writer.label("lot-counts" if counts else "lot-void"), "plain" if counts else "warning")


def _lists(document: Document, result: RegionResult, lot: Lot, writer: Writer) -> Table:
    election = document.election
    place = election.regions[result.region].key
    rows = []
    for key in lot.tied:
        party = election.party_index.get(key)
        name = writer.same(key) if party is None else writer.name(election.parties[party].name)
        won = Cell(writer.number(lot.won.get(key, 0)), strong=True)
        cells = (Cell(name, party=party), writer.figure(lot.votes.get(key)), won)
        rows.append(Row(cells, about=About(place=place, party=key)))
    return _table(rows, writer, "won", About("lot-votes"), About("lot-won"))


def _form(document: Document, result: RegionResult, draw: Draw, writer: Writer) -> Iterator[Block]:
    election = document.election
    yield Paragraph(writer.label("lot-open"), "warning")
    yield Paragraph(writer.label("lot-tie", seats=counted(draw.tie.seats, "seat", "seats")), "strong")
    rows, place = [], election.regions[result.region].key
    for party in draw.parties:
        definition = election.parties[party]
        votes = writer.figure(draw.contest.votes[party])
        cells = (Cell(writer.name(definition.name), party=party), votes, Cell(("…………",), about=QUOTED))
        rows.append(Row(cells, about=About(place=place, party=definition.key)))
    yield _table(rows, writer, "lot-form", About("votes"), QUOTED)
    labels = ("drawn-by", "drawn-at", "witnesses", "witnesses", "note")
    yield Blanks(tuple(writer.label(label) for label in labels))


def _table(rows: list[Row], writer: Writer, last: str, votes: About, figures: About) -> Table:
    columns = (
        Column(writer.label("party"), "left", grows=True),
        Column(writer.label("votes"), about=votes),
        Column(writer.label(last), about=figures),
    )
    return Table(columns, tuple(rows), 14.0)
