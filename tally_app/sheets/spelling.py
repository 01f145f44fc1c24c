"""Letters of a PDF in the order in which they are written, so that Khmer can be searched, copied and read aloud.

A Khmer syllable is several glyphs, drawn from left to right; its letters are in another order. Typst puts the whole
syllable behind every one of its glyphs that stands at another height, so that readers find it twice or three times
(``ភូភូមិមិ``; Typst issue 4225, krilla issues 411 and 425). Here each glyph of a syllable gets its share of the letters,
by a code of its own for the same glyph: read one after another they are the syllable, once. Nothing that is drawn
changes. Readers that go by the tags have it right (``pdfinfo -struct-text``); those that guess spaces from positions
still put some inside a syllable (pypdf, ``pdftotext``). A PDF of another shape than Typst's is returned as it is.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tally_app.sheets.pdf_objects import NotTypst, Objects

_PAGE = re.compile(rb"/Type/Page/Resources (\d+) 0 R.*/Contents (\d+) 0 R", re.DOTALL)
_FONTS = re.compile(rb"/Font<<([^>]*)>>")
_NAMED = re.compile(rb"/(f\d+) (\d+) 0 R")
_FONT = re.compile(rb"/DescendantFonts\[(\d+) 0 R\]/ToUnicode (\d+) 0 R")
_DESCRIPTOR = re.compile(rb"/FontDescriptor (\d+) 0 R")
_IDENTITY = b"/CIDToGIDMap/Identity/W["
_SET = re.compile(rb"/CIDSet \d+ 0 R")
_MAPPED = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")
_BEGIN = re.compile(rb"\bBT\b")
_TOKEN = re.compile(rb"\bET\b|/(f\d+) [-\d.]+ Tf|/Span<</ActualText<FEFF([0-9A-F]*)>>>BDC|EMC|\(|<([0-9A-Fa-f]+)>")
_SIMPLE = re.compile(
    rb"BT [-\d. ]+ Tr/(f\d+) [-\d.]+ Tf [-\d. ]+ Tm(\[?(?:[-\d. ]*+\((?:[^()\\]|\\.)*+\))*+\]?)T[jJ]\nET\b", re.DOTALL
)
"""Most texts: one font, and every glyph says its own letters."""
_STRING = re.compile(rb"\(((?:[^()\\]|\\.)*+)\)", re.DOTALL)
_USUAL, _OCTAL = re.compile(rb"[^()\\]+"), re.compile(rb"[0-7]{1,3}")
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
NOTHING = "\u2060"
"""What a glyph says that is one more than its syllable has letters: a sign without width, and no break."""
_MOST_IN_A_BLOCK = 100
"""Lines that a block of a character map may have."""


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
    codes: dict[tuple[int, str], int] = field(default_factory=dict)
    plain: dict[bytes, bool] = field(default_factory=dict)
    """Which strings have only glyphs of one letter, so that none is a part of a syllable."""

    def is_plain(self, shown: bytes) -> bool:
        """Has every glyph that is shown one letter at most?"""
        if shown not in self.plain:
            strings = (_literal(shown, found.start() + 1)[0] for found in _STRING.finditer(shown))
            self.plain[shown] = all(len(self.texts.get(code, "")) <= 1 for each in strings for code in _codes(each))
        return self.plain[shown]

    @property
    def is_split(self) -> bool:
        """Do several glyphs say the same letters?"""
        several = [text for text in self.texts.values() if len(text) > 1]
        return len(set(several)) < len(several)

    def code(self, glyph: int, text: str) -> int:
        """Return the code that draws a glyph and says a text."""
        if self.texts.get(glyph) == text:
            return glyph
        return self.codes.setdefault((glyph, text), self.glyphs + len(self.codes))


def spelled(pdf: bytes) -> bytes:
    """Return the same PDF with every syllable written once, in its order; unchanged if it is not Typst's."""
    try:
        return _File(pdf).spelled()
    except NotTypst:
        return pdf


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


