"""What a pack's rule must not say: every problem with its place and what to do about it."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from tally_app.election.model import Alliance, Pack, Region, Threshold
from tally_app.election.problem import Problem

MOST_DEPTH = 10
_ONE_METHOD_ONLY = ("balinski-young", "dutch-municipal")
"""Procedures in which one lot decides later seats, too: nothing but lots settles their ties."""


def rule_problems(pack: Pack) -> Iterator[Problem]:
    """Yield what is wrong with the rule, and with what regions add to it."""
    yield from _method(pack)
    if pack.rule.threshold is not None:
        yield from _threshold("$.rule.threshold", pack.rule.threshold, pack, 0)
    parties = {party.key for party in pack.parties}
    yield from _alliances("$.rule.alliances", pack.rule.alliances, parties)
    for index, region in enumerate(pack.regions):
        path = f"$.regions[{index}]"
        yield from _alliances(f"{path}.alliances", region.alliances or [], parties)
        yield from _limits(path, region, pack.rule.min_seats, parties)


def _method(pack: Pack) -> Iterator[Problem]:
    rule = pack.rule
    if rule.method == "stationary":
        if rule.parameter is None:
            yield Problem("$.rule", 'the method \'stationary\' needs its parameter; add "parameter": "1/3" or the like')
        elif Fraction(rule.parameter) > 1:
            yield Problem("$.rule.parameter", f"{rule.parameter} is more than 1; the divisors are n + parameter")
    elif rule.parameter is not None:
        yield Problem("$.rule.parameter", f"the method '{rule.method}' has no parameter; remove it")
    if rule.method in _ONE_METHOD_ONLY and rule.ties != "lot":
        yield Problem("$.rule.ties", f"with '{rule.method}' ties are settled by lot only; write \"lot\"")
    if rule.method != "dutch-municipal":
        return
    if rule.min_seats or any(region.min_seats or region.start_seats for region in pack.regions):
        yield Problem(
            "$.rule", "'dutch-municipal' knows no minimum and no held seats; remove min_seats and start_seats"
        )
    if rule.alliances or any(region.alliances for region in pack.regions):
        yield Problem("$.rule", "'dutch-municipal' knows no alliances; remove them")


def _threshold(path: str, threshold: Threshold, pack: Pack, depth: int) -> Iterator[Problem]:
    kinds = (threshold.share, threshold.votes, threshold.any_of or None, threshold.all_of or None)
    if sum(kind is not None for kind in kinds) != 1:
        yield Problem(path, 'a threshold has just one of "share", "votes", "any" and "all"')
        return
    if depth > MOST_DEPTH:
        yield Problem(path, f"thresholds are nested more than {MOST_DEPTH} deep; write them flatter")
        return
    for name, parts in (("any", threshold.any_of), ("all", threshold.all_of)):
        for index, part in enumerate(parts):
            yield from _threshold(f"{path}.{name}[{index}]", part, pack, depth + 1)
    shares = {f"{path}.share": threshold.share} | {
        f"{path}.coalitions[{index}].share": each.share for index, each in enumerate(threshold.coalitions)
    }
    for place, share in shares.items():
        if share is not None and Fraction(share) > 1:
            yield Problem(place, f'{share} is more than everything; write 5 % as "5/100" or "0.05"')
    if threshold.coalitions and threshold.share is None:
        yield Problem(f"{path}.coalitions", 'shares of coalitions need the "share" that is asked of the others')
    parties = {party.key for party in pack.parties}
    yield from _known(f"{path}.exempt", threshold.exempt, parties)
    fields = {field.field for field in pack.form}
    needs = {"valid+blank": "blank", "cast": "cast", "registered": "registered"}.get(threshold.base)
    if needs is not None and needs not in fields:
        yield Problem(f"{path}.base", f"a share of '{threshold.base}' needs the form field '{needs}'; add it to $.form")


def _alliances(path: str, alliances: Iterable[Alliance], parties: set[str]) -> Iterator[Problem]:
    known: dict[str, int] = {}
    by_key: dict[str, Alliance] = {}
    for index, alliance in enumerate(alliances):
        if alliance.key in parties:
            yield Problem(f"{path}[{index}].key", f"'{alliance.key}' is a party's key; give the alliance another one")
        if alliance.key in by_key:
            yield Problem(f"{path}[{index}].key", f"'{alliance.key}' stands twice; every key must be different")
        by_key[alliance.key] = alliance
    for index, alliance in enumerate(alliances):
        for number, member in enumerate(alliance.members):
            place = f"{path}[{index}].members[{number}]"
            if member not in parties and member not in by_key:
                yield Problem(place, f"there is no party or alliance '{member}'; correct the key or define it")
            elif known.setdefault(member, index) != index or alliance.members.count(member) > 1:
                yield Problem(place, f"'{member}' is in two alliances; a list can be in one only")
    if any(_contains_itself(key, by_key) for key in by_key):
        yield Problem(path, "alliances are members of each other; one must be outermost")


def _contains_itself(key: str, alliances: Mapping[str, Alliance]) -> bool:
    seen: set[str] = set()
    below = list(alliances[key].members)
    while below:
        member = below.pop()
        if member == key:
            return True
        if member in alliances and member not in seen:
            seen.add(member)
            below += alliances[member].members
    return False


def _limits(path: str, region: Region, minimum: int, parties: set[str]) -> Iterator[Problem]:
    for name, seats in (
        ("min_seats", region.min_seats),
        ("max_seats", region.max_seats),
        ("start_seats", region.start_seats),
    ):
        yield from _known(f"{path}.{name}", seats, parties)
    for key, most in region.max_seats.items():
        least = region.min_seats.get(key, minimum)
        if least > most:
            yield Problem(
                f"{path}.max_seats.{key}",
                f"'{key}' can take {most} seats but gets at least {least}; correct one of them",
            )


def _known(path: str, keys: Iterable[str], parties: set[str]) -> Iterator[Problem]:
    for key in keys:
        if key not in parties:
            yield Problem(path, f"there is no party '{key}'; correct the key or define it")
