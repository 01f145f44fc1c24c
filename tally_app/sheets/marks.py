"""What a PDF says of itself in its metadata: of which file and moment it is, and how to make it again."""

import re
from collections.abc import Mapping, Sequence
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
"""Begins the marks of one sheet."""
_SEVERAL = "election-tally-sheets"
"""Begins the marks of several sheets in one PDF."""
_KEYWORDS = re.compile(rb"<pdf:Keywords>([^<]{1,4000000})</pdf:Keywords>")
_SAFE = " :+.-/"
Word = TypeVar("Word", bound=str)
_HASH = re.compile(r"[0-9a-f]{64}")


class NotASheet(ValueError):
    """A file that is no PDF of this program, or whose marks are not whole."""


class Marks(NamedTuple):
    """A PDF's file and moment, what made it, and the sheets in it, in their order: at least one."""

    definition: str
    """SHA-256 of the definition."""
    head: Head
    maker: str
    requests: tuple[Request, ...]

    @property
    def printing(self) -> Printing:
        """Who printed the sheets, and when: the same for all of them."""
        return self.requests[0].printing


def exact(printing: Printing) -> Printing:
    """Return a printing whose time can be written down and read again: to the second, with its zone as a difference."""
    return Printing(printing.operator, datetime.fromisoformat(printing.at.isoformat(timespec="seconds")))


def keywords(definition: str, head: Head, requests: Sequence[Request]) -> list[str]:
    """Return the marks as keywords. They are written as they are: a PDF/A keeps its metadata unpacked.

    One sheet has a keyword for each choice; of several each has one keyword, ``sheet``, for all its choices. All were
    printed by the same person at the same time.
    """
    printing = requests[0].printing
    fields = [
        ("definition", definition),
        ("event", str(head.seq)),
        ("head", head.hash),
        ("maker", maker()),
        ("printed-by", printing.operator),
        ("printed-at", printing.at.isoformat(timespec="seconds")),
    ]
    if len(requests) == 1:
        fields += _choices(requests[0]).items()
    else:
        fields += (("sheet", "/".join(quote(word, safe=" ") for word in _choices(each).values())) for each in requests)
    word = _WORD if len(requests) == 1 else _SEVERAL
    return [word, *(f"{key}={quote(value, safe=_SAFE)}" for key, value in fields)]


def read_marks(pdf: bytes) -> Marks:
    """Read the marks of a PDF.

    Raises: NotASheet.
    """
    found = _KEYWORDS.search(pdf) if pdf.startswith(b"%PDF-") else None
    if found is None:
        raise NotASheet("it is no PDF that this program made, or its metadata were removed")
    word, *rest = unescape(found[1].decode("utf-8", errors="replace")).split(", ")
    if word not in (_WORD, _SEVERAL):
        raise NotASheet("it is no PDF that this program made")
    fields = [(key, unquote(value)) for key, _, value in (each.partition("=") for each in rest)]
    try:
        return _marks(dict(fields), [value for key, value in fields if key == "sheet"] if word == _SEVERAL else None)
    except (KeyError, ValueError) as error:
        raise NotASheet(f"its metadata cannot be read ({error})") from error


def _marks(fields: Mapping[str, str], sheets: Sequence[str] | None) -> Marks:
    if not all(map(_HASH.fullmatch, (fields["definition"], fields["head"]))):
        raise ValueError("no hash")
    at = datetime.fromisoformat(fields["printed-at"])
    if at.tzinfo is None:
        raise ValueError("a time without its zone")
    printing = Printing(fields["printed-by"], at)
    if sheets is None:
        requests = [_request(fields, printing)]
    else:
        words = (map(unquote, sheet.split("/")) for sheet in sheets)
        requests = [_request(dict(zip(_CHOICES, each, strict=True)), printing) for each in words]
    if not requests:
        raise ValueError("no sheet")
    return Marks(fields["definition"], Head(int(fields["event"]), fields["head"]), fields["maker"], tuple(requests))


_CHOICES = ("kind", "region", "unit", "languages", "paper", "digits")


def _choices(request: Request) -> Mapping[str, str]:
    """Return what was asked for, by ``_CHOICES``."""
    languages = " ".join(request.languages)
    digits = "khmer" if request.khmer_digits else "european"
    words = (request.kind, request.region or "", request.unit or "", languages, request.paper, digits)
    return dict(zip(_CHOICES, words, strict=True))


def _request(choices: Mapping[str, str], printing: Printing) -> Request:
    languages = tuple(_one_of(get_args(Language), word) for word in choices["languages"].split())
    if not languages:
        raise ValueError("no language")
    kind: Kind = _one_of(KINDS, choices["kind"])
    paper: Paper = _one_of(get_args(Paper), choices["paper"])
    return Request(
        kind=kind,
        printing=printing,
        region=choices["region"] or None,
        unit=choices["unit"] or None,
        languages=languages,
        paper=paper,
        khmer_digits=choices["digits"] == "khmer",
    )


def _one_of(known: tuple[Word, ...], word: str) -> Word:
    for each in known:
        if each == word:
            return each
    raise ValueError(f"'{word}' is not known")
