"""W501 on real units: how often it is wrong, and how many exchanges of two neighbouring figures it finds.

Every exchange is tried: each two neighbouring figures of each unit that differ, one pair at a time.
"""

from dataclasses import dataclass

from tally_app.checks.finding import Finding
from tally_app.checks.plausibility import check_swapped
from tests.measures.rows import Group

FOURFOLD = 4


@dataclass(frozen=True, slots=True)
class Power:
    """Exchanges tried and found, and those of them where one figure is four times the other or more."""

    tried: int = 0
    found: int = 0
    fourfold_tried: int = 0
    fourfold_found: int = 0

    def __add__(self, other: "Power") -> "Power":
        return Power(
            self.tried + other.tried,
            self.found + other.found,
            self.fourfold_tried + other.fourfold_tried,
            self.fourfold_found + other.fourfold_found,
        )


def falsely_swapped(group: Group) -> list[Finding]:
    """Return what W501 says of figures as they were published."""
    return list(check_swapped(group.election, 0, group.block))


def power(group: Group) -> Power:
    """Exchange each pair in turn, and look whether just that pair is found."""
    total = Power()
    first = group.election.ballot_columns[0]
    for row in range(len(group.block)):
        for column in range(first, group.block.shape[1] - 1):
            one, other = group.block[row, column : column + 2].tolist()
            if one != other:
                found = int(_is_found(group, row, column))
                fourfold = int(max(one, other) >= FOURFOLD * min(one, other))
                total += Power(1, found, fourfold, found * fourfold)
    return total


def _is_found(group: Group, row: int, column: int) -> bool:
    exchanged = group.block.copy()
    exchanged[row, [column, column + 1]] = exchanged[row, [column + 1, column]]
    place = (group.election.unit(row).key, group.election.columns[column].key)
    return any((f.place.unit, f.place.column) == place for f in check_swapped(group.election, 0, exchanged))
