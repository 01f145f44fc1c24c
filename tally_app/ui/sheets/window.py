"""*Sheets*: a window beside the count that shows a sheet as it will be on paper, prints it and saves it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from tally_app.document.document import Document
from tally_app.sheets.frame import Printing
from tally_app.sheets.request import Request
from tally_app.ui.banner import Banner
from tally_app.ui.document_signals import DocumentSignals
from tally_app.ui.settings import Settings
from tally_app.ui.sheets.bar import SheetsBar
from tally_app.ui.sheets.choices import Choices
from tally_app.ui.sheets.doing import Doing
from tally_app.ui.sheets.jobs import Outcome, Progress
from tally_app.ui.sheets.page_view import PageView
from tally_app.ui.sheets.preview import Preview
from tally_app.ui.sheets.thumbnails import Thumbnails
from tally_app.ui.sheets.workshop import Workshop
from tally_app.ui.theme import SPACING
from tally_app.wording.names import Names
from tally_app.wording.numbers import grouped

_SIZE = QSize(1120, 1000)


class SheetsWindow(QDialog):
    """Choices above, small pages at the left, the pages, and what can be done with them below.

    What is shown is read from the file on the disk, after each event anew, in a process of its own.
    """

    def __init__(
        self,
        document: Document,
        path: Path,
        signals: DocumentSignals,
        names: Names,
        settings: Settings | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.Window)
        title = self.tr("Sheets — {file}").format(file=path.name)
        self.setWindowTitle(f"{self.tr('TRAINING')} — {title}" if document.training else title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._document = document
        self._workshop = Workshop(self)
        self.banner = Banner()
        self.choices = Choices(document.election, names, settings)
        self.view = PageView()
        self.thumbnails = Thumbnails()
        self.bar = SheetsBar()
        self.preview = Preview(self._workshop, path, self.request, self)
        self.doing = Doing(self, self._workshop, document, path, self.preview, self.request)
        self._lay_out()
        self._connect(signals)
        self._add_keys()
        self._place()
        self.view.setFocus()
        self.view.show_note(self.tr("The sheet is being made…"))
        self._show_state()
        self.preview.refresh()

    def request(self) -> Request:
        """Return what is chosen, to be printed by who sits here, now."""
        return self.choices.request(Printing(self._document.operator, datetime.now().astimezone()))

    def reject(self) -> None:
        """Esc: end what is being done; with nothing being done, leave."""
        if not self.doing.cancel():
            super().reject()

    def done(self, result: int) -> None:
        """Leave nothing running behind."""
        self.doing.cancel()
        self.preview.stop()
        self._workshop.stop()
        super().done(result)

    def _place(self) -> None:
        """Take the middle of the screen, title bar and all: above a large window it would be out of sight."""
        screen = self.screen().availableGeometry()
        self.resize(_SIZE.boundedTo(screen.size() - QSize(2 * SPACING.large, 4 * SPACING.large)))
        self.move(screen.center() - self.rect().center() - QPoint(0, SPACING.large))

    def _lay_out(self) -> None:
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.thumbnails)
        body.addWidget(self.view, 1)
        inner = QVBoxLayout()
        inner.setContentsMargins(SPACING.large, SPACING.medium, SPACING.large, SPACING.medium)
        inner.setSpacing(SPACING.medium)
        inner.addWidget(self.choices)
        below = QVBoxLayout()
        below.setContentsMargins(SPACING.large, SPACING.medium, SPACING.large, SPACING.medium)
        below.addWidget(self.bar)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banner)
        layout.addLayout(inner)
        layout.addLayout(body, 1)
        layout.addLayout(below)

    def _connect(self, signals: DocumentSignals) -> None:
        self.choices.changed.connect(self.preview.refresh)
        self.preview.shown.connect(self._on_preview_shown)
        self.preview.waiting_changed.connect(self._show_state)
        self.view.page_changed.connect(self._on_view_page_changed)
        self.thumbnails.page_chosen.connect(self.view.go_to_page)
        self.bar.zoom_wanted.connect(self._on_bar_zoom_wanted)
        self.bar.print_wanted.connect(self.doing.ask_printer)
        self.bar.print_all_wanted.connect(self.doing.ask_printer_for_all)
        self.bar.save_wanted.connect(self.doing.ask_file)
        self.bar.file_wanted.connect(self.doing.ask_file_for_all)
        self.bar.folder_wanted.connect(self.doing.ask_folder)
        self.bar.cancel_wanted.connect(self.doing.cancel)
        self.doing.progressed.connect(self._on_doing_progressed)
        self.doing.ended.connect(self._on_doing_ended)
        signals.figures_changed.connect(self._on_signals_figures_changed)
        signals.draft_changed.connect(self._on_signals_draft_changed)

    def _add_keys(self) -> None:
        keys: tuple[tuple[str, Callable[[], None]], ...] = (
            ("Ctrl+P", self.doing.ask_printer),
            ("Ctrl+S", self.doing.ask_file),
            ("Ctrl+W", self.close_window),
            ("Ctrl++", self.view.zoom_in),
            ("Ctrl+=", self.view.zoom_in),
            ("Ctrl+-", self.view.zoom_out),
            ("Ctrl+0", self.view.fit_width),
            ("Ctrl+9", self.view.fit_page),
        )
        for key, slot in keys:
            QShortcut(QKeySequence(key), self).activated.connect(slot)

    def close_window(self) -> None:
        """Leave."""
        self.close()

    def _show_state(self) -> None:
        """Say what is shown, and what is newer than that."""
        preview, parts = self.preview, []
        if preview.as_of and not preview.problem:
            parts.append(self.tr("As of event {event}").format(event=grouped(preview.as_of)))
            place = self.tr("page {page} of {pages}")
            parts.append(place.format(page=grouped(self.view.page + 1), pages=grouped(len(preview.pages))))
        if preview.waiting:
            parts.append(self.tr("event {event} is being made…").format(event=grouped(self._document.head.seq)))
        elif self._document.live.draft is not None or self._document.live.stated_draft is not None:
            parts.append(self.tr("what is being typed is not on paper"))
        self.bar.shown.setText(" · ".join(parts))
        self.bar.allow(bool(preview.pages))

    def _on_preview_shown(self) -> None:
        preview = self.preview
        if preview.problem:
            self.view.show_note(preview.problem)
        else:
            self.view.show_pages(preview.pages)
        self.thumbnails.pages.show_pages(preview.pages)
        self.thumbnails.follow(self.view.page)
        self._show_state()

    def _on_view_page_changed(self) -> None:
        self.thumbnails.follow(self.view.page)
        self.bar.show_zoom(self.view.zoom)
        self._show_state()

    def _on_bar_zoom_wanted(self, wish: str) -> None:
        wishes = {"in": self.view.zoom_in, "out": self.view.zoom_out, "width": self.view.fit_width}
        wishes.get(wish, self.view.fit_page)()

    def _on_doing_progressed(self, progress: Progress) -> None:
        self.bar.show_progress(progress)

    def _on_doing_ended(self, outcome: Outcome) -> None:
        self.bar.end_progress()
        (self.banner.show_news if outcome.good else self.banner.show_problem)(outcome.text)
        if self.preview.waiting and not self._workshop.running:  # what it waited for went with what was cancelled
            self.preview.forget_order()
            self.preview.refresh()

    def _on_signals_figures_changed(self) -> None:
        self.preview.refresh(soon=False)

    def _on_signals_draft_changed(self) -> None:
        self._show_state()
