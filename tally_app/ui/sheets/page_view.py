"""Pages one below the other on grey, at any size."""

import math
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from tally_app.ui.sheets.page import Page
from tally_app.ui.theme import COLOURS, SPACING
from tally_app.wording.numbers import grouped

_GAP = SPACING.large
_LEAST, _MOST = 0.2, 5.0
_STEP = 1.2
_POINT = 96 / 72
"""Pixels of a point at 100 %."""
_LINE = 48
_REST_MS = 40
"""After so long without scrolling what came into sight is drawn [ms]."""
DESK = "#dfe3e9"
"""What pages lie on."""
Fit = Literal["paper", "width", "page"]
"""How pages fit the view: at their size on paper, smaller where that is too wide; as wide as it; whole."""


class PageView(QAbstractScrollArea):
    """Shows pages, as large as on paper until a zoom is chosen.

    Only those in sight are drawn, and the one before and after, one at a time and when scrolling rests: a page takes
    up to a tenth of a second. Until then its picture of before stands in, or white paper with its number.
    """

    page_changed = Signal()
    """Another page is at the top, or the zoom is another."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Pages"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setMinimumSize(QSize(280, 240))
        self._pages: tuple[Page, ...] = ()
        self._note = ""
        self._zoom: float | None = None
        self._fit: Fit = "paper"
        self._drawn: dict[int, QPixmap] = {}
        self._old: set[int] = set()
        """Pictures of before: of an older sheet."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timer_timeout)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.horizontalScrollBar().valueChanged.connect(self._on_scrolled)

    @property
    def page(self) -> int:
        """Position of the page that takes most of the upper half of the view [0, 1, …]."""
        middle = self.verticalScrollBar().value() + self.viewport().height() / 3
        tops = self._tops()
        return max((index for index, top in enumerate(tops) if top <= middle), default=0)

    @property
    def zoom(self) -> float:
        """1 is the size on paper, at 96 pixels an inch."""
        if self._zoom is not None or not self._pages:
            return self._zoom or 1.0
        if self._fit == "page":
            return self._whole_page()
        return self._whole_width() if self._fit == "width" else min(1.0, self._whole_width())

    def show_pages(self, pages: tuple[Page, ...]) -> None:
        """Show these pages from now on; the place in them stays."""
        self._pages, self._note = pages, ""
        self._drawn = {index: picture for index, picture in self._drawn.items() if index < len(pages)}
        self._old = set(self._drawn)
        self._arrange()

    def show_note(self, text: str) -> None:
        """Show a sentence, for there are no pages."""
        self._pages, self._note = (), text
        self._arrange()

    def go_to_page(self, page: int) -> None:
        """Put a page to the top."""
        tops = self._tops()
        if tops:
            self.verticalScrollBar().setValue(round(tops[max(0, min(page, len(tops) - 1))]) - _GAP // 2)

    def zoom_in(self) -> None:
        """Make pages larger."""
        self._set_zoom(self.zoom * _STEP)

    def zoom_out(self) -> None:
        """Make pages smaller."""
        self._set_zoom(self.zoom / _STEP)

    def fit_width(self) -> None:
        """Make pages as wide as the view."""
        self._fit = "width"
        self._set_zoom(None)

    def fit_page(self) -> None:
        """Show a whole page at once."""
        self._fit = "page"
        self._set_zoom(None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self._set_zoom(self.zoom * _STEP ** (event.angleDelta().y() / 120))
            event.accept()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk by pages with PgUp and PgDn, to either end with Home and End."""
        pages = {Qt.Key.Key_PageDown: self.page + 1, Qt.Key.Key_PageUp: self.page - 1}
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(self._pages) - 1}
        key = Qt.Key(event.key())
        if key in pages or key in ends:
            self.go_to_page({**pages, **ends}[key])
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, _: QResizeEvent) -> None:
        """Fit again."""
        self._arrange()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw what is in sight."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(DESK if self._pages else COLOURS.window))
        if not self._pages:
            painter.setPen(QColor(COLOURS.muted))
            room = self.viewport().rect().adjusted(*(4 * _GAP, 0, -4 * _GAP, 0))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._note)
            return
        offset = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        rects = self._rects()
        for index in self._in_sight(rects):
            target = rects[index].translated(-offset)
            painter.fillRect(target.adjusted(0, 0, 2, 3).translated(1, 1), QColor(0, 0, 0, 30))
            self._paint_page(painter, index, target)
        if self._missing(rects) is not None and not self._timer.isActive():
            self._timer.start(0)

    def _paint_page(self, painter: QPainter, index: int, target: QRectF) -> None:
        there = self._drawn.get(index)
        if there is None:
            painter.fillRect(target, QColor(Qt.GlobalColor.white))
            painter.setPen(QColor(COLOURS.muted))
            painter.drawText(target, Qt.AlignmentFlag.AlignCenter, grouped(index + 1))
        elif there.width() == self._pixels(target):
            painter.drawPixmap(target.topLeft().toPoint(), there)
        else:
            painter.drawPixmap(target, there, QRectF(there.rect()))

    def _pixels(self, rect: QRectF) -> int:
        return round(round(rect.width()) * self.devicePixelRatioF())

    def _in_sight(self, rects: list[QRectF]) -> list[int]:
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        return [index for index, rect in enumerate(rects) if rect.bottom() > top and rect.top() < bottom]

    def _kept(self, rects: list[QRectF]) -> list[int]:
        """Return the pages of which there are pictures: those in sight first, then their neighbours."""
        seen = self._in_sight(rects)
        around = (seen[-1] + 1, seen[0] - 1) if seen else ()
        return [*seen, *(index for index in around if 0 <= index < len(self._pages))]

    def _missing(self, rects: list[QRectF]) -> int | None:
        """Return the next page to draw; None: all pictures are there."""
        for index in self._kept(rects):
            there = self._drawn.get(index)
            if there is None or index in self._old or there.width() != self._pixels(rects[index]):
                return index
        return None

    def _on_timer_timeout(self) -> None:
        """Draw one page; painting it asks for the next one."""
        rects = self._rects()
        kept = self._kept(rects)
        self._drawn = {index: picture for index, picture in self._drawn.items() if index in kept}
        missing = self._missing(rects)
        if missing is not None:
            self._drawn[missing] = self._pages[missing].pixmap(round(rects[missing].width()), self.devicePixelRatioF())
            self._old.discard(missing)
            self.viewport().update()

    def _set_zoom(self, zoom: float | None) -> None:
        page, bar = self.page, self.verticalScrollBar()
        into = (bar.value() - self._tops()[page]) / self.zoom if self._pages else 0.0
        self._zoom = None if zoom is None else min(max(zoom, _LEAST), _MOST)
        self._place_bars()
        if self._pages:
            bar.setValue(round(self._tops()[page] + into * self.zoom))
        self.viewport().update()
        self.page_changed.emit()

    def _arrange(self) -> None:
        self._place_bars()
        self.viewport().update()
        self.page_changed.emit()

    def _place_bars(self) -> None:
        rects = self._rects()
        height = rects[-1].bottom() + _GAP if rects else 0
        width = max((rect.width() for rect in rects), default=0) + 2 * _GAP
        view = self.viewport().size()
        for bar, all_of_it, part in (
            (self.verticalScrollBar(), height, view.height()),
            (self.horizontalScrollBar(), width, view.width()),
        ):
            bar.setRange(0, max(0, math.floor(all_of_it - part)))
            bar.setPageStep(part)
            bar.setSingleStep(_LINE)

    def _whole_width(self) -> float:
        """A width that stays the same whether or not there is a scroll bar."""
        room = self.width() - self.verticalScrollBar().sizeHint().width() - 2 * _GAP
        return self._fitting(room / max(page.size.width() for page in self._pages))

    def _whole_page(self) -> float:
        high = (self.viewport().height() - 2 * _GAP) / max(page.size.height() for page in self._pages)
        return min(self._fitting(high), self._whole_width())

    def _fitting(self, pixels_a_point: float) -> float:
        return min(max(pixels_a_point / _POINT, _LEAST), _MOST)

    def _tops(self) -> list[float]:
        return [rect.top() for rect in self._rects()]

    def _rects(self) -> list[QRectF]:
        """Where the pages are, before scrolling; each in the middle of the width."""
        scale = self.zoom * _POINT
        sizes = [page.size * scale for page in self._pages]
        across = max((size.width() for size in sizes), default=0.0) + 2 * _GAP
        room = max(across, float(self.viewport().width()))
        top, rects = float(_GAP), []
        for size in sizes:
            width, height = round(size.width()), round(size.height())
            rects.append(QRectF(round((room - width) / 2), round(top), width, height))
            top += height + _GAP
        return rects

    def _on_scrolled(self, _: int) -> None:
        self._timer.start(_REST_MS)
        self.viewport().update()
        self.page_changed.emit()
