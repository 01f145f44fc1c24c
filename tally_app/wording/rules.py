"""The rule in words: method, thresholds, what settles ties, and the law or the reasoning that it rests on."""

from collections.abc import Mapping
from fractions import Fraction

from tally_app.allocation.hurdles import excluded
from tally_app.document.results import RegionResult
from tally_app.election.election import Election
from tally_app.election.model import Threshold
from tally_app.wording.fractions import percent
from tally_app.wording.methods import TIES, long_name
from tally_app.wording.numbers import counted, grouped

_BASES: Mapping[str, str] = {
    "valid": "valid votes",
    "valid+blank": "valid and blank votes",
    "cast": "ballots cast",
    "registered": "registered voters",
}


def rule_sentence(election: Election) -> str:
    """Say how seats are allocated: ``d’Hondt: …; threshold: at least 5 % of valid votes; ties by lot``."""
    rule = election.pack.rule
    parts = [long_name(rule)]
    if rule.threshold is not None:
        parts.append(f"threshold: {threshold_text(rule.threshold)}")
    if rule.min_seats:
        parts.append(f"at least {counted(rule.min_seats, 'seat', 'seats')} for every list that takes part")
    parts.append(TIES[rule.ties])
    return "; ".join(parts)


def threshold_text(threshold: Threshold) -> str:
    """Say what a list needs to take part."""
    parts = threshold.any_of or threshold.all_of
    if parts:
        between = " and " if threshold.all_of else " or "
        return between.join(threshold_text(part) for part in parts)
    where = " of all regions" if threshold.scope == "chamber" else ""
    least = "at least" if threshold.inclusive else "more than"
    if threshold.share is None:
        return f"{least} {counted(threshold.votes or 0, 'vote', 'votes')}{where}"
    text = f"{least} {percent(Fraction(threshold.share))} of {_BASES[threshold.base]}{where}"
    if threshold.exempt:
        text += f", not asked of {', '.join(threshold.exempt)}"
    return text


def excluded_text(election: Election, result: RegionResult) -> str:
    """Name the lists that a threshold keeps out, with what they have and what they need; empty if there are none."""
    told = []
    for each in excluded(result.contest):
        missed = [f"{grouped(hurdle.votes)} of {grouped(hurdle.least)} votes" for hurdle in each.hurdles]
        told.append(f"{election.parties[each.party].key} ({', '.join(missed)})")
    return ", ".join(told)
