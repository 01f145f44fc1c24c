"""``tally-app verify FILE``: is the file whole, does its journal lead to its current values, is a hash of it?"""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import numpy as np
from msgspec import Struct

from tally_app.cli.arguments import add_file
from tally_app.cli.exits import Exit
from tally_app.cli.moments import bad_argument
from tally_app.cli.output import Outcome
from tally_app.cli.session import Session
from tally_app.storage import verification
from tally_app.storage.connection import connect_reader
from tally_app.storage.errors import DamagedFile, TamperedFile
from tally_app.storage.events import FIGURES
from tally_app.storage.journal import Problem, Verification
from tally_app.storage.past import PastJournal
from tally_app.storage.tally_file import TallyFile
from tally_app.wording.findings import capital
from tally_app.wording.numbers import counted, grouped

_SHORTEST = 8
"""Characters of a hash that tell an event from all others: sheets and the status bar have as many."""


class FileProblem(Struct, frozen=True):
    """The first problem. *event* is the number of the first broken event, null where none can be named."""

    kind: str
    event: int | None
    text: str


class Known(Struct, frozen=True):
    """The event that has a hash, and what came after it: events, those among them that changed figures.

    *same_figures*: all entered and stated figures are now what they were then.
    """

    event: int
    hash: str
    time: str
    operator: str
    origin: str
    kind: str
    events_since: int
    changing_figures_since: int
    same_figures: bool


class Verified(Struct, frozen=True):
    """What ``verify --json`` writes. *events* is how many were found good; *head* is null if the file is not.

    *known* is of ``--hash``: null if no event has it, if the file is not whole, or if none was asked for.
    """

    ok: bool
    events: int
    head: str | None
    problem: FileProblem | None
    known: Known | None = None


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_file(parser)
    parser.add_argument(
        "--hash", metavar="PREFIX", help="is this hash, or its beginning as printed on a sheet, one of this journal's?"
    )


def run(arguments: Namespace, _: Session) -> Outcome:
    """Check everything in a file, also while a window is writing it."""
    prefix = None if arguments.hash is None else _prefix(arguments.hash)
    value = verified(arguments.file, prefix)
    found = value.ok and (prefix is None or value.known is not None)
    return Outcome(value, lines(value, prefix), Exit.DONE if found else Exit.FOUND)


def verified(path: Path, prefix: str | None = None) -> Verified:
    """Check everything in a file; with *prefix*, also whether the hash of one of its events begins with it.

    Raises: StorageError: it is none of ours, or cannot be read. A file that was changed or damaged is an answer.
        Failure: several hashes begin so.
    """
    try:
        with TallyFile.open(path, read_only=True) as file:
            verification = file.verify()
            known = _known(file, prefix) if prefix is not None and verification.ok else None
            return _verified(verification, file.head.hash, known)
    except (TamperedFile, DamagedFile) as error:
        return _verified(_of_broken(path, error), None)


def lines(value: Verified, prefix: str | None = None) -> Iterator[str]:
    """Write the answer for people."""
    if value.problem is None:
        yield f"The file is whole: {counted(value.events, 'event', 'events')}, head {value.head}"
        if prefix is not None:
            yield from _hash_lines(value.known, prefix)
        return
    yield f"The file is NOT as it was written: {capital(value.problem.text)}."
    yield f"{counted(value.events, 'event', 'events')} before that found good."
    yield "Keep the file as it is, and go on from the latest copy that is whole."
    if prefix is not None:
        yield f"Of the hash {prefix} nothing can be said, because the file is not whole."


def _hash_lines(known: Known | None, prefix: str) -> Iterator[str]:
    if known is None:
        yield f"No event of this file has the hash {prefix}: what bears it was made from another file, or is misread."
        return
    time = datetime.fromisoformat(known.time).astimezone()
    yield f"The hash {prefix} is that of event {grouped(known.event)}, {time:%Y-%m-%d %H:%M:%S}, by {known.operator}."
    if not known.events_since:
        yield "It is the last event: nothing happened since."
        return
    since = f"Since then: {counted(known.events_since, 'event', 'events')}"
    if not known.changing_figures_since:
        yield f"{since}, none of which changed a figure."
        return
    number = known.changing_figures_since
    changed = "one of which changed figures" if number == 1 else f"of which {grouped(number)} changed figures"
    now = "the figures are the same again now" if known.same_figures else "the figures are NOT those of that moment"
    yield f"{since}, {changed}; {now}."


def _prefix(text: str) -> str:
    """Return a hash as it may stand on a sheet, in groups of four or in capitals, as the journal has it."""
    prefix = "".join(text.split()).casefold()
    if not (_SHORTEST <= len(prefix) <= 64) or set(prefix) - set("0123456789abcdef"):
        raise bad_argument(f"--hash {text}", f"a hash has {_SHORTEST} to 64 of the characters 0–9 and a–f")
    return prefix


def _known(file: TallyFile, prefix: str) -> Known | None:
    """Find the event whose hash begins so, and compare its moment with now."""
    found = [event for event in file.events() if event.hash.startswith(prefix)]
    if not found:
        return None
    if len(found) > 1:
        numbers = ", ".join(str(event.seq) for event in found)
        raise bad_argument(f"--hash {prefix}", f"the hashes of events {numbers} begin so; write more of it")
    event = found[0]
    since = [later.kind for later in file.events(event.seq)]
    past = PastJournal(file, event.seq, file.path)
    return Known(
        event=event.seq,
        hash=event.hash,
        time=event.time,
        operator=event.operator,
        origin=event.origin,
        kind=event.kind,
        events_since=len(since),
        changing_figures_since=since.count(FIGURES),
        same_figures=np.array_equal(past.values(), file.values()) and past.stated() == file.stated(),
    )


def _verified(outcome: Verification, head: str | None, known: Known | None = None) -> Verified:
    problem = outcome.problem
    return Verified(
        ok=outcome.ok,
        events=outcome.events,
        head=head if outcome.ok else None,
        problem=FileProblem(problem.kind, problem.event, problem.text) if problem else None,
        known=known,
    )


def _of_broken(path: Path, error: TamperedFile | DamagedFile) -> Verification:
    """Count what is good in a file that does not open."""
    stated = error.problem if isinstance(error, TamperedFile) else Problem("damaged", None, error.detail)
    try:
        with closing(connect_reader(path)) as connection:
            found = verification.verify(connection)
    except DamagedFile:
        return Verification(False, 0, stated)
    return found if found.problem else Verification(False, found.events, stated)
