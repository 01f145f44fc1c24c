"""Who takes part: thresholds as values, in exact fractions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Threshold:
    """So many votes that a list needs: a *share* of a *base*, or *votes*."""

    share: Fraction | None = None
    votes: int | None = None
    base: int | None = None
    """What the share is of (valid votes, with blank ones, ballots cast, registered voters); None: all lists' votes."""
    inclusive: bool = True
    """Exactly the threshold is enough."""
    exempt: frozenset[int] = frozenset()
    """Lists that it is not asked of."""
    alliances: bool = False
    """An alliance passes or fails as a whole, by the votes of all its lists."""
    coalitions: tuple[tuple[int, Fraction], ...] = ()
    """(partners, share): from so many partners on, that share is asked instead."""
    elsewhere: tuple[int, ...] = ()
    """Votes of each list in the other regions, where the threshold is the whole chamber's; empty: none."""

    def passes(self, votes: int, total: int, partners: int = 1) -> bool:
        """Tell whether so many votes are enough. *total* is the base where none is named."""
        needed = self.needed(total, partners)
        return votes >= needed if self.inclusive else votes > needed

    def needed(self, total: int, partners: int = 1) -> Fraction:
        """Return the votes that it asks for, exactly. *total* is the base where none is named."""
        if self.share is None:
            return Fraction(self.votes or 0)
        asked = [share for size, share in sorted(self.coalitions) if size <= partners]
        return (asked[-1] if asked else self.share) * (total if self.base is None else self.base)

    def with_ballots(self, more: int) -> "Threshold":
        """Return the same with *more* ballots, which are in its base, too."""
        return self if self.base is None else replace(self, base=max(0, self.base + more))


@dataclass(frozen=True, slots=True)
class Combined:
    """Several conditions: all of them, or any."""

    conditions: tuple["Condition", ...]
    all_of_them: bool

    def with_ballots(self, more: int) -> "Combined":
        """Return the same with *more* ballots."""
        return replace(self, conditions=tuple(each.with_ballots(more) for each in self.conditions))


Condition = Threshold | Combined


def standing(
    condition: Condition | None,
    votes: Sequence[int],
    alliances: Iterable[Sequence[int]] = (),
    partners: Sequence[int] | None = None,
) -> list[bool]:
    """Return for each list whether it takes part.

    Args:
        condition: None: everybody does.
        votes: votes by list position.
        alliances: positions of the lists that are allied.
        partners: parties behind each list, for thresholds by the size of a coalition; None: one each.
    """
    if condition is None:
        return [True] * len(votes)
    if isinstance(condition, Combined):
        groups = list(alliances)
        each = [standing(part, votes, groups, partners) for part in condition.conditions]
        together = all if condition.all_of_them else any
        return [together(answers) for answers in zip(*each, strict=True)]
    counted = list(votes)
    if condition.elsewhere:
        counted = [own + more for own, more in zip(votes, condition.elsewhere, strict=True)]
    total = sum(counted)
    sizes = list(partners or [1] * len(votes))
    if condition.alliances:
        for members in alliances:
            together_votes, together_size = sum(counted[each] for each in members), sum(sizes[each] for each in members)
            for member in members:
                counted[member], sizes[member] = together_votes, together_size
    return [
        party in condition.exempt or condition.passes(own, total, size)
        for party, (own, size) in enumerate(zip(counted, sizes, strict=True))
    ]
