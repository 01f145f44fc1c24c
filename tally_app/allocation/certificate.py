"""A proof of the seats that a stranger can check by hand; ``certificate_check`` does, knowing nothing of the engine."""

from fractions import Fraction
from typing import Any

from tally_app.allocation.alliances import Part
from tally_app.allocation.case import Case
from tally_app.allocation.contest import Alliance
from tally_app.allocation.methods import Quota, Special
from tally_app.allocation.methods import Sequence as DivisorSequence
from tally_app.allocation.race import Entrant

Json = dict[str, Any]


def certify(read: Case, parts: tuple[Part, ...]) -> list[Json]:
    """Return a certificate for each distribution: among everybody, and inside each alliance."""
    return [_certificate(read, each) for each in parts]


def _certificate(read: Case, part: Part) -> Json:
    names = [
        member.name or [read.names[party] for party in member.lists] if isinstance(member, Alliance)
        else read.names[member]
        for member in part.members
    ]  # fmt: skip
    found: Json = {
        "method": read.method_name,
        "of": None if part.alliance is None else part.alliance.name,
        "parties": names,
        "parameter": read.parameter,
        "votes": [entrant.votes for entrant in part.entrants],
        "min_seats": [entrant.least if entrant.votes else 0 for entrant in part.entrants],
        "max_seats": [entrant.most for entrant in part.entrants],
        "start_seats": [entrant.start if entrant.votes else 0 for entrant in part.entrants],
        "seats": list(part.result.seats),
        "unfilled": part.result.unfilled,
        "tied": list(part.result.tie.parties) if part.result.tie else [],
        "tied_seats": part.result.tie.seats if part.result.tie else 0,
    }
    if isinstance(read.contest.method, Quota):
        found |= _quota(part)
    elif not isinstance(read.contest.method, Special):
        found |= _interval(read.contest.method, part)
    return found


def _quota(part: Part) -> Json:
    if part.result.quota is None:
        return {"quota": None}
    quota = part.result.quota
    order = sorted(
        (party for party, entrant in enumerate(part.entrants) if entrant.votes),
        key=lambda party: (-(part.entrants[party].votes % quota), party),
    )
    return {
        "quota": str(quota),
        "whole": [int(entrant.votes // quota) for entrant in part.entrants],
        "remainders": [[party, str(part.entrants[party].votes % quota)] for party in order],
    }


def _interval(divisors: DivisorSequence, part: Part) -> Json:
    """Return the interval of the divisor: votes per seat that give exactly these seats when rounded by the method.

    Every quotient that won is at least its end, every one that lost at most its beginning; squared where the divisors
    are square roots. A missing end is infinite; a missing beginning, 0.
    """
    won, lost = [], []
    for party, entrant in enumerate(part.entrants):
        own = part.result.seats[party]
        if not entrant.votes:
            continue
        if own > entrant.least:
            won.append(_quotient(divisors, entrant, own - 1))
        if entrant.most is None or own < entrant.most:
            lost.append(_quotient(divisors, entrant, own))
    ends = [quotient for quotient in won if quotient is not None]
    endless = None in lost
    return {
        "power": divisors.power,
        "from": "infinite" if endless else str(max((each for each in lost if each is not None), default=0)),
        "to": str(min(ends)) if ends else "infinite",
    }


def _quotient(divisors: DivisorSequence, entrant: Entrant, own: int) -> Fraction | None:
    """Return the quotient for one more seat; None: infinite."""
    divisor = divisors.at(own + entrant.start)
    if divisor == 0:
        return None
    return Fraction(entrant.votes**divisors.power * divisors.over(own + entrant.start), divisor)
