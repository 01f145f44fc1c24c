"""Several sheets in one PDF: each keeps its header and its count of pages, and the PDF says which it holds."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader

from tally_app.document.opening import create_tally
from tally_app.sheets import printing
from tally_app.sheets.content import Paper
from tally_app.sheets.frame import Printing
from tally_app.sheets.printing import Press
from tally_app.sheets.recount_check import SheetRefused
from tally_app.sheets.request import Kind, Request
from tally_app.storage.events import Stamp
from tests.sheets.elections import AT, clock
from tests.sheets.reading import open_pdf, tags

DOSSIER: tuple[tuple[Kind, str | None], ...] = (
    ("region", "R4"),
    ("trace", "R4"),
    ("forms", "R4"),
    ("chamber", None),
    ("forms", None),
)
PAGES = (1, 2, 1, 2, 8)
_COUNTED = re.compile(r"Page (\d+) of (\d+)")


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory):
    path: Path = tmp_path_factory.mktemp("published") / "published.tally"
    create_tally(path, "cambodia-senate-2024", training=False, stamp=Stamp(AT, "Dara", "test"))
    with Press(path, clock=clock, origin="test") as press:
        yield press


def request(kind: Kind, region: str | None, *languages: str, paper: Paper = "a4") -> Request:
    return Request(kind, Printing("S. Chan", AT), region, None, languages or ("en",), paper)  # type: ignore[arg-type]


def bind(press: Press, *requests: Request) -> bytes:
    return press.booklet([(each, press.sheet(each)) for each in requests])


@pytest.fixture(scope="module")
def dossier(press: Press) -> bytes:
    return bind(press, *(request(*each) for each in DOSSIER))


def bookmarks(pdf: bytes) -> list[tuple[str, int]]:
    """Return the outermost bookmarks, and the page to which each leads [0, 1, …]."""
    with open_pdf(pdf) as opened, opened.open_outline() as outline:
        pages = [page.obj.objgen for page in opened.pages]
        return [(str(item.title), pages.index(_page(item.destination))) for item in outline.root]


def _page(destination: Any) -> tuple[int, int]:
    found: tuple[int, int] = destination[0].objgen
    return found


def test_pages_are_counted_by_sheet(dossier: bytes):
    texts = [page.extract_text() for page in PdfReader(BytesIO(dossier)).pages]
    counted = [tuple(map(int, found.groups())) for text in texts if (found := _COUNTED.search(text))]
    assert counted == [(page, pages) for pages in PAGES for page in range(1, pages + 1)]


def test_every_page_has_its_sheets_own_header(dossier: bytes):
    texts = [page.extract_text() for page in PdfReader(BytesIO(dossier)).pages]
    heads = [
        "Region 4 – Result of the region",
        *["Region 4 – How the seats were allocated"] * 2,
        "Region 4 – Form of the count",
        *["Senate – Result of the chamber"] * 2,
        *["Senate – Form of the count"] * 8,
    ]
    assert all(head in text for head, text in zip(heads, texts, strict=True))


def test_a_sheet_looks_the_same_alone_and_among_others(press: Press, dossier: bytes):
    alone = PdfReader(BytesIO(press.pdf(request("trace", "R4")))).pages
    together = PdfReader(BytesIO(dossier)).pages[1:3]
    assert [page.extract_text() for page in alone] == [page.extract_text() for page in together]
    assert [page.mediabox for page in alone] == [page.mediabox for page in together]


def test_bookmarks_lead_to_every_sheet(dossier: bytes):
    found = bookmarks(dossier)
    assert found[:4] == [
        ("Region 4 – Result of the region", 0),
        ("Region 4 – How the seats were allocated", 1),
        ("Region 4 – Form of the count, to be filled by hand", 3),
        ("Senate – Result of the chamber", 4),
    ]
    assert found[4:] == [("Senate – Form of the count, to be filled by hand", 6)]


def test_its_title_says_what_it_holds(press: Press):
    pdf = bind(press, *(request("region", f"R{number}") for number in range(1, 9)), request("chamber", None))
    with open_pdf(pdf) as opened:
        title = opened.open_metadata()["dc:title"]
    assert title == (
        "Result of the region, Result of the chamber – Region 1 … Senate – Cambodian Senate election 2024, as published"
    )


def test_it_is_an_archive_that_can_be_heard(press: Press):
    pdf = bind(press, *(request(kind, region, "km", "en") for kind, region in DOSSIER))
    with open_pdf(pdf) as opened:
        meta = opened.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"]) == ("2", "A", "1")
        assert opened.Root.Lang == "km"
        assert opened.Root.MarkInfo.Marked
        fonts = [font for page in opened.pages for font in page.resources.get("/Font", {}).values()]
        assert all("/ToUnicode" in font for font in fonts)
        titles = [
            str(each.T) for each in opened.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/H1"
        ]
    assert titles == [title for title, _ in bookmarks(pdf)]
    assert len(list(tags(pdf).all("H2"))) > len(DOSSIER)


def test_khmer_is_read_as_it_is_written_also_beside_a_sign_of_another_font(press: Press):
    """The trace has the sign of infinity, which the sheets' font has not."""
    pdf = bind(press, request("region", "R4", "km"), request("trace", "R4", "km"))
    texts = [page.extract_text().replace("\u200b", "") for page in PdfReader(BytesIO(pdf)).pages]
    assert any("∞" in text for text in texts)
    assert [text.count("បោះពុម្ពដោយ") for text in texts] == [1] * len(texts)


def test_sheets_in_other_languages_and_on_other_paper_stand_side_by_side(press: Press):
    pdf = bind(press, request("region", "R4", "km"), request("region", "R4", "en", paper="us-letter"))
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert [round(float(page.mediabox[2])) for page in opened.pages] == [595, 612]
    assert [title for title, _ in bookmarks(pdf)] == [
        "ភូមិភាគទី៤ – លទ្ធផលនៃភូមិភាគ",
        "Region 4 – Result of the region",
    ]


def test_the_same_sheets_make_the_same_bytes(press: Press, dossier: bytes):
    assert bind(press, *(request(*each) for each in DOSSIER)) == dossier
    assert bind(press, *(request(*each) for each in reversed(DOSSIER))) != dossier


def test_one_sheet_with_another_figure_keeps_all_in_the_house(press: Press, monkeypatch: pytest.MonkeyPatch):
    election = press.document.election
    values, live = press.document.book._values, press.document.live
    row = values[3].copy()
    monkeypatch.setattr(printing, "typeset_booklet", lambda *_: pytest.fail("it was typeset"))
    try:
        values[3][election.column_index["CPP"]] += 1  # as an error in the books would
        press.document.book._counters = press.document.book._count_all()
        live._regions[3] = live._result(3)[0]
        with pytest.raises(SheetRefused, match="in R4 it says"):
            bind(press, *(request("region", f"R{number}") for number in range(1, 9)))
    finally:
        values[3] = row
        press.document.book._counters = press.document.book._count_all()
        live._regions[3] = live._result(3)[0]
