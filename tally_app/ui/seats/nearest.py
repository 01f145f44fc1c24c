"""Who is nearest to the last seat; knows nothing of Qt."""

from tally_app.allocation.ladder import NextSeat, decimals_apart, last_winner, votes_for_next_seat
from tally_app.document.results import RegionResult


def nearest_contenders(result: RegionResult) -> tuple[NextSeat, ...]:
    """Return who, of those that do not hold the last seat, would take it with the fewest more votes.

    Several if they need as many; none while no seat is certain, while a tie is open, or if nobody else has votes.
    The highest losing quotient is not the question: it may be the last winner's own, or a large party's that needs
    more votes than a small one.
    """
    allocation = result.allocation
    holders = {each.party for each in last_winner(allocation)}
    if not holders or allocation.tie is not None:
        return ()
    others = []
    for party, votes in enumerate(result.eligible):
        needs = None if party in holders or not votes else votes_for_next_seat(result.eligible, allocation, party)
        if needs is not None:
            others.append(NextSeat(party, votes, allocation.divisors.at(allocation.seats[party]), needs))
    fewest = min((each.needs for each in others), default=0)
    return tuple(each for each in others if each.needs == fewest)


def decimals_needed(result: RegionResult, at_least: int) -> int:
    """Return how many decimals tell the last seat's quotient from those of its nearest contenders."""
    last = last_winner(result.allocation)
    return max(
        (decimals_apart(last[0][1:], each[1:3], at_least) for each in nearest_contenders(result)), default=at_least
    )
