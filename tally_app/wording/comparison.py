"""Sentences about what other methods would give."""

from collections.abc import Mapping

from tally_app.allocation.outcome import Problem
from tally_app.document.comparison import Barred, Choice, Outcome
from tally_app.election.election import Election
from tally_app.wording.methods import long_name, short_name
from tally_app.wording.numbers import counted, grouped, signed

_BARRED: Mapping[Barred, str] = {
    Barred.CONDITIONS: "it knows no minimum, no held seats and no alliances as they are here",
    Barred.TIES: "nothing but lots settles its ties, and this election’s rule says otherwise",
    Barred.TOO_MANY_SEATS: "with so many seats it would take too long",
}
PROBLEMS: Mapping[Problem, str] = {
    Problem.OVER_AWARD: "its quota gives more seats than there are",
    Problem.MINIMUM_OVER_SEATS: "the minimum seats of the lists are more than there are",
    Problem.TOO_MANY_OUTCOMES: "its ties have too many outcomes to be followed",
}
NO_VOTES = "No votes are entered yet."


def title(choice: Choice) -> str:
    """Name a method in two or three words."""
    return short_name(choice.rule)


def explanation(choice: Choice) -> str:
    """Name a method with what it does."""
    return long_name(choice.rule)


def why_barred(reason: Barred) -> str:
    """Say why a method cannot be asked, as the end of a sentence."""
    return _BARRED[reason]


def difference(election: Election, choice: Choice, outcome: Outcome, seats: int, place: str = "") -> str:
    """Say what a method would change of so many seats, as: With Sainte-Laguë, 6 of 58 seats would go elsewhere.

    *place*: the region's name; empty: all regions.
    """
    name = title(choice)
    if outcome.barred is not None:
        return f"{name} does not go with this election: {why_barred(outcome.barred)}."
    problem = PROBLEMS.get(outcome.problem) if outcome.problem is not None else None
    if problem is not None:
        return f"{name} does not decide {place or 'at least one region'}: {problem}."
    if seats and outcome.unfilled == seats:
        return NO_VOTES if outcome.problem is Problem.NO_VOTES else f"With {name}, no list can take a seat."
    of_place = f" of {place}" if place else ""
    if not outcome.changed:
        return f"With {name}, every seat{of_place} would go to the same party."
    head = f"{grouped(outcome.moved) if outcome.moved else 'no'} of {counted(seats, 'seat', 'seats')}{of_place}"
    return f"With {name}, {head} would {_elsewhere(election, outcome)}{_open(outcome)}."


def given(election: Election, choice: Choice, outcome: Outcome) -> str:
    """Say what the election's own rule gives."""
    if not any(outcome.seats) and outcome.unfilled:
        return NO_VOTES
    won = ", ".join(
        f"{party.key} {grouped(own)}" for party, own in zip(election.parties, outcome.seats, strict=True) if own
    )
    return f"{title(choice)} is this election’s own rule: {won or 'no seat is certain'}{_open(outcome)}."


def _elsewhere(election: Election, outcome: Outcome) -> str:
    verb = "go elsewhere" if outcome.moved else "certainly go elsewhere"
    changes = ", ".join(
        f"{party.key} {signed(change)}"
        for party, change in zip(election.parties, outcome.changes, strict=True)
        if change
    )
    return f"{verb}: {changes}" if changes else f"{verb}; every party would have as many as now"


def _open(outcome: Outcome) -> str:
    lots = f"; a lot would decide {counted(outcome.tied, 'seat', 'seats')}" if outcome.tied else ""
    return lots + (f"; {counted(outcome.unfilled, 'seat', 'seats')} would stay open" if outcome.unfilled else "")
