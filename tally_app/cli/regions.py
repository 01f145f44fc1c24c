"""What commands say of one region, as a value and as the cells of a table's row."""

from msgspec import Struct

from tally_app.document.results import RegionResult
from tally_app.election.election import Election


class Tie(Struct, frozen=True):
    """*seats* seats are open among these parties; a lot decides."""

    parties: list[str]
    seats: int


class SeatsWon(Struct, frozen=True):
    """Seats of one region: the parties' and the open ones add up to *seats_to_fill*."""

    seats_to_fill: int
    seats: dict[str, int]
    open_seats: int
    tie: Tie | None


def seats_won(election: Election, result: RegionResult) -> SeatsWon:
    """Say who wins the seats of a region."""
    allocation = result.allocation
    tie = allocation.tie
    return SeatsWon(
        seats_to_fill=election.regions[result.region].seats,
        seats=by_party(election, allocation.seats),
        open_seats=allocation.open_seats,
        tie=Tie([election.parties[party].key for party in tie.parties], tie.seats) if tie else None,
    )


def by_party(election: Election, values: tuple[int, ...]) -> dict[str, int]:
    """Key the parties' values, in ballot order."""
    return {party.key: value for party, value in zip(election.parties, values, strict=True)}
