"""What is done with sheets once somebody wants them: saved as one PDF, or as a folder of them, with a way back."""

from abc import abstractmethod
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from tally_app.sheets.printing import SUMS, BatchFailed, Written, write_batch, write_sheet
from tally_app.sheets.refusals import batch_failed
from tally_app.storage.errors import StorageError
from tally_app.ui.sheets.worker import Finished, NotMade, Order, Reply, Typeset
from tally_app.ui.sheets.workshop import Workshop
from tally_app.wording.numbers import grouped

_LOOK_MS = 20


class Progress(NamedTuple):
    """How far a job is: *doing* says what, *done* of *all*; *all* 0: nobody can tell."""

    doing: str
    done: int
    all: int


class Outcome(NamedTuple):
    """How a job ended. *good*: as it was wanted; *text* says what is there now."""

    good: bool
    text: str


class Stopped(StorageError):
    """Somebody wanted no more of it."""

    def __init__(self, folder: Path, text: str) -> None:
        super().__init__(folder, text, "")

    def __str__(self) -> str:
        return self.happened


class Job(QObject):
    """Has sheets made, all of one moment, and does something with them. Each is refused, or ends, in one message."""

    progressed = Signal(object)
    """Carries a ``Progress``."""
    ended = Signal(object)
    """Carries an ``Outcome``; nothing happens after it."""

    def __init__(self, workshop: Workshop, order: Order, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workshop = workshop
        self._order = order
        self._absent: list[str] = []
        self._over = False
        workshop.replied.connect(self._on_workshop_replied)
        workshop.lost.connect(self._on_workshop_lost)

    def start(self) -> None:
        """Begin."""
        self._tell(0)
        self._workshop.send(self._order)

    def cancel(self) -> None:
        """Want no more of it; ``ended`` says what is there."""
        if not self._over:
            self._workshop.stop()
            self._end(False, self.tr("Cancelled. Nothing was written."))

    @abstractmethod
    def _take(self, reply: Reply) -> None:
        """Keep one sheet."""

    @abstractmethod
    def _use(self) -> None:
        """Do what is to be done with the sheets, all of which are there."""

    def _tell(self, done: int) -> None:
        self.progressed.emit(Progress(self.tr("Making sheet"), done, len(self._order.requests)))

    def _end(self, good: bool, text: str) -> None:
        if not self._over:
            self._over = True
            self._workshop.replied.disconnect(self._on_workshop_replied)
            self._workshop.lost.disconnect(self._on_workshop_lost)
            self.ended.emit(Outcome(good, text))

    def _on_workshop_replied(self, reply: Reply) -> None:
        if reply.number != self._order.number or self._over:
            return
        if isinstance(reply, Finished):
            self._finish(reply.problem)
        elif isinstance(reply, NotMade) and reply.absent and len(self._order.requests) > 1:
            self._absent.append(reply.text)
        elif isinstance(reply, NotMade):
            self._end(False, self.tr("{problem} Nothing was written.").format(problem=reply.text))
        else:
            self._take(reply)
            self._tell(reply.sheet + 1)

    def _finish(self, problem: str) -> None:
        if problem:
            self._end(False, problem)
        elif len(self._absent) == len(self._order.requests):
            self._end(False, self._absent[0])
        else:
            self._use()

    def _on_workshop_lost(self) -> None:
        self._end(False, self.tr("The sheets could not be made: their process ended. Nothing was written. Try again."))


class WritingJob(Job):
    """Writes what was made, in a thread beside the window: a disk may take its time."""

    def __init__(self, workshop: Workshop, order: Order, place: Path, parent: QObject | None = None) -> None:
        """*place*: the file or folder that is written."""
        super().__init__(workshop, order, parent)
        self._place = place
        self._as_of = 0
        self._stop = Event()
        self._stopped = Stopped(place, self.tr("Cancelled."))
        self._writer = ThreadPoolExecutor(1, "sheets")
        self._writing: Future[list[Written]] | None = None
        self._begun = False
        """Set before the writer's thread can begin: what is cancelled from then on is cancelled by it."""
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._on_timer_timeout)

    def cancel(self) -> None:
        """Want no more of it; a file that is being written is whole, or is not there."""
        if self._begun:
            self._stop.set()
        else:
            super().cancel()

    @abstractmethod
    def _write(self) -> list[Written]:
        """Write; called in the writer's thread. Raises ``self._stopped`` where ``self._stop`` is set."""

    @abstractmethod
    def _how_far(self) -> Progress:
        """Say how far the writing is."""

    @abstractmethod
    def _told(self, written: list[Written]) -> str:
        """Say what is there."""

    def _use(self) -> None:
        self._begun = True
        self._writing = self._writer.submit(self._write)
        self._timer.start()

    def _end(self, good: bool, text: str) -> None:
        self._timer.stop()
        self._writer.shutdown(wait=False)
        super()._end(good, text)

    def _on_timer_timeout(self) -> None:
        if self._writing is None or self._over:
            return
        if not self._writing.done():
            self.progressed.emit(self._how_far())
            return
        try:
            written = self._writing.result()
        except Stopped:
            self._end(False, self.tr("Cancelled. Nothing was written."))
        except BatchFailed as error:
            self._end(False, f"{batch_failed(error)} {self._place}")
        except StorageError as error:
            self._end(False, str(error))
        except Exception:
            self._end(False, self.tr("The program met an error that it did not foresee. Nothing more was written."))
            raise
        else:
            self._end(True, self._told(written) + self._left_out())

    def _left_out(self) -> str:
        if not self._absent:
            return ""
        text = self.tr("{number} were not made: {why}")
        return " " + text.format(number=len(self._absent), why=self._absent[0])


