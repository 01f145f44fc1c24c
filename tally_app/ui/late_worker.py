"""Computes what takes longer than a key press, in slices while no key is pressed."""

from time import perf_counter

from PySide6.QtCore import QObject, QTimer

from tally_app.document.document import Document
from tally_app.ui.document_signals import DocumentSignals

_SLICE = 0.004
"""So long a slice may hold up the keys [s]."""
_AFTER = 20
"""A pause before the first slice [ms], so that the painting after a key press comes first."""
_AT_FIRST = 300
"""The same when a file was opened [ms]: the window is to be painted first."""
_SLOW = 0.012
"""Where a slice cannot be cut and took longer [s], the next ones wait for a pause in the typing."""
_PAUSE = 400
"""A pause in the typing [ms]."""


class LateWorker(QObject):
    """Runs ``Document.work`` until nothing is left; each change of a figure sets it going again."""

    def __init__(self, document: Document, signals: DocumentSignals, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._slow = False
        """Did a slice take too long, the last time all was computed?"""
        self._slow_now = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timer_timeout)
        signals.figures_changed.connect(self._on_signals_changed)
        signals.draft_changed.connect(self._on_signals_changed)
        self._timer.start(_AT_FIRST)

    def stop(self) -> None:
        """Compute no more: the file is being closed."""
        self._timer.stop()

    def finish(self) -> None:
        """Compute all that is left at once: somebody needs it now."""
        self._timer.stop()
        self._document.work()

    def _on_signals_changed(self) -> None:
        self._timer.start(_PAUSE if self._slow or self._slow_now else _AFTER)

    def _on_timer_timeout(self) -> None:
        begin = perf_counter()
        done = self._document.work(_SLICE)
        self._slow_now = self._slow_now or perf_counter() - begin > _SLOW
        if done:
            self._slow, self._slow_now = self._slow_now, False
        else:
            self._timer.start(0)
