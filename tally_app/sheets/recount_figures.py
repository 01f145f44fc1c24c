"""What each figure of a sheet must be, by the second count; and what a printed figure says."""

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from math import floor
from types import MappingProxyType
from typing import NamedTuple

from tally_app.allocation.certificate_check import DIVISORS
from tally_app.sheets.about import About
from tally_app.sheets.recount import CHAMBER, Recount


class Root(NamedTuple):
    """A square root, exactly: divisors of Huntington-Hill, and the quotients that they make."""

    square: Fraction


Value = int | Fraction | Root | None
"""A number, exactly; None: nothing is entered, or there is none."""

_NUMBER = re.compile(r"[+−-]?[0-9]{1,3}(,[0-9]{3})*(\.[0-9]+)?|[+−-]?[0-9]+(\.[0-9]+)?")
_FRACTION = re.compile(r"[0-9]+/[1-9][0-9]*")
_DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")
NOTHING = ("", "–")
"""How a sheet says that there is no figure."""


class UnknownFigure(Exception):
    """A figure of a kind that the second count does not know."""


def plain(text: str) -> str:
    """Return a printed text with European digits."""
    return text.translate(_DIGITS).strip()


def is_number(text: str) -> bool:
    """Tell whether a text is nothing but a figure."""
    return _NUMBER.fullmatch(plain(text).removesuffix("%").strip()) is not None


def says(text: str, value: Value) -> bool:
    """Tell whether a printed text is this value: half up to as many decimals as it is printed with."""
    printed = plain(text).removesuffix("%").strip()
    if isinstance(value, Root):
        return _says_root(printed, value.square)
    if value is not None and _FRACTION.fullmatch(printed):
        return Fraction(printed) == value
    if value is None or printed in NOTHING:
        return value is None and printed in NOTHING
    if _NUMBER.fullmatch(printed) is None:
        return False
    number = printed.replace(",", "").replace("−", "-")
    decimals = len(number.partition(".")[2])
    return Fraction(number) == Fraction(floor(Fraction(value) * 10**decimals + Fraction(1, 2)), 10**decimals)


def _says_root(printed: str, square: Fraction) -> bool:
    if printed.startswith("√"):
        return printed[1:].isdecimal() and int(printed[1:]) == square
    if _NUMBER.fullmatch(printed) is None:
        return False
    number, step = printed.replace(",", ""), Fraction(1, 2 * 10 ** len(printed.partition(".")[2]))
    low, high = Fraction(number) - step, Fraction(number) + step
    return (low < 0 or low**2 <= square) and square < high**2


def written(value: Value) -> str:
    """Write a value for a message."""
    if value is None:
        return "nothing"
    if isinstance(value, Root):
        return f"√{value.square}"
    if isinstance(value, Fraction) and value.denominator != 1:
        return f"{floor(value * 100 + Fraction(1, 2)) / 100:.2f}"
    return f"{int(value):,}".replace("-", "−")


def value_of(count: Recount, about: About) -> Value:
    """Return what a figure must be.

    Raises: UnknownFigure: there is no such figure. CannotRecount: the seats could not be computed.
    """
    compute = _FIGURES.get(about.figure)
    try:
        if compute is not None:
            return compute(count, about)
        if about.figure in count.fields:
            return count.figure(about.place, about.figure)
    except KeyError as error:
        raise UnknownFigure(f"there is no {error}") from error
    raise UnknownFigure(f"there is no figure '{about.figure}'")


def _votes(count: Recount, about: About) -> int | None:
    return count.figure(about.place, about.party) if about.party else count.votes(about.place)


def _valid(count: Recount, about: About) -> Value:
    return count.figure(about.place, "valid") if "valid" in count.fields else count.votes(about.place)


def _share(count: Recount, about: About) -> Value:
    return _percent(_votes(count, about), count.votes(about.place))


def _turnout(count: Recount, about: About) -> Value:
    return _percent(count.figure(about.place, "cast"), count.figure(about.place, "registered"))


def _percent(part: int | None, whole: int | None) -> Value:
    return Fraction(100 * part) / whole if part is not None and whole else None


