"""The process that makes sheets breaks, or ends: it is told in the window of sheets, and the next sheet is made."""

import os
import signal
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt

from tally_app.sheets.frame import Printing
from tally_app.sheets.request import Request
from tally_app.ui.sheets import worker
from tally_app.ui.sheets.worker import Finished, Order, Reply
from tally_app.ui.trouble.traces import FaultElsewhere
from tests.ui.conftest import STAMP


class Pipe:
    """A connection that brings orders and keeps what is answered."""

    def __init__(self, *orders: Order) -> None:
        self._orders = list(orders)
        self.replies: list[Reply] = []

    def recv(self) -> Order:
        if not self._orders:
            raise EOFError
        return self._orders.pop(0)

    def send(self, reply: Reply) -> None:
        self.replies.append(reply)


def test_an_error_ends_one_order_and_the_next_is_made(monkeypatch, published):
    makes = iter([True, False])
    whole = worker.replies

    def sometimes(order: Order) -> Iterator[Reply]:
        if next(makes):
            raise KeyError("S. Chan 4817203")
        yield from whole(order)

    monkeypatch.setattr(worker, "replies", sometimes)
    request = Request("region", Printing("S. Chan", STAMP.time), region="R4")
    pipe = Pipe(*(Order(number, published, "test", (request,)) for number in (1, 2)))
    worker.serve(pipe)  # type: ignore[arg-type]
    broken, *good = pipe.replies
    assert isinstance(broken, Finished)
    assert broken.problem == (
        "The sheet could not be made: the program met an error that it did not foresee. The count goes on."
    )
    assert broken.trace[0] == "KeyError"
    assert "4817203" not in "".join(broken.trace)
    assert good[-1] == Finished(2)
    assert len(good) > 1


@pytest.mark.skipif(os.name == "nt", reason="ends otherwise there")
def test_its_end_is_told_in_its_window_and_reported_and_the_next_sheet_is_made(clerk, qtbot):
    process = clerk.window._workshop._process
    os.kill(process.pid, signal.SIGSTOP)  # it must not be faster than its end
    clerk.window.preview.refresh()
    with qtbot.captureExceptions() as errors, qtbot.waitSignal(clerk.window._workshop.lost):
        qtbot.waitUntil(lambda: clerk.window._workshop.orders == 1)
        os.kill(process.pid, signal.SIGKILL)
    assert clerk.window.preview.problem == "The sheet could not be made: its process ended. Choose it again."
    (told,) = errors
    assert isinstance(told[1], FaultElsewhere)
    assert told[1].trace == ("the process that makes sheets ended with -9",)
    clerk.choose(Qt.Key.Key_S, "Result of the c")
    assert clerk.window.preview.pages
