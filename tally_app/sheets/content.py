"""What a sheet says, as plain data: blocks from top to bottom, in one language or two. How it looks is the template's.

``Words`` are the same text in each language of the sheet; a figure, which is the same in all of them, is one text.
Sizes are in points; nothing is smaller than ``SMALLEST``.

Every figure says what it is of (``about``), so that ``recount`` can compute it anew and compare it before the sheet
leaves: a cell's own word counts, else its row's, else its column's. A number in a column that is not aligned to the
left, and that says nothing, is refused.
"""

from typing import Literal

from msgspec import Struct

from tally_app.sheets.about import About, Fact

Words = tuple[str, ...]
Language = Literal["en", "km"]
Align = Literal["left", "right", "center"]
Paper = Literal["a4", "us-letter"]
Mark = Literal["", "won", "last", "next", "tied"]

SMALLEST = 7.0
"""Size under which nothing is printed [pt]."""


class Column(Struct, frozen=True):
    """A column of a table. *grows*: it takes the width that the others leave, and its texts wrap.

    *beside*: both languages stand on one line.

    *width* [mm]: its texts wrap inside it; None: as wide as its texts.
    """

    heading: Words
    align: Align = "right"
    grows: bool = False
    width: float | None = None
    beside: bool = False
    shapes: tuple[str, ...] = ()
    """All that stands below its heading, each digit as a 0, of a long column of nothing but figures: its width is
    known from these few, since digits are all as wide."""
    party: int | None = None
    """Position of the party whose shape and colour stand above it."""
    about: About | None = None
    """What the column's figures are of, as far as it is the same in every row."""


class Group(Struct, frozen=True):
    """A heading over several columns; empty words leave a place without one."""

    words: Words
    span: int
    party: int | None = None


class Cell(Struct, frozen=True):
    """A cell of a table. *mark*: of quotients; never colour alone. *tag*: a small number before the figure."""

    words: Words
    strong: bool = False
    quiet: bool = False
    mark: Mark = ""
    party: int | None = None
    tag: str = ""
    span: int = 1
    about: About | None = None


class Row(Struct, frozen=True):
    """A row that is never cut between two pages. A cell that is nothing but a figure is a plain text."""

    cells: tuple[Cell | str, ...]
    kind: Literal["body", "total", "group"] = "body"
    about: About | None = None
    """What the row's figures are of, as far as it is the same in every column."""


class Heading(Struct, frozen=True, tag="heading"):
    """A heading of a part of the sheet. *level* 1 is one like the sheet's own, on a new page."""

    words: Words
    level: Literal[1, 2] = 2
    note: Words = ()


class Paragraph(Struct, frozen=True, tag="paragraph"):
    """Running text. ``warning``: in a frame."""

    words: Words
    style: Literal["plain", "small", "strong", "warning"] = "plain"
    facts: tuple[Fact, ...] = ()
    """The figures in it."""


class Figure(Struct, frozen=True):
    """A figure with what it is called."""

    label: Words
    value: str
    about: About | None = None


class Figures(Struct, frozen=True, tag="figures"):
    """Figures side by side, to be read from afar."""

    figures: tuple[Figure, ...]


class Table(Struct, frozen=True, tag="table"):
    """A table whose head is repeated on every page. *groups*: headings over the columns, if any.

    *dense*: rows as close as they can be read, for tables of many pages.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    size: float = 9.5
    groups: tuple[Group, ...] = ()
    dense: bool = False


class Seat(Struct, frozen=True):
    """A seat of the half-circle: where it is (−1 … 1 across, 0 … 1 up) and whose. None: appointed, or nobody's yet."""

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
    about: About | None = None
    """What the big number is of."""
    majority: float | None = None
    """Where the line of the majority is: its angle from the left [rad]."""


class Beside(Struct, frozen=True, tag="beside"):
    """A half-circle and, right of it, a table."""

    left: HalfCircle
    right: Table


class Boxes(Struct, frozen=True, tag="boxes"):
    """Lines to fill by hand, each with a box for every digit."""

    lines: tuple["BoxLine", ...]
    heads: tuple[Words, Words, Words]
    """Headings of number, name and boxes."""
    digits: int
    columns: int = 1
    height: float = 9.0
    """Height of a box [mm]."""
    size: float = 11.0


class BoxLine(Struct, frozen=True):
    """A line to fill: number or key, name; a sum stands out."""

    number: str
    name: Words
    party: int | None = None
    strong: bool = False


class Blanks(Struct, frozen=True, tag="blanks"):
    """Lines to write words on by hand, each after what it is for."""

    labels: tuple[Words, ...]


class Signatures(Struct, frozen=True, tag="signatures"):
    """Who signs, with a line each; *signed* says what is recorded already.

    *whole*: said where the sheet has several ``{pages}``, so that nobody signs a page with nothing on it.
    """

    roles: tuple[Words, ...]
    signed: tuple[Words, ...] = ()
    hint: Words = ()
    whole: Words = ()


Block = Heading | Paragraph | Figures | Table | HalfCircle | Beside | Boxes | Blanks | Signatures


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
    code_alternative: str = ""
    digits: str = "0123456789"
    """The digits that pages are counted with."""


class Sheet(Struct, frozen=True):
    """A whole sheet. *size*: of running text [pt]; larger where there is room, so that it is read from afar."""

    kind: str
    languages: tuple[Language, ...]
    paper: Paper
    landscape: bool
    frame: Frame
    parties: tuple[PartyMark, ...]
    blocks: tuple[Block, ...]
    subtitle: Words = ()
    size: float = 9.5
