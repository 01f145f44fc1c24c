"""``tally-app history FILE``: who did what when, newest first; or all of it as a file for others."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from msgspec import Struct, to_builtins

from tally_app.cli.arguments import add_file
from tally_app.cli.history_filter import add_filters, read_filters
from tally_app.cli.output import Outcome, table
from tally_app.cli.session import Session
from tally_app.document.document import Document
from tally_app.document.history import Entry, Wanted, history
from tally_app.document.opening import open_document
from tally_app.document.sources import sources
from tally_app.storage.errors import FileAlreadyThere
from tally_app.storage.export import write_export
from tally_app.wording.history import event_sentence
from tally_app.wording.history_files import HARMLESS, Export, told_text
from tally_app.wording.names import Names
from tally_app.wording.numbers import counted, grouped


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


class Written(Struct, frozen=True):
    """A file that was made: *events* of the journal's are in it."""

    path: str
    format: str
    events: int


class Exported(Struct, frozen=True):
    """What ``history --csv OUT --json`` writes. *events*: all that the journal has."""

    files: list[Written]
    events: int


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_file(parser)
    add_filters(parser)
    parser.add_argument(
        "--csv", type=Path, metavar="OUT", help="write it to this new file, as a table for spreadsheets"
    )
    parser.add_argument("--nist", type=Path, metavar="OUT", help="write it to this new file, as a NIST SP 1500-101 log")


def run(arguments: Namespace, session: Session) -> Outcome:
    """Read a file, also while a window is writing it, and tell what happened in it, or write that to files."""
    with closing(
        open_document(arguments.file, operator="", clock=session.clock, origin=session.origin, read_only=True)
    ) as document:
        wanted = read_filters(arguments, document)
        names = Names(document.election)
        names.add_sources(sources(document.election, document.records))
        if arguments.csv is not None or arguments.nist is not None:
            exported = _export(arguments, session, document, names, wanted)
            return Outcome(exported, _exported_lines(exported))
        told = [(entry, event_sentence(names, entry)) for entry in history(document) if wanted.admits(entry.about)]
    chosen = [(entry, sentence) for entry, sentence in told if wanted.holds(told_text(entry, sentence))]
    return Outcome(History([_told(entry, sentence) for entry, sentence in chosen]), lines(chosen))


def lines(told: list[tuple[Entry, str]]) -> Iterator[str]:
    """Write events for people, in the time of the place."""
    rows = [
        [grouped(entry.seq), f"{entry.time.astimezone():%Y-%m-%d %H:%M:%S}", entry.operator, sentence]
        for entry, sentence in told
    ]
    if not rows:
        yield "Nothing of this kind happened."
        return
    yield from table(["No.", "Time", "Who", "What"], rows, left=4)


def _export(arguments: Namespace, session: Session, document: Document, names: Names, wanted: Wanted) -> Exported:
    written = []
    for path in filter(None, (arguments.csv, arguments.nist)):
        if path.exists():  # before anything is written
            raise FileAlreadyThere(path)
    for path, form in ((arguments.csv, "csv"), (arguments.nist, "nist-sp-1500-101")):
        if path is not None:
            export = Export(document, names, wanted)
            write_export(path, export.csv() if form == "csv" else export.nist(session.clock()))
            written.append(Written(str(path), form, export.events))
    return Exported(written, document.head.seq)


def _exported_lines(value: Exported) -> Iterator[str]:
    for file in value.files:
        yield f"Wrote {file.path}: {grouped(file.events)} of {counted(value.events, 'event', 'events')}"
    if any(file.format == "csv" for file in value.files):
        yield HARMLESS


def _told(entry: Entry, sentence: str) -> Told:
    return Told(
        event=entry.seq,
        time=entry.time.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        operator=entry.operator,
        origin=entry.origin,
        kind=entry.kind,
        payload=None if entry.payload is None else to_builtins(entry.payload),
        sentence=sentence,
    )
