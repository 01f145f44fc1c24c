"""What makes sheets beside the window, in a process of its own: no Qt here, and nothing is written.

A thread would not do: counting a sheet's figures a second time holds the interpreter, and with it the keys.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from tally_app.sheets.printing import Press
from tally_app.sheets.recount_check import SheetRefused
from tally_app.sheets.refusals import no_such_sheet
from tally_app.sheets.request import NoSuchSheet, Request
from tally_app.sheets.typeset import TypesettingFailed, drawn
from tally_app.storage.errors import StorageError
from tally_app.storage.past import NoSuchEvent


@dataclass(frozen=True, slots=True)
class Order:
    """Sheets to be made of a file as it is on the disk when the order's turn comes, all of one moment."""

    number: int
    path: Path
    origin: str
    requests: tuple[Request, ...]
    pdf: bool = False
    """PDFs; else pages that Qt can draw."""
    most_pages: int | None = None
    """So many pages of each sheet are enough."""


class Drawn(NamedTuple):
    """Pages of the *sheet*-th request as SVG, of the file as it was after *event*; *total* pages there are."""

    number: int
    sheet: int
    event: int
    pages: tuple[bytes, ...]
    total: int


class Typeset(NamedTuple):
    """A sheet as PDF, of the file as it was after *event*."""

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
    """Nothing more comes for this order. *problem*: why none of it could be made at all."""

    number: int
    problem: str = ""


Reply = Drawn | Typeset | NotMade | Finished


def serve(connection: Connection) -> None:
    """Answer orders until nobody sends any more."""
    while True:
        try:
            order = connection.recv()
            for reply in replies(order):
                connection.send(reply)
        except (EOFError, BrokenPipeError, ConnectionResetError, KeyboardInterrupt):
            return


def replies(order: Order) -> Iterator[Reply]:
    """Yield one reply for each sheet, in the order's order, and one that it is finished."""
    try:
        with Press(order.path, clock=_now, origin=order.origin) as press:
            for index, request in enumerate(order.requests):
                yield _reply(press, order, index, request)
    except (StorageError, NoSuchEvent) as error:
        yield Finished(order.number, str(error))
        return
    yield Finished(order.number)


def _reply(press: Press, order: Order, index: int, request: Request) -> Reply:
    event = press.document.head.seq
    try:
        if order.pdf:
            return Typeset(order.number, index, event, press.pdf(request))
        pages = drawn(press.sheet(request))
        return Drawn(order.number, index, event, pages[: order.most_pages], len(pages))
    except NoSuchSheet as error:
        return NotMade(order.number, index, event, no_such_sheet(error), absent=True)
    except (SheetRefused, TypesettingFailed) as error:
        return NotMade(order.number, index, event, str(error), absent=False)


def _now() -> datetime:
    return datetime.now(UTC)
