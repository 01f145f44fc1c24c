"""Checks of stated figures against computed ones, E201–E205 and W206–W210.

One ``Subject`` is a unit, a region or the chamber: its sums (a unit's are the figures entered), its seats, and what
each source states about it. A stated total is compared once every unit's cell of the column is entered, or as soon as
the sum exceeds it; before that a difference only says that the count is not over.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from tally_app.checks.finding import Fact, Finding, Place
from tally_app.count.rounding import decimals_of, percentage, reduced
from tally_app.count.statements import Subject as Figure
from tally_app.count.tally import Tally
from tally_app.election.election import Election
from tally_app.election.model import FigureKind

Stated = Mapping[Figure, Mapping[str, str]]

_LIMITS: tuple[FigureKind, ...] = ("cast", "registered")
_TOTALS = ("registered", "cast", "valid", "blank", "invalid")


@dataclass(frozen=True, slots=True)
class Subject:
    """A unit, a region where *unit* is None, or the chamber where *region* is None, too."""

    election: Election
    region: str | None
    tally: Tally
    seats: tuple[int, ...]
    open_to: tuple[int, ...]
    """Seats that each party could still win in an open tie."""
    stated: Stated
    unit: str | None = None

    @property
    def place(self) -> Place:
        """Where findings about the whole subject are."""
        return Place(self.region, self.unit)

    def place_of(self, party: str | None, column: str | None = None) -> Place:
        """Where findings about a party, or a column, of it are."""
        return Place(self.region, self.unit, party, column)

    def total(self, column_key: str) -> tuple[int | None, bool]:
        """Σ of a column, and whether every unit's cell of it is entered."""
        column = self.election.column_index.get(column_key)
        if column is None:
            return None, False
        return self.tally.sums[column], self.tally.whole(column)

    def total_of(self, figure: FigureKind, party: str | None) -> tuple[int | None, bool]:
        """What a stated total is compared with, and whether it is whole. Valid votes without a column: Σ votes."""
        if figure == "valid" and "valid" not in self.election.column_index:
            return sum(self.votes) if self.begun else None, self.counted
        return self.total(party or "" if figure == "votes" else figure)

    @property
    def votes(self) -> list[int]:
        """Σ votes by party."""
        return [self.tally.sums[column] or 0 for column in self.election.party_columns]

    @property
    def begun(self) -> bool:
        """Are any votes entered?"""
        return any(self.tally.sums[column] is not None for column in self.election.party_columns)

    @property
    def counted(self) -> bool:
        """Are the votes of every party entered in every unit?"""
        return all(self.tally.whole(column) for column in self.election.party_columns)

    @property
    def bases(self) -> dict[str, int]:
        """What a percentage can be a percentage of, as far as it is known: valid, cast, registered."""
        bases = {"valid": sum(self.votes)}
        for key in _LIMITS:
            value = self.known(key)
            if value is not None:
                bases[key] = value
        return bases

    def known(self, key: FigureKind, source: str | None = None) -> int | None:
        """The sum of a column if it is whole, else what *source* states, else what all who state it agree on."""
        total, whole = self.total(key)
        if whole and total is not None:
            return total
        stated = _counts(self.stated.get((key, None), {}))
        if source in stated:
            return stated[source]
        values = set(stated.values())
        return values.pop() if len(values) == 1 else None


def unit_subject(election: Election, row: int, values: Sequence[int | None], stated: Stated) -> Subject:
    """Return a unit as a subject: its figures are their own sums. It wins no seats.

    *values*: the figures of the unit's form by column, None where not entered.
    """
    entered = tuple(int(value is not None) for value in values)
    tally = Tally(tuple(values), entered, 1, 1, 1, 0, 0)  # of a unit, nobody asks how far its count is
    nothing = (0,) * len(election.parties)
    region = election.regions[election.region_of(row)].key
    return Subject(election, region, tally, nothing, nothing, stated, election.unit(row).key)


def check_stated(subject: Subject) -> Iterator[Finding]:
    """Every finding about what is stated of one unit, of one region, or of the chamber."""
    yield from check_totals(subject)
    if subject.unit is None:
        yield from check_seats(subject)
    yield from check_too_many(subject)
    yield from check_shares(subject)
    yield from check_sources(subject)
    yield from check_turnout(subject)


