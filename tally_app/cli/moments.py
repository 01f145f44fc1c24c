"""Times as people write them on the command line, and reading a file as it was at one of them."""

import re
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from tally_app.cli.exits import Exit, Failure, Refused
from tally_app.cli.session import Session
from tally_app.document.document import Document
from tally_app.document.history import history
from tally_app.document.opening import open_document
from tally_app.document.past import open_past
from tally_app.storage.past import NoSuchEvent
from tally_app.wording.numbers import grouped

_TIME = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})"
    r"([T ](?P<minute>\d{2}:\d{2})(?P<second>:\d{2}(?P<fraction>\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})?)?"
)
_HOW = "write it as 2024-02-25, '2024-02-25 22:14' or '2024-02-25 22:14:03', with a zone as +07:00 if it is another's"
_MOMENT = timedelta(microseconds=1)


class Span(NamedTuple):
    """The first and the last moment of a time that is known to the day, the minute, the second or better."""

    start: datetime
    end: datetime


def read_span(argument: str, text: str) -> Span:
    """Read a time; without a zone it is this computer's.

    Raises: Failure: it is none. *argument* is named in the message.
    """
    found = _TIME.fullmatch(text.strip())
    try:
        if found is None:
            raise ValueError("it is no time")
        start = datetime.fromisoformat(text.strip())
        start = start if start.tzinfo is not None else start.astimezone()
        return Span(start, start + _length(found) - _MOMENT)
    except (ValueError, OverflowError) as error:
        raise bad_argument(f"{argument} {text}", f"this is no time that can be used: {_HOW}") from error


def add_as_of(parser: ArgumentParser) -> None:
    """Declare --as-of."""
    parser.add_argument(
        "--as-of",
        metavar="N|TIME",
        help="as it was after the event of this number, or at this time: 123, '2024-02-25 22:14:03' (that second"
        " included; without a zone it is this computer's)",
    )


def open_for_reading(arguments: Namespace, session: Session) -> Document:
    """Open the file of a command that only reads: as it is or, with --as-of, as it was.

    Raises: Failure: there was nothing at that time. StorageError: the file cannot be read.
    """
    moment = arguments.as_of
    if moment is None:
        return open_document(arguments.file, operator="", clock=session.clock, origin=session.origin, read_only=True)
    number = moment.strip()
    when = (
        int(number) if number.isascii() and number.isdigit() and len(number) < 19 else read_span("--as-of", moment).end
    )
    try:
        return open_past(arguments.file, when, clock=session.clock, origin=session.origin)
    except NoSuchEvent as error:
        problem = (
            f"there is no such event; the last one is {grouped(error.last)}"
            if isinstance(when, int)
            else "there was no event yet at that time"
        )
        raise bad_argument(f"--as-of {moment}", problem) from error


def as_of_lines(arguments: Namespace, document: Document) -> Iterator[str]:
    """Say of which moment something is; nothing if it is the present."""
    if arguments.as_of is None:
        return
    last = next(iter(history(document)))
    time = f"{last.time.astimezone():%Y-%m-%d %H:%M:%S}"
    yield f"As of no. {grouped(last.seq)}, {time}: what came later is left out."
    yield ""


def bad_argument(argument: str, problem: str) -> Failure:
    """Return the failure of an argument that cannot be used."""
    return Failure(Exit.USAGE, "bad-arguments", f"{argument}: {problem}", [Refused(argument, problem)])


def _length(found: re.Match[str]) -> timedelta:
    if found["fraction"]:
        return timedelta(microseconds=10 ** (7 - len(found["fraction"])))
    if found["second"]:
        return timedelta(seconds=1)
    return timedelta(minutes=1) if found["minute"] else timedelta(days=1)
