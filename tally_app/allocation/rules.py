"""An election's rule made into contests: keys become positions, shares of ballots become numbers."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from tally_app.allocation.conditions import Combined, Condition, Threshold, standing
from tally_app.allocation.contest import Alliance, Contest
from tally_app.allocation.methods import METHODS, STATIONARY, Method, stationary
from tally_app.allocation.outcome import Policy
from tally_app.election import model
from tally_app.election.election import Election


class Ballots(NamedTuple):
    """What is counted in a region, or in the chamber. Figures that are not entered are 0."""

    votes: tuple[int, ...]
    """Votes that count, by party position: 0 for a party that does not stand."""
    blank: int = 0
    cast: int = 0
    registered: int = 0

    def base(self, kind: model.BaseKind) -> int:
        """Return what a share is of [ballots, or voters].

        Never less than the votes themselves: while figures are missing, or too low, a threshold must not become easier.
        """
        valid = sum(self.votes)
        bases = {"valid": valid, "valid+blank": valid + self.blank, "cast": self.cast, "registered": self.registered}
        return max(valid, bases[kind])


class Rules:
    """The rule of an election, region by region."""

    def __init__(self, election: Election) -> None:
        rule = election.pack.rule
        self._election = election
        self._threshold = rule.threshold
        self._chamber_thresholds = tuple(_of_chamber(rule.threshold)) if rule.threshold else ()
        self._method = method_of(rule)
        self._policy = Policy(rule.ties)
        self._partners = partners if max(partners := tuple(party.partners for party in election.parties)) > 1 else ()
        self._keys = tuple(party.key for party in election.parties)
        self._common = _alliances(rule.alliances, election.party_index)

    @property
    def spans_chamber(self) -> bool:
        """Does who takes part depend on votes in other regions?"""
        return bool(self._chamber_thresholds)

    def chamber_standing(self, everywhere: Ballots) -> tuple[tuple[bool, ...], ...]:
        """Return who passes each of the chamber's thresholds: while that stands, no other region's seats change."""
        conditions = (self._condition(each, everywhere, everywhere) for each in self._chamber_thresholds)
        groups = [alliance.lists for alliance in self._common]
        return tuple(tuple(standing(each, everywhere.votes, groups, self._partners or None)) for each in conditions)

    def contest(self, region: int, here: Ballots, everywhere: Ballots) -> Contest:
        """Return what is to be allocated in a region.

        Args:
            region: position of the region.
            here: what is counted in it.
            everywhere: what is counted in all regions; asked only where a threshold is the chamber's.
        """
        definition = self._election.regions[region]
        minimum = self._election.pack.rule.min_seats
        return Contest(
            method=self._method,
            seats=definition.seats,
            votes=here.votes,
            condition=self._condition(self._threshold, here, everywhere),
            least=self._by_party(definition.min_seats, minimum),
            most=tuple(map(definition.max_seats.get, self._keys)) if definition.max_seats else (),
            start=self._by_party(definition.start_seats, 0),
            alliances=self._alliances(definition),
            partners=self._partners,
            policy=self._policy,
        )

    def _by_party(self, seats: Mapping[str, int], default: int) -> tuple[int, ...]:
        if not seats and not default:
            return ()
        return tuple(seats.get(key, default) for key in self._keys)

    def _alliances(self, region: model.Region) -> tuple[Alliance, ...]:
        if region.alliances is None:
            return self._common
        return _alliances(region.alliances, self._election.party_index)

    def _condition(self, threshold: model.Threshold | None, here: Ballots, everywhere: Ballots) -> Condition | None:
        if threshold is None:
            return None
        parts = threshold.any_of or threshold.all_of
        if parts:
            each = (self._condition(part, here, everywhere) for part in parts)
            return Combined(tuple(part for part in each if part is not None), bool(threshold.all_of))
        of_chamber = threshold.scope == "chamber"
        counted = everywhere if of_chamber else here
        elsewhere = tuple(a - b for a, b in zip(everywhere.votes, here.votes, strict=True)) if of_chamber else ()
        positions = self._election.party_index
        return Threshold(
            share=None if threshold.share is None else Fraction(threshold.share),
            votes=threshold.votes,
            base=None if threshold.base == "valid" else counted.base(threshold.base),
            inclusive=threshold.inclusive,
            exempt=frozenset(positions[key] for key in threshold.exempt),
            alliances=threshold.alliances,
            coalitions=tuple((each.partners, Fraction(each.share)) for each in threshold.coalitions),
            elsewhere=elsewhere,
        )


def method_of(rule: model.Rule) -> Method:
    """Return the method that a rule names."""
    return stationary(Fraction(rule.parameter or 0)) if rule.method == STATIONARY else METHODS[rule.method]


def _of_chamber(threshold: model.Threshold) -> Iterator[model.Threshold]:
    """Yield the thresholds that are the chamber's."""
    parts = (*threshold.any_of, *threshold.all_of)
    if not parts and threshold.scope == "chamber":
        yield threshold
    for part in parts:
        yield from _of_chamber(part)


def _alliances(alliances: Sequence[model.Alliance], positions: Mapping[str, int]) -> tuple[Alliance, ...]:
    """Nest them: an alliance that is a member of another one stands inside it only."""
    by_key = {alliance.key: alliance for alliance in alliances}
    inner = {member for alliance in alliances for member in alliance.members if member in by_key}

    def nested(alliance: model.Alliance) -> Alliance:
        members = (nested(by_key[key]) if key in by_key else positions[key] for key in alliance.members)
        return Alliance(tuple(members), alliance.key)

    return tuple(nested(alliance) for alliance in alliances if alliance.key not in inner)
