"""The options of ``history`` that say which events somebody wants."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable

from tally_app.cli.choosing import Choice, NotFound, choice, choose
from tally_app.cli.moments import bad_argument, read_span
from tally_app.document.document import Document
from tally_app.document.history import Wanted, history, occurring
from tally_app.document.records import CHAMBER
from tally_app.election.election import Election
from tally_app.election.model import Region


def add_filters(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--region", metavar="R", help="the region's key or name; chamber: what concerns all of it")
    parser.add_argument("--unit", metavar="U", help="the reporting unit's key or name")
    parser.add_argument("--person", metavar="NAME", help="who did it, signed it or drew the lot")
    parser.add_argument("--kind", metavar="K", help="figures, stated, lot, second, signoff, paste, repair, undo, …")
    parser.add_argument("--since", metavar="TIME", help="from this day, minute or second on: '2024-02-25 22:14'")
    parser.add_argument("--until", metavar="TIME", help="up to this day, minute or second, all of it included")
    parser.add_argument("--text", default="", metavar="T", help="what is told of the event has this in it")


def read_filters(arguments: Namespace, document: Document) -> Wanted:
    """Return what is wanted.

    Raises: Failure: a region, unit, person or kind that is not there, or a time that is none.
    """
    election = document.election
    region = None if arguments.region is None else _region(election, arguments.region)
    unit = None
    if arguments.unit is not None:
        region, unit = _unit(election, region, arguments.unit)
    return Wanted(
        region=region,
        unit=unit,
        person=_occurring(document, "person", arguments.person),
        kind=_occurring(document, "kind", arguments.kind),
        text=arguments.text,
        since=None if arguments.since is None else read_span("--since", arguments.since).start,
        until=None if arguments.until is None else read_span("--until", arguments.until).end,
    )


def _region(election: Election, given: str) -> str:
    chamber = election.pack.chamber.name
    choices = [choice(region.key, region.name) for region in election.regions]
    choices.append(Choice(CHAMBER, tuple(filter(None, ("chamber", chamber.en, chamber.km)))))
    return choices[_chosen("region", given, choices)].key


def _unit(election: Election, region: str | None, given: str) -> tuple[str, str]:
    """Find a unit in its region; without one, in all of them if no two have a unit of this name."""
    if region is not None and region in election.region_index:
        within = election.regions[election.region_index[region]]
        units = [choice(unit.key, unit.name) for unit in within.units]
        return region, f"{region}/{units[_chosen('unit', given, units)].key}"
    found = [(within, key) for within in election.regions for key in _named_so(within, given)]
    if len(found) == 1:
        return found[0][0].key, f"{found[0][0].key}/{found[0][1]}"
    if not found:
        raise bad_argument(f"--unit {given}", "no region has such a unit")
    regions = ", ".join(dict.fromkeys(within.key for within, _ in found))
    raise bad_argument(f"--unit {given}", f"several units are named so; say the --region too: {regions}")


def _named_so(region: Region, given: str) -> Iterable[str]:
    wanted = given.strip().casefold()
    return [
        unit.key
        for unit in region.units
        if wanted in {text.casefold() for text in (unit.key, unit.name.en, unit.name.km) if text}
    ]


def _occurring(document: Document, what: str, given: str | None) -> str | None:
    if given is None:
        return None
    found = occurring(history(document))
    choices = [Choice(name) for name in sorted(found.persons if what == "person" else found.kinds)]
    return choices[_chosen(what, given, choices)].key


def _chosen(what: str, given: str, choices: Iterable[Choice]) -> int:
    try:
        return choose(given, what, choices)
    except NotFound as error:
        raise bad_argument(f"--{what} {given}", str(error)) from error
