"""Every kind of sheet: there is one in each language and on each paper, and none where there can be none."""

import re

import pytest

from tally_app.document.document import Document
from tally_app.sheets.content import SMALLEST, Boxes, Language, Paper, Table
from tally_app.sheets.request import KINDS, OF_A_REGION, Kind, NoSuchSheet
from tally_app.sheets.typeset import typeset
from tests.sheets.making import (
    AT,
    blocks,
    make_document,
    pages_of,
    sheet_of,
    signed_document,
    small_document,
    small_pack,
    text_of,
)
from tests.ui.fake_journal import bundled_document

LANGUAGES: tuple[tuple[Language, ...], ...] = (("en",), ("km",), ("km", "en"))


@pytest.fixture(scope="module")
def document() -> Document:
    return signed_document()


def region_for(kind: Kind) -> str | None:
    return "R1" if kind in OF_A_REGION else None


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
@pytest.mark.parametrize("languages", LANGUAGES, ids="+".join)
@pytest.mark.parametrize("kind", KINDS)
def test_it_is_typeset(document: Document, kind: Kind, languages: tuple[Language, ...], paper: Paper):
    sheet = sheet_of(document, kind, region_for(kind), languages=languages, paper=paper)
    made = typeset(sheet, AT)
    assert made.startswith(b"%PDF-1.7")
    assert made == typeset(sheet, AT)


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_says_where_it_belongs(document: Document, kind: Kind):
    pages = pages_of(sheet_of(document, kind, region_for(kind)))
    for number, page in enumerate(pages, 1):
        assert "Test election" in page
        assert "TRAINING" in page
        assert "Printed by S. Chan, 2024-02-26 01:00 UTC" in page
        assert f"Definition {'0' * 12} · journal {document.head.seq}:{document.head.hash[:12]}" in page
        assert f"Page {number} of {len(pages)}" in page
        assert ("NOT SIGNED OFF" in page) == (kind != "forms")
    assert "Name, signature, date" in pages[-1]


@pytest.mark.parametrize("kind", KINDS)
def test_roles_are_those_of_the_election(document: Document, kind: Kind):
    assert "the chair" in text_of(sheet_of(document, kind, region_for(kind)))


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_too_small(document: Document, kind: Kind):
    sheet = sheet_of(document, kind, region_for(kind))
    sizes = [block.size for block in blocks(sheet) if isinstance(block, Table | Boxes)]
    assert min([sheet.size, *sizes]) >= SMALLEST


def test_what_is_signed_off_does_not_say_that_it_is_not():
    document = signed_document()
    document.commit(document.signing.sign_off_edit("R2", "Kim Ny", "chair", AT.isoformat(), document.head))
    text = text_of(sheet_of(document, "region", "R2"))
    assert "NOT SIGNED OFF" not in text
    assert "Signed off in the file by Kim Ny, chair, 2024-02-26 01:00" in text


def test_both_languages_stand_beside_each_other():
    sheet = sheet_of(bundled_document(), "region", "R4", languages=("km", "en"))
    assert sheet.frame.place == ("ភូមិភាគទី៤", "Region 4")
    (seats,) = [block for block in blocks(sheet) if isinstance(block, Table)]
    assert seats.columns[1].heading == ("គណបក្សនយោបាយ", "Political party")


def test_khmer_digits_are_an_option_of_sheets_in_khmer():
    document = bundled_document()
    (khmer,) = [
        each
        for each in blocks(sheet_of(document, "region", "R4", languages=("km",), khmer_digits=True))
        if isinstance(each, Table)
    ]
    (both,) = [
        each
        for each in blocks(sheet_of(document, "region", "R4", languages=("km", "en"), khmer_digits=True))
        if isinstance(each, Table)
    ]
    assert khmer.rows[0].cells[2:4] == ("១,១៩១", "៧៧.៩៥")
    assert both.rows[0].cells[2:4] == ("1,191", "77.95")


@pytest.mark.parametrize(
    ("wanted", "date", "pages"), [(False, "2024-02-26", r"1 \S+ 2"), (True, "២០២៤-០២-២៦", r"១ \S+ ២")]
)
def test_times_and_pages_have_the_digits_of_the_sheet(wanted: bool, date: str, pages: str):
    text = text_of(sheet_of(bundled_document(), "chamber", languages=("km",), khmer_digits=wanted))
    assert date in text
    assert re.search(pages, text)


@pytest.mark.parametrize(
    ("kind", "region", "unit", "code"),
    [
        ("region", None, None, "no-region"),
        ("trace", None, None, "no-region"),
        ("lot", None, None, "no-region"),
        ("chamber", "R1", None, "only-chamber"),
        ("region", "R9", None, "unknown-region"),
        ("forms", "R1", "R2-1", "unknown-unit"),
        ("forms", None, "R1-1", "no-region"),
        ("lot", "R2", None, "no-lot"),
        ("elected", "R2", None, "no-candidates"),
    ],
)
def test_there_is_none(kind: Kind, region: str | None, unit: str | None, code: str):
    with pytest.raises(NoSuchSheet) as refused:
        sheet_of(small_document(), kind, region, unit=unit)
    assert refused.value.code == code


def test_a_blank_count_has_its_sheets_too():
    document = make_document(small_pack())
    for kind in KINDS:
        if kind != "lot":
            assert pages_of(sheet_of(document, kind, region_for(kind)))


def test_a_region_is_small():
    for languages in LANGUAGES:
        assert len(typeset(sheet_of(bundled_document(), "region", "R4", languages=languages), AT)) < 100_000
