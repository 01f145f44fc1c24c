"""What a PDF says of itself in its metadata: of which file and moment it is, and how to make it again."""

import re
from datetime import datetime
from html import unescape
from typing import NamedTuple, TypeVar, get_args
from urllib.parse import quote, unquote

from tally_app.sheets.content import Language, Paper
from tally_app.sheets.frame import Printing
from tally_app.sheets.request import KINDS, Kind, Request
from tally_app.sheets.typeset import maker
from tally_app.storage.events import Head

_WORD = "election-tally-sheet"
_KEYWORDS = re.compile(rb"<pdf:Keywords>([^<]{1,20000})</pdf:Keywords>")
Word = TypeVar("Word", bound=str)
_HASH = re.compile(r"[0-9a-f]{64}")


class NotASheet(ValueError):
    """A file that is no PDF of this program, or whose marks are not whole."""


class Marks(NamedTuple):
    """A sheet's file and moment, what made it, and what was asked for."""

    definition: str
    """SHA-256 of the definition."""
    head: Head
    maker: str
    request: Request


def exact(printing: Printing) -> Printing:
    """Return a printing whose time can be written down and read again: to the second, with its zone as a difference."""
    return Printing(printing.operator, datetime.fromisoformat(printing.at.isoformat(timespec="seconds")))


def keywords(definition: str, head: Head, request: Request) -> list[str]:
    """Return the marks as keywords. They are written as they are: a PDF/A keeps its metadata unpacked."""
    fields = {
        "definition": definition,
        "event": str(head.seq),
        "head": head.hash,
        "maker": maker(),
        "kind": request.kind,
        "region": request.region or "",
        "unit": request.unit or "",
        "languages": " ".join(request.languages),
        "paper": request.paper,
        "digits": "khmer" if request.khmer_digits else "european",
        "printed-by": request.printing.operator,
        "printed-at": request.printing.at.isoformat(timespec="seconds"),
    }
    return [_WORD, *(f"{key}={quote(value, safe=' :+.-')}" for key, value in fields.items())]


def read_marks(pdf: bytes) -> Marks:
    """Read the marks of a PDF.

    Raises: NotASheet.
    """
    found = _KEYWORDS.search(pdf) if pdf.startswith(b"%PDF-") else None
    if found is None:
        raise NotASheet("it is no PDF that this program made, or its metadata were removed")
    word, *rest = unescape(found[1].decode("utf-8", errors="replace")).split(", ")
    fields = {key: unquote(value) for key, _, value in (each.partition("=") for each in rest)}
    if word != _WORD:
        raise NotASheet("it is no PDF that this program made")
    try:
        return _marks(fields)
    except (KeyError, ValueError) as error:
        raise NotASheet(f"its metadata cannot be read ({error})") from error


def _marks(fields: dict[str, str]) -> Marks:
    languages = tuple(_one_of(get_args(Language), word) for word in fields["languages"].split())
    if not languages or not all(map(_HASH.fullmatch, (fields["definition"], fields["head"]))):
        raise ValueError("no language, or no hash")
    at = datetime.fromisoformat(fields["printed-at"])
    if at.tzinfo is None:
        raise ValueError("a time without its zone")
    kind: Kind = _one_of(KINDS, fields["kind"])
    paper: Paper = _one_of(get_args(Paper), fields["paper"])
    request = Request(
        kind=kind,
        printing=Printing(fields["printed-by"], at),
        region=fields["region"] or None,
        unit=fields["unit"] or None,
        languages=languages,
        paper=paper,
        khmer_digits=fields["digits"] == "khmer",
    )
    return Marks(fields["definition"], Head(int(fields["event"]), fields["head"]), fields["maker"], request)


def _one_of(known: tuple[Word, ...], word: str) -> Word:
    for each in known:
        if each == word:
            return each
    raise ValueError(f"'{word}' is not known")
