"""Sheets bound together as one document, and its title."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from tally_app.sheets.content import Sheet, Words


class Booklet(Struct, frozen=True):
    """What the template is given: sheets of one election, one after another. *title*: of the whole document."""

    title: Words
    sheets: tuple[Sheet, ...]


def booklet(sheets: Sequence[Sheet]) -> Booklet:
    """Bind sheets of one election, at least one."""
    return Booklet(_title(sheets), tuple(sheets))


def _title(sheets: Sequence[Sheet]) -> Words:
    """Say what the sheets are, and of which places: ``Result of the region – Region 4``.

    Several: their titles, the first and the last place, and the election.
    """
    first, last = sheets[0].frame, sheets[-1].frame
    what, where = " · ".join(first.title), " · ".join(first.place)
    if len(sheets) == 1:
        return (f"{what} – {where}",)
    titles = ", ".join(_once(" · ".join(sheet.frame.title) for sheet in sheets))
    places = " … ".join(_once((where, " · ".join(last.place))))
    return (f"{titles} – {places} – {' · '.join(first.election)}",)


def _once(texts: Iterator[str] | Sequence[str]) -> Iterator[str]:
    yield from dict.fromkeys(texts)
