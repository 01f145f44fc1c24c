"""How an entered cell and a stated figure are named, and what a change to either looks like."""

from typing import NamedTuple

from tally_app.election.model import FigureKind


class Cell(NamedTuple):
    """A cell of the book: the row of a reporting unit (over all regions) and the column of the form."""

    row: int
    column: int


class FigureKey(NamedTuple):
    """A figure that a source states. Without region the chamber's; without unit the region's."""

    source: str
    figure: FigureKind
    region: str | None = None
    unit: str | None = None
    party: str | None = None


class CellChange(NamedTuple):
    """A cell's value before and after; None is *not entered*, which is not 0."""

    cell: Cell
    old: int | None
    new: int | None


class StatedChange(NamedTuple):
    """A stated figure before and after, as text exactly as printed; None is *not stated*."""

    key: FigureKey
    old: str | None
    new: str | None
