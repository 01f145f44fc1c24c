"""Hears of everything that nobody caught: in slots, in threads, while something is thrown away, and in Qt itself."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qFormatLogMessage, qInstallMessageHandler

from tally_app.ui.trouble.qt_messages import SERIOUS, describe_message
from tally_app.ui.trouble.traces import Trace, describe


class Watch(QObject):
    """Turns what broke into a trace without values, and tells it in the thread of the window."""

    broke = Signal(object, str)
    """Carries the ``Trace``, and in which part of the program it was."""

    def __init__(self, qt_said: Callable[[Trace], None], parent: QObject | None = None) -> None:
        """*qt_said*: told of Qt's complaints, in whatever thread it makes them."""
        super().__init__(parent)
        self._qt_said = qt_said

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Watch as long as this lasts; afterwards all is as it was, for Qt still speaks when Python is gone."""
        before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        sys.unraisablehook = self._on_unraisable
        qInstallMessageHandler(self._on_qt_message)
        try:
            yield
        finally:
            qInstallMessageHandler(None)
            sys.excepthook, threading.excepthook, sys.unraisablehook = before

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self._tell(error, "window")

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._tell(args.exc_value, "thread")

    def _on_unraisable(self, unraisable: "sys.UnraisableHookArgs") -> None:
        if unraisable.exc_value is not None:
            self._tell(unraisable.exc_value, "clearing up")

    def _tell(self, error: BaseException, part: str) -> None:
        try:
            trace = describe(error)
        except Exception:
            trace = ("an error that could not be described",)
        with suppress(Exception):  # nobody reads it, or there is no console
            _complain(error, trace)
        self.broke.emit(trace, part)

    def _on_qt_message(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        with suppress(Exception):
            sys.stderr.write(f"{qFormatLogMessage(kind, context, text)}\n")
        with suppress(Exception):
            if kind in SERIOUS:
                self._qt_said(describe_message(kind, context.category or "default", text))


def _complain(error: BaseException, trace: Trace) -> None:
    """Write to the console: in full to a person who sits there, else without values, for desktops keep what is said."""
    if sys.stderr.isatty() or sys.flags.dev_mode:
        sys.__excepthook__(type(error), error, error.__traceback__)
    else:
        sys.stderr.write("\n".join(("An error that was not foreseen:", *trace, "")))
