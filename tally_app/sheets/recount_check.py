"""A sheet against the second count: whatever it prints that the raw entries do not make, keeps it in the house."""

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from tally_app.sheets.about import About, merged
from tally_app.sheets.content import Beside, Block, Figures, HalfCircle, Paragraph, Sheet, Table
from tally_app.sheets.recount import CHAMBER, Recount
from tally_app.sheets.recount_figures import NOTHING, UnknownFigure, Value, is_number, plain, says, value_of, written
from tally_app.sheets.recount_margins import MARGINS, can_try, margin_holds
from tally_app.sheets.recount_seats import CannotRecount

QUOTED = "quoted"


class SheetRefused(Exception):
    """A sheet that says something else than the file's own entries make. It is not made.

    *figure*: what the figure is of; *printed*: what the sheet says; *counted*: what the second count says.
    """

    def __init__(self, figure: About, printed: str, counted: str) -> None:
        self.figure = figure
        self.printed = printed
        self.counted = counted
        super().__init__(
            f"The sheet was not made: for {named(figure)} it says {printed or 'nothing'}, and the entries, counted"
            f" a second time, make it {counted}. This is a fault of the program: keep the file as it is, and have it"
            " looked into."
        )


class Printed(NamedTuple):
    """A figure as it stands on a sheet. *about* None: it does not say what it is of."""

    about: About | None
    text: str
    mark: str = ""
    """A quotient's, as a cell has it; ``said``: it stands in a sentence."""


def refuse_differences(sheet: Sheet, count: Recount, region: str | None) -> None:
    """Compare every figure of a sheet about a region, or about the chamber, with the second count.

    Raises: SheetRefused: one differs, says not what it is of, or is missing.
    """
    try:
        _refuse_differences(sheet, count, region)
    except CannotRecount as error:
        raise SheetRefused(About("seats", region or CHAMBER), "them", f"unknown: {error}") from error


def _refuse_differences(sheet: Sheet, count: Recount, region: str | None) -> None:
    there: set[About] = set()
    for printed in figures(sheet):
        if printed.about is None:
            raise SheetRefused(About("number"), printed.text, "of no kind that could be counted")
        _compare(printed.about, printed, count)
        there.add(printed.about)
    for block in _blocks(sheet):
        if isinstance(block, HalfCircle):
            _compare_half_circle(block, sheet, count)
    for about in _required(sheet.kind, count, region):
        if about not in there:
            raise SheetRefused(about, "", written(_value(count, about, "")))


def figures(sheet: Sheet) -> Iterator[Printed]:
    """Yield every figure of a sheet, from top to bottom."""
    for block in _blocks(sheet):
        match block:
            case Table():
                yield from _of_table(block)
            case Figures():
                for figure in block.figures:
                    if figure.about is not None or is_number(figure.value):
                        yield Printed(figure.about, figure.value)
            case HalfCircle() if block.about is not None or is_number(block.big):
                yield Printed(block.about, block.big)
            case Paragraph():
                yield from _of_paragraph(block)


def facts(sheet: Sheet) -> Mapping[About, str]:
    """Return what a sheet says, by what it is of; quoted figures are left out."""
    return MappingProxyType(
        {each.about: plain(each.text) for each in figures(sheet) if each.about and each.about.figure != QUOTED}
    )


def _blocks(sheet: Sheet) -> Iterator[Block]:
    for block in sheet.blocks:
        if isinstance(block, Beside):
            yield from (block.left, block.right)
        else:
            yield block


def _of_table(table: Table) -> Iterator[Printed]:
    for row in table.rows:
        position = 0
        for cell in row.cells:
            column = table.columns[min(position, len(table.columns) - 1)]
            texts = (cell,) if isinstance(cell, str) else cell.words
            abouts = (None if isinstance(cell, str) else cell.about, row.about, column.about)
            about = merged(*abouts)
            mark = "" if isinstance(cell, str) else cell.mark
            if about.figure and column.align != "left":
                for text in texts or ("",):
                    yield Printed(about, text, mark)
            elif column.align != "left":
                yield from (Printed(None, text) for text in texts if is_number(text))
            position += 1 if isinstance(cell, str) else cell.span


def _of_paragraph(block: Paragraph) -> Iterator[Printed]:
    for fact in block.facts:
        for words in block.words:
            if plain(fact.text) not in plain(words):
                raise SheetRefused(fact.about, words, fact.text)
        yield Printed(fact.about, fact.text, "said")


def _compare(about: About, printed: Printed, count: Recount) -> None:
    if about.figure == QUOTED:
        return
    if about.figure in MARGINS:
        _try_margin(about, printed.text, count)
        return
    value = _value(count, about, printed.text)
    if not says(printed.text, value):
        raise SheetRefused(about, printed.text, written(value))
    if about.figure == "quotient" and printed.mark in ("", "won", "last", "next"):
        won = (about.step or 0) < count.seats(about.place).seats[about.party]
        if won != (printed.mark in ("won", "last")):
            raise SheetRefused(about, printed.mark or "not won", "won" if won else "not won")


def _try_margin(about: About, printed: str, count: Recount) -> None:
    text = plain(printed).replace(",", "")
    if not (text.isdecimal() or text in NOTHING):
        raise SheetRefused(about, printed, "no number of votes")
    if can_try(count, about.place) and not margin_holds(count, about, int(text) if text.isdecimal() else None):
        raise SheetRefused(about, printed, "another number of votes")


def _value(count: Recount, about: About, printed: str) -> Value:
    """Return what a figure must be; nothing where there can be none, and the sheet says none."""
    try:
        return value_of(count, about)
    except UnknownFigure as error:
        if plain(printed) in NOTHING:
            return None
        raise SheetRefused(about, printed, f"unknown: {error}") from error


def _compare_half_circle(block: HalfCircle, sheet: Sheet, count: Recount) -> None:
    """Compare how many seats of each party, and how many open ones, are drawn."""
    seats = count.seats(CHAMBER)
    drawn = Counter(None if seat.party is None else sheet.parties[seat.party].key for seat in block.seats)
    for party, own in seats.seats.items():
        if drawn[party] != own:
            raise SheetRefused(About("seats", CHAMBER, party), str(drawn[party]), str(own))
    open_seats = sum(seat.open for seat in block.seats)
    if open_seats != seats.open_seats:
        raise SheetRefused(About("open-seats", CHAMBER), str(open_seats), str(seats.open_seats))


def _required(kind: str, count: Recount, region: str | None) -> Iterator[About]:
    """Yield what a sheet of results cannot be without."""
    if kind == "chamber":
        for party in count.parties:
            yield from (About(figure, CHAMBER, party) for figure in ("votes", "seats"))
    if kind != "region" or region is None:
        return
    standing = [party for party in count.parties if count.stands(region, party)]
    for party in standing:
        yield from (About(figure, region, party) for figure in ("votes", "seats"))
    units = [f"{region}/{unit['key']}" for unit in count.regions[region]["units"]]
    if len(units) == 1:  # its form is the region's result
        yield from (About(field, region) for field in count.fields)
        return
    for place in units:
        yield from (About("votes", place, party) for party in standing)
        yield from (About(field, place) for field in count.fields)


def named(about: About) -> str:
    """Name a figure by its keys: ``votes of CPP in R4``."""
    of = f" of {about.party}" if about.party else ""
    step = "" if about.step is None else f" no. {about.step + 1}"
    where = {CHAMBER: " in all regions together", "": ""}.get(about.place, f" in {about.place}")
    return f"{about.figure or 'a figure'}{step}{of}{where}"
