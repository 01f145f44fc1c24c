"""A case as JSON states it, read into values. Whatever is wrong with it is a ``Refusal`` with a code and a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tally_app.allocation.conditions import Combined, Condition, Threshold
from tally_app.allocation.contest import Alliance, Contest
from tally_app.allocation.methods import METHODS, NAMES, STATIONARY, Method, Special, stationary

MOST_SEATS = 10_000_000
MOST_VOTES = 10**1000
"""Beyond it fractions could no longer be written."""
MOST_DEPTH = 20

Places = Mapping[str | int, int]
"""The position of each list, by what the case calls it."""


class Refusal(Exception):
    """A case that cannot be read. Caught at the door; nobody outside sees it raised."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        self.message = message
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Case:
    """What is to be solved, and how the case names the lists."""

    names: tuple[str | int, ...]
    by_name: bool
    method_name: str
    parameter: str | None
    contest: Contest


def read_case(case: object) -> Case:
    """Read a case; raise ``Refusal`` if it is not one."""
    if not isinstance(case, Mapping):
        raise Refusal("bad-case", "A case is an object.")
    for key in ("method", "seats", "votes"):
        if key not in case:
            raise Refusal("missing", f"The case has no {key}.")
    names, counts = _votes(case["votes"])
    places = dict(zip(names, range(len(names)), strict=True))
    seats = _whole(case["seats"], "bad-seats", "The number of seats")
    if seats > MOST_SEATS:
        raise Refusal("bad-seats", f"At most {MOST_SEATS} seats can be distributed.")
    least = _by_list(case, "min_seats", places)
    most = _by_list(case, "max_seats", places)
    start = _by_list(case, "start_seats", places)
    for name, low, high in zip(names, least, most, strict=False):
        if low is not None and high is not None and low > high:
            raise Refusal("bad-min_seats", f"The minimum of {_shown(name)} is above its maximum.")
    method = _method(case)
    contest = Contest(
        method=method,
        seats=seats,
        votes=counts,
        condition=_condition(case.get("threshold"), places),
        least=tuple([each or 0 for each in least]),
        most=most,
        start=tuple([each or 0 for each in start]),
        alliances=_alliances(case.get("alliances"), places),
    )
    if method is Special.DUTCH_MUNICIPAL and (any(contest.least) or any(contest.start) or contest.alliances):
        raise Refusal("not-in-method", "dutch-municipal knows no minimum, no held seats and no alliances.")
    parameter = None if case.get("parameter") is None else str(Fraction(case["parameter"]))
    return Case(names, isinstance(case["votes"], Mapping), case["method"], parameter, contest)


def _votes(given: object) -> tuple[tuple[str | int, ...], tuple[int, ...]]:
    """Return the lists' names, or positions, and their votes."""
    if isinstance(given, Mapping):
        names: tuple[str | int, ...] = tuple(given)
        counts = tuple(given.values())
    elif isinstance(given, list | tuple):
        names, counts = tuple(range(len(given))), tuple(given)
    else:
        raise Refusal("bad-votes", "Votes are an object by list, or an array.")
    if set(map(type, counts)) != {int} or min(counts) < 0 or max(counts) > MOST_VOTES:
        for name, count in zip(names, counts, strict=True):
            _whole(count, "bad-votes", f"Votes of {_shown(name)}")
    return names, counts


def _whole(figure: object, code: str, what: str) -> int:
    if isinstance(figure, bool) or not isinstance(figure, int) or figure < 0:
        raise Refusal(code, f"{what} must be a whole number from 0 on, not {_shown(figure)}.")
    if figure > MOST_VOTES:
        raise Refusal(code, f"{what} must not have more than 1000 digits.")
    return figure


def _shown(value: object) -> str:
    try:
        text = repr(value)
    except (ValueError, RecursionError):  # too long a number, or too deep
        return "this"
    return text if len(text) <= 40 else text[:37] + "..."


def _fraction(text: object, code: str, what: str) -> Fraction:
    if isinstance(text, int) and not isinstance(text, bool):
        return Fraction(text)
    if isinstance(text, str) and len(text) <= 100 and "e" not in text.lower():
        try:
            return Fraction(text)
        except (ValueError, ZeroDivisionError):
            pass
    raise Refusal(code, f'{what} must be an exact fraction as text, such as "1/4", not {_shown(text)}.')


def _method(case: Mapping[str, Any]) -> Method:
    name, parameter = case["method"], case.get("parameter")
    if not isinstance(name, str) or name not in NAMES:
        raise Refusal("unknown-method", f"There is no method {_shown(name)}. Methods: {', '.join(NAMES)}.")
    if name != STATIONARY:
        if parameter is not None:
            raise Refusal("bad-parameter", f"{name} takes no parameter.")
        return METHODS[name]
    if parameter is None:
        raise Refusal("bad-parameter", 'stationary needs a parameter, such as "1/4".')
    exact = _fraction(parameter, "bad-parameter", "The parameter")
    if not 0 <= exact <= 1:
        raise Refusal("bad-parameter", "The parameter of stationary lies between 0 and 1.")
    return stationary(exact)


