"""What is drawn on a page of a PDF by Typst, its letters in the order in which they are written (``spelling``)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tally_app.sheets.pdf_objects import NotTypst

_BEGIN = re.compile(rb"\bBT\b")
_TOKEN = re.compile(rb"\bET\b|/(f\d+) [-\d.]+ Tf|/Span<</ActualText<FEFF([0-9A-F]*)>>>BDC|EMC|\(|<([0-9A-Fa-f]+)>")
_SIMPLE = re.compile(
    rb"BT [-\d. ]+ Tr/(f\d+) [-\d.]+ Tf [-\d. ]+ Tm(\[?(?:[-\d. ]*+\((?:[^()\\]|\\.)*+\))*+\]?)T[jJ]\nET\b", re.DOTALL
)
"""Most texts: one font, and every glyph says its own letters."""
_PLACED = re.compile(rb"q 1 0 0 -1 ([-\d.]+) ([-\d.]+) cm(/c0 cs [\d. ]+ scn\n)\Z")
"""What comes before a text: where it stands [pt], and its colour."""
_NEXT_MARK = re.compile(rb"EMC/\w+<</MCID (\d+)(?:/Lang\([-\w]+\))?>>BDC\n")
"""The next piece of marked content, which may be of the same tag."""
_MARK = b"/MCID "
_CLOSED = b"\nQ\n"
_MATRIX = re.compile(rb"([-\d.]+ [-\d.]+ [-\d.]+ [-\d.]+) ([-\d.]+) ([-\d.]+) Tm")
_UPRIGHT = b"1 0 0 -1"
_EMPTY = [b""]
_SIZE = re.compile(rb"/f\d+ ([-\d.]+) Tf")
_STRING = re.compile(rb"\(((?:[^()\\]|\\.)*+)\)", re.DOTALL)
_USUAL, _OCTAL = re.compile(rb"[^()\\]+"), re.compile(rb"[0-7]{1,3}")
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_KHMER = re.compile("[\u1780-\u17ff]")
NOTHING = "\u2060"
"""What a glyph says that is one more than its syllable has letters: a sign without width, and no break."""


class Glyph(NamedTuple):
    """A glyph as it is drawn: its font's name, its code, and the text of its syllable."""

    font: bytes
    code: int
    text: str


@dataclass
class Font:
    """A font of the PDF: what its codes say, and new codes for glyphs that say something else."""

    descendant: int
    to_unicode: int
    texts: dict[int, str]
    glyphs: int
    fixed: bool = False
    """A font with outlines of another kind, for single signs that the sheets' own does not have: it gets no codes."""
    codes: dict[tuple[int, str], int] = field(default_factory=dict)
    plain: dict[bytes, bool] = field(default_factory=dict)
    """Which strings have only glyphs of one letter each, and none of Khmer."""

    def is_plain(self, shown: bytes) -> bool:
        """Says every glyph that is shown one letter at most, and none of Khmer?"""
        if shown not in self.plain:
            strings = (_literal(shown, found.start() + 1)[0] for found in _STRING.finditer(shown))
            self.plain[shown] = all(
                len(text := self.texts.get(code, "")) <= 1 and not _KHMER.match(text)
                for each in strings
                for code in _codes(each)
            )
        return self.plain[shown]

    @property
    def is_split(self) -> bool:
        """Do several glyphs say the same letters, and can they be told to say something else?"""
        if self.fixed:
            return False
        several = [text for text in self.texts.values() if len(text) > 1]
        return len(set(several)) < len(several)

    def code(self, glyph: int, text: str) -> int:
        """Return the code that draws a glyph and says a text."""
        if self.fixed or self.texts.get(glyph) == text:
            return glyph
        return self.codes.setdefault((glyph, text), self.glyphs + len(self.codes))


def syllables(glyphs: Sequence[Glyph]) -> Iterator[Sequence[Glyph]]:
    """Divide glyphs, as they are drawn, into those that are one syllable together."""
    start = 0
    for position in range(1, len(glyphs) + 1):
        here = glyphs[start:position]
        if position < len(glyphs):
            following = glyphs[position]
            same = following.text == here[0].text and following.font == here[0].font and len(following.text) > 1
            if same and all(glyph.code != following.code for glyph in here):
                continue
        yield here
        start = position


