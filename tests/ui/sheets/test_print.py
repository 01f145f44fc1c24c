"""Sheets on paper: what a printer gets, page by page, against what the preview shows."""

import gc
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QProcess, Qt
from PySide6.QtGui import QImage, QPageRanges
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest

from tally_app.sheets.batch import everything
from tally_app.ui.sheets import print_job
from tally_app.ui.sheets.jobs import Outcome
from tally_app.ui.sheets.page import Page
from tally_app.ui.sheets.print_job import printer_for
from tally_app.ui.sheets.queue import Queue, queue
from tests.ui.sheets.clerk import CONTROL, Clerk

Look = Callable[[], list[QImage]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "print.pdf"


@pytest.fixture
def printer(path: Path) -> QPrinter:
    """A printer whose paper is a PDF."""
    printer = printer_for("a4")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


@pytest.fixture
def look(path: Path, tmp_path: Path) -> Look:
    """Look at what was printed, at the size of the screen."""
    pdftoppm = shutil.which("pdftoppm")
    if pdftoppm is None:
        pytest.skip("no pdftoppm to look at the print with")

    def pictures() -> list[QImage]:
        assert QProcess.execute(pdftoppm, ["-r", "96", "-png", str(path), str(tmp_path / "page")]) == 0
        return [QImage(str(each)) for each in sorted(tmp_path.glob("page-*.png"))]

    return pictures


@pytest.fixture
def forms(clerk: Clerk) -> Clerk:
    """At the blank forms of all eight regions, eight pages."""
    clerk.window.choices.choose_kind("forms")
    clerk.window.choices.region.setCurrentIndex(0)
    clerk.wait()
    assert len(clerk.window.preview.pages) == 8
    return clerk


def print_on(printer: QPrinter, clerk: Clerk) -> Outcome:
    return clerk.ended(lambda: clerk.window.doing.print_to(printer, (clerk.window.request(),)))


def pixels(image: QImage) -> np.ndarray:
    """Return red, green and blue."""
    made = image.convertToFormat(QImage.Format.Format_RGB888)
    lines = np.frombuffer(made.constBits(), np.uint8).reshape(made.height(), made.bytesPerLine())
    return np.asarray(lines[:, : 3 * made.width()].reshape(made.height(), made.width(), 3), dtype=np.int64)


def colour(image: QImage) -> int:
    """Return how far the most colourful pixel is from a grey one."""
    return int(np.ptp(pixels(image), axis=2).max())


def blurred(image: QImage, height: int, size: int = 12) -> np.ndarray:
    grey = pixels(image).mean(axis=2)[: height - height % size]
    rows, columns = len(grey), grey.shape[1] - grey.shape[1] % size
    return np.asarray(grey[:, :columns].reshape(rows // size, size, columns // size, size).mean(axis=(1, 3)))


def is_same(printed: QImage, page: Page) -> bool:
    """Compare by blocks: letters' edges differ between two painters, and the time may be another minute."""
    blocks = difference(printed, page)
    return bool(blocks.mean() < 1.5 and blocks.max() < 60)


def difference(printed: QImage, page: Page) -> np.ndarray:
    shown = page.pixmap(printed.width(), 1.0).toImage()
    height = min(printed.height(), shown.height())
    return np.asarray(abs(blurred(printed, height) - blurred(shown, height)))


def numbers(printed: list[QImage], pages: Sequence[Page]) -> list[int]:
    """Return which page each print is, of pages that are alike but for a name [1, 2, …]."""
    return [
        min(range(len(pages)), key=lambda index: float(difference(each, pages[index]).mean())) + 1 for each in printed
    ]


def test_a_printed_page_is_the_page_of_the_preview(clerk, printer, look):
    outcome = print_on(printer, clerk)
    assert outcome.good, outcome.text
    assert "1 page as of event 2" in outcome.text
    (printed,) = look()
    assert is_same(printed, clerk.window.preview.pages[0])


def test_a_page_that_lies_is_printed_lying(clerk, printer, look):
    clerk.choose(Qt.Key.Key_S, "Result of the c")
    assert print_on(printer, clerk).good
    printed = look()
    assert [(each.width() > each.height()) for each in printed] == [True, True]
    assert all(is_same(*each) for each in zip(printed, clerk.window.preview.pages, strict=True))


def test_of_a_range_only_its_pages_are_printed(forms, printer, look):
    printer.setPageRanges(QPageRanges.fromString("2-3"))
    assert print_on(printer, forms).text.startswith("2 pages as of event 2")
    printed, pages = look(), forms.window.preview.pages
    assert numbers(printed, pages) == [2, 3]
    assert is_same(printed[0], pages[1])


def test_pages_that_there_are_not_are_said(forms, printer, path):
    printer.setPageRanges(QPageRanges.fromString("9-12"))
    outcome = print_on(printer, forms)
    assert (outcome.good, outcome.text) == (False, "Nothing was printed: the sheet has 8 pages.")
    assert not path.exists()


@pytest.mark.parametrize(("collate", "order"), [(True, [1, 2, 1, 2]), (False, [1, 1, 2, 2])])
def test_copies_are_printed_in_their_order(forms, printer, look, collate: bool, order: list[int]):
    printer.setPageRanges(QPageRanges.fromString("1-2"))
    printer.setCopyCount(2)
    printer.setCollateCopies(collate)
    assert not printer.supportsMultipleCopies()  # a printer that does, is told, and gets each page once
    assert print_on(printer, forms).good
    assert numbers(look(), forms.window.preview.pages) == order


def test_the_last_page_first(forms, printer, look):
    printer.setPageRanges(QPageRanges.fromString("1-2"))
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert print_on(printer, forms).good
    assert numbers(look(), forms.window.preview.pages) == [2, 1]


def test_a_grey_copy_has_no_colour(clerk, printer, look):
    printer.setColorMode(QPrinter.ColorMode.GrayScale)
    assert print_on(printer, clerk).good
    (printed,) = look()
    assert colour(clerk.window.preview.pages[0].pixmap(700, 1.0).toImage()) > 100
    assert colour(printed) == 0
    assert is_same(printed, clerk.window.preview.pages[0])


def test_a_colour_copy_has_colour(clerk, printer, look):
    assert print_on(printer, clerk).good
    assert colour(look()[0]) > 100


def test_all_regions_are_printed_one_after_another(clerk, printer, look):
    requests = [
        each.request
        for each in everything(clerk.window._document.election, ("region", "chamber"), clerk.window.request())
    ]
    outcome = clerk.ended(lambda: clerk.window.doing.print_to(printer, tuple(requests)))
    assert outcome.text.startswith("10 pages as of event 2")
    printed = look()
    assert [each.width() > each.height() for each in printed] == [False] * 8 + [True] * 2
    assert is_same(printed[3], clerk.window.preview.pages[0])


def test_upright_pages_before_lying_ones_do_not_make_the_whole_job_lie(clerk, printer):
    """CUPS is told one orientation for the whole job, which is the printer's when the last page is done."""
    clerk.choose(Qt.Key.Key_S, "Result of the c")
    assert print_on(printer, clerk).good
    assert printer.pageLayout().orientation() == printer.pageLayout().Orientation.Portrait


@pytest.mark.qt_log_ignore(r"QPainter::begin\(\): Returned false", extend=True)
def test_a_printer_that_fails_leaves_a_message(clerk, printer, path):
    printer.setOutputFileName(str(path.with_name("no folder") / "print.pdf"))
    outcome = print_on(printer, clerk)
    assert not outcome.good
    assert "did not take the sheet" in outcome.text
    assert not path.exists()


def test_a_queue_that_takes_no_jobs_gets_none(clerk, printer, path, monkeypatch):
    monkeypatch.setattr(print_job, "queue", lambda _: Queue(accepting=False, stopped=False, why="moving-to-paused"))
    outcome = print_on(printer, clerk)
    assert not outcome.good
    assert "takes no jobs now (moving-to-paused). Nothing was printed." in outcome.text
    assert not path.exists()


def test_a_queue_that_refuses_while_pages_are_drawn_is_said(clerk, printer, monkeypatch):
    states = iter([Queue(accepting=True, stopped=False), Queue(accepting=False, stopped=False)])
    monkeypatch.setattr(print_job, "queue", lambda _: next(states))
    assert "did not take the sheet" in print_on(printer, clerk).text


def test_a_stopped_queue_is_said_to_wait(clerk, printer, monkeypatch):
    monkeypatch.setattr(print_job, "queue", lambda _: Queue(accepting=True, stopped=True, why="paused"))
    outcome = print_on(printer, clerk)
    assert not outcome.good
    assert "It is stopped (paused): the pages wait there" in outcome.text


def test_what_is_no_printer_has_no_queue():
    assert queue("") is None


def test_no_printer_is_said(clerk, monkeypatch):
    monkeypatch.setattr("tally_app.ui.sheets.doing.QPrinterInfo.availablePrinterNames", list)
    QTest.keyClick(clerk.window, Qt.Key.Key_P, CONTROL)
    assert "knows no printer" in clerk.window.banner.text


@pytest.mark.parametrize(("ask", "ranges"), [("ask_printer", True), ("ask_printer_for_all", False)])
def test_pages_are_chosen_of_one_sheet_and_not_of_all(clerk, monkeypatch, ask: str, ranges: bool):
    monkeypatch.setattr("tally_app.ui.sheets.doing.QPrinterInfo.availablePrinterNames", lambda: ["Office"])
    getattr(clerk.window.doing, ask)()
    dialog = clerk.window.doing._dialog
    assert dialog.testOption(QPrintDialog.PrintDialogOption.PrintPageRange) is ranges
    assert not dialog.testOption(QPrintDialog.PrintDialogOption.PrintToFile)
    assert dialog.chosen.docName().startswith("cambodia-senate-2024")
    dialog.reject()


def test_what_is_chosen_in_the_dialog_is_printed(forms, path, look, monkeypatch):
    monkeypatch.setattr("tally_app.ui.sheets.doing.QPrinterInfo.availablePrinterNames", lambda: ["Office"])
    forms.window.doing.ask_printer()
    dialog = forms.window.doing._dialog
    gc.collect()  # the dialog alone would not keep its printer
    dialog.chosen.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    dialog.chosen.setOutputFileName(str(path))
    dialog.chosen.setPageRanges(QPageRanges.fromString("2-3"))
    dialog.grey.click()
    forms.ended(lambda: dialog.accepted.emit(dialog.chosen))
    printed = look()
    assert numbers(printed, forms.window.preview.pages) == [2, 3]
    assert [colour(each) for each in printed] == [0, 0]
