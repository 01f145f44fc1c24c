"""On how few votes a region's seats hang, and whether an open difference can change one: N403, N404."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from tally_app.allocation.contest import Contest
from tally_app.allocation.margins import has_margins, list_margin, shifts
from tally_app.checks.finding import TELLING, Fact, Finding, Place
from tally_app.election.election import Election

_BALLOTS = ("votes", "valid", "cast")


class Change(NamedTuple):
    """So many votes that move a seat: more for one list, fewer for one, or taken from one and given to another."""

    votes: int
    gains: int | None
    """The list that has more votes, by position; None: none has."""
    loses: int | None
    """The list that has fewer."""


def least_change(contest: Contest) -> Change | None:
    """Return the fewest votes, in one list or moved between two, after which the seats are others.

    Of equal numbers a change in one list is named before one that moves votes, then the first lists. None: no change
    does it, nobody has votes, or the margins of such a contest are not known.
    """
    best: Change | None = None
    for found in changes(contest):
        best = found
    return best


def changes(contest: Contest) -> Iterator[Change | None]:
    """Look for the least change step by step; yield the least so far after each."""
    best: Change | None = None
    if not any(contest.votes) or not contest.seats or not has_margins(contest):
        return
    for party in range(len(contest.votes)):
        margin = list_margin(contest, party)
        if margin.gain is not None and (best is None or margin.gain < best.votes):
            best = Change(margin.gain, party, None)
        if margin.loss is not None and (best is None or margin.loss < best.votes):
            best = Change(margin.loss, None, party)
        yield best
    for shift in shifts(contest, None if best is None else best.votes):
        best = best if shift is None else Change(*shift)
        yield best


def check_margin(election: Election, region: int, change: Change | None, valid: int) -> Iterator[Finding]:
    """N403: the last seat hangs on so many votes. ``close``: on few, by the configured limits.

    *change*: ``least_change`` of the region's contest. *valid*: the region's valid votes.
    """
    if change is None:
        return
    limits = election.pack.checks
    facts: dict[str, Fact] = {
        "votes": change.votes,
        "gains": _key(election, change.gains),
        "loses": _key(election, change.loses),
        "close": change.votes <= limits.margin_votes or 100 * change.votes <= Fraction(limits.margin_percent) * valid,
        "valid": valid,
    }
    yield Finding("N403", Place(election.regions[region].key), facts)


def check_sizes(findings: Iterable[Finding], shifts: Mapping[str | None, int | None]) -> Iterator[Finding]:
    """N404: an open difference could, or could not, change a seat.

    *shifts*: by region key, the votes of its ``least_change``. A difference of the chamber is compared with the least
    of all regions. Nothing is said where no such number is known.
    """
    least = min((votes for votes in shifts.values() if votes is not None), default=None)
    for finding in findings:
        votes = least if finding.place.region is None else shifts.get(finding.place.region)
        difference = size(finding)
        if difference is None or votes is None:
            continue
        facts: dict[str, Fact] = {name: finding.facts[name] for name in TELLING if name in finding.facts}
        facts |= {"code": finding.code, "size": difference, "votes": votes, "could": difference >= votes}
        yield Finding("N404", finding.place, facts)


def size(finding: Finding) -> int | None:
    """Return by how many ballots a finding's figures differ; None where that is not what it says.

    A wrong number of registered voters is no ballot.
    """
    facts = finding.facts
    if finding.place.column == "registered":
        return None
    match finding.code:
        case "E102" | "E103" | "E104" | "E201" | "E202" | "E204" | "E205":
            found = facts["difference"]
        case "E105":
            found = facts["votes"]
        case "E106":
            found = _apart(facts["first"], facts["second"])
        case "W207" if facts["figure"] in _BALLOTS:
            found = _apart(int(str(facts["stated"])), int(str(facts["other"])))
        case _:
            found = None
    return abs(found) if isinstance(found, int) else None


def _apart(one: Fact, other: Fact) -> int | None:
    return one - other if isinstance(one, int) and isinstance(other, int) else None


def _key(election: Election, party: int | None) -> str | None:
    return None if party is None else election.parties[party].key
