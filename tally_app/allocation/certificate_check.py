"""Checks a certificate from its figures alone, by other means than the engine: fractions, and no loop over the seats.

Nothing here imports the engine, so that an error there cannot hide here.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from tally_app.allocation.certificate_fit import fit, is_threshold
from tally_app.allocation.certificate_replay import Councils, Replay, quota_method, quota_method_step

HALF = Fraction(1, 2)
DIVISORS: Mapping[str, Callable[[int], Fraction]] = {
    "dhondt": lambda n: Fraction(n + 1),
    "sainte-lague": lambda n: Fraction(2 * n + 1),
    "sainte-lague-1.4": lambda n: Fraction(2 * n + 1) if n else Fraction(14, 10),
    "sainte-lague-1.2": lambda n: Fraction(2 * n + 1) if n else Fraction(12, 10),
    "danish": lambda n: Fraction(3 * n + 1),
    "imperiali": lambda n: 1 + n * HALF,
    "macau": lambda n: Fraction(2**n),
    "adams": lambda n: Fraction(n),
    "dean": lambda n: n * (n + 1) / (n + HALF),
    "huntington-hill": lambda n: Fraction(n * (n + 1)),
}
"""Divisor of a list that holds n seats, as laws write it; huntington-hill: its square, to go with squared votes."""

QUOTAS: Mapping[str, Callable[[int, int], Fraction]] = {
    "hare": Fraction,
    "droop": lambda votes, seats: Fraction(votes // (seats + 1) + 1),
    "hagenbach-bischoff": lambda votes, seats: Fraction(votes, seats + 1),
    "imperiali-quota": lambda votes, seats: Fraction(votes, seats + 2),
    "quota-highest-average": Fraction,
    "quota-single-pass-average": Fraction,
}
AVERAGES_AFTER_QUOTA = ("quota-highest-average", "quota-single-pass-average")
BY_LIST = ("parties", "members", "votes", "min_seats", "max_seats", "start_seats", "seats", "most")


def holds(certificate: Mapping[str, Any]) -> bool | None:
    """Tell whether everything a certificate says follows from its votes and limits.

    Returns:
        False, too, for a certificate that lacks something. None only where it says that a tie has too many outcomes to
        be followed, and they are too many here.
    """
    try:
        return is_threshold(certificate) if "condition" in certificate else _holds(certificate)
    except (ArithmeticError, AssertionError, LookupError, TypeError, ValueError):
        return False


def all_hold(certificates: Sequence[Mapping[str, Any]]) -> bool | None:
    """Tell whether each of an outcome's certificates holds, and they fit together; None as for ``holds``."""
    answers = [holds(each) for each in certificates]
    if False in answers:
        return False
    try:
        return (None if None in answers else True) if fit(certificates) else False
    except (AssertionError, LookupError, TypeError, ValueError):
        return False


def _holds(certificate: Mapping[str, Any]) -> bool | None:
    if not _is_whole(certificate):
        return False
    if certificate["problem"] == "minimum-over-seats":
        nothing = not any(certificate["seats"]) and certificate["unfilled"] == certificate["seats_to_give"]
        return bool(
            nothing and _nothing_open(certificate) and sum(certificate["min_seats"]) > certificate["seats_to_give"]
        )
    if certificate["problem"] == "over-award":
        return _over_award(certificate)
    if certificate["method"] in ("balinski-young", "dutch-municipal"):
        return _replayed(certificate)
    if certificate["problem"] is not None or not _figures(certificate) or not _most(certificate):
        return False
    return _follows(certificate) and _settled(certificate)


def _is_whole(certificate: Mapping[str, Any]) -> bool:
    """Are there as many figures as lists, and do they add up?"""
    sizes = {len(certificate[key]) for key in BY_LIST}
    seats, votes = certificate["seats"], certificate["votes"]
    numbers = [*votes, *seats, *certificate["start_seats"], certificate["unfilled"], certificate["tied_seats"]]
    if len(sizes) != 1 or any(type(number) is not int or number < 0 for number in numbers):
        return False
    given = sum(seats) + certificate["tied_seats"] + certificate["unfilled"]
    added_up = given == certificate["seats_to_give"] or certificate["problem"] == "over-award"
    return bool(sum(votes) == certificate["total_votes"] and added_up)


def _nothing_open(certificate: Mapping[str, Any]) -> bool:
    expected: Sequence[Any] = (certificate["seats"], [], 0, None)
    return tuple(certificate[key] for key in ("most", "tied", "tied_seats", "settled")) == expected


