"""What happened, in the reader's words: a sentence for each event of the journal."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tally_app.document.history import Entry
from tally_app.document.lots import KIND as LOT
from tally_app.document.lots import Lot, lot_from_record
from tally_app.storage.events import Block, Created, Figures, JsonObject, Record, StatedEdit
from tally_app.wording.gestures import won_text
from tally_app.wording.names import Names
from tally_app.wording.numbers import counted, grouped, listed
from tally_app.wording.records import NOT_ENTERED, change_text, place_text, record_sentence

_MOST_NAMED = 8
"""Cells of one unit that are named one by one."""
_MANY: Mapping[str, str] = {
    "enter": "Entered {cells} in {place}",
    "paste": "Pasted {cells} in {place}",
    "clear": "Cleared {cells} in {place}",
    "fill": "Filled {cells} with 0 in {place}",
    "pack": "Came with the election pack: {cells} in {place}",
    "repair": "Repaired {cells} in {place}",
    "settle": "Corrected from the paper: {cells} in {place}",
}
_BEFORE: Mapping[str, str] = {"repair": "Repair · ", "settle": "Corrected from the paper · "}
"""What is said before cells that are named one by one."""


class _Cell(NamedTuple):
    column: str
    old: int | None
    new: int | None


def event_sentence(names: Names, entry: Entry) -> str:
    """Say what an event did."""
    match entry.payload:
        case None:
            return f"An event of the kind “{entry.kind}” that cannot be read"
        case Created(pack=pack, training=training):
            return f"Made the tally from the election pack {pack}" + (", for TRAINING" if training else "")
        case Figures() as figures:
            text = _figures(names, figures)
        case Record() as record:
            text = _record(names, entry.kind, record)
    if entry.payload.undoes is not None:
        verb = "Does no. {seq} again: {text}" if entry.again else "Takes back no. {seq}: {text}"
        text = verb.format(seq=grouped(entry.payload.undoes), text=text)
    return f"{text}. Reason: {entry.payload.reason}" if entry.payload.reason else text


def lot_line(lot: Lot) -> str:
    """Say in a line how a lot settled a tie: ``By lot, drawn by Sok Chan on 2024-02-25 23:40: KWP``."""
    return f"By lot, drawn by {lot.drawn_by} on {lot.drawn_at}: {won_text(lot.won)}"


def lot_details(lot: Lot) -> str:
    """Say everything that is recorded of a lot."""
    parties = [f"{party} ({counted(lot.votes.get(party, 0), 'vote', 'votes')})" for party in lot.tied]
    parts = [
        f"{counted(lot.seats, 'seat', 'seats')} among {listed(parties)} went to {won_text(lot.won)}",
        f"drawn by {lot.drawn_by} on {lot.drawn_at}",
    ]
    if lot.witnesses:
        parts.append(f"{'witness' if len(lot.witnesses) == 1 else 'witnesses'}: {', '.join(lot.witnesses)}")
    if lot.note:
        parts.append(f"note: {lot.note}")
    return "; ".join(parts)


def _record(names: Names, kind: str, record: Record) -> str:
    if kind == LOT:
        old, new = _lot(record.old), _lot(record.new)
        place = place_text(names, record.key)
        if new is not None and record.old is None:
            return f"Lot recorded · {place}: {lot_details(new)}"
        if new is not None and old is not None:
            return f"Lot corrected · {place}: {lot_details(new)}. Before: {lot_details(old)}"
        if old is not None and record.new is None:
            return f"Lot removed · {place}: {lot_details(old)}"
    return record_sentence(names, kind, record)


def _lot(record: JsonObject | None) -> Lot | None:
    try:
        return None if record is None else lot_from_record(record)
    except ValueError:
        return None


def _figures(names: Names, figures: Figures) -> str:
    parts = []
    if figures.blocks:
        parts.append(_blocks(names, figures))
    if len(figures.stated) == 1:
        parts.append(_stated(names, figures.stated[0]))
    elif figures.stated:
        number = counted(len(figures.stated), "stated figure", "stated figures")
        parts.append(f"Imported {number}" if figures.gesture == "import" else number)
    return " and ".join(parts) or "Nothing"


def _blocks(names: Names, figures: Figures) -> str:
    blocks = figures.blocks
    number = sum(len(block.units) * len(block.columns) for block in blocks)
    place = _where(names, blocks)
    one_unit = len(blocks) == 1 and len(blocks[0].units) == 1
    if one_unit and (number == 1 or (number <= _MOST_NAMED and figures.gesture not in ("fill", "clear"))):
        changes = [(names.column(cell.column), change_text(cell.old, cell.new)) for cell in _cells(blocks[0])]
        before = _BEFORE.get(figures.gesture, "")
        if number == 1:
            return "{}{} · {}: {}".format(before, place, *changes[0])
        return f"{before}{place}: {', '.join(map(' '.join, changes))}"
    text = _MANY.get(figures.gesture, "{cells} in {place}")
    return text.format(cells=counted(number, "cell", "cells"), place=place)


def _cells(block: Block) -> Iterator[_Cell]:
    """Yield the cells of a block of one unit."""
    old = block.old[0] if block.old else [None] * len(block.columns)
    yield from map(_Cell, block.columns, old, block.new[0])


def _where(names: Names, blocks: list[Block]) -> str:
    regions = list(dict.fromkeys(block.region for block in blocks))
    units = {unit for block in blocks for unit in block.units}
    if len(regions) == 1:
        return place_text(names, regions[0], next(iter(units)) if len(units) == 1 else None)
    if len(regions) <= 3:
        return listed([place_text(names, region) for region in regions])
    return counted(len(regions), "region", "regions")


def _stated(names: Names, edit: StatedEdit) -> str:
    place = place_text(names, edit.region, edit.unit, edit.party)
    values = " → ".join(NOT_ENTERED if text is None else text for text in (edit.old, edit.new))
    return f"{place}: {names.figure(edit.figure)} as stated by {names.source(edit.source)}: {values}"
