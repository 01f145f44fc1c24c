"""Every method by another road: all quotients or remainders as fractions, sorted and cut; or every outcome tried."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import floor

Outcome = tuple[list[int], set[int], int, int]
"""Certain seats, tied parties, seats at stake, seats unfilled."""

HALF = Fraction(1, 2)
DIVISORS: dict[str, Callable[[int], Fraction]] = {
    "dhondt": lambda n: Fraction(n + 1),
    "sainte-lague": lambda n: Fraction(2 * n + 1),
    "sainte-lague-1.4": lambda n: Fraction(14, 10) if n == 0 else Fraction(2 * n + 1),
    "sainte-lague-1.2": lambda n: Fraction(12, 10) if n == 0 else Fraction(2 * n + 1),
    "danish": lambda n: Fraction(3 * n + 1),
    "imperiali": lambda n: 1 + n * HALF,
    "macau": lambda n: Fraction(2) ** n,
    "adams": lambda n: Fraction(n),
    "dean": lambda n: 2 / (1 / Fraction(n) + 1 / Fraction(n + 1)) if n else Fraction(0),
    "huntington-hill": lambda n: Fraction(n) * (n + 1),
}
QUOTAS: dict[str, Callable[[int, int], Fraction]] = {
    "hare": Fraction,
    "droop": lambda votes, seats: Fraction(floor(Fraction(votes, seats + 1)) + 1),
    "hagenbach-bischoff": lambda votes, seats: Fraction(votes, seats + 1),
    "imperiali-quota": lambda votes, seats: Fraction(votes, seats + 2),
}
Key = tuple[int, Fraction]


def cut(chances: Sequence[tuple[Key, int]], parties: int, seats: int) -> Outcome:
    """Give the seats to the highest keys; those equal to the first that is left out are a tie."""
    ranked = sorted(chances, reverse=True)
    winners, losers = ranked[:seats], ranked[seats:]
    tied: set[int] = set()
    if winners and losers and winners[-1][0] == losers[0][0]:
        tied = {party for key, party in ranked if key == losers[0][0]}
        winners = [chance for chance in winners if chance[0] != losers[0][0]]
    certain = [sum(party == winner for _, winner in winners) for party in range(parties)]
    return certain, tied, min(seats, len(ranked)) - len(winners), max(0, seats - len(ranked))


def by_divisors(
    divisor: Callable[[int], Fraction],
    votes: Sequence[int],
    seats: int,
    power: int = 1,
    least: Sequence[int] | None = None,
    most: Sequence[int | None] | None = None,
    start: Sequence[int] | None = None,
) -> Outcome:
    chances: list[tuple[Key, int]] = []
    for party, count in enumerate(votes):
        limit = most[party] if most else None
        for own in range(min(seats, seats if limit is None else limit) if count else 0):
            by = divisor(own + (start[party] if start else 0))
            key = (0, Fraction(count) ** power / by) if by else (1, Fraction(count))
            chances.append(((2, Fraction(-own)) if own < (least[party] if least else 0) else key, party))
    return cut(chances, len(votes), seats)


def by_quota(quota: Callable[[int, int], Fraction], votes: Sequence[int], seats: int) -> Outcome | None:
    """None: the quota gives too many seats."""
    if not sum(votes) or not seats:
        return [0] * len(votes), set(), 0, seats
    size = quota(sum(votes), seats)
    whole = [floor(count / size) for count in votes]
    if sum(whole) > seats:
        return None
    rounds = [
        ((-times, count - whole[party] * size), party)
        for party, count in enumerate(votes)
        if count
        for times in range(seats)
    ]
    certain, tied, at_stake, unfilled = cut(rounds, len(votes), seats - sum(whole))
    return [own + more for own, more in zip(whole, certain, strict=True)], tied, at_stake, unfilled


def averages_after_quota(votes: Sequence[int], seats: int, single_pass: bool) -> Outcome:
    if not sum(votes) or not seats:
        return [0] * len(votes), set(), 0, seats
    whole = [floor(Fraction(count * seats, sum(votes))) for count in votes]
    chances = [
        ((-more * single_pass, Fraction(count, whole[party] + more + 1)), party)
        for party, count in enumerate(votes)
        if count
        for more in range(seats)
    ]
    certain, tied, at_stake, unfilled = cut(chances, len(votes), seats - sum(whole))
    return [own + more for own, more in zip(whole, certain, strict=True)], tied, at_stake, unfilled


def balinski_young(votes: Sequence[int], seats: int) -> Outcome:
    """Every outcome, by trying every winner of every tie."""
    outcomes = {tuple(0 for _ in votes)}
    if not sum(votes):
        return [0] * len(votes), set(), 0, seats
    for number in range(1, seats + 1):
        after = set()
        for seen in outcomes:
            upper = [-floor(-Fraction(count * number, sum(votes))) for count in votes]
            averages = {
                party: Fraction(count, seen[party] + 1)
                for party, count in enumerate(votes)
                if count and seen[party] < upper[party]
            }
            for party, average in averages.items():
                if average == max(averages.values()):
                    after.add(tuple(own + (each == party) for each, own in enumerate(seen)))
        outcomes = after
    least = [min(column) for column in zip(*outcomes, strict=True)]
    tied = {party for party, column in enumerate(zip(*outcomes, strict=True)) if max(column) > least[party]}
    return least, tied, seats - sum(least), 0


def oracle(method: str, votes: Sequence[int], seats: int) -> Outcome | None:
    if method in DIVISORS:
        return by_divisors(DIVISORS[method], votes, seats, 2 if method == "huntington-hill" else 1)
    if method in QUOTAS:
        return by_quota(QUOTAS[method], votes, seats)
    if method == "balinski-young":
        return balinski_young(votes, seats)
    return averages_after_quota(votes, seats, method == "quota-single-pass-average")