def _follows(certificate: Mapping[str, Any]) -> bool:
    method = certificate["method"]
    if method in DIVISORS or method == "stationary":
        return _ordered(certificate, _quotients(certificate))
    if not sum(certificate["votes"]) or not certificate["seats_to_give"]:
        return not any(certificate["seats"])
    if method in AVERAGES_AFTER_QUOTA:
        return _averages_after_quota(certificate)
    return not _gives_too_many(certificate) and _ordered(certificate, _remainders(certificate))


def _averages_after_quota(certificate: Mapping[str, Any]) -> bool:
    """Whole quotas are a minimum; beyond it averages count, and in a single pass a first seat before any second."""
    votes, start, least = (certificate[key] for key in ("votes", "start_seats", "min_seats"))
    base = [max(full, low) for full, low in zip(_whole_quotas(certificate), least, strict=True)]
    if sum(base) > certificate["seats_to_give"]:  # held or minimum seats leave too few: the largest claims get them
        return _ordered(dict(certificate) | {"max_seats": base}, _remainders(certificate))
    single = certificate["method"] == "quota-single-pass-average"

    def value(party: int, own: int) -> tuple[int, Fraction]:
        return (base[party] - own) * single, Fraction(votes[party], own + start[party] + 1)

    return _ordered(dict(certificate) | {"min_seats": base}, value)


def _quota(certificate: Mapping[str, Any]) -> Fraction:
    all_seats = certificate["seats_to_give"] + sum(certificate["start_seats"])
    return QUOTAS[certificate["method"]](sum(certificate["votes"]), all_seats)


