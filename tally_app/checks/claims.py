"""Claims: what is stated or added up, and is either right or wrong by the figures entered. Repairs are judged by them.

A claim is right where some linear conditions on the column sums of its scope all hold. Along a change of one column
by +δ (or of two by +δ and −δ) it is therefore right exactly on an interval of whole numbers δ, computed in integers.
What is compared, and when, is what ``stated.py`` and ``entry.py`` say.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from tally_app.checks.finding import Finding, Place
from tally_app.checks.stated import Subject
from tally_app.count.rounding import decimals_of, percentage
from tally_app.election.model import FigureKind

Weights = tuple[tuple[int, int], ...]
"""What a change by δ does to the columns: pairs of a column and how many times δ it grows by."""

_TOTALS = ("registered", "cast", "valid", "blank", "invalid")
_LIMITS: tuple[FigureKind, ...] = ("cast", "registered")


class Claim(NamedTuple):
    """A claim, before and after a change. The first five are those of the finding that says it is wrong."""

    code: str
    place: Place
    source: str | None
    figure: str
    stated: str
    """What the figures should give, as printed; of a form's equation: what its other side gives."""
    before: str
    after: str
    stated_after: str
    """Differs from *stated* only where the change is in the form's own total."""


class Rule(StrEnum):
    """When a claim is right."""

    EQUAL = "equal"
    AT_MOST = "at-most"
    """No more than stated: a column that is not entered whole, or a limit. Breaking one tells, keeping one does not."""
    ROUNDED = "rounded"
    """A percentage, rounded half up to the printed decimals."""


class Linear(NamedTuple):
    """A sum of columns, and more: its value now, and how it grows with each column."""

    level: int
    slopes: Mapping[int, int] = {}

    def after(self, weights: Weights, delta: int) -> int:
        """Its value after a change."""
        return self.level + delta * sum(self.slopes.get(column, 0) * times for column, times in weights)


@dataclass(frozen=True)
class Equation:
    """A claim as an equation: *part* against *whole*, which is what is stated, or what a percentage is of."""

    code: str
    place: Place
    source: str | None
    figure: str
    rule: Rule
    part: Linear
    whole: Linear
    printed: str = ""
    """The percentage as printed."""
    unexplained: bool = False
    """Is less than the most a finding all the same? Ballots that nobody reports may be missing, or not be there."""

    @cached_property
    def conditions(self) -> tuple[tuple[int, int, int], ...]:
        """Factors of *part* and of *whole*, and a number: none of these sums may be negative.

        A percentage s/10^d is right if (2s − 1)·whole ≤ 200·10^d·part < (2s + 1)·whole.
        """
        if self.rule is Rule.AT_MOST:
            return ((-1, 1, 0),)
        if self.rule is Rule.EQUAL:
            return (-1, 1, 0), (1, -1, 0)
        scaled, times = int(self.printed.replace(".", "")), 200 * 10 ** decimals_of(self.printed)
        return (times, 1 - 2 * scaled, 0), (-times, 2 * scaled + 1, -1), (0, 1, -1)

    @property
    def evidence(self) -> bool:
        """Does it tell something that the claim becomes right? Almost any change keeps a limit."""
        return self.rule is not Rule.AT_MOST

    def right(self, weights: Weights = (), delta: int = 0) -> bool:
        """Is it right after a change?"""
        part, whole = self.part.after(weights, delta), self.whole.after(weights, delta)
        return all(a * part + b * whole + more >= 0 for a, b, more in self.conditions)

    def is_closer(self, weights: Weights, delta: int) -> bool:
        """Is what it compares less far apart after a change: in ballots, or in per cent?"""
        (near, per), (far, per_before) = self._gap(weights, delta), self._gap_now
        return near * per_before < far * per if per > 0 and per_before > 0 else per > 0

    def claim(self, weights: Weights, delta: int) -> Claim:
        """The claim in words' reach, before and after a change."""
        (before, stated), (after, stated_after) = self._texts_now, self._texts(weights, delta)
        return Claim(self.code, self.place, self.source, self.figure, stated, before, after, stated_after)

    @cached_property
    def _gap_now(self) -> tuple[int, int]:
        return self._gap((), 0)

    @cached_property
    def _texts_now(self) -> tuple[str, str]:
        return self._texts((), 0)

    def _gap(self, weights: Weights, delta: int) -> tuple[int, int]:
        """How far apart the two sides are, as a fraction."""
        part, whole = self.part.after(weights, delta), self.whole.after(weights, delta)
        if self.rule is not Rule.ROUNDED:
            return abs(part - whole), 1
        scaled, decimals = int(self.printed.replace(".", "")), 10 ** decimals_of(self.printed)
        return abs(100 * decimals * part - scaled * whole), whole

    def _texts(self, weights: Weights, delta: int) -> tuple[str, str]:
        part, whole = self.part.after(weights, delta), self.whole.after(weights, delta)
        if self.rule is not Rule.ROUNDED:
            return str(part), str(whole)
        return percentage(part, whole, decimals_of(self.printed)) if whole > 0 else "", self.printed


