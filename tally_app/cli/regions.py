"""What commands say of one region, as a value and as the cells of a table's row."""

from msgspec import Struct

from tally_app.document.lots import keys
from tally_app.document.results import RegionResult
from tally_app.election.election import Election
from tally_app.wording.numbers import grouped


class Tie(Struct, frozen=True):
    """*seats* seats are open among these parties; a lot decides."""

    parties: list[str]
    seats: int


class Settled(Struct, frozen=True):
    """How a tie was settled: by ``lot``, ``most-votes`` or ``fewest-votes``, and the seats that it gave."""

    parties: list[str]
    seats: int
    policy: str
    won: dict[str, int]


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


def seats_line(won: SeatsWon) -> str:
    """Say in a line who has the seats."""
    seats = ", ".join(f"{key} {grouped(count)}" for key, count in won.seats.items())
    return f"Seats: {seats}" + (f", open {grouped(won.open_seats)}" if won.open_seats else "")


def settled(election: Election, result: RegionResult) -> list[Settled]:
    """Say how the ties of a region were settled."""
    return [
        Settled(
            parties=keys(election, each.tie.parties),
            seats=each.tie.seats,
            policy=str(each.policy),
            won={key: seats for key, seats in by_party(election, each.seats).items() if seats},
        )
        for each in result.allocation.settled
    ]


def by_party(election: Election, values: tuple[int, ...]) -> dict[str, int]:
    """Key the parties' values, in ballot order."""
    return {party.key: value for party, value in zip(election.parties, values, strict=True)}
