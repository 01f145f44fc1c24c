"""Letters of a PDF in the order in which they are written, so that Khmer can be searched, copied and read aloud.

A Khmer syllable is several glyphs, drawn from left to right; its letters are in another order. Typst puts the whole
syllable behind every one of its glyphs that stands at another height, so that readers find it twice or three times
(``ភូភូមិមិ``; Typst issue 4225, krilla issues 411 and 425). Here each glyph of a syllable gets its share of the letters,
by a code of its own for the same glyph: read one after another they are the syllable, once. Signs above and below
are texts of their own, between which readers that go by positions find spaces, so the texts of a line become one, at
the same places, and say once more as a whole what they are (``ActualText``): for ``pdftotext``, and whoever copies.
Nothing that is drawn changes. A PDF of another shape than Typst's is returned as it is.
"""

import re
from collections.abc import Mapping, Sequence

from tally_app.sheets.pdf_objects import NotTypst, Objects
from tally_app.sheets.spelled_page import Font, Page, decoded, encoded

_PAGE = re.compile(rb"/Type/Page/Resources (\d+) 0 R.*/Contents (\d+) 0 R", re.DOTALL)
_FONTS = re.compile(rb"/Font<<([^>]*)>>")
_NAMED = re.compile(rb"/(f\d+) (\d+) 0 R")
_FONT = re.compile(rb"/DescendantFonts\[(\d+) 0 R\]/ToUnicode (\d+) 0 R")
_DESCRIPTOR = re.compile(rb"/FontDescriptor (\d+) 0 R")
_IDENTITY = b"/CIDToGIDMap/Identity/W["
_SET = re.compile(rb"/CIDSet \d+ 0 R")
_MAPPED = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")
_STRUCT_PARENTS = re.compile(rb"/StructParents (\d+)")
_PARENT_TREE = re.compile(rb"/Type/StructTreeRoot.*?/ParentTree<</Nums\[([^\]]*)\]", re.DOTALL)
_REFERENCE = re.compile(rb"(\d+) 0 R|null")
_MOST_IN_A_BLOCK = 100
"""Lines that a block of a character map may have."""


def spelled(pdf: bytes) -> bytes:
    """Return the same PDF with every syllable written once, in its order; unchanged if it is not Typst's."""
    try:
        return _File(pdf).spelled()
    except NotTypst:
        return pdf


class _File:
    """A PDF with its fonts and pages."""

    def __init__(self, pdf: bytes) -> None:
        self._objects = Objects(pdf)

    def spelled(self) -> bytes:
        """Return the PDF anew."""
        fonts: dict[int, Font] = {}
        parents = self._parents()
        for page in list(self._objects.values()):
            found = _PAGE.search(page) if b"/Type/Page/" in page else None
            if found is not None:
                named = self._fonts_of(int(found.group(1)), fonts)
                number = int(found.group(2))
                content = self._objects.stream(number)
                if b"/ActualText" in content or any(font.is_split for font in named.values()):
                    self._objects.put_stream(number, Page(content, named, self._owners(page, parents)).spelled())
        for font in fonts.values():
            self._extend(font)
        return self._objects.whole()

    def _parents(self) -> Mapping[int, int]:
        """Return which object lists the tags of each page's marked content, by the page's own number for it."""
        root = next((each for each in self._objects.values() if b"/Type/StructTreeRoot" in each), b"")
        found = _PARENT_TREE.search(root)
        words = [] if found is None else found.group(1).split()
        return {int(page): int(number) for page, number in zip(words[::4], words[1::4], strict=True)}

    def _owners(self, page: bytes, parents: Mapping[int, int]) -> Sequence[bytes]:
        """Return the tags of a page's pieces of marked content, by their numbers."""
        found = _STRUCT_PARENTS.search(page)
        number = None if found is None else parents.get(int(found.group(1)))
        if number is None:
            return ()
        return [each.group() for each in _REFERENCE.finditer(self._objects[number].partition(b"[")[2])]

    def _fonts_of(self, resources: int, fonts: dict[int, Font]) -> Mapping[bytes, Font]:
        named = _FONTS.search(self._objects[resources])
        found = {} if named is None else {name: int(number) for name, number in _NAMED.findall(named.group(1))}
        for number in found.values():
            if number not in fonts:
                fonts[number] = self._font(number)
        return {name: fonts[number] for name, number in found.items()}

    def _font(self, number: int) -> Font:
        parts = _FONT.search(self._objects[number])
        if parts is None:
            raise NotTypst
        descendant, to_unicode = map(int, parts.groups())
        pairs = _MAPPED.findall(self._objects.stream(to_unicode))
        texts = {int(code, 16): decoded(text) for code, text in pairs}
        if b"/CIDToGIDMap" not in self._objects[descendant]:
            return Font(descendant, to_unicode, texts, 0, fixed=True)
        if _IDENTITY not in self._objects[descendant]:
            raise NotTypst
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


def _with_texts(character_map: bytes, font: Font) -> bytes:
    """Return a character map with the new codes' texts."""
    lines = [b"<%04X> <%s>" % (code, encoded(text)) for (_, text), code in font.codes.items()]
    blocks = b"".join(
        b"%d beginbfchar\n%s\nendbfchar\n" % (len(part), b"\n".join(part))
        for part in (lines[start : start + _MOST_IN_A_BLOCK] for start in range(0, len(lines), _MOST_IN_A_BLOCK))
    )
    return character_map.replace(b"endcmap", blocks + b"endcmap", 1)
