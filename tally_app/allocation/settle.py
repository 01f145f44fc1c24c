"""How an open tie is settled: by what the election's law says, or by a lot that somebody drew."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import combinations

from tally_app.allocation.outcome import Tie


class Policy(StrEnum):
    """What decides between equal claims to a seat."""

    LOT = "lot"
    """Nothing but a lot that is drawn and recorded."""
    MOST_VOTES = "most-votes"
    FEWEST_VOTES = "fewest-votes"


def outcomes(seats: Sequence[int], tie: Tie | None) -> Iterator[tuple[int, ...]]:
    """Return every result that lots can bring, one after the other, where each tied list can win one seat.

    So it is wherever equal quotients or remainders are the tie; not for balinski-young, dutch-municipal and alliances,
    in which a lot can decide later seats, too.
    """
    if tie is None:
        yield tuple(seats)
        return
    for winners in combinations(tie.parties, tie.seats):
        yield with_lot(seats, winners)


def with_lot(seats: Sequence[int], winners: Sequence[int]) -> tuple[int, ...]:
    """Return the seats after a lot gave one more to each of *winners*."""
    return tuple(own + (party in winners) for party, own in enumerate(seats))


def settle(
    seats: Sequence[int], tie: Tie | None, votes: Sequence[int], policy: Policy
) -> tuple[tuple[int, ...], Tie | None]:
    """Settle a tie as far as the policy goes; lists it cannot tell apart stay tied for the seats left.

    The order of the lists decides nothing.
    """
    if tie is None or policy is Policy.LOT:
        return tuple(seats), tie
    order = sorted({votes[party] for party in tie.parties}, reverse=policy is Policy.MOST_VOTES)
    won, left = tuple(seats), tie.seats
    for count in order:
        equal = tuple(party for party in tie.parties if votes[party] == count)
        if len(equal) > left:
            return won, Tie(equal, left) if left else None
        won, left = with_lot(won, equal), left - len(equal)
    return won, None
