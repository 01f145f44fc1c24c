"""What ballots that are still uncounted can change: each list's range, the safe seats and the open ones."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isqrt

from tally_app.allocation.alliances import apportion_allied
from tally_app.allocation.contest import Contest
from tally_app.allocation.methods import METHODS, Quota, Special
from tally_app.allocation.methods import Sequence as DivisorSequence
from tally_app.allocation.outcome import DHONDT, Policy
from tally_app.allocation.race import Entrant

KEEP_LOWER_QUOTA = ("hare", "quota-single-pass-average", "balinski-young")
"""Methods in which a list gets the whole quotas of its share, and at most one seat more."""


@dataclass(frozen=True, slots=True)
class Uncounted:
    """The seats each list can end with, whatever is still in the boxes."""

    least: tuple[int, ...]
    """Seats that are safe, by list: held in every completion, and not left to a lot in any."""
    most: tuple[int, ...]
    """Seats at best, by list; those that a lot can bring count."""
    open_seats: int
    """Seats that are nobody's safe ones."""
    exact: bool
    """Is each end of each range reached? If not, the ranges are wider than they need be, never narrower."""


def ranges(contest: Contest, ballots: int, standing: Sequence[bool] | None = None) -> Uncounted | None:
    """Return each list's range with so many *ballots* uncounted: each a vote for any list, or not valid.

    Exact for divisor methods, limits included, while nobody's standing is open; with a threshold that somebody may
    still pass or miss, or a policy for ties, it may be wider. Wider, too: Hare, single-pass averages and
    Balinski-Young, where votes alone decide. None: alliances, and other methods, for as long as ballots are uncounted.

    Args:
        contest: what is counted so far. Where a threshold spans the chamber, the other regions are taken as final.
        ballots: ballots that are not counted [≥ 0].
        standing: lists that can get votes; None: all. Votes that a list has already count in any case.
    """
    counted, _ = apportion_allied(contest, with_steps=False)
    method = DHONDT if contest.method == METHODS["quota-highest-average"] and contest.plain else contest.method
    if counted.problem is not None:
        return None
    if ballots == 0:
        most = tuple(map(counted.most, range(len(counted.seats))))
        return _found(contest, list(counted.seats), most, exact=True)
    if isinstance(method, Quota | Special):
        return _by_quota(contest, ballots, standing)
    open_to = standing or [True] * len(contest.votes)
    if contest.alliances or sum(contest.least) > contest.seats:  # the minimum seats of all who may come to stand
        return None
    passing = [_passes(contest, party, ballots, open_to) for party in range(len(contest.votes))]
    entrants = [
        Entrant(own, contest.least_of(party), contest.most_of(party), contest.start_of(party))
        for party, own in enumerate(contest.votes)
    ]
    board = _Board(method, contest.seats, entrants, passing, open_to, ballots)
    lists = range(len(entrants))
    most = tuple(0 if passing[party] is False else board.most(party, contest) for party in lists)
    least = [board.least(party, most[party]) if passing[party] else 0 for party in lists]
    return _found(contest, least, most, None not in passing and contest.policy is Policy.LOT)


def _found(contest: Contest, least: Sequence[int], most: tuple[int, ...], exact: bool) -> Uncounted:
    return Uncounted(tuple(least), most, contest.seats - sum(least), exact)


