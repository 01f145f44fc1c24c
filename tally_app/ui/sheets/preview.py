"""Keeps the pages of one wanted sheet up to date with the file; a newer wish drops an older one."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from tally_app.sheets.request import Request
from tally_app.ui.sheets.page import Page
from tally_app.ui.sheets.worker import Drawn, Finished, NotMade, Order, Reply
from tally_app.ui.sheets.workshop import Workshop

_AFTER_MS = 120
"""A pause before a sheet is made anew [ms]: what is typed and entered quickly is made once."""
_GIVE_UP_MS = 1500
"""What takes longer is given up for what somebody chooses instead [ms]."""


class Preview(QObject):
    """Asks the workshop for pages, one order at a time."""

    shown = Signal()
    """Other pages, or another reason why there are none."""
    waiting_changed = Signal()
    """A newer sheet is being made, or all are there."""

    def __init__(self, workshop: Workshop, path: Path, wanted: Callable[[], Request], parent: QObject) -> None:
        """*wanted*: asked for the sheet when its turn comes."""
        super().__init__(parent)
        self.pages: tuple[Page, ...] = ()
        self.as_of = 0
        """The event after which the file was read for them; 0 before the first."""
        self.problem = ""
        """Why there are no pages."""
        self.absent = False
        """Is there no such sheet? Then the problem is none."""
        self._workshop = workshop
        self._path = path
        self._wanted = wanted
        self._number = 0
        self._asked = False
        self._stale = False
        self._since = QElapsedTimer()
        self._come: list[Page] = []
        """The first pages of a long sheet, of which more are on their way."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timer_timeout)
        workshop.replied.connect(self._on_workshop_replied)
        workshop.lost.connect(self._on_workshop_lost)

    @property
    def waiting(self) -> bool:
        """Is a newer sheet on its way?"""
        return self._asked or self._stale or self._timer.isActive()

    def refresh(self, *, soon: bool = True) -> None:
        """Make the sheet anew; *soon*: somebody chose it, so at once; else after a short pause.

        A long sheet that is being made is given up for one that somebody chose, if nothing else is in the workshop.
        """
        if self._asked and soon and self._since.elapsed() > _GIVE_UP_MS and self._workshop.orders == 1:
            self._workshop.stop()
            self.forget_order()
        if self._asked:
            self._stale = True
        else:
            self._timer.start(0 if soon else _AFTER_MS)
        self.waiting_changed.emit()

    def forget_order(self) -> None:
        """The workshop was stopped: nothing comes for what was asked."""
        self._asked = self._stale = False

    def stop(self) -> None:
        """Ask no more."""
        self._timer.stop()
        self.forget_order()

    def _on_timer_timeout(self) -> None:
        self._asked, self._stale = True, False
        self._number -= 1  # numbers of other orders are above 0
        self._come = []
        self._since.start()
        self._workshop.send(Order(self._number, self._path, "preview", (self._wanted(),)))

    def _on_workshop_replied(self, reply: Reply) -> None:
        if reply.number != self._number:
            return
        if isinstance(reply, Drawn):
            self._come += map(Page, reply.pages)
            if len(self._come) == reply.total:
                self._show(reply.event, tuple(self._come))
        elif isinstance(reply, NotMade):
            self._show(reply.event, (), reply.text, reply.absent)
        elif isinstance(reply, Finished):
            if reply.problem:
                self._show(self.as_of, (), reply.problem)
            self._end()

    def _on_workshop_lost(self) -> None:
        if self._asked:
            self._show(self.as_of, (), self.tr("The sheet could not be made: its process ended. Choose it again."))
            self._end()

    def _show(self, event: int, pages: tuple[Page, ...], problem: str = "", absent: bool = False) -> None:
        self.as_of, self.pages, self.problem, self.absent = event, pages, problem, absent
        self.shown.emit()

    def _end(self) -> None:
        self._asked = False
        if self._stale:
            self._timer.start(0)
        self.waiting_changed.emit()
