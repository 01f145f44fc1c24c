"""Lots that were drawn for a region's tie: what is recorded of them, and when one counts."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from msgspec import Meta, Struct, ValidationError, convert, to_builtins

from tally_app.allocation.allocate import Allocation, with_lot
from tally_app.allocation.contest import Contest
from tally_app.allocation.outcomes import possible
from tally_app.election.election import Election
from tally_app.election.model import Key

KIND = "lot"
"""Kind of the journal's records of lots; their key is the region's."""

Text = Annotated[str, Meta(max_length=300)]
Named = Annotated[str, Meta(min_length=1, max_length=300, pattern=r"\S")]


class Lot(Struct, frozen=True, forbid_unknown_fields=True):
    """A lot as it was drawn on paper. Parties by their keys."""

    tied: list[Key]
    """The tied parties, in ballot order."""
    seats: Annotated[int, Meta(ge=1)]
    """Seats that were open among them."""
    won: dict[Key, Annotated[int, Meta(ge=1)]]
    """Seats that the lot gave, by party; parties that it gave none are left out."""
    votes: dict[Key, Annotated[int, Meta(ge=0)]]
    """Votes of the tied parties when it was drawn [ballots]."""
    drawn_by: Named
    drawn_at: Named
    """When, as written down: ``2024-02-25 23:40``."""
    witnesses: Annotated[list[Named], Meta(max_length=50)] = []
    note: Text = ""


def lot_from_record(record: Mapping[str, object]) -> Lot:
    """Read a lot from the journal. Raises ``ValueError``: it is none."""
    try:
        return convert(dict(record), Lot)
    except ValidationError as error:
        raise ValueError(str(error)) from error


def record_of_lot(lot: Lot) -> dict[str, object]:
    """Return a lot as the journal keeps it."""
    return dict(to_builtins(lot))


def seats_by_lot(election: Election, lot: Lot) -> tuple[int, ...]:
    """Return the seats that a lot gave, by party position."""
    return tuple(lot.won.get(party.key, 0) for party in election.parties)


def settle(election: Election, contest: Contest, allocation: Allocation, lot: Lot) -> Allocation:
    """Let a recorded lot settle the open tie. Unchanged if it was drawn for another one.

    It counts as long as the same parties are tied for as many seats: a correction of votes that leaves the tie as it is
    does not ask for a second draw.
    """
    tie = allocation.tie
    if tie is None or keys(election, tie.parties) != lot.tied or tie.seats != lot.seats:
        return allocation
    won = seats_by_lot(election, lot)
    return with_lot(allocation, won) if possible(contest, won) else allocation


def keys(election: Election, parties: Sequence[int]) -> list[str]:
    """Return the keys of parties, in ballot order."""
    return [election.parties[party].key for party in sorted(parties)]
