"""How far a unit is under double entry, who typed it, and for whom it waits."""

from collections.abc import Mapping, Sequence

from tally_app.document.second_entry import SecondEntries, UnitState
from tally_app.wording.numbers import listed

STATE_NAMES: Mapping[UnitState, str] = {
    UnitState.EMPTY: "empty",
    UnitState.BEGUN: "first entry begun",
    UnitState.ENTERED: "waits for a second clerk",
    UnitState.TYPED_AGAIN: "second entry begun",
    UnitState.DIFFERS: "differs: to be settled",
    UnitState.VERIFIED: "verified",
}
"""By state, as in a list to choose from."""


def state_name(state: UnitState, *, double_entry: bool) -> str:
    """Name a state; where nothing is typed twice, a complete unit waits for nobody."""
    if not double_entry and state is UnitState.ENTERED:
        return "entered"
    if not double_entry and state is UnitState.BEGUN:
        return "begun"
    return STATE_NAMES[state]


def unit_line(second: SecondEntries, row: int, state: UnitState) -> str:
    """Say in few words how far a unit is: ``waits for a second clerk · first by S. Chan``; nothing if empty."""
    match state:
        case UnitState.EMPTY:
            return ""
        case UnitState.BEGUN:
            return _by("first entry begun", second.clerks(row), " by ")
        case UnitState.ENTERED:
            return _by("waits for a second clerk", second.clerks(row), " · first by ")
        case UnitState.TYPED_AGAIN:
            return _by("second entry begun", second_clerks(second, row), " by ")
        case UnitState.DIFFERS:
            return "differs · settle"
    return _by("✓ verified", deciders(second, row), " · settled by ")


def unit_sentence(second: SecondEntries, row: int, state: UnitState) -> str:
    """Say everything: who typed the unit first and second, who settled it, and what it waits for."""
    first, again = second.clerks(row), second_clerks(second, row)
    parts = [_by("", first, "First entry by "), _by("", again, "second entry by ")]
    parts.append(_by("", deciders(second, row), "settled by "))
    said = "; ".join(filter(None, parts))
    waits = waits_for(second, row, state)
    return f"{said[:1].upper()}{said[1:]}{'. ' if said else ''}{f'Waits for {waits}.' if waits else 'Verified.'}"


def waits_for(second: SecondEntries, row: int, state: UnitState) -> str:
    """Say for whom a unit waits; nobody where it is verified, or complete without double entry."""
    match state:
        case UnitState.EMPTY:
            return "a first clerk"
        case UnitState.BEGUN:
            return "the rest of the first entry"
        case UnitState.ENTERED:
            return _by("a second clerk", second.clerks(row), ", not ") if second.active else ""
        case UnitState.TYPED_AGAIN:
            return "the rest of the second entry"
        case UnitState.DIFFERS:
            return "somebody who settles it from the paper"
    return ""


def second_line(second: SecondEntries, row: int, state: UnitState, operator: str) -> str:
    """Say to a second clerk how far a unit is. Nothing in it comes from the first entry but that it is complete."""
    if state in (UnitState.EMPTY, UnitState.BEGUN):
        return "the first entry is not complete"
    if second.typed_first(row, operator):
        return "first entry by you"
    match state:
        case UnitState.ENTERED:
            return "waits for you"
        case UnitState.TYPED_AGAIN:
            return _by("begun", second_clerks(second, row), " by ")
        case UnitState.DIFFERS:
            return "differs: to be settled"
    return "✓ verified"


def second_refusal(second: SecondEntries, row: int, state: UnitState, operator: str) -> str:
    """Say why a second clerk cannot type a unit; nothing where they can."""
    if state in (UnitState.EMPTY, UnitState.BEGUN):
        return "The first entry of this unit is not complete yet."
    if second.typed_first(row, operator):
        return "First entry by you: somebody else makes the second."
    return ""


def second_clerks(second: SecondEntries, row: int) -> tuple[str, ...]:
    """Return who typed a unit's second entry."""
    entry = second.entry(row)
    return () if entry is None else tuple(entry.by)


def deciders(second: SecondEntries, row: int) -> tuple[str, ...]:
    """Return who settled what still counts of a unit's differences."""
    settlement = second.settlement(row)
    if settlement is None:
        return ()
    counting = second.settled(row)
    return tuple(dict.fromkeys(field.by for key, field in settlement.fields.items() if key in counting))


def _by(text: str, people: Sequence[str], joint: str) -> str:
    return f"{text}{joint}{listed(list(people))}" if people else text
