"""Repairs: "this number is probably that number, because …".

For every single slip that can have led to what is entered, the claims that become right without it are counted, less
those that become wrong. Applying one is a person's act; nothing is applied here. ``search.py`` finds them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from tally_app.checks.claims import Claim, claim_key, finding_key
from tally_app.checks.finding import Finding, Place
from tally_app.checks.slips import Kind
from tally_app.count.figures import CellChange


@dataclass(frozen=True)
class Repair:
    """One slip that explains more than it contradicts."""

    kind: Kind
    place: Place
    """The cell; the unit, where it is about more than one; the region that a source left out."""
    changes: tuple[CellChange, ...]
    """What to enter instead. Nothing, where the figures are right and a source is wrong."""
    score: int
    """How many claims become right, less how many become wrong."""
    fixed: tuple[Claim, ...]
    broken: tuple[Claim, ...]
    closer: tuple[Claim, ...] = ()
    """Still wrong, but by less. They do not count."""
    set_aside: tuple[Claim, ...] = ()
    """Percentages of the row itself that would be wrong: derived from the wrong number. They do not count."""
    seats_before: tuple[int, ...] = ()
    """Of the region, by position of the party."""
    seats_after: tuple[int, ...] = ()
    source: str | None = None
    """Who left a unit out, or counted it twice."""

    @property
    def applicable(self) -> bool:
        """Is it about a figure that is entered here?"""
        return bool(self.changes)

    @property
    def where(self) -> tuple[object, ...]:
        """What it is about, whatever the true number: the same for two repairs of one cell."""
        return self.place, self.source, *(change.cell for change in self.changes)


@dataclass(frozen=True)
class Repairs:
    """What a search found, the best first; of one score, the slips that fit by chance most seldom first."""

    found: tuple[Repair, ...] = ()
    more: bool = False
    """May there be others, that gain less than those listed or as little, and nothing about their own unit?"""

    @cached_property
    def of_cells(self) -> int:
        """How many cells (or units) share the highest score."""
        return len({repair.where for repair in self.found if repair.score == self.found[0].score})

    @property
    def alone(self) -> bool:
        """Does one cell stand alone at the top?"""
        return self.of_cells == 1

    def explaining(self, finding: Finding) -> "Repairs":
        """Those that remove one finding."""
        return Repairs(self._by_claim.get(finding_key(finding), ()))

    def rivals(self, repair: Repair) -> tuple[Repair, ...]:
        """Repairs of other cells that explain one of the same claims, and as much or more."""
        rivals = {
            id(other): other
            for claim in repair.fixed
            for other in self._by_claim[claim_key(claim)]
            if other.where != repair.where and other.score >= repair.score
        }
        return tuple(rivals.values())

    def stands_alone(self, repair: Repair) -> bool:
        """Does no other cell explain as much of the same?"""
        return not self.rivals(repair)

    def numbers(self, repair: Repair) -> tuple[Repair, ...]:
        """This repair and those of the same cell that explain as much, by another number."""
        same = (other for other in self.found if other.where == repair.where and other.score == repair.score)
        return tuple(same)

    @cached_property
    def standing_alone(self) -> tuple[Repair, ...]:
        """The best repair of every cell that has no rival. Two of them never explain the same claim."""
        best: dict[tuple[object, ...], Repair] = {}
        for repair in self.found:
            best.setdefault(repair.where, repair)
        return tuple(repair for repair in best.values() if self.stands_alone(repair))

    @cached_property
    def _by_claim(self) -> Mapping[tuple[str, Place, str | None, str], tuple[Repair, ...]]:
        by_claim: dict[tuple[str, Place, str | None, str], tuple[Repair, ...]] = {}
        for repair in self.found:
            for claim in repair.fixed:
                by_claim[claim_key(claim)] = (*by_claim.get(claim_key(claim), ()), repair)
        return by_claim