def shares(text: str, number: int) -> list[str]:
    """Give each of a syllable's glyphs its letters: one each, and the last all that are left."""
    if number > len(text):
        return [*text, *[NOTHING] * (number - len(text))]
    return [*text[: number - 1], text[number - 1 :]]


class Placed(NamedTuple):
    """A text that stands by itself: its pieces, where it stands [pt], its size and colour; does it follow at once?"""

    first: int
    end: int
    x: float
    y: float
    size: float
    colour: bytes
    follows: bool

    def continues(self, last: "Placed") -> bool:
        """Does it stand in the same line as another one, further right, in its colour, with nothing between them?"""
        near = self.x >= last.x - last.size / 2 and abs(self.y - last.y) < last.size / 2
        return self.follows and near and self.colour == last.colour


class Page:
    """A page's content."""

    def __init__(self, content: bytes, fonts: Mapping[bytes, Font], owners: Sequence[bytes] = ()) -> None:
        """*owners*: the tags of its pieces of marked content, by their numbers."""
        self._content, self._fonts, self._owners = content, fonts, owners
        self._pieces: list[bytes | int] = []
        """What is between strings, and how many glyphs each string has."""
        self._runs: list[list[Glyph]] = [[]]
        """The glyphs of these strings; between two runs there is plain text, which ends a syllable."""
        self._placed: list[Placed] = []

    def spelled(self) -> bytes:
        """Return the page's content with the codes that say what is written."""
        self._read()
        codes, texts = [], []
        for syllable in (each for run in self._runs for each in syllables(run)):
            for glyph, text in zip(syllable, shares(syllable[0].text, len(syllable)), strict=True):
                codes.append(self._fonts[glyph.font].code(glyph.code, text) if glyph.text else glyph.code)
                texts.append(text if glyph.text else "")
        written, said, position = [], [], 0
        for piece in self._pieces:
            if isinstance(piece, bytes):
                written.append(piece)
                said.append("")
                continue
            written.append(b"<%s>" % b"".join(b"%04X" % code for code in codes[position : position + piece]))
            said.append("".join(texts[position : position + piece]).replace(NOTHING, ""))
            position += piece
        for line in self._lines():
            text = "".join(said[line[0].first : line[-1].end])
            if _KHMER.search(text):
                parts = [b"".join(written[each.first : each.end]) for each in line]
                if all(kind == _UPRIGHT for part in parts for kind, _, _ in _MATRIX.findall(part)):
                    marks = [written[each.first - 1] for each in line[1:]]
                    pieces = line[-1].end - line[0].first
                    written[line[0].first : line[-1].end] = [_as_one(line, parts, text), *marks, *_EMPTY * pieces][
                        :pieces
                    ]
        return b"".join(written)

    def _lines(self) -> Iterator[Sequence[Placed]]:
        """Yield the texts that are one line together."""
        start = 0
        for position, placed in enumerate(self._placed, start=1):
            if position == len(self._placed) or not self._placed[position].continues(placed):
                yield self._placed[start:position]
                start = position

    def _read(self) -> None:
        read = position = 0
        while (begin := _BEGIN.search(self._content, position)) is not None:
            simple = _SIMPLE.match(self._content, begin.start())
            if simple is not None and self._font(simple.group(1)).is_plain(simple.group(2)):
                position = simple.end()
                if self._runs[-1]:
                    self._runs.append([])
                continue
            read = position = self._read_placed(read, begin)
        self._pieces.append(self._content[read:])

    def _read_placed(self, read: int, begin: re.Match[bytes]) -> int:
        """Read what was not read yet, and the text that begins there; return where it ends."""
        before = self._content[read : begin.start()]
        placed = _PLACED.search(before, max(0, len(before) - 200))
        size = _SIZE.search(self._content, begin.end())
        if placed is None or size is None:
            self._pieces.append(before + begin.group())
            return self._read_text(begin.end())
        self._pieces.append(before[: placed.start()])
        first = len(self._pieces)
        self._pieces.append(placed.group() + begin.group())
        end = self._read_text(begin.end())
        if self._content.startswith(_CLOSED, end):
            self._pieces.append(_CLOSED)
            end += len(_CLOSED)
            x, y, colour = float(placed.group(1)), float(placed.group(2)), placed.group(3)
            follows = bool(self._placed) and self._placed[-1].end == first - 1 and self._is_same(read, placed.start())
            self._placed.append(Placed(first, len(self._pieces), x, y, float(size.group(1)), colour, follows))
        return end

    def _is_same(self, start: int, length: int) -> bool:
        """Is what follows between two texts nothing, or the begin of another piece of the same tag?"""
        if not length:
            return True
        mark = _NEXT_MARK.fullmatch(self._content, start, start + length)
        last = self._content.rfind(_MARK, 0, start)
        if mark is None or last < 0:
            return False
        before, after = int(self._content[last + len(_MARK) :][:8].split(b">")[0].split(b"/")[0]), int(mark.group(1))
        return max(before, after) < len(self._owners) and self._owners[before] == self._owners[after]

    def _read_text(self, position: int) -> int:
        """Read a text object from behind its beginning; return where it ends."""
        font, said = b"", None
        while (token := _TOKEN.search(self._content, position)) is not None:
            word, end = token.group(), token.end()
            before = self._content[position : token.start()]
            if word == b"ET":
                self._pieces.append(before + word)
                return end
            if token.group(2) is not None or (word == b"EMC" and said is not None):
                said = None if word == b"EMC" else decoded(token.group(2))
                self._pieces.append(before)
            elif word[:1] in (b"(", b"<"):
                if word == b"(":
                    string, end = _literal(self._content, end)
                else:
                    string = bytes.fromhex(word[1:-1].decode())
                self._pieces.append(before)
                self._draw(font, string, said)
            else:
                font = token.group(1) or font
                self._pieces.append(before + word)
            position = end
        raise NotTypst

    def _font(self, name: bytes) -> Font:
        if name not in self._fonts:
            raise NotTypst
        return self._fonts[name]

    def _draw(self, font: bytes, string: bytes, said: str | None) -> None:
        texts, codes = self._font(font).texts, _codes(string)
        self._runs[-1] += [Glyph(font, code, texts.get(code, "") if said is None else said) for code in codes]
        self._pieces.append(len(codes))


