"""Repairs and causes as they are read: "1,191 is probably 1,911", and the arithmetic before and after."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from tally_app.checks.causes import Cause
from tally_app.checks.claims import Claim
from tally_app.checks.finding import Place
from tally_app.checks.repair import Repair, Repairs
from tally_app.checks.slips import Kind
from tally_app.wording.findings import capital, sentence
from tally_app.wording.names import Names
from tally_app.wording.numbers import counted, grouped, listed

MOST_NAMED = 4
"""So many claims are named in a sentence; the others are counted."""

_SLIPS: Mapping[Kind, str] = {
    Kind.TRANSPOSED: "two digits swapped",
    Kind.DOUBLED: "a digit typed twice",
    Kind.DROPPED: "a digit left out",
    Kind.CHANGED: "one digit wrong",
}


class Line(NamedTuple):
    """One claim, before and after a repair."""

    claim: str
    stated: str
    before: str
    after: str
    effect: str
    """What the repair does to it: ``right``, ``wrong``, ``closer``, or ``not counted``."""


def repair_sentence(names: Names, repair: Repair, repairs: Repairs) -> str:
    """Say what stands there, what it probably is, and why. *repairs*: all that were found."""
    parts = [f"{_suspicion(names, repair, repairs)}."]
    if repair.fixed:
        parts.append(f"That makes {_claims(names, repair.fixed)} right{_seats(repair)}.")
    if repair.broken:
        parts.append(f"It makes {_claims(names, repair.broken)} wrong.")
    return " ".join(parts)


def repair_title(names: Names, repair: Repair) -> str:
    """Say in one breath what would be entered: for a menu, and as the reason of the entry."""
    place = _where(names, repair.place)
    match repair.kind:
        case Kind.EXCHANGED:
            one, other = repair.changes
            columns = listed([_column(names, each.cell.column) for each in repair.changes])
            return f"{place}: {columns} {_figure(one.new)} and {_figure(other.new)}"
        case Kind.ENTERED_TWICE:
            return f"{place}: clear this unit"
        case Kind.LEFT_OUT | Kind.COUNTED_TWICE:
            return f"{place}: nothing to enter"
        case _:
            (change,) = repair.changes
            return f"{place}: {_figure(change.old)} → {_figure(change.new)}"


def lines(names: Names, repair: Repair) -> list[Line]:
    """Return the arithmetic: every claim that the repair touches, before and after."""
    effects = (
        (repair.fixed, "right"),
        (repair.broken, "wrong"),
        (repair.closer, "closer"),
        (repair.set_aside, "not counted"),
    )
    return [_line(names, claim, effect) for claims, effect in effects for claim in claims]


def cause_line(names: Names, cause: Cause) -> str:
    """Say in one line what is probably wrong, and how much hangs on it."""
    if cause.repair is None:
        head = f"{names.place(cause.head.place)}: {sentence(names, cause.head)}"
        more = len(cause.others)
        return f"{head} (+{more})" if more else head
    smaller = len(cause.closer)
    removed = sum(each.code != "N404" for each in cause.findings) - smaller
    text = f"{_suspicion(names, cause.repair, None)}: explains {counted(removed, 'finding', 'findings')}"
    return f"{text}, {smaller} more {'comes' if smaller == 1 else 'come'} closer." if smaller else f"{text}."


def _suspicion(names: Names, repair: Repair, repairs: Repairs | None) -> str:
    """What is probably wrong; with *repairs*, how many other cells explain as much."""
    place = _where(names, repair.place)
    rivals = {each.where for each in repairs.rivals(repair)} if repairs else set()
    likely = "may be" if rivals else "is probably"
    match repair.kind:
        case Kind.EXCHANGED:
            one, other = repair.changes
            columns = [_column(names, each.cell.column) for each in (one, other)]
            figures = f"{columns[0]} {_figure(one.old)} and {columns[1]} {_figure(other.old)}"
            text = f"{place}: {figures} {'may have' if rivals else 'have probably'} changed places"
        case Kind.ENTERED_TWICE:
            text = f"{place}: {likely} another unit's form, entered once more"
        case Kind.LEFT_OUT:
            text = f"{capital(names.source(repair.source))} {'may have' if rivals else 'has probably'} left out {place}"
        case Kind.COUNTED_TWICE:
            verb = "may have" if rivals else "has probably"
            text = f"{capital(names.source(repair.source))} {verb} counted {place} twice"
        case _:
            text = f"{place}: {_number(repair, repairs, likely)} ({_SLIPS[repair.kind]})"
    return f"{text}, one of {len(rivals) + 1} {_places(repair)}" if rivals else text


def _number(repair: Repair, repairs: Repairs | None, likely: str) -> str:
    (change,) = repair.changes
    others = repairs.numbers(repair) if repairs else (repair,)
    new = dict.fromkeys(_figure(each.changes[0].new) for each in (repair, *others))
    return f"{_figure(change.old)} {likely} {listed(list(new)[:MOST_NAMED], 'or')}"


def _places(repair: Repair) -> str:
    return "cells" if repair.kind in _SLIPS or repair.kind is Kind.EXCHANGED else "explanations"


def _claims(names: Names, claims: Sequence[Claim]) -> str:
    """``85.92 % and 11.92 % of the summary box``: what is named, by its source."""
    by_source: dict[str | None, list[str]] = {}
    for claim in claims[:MOST_NAMED]:
        by_source.setdefault(claim.source, []).append(_CLAIMS[claim.code](names, claim))
    said = [
        f"{listed(list(dict.fromkeys(texts)))}{f' of {names.source(source)}' if source else ''}"
        for source, texts in by_source.items()
    ]
    more = len(claims) - MOST_NAMED
    return listed([*said, f"{more} more"] if more > 0 else said)


def _total(names: Names, claim: Claim) -> str:
    what = f"votes ({claim.place.party})" if claim.place.party else names.figure(claim.figure)
    return f"{_printed(claim.stated)} {what}"


def _seat(_: Names, claim: Claim) -> str:
    return f"{counted(int(claim.stated), 'seat', 'seats')} ({claim.place.party})"


def _limit(names: Names, claim: Claim) -> str:
    return f"the party totals against {names.figure(claim.figure)}"


_CLAIMS: Mapping[str, Callable[[Names, Claim], str]] = {
    "E102": lambda _, __: "the form's sum of votes",
    "E103": lambda _, __: "the form's sum of ballots",
    "E104": lambda _, __: "the ballots cast against registered voters",
    "E105": lambda _, claim: f"the empty column of {claim.place.party}",
    "E201": _total,
    "E202": _total,
    "E203": _seat,
    "E204": _limit,
    "E205": _total,
    "W206": lambda _, claim: f"{claim.stated} %",
    "W208": lambda _, claim: f"a turnout of {claim.stated} %",
}


def _seats(repair: Repair) -> str:
    if not repair.changes or not any(repair.seats_before):
        return ""
    before, after = (_result(seats, repair) for seats in (repair.seats_before, repair.seats_after))
    return f"; seats stay {before}" if before == after else f"; seats become {after} (now {before})"


def _result(seats: Sequence[int], repair: Repair) -> str:
    """``9–1``: of the lists that have a seat, before or after."""
    both = zip(seats, repair.seats_before, repair.seats_after, strict=True)
    return "–".join(str(own) for own, before, after in both if before or after)


def _line(names: Names, claim: Claim, effect: str) -> Line:
    about = names.place(claim.place._replace(column=None) if claim.place.party else claim.place)
    by = names.source_name(claim.source) if claim.source else "form"
    unit = " %" if claim.code in ("W206", "W208") else ""
    stated = _printed(claim.stated)
    if claim.stated_after != claim.stated:
        stated = f"{stated} → {_printed(claim.stated_after)}"
    before, after = (f"{_printed(text)}{unit}" if text else "—" for text in (claim.before, claim.after))
    what = names.figure(claim.figure)
    return Line(f"{about} · {what} ({by})", f"{stated}{unit}", before, after, effect)


def _where(names: Names, place: Place) -> str:
    """Where a repair is. The only unit of a region is not named beside it."""
    if place.region is not None:
        region = names.election.regions[names.election.region_index[place.region]]
        if len(region.units) == 1:
            place = place._replace(unit=None)
    return names.place(place)


def _column(names: Names, column: int) -> str:
    return names.column(names.election.columns[column].key)


def _figure(value: int | None) -> str:
    return "—" if value is None else grouped(value)


def _printed(value: str) -> str:
    return grouped(int(value)) if value.isdigit() else value
