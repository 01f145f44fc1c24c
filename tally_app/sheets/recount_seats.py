"""A region's seats by another way than the engine's: all quotients sorted, or a certificate that was checked.

Votes, limits and conditions are read from the definition as JSON has it. Nothing of ``count``, ``document`` or
``allocation/rules`` has a part in it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from tally_app.allocation.certificate_check import DIVISORS, all_hold
from tally_app.allocation.solve import solve

Json = Mapping[str, Any]
_MOST_QUOTIENTS = 20_000
"""So many are sorted; where there would be more, a certificate is asked for."""


class CannotRecount(Exception):
    """The seats cannot be computed a second time, or the certificate of the engine does not hold."""


class Runner(NamedTuple):
    """A list, or an alliance, that takes part: its votes and how many seats it may get."""

    votes: int
    least: int
    most: int | None
    start: int


class Shared(NamedTuple):
    """Seats that are certain, and the most that each can have, by runner; those for a lot, and for nobody."""

    seats: tuple[int, ...]
    most: tuple[int, ...]
    tied: int
    unfilled: int


class Seats(NamedTuple):
    """A region's seats by party key, and those that are open."""

    seats: Mapping[str, int]
    open_seats: int


class Region:
    """What decides a region's seats: its definition, the rule, and who takes part with how many votes."""

    def __init__(self, pack: Json, region: Json, votes: Mapping[str, int]) -> None:
        """*votes*: of every party of the election; 0 of those that do not take part."""
        rule = pack["rule"]
        self.method: str = rule["method"]
        self.parameter: str | None = rule.get("parameter")
        self.ties: str = rule.get("ties", "lot")
        self.total: int = region["seats"]
        own = region.get("alliances")
        self.alliances: Sequence[Json] = rule.get("alliances", []) if own is None else own
        self.votes = votes
        least, most, start = (region.get(key, {}) for key in ("min_seats", "max_seats", "start_seats"))
        minimum = rule.get("min_seats", 0)
        self.runners = {
            party: Runner(count, least.get(party, minimum), most.get(party), start.get(party, 0))
            for party, count in votes.items()
            if count
        }

    def members(self, alliance: Json | None) -> list[str]:
        """Return the keys of the lists and alliances in an alliance, or of the outermost ones."""
        if alliance is not None:
            return list(alliance["members"])
        inside = {member for each in self.alliances for member in each["members"]}
        names = (*(each["key"] for each in self.alliances), *self.votes)
        return [name for name in names if name not in inside]

    def alliance(self, name: str) -> Json | None:
        """Return the alliance of this key; None: it is a list's."""
        return next((each for each in self.alliances if each["key"] == name), None)

    def lists(self, name: str) -> list[str]:
        """Return the lists with votes in an alliance, however deep; of a list, itself."""
        alliance = self.alliance(name)
        if alliance is None:
            return [name] if name in self.runners else []
        return [each for member in alliance["members"] for each in self.lists(member)]

    def runner(self, name: str) -> Runner:
        """Return a list, or an alliance as if it were one."""
        lists = [self.runners[each] for each in self.lists(name)]
        limits = [each.most for each in lists]
        most = None if None in limits else sum(limit for limit in limits if limit is not None)
        sums = (sum(each.votes for each in lists), sum(each.least for each in lists), sum(each.start for each in lists))
        return Runner(sums[0], sums[1], most, sums[2])


def seats_of(region: Region, lot: Json | None) -> Seats:
    """Distribute a region's seats and let the recorded lot settle a tie that is open, if it was drawn for it.

    Raises: CannotRecount.
    """
    ranges, unfilled = _ranges(region, None, region.total)
    least = {party: ranges.get(party, (0, 0))[0] for party in region.votes}
    most = {party: ranges.get(party, (0, 0))[1] for party in region.votes}
    tied = sorted(party for party in least if most[party] > least[party])
    tied_seats = region.total - unfilled - sum(least.values()) if tied else 0
    if lot is not None and tied and sorted(lot["tied"]) == tied and lot["seats"] == tied_seats:
        won = {party: lot["won"].get(party, 0) for party in least}
        fits = all(own <= most[party] - least[party] for party, own in won.items()) and set(lot["won"]) <= set(tied)
        if fits and sum(won.values()) == tied_seats and _possible(region, least, won):
            return Seats({party: own + won[party] for party, own in least.items()}, unfilled)
    return Seats(least, unfilled + tied_seats)


def ranges_of(region: Region) -> Mapping[str, tuple[int, int]]:
    """Return least and most seats of every list that takes part, by its key.

    Raises: CannotRecount.
    """
    return _ranges(region, None, region.total)[0]


def _ranges(region: Region, alliance: Json | None, seats: int) -> tuple[dict[str, tuple[int, int]], int]:
    """Return least and most seats by list, and what nobody can take; alliances first, then inside each of them."""
    names = region.members(alliance)
    runners = [region.runner(name) for name in names]
    shared = _settled(region, runners, _shared(region, runners, seats))
    found: dict[str, tuple[int, int]] = {}
    unfilled = shared.unfilled
    for name, least, most in zip(names, shared.seats, shared.most, strict=True):
        inner = region.alliance(name)
        if inner is None:
            found[name] = (least, most)
            continue
        for number in range(least, most + 1):
            within, rest = _ranges(region, inner, number)
            unfilled += rest if number == least else 0
            for party, (low, high) in within.items():
                before = found.get(party, (low, high))
                found[party] = (min(low, before[0]), max(high, before[1]))
    return found, unfilled


