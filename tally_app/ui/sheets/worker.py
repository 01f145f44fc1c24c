"""What makes sheets beside the window, in a process of its own: no Qt here, and nothing is written.

A thread would not do: counting a sheet's figures a second time holds the interpreter, and with it the keys.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal, NamedTuple
from zlib import compress

from tally_app.sheets.content import Sheet
from tally_app.sheets.printing import Press
from tally_app.sheets.recount_check import SheetRefused
from tally_app.sheets.refusals import no_such_sheet
from tally_app.sheets.request import NoSuchSheet, Request
from tally_app.sheets.typeset import TypesettingFailed, drawn
from tally_app.storage.errors import StorageError
from tally_app.storage.past import NoSuchEvent
from tally_app.ui.trouble.traces import Trace, describe

_NOT_MADE = (NoSuchSheet, SheetRefused, TypesettingFailed)
_BROKE = "The sheet could not be made: the program met an error that it did not foresee. The count goes on."
_AT_ONCE = 25
"""Pages in one reply: a few megabytes."""
_QUICKLY = 1
"""How hard pages are packed: to a tenth, in a few milliseconds."""


@dataclass(frozen=True, slots=True)
class Order:
    """Sheets to be made of a file as it is on the disk when the order's turn comes, all of one moment."""

    number: int
    path: Path
    origin: str
    requests: tuple[Request, ...]
    wanted: Literal["pages", "pdfs", "booklet"] = "pages"
    """Pages that Qt can draw; a PDF of each sheet; or one of all of them."""


class Drawn(NamedTuple):
    """Pages of the *sheet*-th request as packed SVG, of the file as it was after *event*.

    A long sheet comes in several replies: these are the pages from *first* on [0, 1, …], of *total* pages.
    """

    number: int
    sheet: int
    event: int
    first: int
    pages: tuple[bytes, ...]
    total: int


class Made(NamedTuple):
    """The content of a sheet that will be in a booklet is there, and counted a second time."""

    number: int
    sheet: int
    event: int


class Typeset(NamedTuple):
    """A sheet as PDF, of the file as it was after *event*; of a booklet *sheet* is its last."""

    number: int
    sheet: int
    event: int
    pdf: bytes


class NotMade(NamedTuple):
    """A sheet that was not made, and why. *absent*: there is none to be made, such as of a lot without a tie."""

    number: int
    sheet: int
    event: int
    text: str
    absent: bool


class Finished(NamedTuple):
    """Nothing more comes for this order.

    *problem*: why it could not be made; *trace*: where the program was, if it broke over it.
    """

    number: int
    problem: str = ""
    trace: Trace = ()


Reply = Drawn | Made | Typeset | NotMade | Finished


def serve(connection: Connection) -> None:
    """Answer orders until nobody sends any more."""
    while True:
        try:
            order = connection.recv()
            for reply in _whatever_happens(order):
                connection.send(reply)
        except (EOFError, BrokenPipeError, ConnectionResetError, KeyboardInterrupt):
            return


def _whatever_happens(order: Order) -> Iterator[Reply]:
    """Yield the replies; an error of ours ends this order, and the next one is answered all the same."""
    made = replies(order)
    while True:
        try:
            reply = next(made)
        except StopIteration:
            return
        except Exception as error:
            yield Finished(order.number, _BROKE, describe(error))
            return
        yield reply


def replies(order: Order) -> Iterator[Reply]:
    """Yield what was made, in the order's order, and one that it is finished."""
    try:
        with Press(order.path, clock=_now, origin=order.origin) as press:
            if order.wanted == "booklet":
                yield from _booklet(press, order)
            else:
                for index, request in enumerate(order.requests):
                    yield from _each(press, order, index, request)
    except (StorageError, NoSuchEvent) as error:
        yield Finished(order.number, str(error))
        return
    yield Finished(order.number)


def _each(press: Press, order: Order, index: int, request: Request) -> Iterator[Reply]:
    event = press.document.head.seq
    try:
        if order.wanted == "pdfs":
            yield Typeset(order.number, index, event, press.pdf(request))
            return
        pages = drawn(press.sheet(request))
    except _NOT_MADE as error:
        yield _not_made(order, index, event, error)
        return
    for first in range(0, len(pages), _AT_ONCE):
        packed = tuple(compress(page, _QUICKLY) for page in pages[first : first + _AT_ONCE])
        yield Drawn(order.number, index, event, first, packed, len(pages))


def _booklet(press: Press, order: Order) -> Iterator[Reply]:
    event = press.document.head.seq
    sheets: list[tuple[Request, Sheet]] = []
    for index, request in enumerate(order.requests):
        try:
            sheets.append((request, press.sheet(request)))
        except _NOT_MADE as error:
            reply = _not_made(order, index, event, error)
            yield reply
            if not reply.absent:
                return
        else:
            yield Made(order.number, index, event)
    last = len(order.requests) - 1
    try:
        if sheets:
            yield Typeset(order.number, last, event, press.booklet(sheets))
    except TypesettingFailed as error:
        yield _not_made(order, last, event, error)


def _not_made(order: Order, index: int, event: int, error: Exception) -> NotMade:
    if isinstance(error, NoSuchSheet):
        return NotMade(order.number, index, event, no_such_sheet(error), absent=True)
    return NotMade(order.number, index, event, str(error), absent=False)


def _now() -> datetime:
    return datetime.now(UTC)
