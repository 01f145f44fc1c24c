"""How a cell of the grid looks: facts for the delegate to paint, handed through one item role."""

from enum import Enum, auto
from typing import NamedTuple

from PySide6.QtCore import Qt

from tally_app.checks.finding import Severity

LOOK_ROLE = int(Qt.ItemDataRole.UserRole) + 1
UNIT_ROLE = int(Qt.ItemDataRole.UserRole) + 2
"""Of a row's heading: its ``UnitLine``, under double entry."""


class Tone(Enum):
    """What colour a figure is written in."""

    PLAIN = auto()
    MUTED = auto()
    DRAFT = auto()
    BAD = auto()
    GOOD = auto()


class UnitLine(NamedTuple):
    """The small line under a unit's name: how far it is, and for whom it waits."""

    text: str
    tone: Tone = Tone.MUTED
    opens: bool = False
    """A click does something about it."""


class Look(NamedTuple):
    """A cell's appearance besides its text."""

    tone: Tone = Tone.PLAIN
    bold: bool = False
    missing: bool = False
    """Hatched: a required cell of a unit that was begun."""
    computed: bool = False
    """On the grey ground of what is not typed."""
    severity: Severity | None = None
    """A corner mark for a finding about this cell."""
    tick: bool = False
    """The row adds up."""
    margin: bool = False
    """Room for a mark right of the figure, whether there is one or not, so that figures stay in line."""
    repair: bool = False
    """A mark for a figure that is probably another one."""
    party: int | None = None
