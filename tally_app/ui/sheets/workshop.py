"""The window's end of the process that makes sheets."""

import sys
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from PySide6.QtCore import QObject, QTimer, Signal

from tally_app.ui.sheets.worker import Finished, Order, serve
from tally_app.ui.trouble.traces import FaultElsewhere, Trace

_PATIENCE = 1.0
"""For a process that closed its connection, to end [s]."""
_LOOK_MS = 8
"""Between two looks whether a reply is there [ms]; only while one is waited for."""


class Workshop(QObject):
    """Takes orders, tells replies. The process starts with the first order, and ends with ``stop``."""

    replied = Signal(object)
    """Carries a ``Reply``."""
    lost = Signal()
    """The process is gone, and with it every order that was not finished; the next order starts another."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self.orders = 0
        """How many orders are not finished."""
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._on_timer_timeout)

    @property
    def running(self) -> bool:
        """Is there a process?"""
        return self._process is not None

    def send(self, order: Order) -> None:
        """Have sheets made, after those that were ordered before."""
        if self._connection is None:
            self._begin()
        if self._connection is not None:
            try:
                self._connection.send(order)
            except OSError:
                self._lose()
                return
        self.orders += 1
        self._timer.start()

    def stop(self) -> None:
        """Give up at once whatever is being made. The process only reads, so nothing is left half done."""
        self._timer.stop()
        self.orders = 0
        process, connection = self._process, self._connection
        self._process = self._connection = None
        if connection is not None:
            connection.close()
        if process is not None:
            process.terminate()
            process.join()
            process.close()

    def _begin(self) -> None:
        context = get_context("spawn")  # a fork of a process with a window would share its connection to the screen
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def _lose(self) -> None:
        process, code = self._process, None
        if process is not None:
            process.join(_PATIENCE)
            code = process.exitcode
        self.stop()
        self.lost.emit()
        _report((f"the process that makes sheets ended with {code}",))

    def _on_timer_timeout(self) -> None:
        while self._connection is not None and self._timer.isActive():
            try:
                if not self._connection.poll():
                    return
                reply = self._connection.recv()
            except (EOFError, OSError):
                self._lose()
                return
            if isinstance(reply, Finished):
                self.orders -= 1
                if not self.orders:
                    self._timer.stop()
            self.replied.emit(reply)
            if isinstance(reply, Finished) and reply.trace:
                _report(reply.trace)


def _report(trace: Trace) -> None:
    """Say what broke where everything that breaks is said."""
    sys.excepthook(FaultElsewhere, FaultElsewhere(trace), None)
