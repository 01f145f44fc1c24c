"""Pages in the view and at its left: a thousand of them, of which few are drawn."""

from zlib import compress

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from tally_app.ui.sheets.page import Page
from tally_app.ui.sheets.page_view import PageView
from tally_app.ui.sheets.thumbnails import Thumbnails

PAGES = 1000


def page(number: int, tint: int = 0) -> Page:
    """Return a page of a colour that says which one it is."""
    colour = f"#{number % 256:02x}{number // 256:02x}{tint:02x}"
    path = f'<path d="M0 0H595V842H0z" fill="{colour}"/>'
    return Page(compress(f'<svg viewBox="0 0 595 842" xmlns="http://www.w3.org/2000/svg">{path}</svg>'.encode()))


def pages(tint: int = 0) -> tuple[Page, ...]:
    return tuple(page(number, tint) for number in range(PAGES))


@pytest.fixture
def drawn(monkeypatch) -> list[int]:
    """The widths of the pages that were drawn, one after another."""
    widths: list[int] = []
    pixmap = Page.pixmap

    def counted(page: Page, width: int, ratio: float):
        widths.append(width)
        return pixmap(page, width, ratio)

    monkeypatch.setattr(Page, "pixmap", counted)
    return widths


@pytest.fixture
def view(qtbot) -> PageView:
    view = PageView()
    qtbot.addWidget(view)
    view.resize(700, 900)
    view.show_pages(pages())
    with qtbot.waitExposed(view):
        view.show()
    return view


def shown(view: PageView) -> QColor:
    """Return the colour in the middle of the view."""
    picture = view.viewport().grab().toImage()
    return picture.pixelColor(picture.width() // 2, picture.height() // 4)


def is_page(view: PageView, number: int, tint: int = 0) -> bool:
    return shown(view) == QColor(number % 256, number // 256, tint)


def test_a_page_says_its_size_before_it_is_drawn():
    assert (page(0).size.width(), page(0).size.height()) == (595, 842)


def test_the_last_of_a_thousand_pages_is_drawn_when_it_is_in_sight(qtbot, view):
    qtbot.waitUntil(lambda: is_page(view, 0))
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.page == PAGES - 1
    qtbot.waitUntil(lambda: is_page(view, PAGES - 1))


def test_only_what_is_in_sight_and_beside_it_is_drawn(qtbot, view, drawn):
    qtbot.waitUntil(lambda: is_page(view, 0))
    for position in range(0, view.verticalScrollBar().maximum(), 5000):  # somebody drags the scroll bar
        view.verticalScrollBar().setValue(position)
    view.go_to_page(700)
    assert len(drawn) <= 3
    qtbot.waitUntil(lambda: is_page(view, 700))
    qtbot.waitUntil(lambda: view._missing(view._rects()) is None)
    assert len(drawn) <= 8
    assert set(view._drawn) <= {698, 699, 700, 701, 702}


def test_an_older_picture_stands_in_until_the_new_one_is_there(qtbot, view):
    qtbot.waitUntil(lambda: is_page(view, 0))
    view.show_pages(pages(tint=200))
    assert is_page(view, 0)
    qtbot.waitUntil(lambda: is_page(view, 0, tint=200))
    view.zoom_in()
    assert is_page(view, 0, tint=200)


def test_small_pictures_are_drawn_where_one_looks(qtbot, drawn):
    thumbnails = Thumbnails()
    qtbot.addWidget(thumbnails)
    thumbnails.resize(144, 800)
    thumbnails.pages.show_pages(pages())
    with qtbot.waitExposed(thumbnails):
        thumbnails.show()
    qtbot.waitUntil(lambda: 0 in thumbnails.pages._drawn)
    thumbnails.follow(990)
    qtbot.waitUntil(lambda: 990 in thumbnails.pages._drawn)
    assert len(drawn) < 30