def claim_key(claim: Claim) -> tuple[str, Place, str | None, str]:
    """What a claim and the finding that says it is wrong have in common."""
    return claim.code, claim.place, claim.source, claim.figure


def finding_key(finding: Finding) -> tuple[str, Place, str | None, str]:
    """The same of a finding; of a finding that no claim is behind, something that no claim has."""
    source, figure = finding.facts.get("source"), _FIGURES.get(finding.code, "")
    if finding.code == "E204" and finding.facts.get("limit_source") is None:
        figure = str(finding.facts.get("limit"))
    elif finding.code in ("E201", "E202"):
        figure = "votes" if finding.place.party else str(finding.place.column)
    return finding.code, finding.place, str(source) if source is not None else None, figure


_FIGURES = {
    "E102": "valid",
    "E103": "cast",
    "E104": "registered",
    "E105": "votes",
    "E203": "seats",
    "E205": "cast",
    "W206": "share",
    "W208": "turnout",
}


def equations(subject: Subject, one_unit: bool) -> Iterator[Equation]:
    """Every claim about a region, or about the chamber, that its column sums decide.

    *one_unit*: a region of one unit is one row of its source's table. Percentages printed in the row of a wrong number
    were derived from it and say nothing: they are left out, see ``derived``.
    """
    yield from _totals(subject)
    yield from _too_many(subject)
    if not one_unit:
        yield from derived(subject)
    if subject.region is None:
        yield from _accounted(subject)


def derived(subject: Subject) -> Iterator[Equation]:
    """The percentages: shares of the parties once all votes are counted, and the turnout."""
    parties = subject.election.party_columns
    valid = Linear(sum(subject.votes), dict.fromkeys(parties, 1))
    if valid.level and subject.counted:
        for (figure, party), by_source in subject.stated.items():
            if figure == "share" and party is not None:
                position = subject.election.party_index[party]
                votes = Linear(subject.votes[position], {parties[position]: 1})
                for source, printed in by_source.items():
                    place = Place(subject.region, None, party)
                    yield Equation("W206", place, source, "share", Rule.ROUNDED, votes, valid, printed)
    cast, registered = _known(subject, "cast"), _known(subject, "registered")
    if cast is not None and registered is not None and registered.level:
        for source, printed in subject.stated.get(("turnout", None), {}).items():
            yield Equation("W208", subject.place, source, "turnout", Rule.ROUNDED, cast, registered, printed)


def _totals(subject: Subject) -> Iterator[Equation]:
    code = "E201" if subject.region else "E202"
    for (figure, party), by_source in subject.stated.items():
        key = party if figure == "votes" else figure if figure in _TOTALS else None
        total, whole = subject.total(key) if key is not None else (None, False)
        if key is None or total is None:
            continue
        part = Linear(total, {subject.election.column_index[key]: 1})
        rule = Rule.EQUAL if whole else Rule.AT_MOST
        for source, printed in by_source.items():
            place = Place(subject.region, None, party, key)
            yield Equation(code, place, source, figure, rule, part, Linear(int(printed)))


def _too_many(subject: Subject) -> Iterator[Equation]:
    """A source's party totals together against what is entered; against what is stated no entry can help."""
    together: dict[str, int] = {}
    for (figure, _), by_source in subject.stated.items():
        if figure == "votes":
            for source, printed in by_source.items():
                together[source] = together.get(source, 0) + int(printed)
    for key in _LIMITS:
        total, whole = subject.total(key)
        if whole and total is not None:
            limit = Linear(total, {subject.election.column_index[key]: 1})
            for source, stated in together.items():
                yield Equation("E204", subject.place, source, key, Rule.AT_MOST, Linear(stated), limit)


def _accounted(subject: Subject) -> Iterator[Equation]:
    """All ballots against those stated as cast. Where invalid ballots are missing, they may only be fewer."""
    columns = [index for key in ("blank", "invalid") if (index := subject.election.column_index.get(key)) is not None]
    known = subject.counted and all(subject.tally.whole(column) for column in columns)
    columns += subject.election.party_columns
    ballots = Linear(sum(subject.tally.sums[column] or 0 for column in columns), dict.fromkeys(columns, 1))
    for source, printed in subject.stated.get(("cast", None), {}).items():
        rule = Rule.EQUAL if known else Rule.AT_MOST
        stated = Linear(int(printed))
        yield Equation("E205", subject.place, source, "cast", rule, ballots, stated, unexplained=subject.counted)


def _known(subject: Subject, key: FigureKind) -> Linear | None:
    column = subject.election.column_index.get(key)
    total, whole = subject.total(key)
    if column is not None and whole and total is not None:
        return Linear(total, {column: 1})
    stated = next(iter(subject.stated.get((key, None), {}).values()), None)
    return None if stated is None else Linear(int(stated))
