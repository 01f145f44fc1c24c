"""``tally-app sources FILE``: what sources state, side by side, and whether the differences can change a seat."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import closing

from msgspec import Struct

from tally_app.checks.finding import Finding
from tally_app.cli.arguments import add_file
from tally_app.cli.exits import Exit, Failure, Refused
from tally_app.cli.output import Outcome, table
from tally_app.cli.scope import read_scope
from tally_app.cli.session import Session
from tally_app.document.document import Document
from tally_app.document.opening import open_document
from tally_app.document.sources import sources
from tally_app.document.stated_view import Scope, StatedRow, stated_rows
from tally_app.exchange.stated_table import write_table
from tally_app.wording.findings import capital, sentence
from tally_app.wording.names import Names
from tally_app.wording.stating import differences_text, readable, verdict_text


class SourceTold(Struct, frozen=True):
    """Somebody who states figures. *added*: by people, to this count; else the election pack names it."""

    key: str
    name: str
    added: bool


class StatedTold(Struct, frozen=True):
    """A source's figure as printed, computed minus stated, and the codes of what contradicts it."""

    value: str
    difference: str | None
    findings: list[str]


class SeatTold(Struct, frozen=True):
    """The widest difference, and the fewest votes that change a seat; null: they are not known."""

    size: int
    votes: int | None
    could: bool


class FigureTold(Struct, frozen=True):
    """One figure: computed (null: not yet), and by source where somebody states it."""

    figure: str
    party: str | None
    computed: str | None
    stated: dict[str, StatedTold]
    seat: SeatTold | None
    sentences: list[str]


class SourcesTold(Struct, frozen=True):
    """What ``sources --json`` writes."""

    region: str | None
    unit: str | None
    sources: list[SourceTold]
    figures: list[FigureTold]


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_file(parser)
    parser.add_argument("--region", metavar="R", help="of a region, by key or name; else of the chamber")
    parser.add_argument("--unit", metavar="U", help="of a reporting unit of that region")
    parser.add_argument("--csv", action="store_true", help="everything that is stated anywhere, as a table for 'state'")


def run(arguments: Namespace, session: Session) -> Outcome:
    """Read a file, also while a window is writing it, and show who states what."""
    if arguments.csv and (arguments.region or arguments.unit):
        refused = [Refused("--csv", "give it without --region and --unit: it writes everything")]
        raise Failure(Exit.USAGE, "bad-arguments", f"--csv: {refused[0].message}", refused)
    with closing(
        open_document(arguments.file, operator="", clock=session.clock, origin=session.origin, read_only=True)
    ) as document:
        if arguments.csv:
            return Outcome(None, iter(write_table(document.statements.figures()).splitlines()))
        refused = []
        scope = read_scope(document.election, arguments.region, arguments.unit, refused)
        if scope is None:
            told = "\n".join(f"{argument}: {message}" for argument, message in refused)
            raise Failure(Exit.USAGE, "bad-arguments", told, refused)
        document.work()
        rows = stated_rows(document, scope)
        return Outcome(_told(document, scope, rows), iter(list(_lines(document, scope, rows))))


def _told(document: Document, scope: Scope, rows: tuple[StatedRow, ...]) -> SourcesTold:
    names = Names(document.election)
    known = sources(document.election, document.records)
    names.add_sources(known)
    own = {source.key for source in document.election.pack.sources}
    told = [SourceTold(source.key, source.name.en, source.key not in own) for source in known]
    return SourcesTold(scope.region, scope.unit, told, [_figure(names, row) for row in rows])


def _figure(names: Names, row: StatedRow) -> FigureTold:
    stated = {
        cell.key.source: StatedTold(cell.text, cell.difference, _codes(cell.findings))
        for cell in row.cells
        if cell.text is not None
    }
    verdict = row.verdict
    seat = None if verdict is None else SeatTold(verdict.size, verdict.votes, verdict.could)
    sentences = [sentence(names, finding) for finding in row.findings]
    return FigureTold(row.figure, row.party, row.computed, stated, seat, sentences)


def _lines(document: Document, scope: Scope, rows: tuple[StatedRow, ...]) -> Iterator[str]:
    names = Names(document.election)
    known = sources(document.election, document.records)
    names.add_sources(known)
    places = ["Chamber"] if scope.region is None else [names.region(scope.region)]
    if scope.region is not None and scope.unit is not None:
        places.append(names.unit(document.election.row(scope.region, scope.unit)))
    yield " · ".join(places)
    yield ""
    stating = [index for index in range(len(known)) if any(row.cells[index].text is not None for row in rows)]
    if not stating:
        yield "Nobody states anything of this."
        return
    header = ["", "Computed", *(capital(known[index].name.en) for index in stating), "Difference", "Can change a seat?"]
    shown = [row for row in rows if any(cell.text is not None for cell in row.cells)]
    yield from table(header, [_line(names, row, stating) for row in shown])
    found = [finding for row in shown for finding in row.findings]
    if found:
        yield ""
        yield from (f"{finding.code}  {sentence(names, finding)}" for finding in found)


def _line(names: Names, row: StatedRow, stating: list[int]) -> list[str]:
    figure = "%" if row.figure == "share" else names.figure(row.figure)
    name = capital(figure) if row.party is None else f"{row.party} {figure}"
    stated = [readable(row.cells[index].text) for index in stating]
    return [name, readable(row.computed) or "–", *stated, differences_text(row), verdict_text(row.verdict)]


def _codes(findings: tuple[Finding, ...]) -> list[str]:
    return list(dict.fromkeys(finding.code for finding in findings))
