"""Sums of a region or of the chamber, as a value."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """What is entered in the units of one region, or of all. Sums are None where no cell of the column is entered."""

    sums: tuple[int | None, ...]
    """Σ per column of the form [ballots]."""
    entered: tuple[int, ...]
    """Per column, how many units' cells are entered."""
    units: int
    begun: int
    """Units with at least one figure besides the registered voters."""
    complete: int
    """Units whose required cells are all entered."""
    registered_waiting: int
    """Registered voters in the units not begun, as far as entered."""
    registered_unknown: int
    """Units not begun whose registered voters are not entered."""

    @property
    def empty(self) -> int:
        """Units not begun."""
        return self.units - self.begun

    def whole(self, column: int) -> bool:
        """Is the column entered in every unit?"""
        return self.entered[column] == self.units
