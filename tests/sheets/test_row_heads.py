"""Every figure of a table belongs to a head of its column and to one of its row, for who cannot see it."""

from io import BytesIO
from typing import Any

import pikepdf
import pytest

from tally_app.document.document import Document
from tally_app.sheets import typeset as module
from tally_app.sheets.content import Language, Sheet
from tally_app.sheets.request import KINDS, Kind
from tally_app.sheets.row_heads import heads_of, with_row_heads
from tally_app.sheets.typeset import typeset, typeset_booklet
from tests.sheets.making import AT, large_document, sheet_of, signed_document
from tests.sheets.reading import open_pdf, tables, tags
from tests.ui.fake_journal import bundled_document

BOTH: tuple[Language, ...] = ("km", "en")
REGIONAL: frozenset[Kind] = frozenset({"region", "trace", "lot"})


@pytest.fixture(scope="module")
def document() -> Document:
    return signed_document()


@pytest.fixture(scope="module")
def units() -> Sheet:
    return sheet_of(large_document(4, (70,), 5), "region", "R1", languages=BOTH)


def attribute(element: Any, key: str) -> Any:
    owned = element.get("/A", pikepdf.Array())
    for each in owned if isinstance(owned, pikepdf.Array) else [owned]:
        if each.O == "/Table" and key in each:
            return each[key]
    return None


def rows(pdf: pikepdf.Pdf) -> list[Any]:
    """Return the rows below the heads of all tables."""
    bodies = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/TBody"]
    return [row for body in bodies for row in body.K]


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_has_one_head(document: Document, kind: Kind):
    sheet = sheet_of(document, kind, "R1" if kind in REGIONAL else None, languages=BOTH)
    with open_pdf(typeset(sheet, AT)) as pdf:
        found = rows(pdf)
        assert len(found) == sum(map(len, heads_of((sheet,))))
        for row in found:
            scopes = [str(attribute(cell, "/Scope")) for cell in row.K if cell.S == "/TH"]
            assert scopes == ["/Row"]
            assert {str(cell.S) for cell in row.K} <= {"/TH", "/TD"}
            assert all(attribute(cell, "/Headers") is None for cell in row.K)


def test_the_head_is_the_name_and_the_rest_figures(units: Sheet):
    table = tags(typeset(units, AT)).all("Table")
    *_, last = table
    (body,) = last.all("TBody")
    for number, row in enumerate(body.all("TR"), start=1):
        (head,) = row.all("TH")
        assert head.text == (f"Unit 1.{number}" if number <= 70 else "សរុប · Total")
        assert len(list(row.all("TD"))) == 9


def test_heads_of_columns_stay(units: Sheet):
    with open_pdf(typeset(units, AT)) as pdf:
        heads = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/TH"]
        scopes = [str(attribute(each, "/Scope")) for each in heads]
    assert scopes.count("/Column") == 5 + 10
    assert scopes.count("/Row") == 5 + 71


def test_nothing_but_tags_changes(units: Sheet, monkeypatch: pytest.MonkeyPatch):
    made = typeset(units, AT)
    monkeypatch.setattr(module, "with_row_heads", lambda pdf, _: pdf)
    before = typeset(units, AT)
    assert tables(made) == tables(before)
    assert tags(made).text == tags(before).text
    assert len(made) < len(before)
    with pikepdf.open(BytesIO(made)) as after, pikepdf.open(BytesIO(before)) as old:
        assert after.check_pdf_syntax() == []
        for page, as_was in zip(after.pages, old.pages, strict=True):
            assert page.Contents.read_bytes() == as_was.Contents.read_bytes()


def test_sheets_bound_together_have_them_all(document: Document):
    sheets = [sheet_of(document, "region", "R1"), sheet_of(document, "chamber"), sheet_of(document, "forms")]
    with open_pdf(typeset_booklet(sheets, AT)) as pdf:
        assert all(row.K[0].S == "/TH" or row.K[1].S == "/TH" for row in rows(pdf))


def test_another_pdf_stays_as_it_is(units: Sheet):
    made = typeset(units, AT)
    for other, heads in ((b"", []), (b"%PDF-1.7", [[0]]), (made, []), (made, [[0]]), (made, [[0] * 3, [1]])):
        assert with_row_heads(other, heads) == other


def test_the_senate_has_them():
    sheet = sheet_of(bundled_document(), "chamber", languages=BOTH)
    with open_pdf(typeset(sheet, AT)) as pdf:
        assert all([str(cell.S) for cell in row.K].count("/TH") == 1 for row in rows(pdf))
