"""A proof of the seats that a stranger can check by hand; ``certificate_check`` does, knowing nothing of the engine."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from tally_app.allocation import balinski_young
from tally_app.allocation.alliances import Part
from tally_app.allocation.case import Case
from tally_app.allocation.conditions import Condition, Threshold, standing
from tally_app.allocation.contest import Alliance, Contest, Member
from tally_app.allocation.dutch import Stage
from tally_app.allocation.methods import Quota, Special
from tally_app.allocation.methods import Sequence as DivisorSequence
from tally_app.allocation.race import Entrant, Result

Json = dict[str, Any]


def certify(read: Case, parts: tuple[Part, ...]) -> list[Json]:
    """Return a certificate of who takes part, where there is a threshold, and one for each distribution.

    The first distribution is that among everybody, then each inside an alliance whose number of seats is certain.
    ``certificate_check.holds`` checks one, ``all_hold`` all of them and that they fit together.
    Quotients and remainders are exact fractions as text; lists are positions in ``parties``, unless they are named.
    """
    contest = read.contest
    who = [] if contest.condition is None else [_standing(read, contest, contest.condition)]
    return [*who, *(_certificate(read, each) for each in parts)]


def _certificate(read: Case, part: Part) -> Json:
    found: Json = {
        "method": read.method_name,
        "of": None if part.alliance is None else part.alliance.name,
        "parties": [
            member.name or [read.names[party] for party in member.lists]
            if isinstance(member, Alliance)
            else read.names[member]
            for member in part.members
        ],
        "members": [_named(read, member) for member in part.members],
        "parameter": read.parameter,
        "seats_to_give": part.seats,
        "votes": [entrant.votes for entrant in part.entrants],
        "total_votes": sum(entrant.votes for entrant in part.entrants),
        "min_seats": [entrant.least if entrant.votes else 0 for entrant in part.entrants],
        "max_seats": [entrant.most for entrant in part.entrants],
        "start_seats": [entrant.start if entrant.votes else 0 for entrant in part.entrants],
        **_seats(part.result),
        "problem": part.result.problem,
        "settled": None if part.settled is part.result else {"by": str(read.contest.policy), **_seats(part.settled)},
    }
    if part.result.problem != "minimum-over-seats":
        found |= _proof(read.contest, part)
    return found


def _named(read: Case, member: Member) -> object:
    """Return a list's name, or an array for an alliance; it is nested as the alliances are."""
    if isinstance(member, Alliance):
        return [_named(read, each) for each in member.members]
    return read.names[member]


def _seats(result: Result) -> Json:
    return {
        "seats": list(result.seats),
        "most": [result.most(party) for party in range(len(result.seats))],
        "unfilled": result.unfilled,
        "tied": list(result.tie.parties) if result.tie else [],
        "tied_seats": result.tie.seats if result.tie else 0,
    }


def _proof(contest: Contest, part: Part) -> Json:
    if isinstance(contest.method, Quota):
        return _quota(part)
    if contest.method is Special.BALINSKI_YOUNG:
        return {"steps": _quota_method(part.entrants, part.seats) if part.result.problem is None else []}
    if contest.method is Special.DUTCH_MUNICIPAL:
        return _council(part)
    assert not isinstance(contest.method, Special)
    return _interval(contest.method, part)


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
    """Return the interval of the price: for any in it, a list has a seat for each divisor below votes ÷ price.

    Every quotient (votes ÷ 1, 3, 5, … as the law writes its divisors) that won is at least its end, every one that lost
    at most its beginning; squared where the divisors are square roots. A missing end is infinite; a missing beginning,
    0.
    """
    won: list[Fraction | str | None] = []
    lost: list[Fraction | str | None] = []
    for own, entrant in zip(part.result.seats, part.entrants, strict=True):
        can_lose = entrant.votes and own > entrant.least
        can_gain = entrant.votes and (entrant.most is None or own < entrant.most)
        won.append(_quotient(divisors, entrant, own - 1) if can_lose else None)
        lost.append(_quotient(divisors, entrant, own) if can_gain else None)
    ends = [each for each in won if isinstance(each, Fraction)]
    begins = [each for each in lost if isinstance(each, Fraction)]
    return {
        "power": divisors.power,
        "from": "infinite" if "infinite" in lost else str(max(begins, default=0)),
        "to": str(min(ends)) if ends else "infinite",
        "last_won": [None if each is None else str(each) for each in won],
        "next_lost": [None if each is None else str(each) for each in lost],
    }


def _quotient(divisors: DivisorSequence, entrant: Entrant, own: int) -> Fraction | str:
    """Return the quotient for one more seat."""
    divisor = divisors.at(own + entrant.start)
    if divisor == 0:
        return "infinite"
    return Fraction(entrant.votes**divisors.power * divisors.over(own + entrant.start), divisor)


def _quota_method(entrants: Sequence[Entrant], seats: int) -> list[Json]:
    """Return one way in which the seats can be given, seat by seat; a lot could name another of *best*."""
    state = tuple(entrant.least if entrant.votes else 0 for entrant in entrants)
    total = sum(entrant.votes for entrant in entrants)
    held = sum(entrant.start for entrant in entrants if entrant.votes)
    steps: list[Json] = []
    for number in range(sum(state) + held + 1, seats + held + 1):
        best = balinski_young.leaders_of(entrants, state, total, number)
        if not best:
            break
        own = state[best[0]] + entrants[best[0]].start
        below = balinski_young.below_upper_quota(entrants, state, total, number)
        quotient = Fraction(entrants[best[0]].votes, own + 1)
        steps.append({"seat": number, "below_upper_quota": below, "best": best, "quotient": str(quotient)})
        state = (*state[: best[0]], state[best[0]] + 1, *state[best[0] + 1 :])
    return steps


def _council(part: Part) -> Json:
    """Return the quota and the steps up to the first lot."""
    total = sum(entrant.votes for entrant in part.entrants)
    if not total or not part.seats:
        return {"quota": None, "whole": [], "steps": []}
    return {
        "quota": str(Fraction(total, part.seats)),
        "whole": [entrant.votes * part.seats // total for entrant in part.entrants],
        "steps": [
            {"stage": str(award.stage), "party": award.party, "seats": award.seats, "value": _text(award.value)}
            for award in part.result.awards
            if award.stage != Stage.FULL
        ],
    }


def _text(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _standing(read: Case, contest: Contest, condition: Condition) -> Json:
    return {
        "condition": _condition(contest, condition),
        "parties": list(read.names),
        "votes": list(contest.votes),
        "total_votes": sum(contest.votes),
        "alliances": [list(each.lists) for each in contest.alliances],
        "partners": list(contest.partners) or [1] * len(contest.votes),
        "stands": contest.standing(),
    }


def _condition(contest: Contest, condition: Condition) -> Json:
    if not isinstance(condition, Threshold):
        together = "all" if condition.all_of_them else "any"
        return {together: [_condition(contest, each) for each in condition.conditions]}
    groups = [each.lists for each in contest.alliances]
    return {
        "share": _text(condition.share),
        "votes": condition.votes,
        "base": condition.base,
        "inclusive": condition.inclusive,
        "exempt": sorted(condition.exempt),
        "alliances": condition.alliances,
        "coalitions": [[size, str(share)] for size, share in condition.coalitions],
        "elsewhere": list(condition.elsewhere),
        "passes": standing(condition, contest.votes, groups, contest.partners or None),
    }