def _whole_quotas(certificate: Mapping[str, Any]) -> list[int]:
    """Return the seats that whole quotas bring, beyond those held and up to the maximum."""
    quota = _quota(certificate)
    votes, start, most = (certificate[key] for key in ("votes", "start_seats", "max_seats"))
    whole = [max(0, int(own // quota) - held) for own, held in zip(votes, start, strict=True)]
    return [full if limit is None else min(full, limit) for full, limit in zip(whole, most, strict=True)]


def _gives_too_many(certificate: Mapping[str, Any]) -> bool:
    quota, start = _quota(certificate), certificate["start_seats"]
    there_are: int = certificate["seats_to_give"] + sum(start)
    all_whole = sum(int(own // quota) for own in certificate["votes"])
    return all_whole > there_are and sum(_whole_quotas(certificate)) + sum(start) > there_are


def _over_award(certificate: Mapping[str, Any]) -> bool:
    right = [*certificate["seats"]] == _whole_quotas(certificate) and not certificate["unfilled"]
    return right and _nothing_open(certificate) and _gives_too_many(certificate) and _figures(certificate)


Value = Callable[[int, int], tuple[int, Fraction]]


def _quotients(certificate: Mapping[str, Any]) -> Value:
    shift = Fraction(certificate["parameter"] or 0)
    divisor: Callable[[int], Fraction] = DIVISORS.get(certificate["method"]) or (lambda n: n + shift)
    power = _power(certificate)

    def value(party: int, own: int) -> tuple[int, Fraction]:
        votes, by = Fraction(certificate["votes"][party]) ** power, divisor(own + certificate["start_seats"][party])
        return (0, votes / by) if by else (1, votes)

    return value


def _power(certificate: Mapping[str, Any]) -> int:
    return 2 if certificate["method"] == "huntington-hill" else 1


def _remainders(certificate: Mapping[str, Any]) -> Value:
    quota = _quota(certificate)

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
    if (tied or certificate["tied_seats"]) and not 0 < certificate["tied_seats"] < len(tied):
        return False
    return best is None or not given or (min(given) > best)


def _most(certificate: Mapping[str, Any]) -> bool:
    """Does each tied list, and no other, get one more at best?"""
    tied = certificate["tied"]
    return [*certificate["most"]] == [own + (party in tied) for party, own in enumerate(certificate["seats"])]


def _figures(certificate: Mapping[str, Any]) -> bool:
    """Are the quotients, or the quota and the remainders, those of the votes?"""
    if certificate["method"] in QUOTAS:
        return _figures_of_quota(certificate)
    value, won, lost = _quotients(certificate), [], []
    for party, own in enumerate(certificate["seats"]):
        votes, most = certificate["votes"][party], certificate["max_seats"][party]
        won.append(value(party, own - 1) if votes and own > certificate["min_seats"][party] else None)
        lost.append(value(party, own) if votes and (most is None or own < most) else None)
    highest = max((each for each in lost if each), default=(0, Fraction(0)))
    finite = [worth for rank, worth in filter(None, won) if rank == 0]
    return bool(
        certificate["last_won"] == [_written(each) for each in won]
        and certificate["next_lost"] == [_written(each) for each in lost]
        and certificate["from"] == _written(highest)
        and certificate["to"] == (str(min(finite)) if finite else "infinite")
        and certificate["power"] == _power(certificate)
    )


def _written(value: tuple[int, Fraction] | None) -> str | None:
    if value is None:
        return None
    infinite, worth = value
    return "infinite" if infinite else str(worth)


def _figures_of_quota(certificate: Mapping[str, Any]) -> bool:
    votes = certificate["votes"]
    if not sum(votes) or not certificate["seats_to_give"]:
        return bool(certificate["quota"] is None)
    quota = _quota(certificate)
    order = sorted(
        (party for party, own in enumerate(votes) if own), key=lambda party: (-(votes[party] % quota), party)
    )
    return bool(
        certificate["quota"] == str(quota)
        and certificate["whole"] == [own // quota for own in votes]
        and certificate["remainders"] == [[party, str(votes[party] % quota)] for party in order]
    )


def _settled(certificate: Mapping[str, Any]) -> bool:
    """Did the policy give the tied seats by votes, and leave open only what it cannot tell apart?"""
    after, votes = certificate["settled"], certificate["votes"]
    if after is None:
        return True
    seats, left, sign = list(certificate["seats"]), certificate["tied_seats"], {"most-votes": -1, "fewest-votes": 1}
    waiting = sorted(certificate["tied"], key=lambda party: sign[after["by"]] * votes[party])
    while waiting and left:
        equal = [party for party in waiting if votes[party] == votes[waiting[0]]]
        if len(equal) > left:
            break
        seats = [own + (party in equal) for party, own in enumerate(seats)]
        waiting, left = waiting[len(equal) :], left - len(equal)
    open_to = sorted(party for party in waiting if votes[party] == votes[waiting[0]]) if left else []
    most = [own + (party in open_to) for party, own in enumerate(seats)]
    expected = {"seats": seats, "most": most, "unfilled": certificate["unfilled"], "tied": open_to, "tied_seats": left}
    return dict(after) == {"by": after["by"], **expected}


def _replayed(certificate: Mapping[str, Any]) -> bool | None:
    """Count again, with every lot."""
    votes, seats = certificate["votes"], certificate["seats_to_give"]
    if not sum(votes) or not seats:
        return _nothing_given(certificate)
    council = certificate["method"] == "dutch-municipal"
    replay = Councils(certificate).replay() if council else quota_method(certificate)
    if certificate["problem"] is not None:
        return None if certificate["problem"] == "too-many-outcomes" else False
    if replay is None or not _is_range(certificate, replay):
        return None if replay is None else False
    if not council:
        return _stepwise(certificate)
    quota = Fraction(sum(votes), seats)
    stated = certificate["quota"] == str(quota) and certificate["whole"] == [own // quota for own in votes]
    return bool(stated and certificate["steps"] == replay.steps)


def _nothing_given(certificate: Mapping[str, Any]) -> bool:
    figures = certificate["steps"] or certificate.get("quota") or certificate.get("whole")
    nothing = certificate["unfilled"] == certificate["seats_to_give"] and not any(certificate["seats"])
    return bool(nothing and not figures and certificate["problem"] is None and _nothing_open(certificate))


def _is_range(certificate: Mapping[str, Any], replay: Replay) -> bool:
    """Is the least of every result certain, and the most possible? Lists that are alike can exchange their seats."""
    alike = list(zip(*(certificate[key] for key in ("votes", "max_seats", "min_seats", "start_seats")), strict=True))
    columns = list(zip(*replay.ends, strict=True))
    seats = [min(low for low, of in zip(map(min, columns), alike, strict=True) if of == own) for own in alike]
    most = [max(high for high, of in zip(map(max, columns), alike, strict=True) if of == own) for own in alike]
    tied = [party for party, low in enumerate(seats) if most[party] > low]
    tied_seats = certificate["seats_to_give"] - replay.unfilled - sum(seats) if tied else 0
    expected: Sequence[Any] = (seats, most, tied, tied_seats, replay.unfilled, None)
    return [certificate[key] for key in ("seats", "most", "tied", "tied_seats", "unfilled", "settled")] == [*expected]


def _stepwise(certificate: Mapping[str, Any]) -> bool:
    """Does each step follow from those before? The first of the best gets the seat."""
    state, held = tuple(certificate["min_seats"]), sum(certificate["start_seats"])
    if len(certificate["steps"]) != certificate["seats_to_give"] - certificate["unfilled"] - sum(state):
        return False
    for step in certificate["steps"]:
        expected = quota_method_step(certificate, state, sum(state) + held + 1)
        if step != expected:
            return False
        state = tuple(own + (party == expected["best"][0]) for party, own in enumerate(state))
    return True
