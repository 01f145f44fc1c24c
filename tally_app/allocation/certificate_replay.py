"""Two procedures counted again for the check of a certificate, in fractions and by every lot.

Nothing here imports the engine, so that an error there cannot hide here.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import Any, NamedTuple

MOST_STATES = 50_000

Seats = tuple[int, ...]


class Replay(NamedTuple):
    """Every result, lists that are alike exchanged at will; seats that nobody takes; the steps before any lot."""

    ends: set[Seats]
    unfilled: int
    steps: list[dict[str, Any]]


def _groups(alike: Sequence[Any]) -> list[list[int]]:
    groups: dict[Any, list[int]] = {}
    for party, each in enumerate(alike):
        groups.setdefault(each, []).append(party)
    return [group for group in groups.values() if len(group) > 1]


def quota_method(certificate: Mapping[str, Any]) -> Replay | None:
    """Count by Balinski and Young's quota method; None: too many outcomes. ``steps`` stay empty."""
    votes, start, least, most = (certificate[key] for key in ("votes", "start_seats", "min_seats", "max_seats"))
    groups = _groups(list(zip(votes, start, least, most, strict=True)))
    states: set[Seats] = {tuple(least)}
    given, held = sum(least), sum(start)
    while given < certificate["seats_to_give"]:
        after = {
            _in_order(groups, (*state[:party], state[party] + 1, *state[party + 1 :]))
            for state in states
            for party in quota_method_step(certificate, state, given + held + 1)["best"]
        }
        if not after or len(after) > MOST_STATES:
            break
        states, given = after, given + 1
    if given < certificate["seats_to_give"] and after:
        return None
    return Replay(states, certificate["seats_to_give"] - given, [])


def quota_method_step(certificate: Mapping[str, Any], state: Seats, number: int) -> dict[str, Any]:
    """Tell who is below the upper quota when seat *number* is given (held ones counted), and who is best."""
    votes, most = certificate["votes"], certificate["max_seats"]
    has = [own + held for own, held in zip(state, certificate["start_seats"], strict=True)]
    running = [party for party, own in enumerate(state) if votes[party] and (most[party] is None or own < most[party])]
    below = [party for party in running if has[party] < Fraction(votes[party] * number, sum(votes))]
    quotients = {party: Fraction(votes[party], has[party] + 1) for party in below or running}
    highest = max(quotients.values(), default=Fraction(0))
    best = [party for party, quotient in quotients.items() if quotient == highest]
    return {"seat": number, "below_upper_quota": below, "best": best, "quotient": str(highest)}


def _in_order(groups: Sequence[Sequence[int]], state: tuple[Any, ...]) -> tuple[Any, ...]:
    """Put what lists that are alike have in one order."""
    ordered = list(state)
    for group in groups:
        for party, own in zip(group, sorted((state[party] for party in group), reverse=True), strict=True):
            ordered[party] = own
    return tuple(ordered)


Residual = tuple[tuple[str, Fraction], ...]
"""Residual seats: stage and value of each."""
Held = tuple[int, Residual]
"""A list's seats, and the residual ones among them."""


class Council(NamedTuple):
    """A council's seats at some point."""

    lists: tuple[Held, ...]
    last: tuple[str, Fraction] | None = None
    """Stage and value of the residual seat that was given last."""
    left: int = 0


