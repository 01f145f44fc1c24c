"""Live results as values: what the screens show of one region and of the chamber at one moment."""

from dataclasses import dataclass

from tally_app.allocation.allocate import Allocation
from tally_app.allocation.contest import Contest
from tally_app.checks.finding import Finding
from tally_app.document.lots import Lot


@dataclass(frozen=True, slots=True)
class RegionResult:
    """One region: sums of what is entered (drafts included), seats, and how far the count is."""

    region: int
    """Position in ``Election.regions``."""
    votes: tuple[int, ...]
    """Σ entered votes per party, by position in ``Election.parties`` [ballots]."""
    contest: Contest
    """What the seats are allocated from: the rule, and the votes of the parties that stand here."""
    sums: tuple[int | None, ...]
    """Σ per column of the form; None where no unit's cell is entered."""
    allocation: Allocation
    units: int
    begun: int
    """Units with at least one figure besides the registered voters."""
    complete: int
    """Units whose required cells are all entered."""
    findings: tuple[Finding, ...]
    lot: Lot | None = None
    """The lot recorded for this region, whether it counts now (``allocation.settled``) or not."""

    @property
    def valid(self) -> int:
        """Σ party votes [ballots]."""
        return sum(self.votes)


@dataclass(frozen=True, slots=True)
class ChamberResult:
    """All regions together."""

    votes: tuple[int, ...]
    sums: tuple[int | None, ...]
    seats: tuple[int, ...]
    """Certain elected seats per party."""
    open_seats: int
    units: int
    begun: int
    complete: int
    findings: tuple[Finding, ...]

    @property
    def valid(self) -> int:
        """Σ party votes of all regions [ballots]."""
        return sum(self.votes)
