"""Asks where sheets go, and sees one job at a time through to its message."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from tally_app.document.document import Document
from tally_app.sheets.batch import RESULTS, Planned, everything, file_name
from tally_app.sheets.request import Request
from tally_app.ui.dialogs.file_dialog import FileDialog
from tally_app.ui.sheets.jobs import FolderJob, Job, Outcome, SaveJob
from tally_app.ui.sheets.preview import Preview
from tally_app.ui.sheets.print_dialog import PrintDialog
from tally_app.ui.sheets.print_job import PrintJob, printer_for
from tally_app.ui.sheets.worker import Order
from tally_app.ui.sheets.workshop import Workshop

_ORIGIN = "sheets"


class Doing(QObject):
    """What the buttons of a window of sheets do."""

    progressed = Signal(object)
    """Carries the ``Progress`` of a job."""
    ended = Signal(object)
    """Carries the ``Outcome`` of a job, or why none was begun."""

    def __init__(
        self,
        window: QWidget,
        workshop: Workshop,
        document: Document,
        path: Path,
        preview: Preview,
        wanted: Callable[[], Request],
    ) -> None:
        """*preview*: what is shown; where it has no pages, nothing is printed. *wanted*: asked for the sheet."""
        super().__init__(window)
        self._window = window
        self._workshop = workshop
        self._document = document
        self._path = path
        self._preview = preview
        self._wanted = wanted
        self._number = 0
        self._job: Job | None = None
        self._dialog: PrintDialog | None = None

    def cancel(self) -> bool:
        """End what is being done; False: nothing is."""
        if self._job is None:
            return False
        self._job.cancel()
        return True

    def ask_printer(self) -> None:
        """Ask for a printer, pages and copies, and print the sheet."""
        if self._preview.pages:
            self._ask_printer(self._on_dialog_accepted, len(self._preview.pages))

    def ask_printer_for_all(self) -> None:
        """Ask for a printer and copies, and print the sheets of all regions: all of their pages."""
        self._ask_printer(self._on_dialog_accepted_for_all, None)

    def ask_file(self) -> None:
        """Ask for a file, and save the sheet."""
        if self._preview.pages and self._job is None:
            suggested = str(self._path.with_name(f"{self._path.stem} {file_name(self._wanted())}"))
            self._ask_target(self.tr("Save PDF"), suggested, self.save_to)

    def ask_file_for_all(self) -> None:
        """Ask for a file, and save the sheets of all regions in it."""
        if self._job is None:
            inside = self.tr("{tally} {kind} sheets, event {event}").format(**self._facts())
            suggested = str(self._path.with_name(f"{inside}.pdf"))
            self._ask_target(self.tr("All regions: one PDF"), suggested, self.save_booklet)

    def ask_folder(self) -> None:
        """Ask for a folder, and save the sheets of all regions in a new one inside it."""
        if self._job is None:
            title, here = self.tr("All regions: folder for the sheets"), str(self._path.parent)
            name = FileDialog.ask_folder(self._window, title, here)
            if name:
                inside = self.tr("{tally} {kind} sheets, event {event}")
                self.save_all(Path(name) / inside.format(**self._facts()))

    def save_to(self, target: Path, *, overwrite: bool = False) -> None:
        """Save the sheet as PDF."""
        order = self._order((self._wanted(),), "pdfs")
        self._begin(SaveJob(self._workshop, order, target, overwrite, self))

    def save_booklet(self, target: Path, *, overwrite: bool = False) -> None:
        """Save the sheets of all regions as one PDF."""
        order = self._order(tuple(each.request for each in self._all_regions(self._wanted())), "booklet")
        self._begin(SaveJob(self._workshop, order, target, overwrite, self))

    def save_all(self, folder: Path) -> None:
        """Save the sheets of all regions in a folder."""
        planned = self._all_regions(self._wanted())
        order = self._order(tuple(each.request for each in planned), "pdfs")
        self._begin(FolderJob(self._workshop, order, folder, [each.name for each in planned], self))

    def print_to(self, printer: QPrinter, requests: tuple[Request, ...]) -> None:
        """Print sheets."""
        self._begin(PrintJob(self._workshop, self._order(requests, "pages"), printer, self))

    def _ask_printer(self, accepted: Callable[[], None], pages: int | None) -> None:
        """*pages*: that there are to choose from; None: nobody knows yet."""
        if self._job is not None:
            return
        if not QPrinterInfo.availablePrinterNames():
            text = self.tr("This computer knows no printer. Add one in the system’s settings, or save a PDF: Ctrl+S.")
            self.ended.emit(Outcome(good=False, text=text))
            return
        printer = printer_for(self._wanted().paper)
        printer.setDocName(self._path.stem if pages is None else f"{self._path.stem} {file_name(self._wanted())}")
        self._dialog = PrintDialog(printer, pages, self._window)
        self._dialog.accepted.connect(accepted)
        QDialog.open(self._dialog)  # it has an open() of its own that wants a slot

    def _on_dialog_accepted(self) -> None:
        if self._dialog is not None:
            self.print_to(self._dialog.chosen, (self._wanted(),))

    def _on_dialog_accepted_for_all(self) -> None:
        if self._dialog is not None:
            requests = tuple(each.request for each in self._all_regions(self._wanted()))
            self.print_to(self._dialog.chosen, requests)

    def _all_regions(self, like: Request) -> list[Planned]:
        """Return the sheets of this kind; of results, each region's and the chamber's."""
        kinds = RESULTS if like.kind in RESULTS else (like.kind,)
        return list(everything(self._document.election, kinds, like))

    def _ask_target(self, title: str, suggested: str, save: Callable[..., None]) -> None:
        name, _ = FileDialog.ask_to_save(self._window, title, suggested, self.tr("PDF (*.pdf)"))
        if name:
            target = Path(name)
            asked = target.suffix.casefold() == ".pdf"
            save(target if asked else target.with_name(f"{target.name}.pdf"), overwrite=asked)

    def _facts(self) -> dict[str, object]:
        """What the name of all regions' sheets says."""
        kind = self._wanted().kind
        named = self.tr("result") if kind in RESULTS else kind
        return {"tally": self._path.stem, "kind": named, "event": self._document.head.seq}

    def _order(self, requests: tuple[Request, ...], wanted: Literal["pages", "pdfs", "booklet"]) -> Order:
        self._number += 1
        return Order(self._number, self._path, _ORIGIN, requests, wanted)

    def _begin(self, job: Job) -> None:
        self._job = job
        job.progressed.connect(self.progressed)
        job.ended.connect(self._on_job_ended)
        job.start()

    def _on_job_ended(self, outcome: Outcome) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.deleteLater()
        self.ended.emit(outcome)
