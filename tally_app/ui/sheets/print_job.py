"""Sheets on paper: their pages drawn on a printer, one between two looks at the keyboard."""

from PySide6.QtCore import QMarginsF, QObject, QRectF, QTimer
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from tally_app.sheets.content import Paper
from tally_app.ui.sheets.jobs import Job, Progress
from tally_app.ui.sheets.page import Page
from tally_app.ui.sheets.queue import Queue, queue
from tally_app.ui.sheets.worker import Drawn, Order, Reply
from tally_app.ui.sheets.workshop import Workshop
from tally_app.wording.numbers import grouped

_SAME = 0.015
"""Papers that differ by less are one: the page is printed at its own size."""
_POINTS = 72


class PrintJob(Job):
    """The pages that were asked for, in as many copies, on one printer."""

    def __init__(self, workshop: Workshop, order: Order, printer: QPrinter, parent: QObject | None = None) -> None:
        super().__init__(workshop, order, parent)
        self._printer = printer
        self._pages: list[Page] = []
        self._as_of = 0
        self._queue: list[Page] = []
        self._drawn = 0
        self._painter: QPainter | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_timer_timeout)

    def cancel(self) -> None:
        """Print no more; a printer that has pages already may print them."""
        if self._painter is None:
            super().cancel()
        else:
            self._printer.abort()
            self._stop_painting()
            text = self.tr("Cancelled after {done} of {all} pages.")
            self._end(False, text.format(done=self._drawn, all=len(self._queue)))

    def _take(self, reply: Reply) -> None:
        if isinstance(reply, Drawn):
            self._pages += [Page(svg) for svg in reply.pages]
            self._as_of = reply.event

    def _use(self) -> None:
        self._queue = chosen_pages(self._pages, self._printer)
        if not self._queue:
            self._end(False, self.tr("Nothing was printed: the sheet has {all} pages.").format(all=len(self._pages)))
            return
        name = self._printer.printerName()
        there = queue(name)
        if there is not None and not there.accepting:
            text = self.tr(
                "{printer} takes no jobs now{why}. Nothing was printed. Choose another printer, or save a PDF."
            )
            self._end(False, text.format(printer=name, why=_because(there)))
            return
        self._turn(self._queue[0])
        self._painter = QPainter()
        if not self._painter.begin(self._printer):
            self._painter = None
            self._fail()
            return
        self._timer.start()

    def _on_timer_timeout(self) -> None:
        if self._painter is None:
            return
        page = self._queue[self._drawn]
        if self._drawn:
            self._turn(page)
            if not self._printer.newPage():
                self._stop_painting()
                self._fail()
                return
        page.paint(self._painter, placed(page, self._printer))
        self._drawn += 1
        self.progressed.emit(Progress(self.tr("Printing page"), self._drawn, len(self._queue)))
        if self._drawn == len(self._queue):
            self._stop_painting()
            if self._printer.printerState() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted):
                self._fail()
            else:
                self._hand_over()

    def _hand_over(self) -> None:
        """All pages are drawn: say what becomes of them."""
        there = queue(self._printer.printerName())
        if there is not None and not there.accepting:
            self._fail()
        elif there is not None and there.stopped:
            text = self.tr("{told} It is stopped{why}: the pages wait there until somebody starts it again.")
            self._end(False, text.format(told=self._told(), why=_because(there)))
        else:
            self._end(True, self._told())

    def _turn(self, page: Page) -> None:
        wide = page.size.width() > page.size.height()
        turned = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
        self._printer.setPageOrientation(turned)

    def _stop_painting(self) -> None:
        self._timer.stop()
        if self._painter is not None:
            # CUPS is told how the last page lies, as if all did, and turns upright ones on their heads.
            self._printer.setPageOrientation(QPageLayout.Orientation.Portrait)
            self._painter.end()
            self._painter = None

    def _fail(self) -> None:
        text = self.tr(
            "{printer} did not take the sheet after {done} of {all} pages. Look at the printer and print again, or save"
            " a PDF: Ctrl+S."
        )
        name = self._printer.printerName() or self.tr("The printer")
        self._end(False, text.format(printer=name, done=self._drawn, all=len(self._queue)))

    def _told(self) -> str:
        text = self.tr("{pages} as of event {event} went to {printer}.")
        pages = self.tr("1 page") if self._drawn == 1 else self.tr("{number} pages").format(number=self._drawn)
        name = self._printer.printerName() or self._printer.outputFileName()
        return text.format(pages=pages, event=grouped(self._as_of), printer=name)


def _because(there: Queue) -> str:
    return f" ({there.why})" if there.why else ""


def printer_for(paper: Paper) -> QPrinter:
    """Return the usual printer, set up for a sheet's paper with nothing cut off by its margins."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    size = QPageSize.PageSizeId.A4 if paper == "a4" else QPageSize.PageSizeId.Letter
    printer.setPageLayout(QPageLayout(QPageSize(size), QPageLayout.Orientation.Portrait, QMarginsF()))
    printer.setFullPage(True)
    return printer


def chosen_pages(pages: list[Page], printer: QPrinter) -> list[Page]:
    """Return the pages to draw: those of the ranges, and again for each copy that the printer does not make itself."""
    ranges = printer.pageRanges()
    chosen = [page for number, page in enumerate(pages, 1) if ranges.isEmpty() or ranges.contains(number)]
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
        chosen.reverse()
    if printer.supportsMultipleCopies():
        return chosen
    copies = printer.copyCount()
    if printer.collateCopies():
        return chosen * copies
    return [page for page in chosen for _ in range(copies)]


def placed(page: Page, printer: QPrinter) -> QRectF:
    """Return where a page is drawn [printer's pixels]: at its own size, or, on another paper, as large as fits it."""
    paper = QRectF(printer.pageLayout().fullRectPixels(printer.resolution()))
    own = printer.resolution() / _POINTS
    fits = min(paper.width() / page.size.width(), paper.height() / page.size.height())
    scale = own if abs(fits / own - 1) < _SAME else fits
    width, height = page.size.width() * scale, page.size.height() * scale
    return QRectF((paper.width() - width) / 2, (paper.height() - height) / 2, width, height)
