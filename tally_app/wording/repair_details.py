"""A repair in short words, as a list of candidates shows it; its sentences are in ``repairs.py``."""

from collections.abc import Sequence

from tally_app.checks.finding import Place
from tally_app.checks.repair import Repair, Repairs
from tally_app.checks.slips import Kind
from tally_app.election.election import Election
from tally_app.wording.names import Names
from tally_app.wording.numbers import counted, grouped, signed
from tally_app.wording.repairs import lines

_KINDS = {
    Kind.TRANSPOSED: "two digits swapped",
    Kind.DOUBLED: "a digit typed twice",
    Kind.DROPPED: "a digit left out",
    Kind.CHANGED: "one digit wrong",
    Kind.EXCHANGED: "two columns exchanged",
    Kind.ENTERED_TWICE: "a form entered twice",
    Kind.LEFT_OUT: "left out of the totals",
    Kind.COUNTED_TWICE: "counted twice in the totals",
}
_MARKS = {"right": "✓", "wrong": "✗"}


def kind_text(repair: Repair) -> str:
    """Say what went wrong: ``two digits swapped``."""
    return _KINDS[repair.kind]


def short_place(names: Names, repair: Repair) -> str:
    """Name a repair's place; a region's only unit is not named."""
    place = repair.place
    region = names.election.region_index.get(place.region or "")
    if region is not None and len(names.election.rows(region)) == 1:
        place = place._replace(unit=None)
    return names.place(place)


def standing_text(repairs: Repairs, repair: Repair) -> str:
    """Say whether it stands alone among the cells that explain as much of the same."""
    cells = len({other.where for other in repairs.rivals(repair)}) + 1
    if cells > 1:
        return f"one of {grouped(cells)} cells" if repair.changes else f"one of {grouped(cells)} explanations"
    numbers = len(repairs.numbers(repair))
    return "stands alone" if numbers == 1 else f"the only cell, with {grouped(numbers)} possible numbers"


def effect_lines(names: Names, repair: Repair) -> list[str]:
    """Say which claims become right, and which wrong; before and after: ``✓ 85.00 % → 85.92 %  Chamber · CPP …``."""
    here = f"{names.place(Place(repair.place.region, repair.place.unit))} · "
    return [
        f"{_MARKS[line.effect]} {line.before} → {line.after}  {line.claim.removeprefix(here)}"
        for line in lines(names, repair)
        if line.effect in _MARKS
    ]


def seats_text(election: Election, repair: Repair) -> str:
    """Say what becomes of the region's seats, in ballot order; nothing where no figure is changed."""
    if not repair.changes or not any(repair.seats_before):
        return ""
    if repair.seats_before == repair.seats_after:
        return f"seats unchanged {_seats(repair.seats_before)}"
    moved = [
        f"{party.key} {signed(now - then)}"
        for party, then, now in zip(election.parties, repair.seats_before, repair.seats_after, strict=True)
        if now != then
    ]
    return f"seats {_seats(repair.seats_before)} → {_seats(repair.seats_after)} ({', '.join(moved)})"


def gain_text(repair: Repair) -> str:
    """Say in a few words what it gains: ``2 figures become right, none wrong``."""
    right = counted(len(repair.fixed), "figure becomes", "figures become")
    return f"{right} right, {grouped(len(repair.broken)) if repair.broken else 'none'} wrong"


def _seats(seats: Sequence[int]) -> str:
    """``9–1``: lists at the end that have no seat are left out, as people do; two stay at least."""
    last = max((place for place, own in enumerate(seats) if own), default=0)
    return "–".join(map(str, seats[: max(last + 1, 2)]))
