"""Each party's colour and shape, the same on the screen and on paper: colour is never alone."""

from typing import Literal, get_args

from tally_app.election.election import Election

Shape = Literal["circle", "square", "diamond", "triangle", "hexagon", "cross", "wedge", "star", "pill"]
# One more shape than colours: 72 parties go by before a pair of both repeats.
SHAPES: tuple[Shape, ...] = get_args(Shape)
# Okabe and Ito (2008) without black, its yellow darkened, which white paper would swallow.
_CYCLE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#8A7A00", "#E69F00", "#56B4E9", "#5B4FA2")


def colour_of(election: Election, party: int) -> str:
    """Return a party's colour from the pack, or one of eight that colour-blind readers tell apart: ``#0072B2``."""
    return election.parties[party].colour or _CYCLE[party % len(_CYCLE)]


def shape_of(party: int) -> Shape:
    """Return a party's shape: parties are told apart without colour."""
    return SHAPES[party % len(SHAPES)]
