"""Any method on lists with minimum, maximum and held seats. What cannot be is a value, not an exception."""

from collections.abc import Sequence
from fractions import Fraction

from tally_app.allocation.balinski_young import balinski_young
from tally_app.allocation.dutch import dutch_municipal
from tally_app.allocation.methods import Method, Quota, Special, Then
from tally_app.allocation.methods import Sequence as DivisorSequence
from tally_app.allocation.outcome import Divisors, Tie
from tally_app.allocation.race import Award, Entrant, Rank, Result, finish, room, run


def apportion(method: Method, entrants: Sequence[Entrant], seats: int, with_steps: bool = True) -> Result:
    """Distribute *seats* among lists by any method.

    Args:
        method: a row of ``methods.METHODS``, or ``stationary(r)``.
        entrants: the lists that take part; one without votes wins nothing, not even its minimum.
        seats: seats to give, those already held not counted [≥ 0].
        with_steps: write down every step; without, divisor methods need no loop over the seats.

    Returns:
        Seats without those already held, within each list's minimum and maximum. ``problem`` is None, ``over-award``
        (a quota gives more seats than there are) or ``minimum-over-seats`` (then every seat is unfilled).
    """
    if sum(entrant.least for entrant in entrants if entrant.votes) > seats:
        return Result((0,) * len(entrants), None, seats, (), "minimum-over-seats")
    if isinstance(method, Quota):
        return _by_quota(method, entrants, seats)
    if method is Special.BALINSKI_YOUNG:
        return balinski_young(entrants, seats)
    if method is Special.DUTCH_MUNICIPAL:
        return dutch_municipal(entrants, seats)
    assert not isinstance(method, Special)
    if not with_steps and entrants:
        votes, least, most, start = zip(*entrants, strict=True)
        if not any(least) and not any(start) and most.count(None) == len(most):
            result = apportion_at_once(method, votes, seats)
            if result is not None:
                return result
    return _by_divisors(method, entrants, seats, with_steps)


def _by_divisors(divisors: DivisorSequence, entrants: Sequence[Entrant], seats: int, with_steps: bool) -> Result:
    awards: list[Award] | None = [] if with_steps else None
    won = _minimum(entrants, awards)
    left = seats - sum(won)
    if awards is None:
        left -= _jump(divisors, entrants, won, left)

    power, at, over = divisors.power, divisors.at, divisors.over
    strengths = [entrant.votes**power for entrant in entrants]
    starts = [entrant.start for entrant in entrants]

    def rank(party: int, own: int) -> Rank:
        held = own + starts[party]
        divisor = at(held)
        if divisor == 0:
            return Rank(1, entrants[party].votes, 1)  # infinite quotients: more votes come first
        return Rank(0, strengths[party] * over(held), divisor)

    return finish(won, run(entrants, won, left, rank, "average", awards), awards)


