"""Khmer in a PDF is read in the order in which it is written, once; and nothing that is drawn is another."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from tally_app.election.model import Name
from tally_app.sheets import typeset as module
from tally_app.sheets.content import Beside, Language, Sheet
from tally_app.sheets.spelled_page import NOTHING, Glyph, shares, syllables
from tally_app.sheets.spelling import spelled
from tally_app.sheets.typeset import typeset
from tests.sheets.making import AT, sheet_of
from tests.sheets.reading import open_pdf, tables, tags
from tests.ui.fake_journal import bundled_document

KHMER: tuple[Language, ...] = ("km",)


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    return sheet_of(bundled_document(), "chamber", languages=KHMER)


@pytest.fixture(scope="module")
def as_made(sheet: Sheet) -> bytes:
    """The PDF as Typst makes it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "spelled", lambda pdf: pdf)
        return typeset(sheet, AT)


@pytest.fixture(scope="module")
def pdf(sheet: Sheet) -> bytes:
    return typeset(sheet, AT)


def names() -> list[str]:
    pack = bundled_document().election.pack
    named: list[Name] = [pack.chamber.name, *(party.name for party in pack.parties)]
    return [name.km for name in [*named, *(region.name for region in pack.regions)]]


def closed_up(text: str) -> str:
    return "".join(text.split()).replace(NOTHING, "")


def test_the_tags_have_every_name_as_it_is_written(pdf: bytes):
    text = tags(pdf).text.replace(NOTHING, "")
    assert [name for name in names() if name not in text] == []
    assert text.count("ភូមិភាគទី៤") == 1


def test_texts_of_neighbouring_cells_stay_apart(sheet: Sheet, pdf: bytes):
    table = next(block.right for block in sheet.blocks if isinstance(block, Beside))
    heads = tables(pdf)[0][0]
    assert [closed_up(head) for head in heads] == [closed_up("".join(column.heading)) for column in table.columns]


@pytest.mark.parametrize("way", [(), ("-raw",), ("-layout",)])
def test_pdftotext_has_every_name_as_it_is_written(pdf: bytes, tmp_path: Path, way: tuple[str, ...]):
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    path = tmp_path / "sheet.pdf"
    path.write_bytes(pdf)
    words = ["pdftotext", *way, str(path), "-"]
    text = subprocess.run(words, check=True, capture_output=True, encoding="utf-8").stdout
    assert [name for name in names() if name not in text] == []


def test_pypdf_has_every_name_but_for_spaces_inside(pdf: bytes):
    text = closed_up("".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))
    assert [name for name in names() if closed_up(name) not in text] == []
    assert "ភូភូ" not in text


def test_typst_alone_repeats_syllables(as_made: bytes):
    """When this fails, Typst has learnt it, and the module can go."""
    assert "ភូភូ" in tags(as_made).text


def drawing(pdf: bytes) -> list[tuple[Any, ...]]:
    """Return everything that is drawn on every page: where, how, and the glyphs of texts for their codes."""
    with open_pdf(pdf) as opened:
        return [each for page in opened.pages for each in _drawn(page)]


def _drawn(page: pikepdf.Page) -> list[tuple[Any, ...]]:
    glyphs: dict[str, Any] = {}
    for name, font in page.resources.Font.items():
        mapped = font.DescendantFonts[0].CIDToGIDMap
        glyphs[name] = mapped.read_bytes() if isinstance(mapped, pikepdf.Stream) else None
    found: list[tuple[Any, ...]] = []
    state: dict[str, Any] = {"cm": pikepdf.Matrix()}
    kept: list[dict[str, Any]] = []
    for instruction in pikepdf.parse_content_stream(page):
        operator, operands = str(instruction.operator), instruction.operands
        match operator:
            case "BDC" | "BMC" | "EMC" | "BT" | "ET":
                pass
            case "q":
                kept.append(dict(state))
            case "Q":
                state = kept.pop()
            case "cm":
                state["cm"] = pikepdf.Matrix(*map(float, operands)) @ state["cm"]
            case "Tm":
                state["Tm"] = pikepdf.Matrix(*map(float, operands))
            case "Tf" | "Tr" | "cs" | "scn" | "CS" | "SCN" | "w" | "J" | "j" | "M" | "d" | "gs":
                state[operator] = tuple(map(str, operands))
            case "Tj" | "TJ":
                parts = operands[0] if operator == "TJ" else [operands[0]]
                font = state["Tf"][0]
                shown = tuple(_glyphs(part, glyphs[font]) for part in parts)
                found.append((*_rounded(state, state["Tm"] @ state["cm"]), shown))
            case _:
                found.append((*_rounded(state, state["cm"]), operator, *map(str, operands)))
    return found


def _rounded(state: dict[str, Any], matrix: pikepdf.Matrix) -> tuple[Any, ...]:
    """Return how something is drawn, and where, to a thousandth of a point."""
    how = sorted((key, value) for key, value in state.items() if key not in ("cm", "Tm"))
    return (*how, *(round(number, 3) + 0.0 for number in matrix.shorthand))


def _glyphs(part: Any, mapped: bytes | None) -> object:
    if not isinstance(part, pikepdf.String):
        return str(part)
    raw = bytes(part)
    codes = [int.from_bytes(raw[place : place + 2], "big") for place in range(0, len(raw), 2)]
    return [code if mapped is None else int.from_bytes(mapped[2 * code : 2 * code + 2], "big") for code in codes]


def test_nothing_that_is_drawn_changes(pdf: bytes, as_made: bytes):
    assert drawing(pdf) == drawing(as_made)


def test_widths_of_new_codes_are_those_of_their_glyphs(pdf: bytes):
    with open_pdf(pdf) as opened:
        for font in opened.pages[0].resources.Font.values():
            descendant = font.DescendantFonts[0]
            listed = [float(each) for each in descendant.W]
            widths: dict[int, float] = {}
            for first, last, width in zip(listed[::3], listed[1::3], listed[2::3], strict=True):
                widths |= dict.fromkeys(range(int(first), int(last) + 1), width)
            if isinstance(descendant.CIDToGIDMap, pikepdf.Stream):
                mapped = descendant.CIDToGIDMap.read_bytes()
                for code in range(len(mapped) // 2):
                    glyph = int.from_bytes(mapped[2 * code : 2 * code + 2], "big")
                    assert widths.get(code, 0) == widths.get(glyph, 0)


def test_it_is_whole(pdf: bytes):
    with open_pdf(pdf) as opened:
        assert opened.check_pdf_syntax() == []


def test_what_is_not_typsts_stays_as_it_is(pdf: bytes):
    for other in (b"", b"%PDF-1.7", b"%PDF-1.7\nstartxref\n0\n%%EOF", pdf[:-100]):
        assert spelled(other) == other
    assert spelled(pdf) == pdf


def test_syllables_end_where_a_glyph_comes_again():
    twice = [Glyph(b"f0", code, "ភូ") for code in (1, 2, 1, 2)]
    assert [len(each) for each in syllables(twice)] == [2, 2]
    plain = [Glyph(b"f0", code, "a") for code in (1, 1, 1)]
    assert [len(each) for each in syllables(plain)] == [1, 1, 1]


@given(st.text(min_size=1, max_size=6), st.integers(1, 8))
def test_shares_are_the_syllable(text: str, number: int):
    parts = shares(text, number)
    assert len(parts) == number
    assert all(parts)
    assert "".join(part for part in parts[: len(text)]) == text
