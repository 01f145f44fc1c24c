"""``tally-app check FILE``: every figure that cannot be right, worst first."""

from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import chain

from msgspec import Struct

from tally_app.checks.finding import Finding, Place, Severity
from tally_app.cli.arguments import add_file
from tally_app.cli.exits import Exit
from tally_app.cli.moments import add_as_of, as_of_lines, open_for_reading
from tally_app.cli.output import Outcome, table
from tally_app.cli.session import Session
from tally_app.document.document import Document
from tally_app.election.election import Election
from tally_app.wording.findings import sentence
from tally_app.wording.names import Names
from tally_app.wording.numbers import counted

_WORST_FIRST = tuple(Severity)


class FoundPlace(Struct, frozen=True):
    """Where, by keys. Without region: the chamber."""

    region: str | None
    unit: str | None
    party: str | None
    column: str | None


class Found(Struct, frozen=True):
    """One finding: its facts by name, and the sentence made of them."""

    code: str
    severity: str
    place: FoundPlace
    facts: dict[str, object]
    sentence: str


class Checked(Struct, frozen=True):
    """What ``check --json`` writes."""

    findings: list[Found]
    counts: dict[str, int]


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_file(parser)
    add_as_of(parser)


def run(arguments: Namespace, session: Session) -> Outcome:
    """Read a file, also while a window is writing it, and say what does not fit in it."""
    with closing(open_for_reading(arguments, session)) as document:
        value = checked(document)
        as_of = list(as_of_lines(arguments, document))
    exit_code = Exit.FOUND if value.counts[Severity.ERROR] else Exit.DONE
    return Outcome(value, chain(as_of, lines(document.election, value)), exit_code)


def checked(document: Document) -> Checked:
    """Return the findings of an open document as a value."""
    names = Names(document.election)
    findings = sorted(document.live.findings(), key=_severity_rank)
    counts = Counter(finding.severity for finding in findings)
    return Checked(
        [_found(names, finding) for finding in findings],
        {severity.value: counts[severity] for severity in Severity},
    )


def lines(election: Election, value: Checked) -> Iterator[str]:
    """Write findings for people."""
    names = Names(election)
    if value.findings:
        rows = [[found.severity, found.code, _place(names, found), found.sentence] for found in value.findings]
        yield from table(["Severity", "Code", "Where", "What"], rows, left=4)
        yield ""
    errors, warnings, notes = (value.counts[severity] for severity in Severity)
    words = (
        counted(errors, "error", "errors"),
        counted(warnings, "warning", "warnings"),
        counted(notes, "note", "notes"),
    )
    yield ", ".join(words) + "."


def _found(names: Names, finding: Finding) -> Found:
    place = FoundPlace(*finding.place)
    return Found(finding.code, finding.severity.value, place, {**finding.facts}, sentence(names, finding))


def _place(names: Names, found: Found) -> str:
    place = found.place
    return names.place(Place(place.region, place.unit, place.party, place.column))


def _severity_rank(finding: Finding) -> int:
    return _WORST_FIRST.index(finding.severity)