def _position(party: object, places: Places, code: str) -> int:
    if isinstance(party, str | int) and not isinstance(party, bool) and party in places:
        return places[party]
    raise Refusal(code, f"There is no list {_shown(party)}.")


def _by_list(case: Mapping[str, Any], key: str, places: Places) -> tuple[int | None, ...]:
    """Return a figure by list: from an object or an array as the votes are, or one for all; empty: none given."""
    given = case.get(key)
    if given is None:
        return ()
    code = f"bad-{key}"
    if isinstance(given, Mapping):
        figures = {_position(_as_name(party, places), places, code): figure for party, figure in given.items()}
        each = [figures.get(position) for position in range(len(places))]
    elif isinstance(given, list | tuple):
        if len(given) != len(places):
            raise Refusal(code, f"{key} has {len(given)} figures for {len(places)} lists.")
        each = list(given)
    else:
        _whole(given, code, key)
        each = [given] * len(places)
    return tuple(None if figure is None else _whole(figure, code, key) for figure in each)


def _as_name(party: object, places: Places) -> object:
    """In an object, positions are text."""
    if isinstance(party, str) and party not in places and party.isascii() and party.isdecimal() and len(party) < 10:
        position = int(party)
        return position if position in places and str(position) == party else party
    return party


def _condition(given: object, places: Places, depth: int = 0) -> Condition | None:
    code = "bad-threshold"
    if given is None:
        return None
    if not isinstance(given, Mapping) or depth > MOST_DEPTH:
        raise Refusal(code, "A threshold is an object with share or votes.")
    for together in ("any", "all"):
        if together in given:
            parts = given[together]
            if len(given) != 1 or not isinstance(parts, list) or not parts or None in parts:
                raise Refusal(code, f"{together} is an array of thresholds, alone in its object.")
            read = tuple(_condition(part, places, depth + 1) for part in parts)
            return Combined(tuple(part for part in read if part is not None), together == "all")
    unknown = set(given) - {"share", "votes", "base", "inclusive", "exempt", "alliances"}
    if unknown or ("share" in given) == ("votes" in given):
        raise Refusal(code, "A threshold has either share or votes, and base, inclusive, exempt, alliances if needed.")
    flags = [given.get("inclusive", True), given.get("alliances", False)]
    exempt = given.get("exempt", [])
    if not all(isinstance(flag, bool) for flag in flags) or not isinstance(exempt, list):
        raise Refusal(code, "inclusive and alliances are true or false, exempt is an array of lists.")
    share = _fraction(given["share"], code, "The share") if "share" in given else None
    if share is not None and not 0 <= share <= 1:
        raise Refusal(code, "The share lies between 0 and 1.")
    base = given.get("base")
    return Threshold(
        share,
        _whole(given["votes"], code, "The votes of a threshold") if "votes" in given else None,
        None if base is None else _whole(base, code, "The base of a threshold"),
        flags[0],
        frozenset(_position(party, places, code) for party in exempt),
        flags[1],
    )


def _alliances(given: object, places: Places) -> tuple[Alliance, ...]:
    """Read {"name": [lists, or names of other alliances]} or [[lists, or arrays of lists]]."""
    code = "bad-alliances"
    if given is None:
        return ()
    if isinstance(given, Mapping):
        inner = [
            member for members in given.values() if isinstance(members, list) for member in members
            if isinstance(member, str) and member in given and member not in places
        ]  # fmt: skip
        if len(set(inner)) < len(inner):
            raise Refusal(code, "An alliance can be in one other alliance only.")
        outer = [name for name in given if name not in inner]
        read = tuple(_alliance(given[name], places, given, str(name), 0) for name in outer)
        if len(given) != sum(len(alliance.names) for alliance in read):
            raise Refusal(code, "Alliances are members of each other.")
    elif isinstance(given, list | tuple):
        read = tuple(_alliance(members, places, {}, "", 0) for members in given)
    else:
        raise Refusal(code, "Alliances are an object by name, or an array of arrays.")
    lists = [party for alliance in read for party in alliance.lists]
    if len(set(lists)) < len(lists):
        raise Refusal(code, "A list can be in one alliance only.")
    return read


def _alliance(members: object, places: Places, others: Mapping[Any, Any], name: str, depth: int) -> Alliance:
    if not isinstance(members, list | tuple) or depth > MOST_DEPTH:
        raise Refusal("bad-alliances", "An alliance is an array of lists.")
    read: list[int | Alliance] = []
    for member in members:
        if isinstance(member, list | tuple):
            read.append(_alliance(member, places, others, "", depth + 1))
        elif isinstance(member, str) and member in others and member not in places:
            read.append(_alliance(others[member], places, others, member, depth + 1))
        else:
            read.append(_position(member, places, "bad-alliances"))
    return Alliance(tuple(read), name)