def _by_quota(contest: Contest, ballots: int, standing: Sequence[bool] | None) -> Uncounted | None:
    total = sum(contest.votes) + ballots
    if not contest.plain or all(contest.method != METHODS[name] for name in KEEP_LOWER_QUOTA):
        return None
    least, most = [], []
    for party, own in enumerate(contest.votes):
        least.append(own * contest.seats // total)
        top = own + (ballots if standing is None or standing[party] else 0)
        # without votes for anybody else the total may stay lower, but who gets none keeps the largest share
        share = top * contest.seats // (total if top > own else sum(contest.votes) or 1)
        most.append(min(contest.seats, share + 1) if top else 0)
    return _found(contest, least, tuple(most), exact=False)


def _passes(contest: Contest, party: int, ballots: int, open_to: Sequence[bool]) -> bool | None:
    """Does a list take part in every completion (True), in none (False) or in some (None)?"""
    if contest.condition is None:
        return True
    best = contest.with_change(party, ballots) if open_to[party] else contest
    if not best.standing()[party]:
        return False
    worst = next((each for each, can in enumerate(open_to) if can and each != party), None)
    if worst is None:
        bad = replace(contest, condition=contest.condition.with_ballots(ballots))
    else:
        bad = contest.with_change(worst, ballots)
    return True if bad.standing()[party] else None


@dataclass(frozen=True, slots=True)
class _Board:
    divisors: DivisorSequence
    seats: int
    entrants: Sequence[Entrant]
    passing: Sequence[bool | None]
    open_to: Sequence[bool]
    ballots: int

    def most(self, party: int, contest: Contest) -> int:
        """All ballots for the list, none for others, and nobody in who need not be."""
        votes = [own if self.passing[each] or each == party else 0 for each, own in enumerate(contest.votes)]
        votes[party] += self.ballots if self.open_to[party] else 0
        alone = replace(contest, condition=None, votes=tuple(votes), policy=Policy.LOT)
        return apportion_allied(alone, with_steps=False)[0].most(party)

    def least(self, party: int, most: int) -> int:
        """The most seats that the others cannot take from it however the ballots fall."""
        entrant = self.entrants[party]
        safe, above = (entrant.least if entrant.votes else 0), most + 1
        while above - safe > 1:
            middle = (safe + above) // 2
            if self._can_lose(party, middle):
                above = middle
            else:
                safe = middle
        return min(safe, most)

    def _can_lose(self, party: int, seat: int) -> bool:
        """Can the others get so many quotients not below that of a list's seat [1 …] that it goes without?"""
        if not self.entrants[party].votes:
            return True
        wanted = self.seats - (seat - 1)
        costs: list[list[int]] = []
        for rival, entrant in enumerate(self.entrants):
            if rival == party or self.passing[rival] is False:
                continue
            needs = self._needs(party, seat, entrant, wanted)
            has = bisect_right(needs, entrant.votes) if entrant.votes else 0
            wanted -= has
            if self.open_to[rival]:
                affordable = bisect_right(needs, entrant.votes + self.ballots)
                costs.append([votes - entrant.votes for votes in needs[has:affordable]])
        return wanted <= 0 or _cheapest(costs, wanted, self.ballots) is not None

    def _needs(self, party: int, seat: int, rival: Entrant, wanted: int) -> list[int]:
        """Return the votes with which a rival has 1, 2, … quotients not below that of the list's seat."""
        needs: list[int] = []
        limit = wanted if rival.most is None else min(wanted, rival.most)
        for own in range(limit):
            votes = 1 if own < rival.least else self._to_equal(party, seat, own + rival.start)
            if votes is None:
                break
            needs.append(votes)
        return needs

    def _to_equal(self, party: int, seat: int, held: int) -> int | None:
        """Votes with which a list that holds so many seats equals the list's quotient; None: it is infinite."""
        divisors, (own, _, _, start) = self.divisors, self.entrants[party]
        mine, other = divisors.at(seat - 1 + start), divisors.at(held)
        if mine == 0 or other == 0:
            return 1 if mine else own if other == 0 else None
        top = own**divisors.power * divisors.over(seat - 1 + start) * other
        votes = -(-top // (mine * divisors.over(held)))
        return isqrt(votes - 1) + 1 if divisors.power == 2 else votes


def _cheapest(costs: Sequence[Sequence[int]], wanted: int, budget: int) -> int | None:
    """Return the fewest votes for so many more quotients; None: above the budget.

    Whole votes cost unevenly (2, 1, 2, 1 … for quotients 1½ apart), so the next cheapest quotient is not always the
    best: every division of the quotients among the rivals is compared, one rival after the other.
    """
    if sum(map(len, costs)) < wanted:
        return None
    best: list[int | None] = [0] + [None] * wanted
    for prices in costs:
        for have in range(wanted, 0, -1):
            choices = [best[have], *(_sum(best[have - more], prices[more - 1]) for more in _steps(prices, have))]
            best[have] = min((each for each in choices if each is not None and each <= budget), default=None)
    return best[wanted]


def _steps(prices: Sequence[int], have: int) -> range:
    return range(1, min(have, len(prices)) + 1)


def _sum(spent: int | None, price: int) -> int | None:
    return None if spent is None else spent + price
