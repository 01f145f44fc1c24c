"""From ``--region`` and ``--unit`` to a place of which figures are stated."""

from tally_app.cli.choosing import NotFound, choice, choose
from tally_app.cli.exits import Refused
from tally_app.document.stated_view import Scope
from tally_app.election.election import Election


def read_scope(election: Election, region: str | None, unit: str | None, refused: list[Refused]) -> Scope | None:
    """Return the chamber, a region or a unit; None where a name is not known, which is added to *refused*."""
    if region is None:
        if unit is not None:
            refused.append(Refused(f"--unit {unit}", "say in which region, with --region"))
            return None
        return Scope()
    try:
        regions = (choice(each.key, each.name) for each in election.regions)
        found = election.regions[choose(region, "region", regions)]
    except NotFound as error:
        refused.append(Refused(f"--region {region}", str(error)))
        return None
    if unit is None:
        return Scope(found.key)
    try:
        units = (choice(each.key, each.name) for each in found.units)
        return Scope(found.key, found.units[choose(unit, f"unit in {found.name.en}", units)].key)
    except NotFound as error:
        refused.append(Refused(f"--unit {unit}", str(error)))
        return None
