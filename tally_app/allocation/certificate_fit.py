"""Checks that certificates fit together: who takes part, and each alliance's seats among its lists.

Nothing here imports the engine, so that an error there cannot hide here.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

Certificate = Mapping[str, Any]


def is_threshold(certificate: Certificate) -> bool:
    """Tell whether a certificate of who takes part follows from its votes."""
    votes, stands = certificate["votes"], certificate["stands"]
    if len({len(votes), len(stands), len(certificate["parties"]), len(certificate["partners"])}) != 1:
        return False
    if any(type(own) is not int or own < 0 for own in votes) or sum(votes) != certificate["total_votes"]:
        return False
    return bool(stands == _standing(certificate, certificate["condition"]))


def _standing(certificate: Certificate, condition: Certificate) -> list[bool] | None:
    """Return who passes; None: the condition states something else about one of its parts."""
    for together, holds in (("all", all), ("any", any)):
        if together in condition:
            each = [_standing(certificate, part) for part in condition[together]]
            known = [part for part in each if part is not None]
            return [holds(answers) for answers in zip(*known, strict=True)] if len(known) == len(each) else None
    passing = [_passes(certificate, condition, party) for party in range(len(certificate["votes"]))]
    return passing if passing == condition["passes"] else None


def _passes(certificate: Certificate, condition: Certificate, party: int) -> bool:
    if party in condition["exempt"]:
        return True
    elsewhere = condition["elsewhere"] or [0] * len(certificate["votes"])
    counted = [own + more for own, more in zip(certificate["votes"], elsewhere, strict=True)]
    together = [party]
    if condition["alliances"]:
        together = next((lists for lists in certificate["alliances"] if party in lists), together)
    own = sum(counted[each] for each in together)
    if condition["share"] is None:
        needed = Fraction(condition["votes"])
    else:
        size = sum(certificate["partners"][each] for each in together)
        asked = [share for of, share in sorted(condition["coalitions"]) if of <= size] or [condition["share"]]
        needed = Fraction(asked[-1]) * (sum(counted) if condition["base"] is None else condition["base"])
    return bool(own >= needed if condition["inclusive"] else own > needed)


def fit(certificates: Sequence[Certificate]) -> bool:
    """Tell whether distributions fit each other and the certificate of who takes part, each of them holding by itself.

    The votes of a list that takes part are those it has, of any other 0; each alliance has the votes and limits of its
    lists, and gives them just the seats that it got.
    """
    who = [each for each in certificates if "condition" in each]
    parts = [each for each in certificates if "condition" not in each]
    members = [(part, place) for part in parts for place in range(len(part["members"]))]
    inner = [part for part in parts if any(_member(*each) == part["members"] for each in members)]
    outer = [part for part in parts if part not in inner]
    if len(who) > 1 or len(outer) != 1 or outer[0]["of"] is not None:
        return False
    return all(_fits(part, place, parts) for part, place in members) and all(
        _has_votes(standing, part, place) for standing in who for part, place in members
    )


def _member(part: Certificate, place: int) -> object:
    return part["members"][place]


def _fits(part: Certificate, place: int, parts: Sequence[Certificate]) -> bool:
    """Is a member a list, an alliance whose seats are open, or one whose seats another certificate distributes?"""
    if not isinstance(_member(part, place), list):
        return True
    result = part["settled"] or part
    least, most = result["seats"][place], result["most"][place]
    inside = [each for each in parts if each["members"] == _member(part, place)]
    if least != most or not inside:
        return least != most and not inside
    (within,) = inside
    limits = [most for most, own in zip(within["max_seats"], within["votes"], strict=True) if own]
    highest = None if None in limits else sum(limits)
    return bool(
        (within["seats_to_give"], within["total_votes"]) == (least, part["votes"][place])
        and (sum(within["min_seats"]), sum(within["start_seats"]))
        == (part["min_seats"][place], part["start_seats"][place])
        and highest == part["max_seats"][place]
        and within["method"] == part["method"]
        and within["parameter"] == part["parameter"]
    )


def _has_votes(standing: Certificate, part: Certificate, place: int) -> bool:
    votes = {
        name: own if stands else 0
        for name, own, stands in zip(standing["parties"], standing["votes"], standing["stands"], strict=True)
    }
    return bool(part["votes"][place] == sum(votes[name] for name in _names(_member(part, place))))


def _names(member: object) -> list[object]:
    return [name for each in member for name in _names(each)] if isinstance(member, list) else [member]
