"""The program's log: what it did and when, without votes, names or places of files. No Qt here."""

import logging
from contextlib import suppress
from pathlib import Path

from platformdirs import user_log_path, user_state_path

from tally_app.ui.trouble.traces import Trace

_NAME = "election-tally"
_BYTES = 1_000_000
_OLD_ONES = 4
"""With the one that is written: five of a megabyte for each window that is open at the same time."""


def log_folder() -> Path:
    """Return where this platform keeps the logs of this user's programs."""
    return user_log_path(_NAME, appauthor=False)


def state_folder() -> Path:
    """Return where this platform keeps what programs note for their next start."""
    return user_state_path(_NAME, appauthor=False)


class Log:
    """Lines of a time, an event's name and plain facts. It opens its file late: the window is painted first.

    Facts are numbers and words of the program. Nothing that came out of a file or off the keyboard is one.
    """

    def __init__(self, folder: Path, number: int) -> None:
        """*number*: of this window; no two processes write into one file. 0: nothing is written."""
        self._folder = folder
        self._number = number
        self._logger = logging.Logger("log")  # its own, not of the global tree: nobody else's lines get in
        self._waiting: list[logging.LogRecord] | None = []

    def note(self, event: str, **facts: str | int) -> None:
        """Write that something happened."""
        words = (f"{name}={value}" for name, value in facts.items())
        self._write(logging.INFO, " ".join((event, *words)))

    def warn(self, event: str, trace: Trace) -> None:
        """Write that something went wrong, and where; the file is opened if it was not."""
        self.open()
        self._write(logging.ERROR, "\n    ".join((event, *trace)))

    def open(self) -> None:
        """Begin to write, with what was noted until now."""
        if self._waiting is None:
            return
        waiting, self._waiting = self._waiting, None
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._logger.addHandler(_handler(self._folder / f"window-{self._number}.log", self._number))
        except OSError:
            return  # no place for a log: the count goes on without one
        for record in waiting:
            self._logger.handle(record)

    def close(self) -> None:
        """Write no more."""
        self.open()
        for handler in list(self._logger.handlers):
            self._logger.removeHandler(handler)
            with suppress(OSError):  # a full disk, again
                handler.close()

    def _write(self, level: int, text: str) -> None:
        record = logging.LogRecord("log", level, "", 0, text, None, None)
        if self._waiting is not None:
            self._waiting.append(record)
        elif self._logger.handlers:
            self._logger.handle(record)


def _handler(path: Path, number: int) -> logging.Handler:
    from logging.handlers import RotatingFileHandler  # loads a good deal of Python's library

    class Handler(RotatingFileHandler):
        def handleError(self, record: logging.LogRecord) -> None:
            """A full disk stops the log, not the count."""

    if not number:
        return logging.NullHandler()
    handler = Handler(path, maxBytes=_BYTES, backupCount=_OLD_ONES, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s", "%Y-%m-%d %H:%M:%S%z"))
    return handler
