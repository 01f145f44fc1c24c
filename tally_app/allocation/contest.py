"""What is to be allocated in one place: a method with its conditions, and the votes. Lists are positions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tally_app.allocation.conditions import Condition, standing
from tally_app.allocation.methods import Method
from tally_app.allocation.outcome import Policy
from tally_app.allocation.race import Entrant


@dataclass(frozen=True, slots=True)
class Alliance:
    """Lists, by position, and alliances that count as one list outside."""

    members: tuple["int | Alliance", ...]
    name: str = ""

    @property
    def lists(self) -> tuple[int, ...]:
        """Every list in it, however deep."""
        return tuple(
            party for member in self.members for party in (member.lists if isinstance(member, Alliance) else (member,))
        )

    @property
    def names(self) -> tuple[str, ...]:
        """Its name and those of the alliances in it."""
        inner = (name for member in self.members if isinstance(member, Alliance) for name in member.names)
        return (self.name, *inner)


Member = int | Alliance


@dataclass(frozen=True, slots=True)
class Contest:
    """A number of seats, the lists' votes, and everything in the rule that decides between them."""

    method: Method
    seats: int
    """Seats to give, those already held not counted [≥ 0]."""
    votes: tuple[int, ...]
    """Valid votes by list [ballots, ≥ 0]."""
    condition: Condition | None = None
    """Who takes part; None: everybody."""
    least: tuple[int, ...] = ()
    """Seats that each list gets at least if it takes part; empty: none."""
    most: tuple[int | None, ...] = ()
    """Seats that each list can take (its candidates); None, or empty: no limit."""
    start: tuple[int, ...] = ()
    """Seats that each list holds already; empty: none."""
    alliances: tuple[Alliance, ...] = ()
    partners: tuple[int, ...] = ()
    """Parties behind each list, for thresholds by the size of a coalition; empty: one each."""
    policy: Policy = Policy.LOT
    """What settles a tie."""

    @property
    def limited(self) -> bool:
        """Is there a minimum, a maximum or a seat already held?"""
        return any(self.least) or any(self.start) or any(most is not None for most in self.most)

    @property
    def plain(self) -> bool:
        """Do the votes alone decide: no condition, limit or alliance?"""
        return self.condition is None and not self.alliances and not self.limited

    @property
    def start_seats(self) -> int:
        """Seats already held, of all lists together."""
        return sum(self.start)

    def standing(self) -> list[bool]:
        """Tell for each list whether it takes part."""
        return standing(self.condition, self.votes, [each.lists for each in self.alliances], self.partners or None)

    def entrants(self) -> list[Entrant]:
        """Return the lists as they run; those that do not take part are without votes."""
        if self.condition is None and not self.limited:
            return [Entrant(count) for count in self.votes]
        lists = range(len(self.votes))
        return [
            Entrant(self.votes[party], self.least_of(party), self.most_of(party), self.start_of(party))
            if takes_part
            else Entrant(0)
            for party, takes_part in zip(lists, self.standing(), strict=True)
        ]

    def least_of(self, party: int) -> int:
        """Seats that a list gets at least."""
        return self.least[party] if self.least else 0

    def most_of(self, party: int) -> int | None:
        """Seats that a list can take here; None: no limit."""
        return self.most[party] if self.most else None

    def start_of(self, party: int) -> int:
        """Seats that a list holds already."""
        return self.start[party] if self.start else 0

    def with_votes(self, votes: Sequence[int]) -> "Contest":
        """Return the same contest with other votes; the bases of thresholds grow and shrink with their sum."""
        more = sum(votes) - sum(self.votes)
        condition = self.condition.with_ballots(more) if self.condition is not None and more else self.condition
        return replace(self, votes=tuple(votes), condition=condition)

    def with_change(self, party: int, votes: int) -> "Contest":
        """Return the same contest with so many *votes* more (or, negative, fewer) for one list."""
        return self.with_votes([own + votes * (each == party) for each, own in enumerate(self.votes)])
