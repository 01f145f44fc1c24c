"""A repair in short lines, as a list of candidates shows it: what it changes, and the arithmetic before and after."""

from collections.abc import Iterable, Sequence

from tally_app.checks.claims import Claim
from tally_app.checks.repair import Repair, Repairs
from tally_app.checks.slips import Kind
from tally_app.count.figures import CellChange
from tally_app.election.election import Election
from tally_app.wording.findings import capital
from tally_app.wording.names import Names
from tally_app.wording.numbers import counted, grouped, signed

_KINDS = {
    Kind.TRANSPOSED: "two digits swapped",
    Kind.DOUBLED: "a digit typed twice",
    Kind.DROPPED: "a digit missing",
    Kind.CHANGED: "a digit changed",
    Kind.EXCHANGED: "two columns exchanged",
    Kind.ENTERED_TWICE: "a row entered twice",
    Kind.LEFT_OUT: "left out of the totals",
    Kind.COUNTED_TWICE: "counted twice in the totals",
}


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


def change_text(names: Names, repair: Repair) -> str:
    """Say what would change: ``1,191 → 1,911``; with the columns where there are several."""
    if not repair.changes:
        return capital(names.source(repair.source))
    if repair.kind is Kind.ENTERED_TWICE:
        return "→ not entered"
    if len(repair.changes) == 1:
        return _change(repair.changes[0])
    columns = names.election.columns
    parts = (f"{names.column(columns[change.cell.column].key)} {_change(change)}" for change in repair.changes)
    return ", ".join(parts)


def score_text(repair: Repair) -> str:
    """Say what it gains: ``+2``."""
    return signed(repair.score)


def standing_text(repairs: Repairs, repair: Repair) -> str:
    """Say whether it stands alone among the cells that explain as much of the same."""
    if not repairs.stands_alone(repair):
        cells = len({other.where for other in repairs.rivals(repair)}) + 1
        return f"one of {grouped(cells)} cells that explain as much"
    numbers = len(repairs.numbers(repair))
    return "stands alone" if numbers == 1 else f"the only cell, with {grouped(numbers)} possible numbers"


def effect_lines(names: Names, repair: Repair) -> list[str]:
    """Say which claims become right and which wrong, each before and after."""
    lines = [f"✓ {_claim(names, claim)}" for claim in repair.fixed]
    return lines + [f"✗ {_claim(names, claim)}" for claim in repair.broken]


def seats_text(election: Election, repair: Repair) -> str:
    """Say what becomes of the region's seats, in ballot order; nothing where no figure is changed."""
    if not repair.seats_before:
        return ""
    before, after = _seats(repair.seats_before), _seats(repair.seats_after)
    if before == after:
        return f"seats unchanged {before}"
    moved = [
        f"{party.key} {signed(now - then)}"
        for party, then, now in zip(election.parties, repair.seats_before, repair.seats_after, strict=True)
        if now != then
    ]
    return f"seats {before} → {after} ({', '.join(moved)})"


def repair_sentence(names: Names, repair: Repair) -> str:
    """Say all of it in one sentence: ``Probably 1,191 → 1,911 (two digits swapped): …``."""
    return f"Probably {change_text(names, repair)} ({kind_text(repair)}): {gain_text(repair)}."


def gain_text(repair: Repair) -> str:
    """Say in a few words what it gains: ``2 stated figures become right, none wrong``."""
    right = counted(len(repair.fixed), "stated figure becomes", "stated figures become")
    return f"{right} right, {grouped(len(repair.broken)) if repair.broken else 'none'} wrong"


def _change(change: CellChange) -> str:
    return f"{_figure(change.old)} → {_figure(change.new)}"


def _figure(value: int | None) -> str:
    return "not entered" if value is None else grouped(value)


def _claim(names: Names, claim: Claim) -> str:
    """``Chamber · CPP 85.00 → 85.92 % (summary box)``; of a claim that is wrong after it, with what is stated."""
    percent = " %" if claim.figure in ("share", "turnout") else ""
    change = f"{_printed(claim.before)} → {_printed(claim.after)}{percent}"
    place = names.place(claim.place)
    who = names.source_name(claim.source) if claim.source else claim.code
    differs = "" if claim.after == claim.stated_after else f": {_printed(claim.stated_after)}{percent}"
    return f"{place} {change} ({who}{differs})"


def _printed(text: str) -> str:
    return grouped(int(text)) if text.isdigit() else text


def _seats(seats: Sequence[int]) -> str:
    return "–".join(map(str, _without_tail(seats)))


def _without_tail(seats: Iterable[int]) -> list[int]:
    """Leave out the lists at the end that have none, as people do; at least two stay."""
    shown = list(seats)
    while len(shown) > 2 and shown[-1] == 0:
        shown.pop()
    return shown
