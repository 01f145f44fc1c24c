"""A PDF as Typst builds it, taken apart into its objects, so that some can be replaced.

Typst's are simple: every object stands by itself, its streams are deflated, and one table says where each begins.
"""

import re
import zlib

_OBJECT = re.compile(rb"\d+ 0 obj\n")
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_TRAILER = re.compile(rb"trailer\s*<<(.*?)/Size (\d+)(.*?)>>\s*startxref", re.DOTALL)


class NotTypst(ValueError):
    """A PDF that is not built as Typst builds them."""


class Objects(dict[int, bytes]):
    """The objects of a PDF by their numbers."""

    def __init__(self, pdf: bytes) -> None:
        """Raises: NotTypst."""
        start, trailer = _START.search(pdf), _TRAILER.search(pdf, max(0, len(pdf) - 4096))
        if start is None or trailer is None:
            raise NotTypst
        self._trailer = trailer
        lines = pdf[int(start.group(1)) :].split(b"\n")
        size = int(trailer.group(2))
        if lines[:2] != [b"xref", b"0 %d" % size]:
            raise NotTypst
        offsets = {number: int(lines[2 + number][:10]) for number in range(1, size)}
        order = sorted(offsets, key=offsets.__getitem__)
        ends = [*(offsets[number] for number in order[1:]), int(start.group(1))]
        self._head = pdf[: offsets[order[0]]] if order else pdf
        super().__init__((number, pdf[offsets[number] : end]) for number, end in zip(order, ends, strict=True))
        if not all(_OBJECT.match(each) for each in self.values()):
            raise NotTypst

    def stream(self, number: int) -> bytes:
        """Return what a stream holds. Raises: NotTypst."""
        dictionary, separator, rest = self[number].partition(b"\nstream\n")
        if not separator or b"/Filter/FlateDecode" not in dictionary:
            raise NotTypst
        return zlib.decompressobj().decompress(rest)

    def put_stream(self, number: int, content: bytes) -> None:
        """Let a stream hold something else."""
        dictionary = self[number].partition(b"\nstream\n")[0]
        packed = zlib.compress(content)
        dictionary = re.sub(rb"/Length \d+", b"/Length %d" % len(packed), dictionary, count=1)
        self[number] = dictionary + b"\nstream\n" + packed + b"\nendstream\nendobj\n"

    def whole(self) -> bytes:
        """Return the PDF anew."""
        written = bytearray(self._head)
        offsets = []
        for number in sorted(self):
            offsets.append(len(written))
            written += self[number]
        start, size = len(written), len(offsets) + 1
        written += b"xref\n0 %d\n0000000000 65535 f\r\n" % size
        written += b"".join(b"%010d 00000 n\r\n" % offset for offset in offsets)
        first, _, last = self._trailer.groups()
        written += b"trailer\n<<%s/Size %d%s>>\nstartxref\n%d\n%%%%EOF" % (first, size, last, start)
        return bytes(written)