def check_totals(subject: Subject) -> Iterator[Finding]:
    """E201, E202: a stated total ≠ the unit's figure, ≠ Σ units of the region, or ≠ Σ regions."""
    code = "E201" if subject.region else "E202"
    for (figure, party), by_source in subject.stated.items():
        column = party if figure == "votes" else figure if figure in _TOTALS else None
        total, whole = subject.total_of(figure, party)
        if column is None or total is None:
            continue
        for source, stated in _counts(by_source).items():
            if total > stated or (whole and total != stated):
                facts: dict[str, Fact] = {
                    "source": source,
                    "stated": stated,
                    "sum": total,
                    "difference": stated - total,
                }
                yield Finding(code, subject.place_of(party, column), facts)


def check_seats(subject: Subject) -> Iterator[Finding]:
    """E203: stated seats ≠ allocated seats. A seat that an open tie can still bring contradicts nothing."""
    if not subject.counted:
        return
    for (figure, party), by_source in subject.stated.items():
        if figure != "seats" or party is None:
            continue
        index = subject.election.party_index[party]
        least = subject.seats[index]
        most = least + subject.open_to[index]
        for source, stated in _counts(by_source).items():
            if not least <= stated <= most:
                facts: dict[str, Fact] = {"source": source, "stated": stated, "seats": least}
                yield Finding("E203", subject.place_of(party), facts)


def check_too_many(subject: Subject) -> Iterator[Finding]:
    """E204: stated party totals together > ballots cast, or > registered voters."""
    totals: dict[str, int] = {}
    for (figure, _), by_source in subject.stated.items():
        if figure == "votes":
            for source, stated in _counts(by_source).items():
                totals[source] = totals.get(source, 0) + stated
    for source, total in totals.items():
        for kind in _LIMITS:
            for limit_source, limit in _limits(subject, kind):
                if total > limit:
                    facts: dict[str, Fact] = {
                        "source": source,
                        "sum": total,
                        "limit": kind,
                        "limit_source": limit_source,
                        kind: limit,
                        "difference": total - limit,
                    }
                    yield Finding("E204", subject.place, facts)


def check_accounted(subject: Subject) -> Iterator[Finding]:
    """E205: Σ valid + invalid over all regions ≠ stated ballots cast, once no unit's votes are missing."""
    votes = sum(subject.votes)
    invalid_sum, known = 0, []
    for key in ("blank", "invalid"):
        column = subject.election.column_index.get(key)
        if column is not None:
            invalid_sum += subject.tally.sums[column] or 0
            known.append(subject.tally.entered[column])
    total = votes + invalid_sum
    for source, cast in _counts(subject.stated.get(("cast", None), {})).items():
        if total > cast or (subject.counted and total != cast):
            facts: dict[str, Fact] = {
                "source": source,
                "cast": cast,
                "valid": votes,
                "invalid": invalid_sum,
                "invalid_units": min(known, default=0),
                "units": subject.tally.units,
                "difference": cast - total,
            }
            yield Finding("E205", subject.place, facts)


def check_shares(subject: Subject) -> Iterator[Finding]:
    """W206: a stated percentage ≠ the computed one of the valid votes, rounded half up to the printed decimals."""
    valid = sum(subject.votes)
    if not valid or not subject.counted:
        return
    for (figure, party), by_source in subject.stated.items():
        if figure != "share" or party is None:
            continue
        votes = subject.votes[subject.election.party_index[party]]
        for source, stated in by_source.items():
            decimals = decimals_of(stated)
            computed = percentage(votes, valid, decimals)
            if computed == stated:
                continue
            facts: dict[str, Fact] = {
                "source": source,
                "stated": stated,
                "computed": computed,
                "votes": votes,
                "valid": valid,
                "base": _base_that_fits(subject, votes, stated),
                "of_stated": _share_of_stated(subject, party, source, decimals),
                "rounding": "half-up",
            }
            yield Finding("W206", subject.place_of(party), facts)


