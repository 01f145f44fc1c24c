"""Findings by cause: one wrong number is one line, with everything that hangs on it.

A repair that stands alone is a cause: what it makes right hangs on it, and what it brings closer, if nothing else does.
Of the other findings, those about one stated figure or one cell belong together.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tally_app.checks.claims import claim_key, finding_key
from tally_app.checks.finding import TELLING, Finding, Severity, identity
from tally_app.checks.repair import Repair, Repairs

Key = tuple[object, ...]

_WORST_FIRST = tuple(Severity)


@dataclass(frozen=True)
class Cause:
    """What probably is one mistake."""

    head: Finding
    """The worst of the findings, or the worst of those that the repair removes."""
    others: tuple[Finding, ...] = ()
    """What hangs on it, the worst first."""
    repair: Repair | None = None
    closer: tuple[Finding, ...] = ()
    """Those of the others that the repair makes smaller and does not remove."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All of them, the head first."""
        return self.head, *self.others

    @property
    def severity(self) -> Severity:
        """The worst of all."""
        return min((each.severity for each in self.findings), key=_WORST_FIRST.index)


def group(findings: Iterable[Finding], repairs: Repairs) -> list[Cause]:
    """Every finding in exactly one cause, the worst cause first, in whatever order the findings come."""
    everything = sorted(findings, key=_order)
    sizes = [each for each in everything if each.code == "N404"]
    explained = _Explained([each for each in everything if each.code != "N404"], repairs)
    causes: list[Cause] = list(explained.causes())
    causes += (Cause(group[0], tuple(group[1:])) for group in explained.groups)
    return sorted(_with_sizes(causes, sizes), key=_cause_order)


class _Explained:
    """Findings that repairs explain, and groups of the others."""

    def __init__(self, findings: Sequence[Finding], repairs: Repairs) -> None:
        self._repairs = [repair for repair in repairs.standing_alone if repair.fixed]
        by_claim = {claim_key(claim): repair for repair in self._repairs for claim in repair.fixed}
        self._fixed: dict[int, list[Finding]] = {}
        self._closer: dict[int, list[Finding]] = {}
        rest = []
        for finding in findings:
            repair = by_claim.get(finding_key(finding))
            if repair is None:
                rest.append(finding)
            else:
                self._fixed.setdefault(id(repair), []).append(finding)
        self._repairs = [repair for repair in self._repairs if id(repair) in self._fixed]
        self._smaller = [{claim_key(claim) for claim in repair.closer} for repair in self._repairs]
        settled = {key for fixed in self._fixed.values() for each in fixed for key in _about(each)}
        self.groups = [group for group in together(rest, settled) if not self._is_closer(group)]

    def causes(self) -> Iterator[Cause]:
        """Each repair with what hangs on it."""
        for repair in self._repairs:
            head, *fixed = self._fixed[id(repair)]
            closer = self._closer.get(id(repair), [])
            yield Cause(head, tuple(sorted([*fixed, *closer], key=_order)), repair, tuple(sorted(closer, key=_order)))

    def _is_closer(self, group: Sequence[Finding]) -> bool:
        """Hang a group on the best repair that makes all of it smaller; otherwise it has another cause, too."""
        keys = {finding_key(finding) for finding in group}
        for repair, smaller in zip(self._repairs, self._smaller, strict=True):
            if keys <= smaller:
                self._closer.setdefault(id(repair), []).extend(group)
                return True
        return False


def together(findings: Sequence[Finding], settled: Collection[Key] = ()) -> list[list[Finding]]:
    """Findings about one stated figure, or about one cell, in one group; within a group in the order they come.

    *settled*: figures that are right as soon as something else is repaired: what contradicts them is not one mistake.
    """
    parent = list(range(len(findings)))

    def root(one: int) -> int:
        while parent[one] != one:
            one = parent[one]
        return one

    def join(one: int, other: int) -> None:
        one, other = sorted((root(one), root(other)))
        parent[other] = one

    seen: dict[Key, int] = {}
    for number, finding in enumerate(findings):
        for key in set(_about(finding)).difference(settled):
            join(number, seen.setdefault(key, number))
    for one, other in _totals_behind(findings):
        join(one, other)
    groups: dict[int, list[Finding]] = {}
    for number, finding in enumerate(findings):
        groups.setdefault(root(number), []).append(finding)
    return list(groups.values())


def _about(finding: Finding) -> Iterator[Key]:
    """The cell, and the stated figures, that a finding is about."""
    facts, place = finding.facts, finding.place
    if place.unit is not None and place.column is not None:
        yield "cell", place.region, place.unit, place.column
        return
    figure = _figure(finding)
    if figure is None:
        return
    for name in ("source", "other_source"):
        if facts.get(name) is not None:
            yield "stated", facts[name], figure, place.region, place.party
    if finding.code == "W206" and facts.get("of_stated") == facts.get("stated"):  # derived from the source's own totals
        yield "stated", facts.get("source"), "votes", place.region, place.party


def _figure(finding: Finding) -> object:
    """Which stated figure a finding is about; None: not about one."""
    if finding.code in ("E201", "E202"):
        return "votes" if finding.place.party else finding.place.column
    if finding.code == "W207":
        return finding.facts.get("figure")
    return {"E203": "seats", "E205": "cast", "W206": "share", "W208": "turnout", "W210": "majority"}.get(finding.code)


def _totals_behind(findings: Sequence[Finding]) -> Iterator[tuple[int, int]]:
    """Party totals that are too many together, and the one total that is too large by as much or more."""
    for number, finding in enumerate(findings):
        if finding.code != "E204":
            continue
        for other, total in enumerate(findings):
            same = total.place.region == finding.place.region
            if total.code in ("E201", "E202") and total.place.party is not None and same:
                known = total.facts.get("source") == finding.facts.get("source")
                if known and _number(total, "difference") >= _number(finding, "difference") > 0:
                    yield number, other


def _with_sizes(causes: Sequence[Cause], sizes: Sequence[Finding]) -> Iterator[Cause]:
    """Hang each N404 on the finding it is about; by itself where that is not there."""
    about = {_telling(each, each.code): number for number, cause in enumerate(causes) for each in cause.findings}
    hanging: dict[int, list[Finding]] = {}
    for each in sizes:
        number = about.get(_telling(each, str(each.facts.get("code"))))
        if number is None:
            yield Cause(each)
        else:
            hanging.setdefault(number, []).append(each)
    for number, cause in enumerate(causes):
        yield Cause(cause.head, (*cause.others, *hanging.get(number, ())), cause.repair, cause.closer)


def _telling(finding: Finding, code: str) -> Key:
    facts: Mapping[str, object] = finding.facts
    return code, finding.place, *(str(facts[name]) for name in TELLING if name in facts and name != "code")


def _number(finding: Finding, name: str) -> int:
    value = finding.facts.get(name)
    return value if isinstance(value, int) else 0


def _order(finding: Finding) -> Key:
    return _WORST_FIRST.index(finding.severity), finding.code, identity(finding), repr(sorted(finding.facts.items()))


def _cause_order(cause: Cause) -> Key:
    return _WORST_FIRST.index(cause.severity), cause.repair is None, -len(cause.findings), _order(cause.head)
