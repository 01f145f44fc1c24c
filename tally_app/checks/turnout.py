"""Turnout against the previous election's, of units and of regions: W503."""

from collections.abc import Iterator
from fractions import Fraction

from tally_app.checks.finding import Fact, Finding, Place
from tally_app.count.rounding import decimals_of, percentage
from tally_app.count.tally import Tally
from tally_app.election.election import Election
from tally_app.election.model import Limits


def check_region_turnout(election: Election, region: int, tally: Tally) -> Iterator[Finding]:
    """W503 of a region, once ballots cast and registered voters are entered in every unit."""
    definition = election.regions[region]
    cast, registered = (_whole(election, tally, key) for key in ("cast", "registered"))
    facts = moved(election.pack.checks, cast, registered, definition.last_turnout)
    if facts is not None:
        yield Finding("W503", Place(definition.key, column="cast"), facts)


def moved(limits: Limits, cast: int | None, registered: int | None, last: str | None) -> dict[str, Fact] | None:
    """Return the facts of a turnout [per cent] that moved by more than the configured points; None: it did not.

    None, too, where one of the figures is not known or turnouts are not compared.
    """
    points = limits.turnout_points
    if points is None or last is None or cast is None or not registered:
        return None
    if abs(Fraction(100 * cast, registered) - Fraction(last)) <= Fraction(points):
        return None
    turnout = percentage(cast, registered, max(2, decimals_of(last)))
    return {"turnout": turnout, "last": last, "points": points, "cast": cast, "registered": registered}


def _whole(election: Election, tally: Tally, key: str) -> int | None:
    column = election.column_index.get(key)
    return tally.sums[column] if column is not None and tally.whole(column) else None