class _File:
    """A PDF with its fonts and pages."""

    def __init__(self, pdf: bytes) -> None:
        self._objects = Objects(pdf)

    def spelled(self) -> bytes:
        """Return the PDF anew."""
        fonts: dict[int, Font] = {}
        for page in list(self._objects.values()):
            found = _PAGE.search(page) if b"/Type/Page/" in page else None
            if found is not None:
                named = self._fonts_of(int(found.group(1)), fonts)
                number = int(found.group(2))
                content = self._objects.stream(number)
                if b"/ActualText" in content or any(font.is_split for font in named.values()):
                    self._objects.put_stream(number, _Page(content, named).spelled())
        for font in fonts.values():
            self._extend(font)
        return self._objects.whole()

    def _fonts_of(self, resources: int, fonts: dict[int, Font]) -> Mapping[bytes, Font]:
        named = _FONTS.search(self._objects[resources])
        found = {} if named is None else {name: int(number) for name, number in _NAMED.findall(named.group(1))}
        for number in found.values():
            if number not in fonts:
                fonts[number] = self._font(number)
        return {name: fonts[number] for name, number in found.items()}

    def _font(self, number: int) -> Font:
        parts = _FONT.search(self._objects[number])
        if parts is None or _IDENTITY not in self._objects[int(parts.group(1))]:
            raise NotTypst
        descendant, to_unicode = map(int, parts.groups())
        pairs = _MAPPED.findall(self._objects.stream(to_unicode))
        texts = {int(code, 16): _decoded(text) for code, text in pairs}
        widths = self._widths(descendant)
        return Font(descendant, to_unicode, texts, max([*texts, *widths], default=0) + 1)

    def _widths(self, descendant: int) -> dict[int, bytes]:
        listed = self._objects[descendant].split(_IDENTITY)[1].split(b"]")[0].split()
        widths = {}
        for first, last, width in zip(listed[::3], listed[1::3], listed[2::3], strict=True):
            widths.update(dict.fromkeys(range(int(first), int(last) + 1), width))
        return widths

    def _extend(self, font: Font) -> None:
        """Give a font its new codes: their glyphs, widths and texts."""
        if not font.codes:
            return
        widths = self._widths(font.descendant)
        glyphs = [*range(font.glyphs), *(glyph for glyph, _ in font.codes)]
        more = b"".join(b" %d %d %s" % (code, code, widths.get(glyph, b"0")) for (glyph, _), code in font.codes.items())
        number = max(self._objects) + 1
        before, after = self._objects[font.descendant].split(_IDENTITY)
        listed, rest = after.split(b"]", 1)
        self._objects[font.descendant] = b"%s/CIDToGIDMap %d 0 R/W[%s%s]%s" % (before, number, listed, more, rest)
        self._objects[number] = b"%d 0 obj\n<</Length 0/Filter/FlateDecode>>\nstream\n\nendstream\nendobj\n" % number
        self._objects.put_stream(number, b"".join(glyph.to_bytes(2, "big") for glyph in glyphs))
        self._forget_set(font.descendant)
        self._objects.put_stream(font.to_unicode, _with_texts(self._objects.stream(font.to_unicode), font))

    def _forget_set(self, descendant: int) -> None:
        """Take out the set of codes, which would not be whole: PDF/A-2 does not ask for one."""
        found = _DESCRIPTOR.search(self._objects[descendant])
        if found is not None:
            number = int(found.group(1))
            self._objects[number] = _SET.sub(b"", self._objects[number])


class _Page:
    """What is drawn on a page."""

    def __init__(self, content: bytes, fonts: Mapping[bytes, Font]) -> None:
        self._content, self._fonts = content, fonts
        self._pieces: list[bytes | int] = []
        """What is between strings, and how many glyphs each string has."""
        self._runs: list[list[Glyph]] = [[]]
        """The glyphs of these strings; between two runs there is plain text, which ends a syllable."""

    def spelled(self) -> bytes:
        """Return the page's content with the codes that say what is written."""
        self._read()
        codes = []
        for syllable in (each for run in self._runs for each in syllables(run)):
            for glyph, text in zip(syllable, shares(syllable[0].text, len(syllable)), strict=True):
                codes.append(self._fonts[glyph.font].code(glyph.code, text) if glyph.text else glyph.code)
        written, position = [], 0
        for piece in self._pieces:
            if isinstance(piece, bytes):
                written.append(piece)
                continue
            string = b"".join(b"%04X" % code for code in codes[position : position + piece])
            written.append(b"<%s>" % string)
            position += piece
        return b"".join(written)

    def _read(self) -> None:
        read = position = 0
        while (begin := _BEGIN.search(self._content, position)) is not None:
            simple = _SIMPLE.match(self._content, begin.start())
            if simple is not None and self._font(simple.group(1)).is_plain(simple.group(2)):
                position = simple.end()
                if self._runs[-1]:
                    self._runs.append([])
                continue
            self._pieces.append(self._content[read : begin.end()])
            read = position = self._read_text(begin.end())
        self._pieces.append(self._content[read:])

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
                said = None if word == b"EMC" else _decoded(token.group(2))
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


def _codes(string: bytes) -> list[int]:
    if len(string) % 2:
        raise NotTypst
    return [int.from_bytes(string[place : place + 2], "big") for place in range(0, len(string), 2)]


def _decoded(digits: bytes) -> str:
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


def _with_texts(character_map: bytes, font: Font) -> bytes:
    """Return a character map with the new codes' texts."""
    lines = [
        b"<%04X> <%s>" % (code, text.encode("utf-16-be").hex().upper().encode())
        for (_, text), code in font.codes.items()
    ]
    blocks = b"".join(
        b"%d beginbfchar\n%s\nendbfchar\n" % (len(part), b"\n".join(part))
        for part in (lines[start : start + _MOST_IN_A_BLOCK] for start in range(0, len(lines), _MOST_IN_A_BLOCK))
    )
    return character_map.replace(b"endcmap", blocks + b"endcmap", 1)