def _shared(region: Region, runners: Sequence[Runner], seats: int) -> Shared:
    divisor = _divisor(region)
    if divisor is None or seats * len(runners) > _MOST_QUOTIENTS:
        return _certified(region, runners, seats)
    given = [each.least if each.votes else 0 for each in runners]
    if sum(given) > seats:
        return Shared((0,) * len(runners), (0,) * len(runners), 0, seats)
    power = 2 if region.method == "huntington-hill" else 1
    values = sorted(_quotients(runners, given, seats, divisor, power), reverse=True)
    left = seats - sum(given)
    if left and len(values) > left and values[left - 1][:2] == values[left][:2]:
        cut = values[left][:2]
        sure = [each for each in values if each[:2] > cut]
        tied = {each[2] for each in values if each[:2] == cut}
    else:
        sure, tied = values[:left], set()
    for _, _, place in sure:
        given[place] += 1
    most = tuple(own + (place in tied) for place, own in enumerate(given))
    return Shared(tuple(given), most, left - len(sure) if tied else 0, max(0, left - len(values)))


def _quotients(
    runners: Sequence[Runner], given: Sequence[int], seats: int, divisor: Callable[[int], Fraction], power: int
) -> Iterator[tuple[bool, Fraction, int]]:
    """Yield for every seat that somebody could take: is it ahead of all (divisor 0), its quotient, whose."""
    for place, each in enumerate(runners):
        if not each.votes:
            continue
        end = seats if each.most is None else min(each.most, seats)
        for own in range(given[place], end):
            by = divisor(own + each.start)
            yield (not by, Fraction(each.votes**power) / by if by else Fraction(each.votes), place)


def _divisor(region: Region) -> Callable[[int], Fraction] | None:
    if region.method == "stationary":
        shift = Fraction(region.parameter or 0)
        return lambda own: own + shift
    return DIVISORS.get(region.method)


def _certified(region: Region, runners: Sequence[Runner], seats: int) -> Shared:
    """Let the engine distribute, and believe its certificate, not its seats."""
    case: dict[str, Any] = {
        "method": region.method,
        "parameter": region.parameter,
        "seats": seats,
        "votes": [each.votes for each in runners],
        "min_seats": [each.least for each in runners],
        "max_seats": [each.most for each in runners],
        "start_seats": [each.start for each in runners],
    }
    if region.method != "stationary":
        del case["parameter"]
    found = solve(case, certificate=True).get("certificate", [])
    if len(found) != 1 or all_hold(found) is False:
        raise CannotRecount("the certificate of the seats does not hold")
    proof = found[0]
    asked = (case["votes"], seats, case["max_seats"])
    if (proof["votes"], proof["seats_to_give"], proof["max_seats"]) != asked or proof["settled"] is not None:
        raise CannotRecount("the certificate of the seats is of other votes or limits")
    return Shared(tuple(proof["seats"]), tuple(proof["most"]), proof["tied_seats"], proof["unfilled"])


def _settled(region: Region, runners: Sequence[Runner], shared: Shared) -> Shared:
    """Let the rule's policy settle a tie as far as it can tell the tied apart."""
    tied = [place for place, low in enumerate(shared.seats) if shared.most[place] > low]
    if region.ties == "lot" or not tied or region.method in ("balinski-young", "dutch-municipal"):
        return shared
    given, left = list(shared.seats), shared.tied
    while tied and left:
        votes = {place: runners[place].votes for place in tied}
        best = (max if region.ties == "most-votes" else min)(votes.values())
        equal = [place for place in tied if votes[place] == best]
        if len(equal) > left:
            most = tuple(own + (place in equal) for place, own in enumerate(given))
            return Shared(tuple(given), most, left, shared.unfilled)
        for place in equal:
            given[place] += 1
        tied, left = [place for place in tied if place not in equal], left - len(equal)
    return Shared(tuple(given), tuple(given), 0, shared.unfilled)


def _possible(region: Region, least: Mapping[str, int], won: Mapping[str, int]) -> bool:
    """Can a lot give just this, where not every sum of single seats can be one?"""
    if not region.alliances and region.method not in ("balinski-young", "dutch-municipal"):
        return True
    case: dict[str, Any] = {
        "method": region.method,
        "seats": region.total,
        "votes": dict(region.votes),
        "alliances": {each["key"]: list(each["members"]) for each in region.alliances},
        "min_seats": {party: each.least for party, each in region.runners.items()},
        "max_seats": {party: each.most for party, each in region.runners.items()},
        "start_seats": {party: each.start for party, each in region.runners.items()},
    }
    if region.method == "stationary":
        case["parameter"] = region.parameter
    found = solve(case, outcomes=True).get("outcomes")
    wanted = {party: own + won[party] for party, own in least.items()}
    return found is None or found["more"] or wanted in found["seats"]