class SaveJob(WritingJob):
    """One sheet, or several bound together, as one PDF."""

    def __init__(
        self, workshop: Workshop, order: Order, target: Path, overwrite: bool, parent: QObject | None = None
    ) -> None:
        """*overwrite*: somebody agreed that what is there is replaced."""
        super().__init__(workshop, order, target, parent)
        self._overwrite = overwrite
        self._pdf = b""

    def _take(self, reply: Reply) -> None:
        if isinstance(reply, Typeset):
            self._pdf, self._as_of = reply.pdf, reply.event

    def _tell(self, done: int) -> None:
        """All sheets of a booklet are typeset at once, after each was made."""
        if done < len(self._order.requests) or len(self._order.requests) == 1:
            super()._tell(done)
        else:
            self.progressed.emit(Progress(self.tr("Typesetting {number} sheets").format(number=done), 0, 0))

    def _write(self) -> list[Written]:
        return [write_sheet(self._place, self._pdf, overwrite=self._overwrite, going_on=self._go_on)]

    def _go_on(self) -> None:
        if self._stop.is_set():
            raise self._stopped

    def _how_far(self) -> Progress:
        return Progress(self.tr("Writing file"), 0, 0)

    def _told(self, _: list[Written]) -> str:
        sheets = len(self._order.requests) - len(self._absent)
        if sheets == 1:
            text = self.tr("Saved {path}, as of event {event}; it was read again and is whole.")
        else:
            text = self.tr("Saved {path}: {sheets} sheets as of event {event}; it was read again and is whole.")
        return text.format(path=self._place, sheets=sheets, event=grouped(self._as_of))


class FolderJob(WritingJob):
    """Many sheets, as PDFs in a new folder with the list of their hashes."""

    def __init__(
        self, workshop: Workshop, order: Order, folder: Path, names: Sequence[str], parent: QObject | None = None
    ) -> None:
        """*names*: of the files, one for each request."""
        super().__init__(workshop, order, folder, parent)
        self._names = names
        self._made: list[tuple[str, bytes]] = []
        self._written: list[Written] = []

    def _take(self, reply: Reply) -> None:
        if isinstance(reply, Typeset):
            self._made.append((self._names[reply.sheet], reply.pdf))
            self._as_of = reply.event

    def _write(self) -> list[Written]:
        return write_batch(self._place, self._made, told=self._on_file_written)

    def _on_file_written(self, written: Written) -> None:
        """Called in the writer's thread, between two files: what is there is whole, and will be listed."""
        self._written.append(written)
        if self._stop.is_set() and len(self._written) < len(self._made):
            raise self._stopped

    def _how_far(self) -> Progress:
        return Progress(self.tr("Writing file"), len(self._written), len(self._made))

    def _told(self, written: list[Written]) -> str:
        text = self.tr("{files} sheets as of event {event} are in {folder}, with their hashes in {sums}.")
        return text.format(files=len(written), event=grouped(self._as_of), folder=self._place, sums=SUMS)
