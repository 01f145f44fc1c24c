"""Which threshold a list misses, and with what figures."""

from collections.abc import Iterator
from fractions import Fraction
from math import floor
from typing import NamedTuple

from tally_app.allocation.conditions import Condition, Threshold
from tally_app.allocation.contest import Contest


class Hurdle(NamedTuple):
    """One threshold as it stands before one list."""

    votes: int
    """What counts for it: with an alliance's lists, or the other regions' votes, where the threshold says so."""
    needed: Fraction
    inclusive: bool

    @property
    def least(self) -> int:
        """Fewest votes that pass."""
        whole = floor(self.needed)
        return whole if self.inclusive and whole == self.needed else whole + 1

    @property
    def passed(self) -> bool:
        """Are the votes enough?"""
        return self.votes >= self.least


class Exclusion(NamedTuple):
    """A list that does not take part, and the thresholds that it misses."""

    party: int
    hurdles: tuple[Hurdle, ...]


def excluded(contest: Contest) -> tuple[Exclusion, ...]:
    """Return the lists with votes that a threshold keeps out."""
    if contest.condition is None:
        return ()
    lists = zip(contest.standing(), contest.votes, strict=True)
    return tuple(
        Exclusion(party, tuple(each for each in hurdles(contest, party) if not each.passed))
        for party, (takes_part, votes) in enumerate(lists)
        if votes and not takes_part
    )


def hurdles(contest: Contest, party: int) -> tuple[Hurdle, ...]:
    """Return every threshold of the rule as it stands before a list, in the rule's order."""
    return tuple(_hurdle(contest, leaf, party) for leaf in leaves(contest.condition))


def leaves(condition: Condition | None) -> Iterator[Threshold]:
    """Yield the single thresholds of a condition."""
    if isinstance(condition, Threshold):
        yield condition
    elif condition is not None:
        for part in condition.conditions:
            yield from leaves(part)


def _hurdle(contest: Contest, threshold: Threshold, party: int) -> Hurdle:
    counted = list(contest.votes)
    if threshold.elsewhere:
        counted = [own + more for own, more in zip(counted, threshold.elsewhere, strict=True)]
    partners = contest.partners or (1,) * len(counted)
    together: tuple[int, ...] = (party,)
    if threshold.alliances:
        together = next((each.lists for each in contest.alliances if party in each.lists), together)
    needed = threshold.needed(sum(counted), sum(partners[each] for each in together))
    return Hurdle(sum(counted[each] for each in together), needed, threshold.inclusive)
