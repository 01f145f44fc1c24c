"""``tally-app history FILE``: who did what when, newest first."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import closing

from msgspec import Struct, to_builtins

from tally_app.cli.arguments import add_file
from tally_app.cli.output import Outcome, table
from tally_app.cli.session import Session
from tally_app.document.document import Document
from tally_app.document.history import Entry, history
from tally_app.document.opening import open_document
from tally_app.wording.history import event_sentence
from tally_app.wording.names import Names
from tally_app.wording.numbers import grouped


class Told(Struct, frozen=True):
    """One event: *payload* as the journal has it, and the sentence made of it."""

    event: int
    time: str
    operator: str
    origin: str
    kind: str
    payload: dict[str, object] | None
    sentence: str


class History(Struct, frozen=True):
    """What ``history --json`` writes."""

    events: list[Told]


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_file(parser)


def run(arguments: Namespace, session: Session) -> Outcome:
    """Read a file, also while a window is writing it, and tell what happened in it."""
    with closing(
        open_document(arguments.file, operator="", clock=session.clock, origin=session.origin, read_only=True)
    ) as document:
        entries = list(history(document))
        value = told(document, entries)
    return Outcome(value, lines(entries, value))


def told(document: Document, entries: list[Entry]) -> History:
    """Return events as a value."""
    names = Names(document.election)
    return History([_told(names, entry) for entry in entries])


def lines(entries: list[Entry], value: History) -> Iterator[str]:
    """Write events for people, in the time of the place."""
    rows = [
        [grouped(event.event), f"{entry.time.astimezone():%Y-%m-%d %H:%M:%S}", event.operator, event.sentence]
        for entry, event in zip(entries, value.events, strict=True)
    ]
    yield from table(["No.", "Time", "Who", "What"], rows, left=4)


def _told(names: Names, entry: Entry) -> Told:
    return Told(
        event=entry.seq,
        time=entry.time.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        operator=entry.operator,
        origin=entry.origin,
        kind=entry.kind,
        payload=None if entry.payload is None else to_builtins(entry.payload),
        sentence=event_sentence(names, entry),
    )
