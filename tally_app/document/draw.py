"""The draw that a region's tie asks for: who is tied, what a lot can bring, and the lot as it is recorded."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tally_app.allocation.allocate import Allocation, allocate
from tally_app.allocation.contest import Contest
from tally_app.allocation.methods import Special
from tally_app.allocation.outcome import Tie
from tally_app.allocation.outcomes import outcomes, possible
from tally_app.document.lots import Lot, keys, lot_from_record, record_of_lot
from tally_app.document.results import RegionResult
from tally_app.election.election import Election

TIME_FORMAT = "%Y-%m-%d %H:%M"
"""How the time of a draw is written down: ``2024-02-25 23:40``."""

LONGEST = 300
"""Characters that each text of a lot may have."""
MOST_WITNESSES = 50


@dataclass(frozen=True, slots=True)
class Draw:
    """A tie as it is before any lot. Seats that a lot gives are keyed by party; those of nobody are left out."""

    election: Election
    contest: Contest
    before: Allocation
    tie: Tie

    @property
    def parties(self) -> tuple[int, ...]:
        """The tied parties, in ballot order."""
        return tuple(sorted(self.tie.parties))

    @property
    def free(self) -> bool:
        """Can the seats go to any of the tied parties, one to each at most?

        Alliances may make several ties of it, and in some methods one lot decides about the next.
        """
        one_each = all(self.most(party) <= 1 for party in self.parties)
        linked = bool(self.contest.alliances) or isinstance(self.contest.method, Special)
        return one_each and (self.tie.seats == 1 or not linked)

    def most(self, party: int) -> int:
        """Seats that lots can give a party at most."""
        return self.before.most[party] - self.before.seats[party]

    def fits(self, lot: Lot) -> bool:
        """Was a lot drawn for just this tie?"""
        return lot.tied == keys(self.election, self.parties) and lot.seats == self.tie.seats

    def possible(self, won: Mapping[str, int]) -> bool:
        """Can a lot give just these seats?"""
        seats = [won.get(party.key, 0) for party in self.election.parties]
        return sum(won.values()) == self.tie.seats and possible(self.contest, seats)

    def outcomes(self) -> Iterator[dict[str, int]]:
        """Yield everything that lots can bring, lazily."""
        for seats in outcomes(self.contest):
            beyond = (own - certain for own, certain in zip(seats, self.before.seats, strict=True))
            yield {party.key: more for party, more in zip(self.election.parties, beyond, strict=True) if more}

    def lot(
        self, won: Mapping[str, int], drawn_by: str, drawn_at: str, witnesses: Sequence[str] = (), note: str = ""
    ) -> Lot:
        """Return the lot as it is recorded. Raises ``ValueError``: a text is empty where one is needed, or too long."""
        tied = keys(self.election, self.parties)
        votes = {self.election.parties[party].key: self.contest.votes[party] for party in self.parties}
        given = {party.key: won[party.key] for party in self.election.parties if won.get(party.key)}
        lot = Lot(tied, self.tie.seats, given, votes, drawn_by, drawn_at, list(witnesses), note)
        return lot_from_record(record_of_lot(lot))


def draw_of(election: Election, result: RegionResult) -> Draw | None:
    """Return the draw that a region's tie asks for, also where a lot settles it already; None where there is none."""
    before = allocate(result.contest)
    return None if before.tie is None else Draw(election, result.contest, before, before.tie)
