"""How many votes a list is from the threshold, in closed form."""

from dataclasses import replace
from math import ceil, floor

from tally_app.allocation.conditions import Combined, Condition, Threshold
from tally_app.allocation.contest import Contest


def to_threshold(contest: Contest, party: int) -> int | None:
    """Return the fewest more votes with which a list passes; they are more ballots in the base, too.

    Returns:
        Votes [ballots]; 0: it passes now, or nothing is asked of it; None: there is no threshold, or no number does.
    """
    return None if contest.condition is None else _distance(contest.condition, contest, party)


def _distance(condition: Condition, contest: Contest, party: int) -> int | None:
    if isinstance(condition, Threshold):
        return _of_threshold(condition, contest, party)
    return _of_combined(condition, contest, party)


def _of_combined(condition: Combined, contest: Contest, party: int) -> int | None:
    """More votes never make a list fail, so all conditions hold from the furthest on, and one from the nearest on."""
    each = [_distance(part, contest, party) for part in condition.conditions]
    within_reach = [votes for votes in each if votes is not None]
    if condition.all_of_them:
        return max(within_reach, default=0) if len(within_reach) == len(each) else None
    return min(within_reach, default=None)


def _of_threshold(threshold: Threshold, contest: Contest, party: int) -> int | None:
    if party in threshold.exempt:
        return 0
    elsewhere = threshold.elsewhere or (0,) * len(contest.votes)
    counted = [own + more for own, more in zip(contest.votes, elsewhere, strict=True)]
    partners = contest.partners or (1,) * len(counted)
    together: tuple[int, ...] = (party,)
    if threshold.alliances:
        together = next((each.lists for each in contest.alliances if party in each.lists), together)
    own, size = sum(counted[each] for each in together), sum(partners[each] for each in together)
    needed = threshold.needed(sum(counted), size)
    if threshold.passes(own, sum(counted), size):
        return 0
    share = replace(threshold, base=None).needed(1, size) if threshold.share is not None else 0
    if share >= 1:
        return None
    missing = (needed - own) / (1 - share)
    return ceil(missing) if threshold.inclusive else floor(missing) + 1
