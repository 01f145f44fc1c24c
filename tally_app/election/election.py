"""An election ready to be counted: a pack's definition with its rows and columns numbered."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from tally_app.election.model import Pack, Party, Region, Unit


class Column(NamedTuple):
    """A column of the entry grid. *key* is the party's key, or the form field's name (``cast``, ``invalid``, …)."""

    key: str
    party: int | None
    """Position in ``Election.parties``, None for a column that is not a party's."""
    required: bool


class Election:
    """A pack with everything numbered: regions 0…, units in one row order over all regions, columns in form order."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.parties: Sequence[Party] = tuple(sorted(pack.parties, key=_ballot_number))
        self.regions: Sequence[Region] = tuple(pack.regions)
        self.starts: Sequence[int] = tuple(accumulate((len(r.units) for r in pack.regions), initial=0))
        self.columns: Sequence[Column] = tuple(_columns(pack, self.parties))

    @property
    def unit_count(self) -> int:
        """How many reporting units there are in all regions together."""
        return self.starts[-1]

    @cached_property
    def party_index(self) -> Mapping[str, int]:
        """Party key → position in ``parties`` (ballot order)."""
        return {party.key: index for index, party in enumerate(self.parties)}

    @cached_property
    def region_index(self) -> Mapping[str, int]:
        """Region key → position in ``regions``."""
        return {region.key: index for index, region in enumerate(self.regions)}

    @cached_property
    def column_index(self) -> Mapping[str, int]:
        """Column key → position in ``columns``."""
        return {column.key: index for index, column in enumerate(self.columns)}

    @cached_property
    def party_columns(self) -> Sequence[int]:
        """Positions of the parties' columns, in the order of ``parties``."""
        return tuple(index for index, column in enumerate(self.columns) if column.party is not None)

    @cached_property
    def ballot_columns(self) -> Sequence[int]:
        """Positions of the columns that ballots are sorted into (parties, blank, invalid): together the row sum."""
        return tuple(i for i, c in enumerate(self.columns) if c.party is not None or c.key in ("blank", "invalid"))

    @cached_property
    def standing(self) -> Sequence[Sequence[bool]]:
        """For each region, for each party: does it stand there?"""
        return tuple(
            tuple(region.parties is None or party.key in region.parties for party in self.parties)
            for region in self.regions
        )

    def rows(self, region: int) -> range:
        """Rows of the units of a region."""
        return range(self.starts[region], self.starts[region + 1])

    def region_of(self, row: int) -> int:
        """Position of the region that a unit's row belongs to."""
        return bisect_right(self.starts, row) - 1

    def unit(self, row: int) -> Unit:
        """Return the reporting unit of a row."""
        region = self.region_of(row)
        return self.regions[region].units[row - self.starts[region]]

    def row(self, region_key: str, unit_key: str) -> int:
        """Row of a unit by its keys.

        Raises: KeyError: no such region or unit.
        """
        region = self.region_index[region_key]
        return self.starts[region] + self._unit_positions(region)[unit_key]

    def _unit_positions(self, region: int) -> Mapping[str, int]:
        if region not in self._positions:
            self._positions[region] = {unit.key: i for i, unit in enumerate(self.regions[region].units)}
        return self._positions[region]

    @cached_property
    def _positions(self) -> dict[int, Mapping[str, int]]:
        return {}  # filled region by region: most sessions touch a few regions of a large election


def _ballot_number(party: Party) -> int:
    return party.ballot


def _columns(pack: Pack, parties: Sequence[Party]) -> list[Column]:
    columns: list[Column] = []
    for field in pack.form:
        if field.field == "parties":
            columns += [Column(party.key, index, field.required) for index, party in enumerate(parties)]
        else:
            columns.append(Column(field.field, None, field.required))
    return columns
