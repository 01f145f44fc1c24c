"""How wide texts are, about, and which columns fit on a page: upright, across, or in several tables one after another.

Estimates decide only how a sheet is laid out; they err on the wide side, and Typst measures exactly.
"""

from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import combining

from tally_app.sheets.content import Paper

_MM_PER_POINT = 25.4 / 72
_DIGIT, _PUNCTUATION, _LETTER = 0.58, 0.3, 0.66
_PADDING = 2.9
"""Room left and right of a cell's text [mm]."""
_MARGINS = 30.0
_PAGES = {"a4": (210.0, 297.0), "us-letter": (215.9, 279.4)}
_TRIES = ((False, 11.0), (False, 9.5), (False, 8.5), (True, 9.5), (True, 8.5), (True, 8.0))
_DIVIDED = 8.5
"""Size of the texts where several tables are needed [pt]."""


class Plan(NamedTuple):
    """A page, the size of a table's texts [pt], and what stands in each table: groups of columns, by position."""

    landscape: bool
    size: float
    tables: tuple[tuple[int, ...], ...]
    room: tuple[float, ...]
    """What each table leaves for the names [mm]."""

    def beside(self, names: Sequence[Sequence[str]]) -> bool:
        """Tell whether names in several languages stand beside each other on one line, in every table."""
        widest = column_width([" · ".join(words) for words in names], self.size)
        return widest <= min(self.room, default=0.0)


def text_width(text: str, size: float) -> float:
    """Width of a text [mm] in a size [pt]."""
    return sum(map(_em, text)) * size * _MM_PER_POINT


def column_width(texts: Sequence[str], size: float) -> float:
    """Width of a column [mm] with room beside its widest text."""
    return max((text_width(text, size) for text in texts), default=0.0) + _PADDING


def page_width(paper: Paper, *, landscape: bool) -> float:
    """Width between the margins [mm]."""
    return _PAGES[paper][landscape] - _MARGINS


def plan_columns(
    groups: Sequence[Sequence[Sequence[str]]], name: float, paper: Paper, largest: float = 11.0, fixed: float = 0.0
) -> Plan:
    """Choose page and size so that all columns stand in one table; otherwise divide them among several.

    Args:
        groups: columns that stay together, each with its texts, its heading's lines among them.
        name: width that the first column, of names, needs at least at 9.5 pt [mm].
        paper: what is printed on.
        largest: size of the texts where everything fits [pt].
        fixed: width of columns that stand in every table, at 9.5 pt [mm].
    """
    everything = tuple(range(len(groups)))
    for landscape, size in _TRIES:
        room = page_width(paper, landscape=landscape) - (name + fixed) * size / 9.5
        taken = sum(_width(group, size) for group in groups)
        if size <= largest and taken <= room:
            return Plan(landscape, size, (everything,), (room + name * size / 9.5 - taken,))
    room = page_width(paper, landscape=True) - (name + fixed) * _DIVIDED / 9.5
    widths = [_width(group, _DIVIDED) for group in groups]
    tables = _divided(widths, room)
    left = (room + name * _DIVIDED / 9.5 - sum(widths[position] for position in table) for table in tables)
    return Plan(True, _DIVIDED, tables, tuple(left))


def _width(group: Sequence[Sequence[str]], size: float) -> float:
    return sum(column_width(texts, size) for texts in group)


def _divided(widths: Sequence[float], room: float) -> tuple[tuple[int, ...], ...]:
    """Divide columns among as few tables as hold them, all about as wide."""
    tables = _filled(widths, room)
    narrower = room
    while narrower > max(widths):
        narrower -= 2.0
        tried = _filled(widths, narrower)
        if len(tried) > len(tables):
            break
        tables = tried
    return tables


def _filled(widths: Sequence[float], room: float) -> tuple[tuple[int, ...], ...]:
    tables: list[list[int]] = [[]]
    left = room
    for position, width in enumerate(widths):
        if width > left and tables[-1]:
            tables.append([])
            left = room
        tables[-1].append(position)
        left -= width
    return tuple(map(tuple, tables))


def evenly(positions: Sequence[int], most: int) -> tuple[tuple[int, ...], ...]:
    """Divide positions, in their order, into as few parts of nearly equal length as hold *most* each."""
    parts = -(-len(positions) // most)
    length, longer = divmod(len(positions), max(1, parts))
    divided, start = [], 0
    for part in range(parts):
        end = start + length + (part < longer)
        divided.append(tuple(positions[start:end]))
        start = end
    return tuple(divided)


def _em(letter: str) -> float:
    if letter.isdigit():
        return _DIGIT
    if combining(letter) or "\u17b4" <= letter <= "\u17d3" or letter == "\u200b":
        return 0.12  # signs above and below take little room, those beside a letter take more
    return _PUNCTUATION if letter in ".,:;|'’ ·ilI-–" else _LETTER
