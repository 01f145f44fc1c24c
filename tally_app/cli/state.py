"""``tally-app state FILE TABLE.csv``: what sources state, from a table or one figure; whole or not at all."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import cast, get_args

from msgspec import Struct

from tally_app.cli.arguments import add_file, add_operator
from tally_app.cli.choosing import NotFound, choice, choose
from tally_app.cli.exits import Exit, Failure, Refused
from tally_app.cli.output import Outcome, table
from tally_app.cli.scope import read_scope
from tally_app.cli.session import Session
from tally_app.count.figures import FigureKey
from tally_app.document.document import Document
from tally_app.document.edit import Edit, EditRefused
from tally_app.document.opening import open_document
from tally_app.document.sources import SOURCE, sources
from tally_app.document.stating import import_edit, stated_edit
from tally_app.election.election import Election
from tally_app.election.model import FigureKind
from tally_app.exchange.numbers import NumberRefused
from tally_app.exchange.stated_table import StatedTable, TableRefused, read_table
from tally_app.exchange.stated_text import read_stated
from tally_app.wording.names import Names
from tally_app.wording.numbers import counted
from tally_app.wording.refusals import edit_refusal, stated_refusal
from tally_app.wording.stating import readable, table_problem

_MOST_SHOWN = 40


class StatedChanged(Struct, frozen=True):
    """A stated figure before and after; null is *not stated*."""

    source: str
    figure: str
    region: str | None
    unit: str | None
    party: str | None
    old: str | None
    new: str | None


class StatedKept(Struct, frozen=True):
    """What ``state --json`` writes. *event* is null for a dry run, and where everything was stated already."""

    operator: str
    changes: list[StatedChanged]
    new_sources: dict[str, str]
    dry_run: bool
    event: int | None


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_file(parser)
    parser.add_argument(
        "given",
        nargs="?",
        metavar="TABLE.csv|VALUE",
        help="a table with the columns source, figure, region, unit, party, value; with --figure the figure as printed",
    )
    parser.add_argument("--figure", choices=get_args(FigureKind), metavar="F", help=", ".join(get_args(FigureKind)))
    parser.add_argument("--source", metavar="S", help="who states it: a source's key or name")
    parser.add_argument("--region", metavar="R", help="of a region, by key or name; else of the chamber")
    parser.add_argument("--unit", metavar="U", help="of a reporting unit of that region")
    parser.add_argument("--party", metavar="P", help="of a party: votes, share, seats")
    parser.add_argument("--remove", action="store_true", help="let the one figure be not stated; the journal keeps it")
    parser.add_argument("--add-source", action="store_true", help="add sources that are not known yet, by their names")
    parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
    add_operator(parser)


def run(arguments: Namespace, session: Session) -> Outcome:
    """Take the figures down; they are on the disk when this returns."""
    _check(arguments)
    with closing(
        open_document(
            arguments.file,
            operator=session.operator,
            clock=session.clock,
            origin=session.origin,
            read_only=arguments.dry_run,
        )
    ) as document:
        names = Names(document.election)
        names.add_sources(sources(document.election, document.records))
        try:
            edit = _one(document, arguments) if arguments.figure else _table(document, names, arguments)
            changed = None if arguments.dry_run else document.commit(edit)
        except EditRefused as error:
            message = f"{edit_refusal(names, error)} Nothing was changed."
            raise Failure(Exit.USAGE, error.code, message) from error
        value = _kept(document, edit, arguments.dry_run, changed.seq if changed else None)
        names.add_sources(sources(document.election, document.records))
        return Outcome(value, iter(list(_lines(names, value))))


def _check(arguments: Namespace) -> None:
    """Refuse what is missing, or does not go together, before the file is opened."""
    refused = []
    if arguments.figure is None:
        alone = [name for name in ("source", "region", "unit", "party", "remove") if getattr(arguments, name)]
        refused = [Refused(f"--{name}", "it goes with --figure; a table says it in its columns") for name in alone]
        if arguments.given is None:
            refused.append(Refused("TABLE.csv", "say which table, or one figure with --figure"))
    else:
        if arguments.source is None:
            refused.append(Refused("--source", "say who states it"))
        if arguments.remove == (arguments.given is not None):
            refused.append(Refused("VALUE", "write the figure as it is printed, or --remove without one"))
    if refused:
        raise _failure(refused)


def _table(document: Document, names: Names, arguments: Namespace) -> Edit:
    path = Path(arguments.given)
    known = sources(document.election, document.records)
    try:
        read = read_table(path.read_bytes(), document.election, known, new_sources_too=arguments.add_source)
    except TableRefused as error:
        refused = [Refused(f"{path.name}", table_problem(names, problem)) for problem in error.problems]
        raise _failure(refused) from error
    return import_edit(document, read)


def _one(document: Document, arguments: Namespace) -> Edit:
    election = document.election
    refused: list[Refused] = []
    scope = read_scope(election, arguments.region, arguments.unit, refused)
    source, is_new = _source(document, arguments, refused)
    party = _party(election, arguments.party, refused)
    figure = cast("FigureKind", arguments.figure)
    text = None
    if not arguments.remove:
        try:
            text = read_stated(figure, arguments.given)
        except NumberRefused as error:
            refused.append(Refused(arguments.given, stated_refusal(figure, error.reason)))
        else:
            if text is None:
                refused.append(Refused("VALUE", "it is empty; --remove takes a figure out"))
    if refused or scope is None or source is None:
        raise _failure(refused)
    key = FigureKey(source, figure, scope.region, scope.unit, party)
    if text is not None and is_new:
        return import_edit(document, StatedTable({key: text}, (source,)))
    return stated_edit(document.statements, {key: text})


def _source(document: Document, arguments: Namespace, refused: list[Refused]) -> tuple[str | None, bool]:
    """Return the source's key and False; of one that is to be added, its name and True."""
    known = sources(document.election, document.records)
    try:
        return known[choose(arguments.source, "source", (choice(each.key, each.name) for each in known))].key, False
    except NotFound as error:
        if arguments.add_source and not arguments.remove:
            return arguments.source, True
        hint = "" if arguments.remove else "; --add-source adds it"
        refused.append(Refused(f"--source {arguments.source}", f"{error}{hint}"))
        return None, False


