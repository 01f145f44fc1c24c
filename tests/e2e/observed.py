"""The program, unchanged, with somebody who looks at its window and writes down what it claims.

``python -m tests.e2e.observed FILE [OPERATOR]`` runs the window; each line on the standard output is a JSON object:

- ``opened``: a file is shown; what the status bar says about saving.
- ``active``: the window has the keyboard.
- ``draft``: digits stand in an open cell ([row, column, value]), or were taken back (null); ``seats`` as shown.
- ``saved``: the status bar says «✓ Saved …», its text already set; the event's number, its ``cells``
  and the kinds of its ``records``.
- ``banner``: the message across the window, once it can be seen.
"""

import json
import os
import sys
from pathlib import Path
from unittest import mock

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLabel

from tally_app.document.document import Document, DocumentEvent, DraftChanged, FiguresChanged
from tally_app.ui import session
from tally_app.ui.app import run_window
from tally_app.ui.main_window import MainWindow
from tally_app.ui.workbench import Workbench


class ObservedWindow(MainWindow):
    """Tells what it shows. It hears of an event after the status bar, having subscribed after it."""

    def show_start(self) -> None:
        super().show_start()
        self.banner.installEventFilter(self)

    def show_workbench(self, workbench: Workbench, path: Path) -> None:
        super().show_workbench(workbench, path)
        self._document = workbench.document
        self._document.subscribe(self._on_document_event)
        tell(opened=str(path), status=self._saved())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowActivate:
            tell(active=True)
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        if watched is self.banner and event.type() == QEvent.Type.Show:
            tell(banner=self.banner.text)
        return super().eventFilter(watched, event)

    def _saved(self) -> str:
        label = self.status.findChild(QLabel, "saved")
        assert isinstance(label, QLabel)
        return label.text()

    def _on_document_event(self, event: DocumentEvent) -> None:
        if isinstance(event, DraftChanged):
            tell(draft=drafted(self._document), seats=self._document.live.chamber.seats)
        elif isinstance(event, FiguresChanged) and self._saved().startswith("✓ Saved"):
            cells = [[cell.row, cell.column, new] for cell, _, new in event.edit.cells]
            kinds = [change.kind for change in event.edit.records]
            tell(saved=event.seq, cells=cells, records=kinds, status=self._saved())


def drafted(document: Document) -> list[int | None] | None:
    draft = document.live.draft
    return [draft.change.cell.row, draft.change.cell.column, draft.change.new] if draft else None


def tell(**facts: object) -> None:
    """Write a line at once, past every buffer of this process."""
    os.write(sys.stdout.fileno(), (json.dumps(facts) + "\n").encode())


if __name__ == "__main__":
    with mock.patch.object(session, "MainWindow", ObservedWindow):
        sys.exit(run_window(Path(sys.argv[1]), sample=False, operator=(sys.argv[2:] or ["Clerk"])[0]))
