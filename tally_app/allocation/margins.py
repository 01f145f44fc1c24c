"""On how few votes each list's seats hang: exact for every method, or a reason why it is not known.

Three ways, none of which tries every number: in closed form where votes and divisors alone decide
(``margins_closed``); by halving where votes work in one direction between points that are found first
(``margins_search``); and from one change of any comparison to the next where they do not (``margins_line``).
"""

from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import partial
from typing import NamedTuple

from tally_app.allocation.alliances import apportion_allied
from tally_app.allocation.contest import Contest
from tally_app.allocation.margins_closed import Closed, closed
from tally_app.allocation.margins_line import first_by_lines
from tally_app.allocation.margins_search import enough, first_by_halving
from tally_app.allocation.margins_threshold import to_threshold
from tally_app.allocation.methods import Quota, Special
from tally_app.allocation.outcomes import reaches
from tally_app.allocation.race import Result


class ListMargin(NamedTuple):
    """How far a list is from its next seat, from losing its last, and from the threshold [votes]."""

    gain: int | None
    """Fewest more votes that make one more seat certain; None: no number does."""
    loss: int | None
    """Fewest votes less after which not even a lot can bring it as many seats; None: it has none."""
    to_threshold: int | None
    """Fewest more votes with which it passes; 0: it does; None: there is no threshold, or no number does."""


class Shift(NamedTuple):
    """So many votes taken from one list and given to another, and the present seats are no longer possible."""

    votes: int
    gains: int
    loses: int


class Unknown(StrEnum):
    """Why a contest has no margins."""

    QUOTA_IN_ALLIANCES = "quota-in-alliances"
    """A seat more for an alliance can cost a list inside it one, so votes work in both directions."""


def unknown_margins(contest: Contest) -> Unknown | None:
    """Return why the margins of a contest are not known; None: they are."""
    return Unknown.QUOTA_IN_ALLIANCES if isinstance(contest.method, Quota) and contest.alliances else None


def has_margins(contest: Contest) -> bool:
    """Tell whether the margins of a contest are known, exactly."""
    return unknown_margins(contest) is None


def list_margins(contest: Contest) -> list[ListMargin]:
    """Return each list's margins, the other lists' votes unchanged. ``has_margins`` must hold."""
    now, shortcut = _count(contest), closed(contest)
    return [_of_list(contest, now, shortcut, party) for party in range(len(contest.votes))]


def list_margin(contest: Contest, party: int) -> ListMargin:
    """Return one list's margins, the other lists' votes unchanged. ``has_margins`` must hold."""
    return _of_list(contest, _count(contest), closed(contest), party)


def least_shift(contest: Contest) -> Shift | None:
    """Return the fewest votes moved between two lists after which the present seats are impossible.

    Of equal numbers the first lists are named. None: no shift does it, or a seat is open now. ``has_margins`` must
    hold.
    """
    best: Shift | None = None
    for shift in shifts(contest):
        best = shift or best
    return best


def shifts(contest: Contest, below: int | None = None) -> Iterator[Shift | None]:
    """Look for the least shift pair by pair; yield after each, a shift where it is less than all before.

    *below*: only shifts of fewer votes are looked for. Whoever has no time may stop between two pairs.
    """
    now = _count(contest)
    if now.tie or now.unfilled or now.problem or not contest.seats:
        return
    shortcut = closed(contest)
    for gains in range(len(contest.votes)):
        for loses in range(len(contest.votes)):
            limit = contest.votes[loses] if below is None else min(contest.votes[loses], below - 1)
            if gains == loses or limit < 1:
                continue
            if shortcut is not None:
                votes = shortcut.shift(gains, loses, limit)
            else:
                votes = _first(contest, {gains: 1, loses: -1}, limit, partial(_is_impossible, now))
            below = below if votes is None else votes
            yield None if votes is None else Shift(votes, gains, loses)


def _of_list(contest: Contest, now: Result, shortcut: Closed | None, party: int) -> ListMargin:
    distance = to_threshold(contest, party)
    if shortcut is not None:
        return ListMargin(shortcut.gains[party], shortcut.losses[party], distance)
    own, most = now.seats[party], contest.most_of(party)
    full = own >= (contest.seats if most is None else min(most, contest.seats))
    gained, lost = partial(_has_more, party, own), partial(_has_fewer, party, own)
    return ListMargin(
        None if full else _first(contest, {party: 1}, enough(contest), gained),
        _first(contest, {party: -1}, contest.votes[party], lost) if own else None,
        distance,
    )


def _first(contest: Contest, change: dict[int, int], highest: int, holds: Callable[[Contest], bool]) -> int | None:
    if highest < 1:
        return None
    search = first_by_lines if isinstance(contest.method, Special) else first_by_halving
    return search(contest, change, highest, holds)


def _has_more(party: int, own: int, contest: Contest) -> bool:
    result = _count(contest)
    return result.problem is None and result.seats[party] > own


def _has_fewer(party: int, own: int, contest: Contest) -> bool:
    result = _count(contest)
    return result.problem is None and result.most(party) < own


def _is_impossible(now: Result, contest: Contest) -> bool:
    return not reaches(contest, now.seats)


def _count(contest: Contest) -> Result:
    return apportion_allied(contest, with_steps=False)[0]