def _party(election: Election, given: str | None, refused: list[Refused]) -> str | None:
    if given is None:
        return None
    try:
        parties = (choice(party.key, party.name) for party in election.parties)
        return election.parties[choose(given, "party", parties)].key
    except NotFound as error:
        refused.append(Refused(f"--party {given}", str(error)))
        return None


def _kept(document: Document, edit: Edit, dry_run: bool, event: int | None) -> StatedKept:
    changes = [StatedChanged(*key, old, new) for key, old, new in edit.stated]
    added = {change.key: str(change.new["en"]) for change in edit.records if change.kind == SOURCE and change.new}
    return StatedKept(document.operator, changes, added, dry_run, event)


def _lines(names: Names, value: StatedKept) -> Iterator[str]:
    """Say what was changed."""
    for name in value.new_sources.values():
        yield f"New source: {name}"
    if not value.changes:
        yield "These figures were stated already; nothing was changed."
        return
    rows = [_line(names, value, change) for change in value.changes[:_MOST_SHOWN]]
    yield from table(["", "", "before", "", "now"], rows, left=2)
    more = len(value.changes) - _MOST_SHOWN
    if more > 0:
        yield f"and {counted(more, 'figure', 'figures')} more"
    number = counted(len(value.changes), "figure", "figures")
    if value.dry_run:
        yield f"{number} would change; nothing was changed."
    elif value.event is not None:
        yield f"{number}, saved as event {value.event}"


def _line(names: Names, value: StatedKept, change: StatedChanged) -> list[str]:
    source = value.new_sources.get(change.source) or names.source_name(change.source)
    place = "Chamber" if change.region is None else names.region(change.region)
    if change.region is not None and change.unit is not None:
        place += f" · {names.unit(names.election.row(change.region, change.unit))}"
    figure = names.figure(change.figure)
    what = figure if change.party is None else f"{change.party} {figure}"
    return [source, f"{place} · {what}", readable(change.old) or "–", "→", readable(change.new) or "–"]


def _failure(refused: Sequence[Refused]) -> Failure:
    lines = [f"{argument}: {message}" for argument, message in refused]
    return Failure(Exit.USAGE, "bad-arguments", "\n".join([*lines, "Nothing was changed."]), refused)
