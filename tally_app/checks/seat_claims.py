"""Stated seats as claims. They need an allocation, so they are asked only for repairs that gain something already."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from tally_app.checks.claims import Claim
from tally_app.checks.finding import Place
from tally_app.count.statements import Statements
from tally_app.election.election import Election

SeatsWith = Callable[[int, tuple[int, ...]], tuple[int, ...]]
"""Seats of a region, by its position, if its parties had so many votes, by their positions."""


class SeatClaims:
    """Seats before and after a change, each allocation asked for once. A lot, or a tie, is the callback's business."""

    def __init__(self, election: Election, statements: Statements, seats_with: SeatsWith) -> None:
        self._election = election
        self._statements = statements
        self._seats_with = seats_with
        self._asked = False
        self._known: dict[tuple[int, tuple[int, ...]], tuple[int, ...]] = {}

    def seats(self, region: int, votes: tuple[int, ...]) -> tuple[int, ...]:
        """Seats of a region by position of the party."""
        key = (region, votes)
        if key not in self._known:
            self._known[key] = tuple(self._seats_with(region, votes))
        return self._known[key]

    def stated(self) -> bool:
        """Does anybody state the chamber's seats?"""
        return any(figure == "seats" for (figure, _), by_source in self._statements.about().items() if by_source)

    def prepare(self, votes: Sequence[tuple[int, ...]]) -> Iterator[None]:
        """Ask for every region's seats, in slices, if the chamber's are stated. *votes*: of each region."""
        if self._asked or not self.stated():
            return
        for region, own in enumerate(votes):
            self.seats(region, own)
            yield
        self._asked = True

    def claims(
        self, region: str | None, before: Sequence[int], after: Sequence[int]
    ) -> tuple[tuple[Claim, ...], tuple[Claim, ...]]:
        """Stated seats, of a region or of the chamber, that become right, and those that become wrong."""
        fixed, broken = [], []
        for (figure, party), by_source in self._statements.about(region).items():
            if figure != "seats" or party is None:
                continue
            old, new = (seats[self._election.party_index[party]] for seats in (before, after))
            for source, printed in by_source.items():
                claim = Claim("E203", Place(region, None, party), source, "seats", printed, str(old), str(new), printed)
                if old != new == int(printed):
                    fixed.append(claim)
                elif new != old == int(printed):
                    broken.append(claim)
        return tuple(fixed), tuple(broken)


def added(seats: Mapping[int, tuple[int, ...]]) -> tuple[int, ...]:
    """Seats of all regions together."""
    return tuple(map(sum, zip(*seats.values(), strict=True)))
