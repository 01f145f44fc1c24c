"""Checks of the definition: E301, E302, W303. They do not depend on any figure."""

from collections import Counter
from collections.abc import Iterable, Iterator

from tally_app.checks.finding import Fact, Finding, Place
from tally_app.election.election import Election


def check_definition(election: Election) -> Iterator[Finding]:
    """Every finding about the election's own definition."""
    yield from check_seats_add_up(election)
    yield from check_provinces(election)
    yield from check_unique(election)
    yield from check_declared(election)


def check_seats_add_up(election: Election) -> Iterator[Finding]:
    """E301: regions' seats do not add up to the elected seats, or elected + appointed not to the chamber."""
    chamber = election.pack.chamber
    regions = sum(region.seats for region in election.regions)
    appointed = sum(appointment.seats for appointment in chamber.appointed)
    if regions != chamber.elected_seats:
        facts: dict[str, Fact] = {"what": "elected", "sum": regions, "stated": chamber.elected_seats}
        yield Finding("E301", Place(), facts)
    if chamber.elected_seats + appointed != chamber.total_seats:
        facts = {"what": "total", "sum": chamber.elected_seats + appointed, "stated": chamber.total_seats}
        yield Finding("E301", Place(), facts)


def check_provinces(election: Election) -> Iterator[Finding]:
    """E302: a province is in two regions or in none."""
    for province in election.pack.provinces:
        keys = [region.key for region in election.regions for key in region.provinces if key == province.key]
        if len(keys) != 1:
            facts: dict[str, Fact] = {
                "what": "province",
                "name": province.name.en,
                "key": province.key,
                "regions": keys,
            }
            yield Finding("E302", Place(keys[0] if keys else None), facts)


def check_unique(election: Election) -> Iterator[Finding]:
    """E302: a ballot number or a name stands twice.

    A key that stands twice is refused when the pack is read.
    """
    pack = election.pack
    yield from _twice("ballot", None, (str(party.ballot) for party in pack.parties))
    yield from _twice("party", None, (party.name.en for party in pack.parties))
    yield from _twice("region", None, (region.name.en for region in pack.regions))
    for region in pack.regions:
        yield from _twice("unit", region.key, (unit.name.en for unit in region.units))


def check_declared(election: Election) -> Iterator[Finding]:
    """W303: a party's declared constituencies or contested seats are not those where it stands.

    A list contests the seats of a region, or as many as it has candidates there where these are fewer.
    """
    for index, party in enumerate(election.parties):
        regions = [region for region, stand in zip(election.regions, election.standing, strict=True) if stand[index]]
        seats = sum(min(region.seats, region.max_seats.get(party.key, region.seats)) for region in regions)
        for what, declared, stands in (
            ("constituencies", party.constituencies, len(regions)),
            ("seats", party.seats_contested, seats),
        ):
            if declared is not None and declared != stands:
                facts: dict[str, Fact] = {"what": what, "declared": declared, "stands": stands}
                yield Finding("W303", Place(party=party.key), facts)


def _twice(what: str, region: str | None, names: Iterable[str]) -> Iterator[Finding]:
    for name, times in Counter(names).items():
        if times > 1:
            yield Finding("E302", Place(region), {"what": what, "name": name, "times": times})
