"""Who takes part, from the definition as JSON, in fractions: a second time, and by nothing of the engine."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

Json = Mapping[str, Any]


class Counted(NamedTuple):
    """Votes that count by party key, and the sums of the form's other columns; what is not entered is 0."""

    votes: Mapping[str, int]
    fields: Mapping[str, int]

    def base(self, kind: str) -> int:
        """Return what a share is of: never less than the votes themselves."""
        valid = sum(self.votes.values())
        if kind == "valid+blank":
            return valid + self.fields.get("blank", 0)
        return max(valid, self.fields.get(kind, 0)) if kind in ("cast", "registered") else valid


class Groups(NamedTuple):
    """The outermost alliance of each party that is in one, and the parties behind each list."""

    lists: Sequence[frozenset[str]]
    partners: Mapping[str, int]

    def of(self, party: str) -> frozenset[str]:
        """Return who passes or fails with a party, where alliances do so as a whole."""
        return next((lists for lists in self.lists if party in lists), frozenset((party,)))


def groups_of(pack: Json, alliances: Sequence[Json]) -> Groups:
    """Read alliances of a region: each of the outermost ones with all its lists."""
    by_key = {each["key"]: each for each in alliances}
    inside = {member for each in alliances for member in each["members"]}

    def lists(key: str) -> Iterator[str]:
        for member in by_key[key]["members"]:
            yield from lists(member) if member in by_key else (member,)

    outermost = [frozenset(lists(key)) for key in by_key if key not in inside]
    return Groups(outermost, {party["key"]: party.get("partners", 1) for party in pack["parties"]})


def of_chamber(threshold: Json | None) -> bool:
    """Tell whether a threshold, or a part of it, asks for votes in all regions together."""
    if threshold is None:
        return False
    parts = (*threshold.get("any", ()), *threshold.get("all", ()))
    return any(map(of_chamber, parts)) or (not parts and threshold.get("scope") == "chamber")


def passes(threshold: Json | None, party: str, here: Counted, everywhere: Counted, groups: Groups) -> bool:
    """Tell whether a party takes part in a region."""
    if threshold is None:
        return True
    for together, holds in (("any", any), ("all", all)):
        if threshold.get(together):
            return holds(passes(part, party, here, everywhere, groups) for part in threshold[together])
    if party in threshold.get("exempt", ()):
        return True
    counted = everywhere if threshold.get("scope") == "chamber" else here
    whose = groups.of(party) if threshold.get("alliances") else frozenset((party,))
    own = sum(counted.votes.get(each, 0) for each in whose)
    needed = _needed(threshold, counted, sum(groups.partners.get(each, 1) for each in whose))
    return own >= needed if threshold.get("inclusive", True) else own > needed


def _needed(threshold: Json, counted: Counted, partners: int) -> Fraction:
    if threshold.get("share") is None:
        return Fraction(threshold.get("votes") or 0)
    coalitions = sorted((each["partners"], Fraction(each["share"])) for each in threshold.get("coalitions", ()))
    asked = [Fraction(threshold["share"]), *(share for size, share in coalitions if size <= partners)]
    return asked[-1] * counted.base(threshold.get("base", "valid"))
