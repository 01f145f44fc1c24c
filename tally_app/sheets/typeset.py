"""From a sheet's content to PDF, by Typst: PDF/A-2a and PDF/UA-1, the same bytes for the same content and time."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from typing import Literal

import fontpkg_noto_sans_khmer
import msgspec
import typst

from tally_app import __version__
from tally_app.resources import resource
from tally_app.sheets.booklet import booklet
from tally_app.sheets.content import Sheet
from tally_app.sheets.row_heads import heads_of, with_row_heads
from tally_app.sheets.spelling import spelled

STANDARDS: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"]


class TypesettingFailed(Exception):
    """The template could not be filled: a fault of this program, not of the figures."""


@lru_cache(maxsize=1)
def maker() -> str:
    """Return what makes the PDFs: only the same versions, and the same template, make the same bytes."""
    template = sha256((resource("sheets") / "sheet.typ").read_bytes()).hexdigest()
    return f"election-tally {__version__}, template {template[:8]}, typst {version('typst')}"


def typeset(sheet: Sheet, at: datetime, keywords: Sequence[str] = ()) -> bytes:
    """Return a sheet as PDF. *at*: the document's date. *keywords*: for its metadata, none with a comma.

    Raises: TypesettingFailed.
    """
    return typeset_booklet((sheet,), at, keywords)


def typeset_booklet(sheets: Sequence[Sheet], at: datetime, keywords: Sequence[str] = ()) -> bytes:
    """Return sheets of one election as one PDF, each with its own header and count of pages; all else as ``typeset``.

    Raises: TypesettingFailed.
    """
    try:
        made = _compiler().compile(
            sys_inputs=_inputs(sheets, keywords),
            format="pdf",
            pdf_standards=list(STANDARDS),
            timestamp=int(at.timestamp()),
        )
    except typst.TypstError as error:
        raise TypesettingFailed(str(error)) from error
    if not isinstance(made, bytes):
        raise TypesettingFailed("one PDF was expected")
    return with_row_heads(spelled(made), heads_of(sheets))


def drawn(sheet: Sheet) -> tuple[bytes, ...]:
    """Return the pages as SVG, laid out by the same run of the same template as the PDF's; letters are outlines.

    Raises: TypesettingFailed.
    """
    try:
        made = _compiler().compile(sys_inputs=_inputs((sheet,)), format="svg")
    except typst.TypstError as error:
        raise TypesettingFailed(str(error)) from error
    pages = made if isinstance(made, list) else [made]
    return tuple(page for page in pages if isinstance(page, bytes))


def _inputs(sheets: Sequence[Sheet], keywords: Sequence[str] = ()) -> dict[str, str]:
    return {"booklet": msgspec.json.encode(booklet(sheets)).decode(), "keywords": ", ".join(keywords)}


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    """One compiler for all sheets: it keeps the font and the template."""
    folder = resource("sheets")
    fonts = fontpkg_noto_sans_khmer.ROOT / "files"
    return typst.Compiler(
        str(folder / "sheet.typ"), root=str(folder), font_paths=[str(fonts)], ignore_system_fonts=True
    )