def _jump(divisors: DivisorSequence, entrants: Sequence[Entrant], won: list[int], left: int) -> int:
    """Give at once the seats that are certain before any comparison; return how many.

    With x = step × (left − lists) ÷ votes of all lists, a list of v votes has at most v·x ÷ step + 1 divisors below
    v·x, so all lists together have at most *left*: every one of these seats is won.
    """
    if divisors.bound is None:
        return 0
    first, second, step, _ = divisors.bound
    given = 0
    while True:
        running = [party for party, entrant in enumerate(entrants) if room(entrant, won[party])]
        spare = left - given - len(running)
        total = sum(entrants[party].votes for party in running)
        if not running or spare <= 2 * len(running):
            return given
        before = given
        for party in running:
            entrant = entrants[party]
            # the number n of divisors (first, then second + step × (n − 1)) strictly below votes × step × spare ÷ total
            bound = entrant.votes * step * spare
            count = 0 if first * total >= bound else 1 + max(0, -((second * total - bound) // (step * total)))
            more = count - entrant.start - won[party]
            if entrant.most is not None:
                more = min(more, entrant.most - won[party])
            if more > 0:
                won[party] += more
                given += more
        if given == before:
            return given


def apportion_at_once(method: Method, votes: Sequence[int], seats: int) -> Result | None:
    """Distribute *seats* among lists without limits, without a loop over the seats; None where that does not work.

    It works for divisors in even steps, and for largest remainders if no list gets two of the seats left over.
    """
    if not seats or not any(votes):
        return None
    if isinstance(method, Divisors) and method.first:
        return _divisors_at_once(method, votes, seats)
    if isinstance(method, Quota) and method.then is Then.REMAINDERS:
        return _remainders_at_once(method, votes, seats)
    return None


def _remainders_at_once(method: Quota, votes: Sequence[int], seats: int) -> Result | None:
    quota = method.votes_per_seat(sum(votes), seats)
    numerator, denominator = quota.numerator, quota.denominator
    won = [own * denominator // numerator for own in votes]
    left = seats - sum(won)
    remainders = [own * denominator % numerator for own in votes]
    ranking = sorted([each for each, own in zip(remainders, votes, strict=True) if own], reverse=True)
    if not 0 <= left < len(ranking):
        return None
    last, following = ranking[left - 1] if left else numerator, ranking[left]
    for party, (own, remainder) in enumerate(zip(votes, remainders, strict=True)):
        won[party] += own > 0 and (remainder > last or remainder == last > following)
    if last > following:
        return Result(tuple(won), quota=quota)
    tied = tuple(party for party, own in enumerate(votes) if own and remainders[party] == last)
    return Result(tuple(won), Tie(tied, seats - sum(won)), quota=quota)


def _divisors_at_once(divisors: Divisors, votes: Sequence[int], seats: int) -> Result:
    """Compare a few quotients around the last one that wins.

    Of the first *low* quotients of each list it is certain that they win, of those after *high* that they do not: so
    many divisors lie below votes × a common factor, and their sum is below or above the seats. Quotients are compared
    times 2^bits, rounded down: bits are twice those of the largest divisor, so equal ones stay equal and different ones
    apart.
    """
    first, second, step, _ = divisors
    lists, total = len(votes), sum(votes)

    def up_to(bounds: list[int]) -> list[int]:
        """Return how many divisors are not above each bound."""
        return [
            (bound - second) // step + 2 if bound >= second else 1 if bound >= first else 0
            for bound in bounds
        ]  # fmt: skip

    factor = step * seats + lists * max(first, second - step)
    high = up_to([own * factor // total for own in votes])
    low = [0] * lists
    if seats > 4 * lists:
        factor = step * (seats - lists)
        low = up_to([own * factor // total for own in votes])
    bits = 2 * (second + step * max(high)).bit_length()
    scaled = [own << bits for own in votes]
    around = [own // first for own, begin, end in zip(scaled, low, high, strict=True) if begin == 0 < end]
    around += [
        own // divisor
        for own, begin, end in zip(scaled, low, high, strict=True)
        if end > 1
        for divisor in range(second + step * ((begin or 1) - 1), second + step * (end - 1), step)
    ]
    around.sort(reverse=True)
    position = seats - sum(low)
    last, following = around[position - 1], around[position]
    if last > following:
        return Result(tuple(up_to([own // last for own in scaled])))
    won = up_to([own // (last + 1) for own in scaled])
    with_tied = up_to([own // last for own in scaled])
    tied = tuple(party for party, own in enumerate(won) if own < with_tied[party])
    return Result(tuple(won), Tie(tied, seats - sum(won)))


def _by_quota(method: Quota, entrants: Sequence[Entrant], seats: int) -> Result:
    awards: list[Award] = []
    won = _minimum(entrants, awards)
    standing = [entrant for entrant in entrants if entrant.votes]
    all_seats = seats + sum(entrant.start for entrant in standing)
    if not standing or not seats:
        return Result(tuple(won), None, seats, tuple(awards))
    quota = method.votes_per_seat(sum(entrant.votes for entrant in standing), all_seats)
    whole = [_whole(entrant, quota) for entrant in entrants]
    if sum(own + entrant.start for own, entrant in zip(whole, entrants, strict=True) if entrant.votes) > all_seats and (
        sum(entrant.votes // quota for entrant in standing) > all_seats
    ):
        given = tuple(Award(party, own, "quota", _rank(quota)) for party, own in enumerate(whole) if own)
        return Result(tuple(whole), None, 0, given, "over-award", quota=quota)

    def remainder(party: int, own: int) -> Rank:
        entrant = entrants[party]
        held = own + entrant.start
        return Rank(0, entrant.votes * quota.denominator - quota.numerator * held, quota.denominator)

    raised = [max(0, full - own) for own, full in zip(won, whole, strict=True)]
    if sum(won) + sum(raised) > seats:  # held or minimum seats leave too few for all whole quotas
        limited = [
            entrant._replace(most=max(own, full)) for entrant, own, full in zip(entrants, won, whole, strict=True)
        ]
        return finish(won, run(limited, won, seats - sum(won), remainder, "quota", awards), awards, quota)
    for party, more in enumerate(raised):
        if more:
            awards.append(Award(party, more, "quota", _rank(quota)))
            won[party] += more
    base = tuple(won)

    def average(party: int, own: int) -> Rank:
        return Rank(0, entrants[party].votes, own + entrants[party].start + 1)

    def one_each(party: int, own: int) -> Rank:
        return average(party, own)._replace(group=base[party] - own)

    rank = {Then.REMAINDERS: remainder, Then.AVERAGES: average, Then.SINGLE_PASS: one_each}[method.then]
    stage = "remainder" if method.then is Then.REMAINDERS else "average"
    return finish(won, run(entrants, won, seats - sum(won), rank, stage, awards), awards, quota)


def _whole(entrant: Entrant, quota: Fraction) -> int:
    whole = max(0, entrant.votes * quota.denominator // quota.numerator - entrant.start)
    return whole if entrant.most is None else min(whole, entrant.most)


def _rank(quota: Fraction) -> Rank:
    return Rank(0, quota.numerator, quota.denominator)


def _minimum(entrants: Sequence[Entrant], awards: list[Award] | None) -> list[int]:
    won = [entrant.least if entrant.votes else 0 for entrant in entrants]
    if awards is not None:
        awards += [Award(party, own, "minimum") for party, own in enumerate(won) if own]
    return won
