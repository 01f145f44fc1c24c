"""From a sheet's content to PDF, by Typst: PDF/A-2a and PDF/UA-1, the same bytes for the same content and time."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from importlib.metadata import version
from typing import Literal

import fontpkg_noto_sans_khmer
import msgspec
import typst

from tally_app import __version__
from tally_app.resources import resource
from tally_app.sheets.content import Sheet
from tally_app.sheets.spelling import spelled

STANDARDS: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"]


class TypesettingFailed(Exception):
    """The template could not be filled: a fault of this program, not of the figures."""


def maker() -> str:
    """Return what makes the PDFs: only the same versions make the same bytes."""
    return f"election-tally {__version__}, typst {version('typst')}"


def typeset(sheet: Sheet, at: datetime, keywords: Sequence[str] = ()) -> bytes:
    """Return a sheet as PDF. *at*: the document's date. *keywords*: for its metadata, none with a comma.

    Raises: TypesettingFailed.
    """
    try:
        made = _compiler().compile(
            sys_inputs={"sheet": msgspec.json.encode(sheet).decode(), "keywords": ", ".join(keywords)},
            format="pdf",
            pdf_standards=list(STANDARDS),
            timestamp=int(at.timestamp()),
        )
    except typst.TypstError as error:
        raise TypesettingFailed(str(error)) from error
    if not isinstance(made, bytes):
        raise TypesettingFailed("one PDF was expected")
    return spelled(made)


def drawn(sheet: Sheet) -> tuple[bytes, ...]:
    """Return the pages as SVG, laid out by the same run of the same template as the PDF's; letters are outlines.

    Raises: TypesettingFailed.
    """
    inputs = {"sheet": msgspec.json.encode(sheet).decode(), "keywords": ""}
    try:
        made = _compiler().compile(sys_inputs=inputs, format="svg")
    except typst.TypstError as error:
        raise TypesettingFailed(str(error)) from error
    pages = made if isinstance(made, list) else [made]
    return tuple(page for page in pages if isinstance(page, bytes))


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    """One compiler for all sheets: it keeps the font and the template."""
    folder = resource("sheets")
    fonts = fontpkg_noto_sans_khmer.ROOT / "files"
    return typst.Compiler(
        str(folder / "sheet.typ"), root=str(folder), font_paths=[str(fonts)], ignore_system_fonts=True
    )
