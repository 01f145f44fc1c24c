"""How an open tie is settled: by what the election's law says, or by a lot that somebody drew."""

from collections.abc import Sequence

from tally_app.allocation.outcome import Policy, Tie


def with_lot(seats: Sequence[int], winners: Sequence[int]) -> tuple[int, ...]:
    """Return the seats after a lot gave one more to each of *winners*."""
    return tuple(own + (party in winners) for party, own in enumerate(seats))


def settle(
    seats: Sequence[int], tie: Tie | None, votes: Sequence[int], policy: Policy
) -> tuple[tuple[int, ...], Tie | None]:
    """Settle a tie of equal claims to one seat each as far as the policy goes; who it cannot tell apart stays tied.

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
