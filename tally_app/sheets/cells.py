"""Cells that several kinds of sheet have."""

from tally_app.sheets.about import About
from tally_app.sheets.content import Cell

QUOTED = About("quoted")
"""What a figure is of that nobody computes anew."""
EMPTY = Cell((), about=QUOTED)
"""A cell without anything, in a column of figures."""
