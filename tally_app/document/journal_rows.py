"""The journal as a flat table: one row for each figure or record that an event changed."""

from collections.abc import Iterator, Mapping
from itertools import repeat
from typing import Any, NamedTuple

from msgspec.json import encode

from tally_app.document.history import REDO, UNDO, Entry
from tally_app.document.records import CHAMBER
from tally_app.document.second_entry import SECOND
from tally_app.document.sources import SOURCE
from tally_app.storage.events import Created, Figures, JsonObject, Record


class JournalRow(NamedTuple):
    """What an event did to one figure or record. Empty: it does not apply, or there is none."""

    event: str
    time: str
    """ISO 8601, UTC."""
    person: str
    origin: str
    kind: str
    gesture: str
    region: str = ""
    unit: str = ""
    column: str = ""
    """A party's key or a form field."""
    figure: str = ""
    """What a source states: votes, seats, share …"""
    source: str = ""
    key: str = ""
    """Of a record."""
    old: str = ""
    new: str = ""
    reason: str = ""
    undoes: str = ""
    hash: str = ""
    training: str = ""
    """``training`` where it is practice."""


def journal_rows(entry: Entry, *, training: bool) -> Iterator[JournalRow]:
    """Yield the rows of one event, at least one."""
    payload = entry.payload
    head = _head(entry)._replace(training="training" if training else "")
    match payload:
        case None:
            yield head._replace(new=entry.event.payload if entry.event is not None else "")
        case Created(pack=pack):
            yield head._replace(new=pack)
        case Figures() as figures:
            rows = list(_figures(head, figures))
            yield from rows or [head]
        case Record() as record:
            yield from _record(head, entry, record)


def _head(entry: Entry) -> JournalRow:
    event, payload = entry.event, entry.payload
    gesture = reason = undoes = ""
    if isinstance(payload, Figures | Record):
        reason = payload.reason
        undoes = "" if payload.undoes is None else str(payload.undoes)
        if isinstance(payload, Figures):
            gesture = payload.gesture
        elif payload.undoes is not None:
            gesture = REDO if entry.again else UNDO
    time, digest = (event.time, event.hash) if event is not None else (entry.time.isoformat(), "")
    return JournalRow(
        str(entry.seq),
        time,
        entry.operator,
        entry.origin,
        entry.kind,
        gesture,
        reason=reason,
        undoes=undoes,
        hash=digest,
    )


def _figures(head: JournalRow, figures: Figures) -> Iterator[JournalRow]:
    for block in figures.blocks:
        old_lines = repeat(None) if block.old is None else block.old
        for unit, old, new in zip(block.units, old_lines, block.new, strict=False):
            for column, before, after in zip(block.columns, old or repeat(None), new, strict=False):
                yield head._replace(
                    region=block.region, unit=unit, column=column, old=_number(before), new=_number(after)
                )
    for edit in figures.stated:
        yield head._replace(
            region=edit.region or "",
            unit=edit.unit or "",
            column=edit.party or "",
            figure=edit.figure,
            source=edit.source,
            old=edit.old or "",
            new=edit.new or "",
        )


def _record(head: JournalRow, entry: Entry, record: Record) -> Iterator[JournalRow]:
    about = entry.about
    units = sorted(about.units)
    unit = units[0].partition("/")[2] if units else ""
    region = next(iter(about.regions - {CHAMBER}), "")
    source = record.key if entry.kind == SOURCE else ""
    head = head._replace(region=region, unit=unit, key=record.key, source=source)
    if entry.kind == SECOND:
        rows = list(_second(head, record))
        if rows:
            yield from rows
            return
    yield head._replace(old=_json(record.old), new=_json(record.new))


def _second(head: JournalRow, record: Record) -> Iterator[JournalRow]:
    """Yield a second entry's changed figures one by one."""
    before, after = _second_figures(record.old), _second_figures(record.new)
    for column in dict.fromkeys((*before, *after)):
        if before.get(column) != after.get(column):
            yield head._replace(column=column, old=_number(before.get(column)), new=_number(after.get(column)))


def _second_figures(record: JsonObject | None) -> Mapping[str, Any]:
    figures = (record or {}).get("figures")
    return figures if isinstance(figures, dict) else {}


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _json(record: JsonObject | None) -> str:
    return "" if record is None else encode(record).decode()