def _seats(count: Recount, about: About) -> Value:
    seats = count.seats(about.place)
    if about.party and about.place != CHAMBER and not count.stands(about.place, about.party):
        return None
    return seats.seats[about.party] if about.party else sum(seats.seats.values()) + seats.open_seats


def _seats_to_fill(count: Recount, about: About) -> Value:
    if about.place != CHAMBER:
        return int(count.regions[about.place]["seats"])
    return int(count.pack["chamber"]["elected_seats"])


def _last_seats(count: Recount, about: About) -> Value:
    if about.party:
        seats: int | None = count.parties[about.party].get("last_seats")
        return seats
    known = [seats for party in count.parties.values() if (seats := party.get("last_seats")) is not None]
    return sum(known) if known else None


def _change(count: Recount, about: About) -> Value:
    party = count.parties[about.party]
    last: int | None = 0 if party.get("new") and party.get("last_seats") is None else party.get("last_seats")
    return None if last is None else count.seats(CHAMBER).seats[about.party] - last


def _signed(kind: str) -> Callable[[Recount, About], Value]:
    def first(count: Recount, about: About) -> Value:
        signed = count.first_signed(about.place) or {}
        own: int | None = signed.get(kind, {}).get(about.party)
        return own

    return first


def _difference(count: Recount, about: About) -> Value:
    before = _signed("votes")(count, about)
    return None if not isinstance(before, int) else (_votes(count, about) or 0) - before


def _of_lot(kind: str, otherwise: int | None) -> Callable[[Recount, About], Value]:
    def drawn(count: Recount, about: About) -> Value:
        lot = count.lot(about.place)
        if lot is None:
            raise UnknownFigure(f"there is no lot in {about.place}")
        own: int | None = lot[kind].get(about.party, otherwise)
        return own

    return drawn


def _appointed(count: Recount, _: About) -> Value:
    return sum(int(each["seats"]) for each in count.pack["chamber"].get("appointed", ()))


def _all_seats(count: Recount, _: About) -> int:
    return int(count.pack["chamber"]["total_seats"])


def _majority(count: Recount, about: About) -> Value:
    return _all_seats(count, about) // 2 + 1


def _divisor(count: Recount, about: About) -> Value:
    divisor = _exact_divisor(count, about)
    return Root(divisor) if _in_squares(count) else divisor


def _quotient(count: Recount, about: About) -> Value:
    divisor = _exact_divisor(count, about)
    if not divisor:
        return None
    votes = count.votes_that_count(about.place, about.party)
    return Root(votes**2 / divisor) if _in_squares(count) else votes / divisor


def _exact_divisor(count: Recount, about: About) -> Fraction:
    """Return the divisor of a list that has so many seats; of Huntington-Hill its square."""
    rule, start = count.pack["rule"], count.regions[about.place].get("start_seats", {}).get(about.party, 0)
    own: int = (about.step or 0) + start
    if rule["method"] == "stationary":
        return own + Fraction(rule["parameter"])
    if rule["method"] not in DIVISORS:
        raise UnknownFigure(f"'{rule['method']}' has no divisors")
    return DIVISORS[rule["method"]](own)


def _in_squares(count: Recount) -> bool:
    return bool(count.pack["rule"]["method"] == "huntington-hill")


_FIGURES: Mapping[str, Callable[[Recount, About], Value]] = MappingProxyType(
    {
        "votes": _votes,
        "valid": _valid,
        "share": _share,
        "turnout": _turnout,
        "seats": _seats,
        "open-seats": lambda count, about: count.seats(about.place).open_seats,
        "seats-to-fill": _seats_to_fill,
        "ballot": lambda count, about: int(count.parties[about.party]["ballot"]),
        "last-seats": _last_seats,
        "change": _change,
        "signed-votes": _signed("votes"),
        "signed-seats": _signed("seats"),
        "difference": _difference,
        "lot-votes": _of_lot("votes", None),
        "lot-won": _of_lot("won", 0),
        "appointed": _appointed,
        "all-seats": _all_seats,
        "majority": _majority,
        "divisor": _divisor,
        "quotient": _quotient,
    }
)
