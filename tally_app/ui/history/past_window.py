"""A window that shows the count as it was after one event, and lets nobody take it for the present."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QToolBar

from tally_app.document.document import Document
from tally_app.document.history import history
from tally_app.ui.actions import ACTIONS
from tally_app.ui.bench_actions import BenchActions
from tally_app.ui.findings.actions import FindingActions
from tally_app.ui.history.strip import PastStrip
from tally_app.ui.main_window import MainWindow
from tally_app.ui.workbench import Workbench
from tally_app.wording.history import event_sentence
from tally_app.wording.numbers import grouped

_READING = frozenset(
    {
        *("close", "copy", "overview", "previous_region", "next_region", "next_pane", "history", "worst_first"),
        *("language", "go_to_unit", "next_finding", "next_source", "by_cause", "next_slip", "compare"),
        *("stated", "unit_list"),
    }
)
"""Actions that only look. All others belong to the present and are not there."""


class PastWindow(MainWindow):
    """A main window of the past; *seq* is the event after which it is."""

    closed = Signal(object)
    """Carries the window."""

    def __init__(self, document: Document, language: str, path: Path) -> None:
        groups = (BenchActions(), FindingActions())
        offered = {key: handler for group in groups for key, handler in group.handlers().items() if key in _READING}
        handlers: Mapping[str, Callable[[], None]] = {
            **{spec.key: _nothing for spec in ACTIONS},
            **offered,
            "close": self._on_close_triggered,
            "language": self._on_language_triggered,
        }
        super().__init__(handlers, _always)
        self.seq = document.head.seq
        self._language = language
        self._groups = groups
        for group in groups:
            group.setParent(self)
            group.use(self)
        self.strip = self._add_strip(document)
        for key, action in self.actions_by_key.items():
            action.setVisible(key in _READING and handlers[key] is not _nothing)
        self.show_workbench(Workbench(document, language, self), path)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close the past; the present goes on."""
        if self.workbench is not None:
            self.workbench.close()
            self.workbench = None
        event.accept()
        self.closed.emit(self)

    def _add_strip(self, document: Document) -> PastStrip:
        """Say across the whole window that this is not now."""
        strip = PastStrip(self._moment(document))
        strip.left.connect(self.close)
        bar = QToolBar(self)
        bar.setObjectName("past")
        bar.setMovable(False)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        bar.addWidget(strip)
        self.insertToolBar(self._toolbar, bar)
        self.insertToolBarBreak(self._toolbar)
        return strip

    def _title(self, document: Document) -> None:
        parts = [self._moment(document), document.election.pack.title.en, self._path.name]
        if document.training:
            parts.insert(0, self.tr("TRAINING"))
        self.setWindowTitle(" — ".join(parts))
        self._tell_last()

    def _tell_last(self) -> None:
        if self.workbench is None:
            return
        last = next(iter(history(self.workbench.document)))
        sentence = event_sentence(self.workbench.names, last)
        text = self.tr("The last thing that had happened: {what} ({who})")
        self.strip.tell(text.format(what=sentence, who=last.operator))

    def _moment(self, document: Document) -> str:
        """``As of no. 123, 2024-02-25 22:14:03 — read-only``."""
        last = next(iter(history(document)))
        time = f"{last.time.astimezone():%Y-%m-%d %H:%M:%S}"
        return self.tr("As of no. {seq}, {time} — read-only").format(seq=grouped(last.seq), time=time)

    def _enable_actions(self, document: Document | None) -> None:
        super()._enable_actions(document)
        for key, action in self.actions_by_key.items():
            if key not in _READING:
                action.setEnabled(False)

    def _on_close_triggered(self) -> None:
        self.close()

    def _on_language_triggered(self) -> None:
        self._language = "en" if self._language == "km" else "km"
        if self.workbench is not None:
            self.workbench.use_language(self._language)
            self._tell_last()


def _nothing() -> None:
    """What belongs to the present does nothing here."""


def _always() -> bool:
    """The past can always be closed."""
    return True
