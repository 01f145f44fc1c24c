"""From one scope to the next: units through all regions, regions with the chamber before the first."""

from tally_app.document.stated_view import Scope
from tally_app.election.election import Election


def step(election: Election, scope: Scope, by: int) -> Scope:
    """Return the scope *by* steps further on, the last or first one at the end."""
    if scope.region is None:
        return Scope(election.regions[0].key) if by > 0 else scope
    if scope.unit is not None:
        row = min(max(election.row(scope.region, scope.unit) + by, 0), election.unit_count - 1)
        return Scope(election.regions[election.region_of(row)].key, election.unit(row).key)
    region = min(election.region_index[scope.region] + by, len(election.regions) - 1)
    return Scope() if region < 0 else Scope(election.regions[region].key)
