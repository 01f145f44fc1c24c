"""What a PDF says to somebody who cannot see it: its tags, and their texts, read by other means than it was made."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any, NamedTuple

import pikepdf

_PAIR = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*(?:(\[[^\]]*\])|<([0-9a-fA-F]+)>)?")


class Tag(NamedTuple):
    """A tag with its text and the tags in it."""

    kind: str
    text: str
    inner: tuple["Tag", ...]

    def all(self, *kinds: str) -> Iterator["Tag"]:
        """Yield every tag of these kinds, from the outside inwards."""
        for each in self.inner:
            if each.kind in kinds:
                yield each
            yield from each.all(*kinds)


def open_pdf(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pdf))


def tags(pdf: bytes) -> Tag:
    """Return the tree of tags."""
    with open_pdf(pdf) as opened:
        texts = {page.obj.objgen: _marked_texts(page) for page in opened.pages}
        return _tag(opened.Root.StructTreeRoot, texts, None)


def tables(pdf: bytes) -> list[list[list[str]]]:
    """Return every table as rows of cell texts, heads among them."""
    return [
        [[cell.text.strip() for cell in row.all("TH", "TD")] for row in table.all("TR")]
        for table in tags(pdf).all("Table")
    ]


def _tag(element: Any, texts: dict[Any, dict[int, str]], page: Any) -> Tag:
    page = element.get("/Pg", page)
    inner: list[Tag] = []
    text = ""
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            text += texts[page.objgen].get(kid, "")
        elif kid.get("/Type") == "/MCR":
            text += texts[kid.get("/Pg", page).objgen].get(int(kid.MCID), "")
        elif kid.get("/Type") != "/OBJR":
            tag = _tag(kid, texts, page)
            inner.append(tag)
            text += tag.text
    return Tag(str(element.get("/S", ""))[1:], text, tuple(inner))


def _marked_texts(page: pikepdf.Page) -> dict[int, str]:
    """Return the text of each piece of marked content of a page, by its number."""
    fonts = {str(name): _to_unicode(font) for name, font in page.resources.get("/Font", {}).items()}
    found: dict[int, str] = {}
    marks: list[tuple[int | None, bool]] = []
    font: dict[bytes, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operands: Any = instruction.operands
        match str(instruction.operator):
            case "BDC" | "BMC":
                properties: Any = (
                    operands[1] if len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) else {}
                )
                number = int(properties["/MCID"]) if "/MCID" in properties else (marks[-1][0] if marks else None)
                said = "/ActualText" in properties
                if said and number is not None:
                    found[number] = found.get(number, "") + str(properties["/ActualText"])
                marks.append((number, said or bool(marks and marks[-1][1])))
            case "EMC":
                marks.pop()
            case "Tf":
                font = fonts[str(operands[0])]
            case "Tj" | "TJ":
                number, said = marks[-1] if marks else (None, True)
                if number is not None and not said:
                    found[number] = found.get(number, "") + _decoded(operands[0], font)
    return found


def _decoded(shown: Any, font: dict[bytes, str]) -> str:
    parts = shown if isinstance(shown, pikepdf.Array) else [shown]
    pieces = [bytes(each) for each in parts if isinstance(each, pikepdf.String)]
    return "".join(font.get(piece[i : i + 2], "�") for piece in pieces for i in range(0, len(piece), 2))


def _to_unicode(font: Any) -> dict[bytes, str]:
    codes: dict[bytes, str] = {}
    text = font.ToUnicode.read_bytes()
    for section in re.findall(rb"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for code, value in re.findall(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>", section):
            codes[bytes.fromhex(code.decode())] = bytes.fromhex(value.decode()).decode("utf-16-be")
    for section in re.findall(rb"beginbfrange(.*?)endbfrange", text, re.DOTALL):
        for first, last, _, value in _PAIR.findall(section):
            start = int(value, 16)
            for step in range(int(last, 16) - int(first, 16) + 1):
                codes[(int(first, 16) + step).to_bytes(2, "big")] = chr(start + step)
    return codes
