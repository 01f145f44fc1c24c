"""Divisor methods and quotas: where votes work in one direction, so that halving finds the least number.

Who takes part (threshold, votes at all) changes at a few points only. Between them a list's claims to seats only rise
against all others by more votes of its own:

- divisors: votes ÷ divisor rises, the others' stay; in alliances, too, where more seats never cost a list one;
- remainders: a list's claim to its seat h is votes - quota × h, all whole quotas ahead of any remainder. Against the
  claim to seat g of another list it rises by 1 - (h - g) ÷ (all seats, + 1 or + 2) > 0 for each vote;
- Droop's quota is rounded, so it rises within each block of votes in which the quota stays, and over whole blocks;
- averages after a quota, and quotas that may give too many seats: between the points at which a whole quota changes.

So a question about seats has, between such points, at most one change from true to false and one back.
"""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from math import ceil

from tally_app.allocation.conditions import Combined, Condition, Threshold, standing
from tally_app.allocation.contest import Contest
from tally_app.allocation.methods import METHODS, Quota, Special, Then, hare

Holds = Callable[[Contest], bool]
AtVotes = Callable[[int], bool]


def first_by_halving(contest: Contest, change: Mapping[int, int], highest: int, holds: Holds) -> int | None:
    """Return the fewest votes, from 1 to *highest*, after which *holds* is true; None: there are none.

    Args:
        contest: of a divisor method, or of a quota without alliances.
        change: by list, what one vote moved is for it: 1 or -1.
        highest: where to stop.
        holds: counts a contest and asks something about its seats.
    """

    def moved(votes: int) -> Contest:
        return contest.with_votes([own + votes * change.get(party, 0) for party, own in enumerate(contest.votes)])

    def at(votes: int) -> bool:
        return holds(moved(votes))

    for begin, end in _pieces(moved, highest):
        if contest.method == METHODS["droop"]:
            found = _first_in_blocks(moved(begin), change, begin, end, at)
        else:
            found = _first(at, begin, end)
        if found is not None:
            return found
    return None


def enough(contest: Contest) -> int:
    """Return a number of votes beyond which more of them change nothing, whichever list gets them."""
    total = sum(contest.votes) + 1
    places = contest.seats + contest.start_seats + 2
    if isinstance(contest.method, Quota | Special):
        ratio = 4 * places * places
    else:
        divisors = [Fraction(contest.method.at(held), contest.method.over(held)) for held in (0, 1, places)]
        ratio = ceil(divisors[-1] / min(each for each in divisors if each)) + 1
    return total * ratio + sum(_enough_for(each, total) for each in _thresholds(contest.condition))


def _enough_for(threshold: Threshold, total: int) -> int:
    counted = max(total + sum(threshold.elsewhere), threshold.base or 0)
    shares = [each for each in (threshold.share, *(share for _, share in threshold.coalitions)) if each]
    passing = [counted / (1 - share) for share in shares if share < 1]
    outgrown = [counted / share for share in shares]  # then all others are below it
    return (threshold.votes or 0) + ceil(max([*passing, *outgrown], default=Fraction(0)))


def _pieces(moved: Callable[[int], Contest], highest: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches, from 1 to *highest*, within which votes work in one direction.

    Everything in a signature moves in one direction only: equal at both ends, it is equal in between.
    """
    begin = 1
    while begin <= highest:
        this = _signature(moved(begin))
        end, other = highest, highest + 1
        if _signature(moved(highest)) != this:
            end, other = begin, highest
        while other - end > 1:
            middle = (end + other) // 2
            if _signature(moved(middle)) == this:
                end = middle
            else:
                other = middle
        yield begin, end
        begin = end + 1


def _signature(contest: Contest) -> tuple[object, ...]:
    groups = [each.lists for each in contest.alliances]
    passing = [
        standing(each, contest.votes, groups, contest.partners or None) for each in _thresholds(contest.condition)
    ]
    voted = [bool(own) for own in contest.votes]
    return (voted, passing, _whole_quotas(contest)) if _may_jump(contest) else (voted, passing)


def _thresholds(condition: Condition | None) -> list[Threshold]:
    if isinstance(condition, Combined):
        return [each for part in condition.conditions for each in _thresholds(part)]
    return [] if condition is None else [condition]


def _may_jump(contest: Contest) -> bool:
    """Does a claim jump, or the result have a problem, where a whole quota changes?"""
    method = contest.method
    if not isinstance(method, Quota):
        return False
    if method.then is Then.AVERAGES and method.votes_per_seat is hare:
        return contest.limited  # else highest averages give every whole quota anyway
    return method not in (METHODS["hare"], METHODS["droop"])


def _whole_quotas(contest: Contest) -> list[int]:
    assert isinstance(contest.method, Quota)
    running = [entrant for entrant in contest.entrants() if entrant.votes]
    if not running or not contest.seats:
        return []
    all_seats = contest.seats + sum(entrant.start for entrant in running)
    quota = contest.method.votes_per_seat(sum(entrant.votes for entrant in running), all_seats)
    return [int(entrant.votes // quota) for entrant in running]


def _first_in_blocks(contest: Contest, change: Mapping[int, int], begin: int, end: int, at: AtVotes) -> int | None:
    """Return the first of a stretch in which Droop's quota goes up or down a step with every (seats + 1) votes.

    From the second block to the last that is whole, a claim that improves within blocks is worst at the beginning of
    the second, and one that gets worse is at the end of each block worse than at the end of the one before.
    """
    entrants = contest.entrants()
    rising = sum(by for party, by in change.items() if entrants[party].votes)
    if not rising:
        return _first(at, begin, end)
    size = contest.seats + 1 + sum(entrant.start for entrant in entrants if entrant.votes)
    place = sum(entrant.votes for entrant in entrants) % size
    head = size - place if rising > 0 else place + 1

    def block(number: int) -> tuple[int, int]:
        low = begin if number == 0 else begin + head + (number - 1) * size
        return low, min(end, begin + head + number * size - 1)

    def some(number: int) -> bool:
        return any(map(at, block(number)))

    last = max(0, -((begin + head - end - 1) // size))
    for numbers in ((0, 0), (1, 1), (2, last - 1), (last, last)):
        if numbers[0] <= numbers[1] <= last:
            found = _first(some, *numbers)
            if found is not None:
                return _first(at, *block(found))
    return None


def _first(holds: AtVotes, begin: int, end: int) -> int | None:
    """Return the first number for which *holds* is true: the first of all, or it stays true from there to the end."""
    if holds(begin):
        return begin
    if not holds(end):
        return None
    below, above = begin, end
    while above - below > 1:
        middle = (above + below) // 2
        if holds(middle):
            above = middle
        else:
            below = middle
    return above
