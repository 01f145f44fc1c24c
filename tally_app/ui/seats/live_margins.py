"""Margins that keep up with the typing: at once where that is quick, else in slices after the painting."""

from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from tally_app.allocation.contest import Contest
from tally_app.allocation.ladder import ladder
from tally_app.allocation.margins import (
    ListMargin,
    Shift,
    Unknown,
    least_shift,
    list_margin,
    list_margins,
    unknown_margins,
)
from tally_app.allocation.margins_closed import closed
from tally_app.allocation.methods import Special
from tally_app.allocation.outcome import Policy
from tally_app.document.results import RegionResult

_MOST_LISTS_AT_ONCE = 10
"""In closed form, so many lists cost less than a millisecond."""
_MOST_WORK = {Special.BALINSKI_YOUNG: 200, Special.DUTCH_MUNICIPAL: 1000}
"""Lists × seats beyond which one margin of these would hold up the keys."""
_SLOW = 0.010
"""A slice that takes longer [s] makes the next ones wait for a pause in the typing."""
_PAUSE = 400
"""A pause in the typing [ms]."""
_MOST_FOR_SHIFT = 0.040
"""The smallest shift takes about as long as all lists' margins, in one piece [s]."""


class LiveMargins(QObject):
    """The margins of the region that is shown.

    Where they take a moment, those of the votes before stand until the new ones are there, all at once: everything
    below them would move twice for each key, and be painted twice. They are gone at once where it takes longer.
    """

    changed = Signal()
    """Others are known than before."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._result: RegionResult | None = None
        self._known: dict[int, ListMargin] = {}
        self._found: dict[int, ListMargin] = {}
        """Those of the newest votes, until they are complete."""
        self._by_lot: dict[int, int | None] = {}
        """Lists that hold a seat by lot, and what the next one needs: the margins above know the tie, not the lot."""
        self._waiting: list[int] = []
        self._spent = 0.0
        self._slow = False
        self.shift: Shift | None = None
        """The fewest votes moved between two lists that move a seat; None: none, or not known."""
        self.unknown: Unknown | None = None
        """Why there are none by this rule."""
        self.too_large = False
        """Would they take too long?"""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timer_timeout)

    def of(self, party: int) -> ListMargin | None:
        """Return a list's margins; None: not known, or not yet."""
        margin = self._known.get(party)
        if margin is None or party not in self._by_lot:
            return margin
        return margin._replace(gain=self._by_lot[party], loss=1)  # one vote less, and there is no tie to draw for

    def show_result(self, result: RegionResult, standing: list[int]) -> None:
        """Begin anew if the votes are others. *standing*: the lists that stand in the region."""
        before, self._result = self._result, result
        if before is not None and before.contest == result.contest and before.allocation == result.allocation:
            return
        self._timer.stop()
        known, shift = self._known, self.shift
        self._known, self._found, self._waiting, self.shift, self._spent = {}, {}, [], None, 0.0
        contest = result.contest
        self._by_lot = _by_lot(result)
        self.unknown = unknown_margins(contest)
        self.too_large = _too_large(contest)
        if self.unknown is not None or self.too_large or result.allocation.problem is not None:
            return
        if len(contest.votes) <= _MOST_LISTS_AT_ONCE and closed(contest) is not None:
            self._known = dict(enumerate(list_margins(contest)))
            self.shift = least_shift(contest)
            return
        self._waiting = list(reversed(standing))
        if not self._slow and before is not None and before.region == result.region:
            self._known, self.shift = known, shift
        self._timer.start(_PAUSE if self._slow else 0)
        self._slow = False

    def _on_timer_timeout(self) -> None:
        """Compute one list more, at the end the smallest shift; a newer edit has emptied the queue."""
        if self._result is None:
            return
        begin = perf_counter()
        contest = self._result.contest
        shift = None
        complete = not self._waiting
        if self._waiting:
            party = self._waiting.pop()
            self._found[party] = list_margin(contest, party)
            complete = not self._waiting and self._spent >= _MOST_FOR_SHIFT
        else:
            shift = least_shift(contest)
        took = perf_counter() - begin
        self._spent += took
        self._slow = self._slow or took > _SLOW
        if complete:
            self._known, self.shift = self._found, shift
            self.changed.emit()
        else:
            self._timer.start(0)


def _by_lot(result: RegionResult) -> dict[int, int | None]:
    lots = [each.seats for each in result.allocation.settled if each.policy is Policy.LOT]
    climbed = ladder(result.contest, result.allocation) if lots and result.contest.plain else None
    drawn = {party for seats in lots for party, won in enumerate(seats) if won}
    return {party: None if climbed is None else climbed.needs(party) for party in drawn}


def _too_large(contest: Contest) -> bool:
    if not isinstance(contest.method, Special):
        return False
    return sum(map(bool, contest.votes)) * contest.seats > _MOST_WORK[contest.method]
