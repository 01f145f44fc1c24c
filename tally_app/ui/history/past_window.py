"""A window that shows the count as it was after one event, and lets nobody take it for the present."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolBar

from tally_app.document.document import Document
from tally_app.document.history import history
from tally_app.ui.actions import ACTIONS
from tally_app.ui.bench_actions import BenchActions
from tally_app.ui.findings.actions import FindingActions
from tally_app.ui.main_window import MainWindow
from tally_app.ui.theme import SPACING
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
        self._add_strip(document)
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

    def _add_strip(self, document: Document) -> None:
        """Say across the whole window that this is not now."""
        last = next(iter(history(document)))
        strip = QFrame()
        strip.setProperty("role", "past")
        strip.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        moment = QLabel(self.tr("{moment} — read-only").format(moment=_moment(self, last.seq, last.time)))
        moment.setObjectName("moment")
        self.last_event = QLabel()
        self.last_event.setTextFormat(Qt.TextFormat.PlainText)
        self.last_event.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        back = QPushButton(self.tr("Back to the present (Ctrl+W)"))
        back.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        back.clicked.connect(self.close)
        layout = QHBoxLayout(strip)
        layout.setContentsMargins(SPACING.large, SPACING.small, SPACING.medium, SPACING.small)
        layout.setSpacing(SPACING.large)
        layout.addWidget(moment)
        layout.addWidget(self.last_event, 1)
        layout.addWidget(back)
        bar = QToolBar(self)
        bar.setObjectName("past")
        bar.setMovable(False)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        bar.addWidget(strip)
        self.insertToolBar(self._toolbar, bar)
        self.insertToolBarBreak(self._toolbar)

    def _title(self, document: Document) -> None:
        last = next(iter(history(document)))
        moment = self.tr("{moment} — read-only").format(moment=_moment(self, last.seq, last.time))
        parts = [moment, document.election.pack.title.en, self._path.name]
        if document.training:
            parts.insert(0, self.tr("TRAINING"))
        self.setWindowTitle(" — ".join(parts))
        self._tell_last(document)

    def _tell_last(self, document: Document) -> None:
        if self.workbench is None:
            return
        last = next(iter(history(document)))
        sentence = event_sentence(self.workbench.names, last)
        text = self.tr("The last thing that had happened: {what} ({who})").format(what=sentence, who=last.operator)
        self.last_event.setText(text)
        self.last_event.setToolTip(text)

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
            self._tell_last(self.workbench.document)


def _moment(window: PastWindow, seq: int, time: datetime) -> str:
    """``As of no. 123, 2024-02-25 22:14:03``."""
    text = window.tr("As of no. {seq}, {time}")
    return text.format(seq=grouped(seq), time=f"{time.astimezone():%Y-%m-%d %H:%M:%S}")


def _nothing() -> None:
    """What belongs to the present does nothing here."""


def _always() -> bool:
    """The past can always be closed."""
    return True
