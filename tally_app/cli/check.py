"""``tally-app check FILE``: every figure that cannot be right, worst first."""

from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path

from msgspec import Struct

from tally_app.checks.causes import group
from tally_app.checks.finding import Severity
from tally_app.checks.repair import Repairs
from tally_app.cli.arguments import add_file
from tally_app.cli.exits import Exit
from tally_app.cli.findings import (
    Found,
    FoundCause,
    FoundRepair,
    found,
    found_causes,
    found_repairs,
    numbered,
    place_of,
)
from tally_app.cli.moments import add_as_of, as_of_lines, open_for_reading
from tally_app.cli.output import Outcome, table
from tally_app.cli.session import Session
from tally_app.document.document import Document
from tally_app.document.sources import sources
from tally_app.election.election import Election
from tally_app.storage.export import write_export
from tally_app.wording.findings_file import findings_csv
from tally_app.wording.history_files import HARMLESS
from tally_app.wording.names import Names
from tally_app.wording.numbers import counted, grouped, signed

_MOST = 10
"""Repairs listed for people; programs get them all."""


class Checked(Struct, frozen=True):
    """What ``check --json`` writes."""

    findings: list[Found]
    counts: dict[str, int]
    accepted: int
    """Of the warnings."""
    causes: list[FoundCause]
    repairs: list[FoundRepair]
    more_repairs: bool
    """Were others found, none of them better?"""


class Written(Struct, frozen=True):
    """What ``check --csv OUT --json`` writes."""

    path: str
    findings: int


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_file(parser)
    add_as_of(parser)
    parser.add_argument(
        "--csv", type=Path, metavar="OUT", help="write it to this new file, as a table for spreadsheets"
    )


def run(arguments: Namespace, session: Session) -> Outcome:
    """Read a file, also while a window is writing it, and say what does not fit in it, or write that to a file."""
    with closing(open_for_reading(arguments, session)) as document:
        document.work()
        errors = any(finding.severity is Severity.ERROR for finding in document.live.findings())
        exit_code = Exit.FOUND if errors else Exit.DONE
        if arguments.csv is not None:
            written = _write(document, arguments.csv)
            return Outcome(written, iter(_written_lines(written)), exit_code)
        value = checked(document)
        as_of = list(as_of_lines(arguments, document))
    return Outcome(value, chain(as_of, lines(document.election, value)), exit_code)


def checked(document: Document) -> Checked:
    """Return the findings of an open document as a value; its late findings are computed already."""
    names = _names(document)
    findings = numbered(document)
    repairs = document.late.repairs or Repairs()
    causes = group(findings.values(), repairs)
    counts = Counter(finding.severity for finding in findings.values())
    listed = found(document, names, findings, causes)
    return Checked(
        findings=listed,
        counts={severity.value: counts[severity] for severity in Severity},
        accepted=sum(each.accepted is not None and each.accepted.holds for each in listed),
        causes=found_causes(names, causes, findings, repairs),
        repairs=found_repairs(document.election, names, repairs),
        more_repairs=repairs.more,
    )


def lines(election: Election, value: Checked) -> Iterator[str]:
    """Write findings for people, and below them which numbers are probably others."""
    names = Names(election)
    if value.findings:
        rows = [
            [str(each.number), each.severity, each.code, names.place(place_of(each.place)), _what(each)]
            for each in value.findings
        ]
        yield from table(["No.", "Severity", "Code", "Where", "What"], rows, left=5)
        yield ""
    if value.repairs:
        rows = [[signed(repair.score), repair.sentence] for repair in value.repairs[:_MOST]]
        yield from table(["Score", "What is probably behind it"], rows, left=2)
        more = len(value.repairs) - _MOST
        if more > 0:
            yield f"… and {grouped(more)} more, none of them better"
        yield ""
    yield ", ".join(_counts(value)) + "."


def _counts(value: Checked) -> Iterator[str]:
    errors, warnings, notes = (value.counts[severity] for severity in Severity)
    yield counted(errors, "error", "errors")
    yield counted(warnings, "warning", "warnings") + (
        f" ({grouped(value.accepted)} accepted)" if value.accepted else ""
    )
    yield counted(notes, "note", "notes")


def _what(each: Found) -> str:
    if each.accepted is None:
        return each.sentence
    if not each.accepted.holds:
        return f"{each.sentence} [no longer accepted: {each.accepted.reason}]"
    return f"{each.sentence} [accepted by {each.accepted.by}: {each.accepted.reason}]"


def _names(document: Document) -> Names:
    names = Names(document.election)
    names.add_sources(sources(document.election, document.records))
    return names


def _write(document: Document, path: Path) -> Written:
    findings = document.live.findings()
    write_export(path, findings_csv(_names(document), document.records, findings))
    return Written(str(path), len(findings))


def _written_lines(value: Written) -> list[str]:
    return [f"Wrote {value.path}: {counted(value.findings, 'finding', 'findings')}", HARMLESS]
