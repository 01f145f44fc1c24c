"""What the columns of a finding say and how they look: the same in the list and under its cause."""

from enum import IntEnum
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QFont

from tally_app.checks.finding import Severity
from tally_app.ui.findings.ledger import Entry, stands_out
from tally_app.ui.findings.marks import STATE_OF, State
from tally_app.ui.findings.tooltip import finding_tooltip
from tally_app.ui.theme import COLOURS, SIZES, sized
from tally_app.wording.findings import advice, sentence
from tally_app.wording.names import Names

ROLE_STATE = int(Qt.ItemDataRole.UserRole) + 1
ROLE_LOOK = int(Qt.ItemDataRole.UserRole) + 2


class Part(IntEnum):
    """Columns."""

    MARK = 0
    CODE = 1
    WHERE = 2
    WHAT = 3
    ADVICE = 4
    LINK = 5


SMALL = (Part.CODE, Part.ADVICE)
"""Columns in small grey letters."""


class Look(NamedTuple):
    """All that a cell is painted from, at once: a delegate that asks role by role asks eight times."""

    text: str
    ink: str
    size: int
    """Of the letters [px]."""
    bold: bool


class FindingTexts(QObject):
    """Answers what a model asks about one finding."""

    def __init__(self, names: Names, font: QFont, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.names = names
        self._font = font

    def data(self, entry: Entry, part: Part, role: int) -> object:
        """Answer for one item role; None for those that a finding has no answer to."""
        if role == Qt.ItemDataRole.DisplayRole:
            return None if part is Part.MARK else self.text(entry, part)
        if role == ROLE_LOOK:
            return None if part is Part.MARK else self._look(entry, part)
        if role == ROLE_STATE:
            return self.state(entry).value if part is Part.MARK else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._severity(entry) if part is Part.MARK else self._tooltip(entry)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._severity(entry) if part is Part.MARK else self.text(entry, part)
        return self.look(part, role, quiet=entry.rank.calm or entry.accepted)

    def text(self, entry: Entry, part: Part) -> str:
        """Return what a column says."""
        finding = entry.finding
        if part is Part.CODE:
            return finding.code
        if part is Part.WHERE:
            return self.names.place(finding.place)
        if part is Part.WHAT:
            return sentence(self.names, finding)
        if part is Part.ADVICE:
            return advice(finding)
        return self.tr("Go to cell") if finding.place.unit else self.tr("Show")

    def state(self, entry: Entry) -> State:
        """Return the mark of a finding."""
        if entry.rank.calm:
            return State.TYPING
        if entry.accepted:
            return State.ACCEPTED
        return State.TELLING if stands_out(entry.finding) else STATE_OF[entry.finding.severity]

    def look(self, part: Part, role: int, *, quiet: bool) -> object:
        """Return colour, font and alignment of a column."""
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(_ink(part, quiet))
        if role == Qt.ItemDataRole.FontRole:
            return sized(self._font, _size(part), _is_bold(part, quiet))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _look(self, entry: Entry, part: Part) -> Look:
        quiet = entry.rank.calm or entry.accepted
        return Look(self.text(entry, part), _ink(part, quiet), _size(part), _is_bold(part, quiet))

    def _tooltip(self, entry: Entry) -> str:
        return finding_tooltip(self.names, entry.finding, entry.given)

    def _severity(self, entry: Entry) -> str:
        if entry.rank.calm:
            return self.tr("Being typed: not an error yet")
        if entry.accepted:
            return self.tr("Warning, accepted with a reason")
        return {
            Severity.ERROR: self.tr("Error: blocks the sign-off of its region"),
            Severity.WARNING: self.tr("Warning: a sign-off needs a written reason"),
            Severity.NOTE: self.tr("Note"),
        }[entry.finding.severity]


def _ink(part: Part, quiet: bool) -> str:
    if part is Part.LINK:
        return COLOURS.accent
    return COLOURS.muted if quiet or part in SMALL else COLOURS.ink


def _size(part: Part) -> int:
    return SIZES.note if part in SMALL else SIZES.base


def _is_bold(part: Part, quiet: bool) -> bool:
    return part is Part.WHERE and not quiet
