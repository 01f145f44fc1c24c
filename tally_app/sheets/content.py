"""What a sheet says, as plain data: blocks from top to bottom, in one language or two. How it looks is the template's.

``Words`` are the same text in each language of the sheet; a figure, which is the same in all of them, is one text.
"""

from typing import Literal, NamedTuple

from msgspec import Struct

Words = tuple[str, ...]
Align = Literal["left", "right", "center"]
Paper = Literal["a4", "us-letter"]


class About(NamedTuple):
    """What a printed figure is of; ``recount`` computes it anew and compares it with what is printed.

    *figure*: a ``FigureKind`` (``votes`` and ``share`` with a party; ``valid`` without one is Σ votes where the form
    has no such column), or one of ``ballot``, ``seats``, ``open-seats``, ``appointed``, ``last-seats``, ``change``,
    ``registered-seats``, ``quotient``, ``divisor``. A figure that nobody computes anew is ``quoted``: a date, a hash,
    what a source states, what somebody wrote.
    """

    figure: str
    place: str
    """A region's key, a unit as ``region/unit``, ``*`` for the chamber."""
    party: str | None = None
    step: int | None = None
    """Of a quotient or a divisor: how many seats the list has already [0, 1, …]."""


class Fact(NamedTuple):
    """A figure inside a sentence: what it is of, and how it stands there."""

    about: About
    text: str


class Column(Struct, frozen=True):
    """A column of a table. *grows*: it takes the width that the others leave, and its texts wrap."""

    heading: Words
    align: Align = "right"
    grows: bool = False
    party: int | None = None
    """Position of the party whose shape and colour stand above it."""


class Cell(Struct, frozen=True):
    """A cell of a table. *mark*: ``won`` or ``last`` for quotients; never colour alone.

    *about*: what its figure is of. A cell that is a number and does not say so never leaves the house.
    """

    words: Words
    strong: bool = False
    quiet: bool = False
    mark: Literal["", "won", "last", "next"] = ""
    party: int | None = None
    span: int = 1
    about: About | None = None


class Row(Struct, frozen=True):
    """A row that is never cut between two pages."""

    cells: tuple[Cell, ...]
    kind: Literal["body", "total", "group"] = "body"


class Heading(Struct, frozen=True, tag="heading"):
    """A heading of a part of the sheet."""

    words: Words


class Paragraph(Struct, frozen=True, tag="paragraph"):
    """Running text. ``warning``: in a frame. *facts*: the figures in it that are computed anew."""

    words: Words
    style: Literal["plain", "small", "strong", "warning"] = "plain"
    facts: tuple[Fact, ...] = ()


class Table(Struct, frozen=True, tag="table"):
    """A table whose head is repeated on every page."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    size: Literal["usual", "small", "large"] = "usual"


class Seat(Struct, frozen=True):
    """A seat of the half-circle: where it is (0 … 2 across, 0 … 1 up) and whose. None: appointed, or nobody's yet."""

    x: float
    y: float
    party: int | None
    open: bool = False


class HalfCircle(Struct, frozen=True, tag="half-circle"):
    """The chamber's seats, and how many are a majority. *alternative*: the same in words, for who cannot see it."""

    seats: tuple[Seat, ...]
    radius: float
    big: str
    caption: Words
    alternative: str


class Boxes(Struct, frozen=True, tag="boxes"):
    """Lines to fill by hand, each with a box for every digit."""

    lines: tuple[tuple[Words, Words], ...]
    """Number or key, and name."""
    digits: int


class Signatures(Struct, frozen=True, tag="signatures"):
    """Who signs, with a line each; *signed* says what is recorded already."""

    roles: tuple[Words, ...]
    signed: tuple[Words, ...] = ()


Block = Heading | Paragraph | Table | HalfCircle | Boxes | Signatures


class PartyMark(Struct, frozen=True):
    """A party's colour and its shape, so that a grey copy tells them apart."""

    key: str
    colour: str
    shape: str


class Frame(Struct, frozen=True):
    """What stands on every page."""

    election: Words
    title: Words
    place: Words
    status: Words
    training: Words
    """TRAINING across the page; empty in a live file."""
    unsigned: Words
    """NOT SIGNED OFF; empty where it is."""
    lines: tuple[Words, ...]
    """Operator, printed at: the small print."""
    definition: str
    head: str
    page: Words
    """``Page {page} of {pages}``."""
    code: tuple[str, ...]
    """The QR code of both hashes, a line of 0 and 1 for each row of modules."""


class Sheet(Struct, frozen=True):
    """A whole sheet."""

    kind: str
    languages: tuple[Literal["en", "km"], ...]
    paper: Paper
    landscape: bool
    frame: Frame
    parties: tuple[PartyMark, ...]
    blocks: tuple[Block, ...]