def _as_one(line: Sequence[Placed], parts: Sequence[bytes], said: str) -> bytes:
    """Return the texts of a line as one that says what is written."""
    begin, end = b"BT", b"\nET" + _CLOSED
    inner = []
    for placed, part in zip(line, parts, strict=True):
        right, up = placed.x - line[0].x, placed.y - line[0].y
        body = part[part.index(begin) + len(begin) : -len(end)]
        inner.append(_MATRIX.sub(lambda found, right=right, up=up: _moved(found, right, up), body))  # type: ignore[misc]
    head = parts[0][: parts[0].index(begin)]
    return b"%sBT/Span<</ActualText<FEFF%s>>>BDC%s\nEMC%s" % (head, encoded(said), b"".join(inner), end)


def _moved(found: re.Match[bytes], right: float, up: float) -> bytes:
    x, y = float(found.group(2)) + right, float(found.group(3)) - up
    return b"%s %s %s Tm" % (_UPRIGHT, _written(x), _written(y))


def _written(number: float) -> bytes:
    return (f"{number:.5f}".rstrip("0").rstrip(".") or "0").encode()


def _codes(string: bytes) -> list[int]:
    if len(string) % 2:
        raise NotTypst
    return [int.from_bytes(string[place : place + 2], "big") for place in range(0, len(string), 2)]


def encoded(text: str) -> bytes:
    """Write a text as the digits of its UTF-16."""
    return text.encode("utf-16-be").hex().upper().encode()


def decoded(digits: bytes) -> str:
    """Read a text from the digits of its UTF-16."""
    return bytes.fromhex(digits.decode()).decode("utf-16-be")


def _literal(content: bytes, position: int) -> tuple[bytes, int]:
    """Read a string in parentheses from behind the first; return it and where it ends."""
    found, depth = bytearray(), 1
    while True:
        if (usual := _USUAL.match(content, position)) is not None:
            found += usual.group()
            position = usual.end()
        letter = content[position : position + 1]
        position += 1
        if letter == b"\\":
            octal = _OCTAL.match(content, position)
            if octal is not None:
                found.append(int(octal.group(), 8) & 0xFF)
                position = octal.end()
            else:
                escaped = content[position : position + 1]
                found += _ESCAPED.get(escaped, escaped)
                position += 1
            continue
        depth += (letter == b"(") - (letter == b")")
        if depth == 0 or not letter:
            return bytes(found), position
        found += letter
