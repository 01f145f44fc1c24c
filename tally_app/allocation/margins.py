"""On how few votes each list's seats hang, by any method in which votes work in one direction only.

Found by halving, counting anew each time: exact because a list never loses by more votes of its own, which holds for
divisor methods (with thresholds and limits) and, without those, for largest remainders of the Hare quota.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from tally_app.allocation.alliances import apportion_allied
from tally_app.allocation.case import Case
from tally_app.allocation.conditions import Combined, Condition, Threshold, standing
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


def has_margins(case: Case) -> bool:
    """Tell whether halving is exact for this case."""
    if isinstance(case.method, Special) or case.alliances:
        return False
    if not isinstance(case.method, Quota):
        return True
    limited = any(case.least) or any(case.start) or any(most is not None for most in case.most)
    return case.method == METHODS["hare"] and case.condition is None and not limited


def list_margins(case: Case) -> list[ListMargin]:
    """Return each list's margins, the other lists' votes unchanged."""
    assert has_margins(case)
    now = _count(case)
    return [_of_list(case, now, party) for party in range(len(case.votes))]


def _of_list(case: Case, now: Result, party: int) -> ListMargin:
    own = now.seats[party]

    def gained(votes: int) -> bool:
        after = _count(_changed(case, party, votes))
        return after.problem is None and after.seats[party] > own

    def lost(votes: int) -> bool:
        after = _count(_changed(case, party, -votes))
        return after.problem is None and after.most(party) < own

    def passed(votes: int) -> bool:
        after = _changed(case, party, votes)
        return standing(after.condition, after.votes)[party]

    most = case.most[party]
    full = own >= case.seats if most is None else own >= min(most, case.seats)
    highest = 4 * (sum(case.votes) + 1) << min(case.seats + sum(case.start), 4000)
    return ListMargin(
        None if full else _least(gained, highest),
        _least(lost, case.votes[party]) if own else None,
        None if case.condition is None else 0 if passed(0) else _least(passed, highest),
    )


def least_shift(case: Case) -> Shift | None:
    """Return the fewest votes moved between two lists after which the present seats are impossible.

    Of equal numbers the first lists are named. None: no shift does it, or a seat is open now.
    """
    assert has_margins(case)
    now = _count(case)
    if now.tie or now.unfilled or now.problem:
        return None
    best: Shift | None = None
    for gains in range(len(case.votes)):
        for loses in range(len(case.votes)):
            limit = case.votes[loses] if best is None else min(case.votes[loses], best.votes - 1)
            if gains == loses or limit < 1:
                continue

            def moved(votes: int, gains: int = gains, loses: int = loses) -> bool:
                after = _count(_changed(_changed(case, gains, votes), loses, -votes))
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


def _count(case: Case) -> Result:
    entrants = case.entrants(standing(case.condition, case.votes))
    return apportion_allied(case.method, entrants, (), case.seats, with_steps=False)[0]


def _changed(case: Case, party: int, votes: int) -> Case:
    after = tuple(own + votes * (each == party) for each, own in enumerate(case.votes))
    return replace(case, votes=after, condition=_on_more(case.condition, votes))


def _on_more(condition: Condition | None, votes: int) -> Condition | None:
    """Ballots more are in the threshold's base, too."""
    if isinstance(condition, Combined):
        parts = tuple(part for each in condition.conditions if (part := _on_more(each, votes)) is not None)
        return replace(condition, conditions=parts)
    if isinstance(condition, Threshold) and condition.base is not None:
        return replace(condition, base=max(0, condition.base + votes))
    return condition