class Councils:
    """A Dutch municipal council: Kieswet, art. P 5–P 10."""

    def __init__(self, certificate: Mapping[str, Any]) -> None:
        self.votes: list[int] = certificate["votes"]
        self.most: list[int | None] = certificate["max_seats"]
        self.seats: int = certificate["seats_to_give"]
        self.quota = Fraction(sum(self.votes), self.seats)
        self.groups = _groups(list(zip(self.votes, self.most, strict=True)))
        self.steps: list[dict[str, Any]] = []
        self.drawn = False

    def replay(self) -> Replay | None:
        """Count with every lot; None: too many outcomes."""
        whole = [int(own // self.quota) for own in self.votes]
        states = {Council(tuple((own, ()) for own in whole), None, self.seats - sum(whole))}
        states = self._residual(states, exhaustion=False)
        states = self._each(states, self._majority)
        states = self._each(states, self._exhausted)
        states = self._residual(states, exhaustion=True)
        if not states:
            return None
        ends = {_in_order(self.groups, tuple(own for own, _ in state.lists)) for state in states}
        return Replay(ends, next(iter(states)).left, self.steps)

    def _each(self, states: set[Council], step: Callable[[Council], list[Council]]) -> set[Council]:
        after: set[Council] = set()
        for state in states:
            following = step(state)
            self.drawn = self.drawn or len(following) > 1
            after.update(each._replace(lists=_in_order(self.groups, each.lists)) for each in following)
        return after if len(after) <= MOST_STATES else set()

    def _residual(self, states: set[Council], exhaustion: bool) -> set[Council]:
        stages = ["average"] if self.seats >= 19 else ["remainder", "unique-average", "average"]
        for stage in stages:
            while True:
                after = self._each(states, partial(self._next_seats, stage=stage, exhaustion=exhaustion))
                if after == states:
                    break
                states = after
        return states

    def _next_seats(self, state: Council, stage: str, exhaustion: bool) -> list[Council]:
        values = {
            party: self._value(stage, party, own)
            for party, (own, held) in enumerate(state.lists)
            if self.votes[party] and self._may_have(stage, party, own, held, exhaustion)
        }
        best = [party for party, value in values.items() if value == max(values.values())]
        if not best or not state.left:
            return [state]
        together = [best] if len(best) <= state.left else [[party] for party in best]
        if len(together) > 1:
            self.drawn = True
        return [self._given(state, stage, each, values[best[0]]) for each in together]

    def _may_have(self, stage: str, party: int, own: int, held: Residual, exhaustion: bool) -> bool:
        most = self.most[party]
        if exhaustion and most is not None and own >= most:
            return False
        if stage == "remainder" and self.votes[party] < Fraction(3, 4) * self.quota:
            return False
        return stage == "average" or all(of != stage for of, _ in held)

    def _value(self, stage: str, party: int, own: int) -> Fraction:
        return (
            Fraction(self.votes[party]) % self.quota if stage == "remainder" else Fraction(self.votes[party], own + 1)
        )

    def _given(self, state: Council, stage: str, parties: Sequence[int], value: Fraction) -> Council:
        lists = list(state.lists)
        for party in parties:
            own, held = lists[party]
            lists[party] = (own + 1, tuple(sorted((*held, (stage, value)))))
            self._note(stage, party, 1, value)
        return Council(tuple(lists), (stage, value), state.left - len(parties))

    def _note(self, stage: str, party: int, seats: int, value: Fraction | None = None) -> None:
        if not self.drawn:
            text = None if value is None else str(value)
            self.steps.append({"stage": stage, "party": party, "seats": seats, "value": text})

    def _majority(self, state: Council) -> list[Council]:
        """P 9: who has more than half of the votes and not of the seats takes the last residual seat."""
        for party, own in enumerate(self.votes):
            if 2 * own > sum(self.votes) and 2 * state.lists[party][0] <= self.seats and state.last is not None:
                givers = [giver for giver, (_, held) in enumerate(state.lists) if giver != party and state.last in held]
                self.drawn = self.drawn or len(givers) > 1
                return [self._passed_on(state, giver, party) for giver in givers] or [state]
        return [state]

    def _passed_on(self, state: Council, giver: int, taker: int) -> Council:
        lists = list(state.lists)
        own, held = lists[giver]
        assert state.last is not None
        place = held.index(state.last)
        lists[giver] = (own - 1, held[:place] + held[place + 1 :])
        lists[taker] = (lists[taker][0] + 1, lists[taker][1])
        self._note("majority", giver, -1)
        self._note("majority", taker, 1)
        return state._replace(lists=tuple(lists))

    def _exhausted(self, state: Council) -> list[Council]:
        """P 10: seats beyond a list's candidates are given anew."""
        lists, left = list(state.lists), state.left
        for party, (own, held) in enumerate(state.lists):
            most = self.most[party]
            if most is not None and own > most:
                for _ in range(own - most):
                    self._note("exhausted", party, -1)
                lists[party], left = (most, held), left + own - most
        return [Council(tuple(lists), state.last, left)]
