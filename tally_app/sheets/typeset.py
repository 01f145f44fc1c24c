"""From a sheet's content to PDF, by Typst: PDF/A-2a and PDF/UA-1, the same bytes for the same content and time."""

from datetime import datetime
from functools import lru_cache
from typing import Literal

import fontpkg_noto_sans_khmer
import msgspec
import typst

from tally_app.resources import resource
from tally_app.sheets.content import Sheet

STANDARDS: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"]


class TypesettingFailed(Exception):
    """The template could not be filled: a fault of this program, not of the figures."""


def typeset(sheet: Sheet, at: datetime) -> bytes:
    """Return a sheet as PDF. *at*: the document's date.

    Raises: TypesettingFailed.
    """
    try:
        made = _compiler().compile(
            sys_inputs={"sheet": msgspec.json.encode(sheet).decode()},
            format="pdf",
            pdf_standards=list(STANDARDS),
            timestamp=int(at.timestamp()),
        )
    except typst.TypstError as error:
        raise TypesettingFailed(str(error)) from error
    if not isinstance(made, bytes):
        raise TypesettingFailed("one PDF was expected")
    return made


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    """One compiler for all sheets: it keeps the font and the template."""
    folder = resource("sheets")
    fonts = fontpkg_noto_sans_khmer.ROOT / "files"
    return typst.Compiler(
        str(folder / "sheet.typ"), root=str(folder), font_paths=[str(fonts)], ignore_system_fonts=True
    )
