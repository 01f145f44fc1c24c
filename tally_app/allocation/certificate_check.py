"""Checks a certificate from its figures alone, by other means than the engine: fractions, and no loop over the seats.

Nothing here imports the engine, so that an error there cannot hide here.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

DIVISORS: Mapping[str, Callable[[int], Fraction]] = {
    "dhondt": lambda n: Fraction(n + 1),
    "sainte-lague": lambda n: n + Fraction(1, 2),
    "sainte-lague-1.4": lambda n: n + Fraction(1, 2) if n else Fraction(7, 10),
    "sainte-lague-1.2": lambda n: n + Fraction(1, 2) if n else Fraction(3, 5),
    "danish": lambda n: n + Fraction(1, 3),
    "imperiali": lambda n: Fraction(n + 2),
    "macau": lambda n: Fraction(2**n),
    "adams": lambda n: Fraction(n),
    "dean": lambda n: n * (n + 1) / (n + Fraction(1, 2)),
    "huntington-hill": lambda n: Fraction(n * (n + 1)),
}
"""Divisor of a list that holds n seats; huntington-hill: its square, to go with squared votes."""

QUOTAS: Mapping[str, Callable[[int, int], Fraction]] = {
    "hare": Fraction,
    "droop": lambda votes, seats: Fraction(votes // (seats + 1) + 1),
    "hagenbach-bischoff": lambda votes, seats: Fraction(votes, seats + 1),
    "imperiali-quota": lambda votes, seats: Fraction(votes, seats + 2),
}


AVERAGES_AFTER_QUOTA = ("quota-highest-average", "quota-single-pass-average")


def holds(certificate: Mapping[str, Any]) -> bool | None:
    """Tell whether the seats follow from the votes; None: the method has no certificate but its steps."""
    method = certificate["method"]
    if method in DIVISORS or method == "stationary":
        return _ordered(certificate, _quotients(certificate))
    if method in QUOTAS:
        votes, seats = sum(certificate["votes"]), sum(certificate["start_seats"]) + _seats(certificate)
        if not votes or not seats:
            return not any(certificate["seats"])
        return _ordered(certificate, _remainders(certificate, QUOTAS[method](votes, seats)))
    if method in AVERAGES_AFTER_QUOTA:
        return _averages_after_quota(certificate)
    return None


def _averages_after_quota(certificate: Mapping[str, Any]) -> bool | None:
    """Whole quotas are a minimum; beyond it averages count, and in a single pass a first seat before any second."""
    votes, start, most = (certificate[key] for key in ("votes", "start_seats", "max_seats"))
    seats = sum(start) + _seats(certificate)
    if not sum(votes) or not seats:
        return not any(certificate["seats"])
    base = [
        max(least, min(count * seats // sum(votes) - held, seats if limit is None else limit))
        for count, held, limit, least in zip(votes, start, most, certificate["min_seats"], strict=True)
    ]
    if sum(base) > _seats(certificate):
        return None
    single = certificate["method"] == "quota-single-pass-average"

    def value(party: int, own: int) -> tuple[int, Fraction]:
        return (base[party] - own) * single, Fraction(votes[party], own + start[party] + 1)

    return _ordered(dict(certificate) | {"min_seats": base}, value)


def _seats(certificate: Mapping[str, Any]) -> int:
    return int(sum(certificate["seats"]) + certificate["tied_seats"] + certificate["unfilled"])


Value = Callable[[int, int], tuple[int, Fraction]]


def _quotients(certificate: Mapping[str, Any]) -> Value:
    shift = Fraction(certificate["parameter"] or 0)
    divisor: Callable[[int], Fraction] = DIVISORS.get(certificate["method"]) or (lambda n: n + shift)
    power = 2 if certificate["method"] == "huntington-hill" else 1

    def value(party: int, own: int) -> tuple[int, Fraction]:
        votes, by = Fraction(certificate["votes"][party]) ** power, divisor(own + certificate["start_seats"][party])
        return (0, votes / by) if by else (1, votes)

    return value


def _remainders(certificate: Mapping[str, Any], quota: Fraction) -> Value:
    def value(party: int, own: int) -> tuple[int, Fraction]:
        return 0, certificate["votes"][party] - quota * (own + certificate["start_seats"][party])

    return value


def _ordered(certificate: Mapping[str, Any], value: Value) -> bool:
    """No seat that was given may be worth less than one that was not; equal worth is a tie, and only that is one."""
    given, refused, tied = [], [], set(certificate["tied"])
    for party, (votes, own, least, most) in enumerate(
        zip(*(certificate[key] for key in ("votes", "seats", "min_seats", "max_seats")), strict=True)
    ):
        if (not votes and own) or own < least or (most is not None and own > most):
            return False
        if own > least:
            given.append(value(party, own - 1))
        if votes and (most is None or own < most):
            refused.append((value(party, own), party))
    if certificate["unfilled"]:
        return not refused
    best = max((worth for worth, _ in refused), default=None)
    if tied and tied != {party for worth, party in refused if worth == best}:
        return False
    if certificate["tied_seats"] != 0 and not 0 < certificate["tied_seats"] < len(tied):
        return False
    return best is None or not given or (min(given) > best)
