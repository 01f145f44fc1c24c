"""``tally-app verify FILE``: is the file whole, and does its journal lead to its current values?"""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from tally_app.cli.arguments import add_file
from tally_app.cli.exits import Exit
from tally_app.cli.output import Outcome
from tally_app.cli.session import Session
from tally_app.storage import verification
from tally_app.storage.connection import connect_reader
from tally_app.storage.errors import DamagedFile, TamperedFile
from tally_app.storage.journal import Problem, Verification
from tally_app.storage.tally_file import TallyFile
from tally_app.wording.findings import capital
from tally_app.wording.numbers import counted


class FileProblem(Struct, frozen=True):
    """The first problem. *event* is the number of the first broken event, null where none can be named."""

    kind: str
    event: int | None
    text: str


class Verified(Struct, frozen=True):
    """What ``verify --json`` writes. *events* is how many were found good; *head* is null if the file is not."""

    ok: bool
    events: int
    head: str | None
    problem: FileProblem | None


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_file(parser)


def run(arguments: Namespace, _: Session) -> Outcome:
    """Check everything in a file, also while a window is writing it."""
    value = verified(arguments.file)
    return Outcome(value, lines(value), Exit.DONE if value.ok else Exit.FOUND)


def verified(path: Path) -> Verified:
    """Check everything in a file.

    Raises: StorageError: it is none of ours, or cannot be read. A file that was changed or damaged is an answer.
    """
    try:
        with TallyFile.open(path, read_only=True) as file:
            return _verified(file.verify(), file.head.hash)
    except (TamperedFile, DamagedFile) as error:
        return _verified(_of_broken(path, error), None)


def lines(value: Verified) -> Iterator[str]:
    """Write the answer for people."""
    if value.problem is None:
        yield f"The file is whole: {counted(value.events, 'event', 'events')}, head {value.head}"
        return
    yield f"The file is NOT as it was written: {capital(value.problem.text)}."
    yield f"{counted(value.events, 'event', 'events')} before that found good."
    yield "Keep the file as it is, and go on from the latest copy that is whole."


def _verified(outcome: Verification, head: str | None) -> Verified:
    problem = outcome.problem
    return Verified(
        ok=outcome.ok,
        events=outcome.events,
        head=head if outcome.ok else None,
        problem=FileProblem(problem.kind, problem.event, problem.text) if problem else None,
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
