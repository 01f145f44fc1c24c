"""Checks of one unit's form, E101–E105, W107, N108 and W503, and of how much of a region is still to come, N109.

Each check takes a form and yields findings; ``docs/checks.md`` has the formulas. An equation with a figure missing is
broken only when what is there already exceeds its other side.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from tally_app.checks.finding import Fact, Finding, Place
from tally_app.checks.turnout import moved
from tally_app.count.rounding import percentage
from tally_app.count.tally import Tally
from tally_app.election.election import Election


@dataclass(frozen=True, slots=True)
class Form:
    """One unit's figures by column, as entered or as being typed. None is not entered."""

    election: Election
    region: int
    row: int
    values: tuple[int | None, ...]

    def figure(self, key: str) -> int | None:
        """Return a figure by column key; None also where the form has no such field."""
        column = self.election.column_index.get(key)
        return None if column is None else self.values[column]

    @property
    def votes(self) -> list[int | None]:
        """Party votes in ballot order."""
        return [self.values[column] for column in self.election.party_columns]

    @property
    def ballots(self) -> int | None:
        """Ballots cast as entered, else valid + blank + invalid; None while a part is missing.

        An optional field that is left blank is no part.
        """
        if (cast := self.figure("cast")) is not None:
            return cast
        valid = self.figure("valid")
        parts: list[int | None] = self.votes if valid is None else [valid]
        for column, value in zip(self.election.columns, self.values, strict=True):
            if column.key in ("blank", "invalid") and (column.required or value is not None):
                parts.append(value)
        total, whole = _add(parts)
        return total if whole else None

    @property
    def begun(self) -> bool:
        """Is any figure besides the registered voters entered?"""
        registered = self.election.column_index.get("registered")
        return any(value is not None for column, value in enumerate(self.values) if column != registered)

    @property
    def missing(self) -> list[str]:
        """Keys of required columns that are not entered."""
        pairs = zip(self.election.columns, self.values, strict=True)
        return [column.key for column, value in pairs if column.required and value is None]

    def finding(self, code: str, column: str, **facts: Fact) -> Finding:
        """Make a finding about this unit that points to one of its cells."""
        party = column if column in self.election.party_index else None
        region = self.election.regions[self.region].key
        return Finding(code, Place(region, self.election.unit(self.row).key, party, column), facts)


def check_form(form: Form) -> Iterator[Finding]:
    """Every finding about one unit's form; none for a unit that nobody began."""
    if not form.begun:
        return
    yield from check_missing(form)
    yield from check_valid_votes(form)
    yield from check_ballots_cast(form)
    yield from check_registered(form)
    yield from check_standing(form)
    yield from check_nothing_cast(form)
    yield from check_invalid(form)
    yield from check_turnout(form)


def check_missing(form: Form) -> Iterator[Finding]:
    """E101: a required cell is not entered (blank is not 0). For a sign-off, asked about units nobody began, too."""
    missing = form.missing
    if missing:
        total = sum(value or 0 for value in (*form.votes, form.figure("blank"), form.figure("invalid")))
        yield form.finding("E101", missing[0], columns=missing, sum=total, cast=form.figure("cast"))


def check_valid_votes(form: Form) -> Iterator[Finding]:
    """E102: Σ party votes ≠ valid votes, where the form states them."""
    valid = form.figure("valid")
    total, whole = _add(form.votes)
    if valid is not None and _broken(total, whole, valid):
        yield form.finding("E102", "valid", sum=total, valid=valid, difference=total - valid)


def check_ballots_cast(form: Form) -> Iterator[Finding]:
    """E103: valid + invalid (+ blank, where kept apart) ≠ ballots cast."""
    cast = form.figure("cast")
    if cast is None:
        return
    valid = form.figure("valid")
    parts = [valid] if valid is not None else form.votes
    parts += [form.figure(key) for key in ("blank", "invalid") if key in form.election.column_index]
    total, whole = _add(parts)
    if _broken(total, whole, cast):
        yield form.finding("E103", "cast", sum=total, cast=cast, difference=total - cast)


def check_registered(form: Form) -> Iterator[Finding]:
    """E104: ballots cast > registered voters."""
    cast, registered = form.figure("cast"), form.figure("registered")
    if cast is not None and registered is not None and cast > registered:
        yield form.finding("E104", "cast", cast=cast, registered=registered, difference=cast - registered)


def check_standing(form: Form) -> Iterator[Finding]:
    """E105: votes for a party that does not stand in the region."""
    standing = form.election.standing[form.region]
    for party, votes, stands in zip(form.election.parties, form.votes, standing, strict=True):
        if votes and not stands:
            yield form.finding("E105", party.key, votes=votes)


def check_nothing_cast(form: Form) -> Iterator[Finding]:
    """W107: in a complete unit ballots cast = 0, or every party has 0."""
    if form.missing:
        return
    cast = form.figure("cast")
    votes = [value for value in form.votes if value is not None]
    if cast == 0 or (votes and not any(votes)):
        column = "cast" if cast == 0 else form.election.parties[0].key
        yield form.finding("W107", column, cast=cast, votes=sum(votes))


def check_invalid(form: Form) -> Iterator[Finding]:
    """N108: invalid ballots are the configured percentage or more of the ballots cast, and so many or more."""
    limits, invalid, cast = form.election.pack.checks, form.figure("invalid"), form.ballots
    if invalid is None or not cast or invalid < limits.invalid_ballots:
        return
    if 100 * invalid >= Fraction(limits.invalid_percent) * cast:
        share = percentage(invalid, cast)
        yield form.finding("N108", "invalid", invalid=invalid, of=cast, percent=share, limit=limits.invalid_percent)


def check_turnout(form: Form) -> Iterator[Finding]:
    """W503: turnout is further from the last election's than the configured points."""
    election, last = form.election, form.election.unit(form.row).last_turnout
    facts = moved(election.pack.checks, form.figure("cast"), form.figure("registered"), last)
    if facts is not None:
        yield form.finding("W503", "cast", **facts)


def check_waiting(region: str, tally: Tally, has_registered: bool) -> Iterator[Finding]:
    """N109: k of n units are still empty; their registered voters bound the ballots they can still bring."""
    if tally.empty:
        known = has_registered and not tally.registered_unknown
        waiting = tally.registered_waiting if known else None
        yield Finding("N109", Place(region), {"empty": tally.empty, "units": tally.units, "registered": waiting})


def _add(parts: list[int | None]) -> tuple[int, bool]:
    return sum(part or 0 for part in parts), None not in parts


def _broken(total: int, whole: bool, stated: int) -> bool:
    return total > stated or (whole and total != stated)