def check_sources(subject: Subject) -> Iterator[Finding]:
    """W207: two sources state different values for one figure, beyond what rounding explains."""
    for (figure, party), by_source in subject.stated.items():
        for (first, one), (second, other) in combinations(sorted(by_source.items()), 2):
            if not _same(one, other):
                facts: dict[str, Fact] = {
                    "figure": figure,
                    "source": first,
                    "stated": one,
                    "other_source": second,
                    "other": other,
                }
                yield Finding("W207", subject.place_of(party), facts)


def check_turnout(subject: Subject) -> Iterator[Finding]:
    """W208: stated turnout ≠ ballots cast ÷ registered voters."""
    for source, stated in subject.stated.get(("turnout", None), {}).items():
        cast, registered = subject.known("cast", source), subject.known("registered", source)
        if cast is None or not registered:
            continue
        computed = percentage(cast, registered, decimals_of(stated))
        if computed != stated:
            facts: dict[str, Fact] = {
                "source": source,
                "stated": stated,
                "computed": computed,
                "cast": cast,
                "registered": registered,
                "rounding": "half-up",
            }
            yield Finding("W208", subject.place, facts)


def check_everywhere(election: Election, by_region: Sequence[Stated], tallies: Sequence[Tally]) -> Iterator[Finding]:
    """W209: a figure exists for some regions only: stated by a source, or entered in an optional column."""
    stated_in: dict[tuple[str, str], list[str]] = {}
    for region, stated in zip(election.regions, by_region, strict=True):
        seen = {(figure, source) for (figure, _), by_source in stated.items() for source in by_source}
        for subject in seen:
            stated_in.setdefault(subject, []).append(region.key)
    for figure, source in sorted(stated_in):
        keys = stated_in[figure, source]
        if len(keys) < len(election.regions):
            yield _some_only(figure, source, keys, len(election.regions))
    told = {figure for figure, _ in stated_in}
    for index, column in enumerate(election.columns):
        if column.required or column.party is not None or column.key in told:
            continue
        keys = [r.key for r, tally in zip(election.regions, tallies, strict=True) if tally.entered[index]]
        if keys and len(keys) < len(election.regions):
            yield _some_only(column.key, None, keys, len(election.regions))


def check_majority(election: Election, stated: Stated) -> Iterator[Finding]:
    """W210: a stated majority is not one: it takes ⌊n/2⌋+1 of n seats."""
    chamber = election.pack.chamber
    needed = chamber.total_seats // 2 + 1
    for source, value in _counts(stated.get(("majority", None), {})).items():
        if value != needed:
            facts: dict[str, Fact] = {
                "source": source,
                "stated": value,
                "needed": needed,
                "seats": chamber.total_seats,
                "elected": chamber.elected_seats,
                "needed_of_elected": chamber.elected_seats // 2 + 1,
            }
            yield Finding("W210", Place(), facts)


def _some_only(figure: str, source: str | None, keys: list[str], regions: int) -> Finding:
    facts: dict[str, Fact] = {"figure": figure, "source": source, "regions": keys, "of": regions}
    return Finding("W209", Place(column=figure), facts)


def _counts(by_source: Mapping[str, str]) -> dict[str, int]:
    return {source: int(value) for source, value in by_source.items()}


def _limits(subject: Subject, kind: FigureKind) -> list[tuple[str | None, int]]:
    """Who bounds the stated votes: each source that states the figure, and the sum of what is entered, if whole."""
    limits: list[tuple[str | None, int]] = list(_counts(subject.stated.get((kind, None), {})).items())
    total, whole = subject.total(kind)
    if whole and total is not None:
        limits.append((None, total))
    return limits


def _base_that_fits(subject: Subject, votes: int, stated: str) -> str | None:
    decimals = decimals_of(stated)
    for name, base in subject.bases.items():
        if base and percentage(votes, base, decimals) == stated:
            return name
    return None


def _share_of_stated(subject: Subject, party: str, source: str, decimals: int) -> str | None:
    """What the share would be of the source's own totals, if it states any."""
    totals = {
        key: int(by_source[source])
        for (figure, key), by_source in subject.stated.items()
        if figure == "votes" and source in by_source
    }
    if party not in totals or not sum(totals.values()):
        return None
    return percentage(totals[party], sum(totals.values()), decimals)


def _same(one: str, other: str) -> bool:
    decimals = min(decimals_of(one), decimals_of(other))
    return reduced(one, decimals) == reduced(other, decimals)
