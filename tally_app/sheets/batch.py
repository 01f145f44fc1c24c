"""Which sheets there are of an election: everything at once, each with the name of its file."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from tally_app.election.election import Election
from tally_app.sheets.request import OF_A_REGION, OF_THE_CHAMBER, Kind, Request

RESULTS: tuple[Kind, ...] = ("region", "chamber")
"""Kinds that are printed where nobody says which."""
_BY_REGION_ONLY = OF_A_REGION | {"forms"}


class Planned(NamedTuple):
    """A sheet of a batch: its file's name, and what is asked for."""

    name: str
    request: Request


def file_name(request: Request) -> str:
    """Return the name of a sheet's file: ``region-R4.pdf``, ``chamber.pdf``, ``forms-R4-R4-1.pdf``."""
    return "-".join(filter(None, (request.kind, request.region, request.unit))) + ".pdf"


def everything(election: Election, kinds: tuple[Kind, ...], like: Request) -> Iterator[Planned]:
    """Yield the sheets of these kinds, of every region and of the chamber; all else as in *like*.

    Not of each there is one: of a region without a tie there is no record of a lot (``NoSuchSheet``).
    """
    for kind in kinds:
        regions: list[str | None] = [] if kind in OF_THE_CHAMBER else [region.key for region in election.regions]
        if kind not in _BY_REGION_ONLY:
            regions.append(None)
        for region in regions:
            request = replace(like, kind=kind, region=region, unit=None)
            yield Planned(file_name(request), request)
