"""On how few votes each list's seats hang, by any method in which votes work in one direction only.

Found by halving, counting anew each time: exact because a list never loses by more votes of its own, which holds for
divisor methods (with thresholds and limits) and, without those, for largest remainders of the Hare quota.
"""

from collections.abc import Callable
from typing import NamedTuple

from tally_app.allocation.alliances import apportion_allied
from tally_app.allocation.contest import Contest
from tally_app.allocation.methods import METHODS, Quota, Special
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


def has_margins(contest: Contest) -> bool:
    """Tell whether halving is exact for this contest."""
    if isinstance(contest.method, Special) or contest.alliances:
        return False
    if not isinstance(contest.method, Quota):
        return True
    return contest.method == METHODS["hare"] and contest.plain


def list_margins(contest: Contest) -> list[ListMargin]:
    """Return each list's margins, the other lists' votes unchanged."""
    assert has_margins(contest)
    now = _count(contest)
    return [_of_list(contest, now, party) for party in range(len(contest.votes))]


def _of_list(contest: Contest, now: Result, party: int) -> ListMargin:
    own = now.seats[party]

    def gained(votes: int) -> bool:
        after = _count(contest.with_change(party, votes))
        return after.problem is None and after.seats[party] > own

    def lost(votes: int) -> bool:
        after = _count(contest.with_change(party, -votes))
        return after.problem is None and after.most(party) < own

    def passed(votes: int) -> bool:
        return contest.with_change(party, votes).standing()[party]

    most = contest.most_of(party)
    full = own >= contest.seats if most is None else own >= min(most, contest.seats)
    highest = 4 * (sum(contest.votes) + 1) << min(contest.seats + contest.start_seats, 4000)
    return ListMargin(
        None if full else _least(gained, highest),
        _least(lost, contest.votes[party]) if own else None,
        None if contest.condition is None else 0 if passed(0) else _least(passed, highest),
    )


def least_shift(contest: Contest) -> Shift | None:
    """Return the fewest votes moved between two lists after which the present seats are impossible.

    Of equal numbers the first lists are named. None: no shift does it, or a seat is open now.
    """
    assert has_margins(contest)
    now = _count(contest)
    if now.tie or now.unfilled or now.problem:
        return None
    best: Shift | None = None
    for gains in range(len(contest.votes)):
        for loses in range(len(contest.votes)):
            limit = contest.votes[loses] if best is None else min(contest.votes[loses], best.votes - 1)
            if gains == loses or limit < 1:
                continue

            def moved(votes: int, gains: int = gains, loses: int = loses) -> bool:
                after = _count(contest.with_change(gains, votes).with_change(loses, -votes))
                pairs = zip(now.seats, after.seats, strict=True)
                return any(not least <= own <= after.most(party) for party, (own, least) in enumerate(pairs))

            votes = _least(moved, limit)
            if votes is not None:
                best = Shift(votes, gains, loses)
    return best


def _least(holds: Callable[[int], bool], highest: int) -> int | None:
    """Return the least number from 1 on for which *holds* is true and stays true; None: not up to *highest*."""
    below, above = 0, 1
    while not holds(min(above, highest)):
        if above >= highest:
            return None
        below, above = above, 2 * above
    above = min(above, highest)
    while above - below > 1:
        middle = (above + below) // 2
        if holds(middle):
            above = middle
        else:
            below = middle
    return above


def _count(contest: Contest) -> Result:
    return apportion_allied(contest, with_steps=False)[0]
