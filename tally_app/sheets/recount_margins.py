"""Margins, by trying: with so many votes it happens, with one less it does not. Without ``allocation/margins``.

That is all that is tried: it shows a printed number to be right where votes work in one direction, and that it is one
of the points where seats change elsewhere.
"""

from collections.abc import Mapping

from tally_app.sheets.about import About
from tally_app.sheets.recount import Recount

MARGINS = ("margin-gain", "margin-loss")
"""Votes more that make one more seat certain; votes less after which not even a lot brings as many."""
_TOO_MANY = ("imperiali-quota", "hagenbach-bischoff")
"""Quotas so small that more seats can be won than there are, where nothing is certain: these are not tried."""
_MOST = 20_000
"""Lists × lists × seats up to which margins are tried: longer, and the sheet would wait."""


def can_try(count: Recount, region: str) -> bool:
    """Are a region's margins tried at all?"""
    if count.pack["rule"]["method"] in _TOO_MANY:
        return False
    return len(count.parties) ** 2 * int(count.regions[region]["seats"]) <= _MOST


def margin_holds(count: Recount, about: About, votes: int | None) -> bool:
    """Tell whether a margin of a list is right. *votes*: as printed; None: it is said that no number does it.

    Raises: CannotRecount.
    """
    now = count.ranges(about.place, {}).get(about.party, (0, 0))[0]
    if about.figure == "margin-gain":
        return _gains(count, about, now, votes)
    if votes is None:
        return now == 0
    return now > 0 and _most(count, about, -votes) < now <= _most(count, about, 1 - votes)


def _gains(count: Recount, about: About, now: int, votes: int | None) -> bool:
    if votes is not None:
        return votes > 0 and _least(count, about, votes - 1) <= now < _least(count, about, votes)
    everybody = 1 + sum(int(count.votes_that_count(about.place, party)) for party in count.parties)
    return _least(count, about, everybody * 10**6) <= now


def _least(count: Recount, about: About, more: int) -> int:
    return _range(count, about, {about.party: more})[0]


def _most(count: Recount, about: About, more: int) -> int:
    return _range(count, about, {about.party: more})[1]


def _range(count: Recount, about: About, change: Mapping[str, int]) -> tuple[int, int]:
    return count.ranges(about.place, change).get(about.party, (0, 0))
