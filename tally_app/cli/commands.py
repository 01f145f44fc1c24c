"""The table of commands, and running one: arguments in, text or JSON and an exit code out."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, TextIO

from tally_app.cli import (
    allocate,
    check,
    compare,
    enter,
    explain,
    history,
    known_rows,
    lot,
    new,
    reopen,
    results,
    settle,
    sheets,
    sign_off,
    sources,
    state,
    status,
    units,
    verify,
)
from tally_app.cli.arguments import Parser, add_json
from tally_app.cli.exits import as_failure
from tally_app.cli.output import Outcome, write_failure, write_outcome
from tally_app.cli.session import Session
from tally_app.cli.training import training_of


class Command(NamedTuple):
    """A command: what it does in a few words, its arguments, and its doing."""

    summary: str
    add_arguments: Callable[[ArgumentParser], None]
    run: Callable[[Namespace, Session], Outcome]


COMMANDS: Mapping[str, Command] = MappingProxyType(
    {
        "new": Command("make a new tally from an election pack", new.add_arguments, new.run),
        "results": Command("votes and seats of every region and of the chamber", results.add_arguments, results.run),
        "check": Command("every figure that cannot be right", check.add_arguments, check.run),
        "enter": Command("enter figures of one reporting unit, all or none", enter.add_arguments, enter.run),
        "settle": Command("settle where two entries of a unit differ", settle.add_arguments, settle.run),
        "units": Command("how far each unit is, and for whom it waits", units.add_arguments, units.run),
        "state": Command("take down what a source states: a table, or one figure", state.add_arguments, state.run),
        "sources": Command("what sources state, side by side", sources.add_arguments, sources.run),
        "verify": Command("is the file as it was written?", verify.add_arguments, verify.run),
        "sheet": Command("sheets to print, as PDF", sheets.add_sheet_arguments, sheets.run_sheet),
        "verify-sheet": Command(
            "whose is a printed sheet, and does it still hold?", sheets.add_verify_arguments, sheets.run_verify
        ),
        "explain": Command("accept warnings with a reason, or no longer", explain.add_arguments, explain.run),
        "lot": Command("record the lot that was drawn for a region's tie", lot.add_arguments, lot.run),
        "sign-off": Command("sign off a region, or the chamber", sign_off.add_arguments, sign_off.run),
        "reopen": Command("open a signed region, or the chamber, again", reopen.add_arguments, reopen.run),
        "status": Command("unofficial, provisional or official results", status.add_arguments, status.run),
        "watch": Command("watch for the figures of a training file", known_rows.add_arguments, known_rows.run),
        "history": Command("who did what when, newest first", history.add_arguments, history.run),
        "compare": Command("what other methods would give", compare.add_arguments, compare.run),
        "allocate": Command("seats from votes by any method: JSON in, JSON out", allocate.add_arguments, allocate.run),
    }
)


def run_command(
    name: str,
    words: Sequence[str],
    session_for: Callable[[str | None], Session],
    out: TextIO,
    err: TextIO | None,
) -> int:
    """Run one command and return its exit code.

    Args:
        name: a key of ``COMMANDS``.
        words: its arguments.
        session_for: makes the session from the --operator given, or None.
        out: where the answer goes.
        err: where messages about failures go.
    """
    command = COMMANDS[name]
    as_json = "--json" in words  # also where the arguments cannot be read, so that a program gets what it asked for
    try:
        arguments = _parser(name, command).parse_intermixed_args(words)
        outcome = command.run(arguments, session_for(getattr(arguments, "operator", None)))
    except Exception as error:
        failure = as_failure(error)
        if failure is None:
            raise
        write_failure(failure, out, err, as_json=as_json)
        return failure.exit_code
    write_outcome(outcome, out, as_json=as_json, training=training_of(arguments))
    return outcome.exit_code


def command_list() -> str:
    """List the commands for a help text."""
    width = max(map(len, COMMANDS))
    return "\n".join(f"  {name:<{width}}  {command.summary}" for name, command in COMMANDS.items())


def _parser(name: str, command: Command) -> ArgumentParser:
    parser = Parser(f"tally-app {name}", command.summary)
    command.add_arguments(parser)
    add_json(parser)
    return parser
