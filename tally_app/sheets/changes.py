"""What was changed after a sign-off: what was signed first and what stands now, every event, and every cell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tally_app.document.document import Document
from tally_app.document.history import Entry, chronicle
from tally_app.document.records import CHAMBER, read_record
from tally_app.document.signing import SIGN_OFF, SignOff
from tally_app.sheets.about import About
from tally_app.sheets.cells import EMPTY, QUOTED
from tally_app.sheets.content import Block, Cell, Column, Group, Heading, Paragraph, Row, Sheet, Table
from tally_app.sheets.findings import names_for
from tally_app.sheets.frame import frame_of, party_marks, region_name, signatures, signed_words
from tally_app.sheets.request import Request
from tally_app.sheets.words import Writer
from tally_app.storage.events import Figures, Record
from tally_app.wording.history import event_sentence
from tally_app.wording.names import Names
from tally_app.wording.records import change_text, place_text


class ChangedCell(NamedTuple):
    """A cell that was changed after its region had been signed off."""

    event: int
    unit: str
    column: str
    old: int | None
    new: int | None


@dataclass
class Signed:
    """A region, or the chamber, since its first sign-off."""

    place: str
    first: SignOff
    entries: list[Entry] = field(default_factory=list)
    cells: list[ChangedCell] = field(default_factory=list)


def changes_sheet(document: Document, request: Request) -> Sheet:
    """Return what happened to signed figures, of a region or of all.

    Raises: StorageError: the file can no longer be read.
    """
    writer = request.writer
    names = names_for(document, writer)
    wanted = (request.region,) if request.region is not None else None
    signed = [each for each in since_sign_off(document).values() if wanted is None or each.place in wanted]
    blocks: list[Block] = []
    for each in signed:
        blocks += _blocks(document, each, names, writer)
    if not signed:
        blocks.append(Paragraph(writer.label("never-signed"), "strong"))
    return Sheet(
        kind=request.kind,
        languages=writer.languages,
        paper=request.paper,
        landscape=False,
        frame=frame_of(document, writer, writer.label("changes"), request.region, request.printing),
        parties=party_marks(document),
        blocks=(*blocks, signatures(document, writer, request.region)),
        size=10.0,
    )


def since_sign_off(document: Document) -> Mapping[str, Signed]:
    """Return everything since the first sign-off of each region and of the chamber, in the order of the definition.

    Raises: StorageError: the file can no longer be read.
    """
    signed: dict[str, Signed] = {}
    for entry in chronicle(document):
        if entry.kind == SIGN_OFF and isinstance(entry.payload, Record):
            key, new = entry.payload.key, entry.payload.new
            if new is not None and key not in signed:
                signed[key] = Signed(key, read_record(new, SignOff))
        for place in entry.about.regions & signed.keys():
            signed[place].entries.append(entry)
            signed[place].cells += _cells(entry, place)
    order = [region.key for region in document.election.regions] + [CHAMBER]
    return {key: signed[key] for key in order if key in signed}


def _cells(entry: Entry, place: str) -> Iterator[ChangedCell]:
    if not isinstance(entry.payload, Figures):
        return
    for block in entry.payload.blocks:
        if block.region != place:
            continue
        empty: list[list[int | None]] = [[None] * len(block.columns)] * len(block.units)
        for unit, old, new in zip(block.units, block.old or empty, block.new, strict=True):
            for column, before, after in zip(block.columns, old, new, strict=True):
                if before != after:
                    yield ChangedCell(entry.seq, unit, column, before, after)


def _blocks(document: Document, signed: Signed, names: Names, writer: Writer) -> Iterator[Block]:
    place = document.election.pack.chamber.name
    if signed.place != CHAMBER:
        place = region_name(document, signed.place)
    yield Heading(writer.name(place), note=signed_words(writer, signed.first))
    yield _compared(document, signed, writer)
    if not signed.cells:
        yield Paragraph(writer.label("unchanged"))
    else:
        yield Heading(writer.label("changed-cells"))
        yield _changed(signed, names, writer)
    yield Heading(writer.label("events-after"))
    yield _events(signed.entries, names, writer)


def _compared(document: Document, signed: Signed, writer: Writer) -> Table:
    live, election = document.live, document.election
    of_region = None if signed.place == CHAMBER else live.committed_region(election.region_index[signed.place])
    sums = live.committed_chamber.sums if of_region is None else of_region.sums
    seats = live.committed_chamber.seats if of_region is None else of_region.allocation.seats
    rows = []
    for party, definition in enumerate(election.parties):
        before, own = signed.first.votes.get(definition.key), signed.first.seats.get(definition.key)
        now = sums[election.party_columns[party]]
        if before is None and not now:
            continue
        stands = of_region is None or election.standing[of_region.region][party]
        difference = None if before is None else (now or 0) - before
        cells: tuple[Cell | str, ...] = (
            Cell(writer.same(definition.key), party=party),
            writer.figure(before),
            writer.figure(now),
            Cell(writer.same(writer.change(difference)), strong=bool(difference)),
            writer.figure(own),
            Cell(writer.number(seats[party]), strong=own != seats[party]) if stands else EMPTY,
        )
        rows.append(Row(cells, about=About(place=signed.place, party=definition.key)))
    columns = (
        Column(writer.label("party"), "left", grows=True),
        Column(writer.label("first-signed"), about=About("signed-votes")),
        Column(writer.label("now"), about=About("votes")),
        Column(writer.label("difference"), about=About("difference")),
        Column(writer.label("first-signed"), about=About("signed-seats")),
        Column(writer.label("now"), about=About("seats")),
    )
    groups = _groups(writer)
    return Table(columns, tuple(rows), 9.5, groups)


def _groups(writer: Writer) -> tuple[Group, ...]:
    return (Group((), 1), Group(writer.label("votes"), 3), Group(writer.label("seats"), 2))


def _changed(signed: Signed, names: Names, writer: Writer) -> Table:
    columns = (
        Column(writer.label("event"), about=QUOTED),
        Column(writer.label("unit"), "left", grows=True),
        Column(writer.label("column"), "left", grows=True),
        Column(writer.label("old-new"), about=QUOTED),
    )
    rows = []
    for cell in signed.cells:
        unit = place_text(names, signed.place, cell.unit).partition(" · ")[2] or cell.unit
        change = writer.digits(change_text(cell.old, cell.new))
        texts = (Cell(writer.same(unit)), Cell(writer.same(names.column(cell.column))), change)
        rows.append(Row((writer.figure(cell.event), *texts)))
    return Table(columns, tuple(rows), 9.0)


def _events(entries: Sequence[Entry], names: Names, writer: Writer) -> Table:
    columns = (
        Column(writer.label("event"), about=QUOTED),
        Column(writer.label("time"), "left", width=30.0),
        Column(writer.label("who"), "left", width=30.0),
        Column(writer.label("what-happened"), "left", grows=True),
    )
    rows = []
    for entry in entries:
        time = f"{entry.time:%Y-%m-%d %H:%M:%S}"
        words = (writer.same(each) for each in (time, entry.operator, event_sentence(names, entry)))
        rows.append(Row((writer.figure(entry.seq), *map(Cell, words))))
    return Table(columns, tuple(rows), 9.0)
